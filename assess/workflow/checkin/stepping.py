"""What is said of single steps between two check-ins: written at once, told at the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from assess.answers import Day
from assess.catalogue.action import ROLES, Cause
from assess.cells import cut, harmless
from assess.checkin.status import CheckIn, StepStatus
from assess.commands import join_command
from assess.document.marking import clean_name
from assess.documents.checkin import describe_steps
from assess.documents.record import Document
from assess.documents.said import AgreedState, Blocker, Said, StepAgreement
from assess.errors import AssessError, Problem, nearest
from assess.figures import long_day
from assess.identity import PersonName
from assess.interview.asker import Asker
from assess.interview.looking_back import ask_cause
from assess.pages.blocks import ListedTask, Page, Section, Tasks, next_section
from assess.people import Person, find_person, read_owner, spell_owner
from assess.store import Store
from assess.workflow.checkin.reading import Reading
from assess.workflow.outcome import Outcome
from assess.workflow.plan.files import PlanFile, writing_plan
from assess.workflow.plan.replanning import fix_promise

_LONGEST_NOTE: Final = 300


class StepChange(Document):
    """What becomes of steps; None and empty leave it as it was."""

    state: AgreedState | None = None
    due: Day | None = None
    owner: str = ""
    note: str = ""
    cause: Cause | None = None


def change_steps(
    store: Store, reading: Reading, named: Sequence[str], change: StepChange, asker: Asker | None
) -> Outcome:
    """Write a change of steps into the plan's file, and keep it for the next check-in.

    Where a whole action is dropped its cause is asked for, unless somebody said it.
    """
    if change.due is not None and change.due < reading.today:
        what, fix = f"{long_day(change.due)} has passed.", "Name today or a later day."
        raise AssessError(what, "--to", fix)
    people = store.load_people(reading.assessment.team).people
    owner = take_owner(change.owner, people) if change.owner else ""
    steps = _find_steps(reading, named)
    agreed = [
        StepAgreement(
            step=status.id,
            wording=status.wording,
            on=reading.today,
            state=change.state,
            due=change.due,
            owner=owner,
            note=cut(harmless(change.note), _LONGEST_NOTE),
        )
        for status in steps
    ]
    said = Said(agreements=tuple(agreed))
    after = reading.after(said)
    dropped = _name_dropped(after, steps) if change.state == "dropped" else ()
    cause = change.cause
    if dropped and asker is not None and not (cause or change.note):
        cause = ask_cause(asker, dropped[0])
    blockers = tuple(Blocker(text=text, cause=cause) for text in dropped if cause)
    write_agreements(store, reading, reading.edited(said), agreed, blockers)
    shown = _show(store, reading, after, [status.id for status in steps])
    why = join_command("step", *named, "--drop", "--cause", "resources")
    no_cause = (f"Say why, and it counts as put aside: {why}",) if dropped and not cause else ()
    warnings = (*tell_stranger(owner, people), *(() if change.note else no_cause))
    return replace(shown, warnings=warnings)


def write_agreements(
    store: Store,
    reading: Reading,
    text: str,
    agreed: Iterable[StepAgreement],
    blockers: Iterable[Blocker] = (),
) -> None:
    """Write the text of a plan's file, and keep what was agreed in it.

    From then on what the plan promises is fixed.
    """
    key, written = reading.assessment.key, reading.kept.written
    done = (one.model_copy(update={"written": True}) for one in agreed)
    said = reading.kept.said.agree(*done)
    every = {one.text: one for one in (*said.blockers, *blockers)}
    said = said.model_copy(update={"blockers": tuple(every.values())})
    promise = fix_promise(reading.kept, reading.today, is_worked_on=True)
    file = PlanFile(reading.path, written.text, text, reading.paper.text)
    with store.together(), writing_plan(file):
        store.keep_said(key, said)
        if promise != written.promise:
            store.keep_plan(key, written.model_copy(update={"promise": promise}))


def _name_dropped(after: CheckIn, steps: Iterable[StepStatus]) -> tuple[str, ...]:
    """Name the actions of which nothing is left: with a cause, their promise is put aside."""
    gone = (a for a in after.actions if a.state == "dropped" and a.id in _actions(steps))
    return tuple(f"Dropped: {action.title}" for action in gone)


def _find_steps(reading: Reading, named: Iterable[str]) -> tuple[StepStatus, ...]:
    """Return the steps of ids, or of the numbers that the last check-in printed."""
    by_id = {status.id: status for status in reading.checkin.tasks}
    numbers = _numbers(reading)
    problems, found = [], dict[str, StepStatus]()
    there = {task.key for task in reading.paper.document.tasks}
    for name in named:
        key = numbers.get(name, name)
        if key in there and key in by_id:
            found[key] = by_id[key]
        elif key in by_id:
            fix = "Write its line into the file again, with its comment."
            problems.append(Problem(f"The line of '{key}' was deleted.", str(reading.path), fix))
        else:
            # A list of all ids would fill the screen; a wrong number is like none of them.
            is_number = name.isdecimal() and numbers
            near = "" if is_number else f" {nearest(name, by_id, most=3)}"
            fix = f"Use a number from 1 to {len(numbers)}, or an id.{near} See: assess checkin"
            problems.append(Problem(f"There is no step '{name}'.", str(reading.path), fix))
    if problems:
        raise AssessError(*problems)
    return tuple(found.values())


def _numbers(reading: Reading) -> Mapping[str, str]:
    """Return ids by number: those that were printed last, else those of today."""
    checkins = reading.kept.checkins
    if checkins:
        found = checkins[-1].found
        return {str(step.number): step.id for step in (*found.steps, *found.own)}
    return {str(status.place): status.id for status in reading.checkin.tasks}


def _show(store: Store, reading: Reading, after: CheckIn, keys: Sequence[str]) -> Outcome:
    changed = [status for status in after.tasks if status.id in keys]
    tasks = tuple(ListedTask(s.wording, s.owner, s.due, s.state) for s in changed)
    confirm = [a for a in after.actions if a.is_to_be_confirmed and a.id in _actions(changed)]
    said = [f"“{a.title}” has no step left; the check-in asks if it is true." for a in confirm]
    end = next_section(
        (*said, f"Written to {reading.path}"), ("Where the plan stands:", join_command("checkin"))
    )
    page = Page("Changed in the plan", (Section("", (Tasks(tasks),)), end))
    outcome = Outcome(
        (page,), lambda: describe_steps(after, str(reading.path), changed, confirm), screen=page
    )
    return outcome.about(store, reading.assessment.key)


def _actions(steps: Iterable[StepStatus]) -> frozenset[str]:
    return frozenset(status.action for status in steps)


# --- Who has a step, as somebody typed it and as the plan's file is to have it ---

_NOBODY: Final = ("nobody", "no one", "no-one", "noone", "none", "niemand", "keiner", "personne")


def take_owner(typed: str, people: Iterable[Person]) -> str:
    """Return a name or a role as tasks name it."""
    owner = clean_name(spell_owner(typed, people))
    if not owner:
        raise AssessError(f"'{typed}' is no name.", "--owner", "Use letters.")
    if any(PersonName(owner) == word for word in _NOBODY):
        fix = "Name a person or a role, as in 'the team', or leave the owner as it is."
        raise AssessError(f"'{typed}' is nobody's name.", "--owner", fix)
    return owner


def is_known(owner: str, people: Sequence[Person]) -> bool:
    """Tell whether an owner is a role or among the people; without people everybody is."""
    return not people or read_owner(owner) in ROLES or find_person(people, owner) is not None


def tell_stranger(owner: str, people: Sequence[Person]) -> tuple[str, ...]:
    """Say that an owner is not among the team's people, and how to add one; mostly nothing."""
    if not owner or is_known(owner, people):
        return ()
    command = join_command("people", "add", owner)
    return (f"{owner} is not among the people of the team; to add somebody: {command}",)
