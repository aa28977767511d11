"""Calendars and tables that other programs read, checked by other programs' parsers."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # It has no types; it is the second parser here.
from icalendar import Calendar

from assess.document.reading import read_document
from assess.export.calendar import format_calendar
from assess.export.table import format_table
from assess.identity import TeamName
from assess.pages.plan_paper import render_plan
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
    assert len(found) == 5 + 1 + 3
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
        "start_date": "2026-11-23",
        "section": "Write down three goals for the quarter",
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


def by_name(text: str) -> dict[str, Any]:
    """Read a calendar with the program's own parser and another one, which have to agree."""
    found = {str(e["uid"]): e for e in Calendar.from_ical(text).walk("VEVENT")}
    assert {e.uid.value for e in vobject.readOne(text).vevent_list} == set(found)
    return {str(e["summary"]): e for e in found.values()}


def test_an_entry_says_when_it_was_written_and_last_changed() -> None:
    first = format_calendar(make_plan(), today=date(2026, 11, 23))
    again = format_calendar(make_plan(), today=date(2026, 11, 30), before=first)
    [one, two] = [by_name(text)["Day 30 review: Lyon"] for text in (first, again)]
    assert two.decoded("dtstamp") > one.decoded("dtstamp")
    assert two.decoded("last-modified") == one.decoded("last-modified")
    assert two["sequence"] == one["sequence"]


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 12, 7)])
def test_a_changed_entry_has_a_higher_sequence_also_on_the_same_day(today: date) -> None:
    name = "Agree on one owner for each. (the team)"
    first = format_calendar(make_plan(), today=date(2026, 11, 23))
    text = render_plan(make_plan(), TEMPLATE).replace("by Fri 18 Dec", "by Fri 8 Jan")
    again = format_calendar(make_plan(), read_document(text), today=today, before=first)
    one, two = (by_name(export)[name] for export in (first, again))
    assert two["uid"] == one["uid"]
    assert two["dtstart"].dt != one["dtstart"].dt
    assert two["sequence"] > one["sequence"]
    assert two.decoded("last-modified") >= one.decoded("last-modified")


def test_a_step_that_people_deleted_is_cancelled() -> None:
    found = by_name(format_calendar(make_plan(), edited()))
    cancelled = [name for name, event in found.items() if event.get("status") == "CANCELLED"]
    assert cancelled == [
        "Collect what the business expects of the team this quarter. (the manager)"
    ]


def test_what_only_an_earlier_export_has_is_cancelled_and_stays_so() -> None:
    full, fewer = make_plan(), make_plan()
    fewer = replace(fewer, priorities=fewer.priorities[:-1])
    text = format_calendar(full, today=date(2026, 11, 23))
    for day in (date(2026, 11, 24), date(2026, 11, 25)):
        text = format_calendar(fewer, today=day, before=text)
        assert set(by_name(text)) == set(by_name(format_calendar(full)))
        gone = [e for e in by_name(text).values() if e.get("status") == "CANCELLED"]
        assert len(gone) == len(full.priorities[-1].steps)
    back = format_calendar(full, today=date(2026, 11, 25), before=text)
    assert not [e for e in by_name(back).values() if e.get("status") == "CANCELLED"]


def test_the_calendar_of_another_plan_cancels_nothing() -> None:
    other = format_calendar(replace(make_plan(), team=TeamName("Paris")))
    assert format_calendar(make_plan(), before=other) == format_calendar(make_plan())
    assert format_calendar(make_plan(), before="BEGIN:nonsense") == format_calendar(make_plan())


def test_the_table_takes_another_separator() -> None:
    text = format_table(make_plan(), separator=";").removeprefix("\ufeff")
    table = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert table == rows(format_table(make_plan()))


def test_a_step_starts_on_the_monday_of_its_week_and_never_after_it_is_due() -> None:
    assert all(row["start_date"] <= row["due_date"] for row in rows(format_table(make_plan())))
