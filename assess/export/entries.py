"""The tasks of a plan as other programs take them: as planned, or as people changed them."""

from datetime import date

from assess.document.marking import OWN_TASKS
from assess.document.reading import PlanReading
from assess.document.tasks import Task
from assess.figures import Hours
from assess.people import find_person, name_owner
from assess.planning.calendar import monday_of
from assess.planning.plan import Plan, PlannedStep, Priority
from assess.record import record


@record
class ExportedTask:
    """A step, or a person's own task, with the wording, owner and date that hold now.

    `id` is that of the step, or the key of an own task, which has no `action`, `week` and hours
    and may have no date. `section` is the title of the action and `about` its objective. `email`
    is empty where the owner is no person with an address.
    """

    id: str
    wording: str
    section: str
    about: str
    owner: str
    email: str
    due: date | None
    begins: date | None
    is_done: bool
    action: str = ""
    week: int | None = None
    hours: Hours = 0


def list_tasks(plan: Plan, document: PlanReading | None) -> tuple[ExportedTask, ...]:
    """Return the steps of a plan in its order, and people's own tasks behind them.

    Of the plan as people edited it what they deleted or dropped is left out.
    """
    tasks = document.by_id if document else {}
    planned = [(p, step, tasks.get(step.id)) for p in plan.priorities for step in p.steps]
    steps = (
        _export_step(plan, priority, step, task)
        for priority, step, task in planned
        if document is None or (task and task.state != "dropped")
    )
    own = document.own_beside({step.id for _, step, _ in planned}) if document else ()
    return (*steps, *(_export_own(plan, task) for task in own if task.state != "dropped"))


def _export_step(
    plan: Plan, priority: Priority, step: PlannedStep, task: Task | None
) -> ExportedTask:
    owner = (task.owner if task else "") or name_owner(step.owner)
    due = (task.due if task else None) or step.due
    return ExportedTask(
        id=step.id,
        wording=(task.wording if task else "") or step.do,
        section=priority.work.title,
        about=priority.objective,
        owner=owner,
        email=_email_of(plan, owner),
        due=due,
        begins=min(monday_of(plan.start, step.week), due),
        is_done=task is not None and task.is_done,
        action=priority.action.id,
        week=step.week,
        hours=step.hours,
    )


def _export_own(plan: Plan, task: Task) -> ExportedTask:
    return ExportedTask(
        id=task.key,
        wording=task.wording,
        section=OWN_TASKS,
        about="",
        owner=task.owner,
        email=_email_of(plan, task.owner),
        due=task.due,
        begins=task.due,
        is_done=task.is_done,
    )


def _email_of(plan: Plan, owner: str) -> str:
    person = find_person(plan.people, owner)
    return (person.email or "") if person else ""
