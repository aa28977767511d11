"""From weeks of work to dates.

A plan begins on a Monday, its week 1, and ends on the Friday of its last week. A step is
due on the Friday of its week. Working days are Monday to Friday; public holidays are the
team's own to take off.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Protocol

from assess.answers import EARLIEST, LATEST
from assess.errors import AssessError, Problem
from assess.patterns import pattern
from assess.record import record

LATEST_START = LATEST - timedelta(weeks=30)
"""A plan, the next one and all their dates still lie within the years that are kept."""

REVIEW_DAYS = (30, 60, 90)
"""Counted from the start, which is day 1."""

_WEEK_NUMBER = pattern(r"[0-9]{1,3}")
_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_WORKING_DAYS = 5
_MOST_OF_A_WEEK = 3
_FRIDAY = timedelta(days=4)


class Away(Protocol):
    """When nobody of a team works: whole weeks of its plan, and single days in the others."""

    @property
    def weeks_off(self) -> Collection[int]: ...

    @property
    def days_off(self) -> Collection[date]: ...


def is_away(start: date, away: Away, day: date) -> bool:
    """Tell whether nobody works on a day of a plan."""
    return day in away.days_off or week_of(start, day) in away.weeks_off


def next_monday(day: date) -> date:
    """Return the day itself if it is a Monday, else the Monday that follows."""
    return day + timedelta(days=-day.weekday() % 7)


def monday_of(start: date, week: int) -> date:
    """Return the Monday of a plan week, counted from 1."""
    return start + WEEK * (week - 1)


def friday_of(start: date, week: int) -> date:
    """Return the Friday of a plan week: when its steps are due."""
    return monday_of(start, week) + _FRIDAY


def month_of(week: int) -> int:
    """Return the third of a quarter, 1 to 3, in which the Monday of a plan week lies."""
    day = 7 * (week - 1) + 1
    return next((n for n, last in enumerate(REVIEW_DAYS, start=1) if day <= last), len(REVIEW_DAYS))


def review_dates(start: date, away: Away) -> tuple[date, date, date]:
    """Return the last working day on or before days 30, 60 and 90.

    Where all is off back to the start, days off are taken for working days.
    """
    thirty, sixty, ninety = (_last_working_day(start, days, away) for days in REVIEW_DAYS)
    return thirty, sixty, ninety


def next_assessment(start: date, weeks: int) -> date:
    """Return when to assess again: the Monday after the plan's last week."""
    return monday_of(start, weeks + 1)


def week_of(start: date, day: date) -> int:
    """Return the plan week that a day lies in: 1 for the first, 0 or less before the start."""
    return (day - start).days // 7 + 1


def due_day(start: date, week: int, days_off: Collection[date]) -> date:
    """Return the last working day of a plan week; at most two of its days are off."""
    day = friday_of(start, week)
    while day in days_off:
        day -= timedelta(days=1)
    return day


def first_open_week(start: date, days_off: Collection[date], today: date) -> int:
    """Return the first week in which something can still be due: on a Saturday the next one."""
    week = max(1, week_of(start, today))
    return week if due_day(start, week, days_off) >= today else week + 1


@record
class TimeOff:
    """The plan weeks without work, in order, and single working days off in the others."""

    weeks: tuple[int, ...] = ()
    days: tuple[date, ...] = ()


def read_time_off(given: Iterable[str], start: date, weeks: int) -> TimeOff:
    """Return what is off, from `3`, `3,4`, a date, `DATE..DATE` or `none`.

    A week of which three or more working days are off is off as a whole.

    Raises:
        AssessError: A part is no week of the plan, no date, or lies outside the plan.
    """
    off: set[date] = set()
    problems: list[Problem] = []
    for part in (piece.strip() for text in given for piece in text.split(",")):
        found = _working_days_in(part, start, weeks)
        if isinstance(found, str):
            fix = (
                f"Use a week from 1 to {weeks}, a date, dates like 2026-12-21..2027-01-03, or none."
            )
            problems.append(Problem(found, "--off", fix))
        else:
            off.update(found)
    if problems:
        raise AssessError(*problems)
    counts = Counter(week_of(start, day) for day in off)
    whole = tuple(sorted(week for week, days in counts.items() if days >= _MOST_OF_A_WEEK))
    return TimeOff(whole, tuple(sorted(day for day in off if week_of(start, day) not in whole)))


def keep_inside(given: Iterable[str], start: date, weeks: int) -> tuple[str, ...]:
    """Return the parts of what is off that a plan has anything of."""
    return tuple(
        part for part in given if not isinstance(_working_days_in(part, start, weeks), str)
    )


def offer_holidays(start: date, weeks: int) -> str | None:
    """Return the days at the turn of the year when many are away, where a plan has any of them."""
    first, last = date(start.year, 12, 21), date(start.year + 1, 1, 3)
    is_inside = start <= last and first < monday_of(start, weeks + 1)
    return f"{first}..{last}" if is_inside else None


def weeks_off_problem(part: str) -> str | None:
    """Say what makes a part of the weeks off unreadable in any plan, or return None."""
    if part == "none" or _WEEK_NUMBER.fullmatch(part):
        return None
    days = _days_in(part)
    return days if isinstance(days, str) else None


def start_problem(start: date) -> str | None:
    """Say what makes a start unusable, or return None."""
    if not EARLIEST <= start <= LATEST_START:
        return f"The start {start} does not lie between {EARLIEST} and {LATEST_START}."
    return None


def _working_days_in(part: str, start: date, weeks: int) -> Collection[date] | str:
    """Return the working days of a plan that a part names, or what is wrong with it."""
    if part == "none":
        return ()
    if _WEEK_NUMBER.fullmatch(part):
        week = int(part)
        if not 1 <= week <= weeks:
            return f"There is no week {part} in the plan."
        first = monday_of(start, week)
        return [first + timedelta(days=n) for n in range(_WORKING_DAYS)]
    days = _days_in(part)
    if isinstance(days, str):
        return days
    first, last = max(start, days[0]), min(monday_of(start, weeks + 1) - _DAY, days[1])
    if first > last:
        return f"'{part}' lies outside the plan, which starts on {start}."
    inside = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in inside if day.weekday() < _WORKING_DAYS]


def _days_in(part: str) -> tuple[date, date] | str:
    """Return the first and the last day of a range, or what is wrong with it."""
    first, _, last = part.partition("..")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return f"'{part}' is neither a week nor a date."
    return days if days[0] <= days[1] else f"'{part}' ends before it begins."


def _last_working_day(start: date, days: int, away: Away) -> date:
    """Return the last working day among the first days of a plan."""
    back = (start + timedelta(days=n) for n in reversed(range(days)))
    weekdays = [day for day in back if day.weekday() < _WORKING_DAYS]
    return next((day for day in weekdays if not is_away(start, away, day)), weekdays[0])
