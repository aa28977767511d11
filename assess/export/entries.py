"""The steps of a plan as other programs take them: as planned, or as people changed them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assess.document.reading import PlanReading
from assess.people import name_owner
from assess.planning.plan import Plan, PlannedStep, Priority


@dataclass(frozen=True, slots=True)
class ExportedStep:
    """One step with the wording, owner and date that hold now."""

    step: PlannedStep
    priority: Priority
    wording: str
    owner: str
    due: date
    is_done: bool


def list_entries(plan: Plan, document: PlanReading | None) -> tuple[ExportedStep, ...]:
    """Return the steps of a plan in its order.

    Args:
        document: The plan as people edited it; steps that they deleted or dropped are left out.
    """
    return tuple(_entries(plan, document))


def _entries(plan: Plan, document: PlanReading | None) -> Iterator[ExportedStep]:
    tasks = document.by_id if document else {}
    for priority in plan.priorities:
        for step in priority.steps:
            owner = name_owner(step.owner)
            if document is None:
                yield ExportedStep(step, priority, step.do, owner, step.due, is_done=False)
            elif (task := tasks.get(step.id)) and task.state != "dropped":
                yield ExportedStep(
                    step,
                    priority,
                    task.wording or step.do,
                    task.owner or owner,
                    task.due or step.due,
                    task.is_done,
                )
