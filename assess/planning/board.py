"""A problem as a search sees it: what is worth choosing, what it wins, and how sets compare."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import accumulate

from assess.planning.finish import Finish
from assess.planning.orders import Order, find_orders
from assess.planning.problem import (
    Choice,
    LadderRung,
    PlanningProblem,
    height,
    offered_rungs,
    positions,
)
from assess.planning.relaxation import Aim, Limit, PriceRow

Score = tuple[int, int, int, int, int, int]
"""What a set is worth at each level; sets compare like these."""


_COMBS = ((1, 1), (2, 1), (3, 2), (5, 2))
"""After how many weeks some of them return, and how many. More of them tell little more."""


class BoardLevel(IntEnum):
    """What makes one set better than another, the weightiest first."""

    MUSTS = 0
    ANNOUNCED = 1
    FINISHED = 2
    VALUE = 3
    DISTANCE = 4
    EFFORT = 5
    """And all that decides among equals: the fewest options, then catalogue order."""


class Board:
    """What is left of a problem once everything is away that can be in no best set.

    Rungs that are worth winning have numbers, in the order of the ladders. `free` rungs are
    those that need no option, because what is under way offers them.
    """

    def __init__(self, problem: PlanningProblem, fits_alone: Callable[[int], bool]) -> None:
        self.problem = problem
        self._begun = {n: rungs for n, rungs in enumerate(offered_rungs(problem, ())) if rungs}
        self._finish = Finish(problem.stage) if problem.stage else None
        self._steps = self._finish.steps() if self._finish else {}
        usable, self._tops = self._find_usable(fits_alone)
        self._number_rungs(usable, self._tops)
        useful = set(self.number)
        needed = {need for o in usable for need in problem.options[o].needs}
        begun = {rung for action in problem.under_way for rung in action.offers}
        self.free = frozenset(n for rung, n in self.number.items() if rung in begun)
        self.options = [
            o
            for o in sorted(usable)
            if (option := problem.options[o]).must
            or option.announced
            or any(r in useful and (r not in begun or r in needed) for r in option.offers)
        ]
        count = len(problem.options)
        self.offers: list[list[int]] = [[] for _ in range(count)]
        self.needs: list[list[int]] = [[] for _ in range(count)]
        self.offering: list[list[int]] = [[] for _ in self.number]
        self.offering_mask = [0] * len(self.number)
        for o in self.options:
            self.offers[o] = [self.number[r] for r in problem.options[o].offers if r in useful]
            self.needs[o] = [self.number[r] for r in problem.options[o].needs]
            for rung in self.offers[o]:
                self.offering[rung].append(o)
                self.offering_mask[rung] |= 1 << o
        self._free_mask = sum(1 << rung for rung in self.free)
        self._offers_mask = [sum(1 << rung for rung in offers) for offers in self.offers]
        self.below = [0] * len(self.number)
        for ladder in self.ladders:
            for place, rung in enumerate(ladder, start=1):
                self.below[rung] = sum(1 << lower for lower in ladder[:place])
        self.limits = self._make_limits()

    def _find_usable(self, fits_alone: Callable[[int], bool]) -> tuple[set[int], list[int]]:
        """The options whose needs can be won, and how high each ladder can be climbed."""
        problem = self.problem
        usable = {
            o
            for o, option in enumerate(problem.options)
            if option.effort <= problem.fill and fits_alone(o)
        }
        while True:
            tops = [height(rungs) for rungs in offered_rungs(problem, sorted(usable))]
            stuck = {
                o
                for o in usable
                if any(tops[ladder] <= rung for ladder, rung in problem.options[o].needs)
            }
            if not stuck:
                return usable, tops
            usable -= stuck

    def _number_rungs(self, usable: set[int], tops: Sequence[int]) -> None:
        """Number the rungs up to the last of each ladder that is good for something."""
        worth = {
            (ladder, rung)
            for ladder, weights in enumerate(self.problem.ladders)
            for rung, weight in enumerate(weights)
            if weight
        }
        worth.update(self._steps)
        worth.update(need for o in usable for need in self.problem.options[o].needs)
        self.number: dict[LadderRung, int] = {}
        self.ladders: list[list[int]] = []
        self.place: list[LadderRung] = []
        for ladder, top in enumerate(tops):
            last = max((r for r in range(top) if (ladder, r) in worth), default=-1)
            rungs = [(ladder, rung) for rung in range(last + 1)]
            self.ladders.append(list(range(len(self.place), len(self.place) + len(rungs))))
            self.number |= {rung: len(self.place) + i for i, rung in enumerate(rungs)}
            self.place += rungs

    def _make_limits(self) -> list[Limit]:
        """Everything that runs short in a way that is a sum over weeks."""
        problem, options = self.problem, self.problem.options
        free = [option.must or option.preparation for option in options]
        priorities = [
            int(o.kind == 0 and not free_) for o, free_ in zip(options, free, strict=True)
        ]
        decisions = [int(o.kind == 1 and not free_) for o, free_ in zip(options, free, strict=True)]
        return [
            Limit(problem.priorities, priorities),
            Limit(problem.decisions, decisions),
            Limit(min(problem.fill, sum(problem.capacity)), [o.effort for o in options]),
            *self._places(),
        ]

    def _places(self) -> Iterator[Limit]:
        """Places under way in all weeks, and in some weeks that return.

        Of each action the weeks count that it cannot avoid, wherever it begins: what lasts five
        weeks of thirteen is under way in two of the weeks 4, 5, 9 and 10, and so a lane has room
        for two of them, not for two and three fifths.
        """
        slots, weeks = self._slots(), range(len(self.problem.capacity))
        spans = [
            (option.earliest - 1, len(option.hours) if option.effort else 0)
            for option in self.problem.options
        ]
        combs = [[week % cycle >= cycle - width for week in weeks] for cycle, width in _COMBS]
        for comb in combs:
            sums = [0, *accumulate(comb)]
            least = {
                (first, length): min(
                    [sums[w + length] - sums[w] for w in range(first, len(weeks) - length + 1)],
                    default=0,
                )
                for first, length in set(spans)
            }
            yield Limit(
                sum(slot for slot, counts in zip(slots, comb, strict=True) if counts),
                [least[span] for span in spans],
            )

    def _slots(self) -> list[int]:
        """How many actions with hours can be under way in each week, given how many may begin."""
        starts = self.problem.starts
        return [min(most, starts * week) for week, most in enumerate(self.problem.at_once, 1)]

    def aim(self, level: BoardLevel) -> Aim:
        """Return what a level counts, as a sum."""
        options = self.problem.options
        if level in (BoardLevel.MUSTS, BoardLevel.ANNOUNCED):
            wanted = {
                o: 1
                for o in self.options
                if (options[o].must if level == BoardLevel.MUSTS else options[o].announced)
            }
            return Aim(options=wanted)
        if level == BoardLevel.VALUE:
            weights = {
                n: self.problem.ladders[ladder][rung] for (ladder, rung), n in self.number.items()
            }
            return Aim(rungs=weights)
        if level == BoardLevel.EFFORT:
            own = {o: self._cost(o) for o in self.options}
            return Aim(options=own, unit=1 << self._effort_bits)
        steps = {self.number[rung]: 1 for rung in self._steps if rung in self.number}
        return Aim(rungs=steps, constant=-self._distance(self._begun_heights()))

    def finish_rows(self) -> list[PriceRow]:
        """Return what a set has to win so that the stage is finished."""
        rows = self._finish.rows() if self._finish else []
        return [
            PriceRow(
                Aim({self.number[r]: w for r, w in weights.items() if r in self.number}), least
            )
            for weights, least in rows
        ]

    def most(self, level: BoardLevel) -> int | None:
        """Return what a level can be at most, where that is known beforehand."""
        if level in (BoardLevel.MUSTS, BoardLevel.ANNOUNCED):
            return len(self.aim(level).options)
        if level in (BoardLevel.FINISHED, BoardLevel.DISTANCE):
            # What all together cannot finish needs no search.
            nearest = self._distance(self._tops)
            return int(nearest == 0) if level == BoardLevel.FINISHED else -nearest
        return None

    @property
    def _effort_bits(self) -> int:
        count = len(self.problem.options)
        return count + count.bit_length() + 1

    def _cost(self, option: int) -> int:
        """What choosing an option costs, and how little less for an earlier one."""
        count = len(self.problem.options)
        effort = self.problem.options[option].effort << self._effort_bits
        return (1 << (count - 1 - option)) - (1 << count) - effort

    def _begun_heights(self) -> list[int]:
        return [height(rungs) for rungs in offered_rungs(self.problem, ())]

    def _distance(self, heights: Sequence[int]) -> int:
        return self._finish.distance(heights) if self._finish else 0

    def value(self, chosen: Iterable[int]) -> int:
        """Return the weights of the rungs that a set wins."""
        offered = self._begun.copy()
        for option in chosen:
            for ladder, rung in self.problem.options[option].offers:
                offered[ladder] = offered.get(ladder, 0) | 1 << rung
        return sum(
            sum(self.problem.ladders[ladder][: height(rungs)]) for ladder, rungs in offered.items()
        )

    def score(self, chosen: Iterable[int]) -> Score:
        """Return what a set is worth at each level, exactly."""
        chosen, options = list(chosen), self.problem.options
        distance = 0
        if self._finish:
            heights = [height(rungs) for rungs in offered_rungs(self.problem, chosen)]
            distance = self._finish.distance(heights)
        return (
            sum(options[o].must for o in chosen),
            sum(options[o].announced for o in chosen),
            int(distance == 0),
            self.value(chosen),
            -distance,
            sum(map(self._cost, chosen)),
        )

    def is_closed(self, chosen: Iterable[int], covered: int) -> bool:
        """Tell whether everything that a set needs is won by it, `covered` being its rungs."""
        return all(not self.below[need] & ~covered for o in chosen for need in self.needs[o])

    def cover(self, chosen: Iterable[int]) -> int:
        """Return the rungs that a set offers or that need no option."""
        covered = self._free_mask
        for option in chosen:
            covered |= self._offers_mask[option]
        return covered

    def orders(self, chosen: Sequence[int], undecided: int) -> list[Order]:
        """Return what of a set has to wait for what, whoever of the undecided is chosen too."""

        def is_open(rung: LadderRung) -> bool:
            number = self.number.get(rung)
            return number is not None and bool(self.offering_mask[number] & undecided)

        return find_orders(self.problem, chosen, is_open)

    def find_late(self, chosen: Sequence[int], covered: int, undecided: int) -> int | None:
        """Return which of the undecided cannot end in time beside a set; None if it cannot itself.

        Hours and places aside, everything begins as soon as something that is chosen, or still
        may be, has won what it waits for. Two that wait for each other alone push each other
        past the end. `covered` are the rungs of the set.
        """
        options, weeks = self.problem.options, len(self.problem.capacity)
        lengths = {o: len(options[o].hours) for o in (*chosen, *positions(undecided))}
        waits = {o: rungs for o in lengths if (rungs := self._list_waits(o, covered))}
        if waits.keys().isdisjoint(chosen):
            return 0
        ends = {o: options[o].earliest - 1 + length for o, length in lengths.items()}
        never, moved = weeks + 1, True
        while moved:
            moved = False
            for o, rungs in waits.items():
                for rung in rungs:
                    others = [ends[x] for x in self.offering[rung] if x != o and x in ends]
                    end = min(min(others, default=never) + lengths[o], never)
                    if end > ends[o]:
                        ends[o], moved = end, True
        if any(ends[o] == never for o in chosen):
            return None
        return sum(1 << o for o, end in ends.items() if end == never)

    def _list_waits(self, option: int, covered: int) -> list[int]:
        """Return the rungs for which an option waits whatever is added to a set."""
        lower = [(rung - 1, self.below[rung] ^ 1 << rung) for rung in self.offers[option]]
        below = [rung for rung, mask in lower if mask and not mask & ~covered]
        return [rung for rung in (*self.needs[option], *below) if rung not in self.free]

    def rank(self, chosen: Iterable[int]) -> list[int]:
        """Return a set in order of importance."""
        chosen, options = list(chosen), self.problem.options
        heights = [height(rungs) for rungs in offered_rungs(self.problem, chosen)]

        def rank_of(o: int) -> tuple[bool, int, int]:
            value = sum(
                self.problem.ladders[ladder][rung]
                for ladder, rung in options[o].offers
                if heights[ladder] > rung
            )
            return not (options[o].must or options[o].preparation), -value, o

        return sorted(chosen, key=rank_of)

    def describe(self, first_weeks: Mapping[int, int], *, proven: bool) -> Choice:
        """Return a schedule as the answer to the problem."""
        score = self.score(first_weeks)
        chosen = sorted(first_weeks)
        return Choice(
            first_weeks={o: first_weeks[o] + 1 for o in chosen},
            musts=score[BoardLevel.MUSTS],
            announced=score[BoardLevel.ANNOUNCED],
            value=score[BoardLevel.VALUE],
            distance=-score[BoardLevel.DISTANCE] if self._finish else None,
            effort=sum(self.problem.options[o].effort for o in chosen),
            proven=proven,
        )
