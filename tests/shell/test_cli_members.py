"""An assessment with members, command by command."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.typing_in import CommandLine

AT = ("--today", "2026-11-22")
ANSWERS = "1\n1\n1\n1\ny\nf\n"
"""Four answers, yes that is how it is, finish."""


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire and an open assessment."""
    assess.use_small_data()
    assert _open(assess) == 0
    return assess


def _open(assess: CommandLine, *options: str) -> int:
    return assess("open", "--team", "Lyon", "--questionnaire", "small", *AT, *options).code


def _shown(assess: CommandLine) -> str:
    """Return all that commands tell about the team."""
    told = [
        assess(*command, *AT)
        for command in (("history",), ("history", "--json"), ("--json",), ("teams",), ("export",))
    ]
    return "".join(ran.out + ran.err for ran in told)


def test_five_members_make_a_result(assess: CommandLine) -> None:
    assert assess("collect", *assess.write_members(1, 1, 2, 2, 3), "--json").document == {
        "collected": 5,
        "already": 0,
        "assessments": [
            {
                "team": "Lyon",
                "questionnaire": "small",
                "date": "2026-11-22",
                "state": "open",
                "minimum": 5,
                "members": 5,
            }
        ],
    }
    closed = assess("close", "--yes", "--json").document
    assert closed["members_shown"]
    assert closed["score"]["view"] == "members"
    assert closed["score"]["scores"] == {"momentum": 0.95, "maturity": 0.6, "mastery": 0.2}


def test_closing_shows_the_picture_and_names_the_next_command(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(*[1] * 10))
    ran = assess("close", "--yes")
    assert "as the members see it" in ran.out
    assert "assess plan" in ran.said


def test_closing_says_why_few_members_alone_make_no_plan(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(1, 1, 1, 1, 1))
    ran = assess("close", "--yes")
    assert "as the members see it" in ran.out
    assert "of members none is told below 10 answers; there are 5." in " ".join(ran.said.split())
    planned = assess("plan")
    assert (planned.code, planned.out) == (1, "")
    assert "Answer once together" in planned.said


def test_below_the_minimum_nothing_depends_on_what_members_answered(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(0, 3, 0, 3))
    ran = assess("close", "--yes", *AT)
    assert ran.code == 0
    assert ran.out == ""
    assert "4 members answered" in ran.said
    assert "assess run --as consensus" in ran.said
    assert '"level"' not in _shown(assess)


def test_too_few_members_leave_the_manager_s_result(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 1))
    assess("collect", *assess.write_members(3, 3))
    ran = assess("close", "--yes", *AT)
    assert "as the manager sees it" in ran.out
    assert "assess run --as consensus" in ran.said


def test_the_consensus_round_joins_the_assessment_that_was_closed(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(3, 3))
    later = ("--today", "2026-11-29")
    assert "--as consensus --edit 2026-11-22" in assess("close", "--yes", *later).err
    ran = assess.type_in(
        f"{ANSWERS}6\n\n\n",
        *("run", "--as", "consensus", "--edit", "2026-11-22", "--team", "Lyon", *later),
    )
    assert ran.code == 0
    assert "as the team sees it together" in ran.out
    kept = assess("history", "--json").document["assessments"]
    assert [(one["date"], one["view"]) for one in kept] == [("2026-11-22", "consensus")]


def test_before_closing_no_result_is_told(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(1, 1, 2, 2, 3))
    kept = assess("history", "--json").document["assessments"][0]
    assert (kept["members"], kept["view"], kept["stage"]) == (5, None, None)
    assert "Open to members: the assessment of Lyon" in assess("history").said


def test_collecting_again_changes_nothing(assess: CommandLine) -> None:
    files = assess.write_members(1, 1, 2)
    assess("collect", *files)
    again = assess("collect", files[0], *files, "--json").document
    assert (again["collected"], again["already"]) == (0, 3)
    assert again["assessments"][0]["members"] == 3


def test_one_wrong_file_and_nothing_is_taken_in(assess: CommandLine) -> None:
    good, wrong = assess.write_members(1, 2)
    wrong.write_text(wrong.read_text().replace("goals-1 = 2", "goals-1 = 7\ngaols-2 = 1"))
    manager = assess.write_answers("manager.toml", 1)
    other_day = assess.write_answers("late.toml", 1, respondent="member", team="Paris")
    ran = assess("collect", good, wrong, manager, other_day)
    assert ran.code == 1
    assert ran.out == ""
    for place in (f"{wrong}, answers.goals-1", f"{wrong}, answers.gaols-2"):
        assert place in ran.said
    assert "These are the answers of the manager, not of a member." in ran.said
    assert "No assessment of Paris on 2026-11-22 is open to members." in ran.said
    assert assess("history", "--json").document["assessments"][0]["members"] == 0


def test_late_files_are_refused(assess: CommandLine) -> None:
    early, late = assess.write_members(1, 2)
    assess("collect", early)
    assess("close", "--yes")
    ran = assess("collect", late)
    assert ran.code == 1
    assert "is closed; this comes too late" in ran.said
    assert f"where: {late}" in ran.said


def test_a_member_answers_without_a_name_and_sees_only_thanks(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 3))
    ran = assess.type_in(ANSWERS, "run", "--as", "member", *AT)
    assert ran.code == 0
    assert ran.out == ""
    assert "Send the answers; they cannot be changed afterwards" in ran.said
    assert "Thank you." in ran.said
    assert "confidential" in ran.said
    assert "stage" not in ran.err.lower()
    assert assess("history", "--json").document["assessments"][0]["members"] == 1


def test_a_member_s_answers_survive_a_closed_terminal(assess: CommandLine) -> None:
    assert assess.type_in("1\n1\n", "run", "--as", "member").code == 1
    ran = assess.type_in("2\n1\n1\ny\nf\n", "run", "--as", "member")
    assert ran.code == 0
    assert "2 of 4 questions answered" in ran.said
    assert assess("history", "--json").document["assessments"][0]["members"] == 1


def test_somebody_else_s_draft_is_left_alone(assess: CommandLine) -> None:
    assess.type_in("1\n1\n", "run", "--as", "member")
    assess.type_in("1\n0\n0\n0\n0\ny\nf\n", "run", "--as", "member")
    assess.type_in("2\n1\n1\ny\nf\n", "run", "--as", "member")
    assert assess("history", "--json").document["assessments"][0]["members"] == 2


def test_a_late_member_is_refused(assess: CommandLine) -> None:
    assess("close", "--yes")
    ran = assess.type_in("", "run", "--as", "member")
    assert ran.code == 1
    assert "The assessment of 2026-11-22 is closed, and no other is open" in ran.said


def test_a_member_cannot_change_what_was_sent(assess: CommandLine) -> None:
    assert assess("run", "--as", "member", "--edit", "2026-11-22").code == 2


def test_no_member_answers_where_nothing_was_opened(assess: CommandLine) -> None:
    assess("delete", "--date", "2026-11-22", "--yes")
    ran = assess.type_in("", "run", "--as", "member")
    assert ran.code == 1
    assert "fix: The manager opens one with: assess open" in ran.said


def test_the_manager_s_later_answers_join_the_open_assessment(assess: CommandLine) -> None:
    ran = assess.type_in(f"{ANSWERS}6\n\n", "run", "--team", "Lyon", "--today", "2026-11-25")
    assert ran.code == 0
    assert "Members are answering the assessment of 22 November 2026; this joins it." in ran.said
    kept = assess("history", "--json").document["assessments"]
    assert [(one["date"], one["manager"], one["plan"]) for one in kept] == [
        ("2026-11-22", True, False)
    ]


def test_opening_is_fixed(assess: CommandLine) -> None:
    assert _open(assess) == 0
    assert _open(assess, "--minimum", "4") == 1


def test_a_second_assessment_waits_until_the_first_is_closed(assess: CommandLine) -> None:
    ran = assess("open", "--team", "lyon", "--today", "2026-11-30")
    assert ran.code == 1
    assert "An assessment of Lyon is open already, that of 2026-11-22." in ran.said
    assess("close", "--yes")
    assert assess("open", "--today", "2026-11-30").code == 0


def test_no_minimum_below_three(assess: CommandLine) -> None:
    ran = assess("open", "--team", "Paris", "--questionnaire", "small", "--minimum", "2")
    assert ran.code == 1
    assert "The results of 2 members would show who said what." in ran.said


def test_opening_tells_what_is_fixed(assess: CommandLine) -> None:
    options = ("--team", "Paris", "--questionnaire", "small", "--minimum", "4", "--same-members")
    assert assess("open", *options, *AT, "--json").document == {
        "team": "Paris",
        "questionnaire": "small",
        "date": "2026-11-22",
        "state": "open",
        "minimum": 4,
        "members": 0,
        "outcome": "new",
        "same_members": True,
    }


def test_closing_asks_first(assess: CommandLine) -> None:
    assert "It stays open." in assess.type_in("n\n", "close").err
    ran = assess.type_in("y\n", "close")
    assert ran.code == 0
    assert "for good? 0 members answered: too few" in ran.said
    assert assess("history", "--json").document["assessments"][0]["state"] == "closed"


def test_closing_without_a_terminal_needs_yes(assess: CommandLine) -> None:
    ran = assess("close")
    assert ran.code == 1
    assert "say --yes" in ran.said


def test_with_two_open_assessments_the_team_has_to_be_named(assess: CommandLine) -> None:
    assess("open", "--team", "Paris", "--questionnaire", "small", *AT)
    ran = assess("close", "--yes")
    assert ran.code == 1
    assert "Say which with --team: Lyon, Paris." in ran.said
    assert assess("close", "--team", "paris", "--yes").code == 0


def test_files_that_say_otherwise_than_as_are_wrong_usage(assess: CommandLine) -> None:
    file = assess.write_answers("manager.toml", 1)
    assert assess("run", "--as", "consensus", "--answers", file).code == 2


def test_members_answer_the_questions_as_they_were_opened(
    assess: CommandLine, tmp_path: Path
) -> None:
    files = assess.write_members(1, 2)
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    path.write_text(path.read_text().replace("version = 1", "version = 2"))
    assert assess("collect", *files).code == 0
    assert assess.type_in(ANSWERS, "run", "--as", "member").code == 0


# --- Attacks: all that is told, by every command, in words and as JSON ---

TELLING = [
    (),
    ("history",),
    ("teams",),
    ("result",),
    ("result", "--out", "result.md"),
    ("plan", "--out", "plan.md"),
    ("plan", "--format", "csv", "--out", "plan.csv"),
    ("why", "lift-goals-1-2"),
    ("checkin", "plan.md"),
    ("compare", "--out", "comparison.md"),
    ("export",),
]


def _told_of(assess: CommandLine, *members: Sequence[object]) -> str:
    """Return all that is told of two quarters in which the manager and these members answer."""
    for path in (*assess.folder.glob("*.md"), *assess.folder.glob("*.csv"), assess.store):
        path.unlink(missing_ok=True)
    ran = []
    for day in (date(2026, 11, 22), date(2027, 2, 22)):
        today = ("--today", day.isoformat())
        assess("open", "--team", "Lyon", "--questionnaire", "small", *today)
        assess("run", "--answers", assess.write_answers("manager.toml", 1, 2, 0, 1, day=day))
        files = [
            assess.write_answers(f"m{number}.toml", *given, respondent="member", day=day)
            for number, given in enumerate(members)
        ]
        ran += [assess("collect", *files), assess("close", "--yes", *today)]
        ran.append(assess("plan", *today))
    ran += [assess(*c, *json, *today) for c in TELLING for json in ((), ("--json",))]
    written = sorted((*assess.folder.glob("*.md"), *assess.folder.glob("*.csv")))
    assert len(written) == 6
    told = [f"{r.code}\n{r.out}\n{r.err}\n" for r in ran]
    return "".join((*told, *(path.read_text() for path in written)))


def test_nobody_can_tell_what_too_few_members_answered(assess: CommandLine) -> None:
    high = {"level": 3, "evidence": "we log each hour"}
    no = {"not-applicable": "no goals here"}
    assert _told_of(assess, *[(0, 0, 0, 0)] * 4) == _told_of(
        assess, (high, 3, 3, 3), ("dont-know", 3, 3, 2), (no, no, 1, 1), (2, 1, 0, 3)
    )


def test_nobody_can_tell_which_member_gave_which_answer(assess: CommandLine) -> None:
    goals = [(0, 1), (3, 3), (1, 2), (2, 2), (0, 3)]
    roles = [(1, 1), (0, 2), (3, 0), (2, 1), (1, 0)]
    one = [(*g, *r) for g, r in zip(goals, roles, strict=True)]
    other = [(*g, *r) for g, r in zip(goals, reversed(roles), strict=True)]
    told = _told_of(assess, *one)
    assert "as the members see it" in told
    assert told == _told_of(assess, *other)


def test_evidence_and_reasons_of_members_are_told_nowhere(assess: CommandLine) -> None:
    high = {"level": 2, "evidence": "we log each hour"}
    no = {"not-applicable": "the budget is elsewhere"}
    told = _told_of(assess, (high, no, 1, 1), *[(1, 1, 1, 1)] * 4)
    assert "log each hour" not in told
    assert "budget is elsewhere" not in told
