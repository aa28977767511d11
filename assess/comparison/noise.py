"""What a change must exceed before it is more than noise.

Index units, from 0 to 1. Variances are exact fractions, so whether a change reaches its
limit is decided by comparing squares exactly; floats appear only in what is shown, and in
p-values, where a tie with 0.05 cannot happen (the p-value of a fraction is never a fraction).

Source: docs/decisions/0004-comparison.md
"""

from collections.abc import Mapping
from fractions import Fraction
from math import erfc, sqrt
from statistics import median
from typing import Final, Literal

from assess.record import record

Word = Literal["clear rise", "clear fall", "no clear change"]

SAME_RESPONDENTS_ERROR: Final = Fraction(11, 100)
"""The 0.20 of a rater, less the 70 % of the variance that stays from quarter to quarter."""
OTHER_RESPONDENTS_ERROR: Final = Fraction(1, 5)
HALO: Final = Fraction(2, 5)
"""How strongly one rater's errors in two dimensions go together."""
MOOD: Final = Fraction(1, 20)
"""How far a mood moves all answers of a quarter at once."""
SIGNIFICANCE: Final = 0.05
FEWEST_FOR_A_REST: Final = 4
"""With fewer dimensions the others are too few to say how the rest of the team moved."""

_Z95: Final = Fraction(49, 25)
_T95: Final = Fraction(21788, 10000)
"""The two-sided 95 % point of Student's t with 12 degrees of freedom."""
_HALF_DEGREES: Final = 6
_MAD_TO_SD: Final = Fraction(14826, 10000)
_MEDIAN_LOSS: Final = Fraction(157, 100)
"""The variance of a median of normal values, in variances of their mean."""


@record
class Noise:
    """What chance alone does to a change, around `rest`; `variance` is above 0.

    `has_heavy_tails` where the variance was partly measured on the other dimensions, so that
    Student's t with 12 degrees of freedom takes the place of the normal distribution.
    """

    variance: Fraction
    rest: Fraction = Fraction(0)
    has_heavy_tails: bool = False

    @property
    def mdc(self) -> float:
        """How far from the rest a change is clear on its own, with 95 % confidence."""
        limit = _T95 if self.has_heavy_tails else _Z95
        return sqrt(limit**2 * self.variance)

    def is_reached(self, change: Fraction) -> bool:
        """Tell whether a change is as far from the rest as it must be, decided exactly."""
        limit = _T95 if self.has_heavy_tails else _Z95
        return (change - self.rest) ** 2 >= limit**2 * self.variance

    def p_value(self, change: Fraction) -> float:
        """Return how often chance alone gives a change as far from the rest, up or down."""
        squared = (change - self.rest) ** 2 / self.variance
        return two_sided_t12(squared) if self.has_heavy_tails else erfc(sqrt(squared / 2))


def dimension_noise(before: int, after: int, *, same_respondents: bool) -> Noise:
    """Return what is assumed of one dimension between so many respondents, both at least 1."""
    error = SAME_RESPONDENTS_ERROR if same_respondents else OTHER_RESPONDENTS_ERROR
    return Noise(error**2 * (Fraction(1, before) + Fraction(1, after)))


def noise_beside(assumed: Noise, others: Mapping[str, Fraction]) -> Noise:
    """Return the noise of one dimension's change, judged against those of all the others.

    A mood or a generous day moves all dimensions, so it goes out with their median. Their own
    scatter tells whether people were less steady than assumed; it never makes a change look
    surer than assumed, because a few equal changes would else make anything clear. Medians,
    because what truly rose must not pass for scatter.
    """
    if len(others) + 1 < FEWEST_FOR_A_REST:
        return assumed
    changes = list(others.values())
    rest = median(changes)
    scatter = _MAD_TO_SD * median(abs(change - rest) for change in changes)
    # What a rater's halo moves, the others' median has taken out.
    least = (1 - HALO) * assumed.variance
    variance = max(least, (least + scatter**2) / 2)
    return Noise(variance * (1 + _MEDIAN_LOSS / len(others)), rest, has_heavy_tails=True)


@record
class Judged:
    """What one dimension's change is worth beside all the others."""

    noise: Noise
    p: float
    p_adjusted: float
    word: Word


def judge_changes(changes: Mapping[str, Fraction], assumed: Noise) -> Mapping[str, Judged]:
    """Judge the change of each dimension against all the others, and Holm for there being several.

    `assumed` is the noise of one dimension.
    """
    noises = {
        d: noise_beside(assumed, {o: change for o, change in changes.items() if o != d})
        for d in changes
    }
    p_values = {d: noises[d].p_value(change) for d, change in changes.items()}
    adjusted = adjust_p_values(p_values)
    return {
        d: Judged(
            noise,
            p_values[d],
            adjusted[d],
            choose_word(changes[d], noise.rest, clear=adjusted[d] <= SIGNIFICANCE),
        )
        for d, noise in noises.items()
    }


def team_noise(dimension: Noise, dimensions: int) -> Noise:
    """Return the noise of the mean of so many dimensions, at least 1, all as noisy as one.

    It has nothing to be judged against, so a common mood then and now is part of it.
    """
    return Noise(dimension.variance * (HALO + (1 - HALO) / dimensions) + 2 * MOOD**2)


def two_sided_t12(squared: Fraction) -> float:
    """Return both tails of Student's t with 12 degrees of freedom beyond the root of a square.

    Source: Abramowitz and Stegun (1964), 26.7.4; for even degrees of freedom it is a finite sum.
    """
    degrees = 2 * _HALF_DEGREES
    outside = degrees / (degrees + squared)
    total = term = Fraction(1)
    for half in range(1, _HALF_DEGREES):
        term *= Fraction(2 * half - 1, 2 * half) * outside
        total += term
    return max(0.0, 1 - sqrt(1 - outside) * float(total))


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


def choose_word(change: Fraction, rest: Fraction, *, clear: bool) -> Word:
    """Say what a change is, once it is decided whether it is clear.

    What held while the others fell stands out from them, but it did not rise.
    """
    if clear and change > 0 and change > rest:
        return "clear rise"
    if clear and change < 0 and change < rest:
        return "clear fall"
    return "no clear change"
