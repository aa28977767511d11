"""What a plan promised -> what of it is true now, and whether that is more than chance.

The test needs no assumption about noise, mood or generosity: if the promise did nothing, the
promised questions are any that many of those that stood where they stood. It is exact, in
whole numbers and fractions.

Source: docs/decisions/0004-comparison.md, and docs/measurement.md for what can be foreseen
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import sqrt
from typing import Final, Literal

from assess.record import record
from assess.scoring.records import Level, View

PromiseState = Literal["reached", "part", "not-yet", "fell", "unknown"]
PromiseWord = Literal["clear progress", "no clear progress yet"]

HIGHEST_START: Final = 2
"""From the highest level nothing can be promised, so those questions tell nothing."""
_SIGNIFICANCE: Final = Fraction(1, 20)
_MOST_REACHED: Final = Fraction(4, 5)
"""From this part on it is one person's voice, and not the work, that is missing."""


@record
class PutAside:
    """When a promise was put aside, and why, where somebody said so."""

    on: date
    cause: str = ""


@record
class PromisedLevel:
    """A question and the level that it is to reach, from where it stood."""

    question: str
    start: Level
    end: int
    put_aside: PutAside | None = None


@record
class Promise:
    """What a plan was to make true: as it was fixed, and what was added later.

    `made_from` is the kind of answers that the plan was made from; those of the same kind tell
    what came of it.
    """

    made_from: View
    promised: tuple[PromisedLevel, ...]
    added: tuple[PromisedLevel, ...] = ()


@record
class FollowedLevel:
    """What came of a promised level; `now` is None where the question is not asked any more.

    `shown` is reached and shown; None where evidence is shown to nobody.
    """

    promised: PromisedLevel
    now: Level | None
    state: PromiseState
    shown: bool | None

    @property
    def rose(self) -> bool:
        return isinstance(self.now, int) and self.now > _known(self.promised.start)


@record
class FollowedPromise:
    """What came of a promise. `p` is None where no promised question can be tested."""

    made_from: View
    promised: tuple[FollowedLevel, ...]
    added: tuple[FollowedLevel, ...]
    p: Fraction | None

    @property
    def counted(self) -> tuple[FollowedLevel, ...]:
        """What was promised and not put aside."""
        return tuple(one for one in self.promised if one.promised.put_aside is None)

    @property
    def put_aside(self) -> tuple[FollowedLevel, ...]:
        return tuple(one for one in self.promised if one.promised.put_aside is not None)

    @property
    def reached(self) -> tuple[FollowedLevel, ...]:
        return tuple(one for one in self.counted if one.state == "reached")

    @property
    def shown(self) -> int:
        return sum(one.shown is True for one in self.reached)

    @property
    def rose(self) -> int:
        return sum(one.rose for one in self.promised)

    @property
    def word(self) -> PromiseWord | None:
        if self.p is None:
            return None
        return "clear progress" if self.p <= _SIGNIFICANCE else "no clear progress yet"

    @property
    def is_mostly_reached(self) -> bool:
        """Whether at least four fifths of what was not put aside is reached."""
        return bool(self.counted) and len(self.reached) >= _MOST_REACHED * len(self.counted)


def follow_promise(
    promise: Promise,
    before: Mapping[str, Level],
    after: Mapping[str, Level],
    shown: Collection[str] | None,
) -> FollowedPromise:
    """Return what came of a promise.

    Levels then and now are those in the kind of answers of the promise; `shown` are the questions
    whose evidence can be checked now, None where nobody sees it.
    """
    changes = [
        (old, new - old, question in {one.question for one in promise.promised})
        for question, old in before.items()
        if isinstance(old, int) and isinstance(new := after.get(question), int)
    ]
    return FollowedPromise(
        made_from=promise.made_from,
        promised=tuple(_follow(one, after, shown) for one in promise.promised),
        added=tuple(_follow(one, after, shown) for one in promise.added),
        p=find_mid_p(changes),
    )


def find_mid_p(changes: Iterable[tuple[int, int, bool]]) -> Fraction | None:
    """Return how often chance alone would let the promised questions rise at least so much.

    One-sided mid-p: what is as large counts half. Every choice of so many questions in each stratum
    is as likely; strata are those of equal start, because low answers rise more easily. Of each
    matched question `changes` has its start, its change, and whether it was promised.
    """
    ordered = sorted(one for one in changes if one[0] <= HIGHEST_START)
    ways, observed, tested = Counter({0: 1}), 0, 0
    for _, stratum in groupby(ordered, key=lambda one: one[0]):
        questions = [(change, promised) for _, change, promised in stratum]
        chosen = sum(promised for _, promised in questions)
        observed += sum(change for change, promised in questions if promised)
        ways = _convolve(ways, _count_choices([c for c, _ in questions], chosen))
        tested += chosen
    if not tested:
        return None
    above = sum(number for total, number in ways.items() if total > observed)
    return (above + Fraction(ways[observed], 2)) / sum(ways.values())


def _count_choices(changes: Sequence[int], chosen: int) -> Counter[int]:
    """Count, for each sum, the choices of so many of the changes that give it.

    Question by question: with it or without it. Looking at every choice would take
    comb(36, 9) = 94 million steps.
    """
    ways = [Counter({0: 1}), *(Counter[int]() for _ in range(chosen))]
    for change in changes:
        # From the largest choice down, so that no question is taken twice.
        for size in range(chosen, 0, -1):
            for total, number in ways[size - 1].items():
                ways[size][total + change] += number
    return ways[chosen]


def _convolve(one: Counter[int], other: Counter[int]) -> Counter[int]:
    """Count, for each sum, the pairs of choices of two independent strata that give it."""
    both = Counter[int]()
    for total, number in one.items():
        for more, times in other.items():
            both[total + more] += number * times
    return both


def _follow(
    one: PromisedLevel, after: Mapping[str, Level], shown: Collection[str] | None
) -> FollowedLevel:
    now = after.get(one.question)
    state = _judge(one, now)
    is_shown = None if shown is None else state == "reached" and one.question in shown
    return FollowedLevel(one, now, state, is_shown)


def _judge(one: PromisedLevel, now: Level | None) -> PromiseState:
    if not isinstance(now, int):
        return "unknown"
    if now >= one.end:
        return "reached"
    start = _known(one.start)
    if now > start:
        return "part"
    return "not-yet" if now == start else "fell"


def _known(level: Level) -> int:
    """Return a level; what nobody knew counts as nothing yet, as in the plan."""
    return level if isinstance(level, int) else 0


# --- What the next comparison can see ---


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
    from statistics import NormalDist

    return Foresight(testable, NormalDist().cdf((expected - limit) / sqrt(moved)))
