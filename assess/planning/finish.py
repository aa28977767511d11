"""How far a set of actions leaves a team from finishing its stage, exactly.

The same count as in `scoring.distance`, as a function of the rungs that a plan wins.
"""

from collections.abc import Sequence
from math import lcm

from assess.planning.problem import LadderRung, Stage

FinishRow = tuple[dict[LadderRung, int], int]
"""So much of the weights of rungs has to be won."""


class Finish:
    """The distance of one problem, and what bounds it in a search.

    Shares are counted in units of which every question of a dimension has the same number, and
    every dimension as many in all.
    """

    def __init__(self, stage: Stage) -> None:
        self._parts = stage.parts
        common = lcm(*(part.questions for part in stage.parts)) if stage.parts else 1
        self._units = [common // part.questions for part in stage.parts]
        whole = stage.numerator * common * len(stage.parts)
        self._target = -(-whole // stage.denominator)
        # A question counts the more the fewer its dimension has: those come first.
        self._cheapest = sorted(range(len(self._parts)), key=lambda place: -self._units[place])

    def distance(self, heights: Sequence[int]) -> int:
        """Return how many questions are still to go when each ladder is climbed so high."""
        missing, moves = self._target, 0
        spare = []
        for part, unit in zip(self._parts, self._units, strict=True):
            won = sum(heights[ladder] > rung for ladder, rung in part.reaching)
            answered = sum(heights[ladder] > 0 for ladder, _ in part.answering)
            reached = part.reached + won
            must = max(0, part.least - reached, part.unanswered - answered)
            moves += must
            missing -= unit * (reached + must)
            spare.append(part.questions - reached - must)
        for place in self._cheapest:
            if missing <= 0:
                break
            unit = self._units[place]
            more = min(spare[place], -(-missing // unit))
            moves += more
            missing -= unit * more
        return moves

    def rows(self) -> list[FinishRow]:
        """Return what a plan has to win so that nothing is left to go, as sums."""
        rows: list[FinishRow] = []
        whole: dict[LadderRung, int] = {}
        missing = self._target
        for part, unit in zip(self._parts, self._units, strict=True):
            whole |= dict.fromkeys(part.reaching, unit)
            missing -= unit * part.reached
            if part.reached < part.least:
                rows.append((dict.fromkeys(part.reaching, 1), part.least - part.reached))
            if part.unanswered:
                rows.append((dict.fromkeys(part.answering, 1), part.unanswered))
        return [*rows, (whole, missing)] if missing > 0 else rows

    def steps(self) -> dict[LadderRung, int]:
        """Return the rungs that can bring the distance down, each by one at most.

        Never less than what rungs bring together: who has won some of them has at least the
        others still to go. Where the mean is no matter, only what a dimension lacks counts.
        """
        missing = self._target - sum(
            unit * (part.reached + max(0, part.least - part.reached, part.unanswered))
            for part, unit in zip(self._parts, self._units, strict=True)
        )
        counting: dict[LadderRung, int] = {}
        for part in self._parts:
            if missing > 0 or part.reached < part.least or part.unanswered:
                counting |= dict.fromkeys(part.reaching, 1)
            if part.unanswered:
                counting |= dict.fromkeys(part.answering, 1)
        return counting
