"""Answers as unknowns of a solver: one set of them, and what conditions mean of it.

Scores look only at how many questions of a dimension have which answer. So there is one
unknown for each such *filling* (126 for four questions, instead of 1296), of which exactly one
is true, and everything that is said of a dimension is a sum of them. Everything that is said
of the team is a sum over all dimensions with whole factors: nothing is rounded.

Every condition becomes something true or false of the unknowns, exactly. Only margins and
distances, outcomes of optimisations of their own, are loose: whether one exists is exact, how
large it is is free. So what is impossible here is impossible; what is possible has to be tried.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from itertools import chain, combinations_with_replacement
from math import lcm
from typing import Final

from ortools.sat.python import cp_model

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.rulecheck.setting import STAGE_NUMBERS
from assess.rulecheck.unknowns import Around, Sum, Truth, Unknowns
from assess.rules.condition import All, AnyOf, Condition, Not, OneOf, Within, atoms
from assess.rules.interval import Interval
from assess.rules.situation import Subject
from assess.scoring.records import MOST_NOT_APPLICABLE, Level
from assess.scoring.stage import count_shares, is_scored, mean_index

ANSWERS: Final[tuple[Level, ...]] = (0, 1, 2, 3, DONT_KNOW, NOT_APPLICABLE)
_LOOSE: Final = ("margin.down", "margin.up", "distance")


def is_loose(condition: Condition) -> bool:
    """Tell whether a condition asks for what the model leaves free."""
    return any(isinstance(a, Within) and a.subject.key in _LOOSE for a in atoms(condition))


@record
class Filling:
    """The answers of a dimension in whatever order.

    `figures` has its share of each stage and its index by their keys, nothing where it is not
    scored; it `bars` every stage where too little is known of it.
    """

    answers: tuple[Level, ...]
    figures: Mapping[str, Fraction]
    bars: bool


@cache
def list_fillings(size: int) -> tuple[Filling, ...]:
    """Return all ways to answer so many questions, as far as scores tell them apart."""
    return tuple(map(_fill, combinations_with_replacement(ANSWERS, size)))


def _fill(answers: tuple[Level, ...]) -> Filling:
    levels = [answer for answer in answers if isinstance(answer, int)]
    applicable = len(answers) - answers.count(NOT_APPLICABLE)
    if not is_scored(len(levels), applicable):
        return Filling(answers, {}, applicable > 0)
    shares = count_shares(levels)
    figures = dict(zip((*STAGES, "index"), (*shares, mean_index(shares)), strict=True))
    return Filling(answers, figures, bars=False)


class Sheet:
    """The unknown answers of one respondent to one questionnaire, and all that scoring makes of it.

    Only sheets with a stage are looked at: no rule speaks of any other. `finished` tells of
    each stage whether it is finished.
    """

    def __init__(self, model: Unknowns, questionnaire: Questionnaire, around: Around) -> None:
        self._model, self._around = model, around
        self._questionnaire = questionnaire
        self._known: dict[Condition, Truth] = {}
        self._margins: dict[str, tuple[Truth, cp_model.IntVar]] = {}
        self.answer: Mapping[tuple[str, Level], cp_model.IntVar] = {
            (q, a): model.new_bool_var("") for q in questionnaire.by_id for a in ANSWERS
        }
        self.backed = {q: model.new_bool_var("") for q in questionnaire.by_id}
        for question in questionnaire.by_id:
            model.add_exactly_one(self.answer[question, a] for a in ANSWERS)
            model.add(self.backed[question] <= self.is_at(question, (2, 3)))
        self._filled = {d: self._fill(d) for d in questionnaire.by_dimension}
        model.add(self._sum(lambda filling: bool(filling.figures)) >= 1)
        left_out = self._leave_out()
        silent, asked = self._count(NOT_APPLICABLE) - left_out, len(self.backed) - left_out
        most = MOST_NOT_APPLICABLE
        model.add(most.denominator * silent <= most.numerator * asked)
        self.finished: list[Truth] = []
        for stage in STAGES:
            self.finished.append(model.all_of([*self.finished, *self._reach(stage)]))

    @property
    def fillings(self) -> Iterable[cp_model.IntVar]:
        return chain.from_iterable(self._filled.values())

    @property
    def oddity(self) -> Sum:
        """How far the answers are from those of a team that knows and answers everything."""
        odd = 2 * self._count(DONT_KNOW) + 3 * self._count(NOT_APPLICABLE)
        return odd + sum(self.backed.values())

    def is_at(self, question: str, answers: Iterable[Level]) -> Sum:
        """Return 1 where a question has one of these answers, else 0."""
        return sum(self.answer[question, answer] for answer in answers)

    def level(self, question: str) -> Sum:
        """Return the level of a question, 0 where it has none."""
        return sum(level * self.answer[question, level] for level in (1, 2, 3))

    def holds(self, condition: Condition) -> Truth:
        """Return what is true exactly when a condition holds; each is put into the model once."""
        if condition not in self._known:
            self._known[condition] = self._say(condition)
        return self._known[condition]

    def _say(self, condition: Condition) -> Truth:
        model, word = self._model, self._around.word
        match condition:
            case All(parts):
                return model.all_of(map(self.holds, parts))
            case AnyOf(parts):
                return model.any_of(map(self.holds, parts))
            case Not(part):
                return ~self.holds(part)
            case OneOf("stage", stages):
                return model.is_one(sum(self._is_in(int(stage)) for stage in stages))
            case OneOf("complete", (wanted,)):
                return self.finished[-1] if wanted else ~self.finished[-1]
            case OneOf("question", answers, question):
                return model.is_one(self.is_at(question, [a for a in ANSWERS if a in answers]))
            case OneOf("rose" | "fell" as direction, dimensions):
                return model.any_of(word("moved", str(d), direction) for d in dimensions)
            case OneOf(kind, words, of):
                return model.any_of(word(kind, of, w) for w in sorted(map(str, words)))
            case Within(subject, interval):
                return self._say_within(subject, interval)

    def _say_within(self, subject: Subject, interval: Interval) -> Truth:
        """Return whether a number exists and lies in an interval."""
        around, model, key = self._around, self._model, subject.key.rpartition(".")[2]
        match subject:
            case Subject("level", question):
                levels = [level for level in range(4) if level in interval]
                return model.is_one(self.is_at(question, levels))
            case Subject("share", d, None):
                own = {n: Within(Subject("share", d, n), interval) for n in STAGE_NUMBERS}
                ways = (All((OneOf("stage", (n,)), share)) for n, share in own.items())
                return self.holds(AnyOf(tuple(ways)))
            case Subject("index" | "share", d):
                return model.is_one(
                    self._weigh(d, lambda f: key in f.figures and f.figures[key] in interval)
                )
            case Subject("team", "evidence"):
                backed, strong = sum(self.backed.values()), self._count(2, 3)
                exists = model.at_least(strong, 1)
                return self._lies(interval, lambda n: 100 * backed - n * strong, exists)
            case Subject("team", "hours_per_head"):
                return self._lies(interval, lambda n: 100 * around.hours - n * around.size)
            case Subject("team", key) if key in (*STAGES, "index"):
                return self._lies(interval, lambda n: self._mean_above(key, Fraction(n, 100)))
            case Subject("team", margin) if margin in _LOOSE:
                return self._say_margin(margin, interval)
            case _:
                number = around.number(subject)
                return self._lies(interval, lambda n: 100 * number - n, model.at_least(number, 0))

    def _lies(self, interval: Interval, above: Callable[[int], Sum], *exists: Truth) -> Truth:
        """Return whether a number lies in an interval, and whatever it takes to exist.

        `above` a bound in hundredths is above 0 where the number is above the bound.
        """
        ends, model = [*exists], self._model
        if interval.low is not None:
            ends.append(model.at_least(above(interval.low), int(not interval.holds_low)))
        if interval.high is not None:
            ends.append(model.at_least(-above(interval.high), int(not interval.holds_high)))
        return model.all_of(ends)

    def _say_margin(self, key: str, interval: Interval) -> Truth:
        """Return whether a margin or distance exists, and some number of notches or questions."""
        if key not in self._margins:
            unbarred = self._model.at_least(-self._sum(lambda f: f.bars), 0)
            down, up = [self.finished[0]], [~self.finished[-1], unbarred]
            exists = self._model.all_of({"margin.down": down, "margin.up": up}.get(key, ()))
            most = len(STAGES) * len(self._questionnaire.by_id)
            number = self._model.new_int_var(int(key != "distance"), most, "")
            self._margins[key] = exists, number
        exists, number = self._margins[key]
        return self._lies(interval, lambda n: 100 * number - n, exists)

    def _count(self, *answers: Level) -> Sum:
        return sum(x for (_, answer), x in self.answer.items() if answer in answers)

    def _is_in(self, stage: int) -> Sum:
        """Return 1 where the team stands in a stage, complete or not, else 0."""
        before: Sum = self.finished[stage - 2] if stage > 1 else 1
        return before - self.finished[stage - 1] if stage < len(STAGES) else before

    def _sum(self, weight: Callable[[Filling], int]) -> Sum:
        """Return the sum of what the dimensions weigh."""
        return sum(self._weigh(dimension, weight) for dimension in self._filled)

    def _weigh(self, dimension: str, weight: Callable[[Filling], int]) -> Sum:
        filled = self._filled[dimension]
        fillings = list_fillings(len(self._questionnaire.by_dimension[dimension]))
        return cp_model.LinearExpr.weighted_sum(filled, [int(weight(f)) for f in fillings])

    def _mean_above(self, key: str, bound: Fraction) -> Sum:
        """Return a sum above, at or below 0 where the mean of a figure is so from a bound."""
        largest = max(map(len, self._questionnaire.by_dimension.values()))
        # Every share is a whole number of such parts, and so is every index.
        scale = lcm(len(STAGES), bound.denominator) * lcm(*range(1, largest + 1))
        return self._sum(lambda f: int((f.figures.get(key, bound) - bound) * scale))

    def _leave_out(self) -> Sum:
        """Return how many questions are not asked; to scores they are what does not apply."""
        choices = {entry.id: entry.choices for entry in self._questionnaire.about}
        left_out = []
        for question in self._questionnaire.questions:
            others = [
                self._around.word("about", entry, choice)
                for entry, some in question.applies.items()
                for choice in choices[entry]
                if choice not in some
            ]
            if others:
                left_out.append(self._model.any_of(others))
                self._model.add_implication(left_out[-1], self.answer[question.id, NOT_APPLICABLE])
        return sum(left_out)

    def _fill(self, dimension: str) -> list[cp_model.IntVar]:
        """Return which filling of a dimension is there."""
        questions = [question.id for question in self._questionnaire.by_dimension[dimension]]
        fillings = list_fillings(len(questions))
        filled = [self._model.new_bool_var("") for _ in fillings]
        self._model.add_exactly_one(filled)
        for answer in ANSWERS:
            counted = sum(self.answer[question, answer] for question in questions)
            counts = [filling.answers.count(answer) for filling in fillings]
            self._model.add(counted == cp_model.LinearExpr.weighted_sum(filled, counts))
        return filled

    def _reach(self, stage: str) -> tuple[Truth, Truth]:
        """Return whether enough of a stage is in place over all, and in every dimension."""
        rule = self._questionnaire
        lagging = self._sum(lambda f: f.bars or f.figures.get(stage, rule.each) < rule.each)
        mean = self._mean_above(stage, Fraction(rule.overall))
        return self._model.at_least(mean, 0), self._model.at_least(-lagging, 0)
