"""Place a set of tasks in working weeks, exactly.

Weeks are counted from 0 in here, and a set of weeks is an integer with a bit for each.
The room that is left, hours and slots in every week, is one integer too: a field for each number
and a guard bit on top of each field. Taking a load away clears a guard exactly where the load
does not fit, so one subtraction checks all weeks at once and gives the room that is left.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


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
        self._width = max((*capacity, *slots, *hours), default=0).bit_length() + 1
        guard = 1 << (self._width - 1)
        self._guards = self._pack((guard, guard) for _ in capacity)
        self._room = self._pack(zip(capacity, slots, strict=True)) | self._guards
        self._loads: dict[int, list[int]] = {}

    @property
    def empty(self) -> Schedule:
        """The schedule of no task at all."""
        return Schedule({}, self._room)

    def extend(self, schedule: Schedule, added: Sequence[int]) -> Schedule | None:
        """Put each added task where it first fits; quick, and may miss what `find` would find."""
        first_weeks, room = dict(schedule.first_weeks), schedule.room
        for task in added:
            begin = max(
                (
                    first_weeks[need] + len(self._tasks[need].hours)
                    for need in self._tasks[task].needs
                ),
                default=0,
            )
            for week in range(max(begin, self._tasks[task].earliest), len(self._loads_of(task))):
                left = room - self._loads[task][week]
                if left & self._guards == self._guards:
                    first_weeks[task], room = week, left
                    break
            else:
                return None
        return Schedule(first_weeks, room)

    def find(self, tasks: tuple[int, ...]) -> Schedule | None:
        """Any schedule of the set, or nothing if there is none."""
        return self._search(tasks, {task: self._starts(task, self._weeks) for task in tasks})

    def improve(self, tasks: tuple[int, ...], schedule: Schedule) -> Iterator[Schedule]:
        """Ever better schedules of the set, from a first one on; the last is the best.

        Better is an earlier last week, then smaller first weeks in the order of the positions.
        """
        if not tasks:
            return
        end = self._end(schedule)
        while better := self._search(tasks, {task: self._starts(task, end - 1) for task in tasks}):
            schedule, end = better, self._end(better)
            yield schedule
        starts = {task: self._starts(task, end) for task in tasks}
        for task in sorted(tasks):
            for week in positions(starts[task] & ((1 << schedule.first_weeks[task]) - 1)):
                if better := self._search(tasks, {**starts, task: 1 << week}):
                    schedule = better
                    yield schedule
                    break
            starts[task] = 1 << schedule.first_weeks[task]

    def _pack(self, weeks: Iterable[tuple[int, int]]) -> int:
        fields = (field for week in weeks for field in week)
        return sum(field << (self._width * i) for i, field in enumerate(fields))

    def _loads_of(self, task: int) -> list[int]:
        """The load of a task, for each of its possible first weeks."""
        if task not in self._loads:
            hours = self._tasks[task].hours
            load = self._pack((hours_of_week, 1) for hours_of_week in hours)
            self._loads[task] = [
                load << (2 * self._width * week) for week in range(self._weeks - len(hours) + 1)
            ]
        return self._loads[task]

    def _starts(self, task: int, end: int) -> int:
        """The first weeks with which a task alone fits before a week."""
        loads = self._loads_of(task)
        begin, stop = self._tasks[task].earliest, end - len(self._tasks[task].hours) + 1
        return sum(
            1 << week
            for week in range(begin, stop)
            if (self._room - loads[week]) & self._guards == self._guards
        )

    def _end(self, schedule: Schedule) -> int:
        weeks = schedule.first_weeks.items()
        return max((week + len(self._tasks[task].hours) for task, week in weeks), default=0)

    def _search(self, tasks: tuple[int, ...], starts: dict[int, int]) -> Schedule | None:
        """Any schedule of the set with the first weeks that are left to each task."""
        lags = self._lags(tasks)
        if not _narrow(starts, lags):
            return None
        room = self._complete(self._room, set(tasks), starts, lags)
        if room is None:
            return None
        return Schedule({task: weeks.bit_length() - 1 for task, weeks in starts.items()}, room)

    def _lags(self, tasks: tuple[int, ...]) -> list[tuple[int, int, int]]:
        """Pairs of tasks, and how many weeks the second begins after the first, at least.

        Of two tasks that could change places, the first in the catalogue begins first.
        """
        lags = [
            (need, task, len(self._tasks[need].hours))
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
        self, room: int, pending: set[int], starts: dict[int, int], lags: list[tuple[int, int, int]]
    ) -> int | None:
        """Leave one first week to each pending task, and give the room that is left then."""
        if not pending:
            return room
        self._budget.spend()
        task = min(pending, key=lambda task: (starts[task].bit_count(), task))
        rest = pending - {task}
        for week in positions(starts[task]):
            left = room - self._loads[task][week]
            narrowed = starts | {task: 1 << week}
            if self._fit(left, task, week, rest, narrowed) and _narrow(narrowed, lags):
                done = self._complete(left, rest, narrowed, lags)
                if done is not None:
                    starts.update(narrowed)
                    return done
        return None

    def _fit(self, room: int, task: int, week: int, rest: set[int], starts: dict[int, int]) -> bool:
        """Take from each other task the first weeks that no longer fit beside a placed one."""
        guards = self._guards
        end = week + len(self._tasks[task].hours)
        for other in rest:
            weeks = starts[other]
            loads = self._loads[other]
            since = max(week - len(self._tasks[other].hours) + 1, 0)
            for start in positions(weeks & ((1 << end) - (1 << since))):
                if (room - loads[start]) & guards != guards:
                    weeks ^= 1 << start
            if not weeks:
                return False
            starts[other] = weeks
        return True


def _narrow(starts: dict[int, int], lags: list[tuple[int, int, int]]) -> bool:
    """Take from each task the first weeks that its lags forbid; false if one has none left."""
    for first, second, lag in lags:
        starts[second] &= -((starts[first] & -starts[first]) << lag)
    for first, second, lag in reversed(lags):
        starts[first] &= (1 << max(starts[second].bit_length() - lag, 0)) - 1
    return all(starts.values())
