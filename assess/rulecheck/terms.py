"""What a condition means of unknown answers and circumstances.

Every condition becomes something true or false of the same unknowns, exactly. Only margins and
distances, outcomes of optimisations of their own, are loose: whether one exists is exact, how
large it is is free. So what is impossible here is impossible; what is possible has to be tried.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from ortools.sat.python import cp_model

from assess.rulecheck.around import Around
from assess.rulecheck.sheet import ANSWERS, STAGE_NUMBERS, Filling, Sheet, Sum, Truth, Unknowns
from assess.rules.condition import (
    AboutIn,
    AgreementIn,
    All,
    AnswerIn,
    AnyOf,
    Atom,
    Complete,
    Condition,
    Moved,
    Not,
    StageIn,
    Within,
    atoms,
)
from assess.rules.interval import Interval
from assess.rules.situation import (
    DimensionIndex,
    Distance,
    Evidence,
    HoursPerHead,
    HoursPerWeek,
    Index,
    LevelOf,
    MarginDown,
    MarginUp,
    Score,
    Share,
    Subject,
    TeamSize,
)

_LOOSE = (MarginDown, MarginUp, Distance)


def is_loose(condition: Condition) -> bool:
    """Tell whether a condition asks for what the model leaves free."""
    return any(isinstance(a, Within) and isinstance(a.subject, _LOOSE) for a in atoms(condition))


class Terms:
    """Conditions of one sheet and what is around it; each is put into the model once."""

    def __init__(self, model: Unknowns, sheet: Sheet, around: Around) -> None:
        self._model = model
        self.sheet = sheet
        self._around = around
        self._known: dict[Condition, Truth] = {}
        self._margins: dict[Subject, tuple[Truth, cp_model.IntVar]] = {}

    def holds(self, condition: Condition) -> Truth:
        """Return what is true exactly when a condition holds."""
        if condition not in self._known:
            self._known[condition] = self._say(condition)
        return self._known[condition]

    def _say(self, condition: Condition) -> Truth:
        match condition:
            case All(parts):
                return self._model.all_of([self.holds(part) for part in parts])
            case AnyOf(parts):
                return self._model.any_of([self.holds(part) for part in parts])
            case Not(part):
                return ~self.holds(part)
            case _:
                return self._say_atom(condition)

    def _say_atom(self, atom: Atom) -> Truth:
        match atom:
            case StageIn(stages):
                return self._model.is_one(sum(self.sheet.is_in(stage) for stage in stages))
            case Complete(wanted):
                done = self.sheet.finished[-1]
                return done if wanted else ~done
            case AnswerIn(question, answers):
                known = [answer for answer in ANSWERS if answer in answers]
                return self._model.is_one(self.sheet.is_at(question, known))
            case AgreementIn() | AboutIn() | Moved():
                return self._around.says(atom)
            case Within(subject, interval):
                return self._say_within(subject, interval)

    def _say_within(self, subject: Subject, interval: Interval) -> Truth:
        """Return whether a number exists and lies in an interval."""
        sheet, around = self.sheet, self._around
        match subject:
            case LevelOf(question):
                levels = [level for level in range(4) if level in interval]
                return self._model.is_one(sheet.is_at(question, levels))
            case DimensionIndex(dimension):
                return sheet.is_filled(dimension, lambda f: _is_within(f.index, interval))
            case Share(dimension, None):
                ways = {n: self._say_share(dimension, n, interval) for n in STAGE_NUMBERS}
                there = {n: self.holds(StageIn(frozenset({n}))) for n in STAGE_NUMBERS}
                return self._model.any_of(self._model.all_of([ways[n], there[n]]) for n in ways)
            case Share(dimension, int(stage)):
                return self._say_share(dimension, stage, interval)
            case Score(stage):
                return self._say_mean(partial(Filling.share, stage=stage), interval)
            case Index():
                return self._say_mean(lambda f: f.index, interval)
            case Evidence():
                strong = sheet.count(2, 3)
                backed = sum(sheet.backed.values())
                return self._between(
                    interval, 100 * backed, strong, exists=[self._model.at_least(strong, 1)]
                )
            case HoursPerWeek():
                return self._between(interval, 100 * around.hours, 1)
            case HoursPerHead():
                return self._between(interval, 100 * around.hours, around.size)
            case TeamSize():
                return self._between(interval, 100 * around.size, 1)
            case MarginDown() | MarginUp() | Distance():
                exists, margin = self._margin(subject)
                return self._between(interval, 100 * margin, 1, exists=[exists])
            case _:
                told, number = around.number(subject)
                return self._between(interval, 100 * number, 1, exists=[told])

    def _say_share(self, dimension: str, stage: int, interval: Interval) -> Truth:
        """Return whether a share of one stage exists and lies in an interval."""
        return self.sheet.is_filled(dimension, lambda f: _is_within(f.share(stage), interval))

    def _say_mean(self, value: Callable[[Filling], Fraction | None], interval: Interval) -> Truth:
        ends = []
        if interval.low is not None:
            over = self.sheet.mean_above(value, Fraction(interval.low, 100))
            ends.append(self._model.at_least(over, int(not interval.holds_low)))
        if interval.high is not None:
            over = self.sheet.mean_above(value, Fraction(interval.high, 100))
            ends.append(self._model.at_least(-over, int(not interval.holds_high)))
        return self._model.all_of(ends)

    def _between(
        self,
        interval: Interval,
        hundreds: Sum,
        unit: Sum,
        exists: Sequence[Truth] = (),
    ) -> Truth:
        """Return whether hundredths of a unit lie in an interval, and exist."""
        ends = []
        if interval.low is not None:
            over = hundreds - interval.low * unit
            ends.append(self._model.at_least(over, int(not interval.holds_low)))
        if interval.high is not None:
            under = interval.high * unit - hundreds
            ends.append(self._model.at_least(under, int(not interval.holds_high)))
        return self._model.all_of([*exists, *ends])

    def _margin(self, subject: Subject) -> tuple[Truth, cp_model.IntVar]:
        """Return whether a margin or distance exists, and some number of notches or questions."""
        if subject not in self._margins:
            finished, questions = self.sheet.finished, len(self.sheet.questionnaire.by_id)
            barred = self.sheet.over_dimensions(lambda filling: int(filling.bars))
            exists: list[Truth] = []
            if isinstance(subject, MarginDown):
                exists = [finished[0]]
            elif isinstance(subject, MarginUp):
                exists = [~finished[-1], self._model.at_least(-barred, 0)]
            number = self._model.new_int_var(0, len(STAGE_NUMBERS) * questions, "")
            if not isinstance(subject, Distance):
                self._model.add(number >= 1)
            self._margins[subject] = self._model.all_of(exists), number
        return self._margins[subject]


def _is_within(value: Fraction | None, interval: Interval) -> bool:
    return value is not None and value in interval
