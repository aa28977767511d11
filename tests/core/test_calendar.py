"""Weeks, due dates, reviews and weeks off on the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.errors import AssessError
from assess.planning import calendar

START = date(2026, 11, 23)


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
    assert calendar.review_dates(START) == (
        date(2026, 12, 22),
        date(2027, 1, 21),
        date(2027, 2, 19),
    )


@pytest.mark.parametrize(
    ("given_weeks", "off"),
    [
        (["3,4"], (3, 4)),
        (["4", "3", "3"], (3, 4)),
        (["2026-12-24"], (5,)),
        (["2026-12-21..2027-01-03"], (5, 6)),
        (["2026-12-27..2026-12-28"], (5, 6)),
        (["2026-11-01..2026-11-23"], (1,)),
        (["1,2027-02-19..2027-05-01"], (1, 13)),
        ([], ()),
    ],
)
def test_weeks_off_are_weeks_or_every_week_that_dates_touch(
    given_weeks: list[str], off: tuple[int, ...]
) -> None:
    assert calendar.read_weeks_off(given_weeks, START, 13) == off


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
        calendar.read_weeks_off([part], START, 13)
    assert (caught.value.what, caught.value.where) == (what, "--off")
