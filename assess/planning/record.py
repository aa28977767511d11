"""What of a plan a later check-in, plan or comparison needs."""

from datetime import date

from assess.figures import Hours
from assess.planning.plan import PlannedStep
from assess.record import record


@record
class ActionRecord:
    """An action of a past plan; weeks are calendar weeks of that plan."""

    id: str
    title: str
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]


@record
class PlanRecord:
    """What a plan said when it was written."""

    team: str
    start: date
    end: date
    hours_per_week: Hours
    actions: tuple[ActionRecord, ...]

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        return tuple(step for action in self.actions for step in action.steps)
