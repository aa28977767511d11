"""A plan over its weeks, drawn from what is kept of it, on any day of the quarter."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from assess.documents.plan import PlanDocument, PriorityDocument
from assess.pages.blocks import Timeline, TimelineRow, TimelineWeek, Tone
from assess.pages.result import STAGE_TONES
from assess.planning.calendar import REVIEW_DAYS, monday_of, review_dates


def make_timeline(
    plan: PlanDocument, weeks_off: Collection[int] = (), today: date | None = None
) -> Timeline:
    """Return what is under way in which week, with the hours and the three reviews."""
    tone = STAGE_TONES[plan.stage]
    milestones = zip(map(str, REVIEW_DAYS), review_dates(plan.start), strict=True)
    is_inside = today is not None and plan.start <= today <= plan.end
    return Timeline(
        weeks=tuple(
            TimelineWeek(
                number, monday_of(plan.start, number), Fraction(hours), number in weeks_off
            )
            for number, hours in enumerate(plan.hours_by_week, start=1)
        ),
        rows=tuple(_row(priority, tone) for priority in plan.priorities),
        milestones=tuple(milestones),
        today=today if is_inside else None,
    )


def _row(priority: PriorityDocument, tone: Tone) -> TimelineRow:
    hours = tuple((step.week, Fraction(step.hours)) for step in priority.steps)
    return TimelineRow(priority.title, priority.first_week, priority.last_week, hours, tone)
