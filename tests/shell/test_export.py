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
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]  # It has no types.

from assess.document.reading import read_document
from assess.export.calendar import format_calendar as format_rhythm
from assess.export.table import format_table
from assess.identity import TeamName
from assess.pages.plan_paper import render_plan
from assess.people import Person
from tests.builders import action_table
from tests.plans import make_plan, staffed, with_step_texts

ANA = Person(name="Ana", roles=("manager",), email="ana@example.com")
BEN = Person(name="Ben", roles=("team",), email="ben@example.com")
TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")


def format_calendar(*given: Any, **more: Any) -> str:
    """Return a calendar with single steps, of which most of this is about."""
    return format_rhythm(*given, steps=True, **more)


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


def test_a_calendar_has_the_rhythm_alone_unless_steps_are_asked_for() -> None:
    found = events(format_rhythm(make_plan()))
    assert sorted(found) == [
        "Day 30 review: Lyon",
        "Day 60 review: Lyon",
        "Day 90 review: Lyon",
        "Weekly check-in: Lyon",
    ]


def test_steps_that_an_earlier_calendar_had_are_cancelled_when_only_the_rhythm_is_left() -> None:
    before = format_calendar(make_plan())
    found = by_name(format_rhythm(make_plan(), today=date(2026, 12, 1), before=before))
    assert sum(event.get("status") == "CANCELLED" for event in found.values()) == 5


def test_attendees_are_those_whose_address_is_known() -> None:
    plan = staffed(make_plan(), ANA, BEN, Person(name="Cleo", roles=("team",)))
    text = format_rhythm(plan, steps=True, attendees=True)
    assert "METHOD" not in text
    found = by_name(text)
    assert attendees(found["Weekly check-in: Lyon"]) == ["ana@example.com", "ben@example.com"]
    (step,) = (e for name, e in found.items() if name.endswith("(Ben)"))
    assert attendees(step) == ["ben@example.com"]
    assert step["organizer"] == "mailto:ana@example.com"
    assert "ATTENDEE" not in format_calendar(plan)


def attendees(event: Any) -> list[str]:
    given = event.get("attendee", [])
    return [a.removeprefix("mailto:") for a in (given if isinstance(given, list) else [given])]


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
        "email": "",
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


# --- Trackers ---


def tracker_rows(text: str) -> list[dict[str, str]]:
    assert not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_asana_gets_its_own_columns_dates_and_addresses() -> None:
    table = tracker_rows(format_table(staffed(make_plan(), ANA, BEN), tracker="asana"))
    assert list(table[0]) == ["Name", "Notes", "Section/Column", "Assignee", "Due Date", "Tags"]
    assert table[0] == {
        "Name": "Collect what the business expects of the team this quarter.",
        "Notes": "Write down three goals for the quarter: Objective of write-three-goals.\n"
        "assess:write-three-goals/1",
        "Section/Column": "Write down three goals for the quarter",
        "Assignee": "ana@example.com",
        "Due Date": "11/27/2026",
        "Tags": "write-three-goals/1",
    }


def test_jira_gets_its_own_columns_without_punctuation_and_labels_without_spaces() -> None:
    table = tracker_rows(format_table(staffed(make_plan(), ANA, BEN), tracker="jira"))
    assert list(table[0]) == [
        "Summary",
        "Issue Type",
        "Assignee",
        "Due date",
        "Labels",
        "Description",
    ]
    row = table[-1]
    assert (row["Issue Type"], row["Due date"], row["Labels"]) == (
        "Task",
        "2026-12-18",
        "name-one-owner/2",
    )
    assert row["Assignee"] == "ben@example.com"


def test_a_role_is_no_assignee_and_stands_in_the_notes() -> None:
    (row, *_) = tracker_rows(format_table(make_plan(), tracker="asana"))
    assert row["Assignee"] == ""
    assert "Owner: the manager" in row["Notes"]


def test_what_is_done_is_not_created_once_more() -> None:
    table = tracker_rows(format_table(make_plan(), edited(), tracker="jira"))
    assert [row["Labels"] for row in table] == [
        "write-three-goals/3",
        "name-one-owner/1",
        "name-one-owner/2",
    ]


def test_own_tasks_are_in_calendar_and_tables() -> None:
    plan = make_plan()
    text = render_plan(plan, TEMPLATE) + "\n- [ ] Book the room — *Ben*, by Fri 11 Dec\n"
    document = read_document(text)
    found = by_name(format_calendar(plan, document))["Book the room (Ben)"]
    assert found["dtstart"].dt == date(2026, 12, 11)
    (row,) = [r for r in rows(format_table(plan, document)) if r["title"] == "Book the room"]
    assert (row["assignee"], row["due_date"], row["section"]) == (
        "Ben",
        "2026-12-11",
        "Our own tasks",
    )
    assert row["id"].startswith("own-")


def test_a_spreadsheet_keeps_the_plain_table_as_it_is(tmp_path: Path) -> None:
    book = Workbook()
    for cells in csv.reader(io.StringIO(format_table(make_plan()).removeprefix("\ufeff"))):
        book.active.append(cells)
    book.save(tmp_path / "plan.xlsx")
    (first, *_) = load_workbook(tmp_path / "plan.xlsx").active.iter_rows(
        min_row=2, values_only=True
    )
    assert first[:4] == tuple(rows(format_table(make_plan()))[0].values())[:4]
