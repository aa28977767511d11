"""Place a set of tasks in working weeks, exactly.

Weeks are counted from 0 in here. Two integers do the work of loops:

- The room that is left, hours and slots in every week: a field for each number with a guard bit on
  top. Taking a load away clears a guard exactly where the load does not fit.
- The first weeks that are left to a task: a block for each week, whose highest bit, the flag, says
  that the task may begin there. A block is wide enough for a whole room, so that one subtraction
  tries a task at all first weeks at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work: its hours in each week, and the tasks that must end before it begins."""

    hours: tuple[int, ...]
    needs: tuple[int, ...]
    earliest: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """First weeks that hold together, and the room that they leave."""

    first_weeks: Mapping[int, int]
    room: int


_Shape = tuple[tuple[int, tuple[int, ...]], ...]
"""What a set is for a schedule: the kind of each task, and which of the others it needs."""


class _Load(NamedTuple):
    """What a task takes of the room."""

    once: int
    """When it begins in week 0."""
    everywhere: int
    """In the block of each week, when it begins there."""
    starts: int
    """The first weeks with which it fits when it is alone."""


class NodeLimitReachedError(Exception):
    """The search was given up; what was found before still holds."""


class NodeBudget:
    """The search nodes that may still be visited, shared by all parts of one search."""

    __slots__ = ("_left",)

    def __init__(self, limit: int) -> None:
        self._left = limit

    def spend(self) -> None:
        """Count one node.

        Raises:
            NodeLimitReachedError: There was none left.
        """
        if self._left <= 0:
            raise NodeLimitReachedError
        self._left -= 1


def positions(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Scheduler:
    """Places sets of tasks under the hours and the slots of each week.

    A set is given as a tuple that has every task after its needs, all of which it contains.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        *,
        capacity: Sequence[int],
        slots: Sequence[int],
        budget: NodeBudget,
    ) -> None:
        self._tasks = tasks
        self._weeks = len(capacity)
        self._budget = budget
        hours = (hours for task in tasks for hours in task.hours)
        self._field = max((*capacity, *slots, *hours), default=0).bit_length() + 1
        guard = 1 << (self._field - 1)
        guards = self._pack((guard, guard) for _ in capacity)
        self._room = self._pack(zip(capacity, slots, strict=True)) | guards
        room_bits = 2 * self._field * self._weeks
        self._block = room_bits + 1
        self._every_week = sum(1 << (self._block * week) for week in range(self._weeks))
        self._guards = guards * self._every_week
        self._flags = self._every_week << room_bits
        # What carries into the flag of a block when all its guards are set, and only then.
        self._carry = self._flags - self._guards
        self._loads: dict[int, _Load] = {}
        kinds: dict[tuple[tuple[int, ...], int], int] = {}
        self._kinds = [kinds.setdefault((task.hours, task.earliest), len(kinds)) for task in tasks]
        self._found: dict[_Shape, tuple[list[int], Schedule | None]] = {}

    @property
    def empty(self) -> Schedule:
        """The schedule of no task at all."""
        return Schedule({}, self._room)

    def extend(self, schedule: Schedule, added: Sequence[int]) -> Schedule | None:
        """Put each added task where it first fits; quick, and may miss what `find` would find."""
        first_weeks, room = dict(schedule.first_weeks), schedule.room
        for task in added:
            load = self._load_of(task)
            starts = load.starts & self._fitting(room * self._every_week, load.everywhere)
            for need in self._tasks[task].needs:
                starts &= -1 << self._block * (first_weeks[need] + len(self._tasks[need].hours))
            if not starts:
                return None
            first_weeks[task] = week = self._first_week(starts)
            room -= load.once << (2 * self._field * week)
        return Schedule(first_weeks, room)

    def find(self, tasks: tuple[int, ...]) -> Schedule | None:
        """Any schedule of the set, or nothing if there is none."""
        alike = sorted(tasks, key=self._kinds.__getitem__)
        shape = tuple(
            (self._kinds[task], tuple(sorted(map(alike.index, self._tasks[task].needs))))
            for task in alike
        )
        if shape not in self._found:
            starts = {task: self._load_of(task).starts for task in tasks}
            self._found[shape] = alike, self._search(tasks, starts)
        known, schedule = self._found[shape]
        if schedule is None:
            return None
        first_weeks = schedule.first_weeks
        return Schedule(
            {task: first_weeks[twin] for task, twin in zip(alike, known, strict=True)},
            schedule.room,
        )

    def improve(self, tasks: tuple[int, ...], schedule: Schedule) -> Iterator[Schedule]:
        """Ever better schedules of the set, from a first one on; the last is the best.

        Better is an earlier last week, then smaller first weeks in the order of the positions.
        """
        if not tasks:
            return
        while better := self._search(tasks, self._starts(tasks, self._end(schedule) - 1)):
            schedule = better
            yield schedule
        starts = self._starts(tasks, self._end(schedule))
        for task in sorted(tasks):
            while earlier := starts[task] & self._before(schedule.first_weeks[task]):
                first = earlier & -earlier
                if better := self._search(tasks, {**starts, task: first}):
                    schedule = better
                    yield schedule
                    break
                starts[task] ^= first
            starts[task] &= -starts[task]

    def _pack(self, weeks: Iterable[tuple[int, int]]) -> int:
        fields = (field for week in weeks for field in week)
        return sum(field << (self._field * i) for i, field in enumerate(fields))

    def _load_of(self, task: int) -> _Load:
        if task not in self._loads:
            hours, earliest = self._tasks[task].hours, self._tasks[task].earliest
            last = self._weeks - len(hours)
            once = self._pack((hours_of_week, 1) for hours_of_week in hours)
            step = self._block + 2 * self._field
            everywhere = sum(once << (step * week) for week in range(last + 1))
            starts = self._fitting(self._room * self._every_week, everywhere)
            starts &= self._before(last + 1) & -1 << (self._block * earliest)
            self._loads[task] = _Load(once, everywhere, starts)
        return self._loads[task]

    def _fitting(self, rooms: int, loads: int) -> int:
        """The first weeks with which loads fit the room, given in every block."""
        return self._flags & (((rooms - loads) & self._guards) + self._carry)

    def _first_week(self, starts: int) -> int:
        return (starts & -starts).bit_length() // self._block - 1

    def _before(self, week: int) -> int:
        """All first weeks before a week."""
        return (1 << (self._block * max(week, 0))) - 1

    def _starts(self, tasks: Iterable[int], end: int) -> dict[int, int]:
        """The first weeks with which each task alone ends before a week."""
        return {
            task: self._load_of(task).starts & self._before(end - len(self._tasks[task].hours) + 1)
            for task in tasks
        }

    def _end(self, schedule: Schedule) -> int:
        weeks = schedule.first_weeks.items()
        return max(week + len(self._tasks[task].hours) for task, week in weeks)

    def _search(self, tasks: tuple[int, ...], starts: dict[int, int]) -> Schedule | None:
        """Any schedule of the set with the first weeks that are left to each task."""
        lags = self._lags(tasks)
        if not _narrow(starts, lags):
            return None
        heaviest_first = sorted(tasks, key=lambda task: -sum(self._tasks[task].hours))
        room = self._complete(self._room, heaviest_first, starts, lags)
        if room is None:
            return None
        return Schedule({task: self._first_week(starts[task]) for task in tasks}, room)

    def _lags(self, tasks: tuple[int, ...]) -> list[tuple[int, int, int]]:
        """Pairs of tasks, and how far the second begins after the first, at least.

        Of two tasks that could change places, the first in the catalogue begins first.
        """
        lags = [
            (need, task, self._block * len(self._tasks[need].hours))
            for task in tasks
            for need in self._tasks[task].needs
        ]
        needed = {first for first, _, _ in lags}
        last_twin: dict[Task, int] = {}
        for task in sorted(set(tasks) - needed):
            twin = last_twin.get(self._tasks[task])
            if twin is not None:
                lags.append((twin, task, 0))
            last_twin[self._tasks[task]] = task
        return lags

    def _complete(
        self,
        room: int,
        pending: Sequence[int],
        starts: dict[int, int],
        lags: list[tuple[int, int, int]],
    ) -> int | None:
        """Leave one first week to each pending task, and give the room that is left then."""
        if not pending:
            return room
        self._budget.spend()
        task = min(pending, key=lambda task: starts[task].bit_count())
        rest = [other for other in pending if other != task]
        load, weeks = self._loads[task].once, starts[task]
        while weeks:
            first = weeks & -weeks
            weeks ^= first
            left = room - (load << (2 * self._field * self._first_week(first)))
            narrowed = starts | {task: first}
            if self._fit(left, rest, narrowed) and (not lags or _narrow(narrowed, lags)):
                done = self._complete(left, rest, narrowed, lags)
                if done is not None:
                    starts.update(narrowed)
                    return done
        return None

    def _fit(self, room: int, pending: Sequence[int], starts: dict[int, int]) -> bool:
        """Take from each pending task the first weeks that do not fit the room."""
        rooms, guards, carry = room * self._every_week, self._guards, self._carry
        for task in pending:
            fitting = starts[task] & (((rooms - self._loads[task].everywhere) & guards) + carry)
            if not fitting:
                return False
            starts[task] = fitting
        return True


def _narrow(starts: dict[int, int], lags: list[tuple[int, int, int]]) -> bool:
    """Take from each task the first weeks that its lags forbid; false if one has none left."""
    for first, second, lag in lags:
        starts[second] &= -((starts[first] & -starts[first]) << lag)
    for first, second, lag in reversed(lags):
        starts[first] &= (1 << max(starts[second].bit_length() - lag, 0)) - 1
    return all(starts.values())
