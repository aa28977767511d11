"""Where a plan under way stands when the rest of it is planned anew."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from assess.planning.calendar import friday_of
from assess.planning.plan import PlannedStep
from assess.planning.record import ActionRecord


@dataclass(frozen=True, slots=True)
class Progress:
    """What of a plan keeps its place.

    `week` is the first calendar week that can still be planned. `begun` holds the actions
    that are done or started; they keep their place. `done` has the ids of their done steps.
    """

    week: int
    begun: tuple[ActionRecord, ...]
    done: frozenset[str]

    def is_done(self, action: ActionRecord) -> bool:
        return all(step.id in self.done for step in action.steps)


NOTHING_BEGUN = Progress(1, (), frozenset())


def leave_weeks_off(progress: Progress, off: Collection[int], weeks: int, start: date) -> Progress:
    """Return the progress with the open steps of weeks off in the next working week."""

    def move(step: PlannedStep) -> PlannedStep:
        if step.id in progress.done or step.week < progress.week or step.week not in off:
            return step
        later = (week for week in range(step.week, weeks + 1) if week not in off)
        week = next(later, step.week)
        return replace(step, week=week, due=friday_of(start, week))

    begun = []
    for action in progress.begun:
        steps = tuple(map(move, action.steps))
        last = max(action.last_week, *(step.week for step in steps))
        begun.append(replace(action, steps=steps, last_week=last))
    return replace(progress, begun=tuple(begun))
