"""Why an action is in the plan or not: its trace, near misses, and what took its place."""

from collections.abc import Callable

from assess.catalogue.action import Action
from assess.planning.plan import Candidate, LeftOut, Plan, Priority
from assess.record import record
from assess.rules.miss import Bearing


@record
class Instead:
    """What would change if the action had to be in the plan.

    `fits` is false when it cannot be scheduled at all; then nothing would change.
    """

    fits: bool
    dropped: tuple[Action, ...]
    value: int


@record
class Explanation:
    """All that is to be said of one action for one team.

    `priority` is its place in the plan, `left_out` why it has none; both are None when it is
    no candidate: all that it lifts is reached or does not apply. `instead` is worked out
    for candidates without a place.
    """

    action: Action
    plan: Plan
    candidate: Candidate | None
    priority: Priority | None
    left_out: LeftOut | None
    bearing: Bearing
    instead: Instead | None


def explain_action(
    action: Action, plan: Plan, bearing: Bearing, plan_with: Callable[[str], Plan]
) -> Explanation:
    """Return why an action is in a plan or not.

    Args:
        action: The action.
        plan: The plan as it is.
        bearing: What the rules say of the action.
        plan_with: Makes the same plan with an action wanted by the person.
    """
    priority = next((p for p in plan.priorities if p.action.id == action.id), None)
    left_out = next((out for out in plan.not_now if out.action.id == action.id), None)
    return Explanation(
        action=action,
        plan=plan,
        candidate=next((c for c in plan.candidates if c.action.id == action.id), None),
        priority=priority,
        left_out=left_out,
        bearing=bearing,
        instead=_find_instead(plan, plan_with(action.id), action.id) if left_out else None,
    )


def _find_instead(plan: Plan, wanted: Plan, action: str) -> Instead:
    there = {priority.action.id for priority in wanted.priorities}
    if action not in there:
        return Instead(False, (), plan.value)
    dropped = tuple(p.action for p in plan.priorities if p.action.id not in there)
    return Instead(True, dropped, wanted.value)
