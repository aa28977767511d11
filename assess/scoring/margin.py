"""How many answers a stage hangs on, exactly.

A notch is one answer that has a level, moved by one level. Raising or lowering questions
of a dimension by the cheapest first leaves one choice: how many in each. That is a small
knapsack, solved by keeping the best weight for each gain.

Source: docs/decisions/0003-scoring.md
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import ceil, lcm
from typing import Final

from assess.questionnaire import Questionnaire
from assess.record import record
from assess.scoring.stage import Standing

Levels = Mapping[str, Mapping[str, int]]
"""The level of each answered question of every scored dimension."""

_ODDS: Final = ((1, 0.35), (3, 0.21), (7, 0.13))
"""How often a team that so few notches keep in its stage is called otherwise (measurement.md)."""
_LEAST_ODDS: Final = 0.01

_Movable = tuple[int, Sequence[int], int]
"""Of one dimension: what moving a question gains, what each weighs, the lightest first, and how
many of them must move."""


@record
class Notches:
    """One question moved from a level to another."""

    question: str
    start: int
    end: int


@record
class Margin:
    """The fewest notches down that lose the stage, and up that finish it.

    `down` is None in momentum; of a complete team it is what ends that. `up` is None when
    everything is finished, and when the dimensions in `unscored` bar it; both are when
    nothing is scored. `path` holds the notches of `up` in file order.
    """

    down: int | None
    up: int | None
    unscored: tuple[str, ...]
    path: tuple[Notches, ...]

    @property
    def odds(self) -> float | None:
        """How often such a team, asked again by the same person, is called otherwise, 0 to 1."""
        fewest = min((n for n in (self.down, self.up) if n is not None), default=None)
        if fewest is None:
            return None
        return next((odds for most, odds in _ODDS if fewest <= most), _LEAST_ODDS)


def measure_margin(
    questionnaire: Questionnaire, levels: Levels, standing: Standing, unscored: tuple[str, ...]
) -> Margin:
    """Return the exact margin of one respondent's answers."""
    board = _Board(questionnaire, levels)
    number = standing.number
    # What would end a complete team's mastery counts like a stage lost.
    downs = [board.fewest_down(stage) for stage in range(1, number + standing.complete)]
    down = min((d for d in downs if d is not None), default=None)
    if standing.complete or unscored:
        return Margin(down, None, unscored, ())
    path = board.shortest_path(number)
    return Margin(down, sum(step.end - step.start for step in path), (), path)


class _Board:
    """The scored levels, with every share counted in one common unit."""

    def __init__(self, questionnaire: Questionnaire, levels: Levels) -> None:
        self._levels = [levels[d] for d in levels]
        common = lcm(*(len(questions) for questions in self._levels))
        self._units = [common // len(questions) for questions in self._levels]
        self._least = [ceil(questionnaire.each * len(questions)) for questions in self._levels]
        self._target = ceil(questionnaire.overall * common * len(self._levels))
        self._by_id = {q: level for questions in self._levels for q, level in questions.items()}
        self._order = tuple(questionnaire.by_id)

    def _reached(self, stage: int) -> list[int]:
        return [sum(v >= stage for v in questions.values()) for questions in self._levels]

    def _units_reached(self, stage: int) -> int:
        return sum(u * c for u, c in zip(self._units, self._reached(stage), strict=True))

    def fewest_down(self, stage: int) -> int | None:
        """Return the fewest notches down that leave a finished stage unfinished."""
        costs = [
            sorted(level - stage + 1 for level in questions.values() if level >= stage)
            for questions in self._levels
        ]
        through_one = [
            sum(cost[: len(cost) - least + 1])
            for cost, least in zip(costs, self._least, strict=True)
            if least > 0
        ]
        movable = [(unit, cost, 0) for unit, cost in zip(self._units, costs, strict=True)]
        through_all = _lightest(movable, self._units_reached(stage) - self._target + 1)
        return min((n for n in (*through_one, through_all) if n is not None), default=None)

    def shortest_path(self, stage: int) -> tuple[Notches, ...]:
        """Return the fewest notches up that finish a stage, in the fewest questions, in file order.

        The three wishes are packed into one additive weight: the notches in the high bits,
        then the number of questions, less one bit for each question, the first one highest.
        """
        count = len(self._order)
        low_bits = count + count.bit_length()
        weights = {
            question: ((stage - level) << low_bits) + (1 << count) - (1 << left)
            for left, question in enumerate(reversed(self._order))
            if (level := self._by_id.get(question, stage)) < stage
        }
        movable = [
            (unit, sorted(weights[q] for q in questions if q in weights), max(0, least - reached))
            for questions, unit, least, reached in zip(
                self._levels, self._units, self._least, self._reached(stage), strict=True
            )
        ]
        total = _lightest(movable, self._target - self._units_reached(stage)) or 0
        chosen = -total % (1 << count)
        return tuple(
            Notches(question, self._by_id[question], stage)
            for place, question in enumerate(self._order, start=1)
            if chosen >> (count - place) & 1
        )


def _lightest(movable: Iterable[_Movable], needed: int) -> int | None:
    """Return the least weight that gains what is needed, or None where nothing does.

    Questions that gain the same stand for each other, whatever their dimensions: the lightest of
    them are best. So all that is left to choose is how many of each gain, and of the last gain
    that follows from the others.
    """
    by_gain: dict[int, list[int]] = {}
    weight = 0
    for unit, costs, must in movable:
        weight += sum(costs[:must])
        needed -= unit * must
        by_gain.setdefault(unit, []).extend(costs[must:])
    *units, last = sorted(by_gain, key=lambda unit: len(by_gain[unit]))
    sums = {unit: list(accumulate(sorted(costs), initial=0)) for unit, costs in by_gain.items()}
    front = {0: weight}
    for unit in units:
        reached: dict[int, int] = {}
        for gain, weight in front.items():
            for count, extra in enumerate(sums[unit]):
                total = gain + unit * count
                if weight + extra < reached.get(total, weight + extra + 1):
                    reached[total] = weight + extra
                if total >= needed:
                    break
        front = _undominated(reached)
    return min(
        (
            weight + sums[last][count]
            for gain, weight in front.items()
            if (count := max(0, -((gain - needed) // last))) < len(sums[last])
        ),
        default=None,
    )


def _undominated(reached: Mapping[int, int]) -> dict[int, int]:
    """Keep the gains that no greater gain has for the same weight or less."""
    kept: dict[int, int] = {}
    lightest: int | None = None
    for gain in sorted(reached, reverse=True):
        if lightest is None or reached[gain] < lightest:
            lightest = kept[gain] = reached[gain]
    return kept
