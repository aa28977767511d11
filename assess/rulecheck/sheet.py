"""Answers as unknowns of a solver: one set of them, and all that scoring makes of it.

Scores look only at how many questions of a dimension have which answer. So there is one
unknown for each such *filling* (126 for four questions, instead of 1296), of which exactly one
is true, and everything that is said of a dimension is a sum of them. Everything that is said
of the team is a sum over all dimensions with whole factors: nothing is rounded.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache, partial
from itertools import combinations_with_replacement
from math import lcm
from typing import Final

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import Literal

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.rulecheck.setting import STAGE_NUMBERS
from assess.scoring.records import MOST_NOT_APPLICABLE, Level
from assess.scoring.stage import Shares, count_shares, is_scored, mean_index

Sum = cp_model.LinearExpr | int
Truth = Literal
ANSWERS: Final[tuple[Level, ...]] = (0, 1, 2, 3, DONT_KNOW, NOT_APPLICABLE)


@record
class Filling:
    """The answers of a dimension in whatever order, and its shares where it is scored."""

    answers: tuple[Level, ...]
    shares: Shares | None
    bars: bool

    @property
    def index(self) -> Fraction | None:
        return None if self.shares is None else mean_index(self.shares)

    def share(self, stage: int) -> Fraction | None:
        return None if self.shares is None else self.shares[stage - 1]


@cache
def list_fillings(size: int) -> tuple[Filling, ...]:
    """Return all ways to answer so many questions, as far as scores tell them apart."""
    return tuple(map(_fill, combinations_with_replacement(ANSWERS, size)))


def _fill(answers: tuple[Level, ...]) -> Filling:
    levels = [answer for answer in answers if isinstance(answer, int)]
    applicable = len(answers) - answers.count(NOT_APPLICABLE)
    scored = is_scored(len(levels), applicable)
    return Filling(answers, count_shares(levels) if scored else None, applicable > 0 and not scored)


class Unknowns(cp_model.CpModel):
    """A model with words for what is asked again and again."""

    def all_of(self, literals: Iterable[Truth]) -> Truth:
        """Return what is true exactly when all of these are."""
        parts, whole = list(literals), self.new_bool_var("")
        self.add_bool_and(parts).only_enforce_if(whole)
        self.add_bool_or([whole, *(~part for part in parts)])
        return whole

    def any_of(self, literals: Iterable[Truth]) -> Truth:
        """Return what is true exactly when one of these is."""
        return ~self.all_of(~literal for literal in literals)

    def at_least(self, total: Sum, bound: int) -> Truth:
        """Return what is true exactly when a whole sum reaches a bound."""
        reached = self.new_bool_var("")
        self.add(total >= bound).only_enforce_if(reached)
        self.add(total <= bound - 1).only_enforce_if(~reached)
        return reached

    def is_one(self, total: Sum) -> Truth:
        """Return a sum that is 0 or 1 as something to reason with."""
        one = self.new_bool_var("")
        self.add(one == total)
        return one


class Sheet:
    """The unknown answers of one respondent to one questionnaire.

    Only sheets with a stage are looked at: no rule speaks of any other. `says` tells whether
    the start profile has a choice. `finished` tells of each stage whether it is finished.
    """

    def __init__(
        self,
        model: Unknowns,
        questionnaire: Questionnaire,
        says: Callable[[str, str], cp_model.IntVar],
    ) -> None:
        self.model = model
        self.questionnaire = questionnaire
        self.answer: Mapping[tuple[str, Level], cp_model.IntVar] = {
            (q, a): model.new_bool_var("") for q in questionnaire.by_id for a in ANSWERS
        }
        self.backed = {q: model.new_bool_var("") for q in questionnaire.by_id}
        for question in questionnaire.by_id:
            model.add_exactly_one(self.answer[question, a] for a in ANSWERS)
            model.add(self.backed[question] <= self.is_at(question, (2, 3)))
        self._fillings = {d: self._fill(d) for d in questionnaire.by_dimension}
        model.add(self.over_dimensions(lambda filling: filling.shares is not None) >= 1)
        left_out = self._leave_out(says)
        silent, asked = self.count(NOT_APPLICABLE) - left_out, len(questionnaire.by_id) - left_out
        most = MOST_NOT_APPLICABLE
        model.add(most.denominator * silent <= most.numerator * asked)
        self.finished: list[Truth] = []
        for stage in STAGE_NUMBERS:
            self.finished.append(model.all_of([*self.finished, *self._reach(stage)]))

    @property
    def fillings(self) -> Iterable[cp_model.IntVar]:
        return (there for filled in self._fillings.values() for there in filled.values())

    @property
    def oddity(self) -> Sum:
        """How far the answers are from those of a team that knows and answers everything."""
        odd = 2 * self.count(DONT_KNOW) + 3 * self.count(NOT_APPLICABLE)
        return odd + sum(self.backed.values())

    def is_at(self, question: str, answers: Iterable[Level]) -> Sum:
        """Return 1 where a question has one of these answers, else 0."""
        return sum(self.answer[question, answer] for answer in answers)

    def level(self, question: str) -> Sum:
        """Return the level of a question, 0 where it has none."""
        return sum(level * self.answer[question, level] for level in (1, 2, 3))

    def count(self, *answers: Level) -> Sum:
        return sum(x for (_, answer), x in self.answer.items() if answer in answers)

    def is_in(self, stage: int) -> Sum:
        """Return 1 where the team stands in a stage, complete or not, else 0."""
        before: Sum = self.finished[stage - 2] if stage > 1 else 1
        return before - self.finished[stage - 1] if stage < len(STAGES) else before

    def is_filled(self, dimension: str, holds: Callable[[Filling], bool]) -> Truth:
        """Return what is true exactly when a dimension is answered so."""
        return self.model.is_one(_weigh(self._fillings[dimension], holds))

    def over_dimensions(self, weight: Callable[[Filling], int]) -> Sum:
        """Return the sum of what the dimensions weigh."""
        return sum(_weigh(filled, weight) for filled in self._fillings.values())

    def mean_above(
        self, value: Callable[[Filling], Fraction | None], hundreds: Fraction | int
    ) -> Sum:
        """Return a sum above, at or below 0 where the mean of a value is above, at or below.

        The bound is in hundredths.
        """
        bound = Fraction(hundreds, 100)
        largest = max(map(len, self.questionnaire.by_dimension.values()))
        # Every share is a whole number of such parts, and so is every index.
        scale = lcm(len(STAGES), bound.denominator) * lcm(*range(1, largest + 1))

        def weight(filling: Filling) -> int:
            there = value(filling)
            return 0 if there is None else int((there - bound) * scale)

        return self.over_dimensions(weight)

    def _leave_out(self, says: Callable[[str, str], cp_model.IntVar]) -> Sum:
        """Return how many questions are not asked; to scores they are what does not apply."""
        choices = {entry.id: entry.choices for entry in self.questionnaire.about}
        left_out = []
        for question in self.questionnaire.questions:
            others = [
                says(entry, choice)
                for entry, some in question.applies.items()
                for choice in choices[entry]
                if choice not in some
            ]
            if others:
                left_out.append(self.model.any_of(others))
                self.model.add_implication(left_out[-1], self.answer[question.id, NOT_APPLICABLE])
        return sum(left_out)

    def _fill(self, dimension: str) -> Mapping[Filling, cp_model.IntVar]:
        questions = [question.id for question in self.questionnaire.by_dimension[dimension]]
        filled = {f: self.model.new_bool_var("") for f in list_fillings(len(questions))}
        self.model.add_exactly_one(filled.values())
        for answer in ANSWERS:
            counted = sum(self.answer[question, answer] for question in questions)
            self.model.add(counted == _weigh(filled, partial(_count, answer=answer)))
        return filled

    def _reach(self, stage: int) -> tuple[Truth, Truth]:
        """Return whether enough of a stage is in place over all, and in every dimension."""
        rule = self.questionnaire

        def lags(filling: Filling) -> bool:
            share = filling.share(stage)
            return filling.bars or (share is not None and share < rule.each)

        mean = self.mean_above(lambda filling: filling.share(stage), 100 * rule.overall)
        lagging = self.over_dimensions(lags)
        return self.model.at_least(mean, 0), self.model.at_least(-lagging, 0)


def _count(filling: Filling, answer: Level) -> int:
    return filling.answers.count(answer)


def _weigh(filled: Mapping[Filling, cp_model.IntVar], weight: Callable[[Filling], int]) -> Sum:
    weights = [int(weight(filling)) for filling in filled]
    return cp_model.LinearExpr.weighted_sum(list(filled.values()), weights)
