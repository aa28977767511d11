"""What a condition means of unknown answers and circumstances.

Every condition becomes something true or false of the same unknowns, exactly. Only margins and
distances, outcomes of optimisations of their own, are loose: whether one exists is exact, how
large it is is free. So what is impossible here is impossible; what is possible has to be tried.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from ortools.sat.python import cp_model

from assess.rulecheck.around import Around
from assess.rulecheck.setting import STAGE_NUMBERS
from assess.rulecheck.sheet import ANSWERS, Sheet, Sum, Truth, Unknowns
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
    Index,
    LevelSubject,
    MarginDown,
    MarginUp,
    ScoreSubject,
    ShareSubject,
    Subject,
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
        sheet, around, model = self.sheet, self._around, self._model
        match subject:
            case LevelSubject(question):
                levels = [level for level in range(4) if level in interval]
                return model.is_one(sheet.is_at(question, levels))
            case DimensionIndex(dimension):
                return sheet.is_filled(dimension, lambda f: _is_within(f.index, interval))
            case ShareSubject(dimension, None):
                ways = (
                    All((StageIn(frozenset({n})), Within(ShareSubject(dimension, n), interval)))
                    for n in STAGE_NUMBERS
                )
                return self.holds(AnyOf(tuple(ways)))
            case ShareSubject(dimension, int(stage)):
                return sheet.is_filled(dimension, lambda f: _is_within(f.share(stage), interval))
            case ScoreSubject(stage):
                return self._lies(interval, partial(sheet.mean_above, lambda f: f.share(stage)))
            case Index():
                return self._lies(interval, partial(sheet.mean_above, lambda f: f.index))
            case Evidence():
                backed, strong = sum(sheet.backed.values()), sheet.count(2, 3)
                exists = model.at_least(strong, 1)
                return self._lies(interval, lambda bound: 100 * backed - bound * strong, exists)
            case HoursPerHead():
                return self._lies(interval, lambda n: 100 * around.hours - n * around.size)
            case MarginDown() | MarginUp() | Distance():
                exists, margin = self._margin(subject)
                return self._lies(interval, lambda bound: 100 * margin - bound, exists)
            case _:
                number = around.number(subject)
                told = model.at_least(number, 0)
                return self._lies(interval, lambda bound: 100 * number - bound, told)

    def _lies(self, interval: Interval, above: Callable[[int], Sum], *exists: Truth) -> Truth:
        """Return whether a number lies in an interval, and whatever it takes to exist.

        Args:
            interval: The interval.
            above: What is above 0 where the number is above a bound in hundredths.
            exists: What has to be so besides.
        """
        ends = [*exists]
        if interval.low is not None:
            ends.append(self._model.at_least(above(interval.low), int(not interval.holds_low)))
        if interval.high is not None:
            ends.append(self._model.at_least(-above(interval.high), int(not interval.holds_high)))
        return self._model.all_of(ends)

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
