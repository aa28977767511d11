"""What the last plan left open, and what becomes of it in the next one."""

from collections.abc import Iterable

from assess.figures import count, describe_weeks
from assess.planning.plan import Plan
from assess.record import record

_TOO_OFTEN = 2
"""Carried over so often, an action is replaced or escalated."""


@record
class LeftOpen:
    """An action that the last plan left open.

    `times` counts the plans in a row that left it open, the last one included.
    """

    id: str
    title: str
    times: int
    is_started: bool


def judge_left_open(left_open: Iterable[LeftOpen], plan: Plan) -> tuple[dict[str, str], ...]:
    """Return what becomes of each action in the new plan, in the same order.

    An action is *still right* when the new plan has it, *finished late* or *overtaken* when
    what it lifts holds by now, and *put off* otherwise. What was left open twice is to be
    *replaced or escalated*.
    """
    verdicts = ((left.title, *_judge(left, plan)) for left in left_open)
    return tuple(dict(zip(("title", "word", "text"), one, strict=True)) for one in verdicts)


def _judge(left: LeftOpen, plan: Plan) -> tuple[str, str]:
    again = next((p for p in plan.priorities if p.action.id == left.id), None)
    out = next((out for out in plan.not_now if out.action.id == left.id), None)
    if left.times >= _TOO_OFTEN and (again or out):
        return "replace or escalate", _describe_too_often(left, bool(again))
    if again:
        weeks = describe_weeks(range(again.first_week, again.last_week + 1))
        return "still right", f"It is in this plan, in {weeks}."
    if out:
        return "put off", out.text
    if left.id in plan.actions and not plan.actions[left.id].rungs:
        return "overtaken", "Nothing asks for it any more."
    if left.is_started:
        return "finished late", "What it was to bring is in place by now."
    return "overtaken", "What it was to bring is in place without it."


def _describe_too_often(left: LeftOpen, is_planned: bool) -> str:
    where = "It is in this plan once more" if is_planned else "It is not in this plan"
    return (
        f"{count(left.times, 'plan')} in a row left it open. {where}: "
        "find another way to the same end, or take what blocks it to your sponsor."
    )
