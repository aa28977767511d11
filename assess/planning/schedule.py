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
from assess.planning.problem import PlanningProblem


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


_TRIALS = 60
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

    def __init__(self, problem: PlanningProblem, budget: NodeBudget) -> None:
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
            self._pack((hours, under_way, problem.starts_in(week), 1, 1))
            << (self._week_bits * week)
            for week, (hours, under_way) in enumerate(
                zip(problem.capacity, problem.at_once, strict=True)
            )
        )
        room_bits = self._week_bits * self._weeks
        self._block = room_bits + 1
        self._every_week = sum(1 << (self._block * week) for week in range(self._weeks))
        self._week_guards = guards
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
        hour_field = (1 << (self._offsets[1] - 1)) - 1
        self._hour_fields = sum(hour_field << (self._week_bits * w) for w in range(self._weeks))
        lane_fields = (1 << self._offsets[3]) - (1 << self._offsets[1])
        self._lane_fields = sum(lane_fields << (self._week_bits * w) for w in range(self._weeks))
        self._lanes: dict[tuple[int, int], tuple[int, ...]] = {}
        self._shares: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}
        self._found: dict[_Shape, tuple[list[int], Schedule | None]] = {}

    @property
    def empty(self) -> Schedule:
        """The schedule of no option at all."""
        return Schedule({}, self._room)

    def at(self, first_weeks: Mapping[int, int]) -> Schedule:
        """The schedule of options at weeks that are known to hold together."""
        loads = (
            self._load_of(option).once << (self._week_bits * week)
            for option, week in first_weeks.items()
        )
        return Schedule(first_weeks, self._room - sum(loads))

    @property
    def weeks(self) -> int:
        return self._weeks

    @property
    def beyond(self) -> int:
        """A flag after all weeks."""
        return self.flag(2 * self._weeks)

    def idle_kind(self, option: int) -> int:
        """The kind of what takes no hours; 0 for all that does."""
        return 0 if self._options[option].effort else self._options[option].kind

    def length_of(self, option: int) -> int:
        return len(self._options[option].hours)

    def later(self, room: int, week: int) -> int:
        """The part of a room from a week on."""
        return room >> (self._week_bits * week)

    def take(self, room: int, option: int, week: int) -> int | None:
        """What an option leaves of a room when it begins in a week; nothing if it does not fit."""
        left = room - (self._load_of(option).once << (self._week_bits * week))
        return left if left & self._week_guards == self._week_guards else None

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
                0 if week is None else self.flag(week),
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

    def flag(self, week: int) -> int:
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
        if not self.packs(self._room, options, 0) or not _narrow(starts, lags):
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
            return _March(self, pending, starts, lags).run(room)
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

    def packs(self, room: int, options: Iterable[int], first: int) -> bool:
        """Tell whether the lengths of options fit into the places that are free from a week on.

        What is under way one after the other takes one lane, and there are never more lanes than
        places. Where places only become more, each lane is free from some week to the end, and
        lengths have to be shared out among the lanes; where one is taken again, more is assumed.
        """
        if sum(self._options[o].effort for o in options) > self._hours_from(room, first):
            return False
        lengths = [len(o.hours) for p in options if (o := self._options[p]).effort]
        lengths.sort(reverse=True)
        return self._shared_out(tuple(lengths), self._lanes_of(room, first))

    def _hours_from(self, room: int, first: int) -> int:
        """The hours that are free from a week on."""
        # The remainder by a power of 2 less 1 is the sum of the digits, here of the weeks.
        later = room >> (self._week_bits * first) & self._hour_fields
        return later % ((1 << self._week_bits) - 1)

    def _lanes_of(self, room: int, first: int) -> tuple[int, ...]:
        """How many weeks each lane is free from a week on, the longest first."""
        key = room >> (self._week_bits * first) & self._lane_fields, first
        if key not in self._lanes:
            slots = (1 << (self._offsets[2] - self._offsets[1] - 1)) - 1
            begin = (1 << (self._offsets[3] - self._offsets[2] - 1)) - 1
            lanes: list[int] = []
            beginning = 0
            for week in range(first, self._weeks):
                here = room >> (self._week_bits * week)
                beginning += here >> self._offsets[2] & begin
                free = min(here >> self._offsets[1] & slots, beginning)
                lanes += [self._weeks - week] * (free - len(lanes))
            self._lanes[key] = tuple(lanes)
        return self._lanes[key]

    def _shared_out(self, lengths: tuple[int, ...], lanes: tuple[int, ...]) -> bool:
        """Tell whether lengths, the longest first, can be shared out among lanes."""
        if not lengths:
            return True
        key = lengths, lanes
        if key not in self._shares:
            longest, *rest = lengths
            self._shares[key] = sum(lengths) <= sum(lanes) and any(
                self._shared_out(
                    tuple(rest),
                    tuple(sorted((*lanes[:i], lane - longest, *lanes[i + 1 :]), reverse=True)),
                )
                for i, lane in enumerate(lanes)
                if lane >= longest and lane not in lanes[:i]
            )
        return self._shares[key]

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


class _March:
    """Places options week by week, where there is so little room that weeks must be filled.

    What can still be done depends on the week, on what is pending, and on the room from there on,
    however it came to that; so no such state is entered twice. Without that, a search in a room
    that is nearly full forever changes what came first.
    """

    def __init__(
        self, scheduler: "Scheduler", options: Sequence[int], starts: _Starts, lags: Sequence[_Lag]
    ) -> None:
        self._scheduler, self._starts = scheduler, starts
        self._options = sorted(options, key=lambda o: (-scheduler.length_of(o), o))
        self._lags: dict[int, list[_Lag]] = {}
        self._twins: dict[int, int] = {}
        for lag in lags:
            option, after, floor = lag
            if not floor and after[:1] and not after[0][1]:
                self._twins[option] = after[0][0]
            else:
                self._lags.setdefault(option, []).append(lag)
        bound = {o for option, after, _ in lags for o in (option, *(one for one, _ in after))}
        self._idle = {o: kind for o in options if (kind := scheduler.idle_kind(o))}
        self._loose = self._idle.keys() - bound
        self._dead: set[tuple[int, ...]] = set()

    def run(self, room: int) -> int | None:
        """Leave one first week to each option, and give the room that is left then."""
        fixed = {o: flag for o, flag in self._starts.items() if o not in self._options}
        found = self._go(0, room, self._options, fixed)
        if found is None:
            return None
        left, begun = found
        self._starts.update(begun)
        return left

    def _go(
        self, week: int, room: int, pending: Sequence[int], begun: Mapping[int, int]
    ) -> tuple[int, Mapping[int, int]] | None:
        """Begin what can begin, from a week on."""
        if not pending:
            return room, begun
        scheduler, starts = self._scheduler, self._starts
        if week == scheduler.weeks:
            return None
        now = scheduler.flag(week)
        able, state = [], [week, scheduler.later(room, week)]
        for option in pending:
            if starts[option] < now:
                return None
            soonest = max(self._soonest(option, begun), now) if option in self._lags else now
            state += [option, soonest]
            if soonest == now and starts[option] & now:
                able.append(option)
        key = tuple(state)
        if key in self._dead or not scheduler.packs(room, pending, week):
            return None
        scheduler.budget.spend()
        found = self._choose(week, room, pending, begun, self._without_rivals(able))
        if found is None:
            self._dead.add(key)
        return found

    def _without_rivals(self, able: Sequence[int]) -> list[int]:
        """Leave out what takes no hours where another such that nothing waits for is in more haste.

        One of each kind may begin in a week, and of those the one with the fewest weeks left.
        """
        hasty = {
            self._idle[o]: o
            for o in sorted(self._loose.intersection(able), key=lambda o: -self._starts[o])
        }
        return [o for o in able if o not in self._loose or hasty[self._idle[o]] == o]

    def _choose(
        self,
        week: int,
        room: int,
        pending: Sequence[int],
        begun: Mapping[int, int],
        able: Sequence[int],
    ) -> tuple[int, Mapping[int, int]] | None:
        """Begin some of what is able to in a week, the more the better, and go on to the next."""
        if not able:
            return self._go(week + 1, room, pending, begun)
        option, *others = able
        now = self._scheduler.flag(week)
        kind = self._idle.get(option)
        if self._twins.get(option) not in pending:
            left = self._scheduler.take(room, option, week)
            if left is not None:
                rest = [other for other in pending if other != option]
                found = self._choose(week, left, rest, {**begun, option: now}, others)
                # What takes no hours never has to wait, unless for another of its kind.
                if found or (kind and all(self._idle.get(o) != kind for o in others)):
                    return found
        return self._choose(week, room, pending, begun, others)

    def _soonest(self, option: int, begun: Mapping[int, int]) -> int:
        """The flag of the first week that orders allow; beyond all weeks while that is open."""
        soonest = 0
        for _, after, floor in self._lags[option]:
            ends = [begun[o] << lag for o, lag in after if o in begun]
            ends += [floor] if floor else []
            soonest = max(soonest, min(ends, default=self._scheduler.beyond))
        return soonest


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
