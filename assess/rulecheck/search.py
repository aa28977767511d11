"""One exact search: literals about answers, in one place where the team stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Final

from assess.questionnaire import Questionnaire
from assess.rulecheck.filling import (
    EVERY_ANSWER,
    LEVELS,
    Allowed,
    Filling,
    answered_counts,
    fillings,
)
from assess.rulecheck.literal import Conjunction, Literal
from assess.rulecheck.margins import allows
from assess.rulecheck.reach import Cell, State, find_cells
from assess.rulecheck.stagecase import StageCase
from assess.rules.condition import AnswerIn, Within
from assess.rules.situation import DimensionIndex, Evidence, Index, LevelOf, Score, Share
from assess.scoring import Level

MOST_BITS: Final = 2_000_000
"""How many combinations of sums one search may tell apart."""

Keeps = Callable[[str, Filling, StageCase | None], bool]
"""A further demand on how a dimension is answered."""


@dataclass(frozen=True, slots=True)
class Found:
    """Levels for which all literals hold, with so many strong claims backed."""

    levels: Mapping[str, Level]
    backed: int


@dataclass(frozen=True, slots=True)
class Rise:
    """One question, of a dimension with so many answers, moved up from a level by one.

    `better` has to hold afterwards. A claim that becomes strong comes with its evidence.
    """

    dimension: str
    question: str
    level: int
    answered: int
    scored: bool
    better: Conjunction


Sum = Score | Index | Evidence
"""What is summed over dimensions: shares of a stage, of all stages, and strong claims."""

_Key = tuple[tuple[Allowed, ...], StageCase | None, Sequence[Sum], int, Conjunction]
Memory = dict[_Key, Sequence[Cell[Filling]]]
"""Cells by all that they hang on, for searches of one questionnaire."""


class Search:
    """Looks for levels for which literals hold; those about margins only bound the search.

    With a rise, its own literals have to hold after it, in the same place of the team.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        literals: Conjunction,
        case: StageCase | None,
        *,
        plain: bool,
        margins: Conjunction = frozenset(),
        keeps: Keeps | None = None,
        rise: Rise | None = None,
        memory: Memory | None = None,
        most_bits: int = MOST_BITS,
    ) -> None:
        self._questionnaire = questionnaire
        self._overall = questionnaire.overall
        self._each = questionnaire.each
        self._literals = literals
        self._better = literals if rise is None else rise.better
        self._case = case
        self._answers = LEVELS if plain else EVERY_ANSWER
        self._margins = margins
        self._keeps = keeps
        self._rise = rise
        self._most_bits = most_bits
        self._memory = None if margins or keeps or rise else memory

    def run(self) -> Found | None:
        """Return levels for which all literals hold, or None: then there are none.

        Raises:
            TooLargeError: The search would take more room than it may.
        """
        columns = [self._column(dimension) for dimension in self._questionnaire.by_dimension]
        if not all(columns):
            return None
        widths = [self._width(total) for total in self._sums]
        found = find_cells(columns, widths, self._accepts, self._most_bits)
        if found is None:
            return None
        levels = {
            question.id: level
            for questions, filling in zip(
                self._questionnaire.by_dimension.values(), found, strict=True
            )
            for question, level in zip(questions, filling.answers, strict=True)
        }
        strong = sum(level in (2, 3) for level in levels.values())
        return Found(levels, next(self._backed(strong)))

    @cached_property
    def _allowed(self) -> Mapping[str, tuple[Allowed, ...]]:
        """The answers that the questions of each dimension may have."""
        return {
            dimension: tuple(self._allowed_answers(question.id) for question in questions)
            for dimension, questions in self._questionnaire.by_dimension.items()
        }

    @cached_property
    def _unit(self) -> int:
        """All shares are whole numbers of one part in so many."""
        return lcm(*(n for allowed in self._allowed.values() for n in answered_counts(allowed)))

    @cached_property
    def _sums(self) -> Sequence[Sum]:
        """What has to be summed to decide the literals and the stage."""
        asked: list[Sum] = []
        if self._case is not None:
            asked += [Score(stage) for stage in {self._case.finished, self._case.number} if stage]
        for literal in sorted(self._literals | self._better, key=repr):
            if isinstance(literal.atom, Within) and isinstance(literal.atom.subject, Sum):
                asked.append(literal.atom.subject)
        return tuple(dict.fromkeys(asked))

    def _width(self, total: Sum) -> int:
        dimensions = len(self._questionnaire.by_dimension)
        if isinstance(total, Evidence):
            return len(self._questionnaire.questions) + 1
        return self._unit * dimensions * (3 if isinstance(total, Index) else 1) + 1

    def _column(self, dimension: str) -> Sequence[Cell[Filling]]:
        """Return the cells of a dimension; remembered, as most searches ask little of most."""
        about = frozenset(x for x in self._literals if _dimension(x) == dimension)
        if self._memory is None:
            return self._make_column(dimension, about)
        key = (self._allowed[dimension], self._case, self._sums, self._unit, about)
        if key not in self._memory:
            self._memory[key] = self._make_column(dimension, about)
        return self._memory[key]

    def _make_column(self, dimension: str, before: Conjunction) -> Sequence[Cell[Filling]]:
        """Return the cells of a dimension, one of those that are alike in all that is summed."""
        case = self._case
        after = [literal for literal in self._better if _dimension(literal) == dimension]
        cells: dict[tuple[bool, bool, tuple[int, ...]], Cell[Filling]] = {}
        for filling in fillings(self._allowed[dimension]):
            for raised in self._raised(dimension, filling):
                if self._suits(dimension, filling, before) and self._all_hold(raised, after):
                    bars = case is not None and not case.complete and case.bars(raised, self._each)
                    adds = tuple(self._adds(total, filling) for total in self._sums)
                    cell = Cell(filling.scored, bars, adds, filling)
                    cells.setdefault((filling.scored, bars, adds), cell)
        return tuple(cells.values())

    def _suits(self, dimension: str, filling: Filling, about: Conjunction) -> bool:
        """Tell whether a dimension may be answered so."""
        return (
            (self._case is None or self._case.allows(filling, self._each))
            and allows(self._margins, filling)
            and self._all_hold(filling, about)
            and (self._keeps is None or self._keeps(dimension, filling, self._case))
        )

    def _raised(self, dimension: str, filling: Filling) -> Iterator[Filling]:
        """Yield what a filling becomes by the rise, if it may be there before it."""
        rise = self._rise
        if rise is None or rise.dimension != dimension:
            yield filling
        elif (filling.answered, filling.scored) == (rise.answered, rise.scored):
            yield filling.raised(rise.level + 1)

    def _allowed_answers(self, question: str) -> Allowed:
        if self._rise is not None and self._rise.question == question:
            return (self._rise.level,)
        about = [x for x in self._literals | self._better if _question(x) == question]
        return tuple(v for v in self._answers if all(suits(x, v) for x in about)) or tuple(
            v for v in EVERY_ANSWER if all(suits(x, v) for x in about)
        )

    def _adds(self, total: Sum, filling: Filling) -> int:
        if isinstance(total, Evidence):
            return filling.reached[1]
        if not filling.scored:
            return 0
        of_one = self._unit // filling.answered
        if isinstance(total, Index):
            return sum(filling.reached) * of_one
        return filling.reached[total.stage - 1] * of_one

    def _gain(self, total: Sum) -> int:
        """Return what the rise adds to a sum."""
        rise = self._rise
        if rise is None:
            return 0
        if isinstance(total, Evidence):
            return int(rise.level == 1)
        if not rise.scored or (isinstance(total, Score) and total.stage != rise.level + 1):
            return 0
        return self._unit // rise.answered

    def _all_hold(self, filling: Filling, about: Iterable[Literal]) -> bool:
        """Tell whether all literals about a dimension's shares and index hold."""
        return all(self._holds(literal, filling) for literal in about)

    def _holds(self, literal: Literal, filling: Filling) -> bool:
        assert isinstance(literal.atom, Within)
        subject = literal.atom.subject
        value = filling.index
        if isinstance(subject, Share) and filling.shares is not None:
            stage = subject.stage or (self._case.number if self._case else 1)
            value = filling.shares[stage - 1]
        return (value is not None and value in literal.atom.interval) == literal.holds

    def _accepts(self, state: State) -> Sequence[list[int]] | None:
        scored, barred = state
        if scored == 0:
            return None
        return [
            [v for v in range(self._width(total)) if self._good(total, v, scored, barred)]
            for total in self._sums
        ]

    def _good(self, total: Sum, value: int, scored: int, barred: bool) -> bool:
        if isinstance(total, Evidence):
            return next(self._backed(value), None) is not None
        whole = self._unit * scored * (3 if isinstance(total, Index) else 1)
        before, after = Fraction(value, whole), Fraction(value + self._gain(total), whole)
        case = self._case
        if case is not None and isinstance(total, Score):
            if total.stage == case.finished and before < self._overall:
                return False
            unfinished = barred or case.complete or after < self._overall
            if total.stage == case.number and not unfinished:
                return False
        return _sum_holds(self._literals, total, before) and _sum_holds(self._better, total, after)

    def _backed(self, strong: int) -> Iterator[int]:
        """Yield how many of so many strong claims may have evidence, the fewest first."""
        gain = self._gain(Evidence())
        for backed in range(strong + 1):
            before = Fraction(backed, strong) if strong else None
            after = Fraction(backed + gain, strong + gain) if strong + gain else None
            if _sum_holds(self._literals, Evidence(), before) and _sum_holds(
                self._better, Evidence(), after
            ):
                yield backed


def _sum_holds(literals: Conjunction, total: Sum, value: Fraction | None) -> bool:
    """Tell whether all literals about a sum hold for its value."""
    return all(
        (value is not None and value in literal.atom.interval) == literal.holds
        for literal in literals
        if isinstance(literal.atom, Within) and literal.atom.subject == total
    )


def _dimension(literal: Literal) -> str | None:
    if isinstance(literal.atom, Within):
        subject = literal.atom.subject
        if isinstance(subject, Share | DimensionIndex):
            return subject.dimension
    return None


def _question(literal: Literal) -> str | None:
    if isinstance(literal.atom, AnswerIn):
        return literal.atom.question
    if isinstance(literal.atom, Within) and isinstance(literal.atom.subject, LevelOf):
        return literal.atom.subject.question
    return None


def suits(literal: Literal, answer: Level) -> bool:
    """Tell whether a literal about a question holds for an answer."""
    if isinstance(literal.atom, AnswerIn):
        return (answer in literal.atom.answers) == literal.holds
    assert isinstance(literal.atom, Within)
    there = isinstance(answer, int) and answer in literal.atom.interval
    return there == literal.holds
