"""Weeks, due dates, reviews and weeks off on the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.errors import AssessError
from assess.planning import calendar
from assess.planning.plan import Capacity

START = date(2026, 11, 23)
NEVER = Capacity(6, "asked")


@given(st.dates(date(2000, 1, 1), date(2190, 1, 1)))
def test_plan_starts_on_the_next_monday_unless_the_day_is_one(day: date) -> None:
    monday = calendar.next_monday(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= monday - day < timedelta(7)


def test_steps_are_due_on_the_friday_of_their_week() -> None:
    assert calendar.friday_of(START, 1) == date(2026, 11, 27)
    assert calendar.friday_of(START, 13) == date(2027, 2, 19)


def test_reviews_fall_on_the_last_working_day_on_or_before_days_30_60_and_90() -> None:
    # Day 90 of a plan that starts on a Monday is a Saturday.
    assert calendar.review_dates(START, NEVER) == (
        date(2026, 12, 22),
        date(2027, 1, 21),
        date(2027, 2, 19),
    )


@pytest.mark.parametrize(
    ("weeks", "days", "first"),
    [
        ((5,), (), date(2026, 12, 18)),
        ((4, 5), (), date(2026, 12, 11)),
        ((), (date(2026, 12, 22),), date(2026, 12, 21)),
        ((4,), (date(2026, 12, 21), date(2026, 12, 22)), date(2026, 12, 11)),
        ((6,), (date(2026, 12, 24),), date(2026, 12, 22)),
        ((1, 2, 3, 4, 5), (), date(2026, 12, 22)),
    ],
)
def test_no_review_falls_into_time_off_unless_all_is_off_back_to_the_start(
    weeks: tuple[int, ...], days: tuple[date, ...], first: date
) -> None:
    away = Capacity(6, "asked", weeks, days)
    assert calendar.review_dates(START, away)[0] == first


@pytest.mark.parametrize(
    ("given_weeks", "off"),
    [
        (["3,4"], (3, 4)),
        (["4", "3", "3"], (3, 4)),
        (["2026-12-24"], ()),
        (["2026-12-23..2026-12-25"], (5,)),
        (["2026-12-21..2027-01-03"], (5, 6)),
        (["2026-12-27..2026-12-28"], ()),
        (["2026-11-01..2026-11-23"], ()),
        (["1,2027-02-17..2027-05-01"], (1, 13)),
        ([], ()),
    ],
)
def test_a_week_is_off_when_three_of_its_working_days_are(
    given_weeks: list[str], off: tuple[int, ...]
) -> None:
    assert calendar.read_time_off(given_weeks, START, 13).weeks == off


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("14", "There is no week 14 in the plan."),
        ("0", "There is no week 0 in the plan."),
        ("soon", "'soon' is neither a week nor a date."),
        ("2026-12-24..2026-12-01", "'2026-12-24..2026-12-01' ends before it begins."),
        ("2027-03-01", "'2027-03-01' lies outside the plan, which starts on 2026-11-23."),
    ],
)
def test_weeks_off_that_make_no_sense_are_told(part: str, what: str) -> None:
    with pytest.raises(AssessError) as caught:
        calendar.read_time_off([part], START, 13)
    assert (caught.value.what, caught.value.where) == (what, "--off")


def test_fewer_than_three_days_off_only_move_what_is_due() -> None:
    off = calendar.read_time_off(["2026-12-24..2026-12-27"], START, 13)
    assert (off.weeks, off.days) == ((), (date(2026, 12, 24), date(2026, 12, 25)))
    assert calendar.due_day(START, 5, off.days) == date(2026, 12, 23)
    assert calendar.due_day(START, 6, off.days) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("start", "offered"),
    [
        (date(2026, 9, 28), "2026-12-21..2027-01-03"),
        (date(2026, 12, 28), "2026-12-21..2027-01-03"),
        (date(2026, 9, 14), None),
        (date(2027, 1, 11), None),
    ],
)
def test_the_turn_of_the_year_is_offered_where_a_plan_has_it(
    start: date, offered: str | None
) -> None:
    assert calendar.offer_holidays(start, 13) == offered


@pytest.mark.parametrize(
    ("week", "first", "month"), [(1, 1, 1), (5, 29, 1), (6, 36, 2), (10, 64, 3)]
)
def test_a_week_belongs_to_the_month_of_its_monday(week: int, first: int, month: int) -> None:
    assert (calendar.monday_of(START, week) - START).days + 1 == first
    assert calendar.month_of(week) == month
