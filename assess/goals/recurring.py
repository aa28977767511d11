"""What takes a team's hours every week, what of it may stop, and the hours that follow.

Hours are those of the whole team in a week, exact to a quarter.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Final, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day
from assess.datafile import (
    DataTable,
    Id,
    Line,
    QuarterHours,
    Record,
    read_entries,
    refuse_unknown_keys,
)
from assess.errors import Problem
from assess.figures import Hours

IfStopped = Literal["nothing", "grumbling", "damage"]
Decision = Literal["open", "keep", "stop", "halve", "hand-over"]
FREES: Final[dict[Decision, Fraction]] = {
    "open": Fraction(0),
    "keep": Fraction(0),
    "stop": Fraction(1),
    "halve": Fraction(1, 2),
    "hand-over": Fraction(1),
}
"""The part of its hours that each decision frees."""
_ORDER: Final = ("nothing", "grumbling", "damage")
_CANDIDATES: Final = 3
MOST_HOURS: Final = 10_000


class RecurringWork(Record):
    """Something that the team does every week.

    `decided_from` is the day from which the decision holds, `done` that it really is so, and
    `back` the day on which the work came back all the same.
    """

    id: Id
    title: Line
    hours: QuarterHours = Field(ge=0, le=MOST_HOURS)
    if_stopped: IfStopped
    decision: Decision = "open"
    decided_from: Day | None = Field(default=None, alias="from")
    done: StrictBool = False
    back: Day | None = None

    @model_validator(mode="after")
    def _holds_from_a_day(self) -> Self:
        if FREES[self.decision] and self.decided_from is None:
            said = "There is no day from which the decision holds, as in: from = 2026-12-07."
            raise PydanticCustomError("from", said)
        return self

    @property
    def frees(self) -> Hours:
        """The whole quarters of an hour a week that its decision frees, unless it came back."""
        if self.back is not None:
            return 0
        return Fraction(floor(self.hours * FREES[self.decision] * 4), 4)


def read_hours(text: str) -> Fraction | None:
    """Return the hours a week that a text says, in steps of a quarter; None where it says none."""
    try:
        hours = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    return hours if 0 <= hours <= MOST_HOURS and (hours * 4).denominator == 1 else None


def read_recurring(table: DataTable, problems: list[Problem]) -> tuple[RecurringWork, ...]:
    """Return the recurring work of a file; add everything that makes some of it unusable."""
    refuse_unknown_keys(table, ("recurring",), "", problems)
    return read_entries(RecurringWork, table, "recurring", problems)


def in_order(works: Iterable[RecurringWork]) -> tuple[RecurringWork, ...]:
    """Return what would be missed least first, and of that what takes most hours."""
    return tuple(sorted(works, key=lambda w: (_ORDER.index(w.if_stopped), -w.hours)))


def find_candidates_to_stop(works: Sequence[RecurringWork]) -> tuple[RecurringWork, ...]:
    """Return the three undecided ones to decide about; nothing whose end would do damage."""
    may_stop = (w for w in in_order(works) if w.if_stopped != "damage" and w.hours)
    return tuple(w for w in may_stop if w.decision == "open")[:_CANDIDATES]


def sum_freed(works: Iterable[RecurringWork]) -> Hours:
    """Return the hours a week that all decisions free once they hold."""
    return sum((work.frees for work in works), Fraction(0))


def list_to_stop(works: Iterable[RecurringWork], start: date) -> tuple[RecurringWork, ...]:
    """Return the works about which a plan that starts on a day has a task.

    What was to hold before, and does, is behind the team.
    """
    return tuple(
        work
        for work in works
        if work.frees and not (work.done and work.decided_from and work.decided_from < start)
    )


def free_by_week(works: Iterable[RecurringWork], start: date, weeks: int) -> tuple[Hours, ...]:
    """Return the freed hours of each week of a plan that starts on a Monday.

    They count from the first whole week after the day from which a decision holds; a decision
    for that very Monday has the whole week.
    """
    mondays = [start + timedelta(weeks=week) for week in range(weeks)]
    freeing = [(work.decided_from, work.frees) for work in works if work.frees]
    return tuple(
        sum((frees for day, frees in freeing if day and day <= monday), Fraction(0))
        for monday in mondays
    )
