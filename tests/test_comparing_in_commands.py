"""Which two quarters are compared, and in whose view."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.typing_in import CommandLine

TODAY = ("--today", "2026-08-23")
DAYS = (date(2026, 2, 22), date(2026, 5, 24), date(2026, 8, 23))


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    assess.use_small_data()
    return assess


def manager(assess: CommandLine, level: int, day: date, **head: object) -> list[Path]:
    return [assess.write_answers(f"manager-{day}.toml", level, day=day, **head)]


def members(assess: CommandLine, level: int, day: date) -> list[Path]:
    assert assess.open_to(5, day=day).code == 0
    return assess.write_members(*[level] * 5, day=day)


def run(assess: CommandLine, files: list[Path]) -> None:
    """Take in members' answers and close, and let whoever else answered have a plan."""
    theirs = [file for file in files if file.name.startswith("member-")]
    options = [word for file in files if file not in theirs for word in ("--answers", str(file))]
    if theirs:
        assert assess("collect", *theirs, *TODAY).code == 0
        assert not options or assess("run", *options, *TODAY).code == 0
        assert assess("close", "--yes", *TODAY).code == 0
    else:
        assert assess("run", *options, *TODAY).code == 0


@pytest.fixture
def members_between(assess: CommandLine) -> CommandLine:
    """A manager who says the same twice, and in between a quarter of members alone."""
    run(assess, manager(assess, 0, DAYS[0]))
    run(assess, members(assess, 2, DAYS[1]))
    run(assess, manager(assess, 0, DAYS[2]))
    return assess


def test_members_between_two_equal_managers_are_no_rise_of_the_team(
    members_between: CommandLine,
) -> None:
    compared = members_between("compare", "--json").document
    assert (compared["from"], compared["to"]) == ("2026-02-22", "2026-08-23")
    assert (compared["view"], compared["index"]["change"]) == ("manager", 0)
    assert (compared["stage"]["from"], compared["stage"]["to"]) == ("momentum", "momentum")


def test_two_quarters_of_other_people_are_refused(members_between: CommandLine) -> None:
    ran = members_between("compare", "--from", "2026-02-22", "--to", "2026-05-24")
    assert (ran.code, ran.out) == (1, "")
    assert "were not answered by the same kind of people" in ran.said


def test_the_latest_quarter_without_one_to_compare_with_is_passed_over(assess: CommandLine) -> None:
    run(assess, manager(assess, 0, DAYS[0]))
    run(assess, manager(assess, 1, DAYS[1]))
    run(assess, members(assess, 2, DAYS[2]))
    compared = assess("compare", "--json").document
    assert (compared["from"], compared["to"]) == ("2026-02-22", "2026-05-24")


def test_a_view_that_both_hold_can_be_chosen_and_no_other(assess: CommandLine) -> None:
    for day in DAYS[:2]:
        run(assess, [*manager(assess, 1, day), *members(assess, 2, day)])
    assert assess("compare", "--json").document["view"] == "members"
    assert "As the members see it; " in assess("compare").out
    assert assess("compare", "--view", "manager", "--json").document["view"] == "manager"
    ran = assess("compare", "--view", "consensus")
    assert ran.code == 1
    assert "Leave out --view, or use one of: members, manager." in ran.said


def test_a_team_is_not_compared_with_itself(assess: CommandLine) -> None:
    run(assess, manager(assess, 1, DAYS[0]))
    ran = assess("compare", "--with", "LYON")
    assert (ran.code, ran.out) == (1, "")
    assert "Lyon is the team itself." in ran.said


def test_a_quarter_that_is_planned_is_not_planned_again(assess: CommandLine) -> None:
    for level, day in enumerate(DAYS[:2]):
        run(assess, manager(assess, level, day))
    out = assess("compare", *TODAY).out
    assert "assess plan" not in out
    assert "Hand all of it on in one file: assess report" in " ".join(out.split())


def test_a_quarter_is_not_compared_with_itself(assess: CommandLine) -> None:
    run(assess, manager(assess, 1, DAYS[0]))
    ran = assess("compare", "--from", "2026-02-22", "--to", "2026-02-22")
    assert (ran.code, "Both are the same assessment." in ran.said) == (1, True)


def test_the_course_has_a_line_for_each_view(assess: CommandLine) -> None:
    for day in DAYS:
        run(assess, [*manager(assess, 1, day), *members(assess, 2, day)])
    assess("compare", "--out", "comparison.md")
    shown = (assess.folder / "comparison.md").read_text()
    assert "Quarter by quarter, as the members see it" in shown
    assert "Quarter by quarter, as the manager sees it" in shown


def test_members_alone_make_nothing_rise_in_the_next_plan(members_between: CommandLine) -> None:
    planned = members_between("plan", "--json", "--today", "2026-08-23").document
    because = [text for priority in planned["priorities"] for text in priority["because"]]
    assert not any("clear" in text for text in because)


@pytest.mark.parametrize("command", ["result", "report"])
def test_a_damaged_plan_of_an_earlier_quarter_is_told(assess: CommandLine, command: str) -> None:
    for level, day in enumerate(DAYS[1:]):
        run(assess, manager(assess, level, day))
    with closing(sqlite3.connect(assess.store)) as store, store:
        store.execute("UPDATE plan SET written = '{}' WHERE assessment = 1")
    ran = assess(command, *TODAY)
    assert ran.code == 1
    assert "The store is damaged here." in ran.err
