"""Where a plan under way stands when the rest of it is planned anew, and how it goes on.

Source: docs/decisions/0009-planning.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assess.catalogue.work import Work, saving_weeks
from assess.figures import Hours
from assess.planning.calendar import due_day
from assess.planning.plan import ActionRecord, Capacity, PlannedStep
from assess.record import record


@record
class Progress:
    """What people did with a plan.

    `week` is the first calendar week that can still be planned. `begun` holds the actions that
    are done or under way, as they were last written; `done` the ids of the ticked steps and
    `dropped` of those that people took out. `announced` are the actions that the plan has and
    nobody has begun. `denied` are those whose "done when" was not true although no step is left.
    """

    week: int
    begun: tuple[ActionRecord, ...]
    done: frozenset[str]
    dropped: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    def open_steps(self, action: ActionRecord) -> tuple[PlannedStep, ...]:
        closed = self.done | self.dropped
        return tuple(step for step in action.steps if step.id not in closed)

    def is_done(self, action: ActionRecord) -> bool:
        """Tell whether nothing of a begun action is left to do, and nobody says otherwise."""
        return not self.open_steps(action) and action.id not in self.denied


NOTHING_BEGUN = Progress(1, (), frozenset())


@record
class Ongoing:
    """A begun action as it goes on, all its steps at their weeks.

    `hours` are those of open steps, by calendar week, and `spent` what was done of it this week.
    What `overruns` does not end within the plan: its last steps stand at the end of it, and
    their hours nowhere.
    """

    id: str
    work: Work
    steps: tuple[PlannedStep, ...]
    first_week: int
    last_week: int
    hours: Mapping[int, Hours]
    spent: Hours
    is_done: bool
    overruns: bool


class Weeks:
    """The working weeks of a plan, and which of them can still be planned."""

    def __init__(self, start: date, this_week: int, capacity: Capacity, last: int) -> None:
        self.this_week = this_week
        self._start, self._days_off = start, capacity.days_off
        off = capacity.weeks_off
        self._working = tuple(week for week in range(1, last + 1) if week not in off)
        self.left = tuple(week for week in self._working if week >= this_week)
        self.end = self.left[-1] if self.left else last

    def place_of(self, week: int) -> int:
        """Return the place of a week among the working weeks, or of the one that follows it."""
        return sum(working < week for working in self._working)

    def week_at(self, place: int) -> int | None:
        """Return the working week at a place, or None behind the last."""
        return self._working[place] if place < len(self._working) else None

    def moved(self, step: PlannedStep, week: int) -> PlannedStep:
        """Return a step in another week, due on its last working day."""
        return replace(step, week=week, due=due_day(self._start, week, self._days_off))


def go_on(
    record: ActionRecord, progress: Progress, work: Work, weeks: Weeks, hours_per_week: Hours
) -> Ongoing:
    """Return how a begun action goes on from this week, with the steps that it began with.

    An action that is done stays as it was; a step that was done before its time stands in this
    week. The first open step keeps its week unless that has passed, and the others follow in the
    spacing of the catalogue: so that planning twice moves nothing.

    Args:
        record: The action as last written.
        progress: What was done of it.
        work: The action as it was when it began.
        weeks: The weeks of the plan.
        hours_per_week: What the team has; a step that takes more is saved up for.
    """
    open_steps = progress.open_steps(record)
    if not open_steps:
        first, last = record.first_week, record.last_week
        is_done = progress.is_done(record)
        return Ongoing(record.id, work, record.steps, first, last, {}, 0, is_done, False)
    this_week = weeks.this_week
    done = [step for step in record.steps if step.id in progress.done]
    first = min(step.week for step in record.steps)
    is_early = bool(done) and first > this_week
    early = weeks.place_of(first) - weeks.place_of(this_week) if is_early else 0
    places = _places(open_steps, work, weeks, hours_per_week, early)
    placed = {step.id: min(step.week, this_week) for step in done}
    placed |= {step: weeks.week_at(place) or weeks.end for step, place in places.items()}
    last_week = max(placed.values())
    return Ongoing(
        id=record.id,
        work=work,
        # What people dropped keeps its week: nobody waits for it.
        steps=tuple(weeks.moved(s, placed.get(s.id, min(s.week, last_week))) for s in record.steps),
        first_week=this_week if is_early else min(record.first_week, *placed.values()),
        last_week=last_week,
        hours=_spread(open_steps, places, weeks, hours_per_week),
        spent=sum(step.hours for step in done if placed[step.id] == this_week),
        is_done=False,
        overruns=any(weeks.week_at(place) is None for place in places.values()),
    )


def _places(
    steps: Sequence[PlannedStep], work: Work, weeks: Weeks, hours_per_week: Hours, early: int
) -> Mapping[str, int]:
    """Return the place of each open step among the working weeks, in the order of the steps."""
    if not steps:
        return {}
    spacing = {step.number: step.week for step in work.steps}
    due = {s.id: spacing.get(int(s.id.rpartition("/")[2]), work.duration) for s in steps}
    first = min(due.values())
    begins = min(weeks.place_of(s.week) for s in steps if due[s.id] == first) - early
    now = weeks.place_of(weeks.this_week)
    if begins < now:
        # What is late and takes more than a week has, does so from now on.
        saved_up = saving_weeks(sum(s.hours for s in steps if due[s.id] == first), hours_per_week)
        begins = now + len(saved_up) - 1
    return {s.id: begins + due[s.id] - first for s in steps}


def _spread(
    steps: Sequence[PlannedStep], places: Mapping[str, int], weeks: Weeks, hours_per_week: Hours
) -> Mapping[int, Hours]:
    """Return the hours of open steps by calendar week; what was saved up before is behind us."""
    hours: dict[int, Hours] = {}
    for place in sorted(set(places.values())):
        due = sum(step.hours for step in steps if places[step.id] == place)
        for back, part in enumerate(reversed(saving_weeks(due, hours_per_week))):
            week = weeks.week_at(max(0, place - back))
            if week is not None and week >= weeks.this_week:
                hours[week] = hours.get(week, 0) + part
    return hours
