"""Calendars and tables that other programs read, checked by other programs' parsers."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # It has no types; it is the second parser here.

from assess.document.reading import read_document
from assess.document.render import render_plan
from assess.export.calendar import format_calendar
from assess.export.table import format_table
from tests.builders import action_table
from tests.plans import make_plan, with_step_texts

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")


def events(text: str) -> dict[str, Any]:
    return {e.summary.value: e for e in vobject.readOne(text).vevent_list}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def edited() -> Any:
    text = render_plan(make_plan(), TEMPLATE)
    text = text.replace(
        "- [ ] Draft at most three goals with the team in one sitting. — *the manager*, by Fri 4",
        "- [x] Draft two goals — *Ana*, by Fri 11",
    )
    lines = [line for line in text.splitlines() if "write-three-goals/1" not in line]
    return read_document("\n".join(lines))


def test_the_calendar_holds_each_step_check_ins_and_reviews() -> None:
    found = events(format_calendar(make_plan()))
    step = found["Agree on one owner for each. (the team)"]
    assert (step.dtstart.value, step.dtend.value) == (date(2026, 12, 18), date(2026, 12, 19))
    assert step.description.value == "Name one owner for each goal\nObjective of name-one-owner."
    assert found["Day 30 review: Lyon"].dtstart.value == date(2026, 12, 22)
    assert len(found) == 5 + 1 + 3


def test_check_ins_are_weekly_and_rest_in_weeks_off() -> None:
    event = events(format_calendar(make_plan(weeks_off=(1, 5, 6))))["Weekly check-in: Lyon"]
    days = [day.date() for day in event.getrruleset(addRDate=True)]
    assert days[0] == date(2026, 11, 30)
    assert days[-1] == date(2027, 2, 15)
    assert len(days) == 10
    assert date(2026, 12, 21) not in days


def test_importing_a_changed_plan_updates_instead_of_doubling() -> None:
    def uids(text: str) -> list[str]:
        return [event.uid.value for event in vobject.readOne(text).vevent_list]

    first = uids(format_calendar(make_plan()))
    reworded = with_step_texts(
        make_plan(first_weeks={"name-one-owner": 6}), {"name-one-owner/1": "x"}
    )
    assert uids(format_calendar(reworded)) == first
    assert len(set(first)) == len(first)
    assert not set(first) & set(uids(format_calendar(make_plan(team="Nantes"))))


def test_equal_plans_give_equal_calendars() -> None:
    assert format_calendar(make_plan()) == format_calendar(make_plan())


def test_a_calendar_ends_its_lines_as_the_standard_asks() -> None:
    text = format_calendar(make_plan(team="Ünïcode " * 10))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_exports_follow_what_people_changed() -> None:
    plan, document = make_plan(), edited()
    found = events(format_calendar(plan, document))
    assert found["Done: Draft two goals (Ana)"].dtstart.value == date(2026, 12, 11)
    assert not any(name.startswith("Collect") for name in found)
    (row,) = [r for r in rows(format_table(plan, document)) if r["id"] == "write-three-goals/2"]
    assert (row["title"], row["assignee"], row["due_date"], row["done"]) == (
        "Draft two goals",
        "Ana",
        "2026-12-11",
        "yes",
    )


def test_the_table_has_a_line_for_each_step() -> None:
    table = rows(format_table(make_plan()))
    assert table[0] == {
        "id": "write-three-goals/1",
        "title": "Collect what the business expects of the team this quarter.",
        "description": ("Write down three goals for the quarter: Objective of write-three-goals."),
        "due_date": "2026-11-27",
        "assignee": "the manager",
        "labels": "write-three-goals",
        "hours": "2",
        "week": "1",
        "done": "no",
    }
    assert len(table) == 5


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "＝1", '=cmd|"/c x"!A1'])
def test_no_cell_is_a_formula(start: str) -> None:
    step = {"week": 1, "hours": 1, "do": start}
    plan = make_plan(action_table("a", {"goals-1": 1}, title=start, steps=[step]))
    (row,) = rows(format_table(plan))
    assert row["title"] == f"'{start}"
    assert row["description"].startswith(f"'{start}")


def test_commas_quotes_and_foreign_letters_survive() -> None:
    step = {"week": 1, "hours": 1, "do": 'Say "no", züge'}
    table = format_table(make_plan(action_table("a", {"goals-1": 1}, steps=[step])))
    assert table.startswith("\ufeffid,title,")
    assert rows(table)[0]["title"] == 'Say "no", züge'
