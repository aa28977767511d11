"""How fast a team really works through its plan, and whether that is fast enough.

The pace is judged by what stood in the plan three working weeks ago for these weeks: plans that
are made anew every week would otherwise never be late.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Final

from assess.checkin.status import CheckIn
from assess.figures import Hours
from assess.planning.calendar import WEEK, monday_of, week_of
from assess.record import record

_WEEKS: Final = 3
_LEAST: Final = Fraction(60, 100)


@record
class PlanStanding:
    """A plan as it stood on a day: hours done, and of open steps when they were due."""

    day: date
    done: Hours
    open_steps: tuple[tuple[date, Hours], ...]


@record
class Pace:
    """Hours done and due over three working weeks; `weekly` is what was really done in one."""

    since: date
    done: Hours
    due: Hours

    @property
    def weekly(self) -> int:
        """Return whole hours a week, rounded down, but at least one."""
        return max(1, floor(Fraction(self.done) / _WEEKS))

    @property
    def is_slow(self) -> bool:
        return self.due > 0 and self.done < _LEAST * self.due


def find_pace(
    checkin: CheckIn, start: date, weeks_off: Collection[int], earlier: Iterable[PlanStanding]
) -> Pace | None:
    """Return the pace over the last three whole working weeks, or None before there are three.

    `earlier` is how the plan stood, from its first day on, the oldest first.
    """
    this_week = week_of(start, checkin.date)
    # A week is behind us once its Friday is.
    last = this_week if checkin.date.weekday() > 4 else this_week - 1
    working = [week for week in range(1, last + 1) if week not in weeks_off]
    if len(working) < _WEEKS:
        return None
    since = monday_of(start, working[-_WEEKS])
    until = monday_of(start, working[-1]) + WEEK
    known = [one for one in earlier if one.day <= since + timedelta(days=4)]
    if not known:
        return None
    base = known[-1]
    due = sum(hours for day, hours in base.open_steps if day < until)
    return Pace(since, max(0, checkin.hours_done - base.done), due)


def is_on_course(checkin: CheckIn) -> bool:
    """Tell whether the hours done reach those due, and nothing else waits for more than a week."""
    waits = any(
        not status.hours and status.due is not None and status.due < checkin.date - WEEK
        for status in checkin.in_state("late")
    )
    return checkin.hours_done >= checkin.hours_due and not waits


def count_by_owner(checkin: CheckIn) -> Mapping[str, Mapping[str, int]]:
    """Return of everybody how many steps are open, late and done, own tasks included."""
    people: dict[str, dict[str, int]] = {}
    for status in (*checkin.steps, *checkin.own):
        if status.owner and status.state != "dropped":
            counts = people.setdefault(status.owner, {"open": 0, "late": 0, "done": 0})
            counts[status.state] += 1
    return people
