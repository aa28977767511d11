"""Goals and key figures as people write them, checked as they come in.

Amounts are exact. Values are facts with the day that they are of; later entries of one day
stand behind earlier ones.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from assess.answers import Day
from assess.datafile import (
    DataTable,
    Id,
    Line,
    Many,
    Record,
    read_entries,
    refuse_duplicates,
    refuse_unknown_keys,
)
from assess.errors import Problem
from assess.figures import amount_text, json_amount
from assess.goals.amounts import MOST_DECIMALS, MOST_DIGITS, Misread, read_amount

MOST_FIGURES: Final = 4
MOST_SURE: Final = 10
_TOO_LARGE: Final = 10**MOST_DIGITS

SmartCheck = Literal["specific", "measurable", "achievable", "relevant", "time-bound", "few"]
GoalState = Literal["open", "reached", "missed", "dropped"]
Turn = Literal["week", "month"]
TURNS: Final = {"week": timedelta(days=7), "month": timedelta(days=30)}


def _take_amount(value: object) -> object:
    """Return the exact number; a text is read as people type it."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        # A point in it is a decimal one, whoever reads it.
        exact = Decimal(value)
        is_short = (
            exact.is_finite() and abs(exact) < _TOO_LARGE and exact == round(exact, MOST_DECIMALS)
        )
        found = exact if is_short else Misread("This number has too many digits.", "")
    elif isinstance(value, str):
        found = read_amount(value)
    else:
        return value
    if isinstance(found, Misread):
        raise PydanticCustomError("amount", "{what}", {"what": found.what})
    return found


Amount = Annotated[
    Decimal, BeforeValidator(_take_amount), PlainSerializer(json_amount, when_used="json")
]
ShortLine = Annotated[str, Field(max_length=400, pattern=r"^[^\n]*$")]


class FigureValue(Record):
    """What a figure was on a day."""

    on: Day
    value: Amount


class ConfidenceNote(Record):
    """How sure somebody was on a day that a key result will be reached, 0 to 10."""

    on: Day
    points: Annotated[StrictInt, Field(ge=0, le=MOST_SURE)]


class KeyFigure(Record):
    """The number by which a goal is seen; `by` is None where it is the goal's end."""

    id: Id
    name: ShortLine = ""
    unit: Annotated[str, Field(max_length=40, pattern=r"^[^\n|]*$")] = ""
    baseline: Amount | None = None
    target: Amount | None = None
    by: Day | None = None
    every: Turn = "month"
    values: Annotated[tuple[FigureValue, ...], Field(strict=False, max_length=2000)] = ()
    confidence: Annotated[tuple[ConfidenceNote, ...], Field(strict=False, max_length=500)] = ()

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """Every number that is known of it: baseline, target and values."""
        known = (self.baseline, self.target, *(value.value for value in self.values))
        return tuple(amount for amount in known if amount is not None)


class Closing(Record):
    """The end of a goal: when, what was learned, and how it ended where no figure tells.

    `reached` is said by a person for a goal without figures, and None otherwise.
    """

    on: Day
    learned: ShortLine = ""
    dropped: StrictBool = False
    reached: StrictBool | None = None


class Measured(Record):
    """What is followed by key figures from one day to another: a goal, or work of a plan."""

    kind: ClassVar[str]

    id: Id
    title: Line
    start: Day | None = None
    end: Day | None = None
    figures: Annotated[
        tuple[KeyFigure, ...], Field(strict=False, max_length=20, alias="figure")
    ] = ()
    closed: Closing | None = None

    @property
    def address(self) -> str:
        """What tells it from everything else that is followed."""
        return f"{self.kind}/{self.id}"

    @property
    def words(self) -> tuple[str, str]:
        """What is said of baseline and target where they are no numbers; mostly nothing."""
        return "", ""

    @property
    def is_open(self) -> bool:
        return self.closed is None

    def figure(self, name: str) -> KeyFigure:
        return next(figure for figure in self.figures if figure.id == name)

    def is_outside(self, day: date) -> bool:
        return bool((self.start and day < self.start) or (self.end and day > self.end))

    def due(self, figure: KeyFigure) -> date | None:
        """Return the day by which a figure is to be at its target."""
        return figure.by or self.end

    def with_figure(self, figure: KeyFigure) -> Self:
        """Return the same with a figure in the place of the one with its id."""
        others = tuple(figure if f.id == figure.id else f for f in self.figures)
        return self.model_copy(update={"figures": others})

    def with_value(self, figure: KeyFigure, value: FigureValue) -> Self:
        """Return the same with one more value, where a figure without a baseline begins."""
        baseline = value.value if figure.baseline is None else figure.baseline
        facts = {"values": (*figure.values, value), "baseline": baseline}
        return self.with_figure(figure.model_copy(update=facts))


class Goal(Measured):
    """What a team wants to reach; `helped_by` is the action that helps it most.

    `ignore` are checks that somebody does not want to hear of again.
    """

    kind = "goals"

    why: ShortLine = ""
    owner: ShortLine = ""
    activities: Annotated[tuple[Line, ...], Field(strict=False, max_length=50)] = ()
    helped_by: Id | None = None
    ignore: Many[SmartCheck] = ()


def read_goals(table: DataTable, problems: list[Problem]) -> tuple[Goal, ...]:
    """Return the goals of a file; add everything that makes one of them unusable."""
    refuse_unknown_keys(table, ("goal",), "", problems)
    goals = read_entries(Goal, table, "goal", problems)
    for entry in table.get("goal", ()) if isinstance(table.get("goal"), list) else ():
        if isinstance(entry, dict):
            refuse_duplicates(entry, "figure", problems, f"goal[id={entry.get('id')}].")
    return goals


def name_twice(goals: Iterable[Goal]) -> Iterator[Problem]:
    """Refuse two goals with one name, which nobody could tell apart; the first one keeps it."""
    seen: dict[str, str] = {}
    for goal in goals:
        name = fold_title(goal.title)
        if name in seen and seen[name] != goal.id:
            what = f"The goal '{seen[name]}' has this title already: {goal.title}"
            fix = "Give one of them another title, or leave it out."
            yield Problem(what, f"goal[id={goal.id}].title", fix)
        seen.setdefault(name, goal.id)


def fold_title(title: str) -> str:
    """Return what is the same in two titles that people take for one."""
    return " ".join(title.split()).casefold().rstrip(".! ")


def find_oddities(goal: Goal, better: dict[str, str]) -> Iterator[Problem]:
    """Say what of a goal is understood but was perhaps not meant.

    `better` says of figures in the catalogue, by folded name, whether `more` or `less` is better.
    """
    if len(goal.figures) > MOST_FIGURES:
        what = f"The goal has {len(goal.figures)} figures; nobody looks at more than four."
        yield Problem(what, f"goal[id={goal.id}]", "Keep those by which you would decide.")
    for figure in goal.figures:
        where = f"goal[id={goal.id}].figure[id={figure.id}]"
        yield from _odd_dates(goal, figure, where)
        if figure.baseline is None or figure.target is None:
            continue
        if figure.baseline == figure.target:
            what = f"Baseline and target are both {amount_text(figure.target)}."
            fix = "Without a difference no progress can be told; give the number to reach."
            yield Problem(what, f"{where}.target", fix)
        way = better.get(fold_title(figure.label))
        if way == ("less" if figure.target > figure.baseline else "more"):
            what = (
                f"The target {amount_text(figure.target)} lies on the wrong side of the baseline "
                f"{amount_text(figure.baseline)}: {way} is better here."
            )
            yield Problem(what, f"{where}.target", "Swap the two numbers, or correct the target.")


def _odd_dates(goal: Goal, figure: KeyFigure, where: str) -> Iterator[Problem]:
    if figure.by is not None and goal.is_outside(figure.by):
        fix = "Give a day between the goal's start and end."
        yield Problem(f"The day {figure.by} lies outside the goal.", f"{where}.by", fix)
    for value in figure.values:
        if goal.is_outside(value.on):
            yield value_outside(goal, value.on, where)


def value_outside(goal: Measured, day: date, where: str) -> Problem:
    """Say that a value is of a day outside its goal; it is kept all the same."""
    span = f"from {goal.start or 'any day'} to {goal.end or 'any day'}"
    what = f"The value of {day} lies outside the goal, which goes {span}."
    return Problem(what, where, "It is kept. If the day is wrong, record it anew with --on DATE.")
