"""What the next comparison will be able to say of a promise, told before anybody worked on it.

Source: docs/measurement.md
"""

from collections import Counter
from collections.abc import Collection, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Final

from assess.comparison.promise import HIGHEST_START
from assess.record import record
from assess.scoring import Level

_Z95: Final = 1.645
_ONE_ANSWER: Final = 0.65
"""The variance of the change of one person's answer to a question that did not change.

Set so that the mean chance of simulated plans is the part of them that was seen.
"""
_MEDIAN_LOSS: Final = 1.57


@record
class Foresight:
    """Which of the promised questions can be tested, and how likely the test sees them all rise.

    `chance` is from 0 to 1, if all that was promised comes true; 0 where nothing can be tested.
    """

    testable: int
    chance: float


def foresee(
    promised: Collection[tuple[str, int]], levels: Mapping[str, Level], people: int
) -> Foresight:
    """Return what a comparison can see of a promise, where so many people answer then and now.

    The exact test by its normal approximation: each stratum tells as much as it has promised
    questions and others to compare them with.
    """
    known = {q: level for q, level in levels.items() if isinstance(level, int)}
    starts = {q: level for q, level in known.items() if level <= HIGHEST_START}
    there = Counter(starts.values())
    gains: dict[int, list[int]] = {}
    for question, end in promised:
        if question in starts:
            gains.setdefault(starts[question], []).append(end - starts[question])
    noise = _ONE_ANSWER * (1 if people == 1 else _MEDIAN_LOSS / people)
    expected = by_chance = moved = 0.0
    testable = 0
    for start, rises in gains.items():
        others = 1 - len(rises) / there[start]
        if not others:
            continue
        testable += len(rises)
        mean = sum(rises) / there[start]
        spread = sum(rise**2 for rise in rises) / there[start] - mean**2
        expected += sum(rises) * others
        by_chance += len(rises) * others * (noise + spread)
        moved += len(rises) * others * noise
    if not testable:
        return Foresight(0, 0.0)
    limit = _Z95 * sqrt(by_chance)
    return Foresight(testable, NormalDist().cdf((expected - limit) / sqrt(moved)))
