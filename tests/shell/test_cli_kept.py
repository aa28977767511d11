"""What is kept: shown at home and in lists, renamed, deleted, carried to another store."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

MONDAY = "2026-11-23"


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire."""
    assess.use_small_data()
    return assess


@pytest.fixture
def planned(assess: CommandLine) -> CommandLine:
    """Return the command line with a team that has a plan from MONDAY on."""
    assert _run(assess, "Lyon").code == 0
    return assess


def _run(assess: CommandLine, team: str, level: int = 1) -> Ran:
    file = assess.write_answers("answers.toml", level, team=team)
    return assess("run", "--answers", file, "--today", MONDAY)


def _due(assess: CommandLine, today: str) -> list[tuple[str, str]]:
    """Return what is due for the only team: the kind of task, and the command."""
    (team,) = assess("--json", "--today", today).document["teams"]
    return [(due["task"], due["command"]) for due in team["due"]]


def _kept(assess: CommandLine) -> list[tuple[str, str]]:
    kept = assess("history", "--json").document["assessments"]
    return [(one["team"], one["date"]) for one in kept]


# --- Home ---


def test_a_new_store_is_greeted_and_not_made_by_looking(assess: CommandLine) -> None:
    ran = assess()
    assert ran.code == 0
    assert "assess run" in ran.out
    assert "assess demo" in ran.out
    assert not assess.store.exists()


def test_looking_at_nothing_makes_no_store(assess: CommandLine) -> None:
    assert assess("--json").document == {"teams": []}
    assert assess("history", "--json").document == {"assessments": []}
    assert assess("teams", "--json").document == {"teams": []}
    assert assess("history").code == 0
    assert not assess.store.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("export",),
        ("close", "--yes"),
        ("collect", "answers.toml"),
        ("delete", "--date", MONDAY, "--yes"),
        ("teams", "archive", "Lyon"),
        ("teams", "rename", "Lyon", "Paris"),
        ("history", "--team", "Lyon"),
    ],
)
def test_what_needs_a_store_says_how_to_begin_one(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    ran = assess(*command)
    assert (ran.code, ran.out) == (1, "")
    assert "Nothing is kept yet." in ran.err
    assert "assess run" in ran.err
    assert not assess.store.exists()


def test_home_names_stage_and_next_command(planned: CommandLine) -> None:
    ran = planned("--today", MONDAY)
    assert "Lyon · Maturity, 4 questions to go to Mastery, assessed 22 November 2026" in ran.out
    assert "The next check-in is on Mon 30 Nov." in ran.out
    assert "assess checkin" in ran.out


@pytest.mark.parametrize(
    ("today", "task"),
    [
        ("2026-11-22", "nothing"),
        ("2026-11-27", "checkin"),
        ("2026-12-01", "checkin"),
        ("2026-12-21", "checkin"),
        ("2026-12-22", "review"),
        ("2027-02-21", "review"),
    ],
)
def test_check_ins_and_reviews_come_due(planned: CommandLine, today: str, task: str) -> None:
    assert [found for found, _ in _due(planned, today)] == [task]


def test_what_is_late_or_due_today_is_never_called_nothing(planned: CommandLine) -> None:
    ran = planned("--today", "2026-11-27")
    assert "due today" in ran.out
    assert "Nothing is due" not in ran.out
    assert "late" in planned("--today", "2026-11-28").out


def test_what_need_not_be_done_yet_says_what_it_is_for(planned: CommandLine) -> None:
    assert "See where the team stands:\n  assess result\n" in planned("--today", "2026-11-22").out
    assert "Check in before that:\n  assess checkin\n" in planned("--today", MONDAY).out


def test_a_week_that_is_marked_as_away_asks_for_no_check_in(planned: CommandLine) -> None:
    assert planned("plan", "--off", "2026-12-07..2026-12-11", "--today", MONDAY).code == 0
    assert _due(planned, "2026-12-09") == [("nothing", "assess checkin")]
    assert (
        "marked as away. The next check-in is on Mon 14 Dec."
        in planned("--today", "2026-12-09").out
    )


def test_a_plan_whose_file_is_gone_is_told_with_what_helps(planned: CommandLine) -> None:
    (plan,) = planned.folder.glob("Lyon-*.md")
    plan.unlink()
    assert "The plan's file is not there any more." in planned("--today", MONDAY).out
    assert _due(planned, "2026-12-01") == [("plan", "assess plan")]
    assert _due(planned, "2027-02-22") == [("assessment", "assess run")]


def test_after_thirteen_weeks_the_team_is_assessed_again(planned: CommandLine) -> None:
    assert _due(planned, "2027-02-22") == [("assessment", "assess run")]


def test_what_home_starts_asks_for_no_team_where_there_is_one(assess: CommandLine) -> None:
    assess.type_in("\n\n1\n", "run", "--team", "Lyon", "--questionnaire", "small")
    said = assess.type_in("\n1\n")
    assert "Answers for Lyon are unfinished" in said.err
    assert "Which team?" not in said.err


def test_an_unfinished_draft_comes_first(planned: CommandLine) -> None:
    planned.type_in("y\n\n1\n1\n", "run", "--team", "Lyon", "--today", "2026-12-01")
    ran = planned("--today", "2026-12-01")
    assert "Answers are unfinished: 2 of 4 questions." in ran.out
    assert _due(planned, "2026-12-01") == [("draft", "assess run"), ("checkin", "assess checkin")]


def test_an_open_assessment_says_how_many_members_answered(assess: CommandLine) -> None:
    assess.open_to()
    assess("collect", *assess.write_members(1, 2))
    assert "2 members answered" in assess().out
    assert _due(assess, MONDAY) == [("members", "assess collect ./")]
    assess("collect", *assess.write_members(3, 3, 3))
    assert _due(assess, MONDAY) == [("members", "assess close")]


def test_a_closed_assessment_without_a_plan_asks_for_one(assess: CommandLine) -> None:
    assess.open_to()
    assess("collect", *assess.write_members(*[1, 2, 3, 3, 3] * 2))
    assess("close", "--yes")
    assert _due(assess, MONDAY) == [("plan", "assess plan")]


def test_too_few_members_are_sent_to_a_shared_answer(assess: CommandLine) -> None:
    assess.open_to()
    assess("close", "--yes")
    command = "assess run --as consensus --edit 2026-11-22"
    assert _due(assess, MONDAY) == [("consensus", command)]


def test_an_assessment_without_a_stage_asks_for_more_answers(assess: CommandLine) -> None:
    file = assess.write_answers("answers.toml", "dont-know")
    assess("run", "--answers", file)
    assert _due(assess, MONDAY) == [("answers", "assess run --edit 2026-11-22")]


def test_with_several_teams_the_command_names_the_team(planned: CommandLine) -> None:
    planned("teams", "add", "A | B # C")
    first, second = planned("--json", "--today", MONDAY).document["teams"]
    assert first["due"][0]["command"] == "assess run --team 'A | B # C'"
    assert second["due"][0]["command"] == "assess checkin --team Lyon"


def test_teams_that_were_put_aside_are_not_at_home(planned: CommandLine) -> None:
    planned("teams", "archive", "Lyon")
    assert planned("--json").document == {"teams": []}
    assert planned("--json", "--team", "lyon").document["teams"][0]["team"] == "Lyon"


# --- History and deleting ---


def test_history_lists_every_assessment_with_its_scores(planned: CommandLine) -> None:
    ran = planned("history")
    assert "2026-11-22  small 1" in ran.out
    assert planned("history", "--json").document["assessments"] == [
        {
            "team": "Lyon",
            "questionnaire": "small",
            "version": 1,
            "subject": "team",
            "date": "2026-11-22",
            "state": "alone",
            "closed": None,
            "minimum": 5,
            "manager": True,
            "consensus": False,
            "members": 0,
            "invited": 0,
            "plan": True,
            "checkins": 0,
            "replaced": 0,
            "view": "manager",
            "stage": "maturity",
            "complete": False,
            "scores": {"momentum": 1.0, "maturity": 0.0, "mastery": 0.0},
            "index": 0.3333,
        }
    ]


def test_history_of_one_team(planned: CommandLine) -> None:
    _run(planned, "Paris")
    kept = planned("history", "--json", "--team", "paris").document["assessments"]
    assert [one["team"] for one in kept] == ["Paris"]
    ran = planned("history", "--team", "Pariss")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean 'Paris'?" in ran.err


def test_deleting_says_what_went(planned: CommandLine) -> None:
    ran = planned("delete", "--date", "2026-11-22", "--yes")
    assert ran.code == 0
    assert " ".join(ran.out.split()) == (
        "Deleted: the assessment of Lyon, 2026-11-22 (small), with a plan."
    )
    assert _kept(planned) == []


def test_deleting_as_json(planned: CommandLine) -> None:
    gone = planned("delete", "--date", "2026-11-22", "--yes", "--json").document["deleted"]
    assert (gone["team"], gone["date"], gone["plan"]) == ("Lyon", "2026-11-22", True)


def test_deleting_asks_first(planned: CommandLine) -> None:
    ran = planned.type_in("n\n", "delete", "--date", "2026-11-22")
    assert ran.code == 0
    assert "Nothing was deleted." in ran.err
    assert planned.type_in("y\n", "delete", "--date", "2026-11-22").code == 0
    assert _kept(planned) == []


@pytest.mark.parametrize("option", [(), ("--no-input",), ("--json",)])
def test_deleting_without_a_person_needs_yes(planned: CommandLine, option: tuple[str, ...]) -> None:
    ran = planned("delete", "--date", "2026-11-22", *option)
    assert (ran.code, ran.out) == (1, "")
    assert "say --yes" in ran.err
    assert _kept(planned) == [("Lyon", "2026-11-22")]


def test_deleting_another_date_names_those_there_are(planned: CommandLine) -> None:
    ran = planned("delete", "--date", "2026-11-21", "--yes")
    assert ran.code == 1
    assert "Use one of these dates: 2026-11-22." in ran.err


def test_deleting_one_of_two_teams_needs_its_name(planned: CommandLine) -> None:
    _run(planned, "Paris")
    ran = planned("delete", "--date", "2026-11-22", "--yes")
    assert ran.code == 1
    assert "Say which with --team: Lyon, Paris." in ran.err
    assert planned("delete", "--date", "2026-11-22", "--yes", "--team", "Paris").code == 0
    assert _kept(planned) == [("Lyon", "2026-11-22")]


# --- Teams ---


def test_teams_are_added_once(assess: CommandLine) -> None:
    assert assess("teams", "add", " Lyon ", "--json").document == {"team": "Lyon", "added": True}
    assert assess("teams", "add", "LYON", "--json").document == {"team": "Lyon", "added": False}
    assert assess("teams", "list", "--json").document == {
        "teams": [
            {"name": "Lyon", "archived": False, "assessments": 0, "last": None, "stage": None}
        ]
    }


def test_options_may_stand_before_or_after_a_subcommand(assess: CommandLine) -> None:
    assess("teams", "--store", "other.db", "add", "Lyon")
    assert not assess.store.exists()
    there = assess("--store", "other.db", "teams", "list", "--json").document["teams"]
    assert [team["name"] for team in there] == ["Lyon"]


def test_teams_show_when_they_were_assessed_last(planned: CommandLine) -> None:
    (team,) = planned("teams", "--json").document["teams"]
    assert (team["assessments"], team["last"], team["stage"]) == (1, "2026-11-22", "maturity")
    assert "Lyon" in planned("teams").out


def test_a_renamed_team_keeps_everything(planned: CommandLine) -> None:
    ran = planned("teams", "rename", "lyon", "A | B # C")
    assert ran.code == 0
    assert "Lyon is called A | B # C now." in ran.said
    assert "Lyon-2026-11-23.md names A | B # C in its head now." in ran.said
    assert _kept(planned) == [("A | B # C", "2026-11-22")]


def test_two_teams_cannot_have_one_name(planned: CommandLine) -> None:
    planned("teams", "add", "Paris")
    ran = planned("teams", "rename", "Paris", "LYON")
    assert ran.code == 1
    assert "There is already a team 'LYON'." in ran.err


def test_an_archived_team_can_be_taken_up_again(planned: CommandLine) -> None:
    assert planned("teams", "archive", "lyon", "--json").document == {
        "team": "Lyon",
        "archived": True,
    }
    assert "archived" in planned("teams").out
    assert "Every team is put aside." in planned("result").err
    assert "Lyon is taken up again." in planned("teams", "unarchive", "Lyon").err
    assert planned("--json").document["teams"][0]["team"] == "Lyon"


def test_an_unknown_team_is_not_archived(planned: CommandLine) -> None:
    ran = planned("teams", "archive", "Lion")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean 'Lyon'?" in ran.err


# --- Actions ---


def test_actions_can_be_browsed(assess: CommandLine) -> None:
    listed = assess("actions", "--json", "--questionnaire", "small").document["actions"]
    assert len(listed) == 12
    assert listed[0]["lifts"] == {"goals-1": 1}
    assert "lift-roles-2-3" in assess("actions", "--questionnaire", "small").out


@pytest.mark.parametrize(
    ("option", "value", "count"), [("--dimension", "goals", 6), ("--question", "goals-2", 3)]
)
def test_actions_of_a_dimension_or_question(
    assess: CommandLine, option: str, value: str, count: int
) -> None:
    listed = assess("actions", "--json", "--questionnaire", "small", option, value).document
    assert len(listed["actions"]) == count


def test_one_action_in_full(assess: CommandLine) -> None:
    action = assess("actions", "lift-goals-1-2", "--json").document
    assert (action["id"], action["questionnaire"]) == ("lift-goals-1-2", "small")
    assert (action["hours"], action["weeks"]) == (2, 1)
    assert action["steps"] == [{"week": 1, "hours": 2, "each": 0, "do": "Begin with goals-1."}]
    assert "Begin with goals-1." in assess("actions", "lift-goals-1-2").out


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        (("actions", "lift-gaols-1-2"), "Did you mean 'lift-goals-1-2'?"),
        (("actions", "--dimension", "gaols"), "Did you mean 'goals'?"),
        (("actions", "--question", "gaols-1"), "Did you mean 'goals-1'?"),
        (("actions", "--questionnaire", "smal"), "Did you mean 'small'?"),
    ],
)
def test_a_misspelt_id_gets_the_nearest_one(
    assess: CommandLine, command: tuple[str, ...], advice: str
) -> None:
    ran = assess(*command)
    assert (ran.code, ran.out) == (1, "")
    assert advice in ran.err


# --- Export and import ---


def test_everything_travels_to_another_store(planned: CommandLine) -> None:
    planned("teams", "add", "Paris")
    assert planned("export", "all.json").code == 0
    ran = planned("import", "all.json", "--store", "new.db", "--json")
    assert ran.document == {"teams": 2, "assessments": 1, "drafts": 0, "replaced": 0, "same": 0}
    first, second = planned("export").out, planned("export", "--store", "new.db").out
    assert json.loads(first) == json.loads(second)


def test_an_export_goes_to_stdout_and_says_what_it_leaves_out(planned: CommandLine) -> None:
    ran = planned("export")
    assert ran.document["format"] == "assess-export"
    assert "members" in ran.document["left_out"]
    assert "answers of members are confidential" in ran.said


def test_members_answers_are_in_a_backup_only(assess: CommandLine) -> None:
    assess.open_to()
    said = "we log each hour"
    answers = {"goals-1": {"level": 2, "evidence": said}}
    assess("collect", assess.write_member(1, 1, answers=answers))
    assert said not in assess("export").out
    assert "keep it confidential" in assess("export", "--backup", "copy.db").said
    assert said.encode() in (assess.folder / "copy.db").read_bytes()


def test_a_backup_alone_prints_no_document(planned: CommandLine) -> None:
    assert planned("export", "--backup", "copy.db").out == ""
    assert planned("export", "--backup", "copy-2.db", "--json").document == {
        "file": None,
        "backup": "copy-2.db",
    }


def test_nothing_is_written_over_but_an_earlier_export(planned: CommandLine) -> None:
    assert planned("export", "all.json").code == 0
    assert planned("export", "all.json").code == 0
    for there in ("answers.toml", planned.store.name):
        ran = planned("export", there)
        assert (ran.code, ran.out) == (1, "")
        assert "is there already" in ran.err
    assert planned("export", "--backup", "all.json").code == 1


def test_importing_twice_changes_nothing(planned: CommandLine) -> None:
    planned("export", "all.json")
    assert "Nothing new is in this file. 1 assessment" in planned("import", "all.json").said


def test_a_conflict_stores_nothing_and_replace_settles_it(planned: CommandLine) -> None:
    planned("export", "all.json")
    planned("delete", "--date", "2026-11-22", "--yes")
    _run(planned, "Lyon", level=2)
    ran = planned("import", "all.json")
    assert (ran.code, ran.out) == (1, "")
    assert "--replace" in ran.err
    assert planned("import", "all.json", "--replace", "--json").document["replaced"] == 1


def test_every_problem_of_an_import_names_file_and_entry(planned: CommandLine) -> None:
    planned("export", "all.json")
    path = planned.folder / "all.json"
    document = json.loads(path.read_text())
    document["assessments"][0]["manager"]["answers"]["goals-1"] = 7
    document["teams"].append({"name": 3})
    path.write_text(json.dumps(document))
    ran = planned("import", "all.json", "--store", "new.db")
    assert (ran.code, ran.out) == (1, "")
    assert "where: all.json, assessments[Lyon, 2026-11-22]" in ran.err
    assert "where: all.json, teams[3].name" in ran.err
    assert planned("teams", "--store", "new.db", "--json").document == {"teams": []}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "This is not valid JSON"),
        ("{", "This is not valid JSON"),
        ("[" * 100_000, "This is not what assess export writes."),
        ('{"format": "assess-export", "teams": ' + "[" * 100_000, "nested too deeply"),
        ('{"format": "assess-export", "version": NaN}', "NaN is not a number"),
        (
            '{"format": "assess-export", "version": ' + "1" * 5000 + "}",
            "this number has 5000 digits",
        ),
        ('{"format": "assess-export", "format": "assess-export"}', "'format' stands twice"),
        ("[]", "This is not what assess export writes."),
        ('{"format": "other"}', "This is not what assess export writes."),
        ('{"format": "assess-export", "version": 99}', "The file has version 99"),
        ('{"format": "assess-export", "version": 1}', "The key 'teams' is missing."),
    ],
)
def test_what_is_no_export_is_refused(assess: CommandLine, text: str, what: str) -> None:
    (assess.folder / "in.json").write_text(text)
    ran = assess("import", "in.json")
    assert (ran.code, ran.out) == (1, "")
    assert what in ran.err
    assert "where: in.json" in ran.err


def test_a_file_of_50_mb_that_is_no_export_is_not_read(assess: CommandLine) -> None:
    with (assess.folder / "in.json").open("wb") as file:
        file.truncate(50_000_000)
    ran = assess("import", "in.json")
    assert ran.code == 1
    assert "This is not what assess export writes." in ran.err


def test_a_folder_or_nothing_cannot_be_imported(assess: CommandLine, tmp_path: Path) -> None:
    assert "This is a folder" in assess("import", tmp_path).err
    assert "No such file" in assess("import", "none.json").err
    assert not assess.store.exists()


# Damage


def _damage(assess: CommandLine) -> None:
    with closing(sqlite3.connect(assess.store)) as connection, connection:
        connection.execute("UPDATE plan SET written = replace(written, 'priorities', 'prioritees')")


@pytest.mark.parametrize("command", [("plan",), ("checkin",), ("--json",)])
def test_a_damaged_plan_ends_every_command_with_its_entry(
    planned: CommandLine, command: tuple[str, ...]
) -> None:
    _damage(planned)
    ran = planned(*command)
    assert (ran.code, ran.out) == (1, "")
    assert "The store is damaged here." in ran.err
    assert "Lyon, small, 2026-11-22, plan" in ran.err
    assert "assess check --store" in ran.err


def test_check_reads_everything_that_is_kept(planned: CommandLine) -> None:
    planned.store.chmod(0o644)
    left = planned.folder / ".plan.md.abcdefgh"
    written = json.loads(planned("plan", "--out", "plan.md", "--json").out)
    left.write_text("half")
    report = planned("check", "--store", planned.store, "--json").document["store"]
    assert (report["sound"], report["whole"]["plan"]) == (True, 1)
    assert [issue["what"] for issue in report["issues"]] == [
        "Others on this machine can read this file."
    ]
    assert (written["team"], report["removed"], left.exists()) == ("Lyon", [str(left)], False)


def test_check_names_what_is_damaged_and_what_is_whole(planned: CommandLine) -> None:
    _damage(planned)
    ran = planned("check", "--store", planned.store)
    assert ran.code == 1
    assert "where: " + str(planned.store) + ", Lyon, small, 2026-11-22, plan" in ran.out
    assert "1 damaged. Whole: 1 team, 1 questionnaire, 1 assessment." in ran.out


def test_export_of_a_damaged_store_writes_the_rest(planned: CommandLine) -> None:
    _damage(planned)
    ran = planned("export", "all.json")
    assert (ran.code, ran.out) == (1, "")
    assert "What could be read was written" in ran.err
    assert planned("import", "all.json", "--store", "new.db", "--json").document["assessments"] == 1


def test_a_document_and_a_backup_are_two_commands(planned: CommandLine) -> None:
    before = sorted(planned.folder.iterdir())
    assert planned("export", "--backup", "b.db", "all.json").code == 2
    assert planned("export", "--backup", "nowhere/b.db").code == 1
    assert sorted(planned.folder.iterdir()) == before


def test_a_backup_can_be_imported(planned: CommandLine) -> None:
    planned("export", "--backup", "copy.db")
    ran = planned("import", "copy.db", "--store", "new.db", "--json")
    assert ran.document["assessments"] == 1
    assert planned("export", "--store", "new.db").out == planned("export").out


def test_a_store_that_is_not_there_is_no_mistake_of_the_data(assess: CommandLine) -> None:
    ran = assess("check", "--store", "none.db")
    assert (ran.code, (assess.folder / "none.db").exists()) == (0, False)
    assert "Nothing is kept yet in none.db." in ran.said
