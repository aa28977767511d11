"""Which assessments to compare, and what the plan in between has to do with it."""

from collections.abc import Sequence
from datetime import date

from assess.answers import Assessment
from assess.comparison import Comparison, PlannedAction, compare_assessments, compare_teams
from assess.documents.kept import KeptPlan
from assess.documents.plan import read_plan_record
from assess.errors import MismatchError, Problem
from assess.identity import TeamName
from assess.library import Library
from assess.store import Store
from assess.workflow.history import find_focus, has_result, list_done_actions, load_plan
from assess.workflow.teams import find_assessment


def compare_in_store(
    store: Store, assessments: Sequence[Assessment], start: date | None, end: date | None
) -> Comparison:
    """Compare two assessments of a team: the last two, or those of two dates.

    Args:
        store: Where the plan in between is kept.
        assessments: All of the team's, with one questionnaire, oldest first.
        start: The date of the earlier one; else the one before the later.
        end: The date of the later one; else the latest.

    Raises:
        MismatchError: There are not two of them, or they have nothing in common.
    """
    usable = [one for one in assessments if has_result(one)]
    after = _on(usable, end, "--to") if end else _last(usable)
    before = _on(usable, start, "--from") if start else _before(usable, after)
    if before.date > after.date:
        before, after = after, before
    plan = load_plan(store, before)
    return compare_assessments(
        before,
        after,
        focus=find_focus(store, before),
        actions=list_planned_actions(plan) if plan else (),
        between=[one for one in usable if before.date < one.date < after.date],
    )


def find_plan_between(
    store: Store, comparison: Comparison, assessments: Sequence[Assessment]
) -> KeptPlan | None:
    """Return the plan that followed the earlier of two compared assessments."""
    before = (one for one in assessments if one.date == comparison.start)
    return next((load_plan(store, one) for one in before), None)


def compare_with_team(
    library: Library, store: Store, assessment: Assessment, other: TeamName
) -> Comparison:
    """Put a team's assessment beside the latest of another team."""
    return compare_teams(
        assessment, find_assessment(library, store, other, assessment.questionnaire.id, None)
    )


def list_planned_actions(plan: KeptPlan) -> tuple[PlannedAction, ...]:
    """Return what a plan held, for the comparison that follows it."""
    offered = {c.action: c.rungs for c in plan.written.document.candidates}
    done = list_done_actions(plan)
    return tuple(
        PlannedAction(
            action=action.id,
            done=action.id in done,
            lifts={rung.question: rung.level for rung in offered.get(action.id, ())},
        )
        for action in read_plan_record(plan.written.document).actions
    )


def _last(assessments: Sequence[Assessment]) -> Assessment:
    if not assessments:
        raise MismatchError(
            Problem(
                "There is no assessment with a result yet.", "the store", "Begin with: assess run"
            )
        )
    return assessments[-1]


def _before(assessments: Sequence[Assessment], after: Assessment) -> Assessment:
    earlier = [one for one in assessments if one.date < after.date]
    if not earlier:
        raise MismatchError(
            Problem(
                f"There is no assessment of {after.team} before {after.date}.",
                "--from",
                "Assess again after the quarter (assess run); then there is one to compare with.",
            )
        )
    return earlier[-1]


def _on(assessments: Sequence[Assessment], day: date, option: str) -> Assessment:
    found = [one for one in assessments if one.date == day]
    if not found:
        listed = ", ".join(str(one.date) for one in assessments) or "none yet"
        raise MismatchError(
            Problem(
                f"There is no assessment with a result on {day}.",
                option,
                f"Use one of these dates: {listed}.",
            )
        )
    return found[0]
