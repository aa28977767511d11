"""A plan, what people did with it, and today: where the plan stands.

Weeks are those of the plan, 1 to 13; before it begins the week is 0, and after its end it is
14. Hours are whole, and of the whole team.

Source: docs/decisions/0007-plan-document.md
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess.catalogue import Action
from assess.document.oddities import Note, Oddity, tell_once
from assess.document.reading import PlanReading
from assess.document.reviews import Review, list_reviews
from assess.document.tasks import Task
from assess.figures import Hours
from assess.planning import calendar
from assess.planning.plan import PlannedStep
from assess.planning.record import ActionRecord, PlanRecord

StepState = Literal["done", "open", "late", "dropped"]
ActionState = Literal["done", "started", "open", "dropped"]


@dataclass(frozen=True, slots=True)
class StepStatus:
    """A planned step as it stands in the file; `due` is the date that people changed it to.

    An open or late step `is_begun` when its mark says so; `done_on` is told by few tools.
    """

    step: PlannedStep
    state: StepState
    wording: str
    owner: str
    due: date
    is_begun: bool = False
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionStatus:
    """An action of the plan: done when no step is left, started when one is done or begun.

    `levers` is what can be adjusted at once, if a step of it is late.
    """

    id: str
    title: str
    state: ActionState
    steps: tuple[StepStatus, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One reading of a plan against its schedule.

    `team_week` is the week whose work is next, judged by the hours done: smaller than `week`
    when the team is behind, larger when it is ahead. `review` is the one that is due now.
    """

    team: str
    date: date
    week: int
    is_over: bool
    team_week: int
    hours_planned: Hours
    hours_due: Hours
    hours_done: Hours
    actions: tuple[ActionStatus, ...]
    own: tuple[Task, ...]
    review: Review | None
    notes: tuple[Note, ...]

    @property
    def steps(self) -> tuple[StepStatus, ...]:
        return tuple(step for action in self.actions for step in action.steps)

    def in_state(self, state: StepState) -> tuple[StepStatus, ...]:
        """Return the steps in a state, in the order of the plan."""
        return tuple(step for step in self.steps if step.state == state)

    @property
    def marks(self) -> Mapping[str, bool]:
        """Whether it is done, for each step and action, by its id."""
        steps = {status.step.id: status.state == "done" for status in self.steps}
        return steps | {action.id: action.state == "done" for action in self.actions}


@dataclass(frozen=True, slots=True)
class PastCheckIn:
    """An earlier check-in: what was found, what people said, and what they agreed."""

    date: date
    hours_done: Hours
    hours_due: Hours
    late: int
    wins: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def review_progress(
    document: PlanReading,
    plan: PlanRecord,
    today: date,
    *,
    actions: Mapping[str, Action] | None = None,
    last: date | None = None,
) -> CheckIn:
    """Compare what is ticked with what was planned by today.

    Args:
        actions: The catalogue, which knows the levers; without it none are offered.
        last: The day of the last check-in, which has asked for the reviews until then.
    """
    statuses = tuple(
        _read_action(action, document, today, actions or {}) for action in plan.actions
    )
    steps = [s for action in statuses for s in action.steps if s.state != "dropped"]
    weeks = calendar.week_of(plan.start, plan.end)
    return CheckIn(
        team=plan.team,
        date=today,
        week=min(max(calendar.week_of(plan.start, today), 0), weeks + 1),
        is_over=today > plan.end,
        team_week=_find_team_week(steps, plan.start, weeks),
        hours_planned=sum(s.step.hours for s in steps),
        hours_due=sum(s.step.hours for s in steps if s.due <= today),
        hours_done=sum(s.step.hours for s in steps if s.state == "done"),
        actions=statuses,
        own=document.own_tasks,
        review=_find_review(plan.start, today, last),
        notes=(*document.notes, *tell_once(_unknown_ids(document, plan))),
    )


def _read_action(
    action: ActionRecord, document: PlanReading, today: date, catalogue: Mapping[str, Action]
) -> ActionStatus:
    tasks = document.by_id
    steps = tuple(_read_step(step, tasks.get(step.id), today) for step in action.steps)
    is_late = any(status.state == "late" for status in steps)
    levers = catalogue[action.id].levers if is_late and action.id in catalogue else ()
    return ActionStatus(action.id, action.title, _judge_action(steps), steps, levers)


def _read_step(step: PlannedStep, task: Task | None, today: date) -> StepStatus:
    if task is None:
        return StepStatus(step, "dropped", step.do, "", step.due)
    due = task.due or step.due
    state: StepState
    if task.state == "done" or task.state == "dropped":
        state = task.state
    else:
        state = "late" if due < today else "open"
    wording = task.wording or step.do
    is_begun = task.state == "begun"
    return StepStatus(step, state, wording, task.owner, due, is_begun, task.done_on)


def _judge_action(steps: Sequence[StepStatus]) -> ActionState:
    states = {status.state for status in steps} - {"dropped"}
    if not states:
        return "dropped"
    if states == {"done"}:
        return "done"
    is_started = "done" in states or any(status.is_begun for status in steps)
    return "started" if is_started else "open"


def _find_team_week(steps: Sequence[StepStatus], start: date, weeks: int) -> int:
    """Return the first week by whose end more hours are due than are done."""
    left = sum(status.step.hours for status in steps if status.state == "done")
    for week in range(1, weeks + 1):
        # A step that was moved out of the plan's weeks counts in the nearest one.
        left -= sum(
            status.step.hours
            for status in steps
            if min(max(calendar.week_of(start, status.due), 1), weeks) == week
        )
        if left < 0:
            return week
    return weeks + 1


def _find_review(start: date, today: date, last: date | None) -> Review | None:
    """Return the latest review that has come up since the last check-in."""
    since = last or start
    reviews = list_reviews(calendar.review_dates(start))
    return next((r for r in reversed(reviews) if since < r.date <= today), None)


def _unknown_ids(document: PlanReading, plan: PlanRecord) -> Iterator[Oddity]:
    """Report tasks with the id of no step, which is how a misspelt one shows."""
    known = {step.id for step in plan.steps}
    for name, task in document.by_id.items():
        if name not in known:
            text = f"The id {name} is that of no step of the plan."
            yield Oddity("step", task.line, name, text)
