"""`assess people`: names kept once, in plan and export, and refused where they cannot be used."""

import json
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

MONDAY = "2026-11-23"


@pytest.fixture
def planned(assess: CommandLine) -> CommandLine:
    """Return the command line with a team that has a plan from MONDAY on."""
    assess.use_small_data()
    file = assess.write_answers("answers.toml", 0, team="Lyon")
    assert assess("run", "--answers", file, "--out", "plan.md", "--today", MONDAY).code == 0
    return assess


def people(assess: CommandLine, *more: str) -> Ran:
    return assess("people", *more, "--today", MONDAY)


def named(assess: CommandLine) -> list[str]:
    return [one["name"] for one in people(assess, "--json").document["people"]]


def plan_text(assess: CommandLine) -> str:
    return (assess.folder / "plan.md").read_text(encoding="utf-8")


def test_a_named_manager_stands_in_plan_and_documents(planned: CommandLine) -> None:
    people(planned, "add", "Ana", "--role", "manager")
    document = planned("plan", "--json", "--today", MONDAY).document
    assert {p["owner"] for p in document["priorities"]} == {"Ana"}
    assert {s["owner"] for p in document["priorities"] for s in p["steps"]} == {"Ana"}
    assert "— *Ana*, by Fri 27 Nov" in plan_text(planned)
    assert "the manager*" not in plan_text(planned)


def test_an_owner_that_somebody_wrote_into_the_file_stays(planned: CommandLine) -> None:
    people(planned, "add", "Ana", "--role", "manager")
    file = planned.folder / "plan.md"
    file.write_text(plan_text(planned).replace("*the manager*", "*the agency*", 1))
    for _ in range(2):
        document = planned("plan", "--json", "--today", MONDAY).document
        found = [s["owner"] for p in document["priorities"] for s in p["steps"]]
        assert found.count("the agency") == 1
        assert plan_text(planned).count("*the agency*") == 1


def test_all_that_is_said_of_a_person_is_kept(planned: CommandLine) -> None:
    said = ("--role", "team", "--role", "Specialist", "--share", "50 %")
    people(planned, "add", "Ben", *said, "--off", "3,4", "--email", "ben@example.com")
    (ben,) = people(planned, "--json").document["people"]
    assert ben == {
        "name": "Ben",
        "roles": ["team", "specialist"],
        "share": 50,
        "off": ["2026-12-07..2026-12-20"],
        "email": "ben@example.com",
        "open_steps": 0,
    }
    people(planned, "edit", "ben", "--share", "80", "--off", "none")
    (ben,) = people(planned, "--json").document["people"]
    assert (ben["share"], ben["off"], ben["email"]) == (80, [], "ben@example.com")


@pytest.mark.parametrize("again", ["Zoë", "ZOË", "  zoe\u0308 "])
def test_two_people_cannot_have_one_name(planned: CommandLine, again: str) -> None:
    people(planned, "add", "Zoë")
    ran = people(planned, "add", again)
    assert ran.code == 1
    assert "There is already somebody called 'Zoë' in Lyon." in ran.said
    assert named(planned) == ["Zoë"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("Ana", "--role", "manger"), "Did you mean 'manager'?"),
        (("Ana", "--share", "0"), "'0' is no share from 1 to 100"),
        (("Ana", "--share", "101"), "'101' is no share from 1 to 100"),
        (("Ana", "--share", "half"), "'half' is no share from 1 to 100"),
        (("Ana", "--email", "ana"), "'ana' is no e-mail address"),
        (("Ana", "--email", "@"), "'@' is no e-mail address"),
        (("Ana", "--off", "later"), "'later' is neither a week nor a date."),
        (("Ana", "--off", "14"), "There is no week 14 in the plan."),
        (("the team",), "'the team' is a role; a person has a name."),
        (("Sponsor",), "'Sponsor' is a role; a person has a name."),
        (("",), "The person has no name."),
        (("a\nb",), "characters that cannot be printed"),
        (("Ana *the* first",), "cannot be told from the other words of a task"),
        (("Ana — Lima",), "Write it as 'Ana Lima'."),
        (("Ana | <b>",), "Write it as 'Ana b'."),
        (("Ana, by 4 Jan",), "cannot be told"),
        (("--share", "50"), "Name somebody."),
    ],
)
def test_what_cannot_be_used_is_told(
    planned: CommandLine, said: tuple[str, ...], told: str
) -> None:
    ran = people(planned, "add", *said)
    assert ran.code in (1, 2)
    assert told in ran.said
    assert named(planned) == []


def test_the_size_of_the_team_follows_its_people(planned: CommandLine) -> None:
    for name in ("Ana", "Ben", "Cleo", "Dora", "Eva"):
        people(planned, "add", name)
    people(planned, "add", "Flo", "--role", "sponsor")
    assert people(planned, "--json").document["size"] == 5
    people(planned, "add", "Gil")
    assert people(planned, "--json").document["size"] == 6
    assert planned("plan", "--json", "--today", MONDAY).document["team_size"] == 6


def test_names_travel_with_an_export_and_not_without_plans(planned: CommandLine) -> None:
    people(planned, "add", "Ana", "--email", "ana@example.com")
    planned("export", "all.json")
    planned("export", "bare.json", "--without-plans")
    assert "Ana" not in (planned.folder / "bare.json").read_text(encoding="utf-8")
    other = ("--store", planned.folder / "other.sqlite")
    assert planned("import", "all.json", *other).code == 0
    assert planned("people", "--json", *other).document["people"][0]["name"] == "Ana"
    assert planned("import", "all.json", *other).code == 0
    planned("people", "add", "Ben", *other)
    ran = planned("import", "all.json", *other)
    assert (ran.code, "Other people are kept for Lyon." in ran.said) == (1, True)
    assert planned("import", "all.json", "--replace", *other).code == 0


def test_a_person_of_an_import_is_checked(planned: CommandLine) -> None:
    people(planned, "add", "Ana")
    planned("export", "all.json")
    file = planned.folder / "all.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["teams"][0]["people"]["people"][0]["share"] = 0
    file.write_text(json.dumps(document))
    ran = planned("import", "all.json", "--store", planned.folder / "other.sqlite")
    assert ran.code == 1
    assert "teams[Lyon]" in ran.said


def test_people_follow_their_team_to_its_new_name(planned: CommandLine) -> None:
    people(planned, "add", "Ana")
    planned("teams", "rename", "Lyon", "Nantes")
    assert named(planned) == ["Ana"]


def test_a_backup_brings_people_back(planned: CommandLine) -> None:
    people(planned, "add", "Ana")
    planned("export", "--backup", "copy.sqlite")
    other = ("--store", planned.folder / "other.sqlite")
    assert planned("import", "copy.sqlite", *other).code == 0
    assert planned("people", "--json", *other).document["people"][0]["name"] == "Ana"


def test_names_are_asked_for_one_by_one(planned: CommandLine) -> None:
    typed = "Ana\nBen\nana\nthe team\nCleo\n\n\nEva\n"
    ran = planned.type_in(typed, "people", "add", "--today", MONDAY)
    assert ran.code == 0
    found = people(planned, "--json").document["people"]
    assert [(one["name"], one["roles"]) for one in found] == [
        ("Ana", ["manager"]),
        ("Ben", ["team"]),
        ("Cleo", ["team"]),
        ("Eva", ["sponsor"]),
    ]
    assert "ana is named already." in ran.said


def test_a_name_is_taken_back_and_offered_again(planned: CommandLine) -> None:
    before = people(planned, "--json").document["size"]
    typed = "Ana\nBen\n\n<\nBea\n<\n<\nAnna\nCleo\n\n\n\n"
    ran = planned.type_in(typed, "people", "add", "--today", MONDAY)
    assert (ran.code, "Named: Anna, Cleo." in ran.out) == (0, True)
    document = people(planned, "--json").document
    assert [one["name"] for one in document["people"]] == ["Anna", "Cleo"]
    assert document["size"] == before


def test_looking_at_people_makes_no_store(assess: CommandLine, tmp_path: Path) -> None:
    assert assess("people").code == 1
    assert not assess.store.exists()


# --- Leaving ---


@pytest.fixture
def staffed(planned: CommandLine) -> CommandLine:
    """Return the command line with a plan that Ana leads, and Ben beside her."""
    people(planned, "add", "Ana", "--role", "manager")
    people(planned, "add", "Ben")
    planned("plan", "--today", MONDAY)
    return planned


def owners(assess: CommandLine) -> dict[str, str]:
    document = assess("checkin", "--no-input", "--json", "--today", MONDAY).document
    return {step["id"]: step["owner"] for step in document["steps"]}


def test_who_leaves_without_saying_where_the_steps_go_is_told_which(staffed: CommandLine) -> None:
    ran = people(staffed, "remove", "Ana", "--no-input")
    assert ran.code == 1
    assert "Ana has" in ran.said
    assert "lift-goals-1-1/1" in ran.said
    assert "--to NAME, --spread, or --to-role" in ran.said
    assert named(staffed) == ["Ana", "Ben"]


def test_all_goes_to_one_and_what_is_done_keeps_the_name(staffed: CommandLine) -> None:
    (first, *others) = owners(staffed)
    staffed("step", first, "--done", "--today", MONDAY)
    promised = staffed("plan", "--json", "--today", MONDAY).document["promised"]
    document = people(staffed, "remove", "ana", "--to", "ben", "--json").document
    assert {step["owner"] for step in document["steps"]} == {"Ben"}
    assert {step["id"] for step in document["steps"]} == set(others)
    for _ in range(2):
        assert owners(staffed) == {first: "Ana", **dict.fromkeys(others, "Ben")}
        again = staffed("plan", "--json", "--today", MONDAY).document
    assert again["promised"] == promised
    assert again["team_size"] == 4
    assert named(staffed) == ["Ben"]


def test_the_one_page_names_who_leads_from_now_on(staffed: CommandLine) -> None:
    people(staffed, "remove", "Ana", "--to", "Ben")
    page = plan_text(staffed).split("## Goals")[0]
    assert "Ben" in page
    assert "Ana" not in page


def test_who_only_supports_leaves_every_page_too(staffed: CommandLine) -> None:
    people(staffed, "add", "Flo", "--role", "sponsor")
    staffed("plan", "--today", MONDAY)
    assert "Of Flo: " in plan_text(staffed)
    people(staffed, "remove", "Flo")
    assert "Flo" not in plan_text(staffed)
    assert "Of the sponsor: " in plan_text(staffed)


def test_steps_go_back_to_the_role_until_somebody_has_it(staffed: CommandLine) -> None:
    people(staffed, "remove", "Ana", "--to-role")
    staffed("plan", "--today", MONDAY)
    assert set(owners(staffed).values()) == {"the manager"}
    people(staffed, "add", "Cleo", "--role", "manager")
    staffed("plan", "--today", MONDAY)
    assert set(owners(staffed).values()) == {"Cleo"}


def test_steps_are_spread_over_the_others_of_the_role(staffed: CommandLine) -> None:
    people(staffed, "edit", "Ben", "--role", "manager")
    people(staffed, "add", "Cleo", "--role", "manager")
    people(staffed, "remove", "Ana", "--spread")
    found = owners(staffed)
    assert set(found.values()) == {"Ben", "Cleo"}
    staffed("plan", "--today", MONDAY)
    assert owners(staffed) == found


def test_in_a_terminal_it_is_asked(staffed: CommandLine) -> None:
    ran = staffed.type_in("3\n1\n", "people", "remove", "Ana", "--today", MONDAY)
    assert ran.code == 0, ran.err
    assert set(owners(staffed).values()) == {"Ben"}


def test_own_tasks_are_handed_over_too(staffed: CommandLine) -> None:
    file = staffed.folder / "plan.md"
    file.write_text(file.read_text() + "\n- [ ] Book the room — *Ana*, by Fri 11 Dec\n")
    people(staffed, "remove", "Ana", "--to", "Ben")
    assert plan_text(staffed).endswith("- [ ] Book the room — *Ben*, by Fri 11 Dec\n")


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        (("Bem",), 1, "Did you mean 'Ben'?"),
        (("Ana", "--to", "Zoe"), 1, "There is nobody called 'Zoe' in the team."),
        (("Ana", "--to", "ana"), 1, "There is nobody called 'ana' in the team."),
        (("Ana", "--spread", "--to-role"), 2, "Use one of"),
    ],
)
def test_a_wrong_leaving_changes_nothing(
    staffed: CommandLine, said: tuple[str, ...], code: int, told: str
) -> None:
    before = plan_text(staffed)
    ran = people(staffed, "remove", *said)
    assert (ran.code, told in ran.said) == (code, True)
    assert named(staffed) == ["Ana", "Ben"]
    assert plan_text(staffed) == before


def test_names_are_a_task_of_set_up_until_somebody_is_named(planned: CommandLine) -> None:
    assert "assess people add" in planned("--today", MONDAY).out
    people(planned, "add", "Ana")
    assert "assess people add" not in planned("--today", MONDAY).out


def test_a_name_that_is_typed_in_another_spelling_is_the_one_that_was_given(
    staffed: CommandLine,
) -> None:
    first = next(iter(owners(staffed)))
    staffed("step", first, "--owner", "BEN", "--today", MONDAY)
    assert owners(staffed)[first] == "Ben"
    staffed("step", first, "--owner", "Manager", "--today", MONDAY)
    assert owners(staffed)[first] == "the manager"


def test_who_is_named_before_the_first_assessment_is_told_to_assess(assess: CommandLine) -> None:
    assess("teams", "add", "Lyon")
    assert "assess run" in assess("people", "add", "Ana").out
