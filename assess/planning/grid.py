"""The room of working weeks, in two integers that do the work of loops.

Weeks are counted from 0 in here.

- A *room* is what is left in every week: hours, actions under way, and what may begin of each
  kind. A field for each number with a guard bit on top: taking a load away clears a guard exactly
  where the load does not fit.
- *Starts* are the first weeks that are left to an option: a block for each week, whose highest
  bit, the flag, says that the option may begin there. A block is wide enough for a whole room, so
  that one subtraction tries an option at all first weeks at once.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from assess.planning.problem import PlanningOption, PlanningProblem


class Grid:
    """The room of one problem, and what each of its options takes of it."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem, options = problem, problem.options
        self.weeks = len(problem.capacity)
        most = (
            max([*problem.capacity, *(h for option in options for h in option.hours)], default=0),
            max([*problem.at_once, 1]),
            max(problem.starts, 1),
            1,
            1,
        )
        bits = [number.bit_length() + 1 for number in most]
        *self._offsets, self._week_bits = accumulate(bits, initial=0)
        guards = sum(1 << (offset + n - 1) for offset, n in zip(self._offsets, bits, strict=True))
        each_week = sum(1 << (self._week_bits * week) for week in range(self.weeks))
        self._top = each_week << (self._week_bits - 1)
        self._places = each_week * ((1 << (bits[1] - 1)) - 1)
        self.room = each_week * guards + self._make_room()
        self._block = self._week_bits * self.weeks + 1
        self.every_week = sum(1 << (self._block * week) for week in range(self.weeks))
        self.guards = each_week * guards * self.every_week
        flags = self.every_week << (self._block - 1)
        # What carries into the flag of a block when all its guards are set, and only then.
        self.carry = flags - self.guards
        self.lengths = [len(option.hours) if option.effort else 0 for option in options]
        """For how many weeks each option takes a place under way."""
        self.weight = [(1 << 24) // (1 + o.effort * len(o.hours)) for o in options]
        """The smaller, the more an option takes."""
        self._once = [self._load_of(option) for option in options]
        self.everywhere = [self._repeat(option) for option in range(len(options))]
        """What an option takes in the block of each week, when it begins there."""
        self.starts = [flags] * len(options)
        """The first weeks with which an option fits when it is alone."""
        self.starts = [self._fit_alone(option) for option in range(len(options))]
        self._covers: list[dict[int, int]] = [{} for _ in range(max([*self.lengths, 0]) + 1)]

    def fitting(self, room: int, option: int) -> int:
        """The starts with which an option fits a room."""
        rooms = room * self.every_week
        return self.starts[option] & (
            ((rooms - self.everywhere[option]) & self.guards) + self.carry
        )

    def take(self, room: int, option: int, flag: int) -> int:
        """What an option that fits leaves of a room when it begins at a flag."""
        return room - (self._once[option] << (self._week_bits * self.week_of(flag)))

    def week_of(self, starts: int) -> int:
        """The first week of starts."""
        return (starts & -starts).bit_length() // self._block - 1

    def flag(self, week: int) -> int:
        """The flag of a week."""
        return 1 << (self._block * (week + 1) - 1)

    def lag(self, option: int) -> int:
        """By so much a flag moves on until an option has ended."""
        return self._block * len(self._problem.options[option].hours)

    def since(self, week: int) -> int:
        """All starts from a week on."""
        return -1 << (self._block * week)

    def between(self, first: int, last: int) -> int:
        """All starts in some weeks, both included."""
        return self.since(max(first, 0)) & ~self.since(max(last + 1, 0))

    def places(self, room: int) -> int:
        """How many may still be under way in each week, a field for each."""
        return room >> self._offsets[1] & self._places

    def cover(self, length: int, starts: int) -> int:
        """1 for each week in which work of some weeks may be under way when it begins at starts."""
        known = self._covers[length].get(starts)
        if known is None:
            known, left = 0, starts
            span = sum(1 << (self._week_bits * week) for week in range(length))
            while left:
                known |= span << (self._week_bits * self.week_of(left))
                left &= left - 1
            self._covers[length][starts] = known
        return known

    def wasted(self, places: int, cover: int) -> tuple[int, int]:
        """How many places nobody can take, and the weeks in which there are not too few.

        The weeks are marked in the top bits of their fields.
        """
        # Both are sums of fields, and the fields of no sum are full.
        rest = (places | self._top) - cover
        weeks = rest & self._top
        kept = rest & (weeks - (weeks >> (self._week_bits - 1)))
        return self.total(kept), weeks

    def total(self, fields: int) -> int:
        """The sum of the fields of all weeks."""
        # The remainder by a power of 2 less 1 is the sum of the digits.
        return fields % ((1 << self._week_bits) - 1)

    def marked(self, weeks: int) -> Iterator[int]:
        """The weeks that are marked in the top bits of their fields."""
        while weeks:
            lowest = weeks & -weeks
            yield lowest.bit_length() // self._week_bits - 1
            weeks ^= lowest

    def covers(self, cover: int, week: int) -> int:
        """How often a week is covered."""
        return cover >> (self._week_bits * week) & ((1 << self._week_bits) - 1)

    def _pack(self, numbers: Iterable[int]) -> int:
        return sum(n << offset for n, offset in zip(numbers, self._offsets, strict=True))

    def _make_room(self) -> int:
        problem = self._problem
        begin = [problem.starts_in(week) for week in range(self.weeks)]
        # No more can be under way than have begun.
        under_way = map(min, problem.at_once, accumulate(begin))
        return sum(
            self._pack((hours, places, starts, 1, 1)) << (self._week_bits * week)
            for week, (hours, places, starts) in enumerate(
                zip(problem.capacity, under_way, begin, strict=True)
            )
        )

    def _load_of(self, option: PlanningOption) -> int:
        """What an option takes of the room when it begins in week 0."""
        works = any(option.hours)
        return sum(
            self._pack((hours, works, 0, 0, 0)) << (self._week_bits * week)
            for week, hours in enumerate(option.hours)
        ) + self._pack((0, 0, works, option.kind == 1, option.kind == 2))

    def _repeat(self, option: int) -> int:
        last = self.weeks - len(self._problem.options[option].hours)
        step = self._block + self._week_bits
        return sum(self._once[option] << (step * week) for week in range(last + 1))

    def _fit_alone(self, position: int) -> int:
        option = self._problem.options[position]
        last = self.weeks - len(option.hours)
        return self.fitting(self.room, position) & self.between(option.earliest - 1, last)
