"""Place a set of options in working weeks, exactly. Weeks are counted from 0 in here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assess.planning.grid import Grid
from assess.planning.orders import Order
from assess.planning.packing import Lag, Lanes, NodeBudget, Packing, Starts, flags_of
from assess.planning.problem import PlanningProblem
from assess.record import record


@record
class Schedule:
    """First weeks that hold together, and the room that they leave."""

    first_weeks: Mapping[int, int]
    room: int


_Shape = tuple[tuple[tuple[int, ...], ...], ...]
"""What a set is for a schedule: the kind of each option, and its orders."""


class Scheduler:
    """Places sets of options under the limits of each week; `fill` and places are not its own."""

    def __init__(self, problem: PlanningProblem, budget: NodeBudget) -> None:
        self._options = problem.options
        self._grid = grid = Grid(problem)
        self._lanes = Lanes(grid)
        self.budget = budget
        kinds: dict[tuple[tuple[int, ...], int, int], int] = {}
        self._kinds = [
            kinds.setdefault((option.hours, option.kind, option.earliest), len(kinds))
            for option in problem.options
        ]
        self._found: dict[_Shape, tuple[list[int], Mapping[int, int] | None]] = {}

    @property
    def empty(self) -> Schedule:
        """The schedule of no option at all."""
        return Schedule({}, self._grid.room)

    def at(self, first_weeks: Mapping[int, int]) -> Schedule:
        """The schedule of options at weeks that are known to hold together."""
        room = self._grid.room
        for option, week in first_weeks.items():
            room = self._grid.take(room, option, self._grid.flag(week))
        return Schedule(first_weeks, room)

    def fits_alone(self, option: int) -> bool:
        """Tell whether an option can be placed when nothing else is."""
        return bool(self._grid.starts[option])

    def extend(self, schedule: Schedule, option: int, orders: Sequence[Order]) -> Schedule | None:
        """Put an option where it first fits; quick, and may miss what `find` would find."""
        grid = self._grid
        starts = grid.fitting(schedule.room, option)
        first_weeks = dict(schedule.first_weeks)
        for order in orders:
            if order.option == option:
                ends = [first_weeks[o] + len(self._options[o].hours) for o in order.after]
                ends += [] if order.week is None else [order.week]
                starts &= grid.since(min(ends, default=grid.weeks))
        if not starts:
            return None
        first_weeks[option] = grid.week_of(starts)
        extended = Schedule(first_weeks, grid.take(schedule.room, option, starts))
        waiting = (order for order in orders if option in order.after)
        return extended if self.keeps(extended, waiting) else None

    def keeps(self, schedule: Schedule, orders: Iterable[Order]) -> bool:
        """Tell whether a schedule does all that orders ask."""
        return all(self._keeps(order, schedule.first_weeks) for order in orders)

    def find(self, options: Sequence[int], orders: Sequence[Order]) -> Schedule | None:
        """Any schedule of the set, or nothing if there is none."""
        first_weeks: dict[int, int] = {}
        for part in self._part(options, orders):
            found = self._find_alike(part, [order for order in orders if order.option in part])
            if found is None:
                return None
            first_weeks |= found
        return self.at(first_weeks)

    def _part(self, options: Sequence[int], orders: Sequence[Order]) -> Iterator[Sequence[int]]:
        """Part a set in two that are no matter to each other.

        What takes no hours takes nothing but the beginnings of its kind. Where no order ties it to
        what does, it is alone with its like, and sets that differ in it alone are one search.
        """
        kinds = [option.kind for option in self._options]
        shared = {kinds[option] for option in options if self._grid.lengths[option]}
        tied = [{kinds[o] for o in (order.option, *order.after)} for order in orders]
        for together in (*tied, *tied):
            shared |= together if together & shared else set()
        yield [option for option in options if kinds[option] in shared]
        yield [option for option in options if kinds[option] not in shared]

    def _find_alike(
        self, options: Sequence[int], orders: Sequence[Order]
    ) -> Mapping[int, int] | None:
        """First weeks as they were found for a set of the same shape, or are found now.

        Options alike in hours, kind and orders are one to a schedule.
        """
        alike = sorted(options, key=self._kinds.__getitem__)
        places = {option: place for place, option in enumerate(alike)}
        ordered: dict[int, list[tuple[int, ...]]] = {}
        for option, after, week in orders:
            key = (-1 if week is None else week, *sorted(map(places.__getitem__, after)))
            ordered.setdefault(option, []).append(key)
        shape = tuple(
            ((self._kinds[option],), *sorted(ordered.get(option, ()))) for option in alike
        )
        if shape not in self._found:
            self._found[shape] = alike, self._search(options, orders)
        known, first_weeks = self._found[shape]
        if first_weeks is None:
            return None
        return {option: first_weeks[twin] for option, twin in zip(alike, known, strict=True)}

    def place(self, ranked: Sequence[int], orders: Sequence[Order], schedule: Schedule) -> Schedule:
        """The best schedule of a set that has one.

        Each option in turn begins as early as the ones before it, at their weeks, allow,
        as long as all that follow still fit.
        """
        grid = self._grid
        packing = Packing(grid, self._lanes, self.budget, self._lags_of(orders))
        starts: Starts = {option: grid.starts[option] for option in ranked}
        packing.narrow(starts)
        # Taking each at its first week is the answer whenever it comes out, which is mostly.
        schedule = self._dive(packing, ranked, dict(starts)) or schedule
        room = grid.room
        for number, option in enumerate(ranked, start=1):
            rest = ranked[number:]
            for first in flags_of(starts[option]):
                narrowed, left = starts | {option: first}, grid.take(room, option, first)
                if not packing.settle(left, rest, narrowed):
                    continue
                if schedule.first_weeks[option] != grid.week_of(first):
                    trial = dict(narrowed)
                    if packing.complete(left, rest, trial) is None:
                        continue
                    schedule = self.at(self._read(trial))
                starts, room = narrowed, left
                break
        return schedule

    def _dive(self, packing: Packing, ranked: Sequence[int], starts: Starts) -> Schedule | None:
        room = self._grid.room
        for number, option in enumerate(ranked, start=1):
            starts[option] &= -starts[option]
            room = self._grid.take(room, option, starts[option])
            if not packing.settle(room, ranked[number:], starts):
                return None
        return self.at(self._read(starts))

    def _search(self, options: Sequence[int], orders: Sequence[Order]) -> Mapping[int, int] | None:
        grid = self._grid
        lags = [*self._lags_of(orders), *self._twins(options, orders)]
        packing = Packing(grid, self._lanes, self.budget, lags)
        starts: Starts = {option: grid.starts[option] for option in options}
        if not packing.settle(grid.room, options, starts):
            return None
        if packing.complete(grid.room, options, starts) is None:
            return None
        return self._read(starts)

    def _read(self, starts: Starts) -> Mapping[int, int]:
        return {option: self._grid.week_of(flag) for option, flag in starts.items()}

    def _lags_of(self, orders: Iterable[Order]) -> list[Lag]:
        return [
            (
                option,
                tuple((o, self._grid.lag(o)) for o in after),
                0 if week is None else self._grid.flag(week),
            )
            for option, after, week in orders
        ]

    def _twins(self, options: Sequence[int], orders: Sequence[Order]) -> Iterator[Lag]:
        """Of two options that could change places, the first in the catalogue begins first."""
        bound = {o for order in orders for o in (order.option, *order.after)}
        last: dict[int, int] = {}
        for option in sorted(set(options) - bound):
            kind = self._kinds[option]
            if kind in last:
                yield option, ((last[kind], 0),), 0
            last[kind] = option

    def _keeps(self, order: Order, first_weeks: Mapping[int, int]) -> bool:
        begins = first_weeks.get(order.option)
        if begins is None or (order.week is not None and begins >= order.week):
            return True
        return any(
            first_weeks[o] + len(self._options[o].hours) <= begins
            for o in order.after
            if o in first_weeks
        )
