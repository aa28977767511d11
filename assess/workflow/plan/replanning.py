"""What a plan that is there already means for the next one: choices, progress, the promise."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from assess.catalogue.action import ROLES, Action, Catalogue
from assess.document.marking import plain_words
from assess.document.marks import TaskState
from assess.document.reading import PlanReading, read_document
from assess.document.tails import words_key
from assess.documents.plan import LONGEST_OWNER, FixedPromise, PriorityDocument, read_plan_record
from assess.people import Person, read_owner
from assess.planning.calendar import due_day, first_open_week, week_of
from assess.planning.owners import Staffing
from assess.planning.plan import ActionRecord, PlannedStep, State
from assess.planning.progress import NOTHING_BEGUN, Progress
from assess.record import record
from assess.scoring.profile import Profile

if TYPE_CHECKING:  # A check-in reads what is kept, and needs no planner.
    from assess.checkin.status import FileState
    from assess.documents.kept import KeptPlan
    from assess.documents.said import Said
    from assess.planning.build import Basis
    from assess.workflow.plan.basis import Wishes

WEEKS: Final = 13
NONE: Final = "none"
"""Takes back what was wanted or skipped before."""

_FIXED_AFTER: Final = timedelta(days=14)
"""So long after its start a plan can still change what it promises, if nobody worked on it."""


@record
class Underway:
    """A plan that is kept, as it stands today.

    `states` says of every step that is left what people did to it. `is_over` when its weeks
    have passed. `own_done` are the words of people's own tasks that are done.
    """

    kept: "KeptPlan"
    states: Mapping[str, TaskState]
    is_over: bool
    own_done: frozenset[str] = frozenset()

    @property
    def deleted(self) -> tuple[str, ...]:
        """The actions of which people deleted or dropped every task, and ticked none."""
        actions = read_plan_record(self.kept.written.document).actions
        return tuple(
            action.id
            for action in actions
            if all(self.states.get(step.id, "dropped") == "dropped" for step in action.steps)
        )

    @property
    def denied(self) -> frozenset[str]:
        """The actions whose "done when" people found not to be true yet."""
        past = (*(one.said for one in self.kept.checkins), self.kept.said)
        return frozenset(name for name, holds in find_holding(past, self.own_done) if not holds)

    @property
    def is_worked_on(self) -> bool:
        """Whether anything was ticked, or a check-in held."""
        return bool(self.kept.checkins) or "done" in self.states.values()

    def became(self, priority: PriorityDocument) -> State:
        """Tell what became of an action: done without an open step, unless that was denied."""
        states = {self.states.get(step.id, "dropped") for step in priority.steps}
        if not states & {"done", "begun"}:
            return "new"
        is_done = "done" in states and not states & {"open", "begun"}
        return "done" if is_done and priority.action not in self.denied else "begun"

    @property
    def as_kept(self) -> "KeptPlan":
        """The plan with the ticks that are known by now."""
        done = {name: state == "done" for name, state in self.states.items()}
        return self.kept.model_copy(update={"marks": {**self.kept.marks, **done}})


def read_standing(kept: "KeptPlan", document: PlanReading | None, today: date) -> Underway:
    """Return how a plan stands: as its file says, or without one as it was last read.

    What was ticked when it was last read stays done when its line is deleted later.
    """
    written = document or read_document(kept.written.text)
    states: dict[str, TaskState] = {n: t.state for n, t in written.by_id.items() if not t.fate}
    for name, is_done in kept.marks.items():
        if is_done and "/" in name and (document is None or name not in states):
            states[name] = "done"
    return Underway(kept, states, is_over(kept, today), list_own_done(written))


def list_own_done(document: "FileState") -> frozenset[str]:
    """Return the words of people's own tasks that are done, in the form for comparing."""
    if not isinstance(document, PlanReading):
        return frozenset()
    return frozenset(words_key(task.wording) for task in document.own_tasks if task.is_done)


def find_holding(past: "Iterable[Said]", own_done: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield the last answer to each "done when"; one whose missing step is done is open again."""
    latest = {one.action: one for said in past for one in said.confirmed}
    for action, one in latest.items():
        missing = words_key(plain_words(one.missing))
        if one.holds or not missing or missing not in own_done:
            yield action, one.holds


def list_unsure(past: "Iterable[Said]") -> frozenset[str]:
    """Return the actions whose "done when" nobody could answer when it was asked, nor since."""
    every = tuple(past)
    asked = {name for said in every for name in said.put_off}
    return frozenset(asked - {one.action for said in every for one in said.confirmed})


def is_over(kept: "KeptPlan", today: date) -> bool:
    """Tell whether the thirteen weeks of a plan have passed."""
    return today > kept.written.document.end


def renew_wishes(wishes: "Wishes", standing: Underway | None) -> "Wishes":
    """Return the wishes with what was wished for the plan before, as far as it still holds.

    A new choice takes the place of an old one about the same action, and `none` that of all.
    Another start makes it another plan, which keeps the choices but not the weeks off.
    """
    wants, skips = (tuple(w for w in given if w != NONE) for given in (wishes.wants, wishes.skips))
    if standing is None:
        return replace(wishes, wants=wants, skips=skips)
    before = standing.kept.written
    same_start = before.start if not standing.is_over else None
    same_plan = not standing.is_over and wishes.start in (None, before.start)
    asked = before.hours_per_week if before.hours_source == "asked" else None
    kept_off = tuple(map(str, (*before.weeks_off, *before.days_off))) if same_plan else ()
    wanted = () if NONE in wishes.wants else before.wants
    skipped = () if NONE in wishes.skips else before.skips
    return replace(
        wishes,
        start=wishes.start or same_start,
        hours=wishes.hours if wishes.hours is not None else asked if same_plan else None,
        off=wishes.off or kept_off,
        wants=_merge(wanted, wants, skips),
        skips=_merge(skipped, skips, wants),
    )


def skip_deleted(wishes: "Wishes", standing: Underway) -> "Wishes":
    """Return the wishes without the actions of which people deleted or dropped every task."""
    deleted = tuple(action for action in standing.deleted if action not in wishes.wants)
    return replace(wishes, skips=_merge(wishes.skips, deleted, ()))


def find_progress(standing: Underway, basis: "Basis", today: date) -> Progress:
    """Return what of a plan goes on when it is planned anew today, from a start on.

    With another start, what was done lies before it, and what is open goes on from there. What
    the plan had left out and people did all the same was begun too.
    """
    record = read_plan_record(standing.kept.written.document)
    start = basis.request.start
    later = (start - record.start).days // 7
    days_off = basis.request.capacity.days_off
    week = first_open_week(start, days_off, today)
    actions = [
        _moved(action, start, later, days_off) if later else action for action in record.actions
    ]
    known = {action.id for action in actions}
    others = (action for action in basis.catalogue.actions if action.id not in known)
    for action in others:
        weeks = {
            n: week for n in standing.states if standing.states[n] in ("done", "begun", "open")
        }
        found = _record_action(action, weeks, start, days_off, basis.team_size)
        if found and any(standing.states[s.id] in ("done", "begun") for s in found.steps):
            actions.append(found)
    states = {s.id: standing.states.get(s.id, "dropped") for a in actions for s in a.steps}
    progress = _sort_actions(actions, states, week)
    return replace(progress, denied=standing.denied)


def find_staffing(
    people: tuple[Person, ...], standing: Underway, document: PlanReading | None
) -> Staffing:
    """Return who there is, with what a plan under way has given them, and people each other.

    Whoever writes another name into the file has given the step away, for good.
    """
    if standing.is_over:
        return Staffing(people)
    written = standing.kept.written
    before = {s.id: s.owner for p in written.document.priorities for s in p.steps}
    tasks = document.by_id if document else {}
    was = read_document(written.text).by_id
    named = {
        name: read_owner(task.owner)
        for name, task in tasks.items()
        if name in was and task.owner not in ("", was[name].owner)
        if len(task.owner) <= LONGEST_OWNER
    }
    return Staffing(people, before, {**written.by_hand, **named})


def read_names(document: PlanReading) -> Mapping[str, str]:
    """Return the owners of the steps of a file of which nothing else is known, roles left out."""
    owners = {name: read_owner(task.owner) for name, task in document.by_id.items()}
    return {
        name: owner
        for name, owner in owners.items()
        if owner and owner not in ROLES and len(owner) <= LONGEST_OWNER
    }


def is_chosen_anew(basis: "Basis", renewed: "Wishes", standing: Underway) -> bool:
    """Tell whether what was announced may change: other answers or wishes, or because asked."""
    before, request = standing.kept.written, basis.request
    deleted = set(standing.deleted)
    now = (
        request.start,
        set(request.wants),
        set(request.skips) - deleted,
        # Hours that recurring work no longer takes are no wish: they only give what is there room.
        request.capacity.said,
        request.capacity.weeks_off,
        request.capacity.days_off,
        basis.team_size,
        hash_answers(basis.situation.profile),
    )
    then = (
        before.start,
        set(before.wants),
        set(before.skips) - deleted,
        before.hours_per_week,
        before.weeks_off,
        before.days_off,
        before.document.team_size,
        before.answers,
    )
    return renewed.afresh or standing.is_over or now != then


def hash_answers(profile: Profile) -> str:
    """Return what tells the levels of one set of answers from those of another."""
    levels = sorted(profile.levels.items())
    return sha256(repr((profile.view, profile.stage, levels)).encode()).hexdigest()


def recover_progress(
    found: PlanReading, catalogue: Catalogue, team_size: int, today: date
) -> Progress:
    """Return the progress that a file alone tells: its tasks, their marks and their dates."""
    if found.start is None:
        return NOTHING_BEGUN
    start = found.start
    weeks = {name: week_of(start, task.due or start) for name, task in found.by_id.items()}
    records = (_record_action(action, weeks, start, (), team_size) for action in catalogue.actions)
    states = {name: task.state for name, task in found.by_id.items()}
    known = [record for record in records if record is not None]
    return _sort_actions(known, states, first_open_week(start, (), today))


def _record_action(
    action: Action,
    weeks: Mapping[str, int],
    start: date,
    days_off: Collection[date],
    team_size: int,
) -> ActionRecord | None:
    """Return an action with those of its steps of which a week is known, or None without any."""
    steps = []
    for number, step in enumerate(action.steps, start=1):
        if (name := f"{action.id}/{number}") in weeks:
            week = min(max(1, weeks[name]), WEEKS)
            hours = step.hours_of(team_size)
            due, owner = due_day(start, week, days_off), action.role
            steps.append(PlannedStep(name, step.do, week, due, hours, owner))
    if not steps:
        return None
    first, last = min(s.week for s in steps), max(s.week for s in steps)
    return ActionRecord(action.id, action.title, first, last, tuple(steps))


def fix_promise(kept: "KeptPlan", today: date, is_worked_on: bool) -> FixedPromise | None:
    """Return what a plan promises for good, or None while each new plan still replaces it.

    It is the plan as it stands when its first tick or check-in is read, at the latest two weeks
    after its start.
    """
    latest = kept.written.start + _FIXED_AFTER
    if kept.written.promise is not None or not (is_worked_on or today >= latest):
        return kept.written.promise
    return FixedPromise(on=min(today, latest), promised=kept.written.document.promised)


def _sort_actions(
    actions: Collection[ActionRecord], states: Mapping[str, TaskState], week: int
) -> Progress:
    """Tell what is begun from what was only announced; what was dropped as a whole is neither."""

    def has(action: ActionRecord, *wanted: TaskState) -> bool:
        return any(states[step.id] in wanted for step in action.steps)

    begun = tuple(action for action in actions if has(action, "done", "begun"))
    announced = frozenset(a.id for a in actions if a not in begun and has(a, "open"))
    done, dropped = (frozenset(n for n, s in states.items() if s == w) for w in ("done", "dropped"))
    return Progress(week, begun, done, dropped, announced)


def _moved(
    action: ActionRecord, start: date, later: int, days_off: Collection[date]
) -> ActionRecord:
    """Return an action on the calendar of a plan that starts so many weeks later."""

    def week(before: int) -> int:
        return min(max(1, before - later), WEEKS)

    steps = tuple(
        replace(step, week=week(step.week), due=due_day(start, week(step.week), days_off))
        for step in action.steps
    )
    first, last = week(action.first_week), week(action.last_week)
    return replace(action, first_week=first, last_week=last, steps=steps)


def _merge(
    before: tuple[str, ...], added: tuple[str, ...], overruled: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(a for a in before if a not in overruled), *added)))
