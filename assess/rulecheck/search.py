"""One exact search: literals about answers, in one place where the team stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Final

from assess.questionnaire import Questionnaire
from assess.rulecheck.filling import EVERY_ANSWER, LEVELS, Allowed, Filling, fillings
from assess.rulecheck.literal import Conjunction, Literal
from assess.rulecheck.margins import allows
from assess.rulecheck.reach import Cell, State, find_cells
from assess.rulecheck.stagecase import StageCase
from assess.rules.condition import AnswerIn, Within
from assess.rules.situation import DimensionIndex, Evidence, Index, LevelOf, Score, Share
from assess.scoring import Level

MOST_BITS: Final = 4_000_000
"""How many combinations of sums one search may tell apart."""

Keeps = Callable[[str, Filling, StageCase | None], bool]
"""A further demand on how a dimension is answered."""


@dataclass(frozen=True, slots=True)
class Found:
    """Levels for which all literals hold, with so many strong claims backed."""

    levels: Mapping[str, Level]
    backed: int


Sum = Score | Index | Evidence
"""What is summed over dimensions: shares of a stage, of all stages, and strong claims."""


class Search:
    """Looks for levels for which literals hold; those about margins only bound the search."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        literals: Conjunction,
        case: StageCase | None,
        plain: bool,
        margins: Conjunction,
        keeps: Keeps | None,
    ) -> None:
        self._questionnaire = questionnaire
        self._literals = literals
        self._case = case
        self._answers = LEVELS if plain else EVERY_ANSWER
        self._margins = margins
        self._keeps = keeps

    def run(self) -> Found | None:
        """Return levels for which all literals hold, or None: then there are none.

        Raises:
            TooLargeError: The search would take more room than it may.
        """
        columns = [self._column(dimension) for dimension in self._questionnaire.by_dimension]
        if not all(columns):
            return None
        widths = [self._width(total) for total in self._sums]
        found = find_cells(columns, widths, self._accepts, MOST_BITS)
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
    def _fillings(self) -> Mapping[str, tuple[Filling, ...]]:
        """The ways to answer each dimension, as far as its questions go."""
        return {
            dimension: fillings(tuple(self._allowed(question.id) for question in questions))
            for dimension, questions in self._questionnaire.by_dimension.items()
        }

    @cached_property
    def _unit(self) -> int:
        """All shares are whole numbers of one part in so many."""
        return lcm(*(f.answered for column in self._fillings.values() for f in column if f.scored))

    @cached_property
    def _sums(self) -> Sequence[Sum]:
        """What has to be summed to decide the literals and the stage."""
        asked: list[Sum] = []
        if self._case is not None:
            asked += [Score(stage) for stage in {self._case.finished, self._case.number} if stage]
        for literal in sorted(self._literals, key=repr):
            if isinstance(literal.atom, Within) and isinstance(literal.atom.subject, Sum):
                asked.append(literal.atom.subject)
        return tuple(dict.fromkeys(asked))

    def _width(self, total: Sum) -> int:
        dimensions = len(self._questionnaire.by_dimension)
        if isinstance(total, Evidence):
            return len(self._questionnaire.questions) + 1
        return self._unit * dimensions * (3 if isinstance(total, Index) else 1) + 1

    def _column(self, dimension: str) -> list[Cell[Filling]]:
        each = self._questionnaire.each
        case = self._case
        about = [literal for literal in self._literals if _dimension(literal) == dimension]
        return [
            Cell(
                scored=filling.scored,
                bars=case is not None and not case.complete and case.bars(filling, each),
                adds=tuple(self._adds(total, filling) for total in self._sums),
                payload=filling,
            )
            for filling in self._fillings[dimension]
            if (case is None or case.allows(filling, each))
            and allows(self._margins, filling)
            and all(self._holds(literal, filling) for literal in about)
            and (self._keeps is None or self._keeps(dimension, filling, case))
        ]

    def _allowed(self, question: str) -> Allowed:
        about = [literal for literal in self._literals if _question(literal) == question]
        return tuple(v for v in self._answers if all(_suits(x, v) for x in about)) or tuple(
            v for v in EVERY_ANSWER if all(_suits(x, v) for x in about)
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

    def _holds(self, literal: Literal, filling: Filling) -> bool:
        """Tell whether a literal about a dimension's share or index holds."""
        assert isinstance(literal.atom, Within)
        shares = filling.shares
        if shares is None:
            return not literal.holds
        subject = literal.atom.subject
        if isinstance(subject, Share):
            stage = subject.stage or (self._case.number if self._case else 1)
            return (shares[stage - 1] in literal.atom.interval) == literal.holds
        return (sum(shares, Fraction(0)) / 3 in literal.atom.interval) == literal.holds

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
        score = Fraction(value, self._unit * scored * (3 if isinstance(total, Index) else 1))
        case = self._case
        if case is not None and isinstance(total, Score):
            done = score >= self._questionnaire.overall
            if total.stage == case.finished and not done:
                return False
            if total.stage == case.number and not case.complete and done and not barred:
                return False
        return all(
            (score in literal.atom.interval) == literal.holds
            for literal in self._literals
            if isinstance(literal.atom, Within) and literal.atom.subject == total
        )

    def _backed(self, strong: int) -> Iterator[int]:
        """Yield how many of so many strong claims may have evidence, the fewest first."""
        about = [
            (literal.atom.interval, literal.holds)
            for literal in self._literals
            if isinstance(literal.atom, Within) and isinstance(literal.atom.subject, Evidence)
        ]
        for backed in range(strong + 1):
            if all(
                (strong > 0 and Fraction(backed, strong) in interval) == holds
                for interval, holds in about
            ):
                yield backed


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


def _suits(literal: Literal, answer: Level) -> bool:
    """Tell whether a literal about a question holds for an answer."""
    if isinstance(literal.atom, AnswerIn):
        return (answer in literal.atom.answers) == literal.holds
    assert isinstance(literal.atom, Within)
    there = isinstance(answer, int) and answer in literal.atom.interval
    return there == literal.holds
