"""What was before an assessment: the last one, what its plan left open, the hours."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from assess.answers import Assessment
from assess.documents.goals import KeptGoals, KeptHours
from assess.documents.plan import read_plan_record
from assess.errors import AssessError
from assess.goals.goal import Goal
from assess.goals.recurring import RecurringWork
from assess.pages.carried import LeftOpen
from assess.record import record
from assess.scoring.assessment import score_assessment
from assess.store import Store

if TYPE_CHECKING:
    from assess.documents.kept import KeptPlan


@record
class Past:
    """What was before an assessment.

    `carried` counts for every action in how many plans in a row it was left open; `done` has the
    actions that were marked done in any plan; `left_open` what the last plan left open;
    `last_hours` were said last, and `team_size` after the assessment, of its people.
    `goals` are None where nothing is kept of the team, or the plan is its manager's, and
    `open_findings` what their check asks.
    """

    previous: Assessment | None = None
    carried: Mapping[str, int] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    left_open: tuple[LeftOpen, ...] = ()
    last_hours: int | None = None
    team_size: int | None = None
    goals: tuple[Goal, ...] | None = None
    open_findings: int | None = None
    recurring: tuple[RecurringWork, ...] = ()


def find_past(store: Store, assessment: Assessment) -> Past:
    """Return what the store knows of the time before an assessment."""
    earlier = load_earlier(store, assessment)
    plans = [plan for one in earlier if (plan := store.load_plan(one.key)) is not None]
    previous = next((one for one in reversed(earlier) if _can_compare(one, assessment)), None)
    carried = count_carried(plans)
    people = store.load_people(assessment.team)
    of_team = assessment.questionnaire.subject == "team"
    is_newer = people.said_on is not None and people.said_on >= assessment.date
    return Past(
        previous=previous,
        carried=carried,
        done=frozenset(action for plan in plans for action in list_done_actions(plan)),
        left_open=list_left_open(plans[-1], carried) if plans else (),
        last_hours=store.last_hours(assessment.team, assessment.questionnaire.subject),
        team_size=people.size if is_newer else None,
        goals=list_goals(store, assessment) if of_team else None,
        recurring=store.load_facts(assessment.team, KeptHours).recurring if of_team else (),
    )


def list_goals(store: Store, assessment: Assessment) -> tuple[Goal, ...]:
    """Return the goals of a team; who manages it has none of their own."""
    of_team = assessment.questionnaire.subject == "team"
    return store.load_facts(assessment.team, KeptGoals).goals if of_team else ()


def find_last_plan(store: Store, assessment: Assessment, today: date) -> "KeptPlan | None":
    """Return the plan that a new one for an assessment follows, or None."""
    own = store.load_plan(assessment.key)
    if own is not None and today > own.written.document.end:
        return own
    earlier = (store.load_plan(one.key) for one in reversed(load_earlier(store, assessment)))
    return next((plan for plan in earlier if plan is not None), None)


def load_earlier(store: Store, assessment: Assessment) -> tuple[Assessment, ...]:
    """Return the assessments before this one, with the same questionnaire, oldest first."""
    every = store.load_assessments(assessment.team, assessment.questionnaire.id)
    return tuple(one for one in every if one.date < assessment.date)


def has_result(assessment: Assessment) -> bool:
    """Tell whether there is a view that may be shown."""
    try:
        score_assessment(assessment)
    except AssessError:
        return False
    return True


def _can_compare(before: Assessment, after: Assessment) -> bool:
    # The first assessment of a team, the commonest, needs none of the comparison.
    from assess.comparison.compare import find_common_views

    return bool(find_common_views(before, after))


def count_carried(plans: "Iterable[KeptPlan]") -> Mapping[str, int]:
    """Return how many of the plans, the oldest first, in a row up to the last left actions open."""
    carried: dict[str, int] = {}
    for plan in plans:
        left_open = list_open_actions(plan)
        carried = {action: carried.get(action, 0) + 1 for action in left_open}
    return carried


def list_open_actions(plan: "KeptPlan") -> tuple[str, ...]:
    """Return the actions of a plan that were neither done nor dropped, in the plan's order."""
    found = plan.checkins[-1].found.actions if plan.checkins else ()
    dropped = {action.action for action in found if action.state == "dropped"}
    gone = dropped.union(list_done_actions(plan))
    record = read_plan_record(plan.written.document)
    return tuple(action.id for action in record.actions if action.id not in gone)


def list_left_open(plan: "KeptPlan", carried: Mapping[str, int]) -> tuple[LeftOpen, ...]:
    """Return what a plan left open, in its order; `carried` counts how often that was so."""
    left = list_open_actions(plan)
    return tuple(
        LeftOpen(
            id=action.id,
            title=action.title,
            times=carried[action.id],
            is_started=any(plan.marks.get(step.id) for step in action.steps),
        )
        for action in read_plan_record(plan.written.document).actions
        if action.id in left
    )


def list_done_actions(plan: "KeptPlan") -> Collection[str]:
    """Return the actions of a plan that were marked done, each step of them."""
    return {name for name, done in plan.marks.items() if done and "/" not in name}
