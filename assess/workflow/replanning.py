"""What a plan that is there already means for the next one: choices, place, progress."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from assess.catalogue import Catalogue
from assess.document.reading import PlanDocument, read_document
from assess.document.tasks import Task
from assess.documents.kept import KeptPlan
from assess.documents.plan import read_plan_record
from assess.planning.calendar import week_of
from assess.planning.plan import PlannedStep
from assess.planning.progress import NOTHING_BEGUN, Progress
from assess.planning.record import ActionRecord
from assess.workflow.plans import Wishes


def renew_wishes(wishes: Wishes, kept: KeptPlan | None) -> Wishes:
    """Return the wishes with what was wished for the plan before, as far as it still holds.

    A new choice takes the place of an old one about the same action. Another start makes it
    another plan, which keeps the choices but not the weeks off.
    """
    if kept is None:
        return wishes
    before = kept.written
    same_plan = wishes.start is None or wishes.start == before.start
    asked = before.hours_per_week if before.hours_source == "asked" and same_plan else None
    kept_off = tuple(map(str, (*before.weeks_off, *before.days_off))) if same_plan else ()
    return replace(
        wishes,
        start=wishes.start or before.start,
        hours=wishes.hours if wishes.hours is not None else asked,
        off=wishes.off or kept_off,
        wants=_merge(before.wants, wishes.wants, wishes.skips),
        skips=_merge(before.skips, wishes.skips, wishes.wants),
    )


def list_tasks(document: PlanDocument | None, kept: KeptPlan) -> Mapping[str, Task]:
    """Return the tasks that are left of a plan: those of its file, or else as last written."""
    tasks = (document or read_document(kept.written.text)).by_id
    return {name: task for name, task in tasks.items() if task.state != "dropped" and not task.fate}


def skip_deleted(wishes: Wishes, kept: KeptPlan, tasks: Collection[str]) -> Wishes:
    """Return the wishes without the actions of which people deleted or dropped every task.

    Args:
        wishes: What was wished for otherwise.
        kept: The plan as it was written.
        tasks: The ids of those that are left.
    """
    record = read_plan_record(kept.written.document)
    deleted = tuple(
        action.id
        for action in record.actions
        if action.id not in wishes.wants and not any(step.id in tasks for step in action.steps)
    )
    return replace(wishes, skips=_merge(wishes.skips, deleted, ()))


def recover_progress(found: PlanDocument, catalogue: Catalogue, today: date) -> Progress:
    """Return the progress that a file alone tells: its ticked tasks and their dates."""
    if found.start is None:
        return NOTHING_BEGUN
    begun = []
    for action in catalogue.actions:
        tasks = {
            number: task
            for number in range(1, len(action.steps) + 1)
            if (task := found.by_id.get(f"{action.id}/{number}")) is not None
        }
        steps = tuple(
            PlannedStep(task.id or "", step.do, max(1, week_of(found.start, due)), due, step.hours)
            for number, task in tasks.items()
            for step, due in [(action.steps[number - 1], task.due or found.start)]
        )
        if any(task.is_done for task in tasks.values()):
            weeks = [step.week for step in steps]
            begun.append(ActionRecord(action.id, action.title, min(weeks), max(weeks), steps))
    done = frozenset(name for name, task in found.by_id.items() if task.is_done)
    return Progress(_first_open_week(found.start, today), tuple(begun), done)


def find_progress(
    kept: KeptPlan | None, start: date, marks: Mapping[str, bool], today: date
) -> Progress:
    """Return what of a plan keeps its place when its rest is planned anew today.

    What has a ticked step is started. Nothing keeps its place before the plan begins and
    nothing is ticked, or when the new plan is another one.
    """
    if kept is None or kept.written.start != start:
        return NOTHING_BEGUN
    record = read_plan_record(kept.written.document)
    done = frozenset(step.id for step in record.steps if marks.get(step.id))
    begun = tuple(a for a in record.actions if any(step.id in done for step in a.steps))
    return Progress(_first_open_week(start, today), begun, done)


def _first_open_week(start: date, today: date) -> int:
    # On a Saturday or Sunday the week is over; two days on it is the next one.
    return max(1, week_of(start, today + timedelta(days=2)))


def is_over(kept: KeptPlan, today: date) -> bool:
    """Tell whether the thirteen weeks of a plan have passed."""
    return today > read_plan_record(kept.written.document).end


def _merge(
    before: tuple[str, ...], added: tuple[str, ...], overruled: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(a for a in before if a not in overruled), *added)))
