"""What the last plan left open, and what becomes of it in the next one."""

from collections.abc import Iterable, Mapping, Sequence

from assess.figures import count, describe_weeks
from assess.planning.plan import Plan
from assess.record import record

_TOO_OFTEN = 2
"""Carried over so often, an action is replaced or escalated."""
Verdict = tuple[str, str]


@record
class LeftOpen:
    """An action that the last plan left open.

    `times` counts the plans in a row that left it open, the last one included.
    """

    id: str
    title: str
    times: int
    is_started: bool


def judge_left_open(left_open: Iterable[LeftOpen], plan: Plan) -> Mapping[Verdict, Sequence[str]]:
    """Return the actions by what becomes of them in the new plan: a word and a sentence.

    An action is *still right* when the new plan has it, *finished late* or *overtaken* when
    what it lifts holds by now, and *put off* otherwise. What was left open twice is to be
    *replaced or escalated*.
    """
    alike: dict[Verdict, list[str]] = {}
    for left in left_open:
        alike.setdefault(_judge(left, plan), []).append(left.title)
    return alike


def _judge(left: LeftOpen, plan: Plan) -> Verdict:
    again = next((p for p in plan.priorities if p.action.id == left.id), None)
    out = next((out for out in plan.not_now if out.action.id == left.id), None)
    if left.times >= _TOO_OFTEN and (again or out):
        return "replace or escalate", _describe_too_often(left, bool(again))
    if again:
        weeks = describe_weeks(range(again.first_week, again.last_week + 1))
        return "still right", f"In this plan again, in {weeks}."
    if out:
        return "put off", out.text
    if left.id in plan.actions and not plan.actions[left.id].rungs:
        return "overtaken", "Not asked for any more."
    if left.is_started:
        return "finished late", "What was to come of it is true by now."
    return "overtaken", "What was to come of it is true already."


def _describe_too_often(left: LeftOpen, is_planned: bool) -> str:
    where = "It is in this plan once more" if is_planned else "It is not in this plan"
    return (
        f"{count(left.times, 'plan')} in a row left it open. {where}: "
        "find another way to the same end, or take what blocks it to your sponsor."
    )
