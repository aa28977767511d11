"""Ways to answer one dimension, as far as scores tell them apart.

Scores look only at how many questions reach each level, so four questions with six possible
answers each have 126 fillings instead of 1296.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import Final

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.scoring import Level, Shares
from assess.scoring.stage import is_scored

LEVELS: Final[tuple[Level, ...]] = (0, 1, 2, 3)
EVERY_ANSWER: Final[tuple[Level, ...]] = (*LEVELS, DONT_KNOW, NOT_APPLICABLE)

Allowed = tuple[Level, ...]
"""The answers that one question may have, the ones to prefer first."""


# Without slots, which leave no room for what is worked out once.
@dataclass(frozen=True)
class Filling:
    """One way to answer the questions of a dimension; `reached` counts levels 1, 2, 3 and more."""

    answers: tuple[Level, ...]
    applicable: int
    answered: int
    reached: tuple[int, int, int]

    @cached_property
    def scored(self) -> bool:
        return is_scored(self.answered, self.applicable)

    @cached_property
    def bars(self) -> bool:
        """Whether the dimension applies but is not scored, and so bars every stage."""
        return self.applicable > 0 and not self.scored

    @cached_property
    def shares(self) -> Shares | None:
        if not self.scored:
            return None
        one, two, three = (Fraction(count, self.answered) for count in self.reached)
        return one, two, three

    @cached_property
    def index(self) -> Fraction | None:
        return None if self.shares is None else sum(self.shares, Fraction(0)) / 3

    def raised(self, level: int) -> "Filling":
        """Return the same filling with one question moved up to this level."""
        one, two, three = (
            count + (stage == level) for stage, count in enumerate(self.reached, start=1)
        )
        return replace(self, reached=(one, two, three))


@cache
def fillings(allowed: tuple[Allowed, ...]) -> tuple[Filling, ...]:
    """Return all fillings of a dimension, given the answers that each question may have."""
    empty = Filling((), 0, 0, (0, 0, 0))
    reached = {(0, 0, (0, 0, 0)): empty}
    for values in allowed:
        grown: dict[tuple[int, int, tuple[int, int, int]], Filling] = {}
        for value in values:
            for filling in reached.values():
                more = _extended(filling, value)
                grown.setdefault((more.applicable, more.answered, more.reached), more)
        reached = grown
    return tuple(reached.values())


@cache
def answered_counts(allowed: tuple[Allowed, ...]) -> frozenset[int]:
    """Return how many questions may be answered in those fillings that are scored."""
    return frozenset(filling.answered for filling in fillings(allowed) if filling.scored)


def _extended(filling: Filling, value: Level) -> Filling:
    level = value if isinstance(value, int) else 0
    one, two, three = filling.reached
    return Filling(
        answers=(*filling.answers, value),
        applicable=filling.applicable + (value != NOT_APPLICABLE),
        answered=filling.answered + isinstance(value, int),
        reached=(one + (level >= 1), two + (level >= 2), three + (level >= 3)),
    )
