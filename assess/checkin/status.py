"""A plan, what people did with it, and today: where the plan stands.

Weeks are those of the plan, 1 to 13; before it begins the week is 0, and after its end it is
14. Hours are whole, and of the whole team.

Source: docs/decisions/0007-plan-document.md
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import count
from typing import Literal

from assess.document.marks import TaskState
from assess.document.oddities import Note, Oddity, tell_once
from assess.document.reading import PlanReading
from assess.document.reviews import Review, list_reviews
from assess.document.tasks import Task
from assess.figures import Hours
from assess.people import name_owner
from assess.planning import calendar
from assess.planning.plan import ActionRecord, PlannedStep, PlanRecord
from assess.record import record

FileState = PlanReading | Mapping[str, TaskState]
"""A plan's file as it was read; or the state of each step, where nobody did more than tick."""

StepState = Literal["done", "open", "late", "dropped"]
ActionState = Literal["done", "started", "open", "dropped"]


@record
class StepStatus:
    """A step as it stands in the file; `due` is the date that people changed it to.

    `id` is that of the plan, or the key of a person's own task, which takes no hours and may
    have no date; a step that left the plan and stays in the file keeps its own. `place` counts
    the tasks of a plan from 1, so that one can name them. An open or late step `is_begun` when
    its mark says so; `done_on` is told by few tools.
    """

    id: str
    place: int
    state: StepState
    wording: str
    owner: str
    due: date | None
    hours: Hours = 0
    is_begun: bool = False
    done_on: date | None = None

    @property
    def short(self) -> str:
        """What is to be done, without the command that prints an example of it."""
        return self.wording.partition(" (assess example ")[0].rstrip(".")

    @property
    def action(self) -> str:
        """The id of the action that it is a step of; empty for an own task."""
        return self.id.rpartition("/")[0]


@record
class ActionStatus:
    """An action of the plan: started when one of its steps is done or begun.

    It is done when no step is left and its "done when" was not answered no: `holds` is that
    answer, None where nobody was asked or, if it `is_unsure`, could say. `levers` is what can be
    adjusted at once, if a step of it is late.
    """

    id: str
    title: str
    state: ActionState
    steps: tuple[StepStatus, ...]
    levers: tuple[str, ...] = ()
    done_when: tuple[str, ...] = ()
    holds: bool | None = None
    is_unsure: bool = False

    @property
    def counts_as_true(self) -> bool:
        """Whether its "done when" was confirmed, or its ticks count because nobody was asked."""
        return bool(self.holds) or (self.is_to_be_confirmed and not self.is_unsure)

    @property
    def done_of(self) -> tuple[int, int]:
        """How many steps are done, and of how many that are not dropped."""
        left = [step.state for step in self.steps if step.state != "dropped"]
        return left.count("done"), len(left)

    @property
    def is_to_be_confirmed(self) -> bool:
        return self.state == "done" and self.holds is None


@record
class CheckIn:
    """One reading of a plan against its schedule.

    `review` is the one that is due now. `of` says whose plan it is where it is not the team's.
    """

    team: str
    date: date
    week: int
    is_over: bool
    hours_planned: Hours
    hours_due: Hours
    hours_done: Hours
    actions: tuple[ActionStatus, ...]
    own: tuple[StepStatus, ...]
    review: Review | None
    notes: tuple[Note, ...]
    of: str = ""

    @property
    def whose(self) -> str:
        return self.of or self.team

    @property
    def is_of_team(self) -> bool:
        return self.whose == self.team

    @property
    def steps(self) -> tuple[StepStatus, ...]:
        return tuple(step for action in self.actions for step in action.steps)

    @property
    def tasks(self) -> tuple[StepStatus, ...]:
        """All steps, and people's own tasks behind them."""
        return (*self.steps, *self.own)

    def in_state(self, state: StepState) -> tuple[StepStatus, ...]:
        return tuple(task for task in self.tasks if task.state == state)

    @property
    def marks(self) -> Mapping[str, bool]:
        steps = {status.id: status.state == "done" for status in self.steps}
        return steps | {action.id: action.state == "done" for action in self.actions}

    @property
    def true_of(self) -> tuple[int, int]:
        """Of how many actions the "done when" counts as true, and how many there are."""
        there = [action for action in self.actions if action.done_when]
        return sum(action.counts_as_true for action in there), len(there)


def find_due(checkin: CheckIn, until: date) -> tuple[StepStatus, ...]:
    """Return what is late, the longest first, then what is due by a day."""
    late = sorted(checkin.in_state("late"), key=lambda s: s.due or until)
    soon = [s for s in checkin.in_state("open") if s.due is not None and s.due <= until]
    return (*late, *sorted(soon, key=lambda s: s.due or until))


@record
class PastCheckIn:
    """An earlier check-in: what was found, what people said, and what they agreed."""

    date: date
    hours_done: Hours
    hours_due: Hours
    late: int
    wins: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    ticked: int = 0
    answers: tuple[str, ...] = ()


@record
class ActionFacts:
    """What a check-in has to know of actions beside their steps, each by the action's id.

    `holds` says where people were asked for the "done when", `unsure` where nobody could tell.
    """

    levers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    done_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holds: Mapping[str, bool] = field(default_factory=dict)
    unsure: Collection[str] = ()


def review_progress(
    document: FileState,
    plan: PlanRecord,
    today: date,
    *,
    reviews: Sequence[date],
    facts: ActionFacts | None = None,
    last: date | None = None,
) -> CheckIn:
    """Compare what is ticked with what was planned by today.

    The `last` check-in has asked for the reviews until its day.
    """
    reader = _Reader(document, today, plan.end, facts or ActionFacts())
    places = count(1)
    statuses = tuple(reader.read_action(action, places) for action in plan.actions)
    steps = [s for action in statuses for s in action.steps if s.state != "dropped"]
    own: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    if isinstance(document, PlanReading):
        own = document.own_beside({step.id for step in plan.steps})
        notes = (*document.notes, *tell_once(_unknown_ids(document, plan)))
    weeks = calendar.week_of(plan.start, plan.end)
    come = reversed(list_reviews(reviews))
    return CheckIn(
        team=plan.team,
        date=today,
        week=min(max(calendar.week_of(plan.start, today), 0), weeks + 1),
        is_over=today > plan.end,
        hours_planned=sum(s.hours for s in steps),
        hours_due=sum(s.hours for s in steps if s.due and s.due <= today),
        hours_done=sum(s.hours for s in steps if s.state == "done"),
        actions=statuses,
        own=tuple(reader.read(task, task.key, next(places), task.due, 0) for task in own),
        review=next((r for r in come if (last or plan.start) < r.date <= today), None),
        notes=notes,
    )


@record
class _Reader:
    """Reads tasks of one file on one day; after the end of a plan nothing becomes late."""

    document: FileState
    today: date
    end: date
    facts: ActionFacts

    def read_action(self, action: ActionRecord, places: Iterator[int]) -> ActionStatus:
        facts = self.facts
        steps = tuple(self._read_step(step, next(places)) for step in action.steps)
        is_late = any(status.state == "late" for status in steps)
        holds = facts.holds.get(action.id)
        return ActionStatus(
            id=action.id,
            title=action.title,
            state=_judge_action(steps, holds),
            steps=steps,
            levers=facts.levers.get(action.id, ()) if is_late else (),
            done_when=facts.done_when.get(action.id, ()),
            holds=holds,
            is_unsure=action.id in facts.unsure,
        )

    def _read_step(self, step: PlannedStep, place: int) -> StepStatus:
        if not isinstance(self.document, PlanReading):
            said, owner = self.document[step.id], name_owner(step.owner)
            state, is_begun = self._judge(said, step.due), said == "begun"
            return StepStatus(step.id, place, state, step.do, owner, step.due, step.hours, is_begun)
        task = self.document.by_id.get(step.id)
        if task is None:
            return StepStatus(step.id, place, "dropped", step.do, "", step.due, step.hours)
        return self.read(task, step.id, place, task.due or step.due, step.hours)

    def read(self, task: Task, key: str, place: int, due: date | None, hours: Hours) -> StepStatus:
        state, is_begun = self._judge(task.state, due), task.state == "begun"
        return StepStatus(
            key, place, state, task.wording, task.owner, due, hours, is_begun, task.done_on
        )

    def _judge(self, said: TaskState, due: date | None) -> StepState:
        if said == "done" or said == "dropped":
            return said
        return "late" if due is not None and due < self.today <= self.end else "open"


def _judge_action(steps: Sequence[StepStatus], holds: bool | None) -> ActionState:
    states = {status.state for status in steps} - {"dropped"}
    if not states:
        return "dropped"
    if states == {"done"}:
        return "started" if holds is False else "done"
    is_started = "done" in states or any(status.is_begun for status in steps)
    return "started" if is_started else "open"


def _unknown_ids(document: PlanReading, plan: PlanRecord) -> Iterator[Oddity]:
    """Report tasks with the id of no step, which are a person's own by now or misspelt."""
    known = {step.id for step in plan.steps}
    for name, task in document.by_id.items():
        # What is done or dropped may have left the plan.
        if name not in known and not task.is_own and task.state in ("open", "begun"):
            text = f"The id {name} is that of no step of the plan; the task counts as your own."
            yield Oddity("step", task.line, name, text)
