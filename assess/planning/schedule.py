"""Place a set of options in working weeks, exactly.

Weeks are counted from 0 in here. Two integers do the work of loops:

- The room that is left in every week: hours, actions under way, and what may begin of each kind. A
  field for each number with a guard bit on top: taking a load away clears a guard exactly where
  the load does not fit.
- The first weeks that are left to an option: a block for each week, whose highest bit, the flag,
  says that the option may begin there. A block is wide enough for a whole room, so that one
  subtraction tries an option at all first weeks at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assess.planning.orders import Order
from assess.planning.problem import Problem


@dataclass(frozen=True, slots=True)
class Schedule:
    """First weeks that hold together, and the room that they leave."""

    first_weeks: Mapping[int, int]
    room: int


class _Load(NamedTuple):
    """What an option takes of the room."""

    once: int
    """When it begins in week 0."""
    everywhere: int
    """In the block of each week, when it begins there."""
    starts: int
    """The first weeks with which it fits when it is alone."""


_Shape = tuple[tuple[tuple[int, ...], ...], ...]
"""What a set is for a schedule: the kind of each option, and its orders."""

_Starts = dict[int, int]
"""The first weeks that are left to each option."""

_Lag = tuple[int, tuple[tuple[int, int], ...], int]
"""An order as flags see it: how far each other lasts, and the flag of the week, 0 for none."""


_TRIALS = 200
"""So many nodes are enough for nearly every set that is not packed to the brim."""


class NodeLimitReachedError(Exception):
    """The search was given up; what was found before still holds."""


class NodeBudget:
    """The search nodes that may still be visited, shared by all parts of one search."""

    __slots__ = ("left",)

    def __init__(self, limit: int) -> None:
        self.left = limit

    def spend(self) -> None:
        """Count one node.

        Raises:
            NodeLimitReachedError: There was none left.
        """
        if self.left <= 0:
            raise NodeLimitReachedError
        self.left -= 1


def positions(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Scheduler:
    """Places sets of options under the limits of each week; `fill` and places are not its own."""

    def __init__(self, problem: Problem, budget: NodeBudget) -> None:
        self._options = problem.options
        self._weeks = len(problem.capacity)
        self.budget = budget
        hours = max((h for option in problem.options for h in option.hours), default=0)
        limits = (
            max(*problem.capacity, hours) if problem.capacity else hours,
            max(*problem.at_once, 1) if problem.at_once else 1,
            max(problem.starts, 1),
            1,
            1,
        )
        self._offsets = [0]
        for limit in limits:
            self._offsets.append(self._offsets[-1] + limit.bit_length() + 1)
        self._week_bits = self._offsets.pop()
        guards = sum(1 << (end - 1) for end in (*self._offsets[1:], self._week_bits))
        guards = sum(guards << (self._week_bits * week) for week in range(self._weeks))
        self._room = guards + sum(
            self._pack((hours, under_way, problem.starts, 1, 1)) << (self._week_bits * week)
            for week, (hours, under_way) in enumerate(
                zip(problem.capacity, problem.at_once, strict=True)
            )
        )
        slot_field = (1 << (self._offsets[2] - 1)) - (1 << self._offsets[1])
        self._slot_fields = sum(slot_field << (self._week_bits * w) for w in range(self._weeks))
        room_bits = self._week_bits * self._weeks
        self._block = room_bits + 1
        self._every_week = sum(1 << (self._block * week) for week in range(self._weeks))
        self._guards = guards * self._every_week
        self._flags = self._every_week << room_bits
        # What carries into the flag of a block when all its guards are set, and only then.
        self._carry = self._flags - self._guards
        self._loads: dict[int, _Load] = {}
        kinds: dict[tuple[tuple[int, ...], int, int], int] = {}
        self._kinds = [
            kinds.setdefault((option.hours, option.kind, option.earliest), len(kinds))
            for option in problem.options
        ]
        self._found: dict[_Shape, tuple[list[int], Schedule | None]] = {}

    @property
    def empty(self) -> Schedule:
        """The schedule of no option at all."""
        return Schedule({}, self._room)

    def fits_alone(self, option: int) -> bool:
        """Tell whether an option can be placed when nothing else is."""
        return bool(self._load_of(option).starts)

    def extend(self, schedule: Schedule, option: int, orders: Sequence[Order]) -> Schedule | None:
        """Put an option where it first fits; quick, and may miss what `find` would find."""
        load = self._load_of(option)
        starts = load.starts & self._fitting(schedule.room * self._every_week, load.everywhere)
        first_weeks = dict(schedule.first_weeks)
        for order in orders:
            if order.option == option:
                ends = [first_weeks[o] + len(self._options[o].hours) for o in order.after]
                soonest = min(
                    ends if order.week is None else [*ends, order.week], default=self._weeks
                )
                starts &= -1 << (self._block * soonest)
        if not starts:
            return None
        first_weeks[option] = week = self._first_week(starts)
        for order in orders:
            if option in order.after and not self._keeps(order, first_weeks):
                return None
        return Schedule(first_weeks, schedule.room - (load.once << (self._week_bits * week)))

    def keeps(self, schedule: Schedule, orders: Iterable[Order]) -> bool:
        """Tell whether a schedule does all that orders ask."""
        return all(self._keeps(order, schedule.first_weeks) for order in orders)

    def find(self, options: Sequence[int], orders: Sequence[Order]) -> Schedule | None:
        """Any schedule of the set, or nothing if there is none."""
        # Options alike in hours, kind and orders are one to a schedule, so that what was found
        # for one set holds for many.
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
            starts = {option: self._load_of(option).starts for option in options}
            self._found[shape] = alike, self._search(options, starts, orders)
        known, schedule = self._found[shape]
        if schedule is None:
            return None
        first_weeks = schedule.first_weeks
        return Schedule(
            {option: first_weeks[twin] for option, twin in zip(alike, known, strict=True)},
            schedule.room,
        )

    def place(self, ranked: Sequence[int], orders: Sequence[Order], schedule: Schedule) -> Schedule:
        """The best schedule of a set that has one.

        Each option in turn begins as early as the ones before it, at their weeks, allow,
        as long as all that follow still fit.
        """
        lags = self._lags_of(orders)
        starts = {option: self._load_of(option).starts for option in ranked}
        _narrow(starts, lags)
        # Taking each at its first week is the answer whenever it comes out, which is mostly.
        schedule = self._dive(ranked, dict(starts), lags) or schedule
        room = self._room
        for number, option in enumerate(ranked, start=1):
            rest = ranked[number:]
            for first in self._flags_of(starts[option]):
                week, narrowed = self._first_week(first), starts | {option: first}
                left = room - (self._load_of(option).once << (self._week_bits * week))
                if not self._settle(left, rest, narrowed, lags):
                    continue
                if schedule.first_weeks[option] != week:
                    trial = dict(narrowed)
                    full = self._complete(left, rest, trial, lags)
                    if full is None:
                        continue
                    schedule = Schedule({o: self._first_week(trial[o]) for o in ranked}, full)
                starts, room = narrowed, left
                break
        return schedule

    def _dive(
        self, ranked: Sequence[int], starts: _Starts, lags: Sequence[_Lag]
    ) -> Schedule | None:
        room = self._room
        for number, option in enumerate(ranked, start=1):
            starts[option] &= -starts[option]
            week = self._first_week(starts[option])
            room -= self._load_of(option).once << (self._week_bits * week)
            if not self._settle(room, ranked[number:], starts, lags):
                return None
        return Schedule({option: self._first_week(starts[option]) for option in ranked}, room)

    def _lags_of(self, orders: Iterable[Order]) -> list[_Lag]:
        return [
            (
                option,
                tuple((o, self._block * len(self._options[o].hours)) for o in after),
                0 if week is None else self._flag(week),
            )
            for option, after, week in orders
        ]

    @staticmethod
    def _flags_of(starts: int) -> Iterator[int]:
        while starts:
            first = starts & -starts
            yield first
            starts ^= first

    def _pack(self, numbers: Iterable[int]) -> int:
        return sum(n << offset for n, offset in zip(numbers, self._offsets, strict=True))

    def _load_of(self, position: int) -> _Load:
        if position not in self._loads:
            option = self._options[position]
            last = self._weeks - len(option.hours)
            works = any(option.hours)
            once = sum(
                self._pack((hours, works, 0, 0, 0)) << (self._week_bits * week)
                for week, hours in enumerate(option.hours)
            ) + self._pack((0, 0, works, option.kind == 1, option.kind == 2))
            step = self._block + self._week_bits
            everywhere = sum(once << (step * week) for week in range(last + 1))
            starts = self._fitting(self._room * self._every_week, everywhere)
            starts &= self._before(last + 1) & -1 << (self._block * (option.earliest - 1))
            self._loads[position] = _Load(once, everywhere, starts)
        return self._loads[position]

    def _fitting(self, rooms: int, loads: int) -> int:
        """The first weeks with which loads fit the room, given in every block."""
        return self._flags & (((rooms - loads) & self._guards) + self._carry)

    def _first_week(self, starts: int) -> int:
        return (starts & -starts).bit_length() // self._block - 1

    def _flag(self, week: int) -> int:
        return 1 << (self._block * (week + 1) - 1)

    def _before(self, week: int) -> int:
        """All first weeks before a week."""
        return (1 << (self._block * max(week, 0))) - 1

    def _keeps(self, order: Order, first_weeks: Mapping[int, int]) -> bool:
        begins = first_weeks.get(order.option)
        if begins is None or (order.week is not None and begins >= order.week):
            return True
        return any(
            first_weeks[o] + len(self._options[o].hours) <= begins
            for o in order.after
            if o in first_weeks
        )

    def _search(
        self, options: Sequence[int], starts: _Starts, orders: Sequence[Order]
    ) -> Schedule | None:
        """Any schedule of the set with the first weeks that are left to each option."""
        lags = self._lags_of(orders)
        if not _narrow(starts, lags):
            return None
        lags += self._twins(options, orders)
        heaviest_first = sorted(options, key=lambda option: -self._options[option].effort)
        room = self._complete(self._room, heaviest_first, starts, lags)
        if room is None:
            return None
        return Schedule({option: self._first_week(starts[option]) for option in options}, room)

    def _twins(self, options: Sequence[int], orders: Sequence[Order]) -> Iterator[_Lag]:
        """Of two options that could change places, the first in the catalogue begins first."""
        bound = {o for order in orders for o in (order.option, *order.after)}
        last: dict[int, int] = {}
        for option in sorted(set(options) - bound):
            kind = self._kinds[option]
            if kind in last:
                yield option, ((last[kind], 0),), 0
            last[kind] = option

    def _complete(
        self, room: int, pending: Sequence[int], starts: _Starts, lags: Sequence[_Lag]
    ) -> int | None:
        """Leave one first week to each pending option, and give the room that is left then.

        Two ways to search, as each is lost where the other is at home.
        """
        trial, trials = dict(starts), NodeBudget(_TRIALS)
        try:
            left = self._fit(room, pending, trial, lags, trials)
        except NodeLimitReachedError:
            if not self.budget.left:
                raise
            trial = dict(starts)
            left = self._fill(room, pending, trial, lags, {})
        if left is not None:
            starts.update(trial)
        return left

    def _fit(
        self,
        room: int,
        pending: Sequence[int],
        starts: _Starts,
        lags: Sequence[_Lag],
        trials: NodeBudget,
    ) -> int | None:
        """Do what `_complete` does where there is room: what has the fewest weeks left goes first.

        Raises:
            NodeLimitReachedError: It is not as easy as that.
        """
        if not pending:
            return room
        self.budget.spend()
        trials.spend()
        option = min(pending, key=lambda option: starts[option].bit_count())
        rest = [other for other in pending if other != option]
        load, weeks = self._loads[option].once, starts[option]
        while weeks:
            first = weeks & -weeks
            weeks ^= first
            left = room - (load << (self._week_bits * self._first_week(first)))
            narrowed = starts | {option: first}
            if self._settle(left, rest, narrowed, lags):
                done = self._fit(left, rest, narrowed, lags, trials)
                if done is not None:
                    starts.update(narrowed)
                    return done
        return None

    def _fill(
        self,
        room: int,
        pending: Sequence[int],
        starts: _Starts,
        lags: Sequence[_Lag],
        put_off: Mapping[int, int],
    ) -> int | None:
        """Do what `_complete` does where the room is nearly full.

        Weeks are filled from the first on. What could begin soonest does, or is put off: then
        it waits until something else has taken that week from it. A schedule in which it could
        still be moved there is no loss, because the one in which it is moved is met elsewhere.
        """
        if not pending:
            return room
        put_off = dict(put_off)
        while True:
            self.budget.spend()
            able = [o for o in pending if put_off.get(o) != starts[o] & -starts[o]]
            if not able or self._wastes(room, pending, starts, put_off):
                return None
            option = min(able, key=lambda o: starts[o] & -starts[o])
            first = starts[option] & -starts[option]
            rest = [other for other in pending if other != option]
            week = self._first_week(first)
            left = room - (self._loads[option].once << (self._week_bits * week))
            narrowed = starts | {option: first}
            if self._settle(left, rest, narrowed, lags):
                done = self._fill(left, rest, narrowed, lags, put_off)
                if done is not None:
                    starts.update(narrowed)
                    return done
            put_off[option] = first

    def _wastes(
        self, room: int, pending: Sequence[int], starts: _Starts, put_off: Mapping[int, int]
    ) -> bool:
        """Tell whether the weeks from the first that is still used on have too little left."""
        soonest = min(
            (left & -left if (left := starts[o] & ~put_off.get(o, 0)) else starts[o])
            for o in pending
        )
        later = room >> (self._week_bits * self._first_week(soonest))
        # The remainder by a power of 2 less 1 is the sum of the digits, here of the weeks.
        digits = (1 << self._week_bits) - 1
        slots = (later & self._slot_fields) % digits >> self._offsets[1]
        weeks = sum(len(o.hours) for p in pending if (o := self._options[p]).effort)
        return weeks > slots

    def _settle(
        self, room: int, pending: Sequence[int], starts: _Starts, lags: Sequence[_Lag]
    ) -> bool:
        """Take from each pending option the first weeks that fit neither the room nor orders."""
        rooms, guards, carry = room * self._every_week, self._guards, self._carry
        for option in pending:
            load = self._loads[option].everywhere
            fitting = starts[option] & (((rooms - load) & guards) + carry)
            if not fitting:
                return False
            starts[option] = fitting
        return not lags or _narrow(starts, lags)


def _narrow(starts: _Starts, lags: Sequence[_Lag]) -> bool:
    """Take from each option the first weeks that orders forbid; false if one has none left."""
    for option, after, floor in lags:
        # The flag of the soonest week in which one of the others has ended.
        soonest = min([(starts[o] & -starts[o]) << lag for o, lag in after], default=floor)
        starts[option] &= -(min(soonest, floor) if floor else soonest)
    for option, after, floor in reversed(lags):
        # What only one other can allow holds that one back as well.
        if len(after) == 1 and not floor:
            other, lag = after[0]
            starts[other] &= (1 << max(starts[option].bit_length() - lag, 0)) - 1
    return all(starts.values())
