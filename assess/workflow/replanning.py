"""What a plan that is there already means for the next one: choices, place, progress."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from assess.planning.calendar import week_of
from assess.planning.progress import NOTHING_BEGUN, Progress
from assess.planning.record import read_plan_record
from assess.store import KeptPlan
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
    kept_off = tuple(str(week) for week in before.weeks_off) if same_plan else ()
    return replace(
        wishes,
        start=wishes.start or before.start,
        hours=wishes.hours if wishes.hours is not None else asked,
        off=wishes.off or kept_off,
        wants=_merge(before.wants, wishes.wants, wishes.skips),
        skips=_merge(before.skips, wishes.skips, wishes.wants),
    )


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
    # On a Saturday or Sunday the week is over; two days on it is the next one.
    return Progress(max(1, week_of(start, today + timedelta(days=2))), begun, done)


def is_over(kept: KeptPlan, today: date) -> bool:
    """Tell whether the thirteen weeks of a plan have passed."""
    return today > read_plan_record(kept.written.document).end


def _merge(
    before: tuple[str, ...], added: tuple[str, ...], overruled: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(a for a in before if a not in overruled), *added)))
