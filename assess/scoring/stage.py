"""Shares of the work of a stage, and where they put a team."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from assess.questionnaire import STAGES
from assess.record import record

Shares = tuple[Fraction, Fraction, Fraction]
"""One value from 0 to 1 for each stage, momentum first."""


@record
class Standing:
    """The stage a team is in; `complete` once all three are finished."""

    stage: str
    complete: bool

    @property
    def number(self) -> int:
        """1 for momentum, 2 for maturity, 3 for mastery: also the level that its work reaches."""
        return STAGES.index(self.stage) + 1


def count_shares(levels: Sequence[int]) -> Shares:
    """Return the share of levels that reach 1, 2 and 3; there is at least one level."""
    return _count_sorted(tuple(sorted(levels)))


@lru_cache(maxsize=4096)
def _count_sorted(levels: Sequence[int]) -> Shares:
    # The few levels of a dimension are the same in many teams, in whatever order.
    one, two, three = (
        Fraction(sum(level >= stage for level in levels), len(levels)) for stage in (1, 2, 3)
    )
    return one, two, three


def mean_shares(shares: Collection[Shares]) -> Shares:
    """Return the plain mean of each stage's shares; there is at least one entry."""
    one, two, three = (_mean(column) for column in zip(*shares, strict=True))
    return one, two, three


def mean_index(shares: Shares) -> Fraction:
    """Return the mean of the three stages, from 0 to 1."""
    return _mean(shares)


def _mean(parts: Sequence[Fraction]) -> Fraction:
    # Over one common denominator this takes a quarter of the time of adding fractions.
    common = lcm(*(part.denominator for part in parts))
    total = sum(part.numerator * (common // part.denominator) for part in parts)
    return Fraction(total, common * len(parts))


def is_scored(answered: int, applicable: int) -> bool:
    """Tell whether a dimension has enough answers to be scored."""
    return applicable > 0 and 2 * answered >= applicable and answered >= min(2, applicable)


def find_own_stage(overall: Fraction, shares: Shares) -> str | None:
    """Return the stage that a dimension is in by itself, or None where it finished all three.

    A stage is finished in it when as much is in place as is asked of the whole team.
    """
    return next((s for s, share in zip(STAGES, shares, strict=True) if share < overall), None)
