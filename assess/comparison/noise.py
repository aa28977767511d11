"""What a change must exceed before it is more than noise.

Index units, from 0 to 1. Variances are exact fractions, so whether a change reaches its
limit is decided by comparing squares exactly; floats appear only in what is shown, and in
p-values, where a tie with 0.05 cannot happen (the p-value of a fraction is never a fraction).

Source: docs/decisions/0004-comparison.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, sqrt
from typing import Final, Literal

Word = Literal["clear rise", "clear fall", "no clear change"]

SAME_RESPONDENTS_ERROR: Final = Fraction(11, 100)
"""The 0.20 of a rater, less the 70 % of the variance that stays from quarter to quarter."""
OTHER_RESPONDENTS_ERROR: Final = Fraction(1, 5)
HALO: Final = Fraction(2, 5)
"""How strongly one rater's errors in two dimensions go together."""
Z95: Final = Fraction(49, 25)
SIGNIFICANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Noise:
    """What chance alone does to the difference of two means; `variance` is above 0."""

    variance: Fraction

    @property
    def mdc(self) -> float:
        """The smallest change that counts, with 95 % confidence."""
        return sqrt(Z95**2 * self.variance)

    def is_reached(self, change: Fraction) -> bool:
        """Tell whether a change is at least the smallest that counts, decided exactly."""
        return change**2 >= Z95**2 * self.variance

    def p_value(self, change: Fraction) -> float:
        """Return how often chance alone gives a change as large, up or down."""
        return erfc(sqrt(change**2 / (2 * self.variance)))


def dimension_noise(before: int, after: int, *, same_respondents: bool) -> Noise:
    """Return the noise of one dimension between so many respondents, both at least 1."""
    error = SAME_RESPONDENTS_ERROR if same_respondents else OTHER_RESPONDENTS_ERROR
    return Noise(error**2 * (Fraction(1, before) + Fraction(1, after)))


def team_noise(dimension: Noise, dimensions: int) -> Noise:
    """Return the noise of the mean of so many dimensions, at least 1, all as noisy as one."""
    return Noise(dimension.variance * (HALO + (1 - HALO) / dimensions))


def adjust_p_values(p_values: Mapping[str, float]) -> Mapping[str, float]:
    """Return Holm's adjusted p-values, in the same order.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}


def choose_word(change: Fraction, *, clear: bool) -> Word:
    """Say what a change is, once it is decided whether it is clear."""
    if not clear or change == 0:
        return "no clear change"
    return "clear rise" if change > 0 else "clear fall"
