"""Somebody leaves a team: who has their open steps now, in the plan's file and in the store."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain

from assess.catalogue.action import Role
from assess.commands import join_command
from assess.document.managed import renew_parts
from assess.document.markdown import escape_markdown
from assess.document.marking import TaskEdit, edit_tasks
from assess.document.reading import read_document
from assess.document.tasks import Task
from assess.documents.kept import KeptPlan
from assess.documents.people import describe_leaving
from assess.documents.plan import PriorityDocument, WrittenPlan, read_plan_record
from assess.errors import AssessError
from assess.figures import count
from assess.identity import PersonName
from assess.interview.asker import Asker
from assess.interview.prompts import HandOverWay, ask_successor
from assess.pages.blocks import ListedTask, Page, Section, Tasks, next_section
from assess.pages.plan_paper import name_supporters_anew, write_one_page
from assess.people import Person, name_owner, read_owner, require_person
from assess.planning import calendar
from assess.planning.owners import spread_steps
from assess.planning.plan import PlannedStep
from assess.record import record
from assess.workflow.aims.desk import read_aims, tell_beside
from assess.workflow.checkin.reading import Reading, read_plan
from assess.workflow.outcome import Outcome
from assess.workflow.plan.files import PlanFile, writing_plan
from assess.workflow.plan.replanning import fix_promise, is_over
from assess.workflow.team.people import TeamBook


@record
class HandOver:
    """Where the open steps of somebody go: all to one, to the others of the role, or back to it."""

    way: HandOverWay
    to: str = ""


@record
class _Leaving:
    """Who leaves whom, and where the steps go; nobody said so where there are none."""

    book: TeamBook
    person: Person
    others: tuple[Person, ...]
    wish: HandOver | None


def remove_person(book: TeamBook, name: str, wish: HandOver | None, asker: Asker | None) -> Outcome:
    """Take somebody out of a team, and hand their open steps over; what is done keeps the name.

    All plans under way say so at once, that of the manager too.
    """
    person = require_person(book.people, name, "NAME")
    others = tuple(one for one in book.people if one is not person)
    if wish is not None and wish.way == "to":
        wish = replace(wish, to=require_person(others, wish.to, "--to").name)
    readings = tuple(_find_readings(book))
    left = [_list_left(reading, person) for reading in readings]
    if tasks := tuple(chain(*left)):
        wish = wish or _ask(asker, person, others, tasks)
    leaving = _Leaving(book, person, others, wish)
    moved = [
        _hand_over(leaving, reading, some) for reading, some in zip(readings, left, strict=True)
    ]
    store = book.errand.store
    with ExitStack() as stack:
        for file, _, _ in moved:
            stack.enter_context(writing_plan(file))
        stack.enter_context(store.together())
        for reading, (_, written, _) in zip(readings, moved, strict=True):
            store.keep_plan(reading.assessment.key, written)
        _keep(book, others, person)
    owners = [owner for _, _, owners in moved for owner in owners.values()]
    return _show(book, person, tuple(zip(tasks, owners, strict=True)))


def _find_readings(book: TeamBook) -> Iterator[Reading]:
    """Yield the plans that are under way: the team's, and its manager's."""
    errand = book.errand
    for asked in dict.fromkeys(kept.questionnaire for kept in errand.store.history(book.team)):
        its = replace(book, errand=replace(errand, asked=asked))
        plan = its.plan
        if plan is not None and not is_over(plan, errand.today):
            yield read_plan(its.errand)


def _list_left(reading: Reading, person: Person) -> tuple[Task, ...]:
    return tuple(
        task
        for task in reading.paper.document.tasks
        if task.state in ("open", "begun") and PersonName(person.name) == task.owner
    )


def _ask(
    asker: Asker | None, person: Person, others: Sequence[Person], left: Sequence[Task]
) -> HandOver:
    if asker is None:
        listed = ", ".join(task.key for task in left)
        fix = "Say where they go: --to NAME, --spread, or --to-role."
        what = f"{person.name} has {count(len(left), 'open task')}: {listed}."
        raise AssessError(what, "NAME", fix)
    asker.say(
        f"{person.name} has {count(len(left), 'open task')}:",
        *(f"- {task.wording}" for task in left),
    )
    way, to = ask_successor(asker, person.name, [one.name for one in others])
    return HandOver(way, to)


def _choose_owners(
    reading: Reading, left: Sequence[Task], others: Sequence[Person], wish: HandOver
) -> Mapping[str, str]:
    document = reading.kept.written.document
    roles = {p.action: p.role for p in document.priorities}
    lead: dict[str, Role] = {task.key: roles.get(task.action or "", "team") for task in left}
    if wish.way == "to":
        return dict.fromkeys(lead, wish.to)
    if wish.way == "to-role":
        return lead
    tasks = reading.paper.document.by_id
    steps = {step.id: step for step in read_plan_record(document).steps}
    theirs = [
        replace(step, owner=read_owner(tasks[name].owner or step.owner))
        for name, step in steps.items()
        if name in tasks and name not in lead
    ]
    for task in (one for one in left if one.key not in steps):
        due = task.due or reading.today
        week = calendar.week_of(document.start, due)
        # People's own tasks are steps without hours.
        steps[task.key] = PlannedStep(task.key, task.wording, week, due, 0, "team")
    given = [(lead[task.key], steps[task.key]) for task in left]
    weeks = len(document.hours_by_week)
    return spread_steps(given, theirs, others, document.start, weeks)


def _hand_over(
    leaving: _Leaving, reading: Reading, left: Sequence[Task]
) -> tuple[PlanFile, WrittenPlan, Mapping[str, str]]:
    """Return a plan's file with new owners of what somebody left, what is kept of it, and who."""
    book, person, others, wish = leaving.book, leaving.person, leaving.others, leaving.wish
    owners = _choose_owners(reading, left, others, wish) if wish else {}
    kept, today, team = reading.kept, book.errand.today, reading.assessment.team
    edits = [TaskEdit(key, owner=name_owner(owner)) for key, owner in owners.items()]
    text = edit_tasks(reading.paper.document, kept.written.text, edits)
    written = _rewrite(kept, owners, wish, edits)
    # Who leaves takes nothing from what was promised.
    promise = fix_promise(kept, today, is_worked_on=bool(owners))
    aims = read_aims(book.errand.store, team, None, None, today)
    beside = tell_beside(aims, reading.assessment.questionnaire, others, today)
    reviews = calendar.review_dates(written.start, written)
    page = write_one_page(reading.profile, written.document, reviews, beside)
    changes: dict[str, Callable[[str], str]] = {
        f"why/{priority.action}": partial(name_supporters_anew, priority, others)
        for priority in written.document.priorities
    }
    changes["one-page"] = lambda _: page
    changes["timeline"] = partial(_leave_out, escape_markdown(person.name))
    text, base = renew_parts(text, written.text, changes)
    written = written.model_copy(update={"promise": promise, "text": base})
    return PlanFile(reading.path, written.text, text, reading.paper.text), written, owners


def _leave_out(name: str, text: str) -> str:
    """Return a part without the sentences that name somebody; charts and tables name nobody."""
    lines = (line for line in text.split("\n") if name not in line or line[0] in " |")
    return "\n".join(lines)


def _rewrite(
    kept: KeptPlan, owners: Mapping[str, str], wish: HandOver | None, edits: Iterable[TaskEdit]
) -> WrittenPlan:
    """Return what the tool itself says, with the new owners; what was given by name stays given."""
    written = kept.written
    text = edit_tasks(read_document(written.text), None, edits)
    by_hand = {name: owner for name, owner in written.by_hand.items() if name not in owners}
    known = {step.id for step in read_plan_record(written.document).steps}
    if wish is not None and wish.way != "spread":
        by_hand |= {name: owner for name, owner in owners.items() if name in known}
    priorities = tuple(_lead_anew(priority, owners) for priority in written.document.priorities)
    document = written.document.model_copy(update={"priorities": priorities})
    return written.model_copy(update={"text": text, "document": document, "by_hand": by_hand})


def _lead_anew(priority: PriorityDocument, owners: Mapping[str, str]) -> PriorityDocument:
    steps = tuple(
        step.model_copy(update={"owner": owners.get(step.id, step.owner)})
        for step in priority.steps
    )
    was = {step.owner for step in priority.steps if step.id in owners}
    taken = [owners[step.id] for step in priority.steps if step.id in owners]
    lead = taken[0] if priority.owner in was else priority.owner
    return priority.model_copy(update={"steps": steps, "owner": lead})


def _keep(book: TeamBook, others: tuple[Person, ...], person: Person) -> None:
    members = sum(one.is_member for one in others)
    book.keep(others, max(book.find_size() - person.is_member, members, 1))


def _show(book: TeamBook, person: Person, handed: Sequence[tuple[Task, str]]) -> Outcome:
    tasks = tuple(
        ListedTask(task.wording, name_owner(owner), task.due, "open") for task, owner in handed
    )
    kept = "What is done keeps the name, and what the plan promises stays."
    renew = ("Bring the rest of the plan up to it:", join_command("plan"))
    end = next_section((kept,), renew) if handed else next_section(())
    title = f"{person.name} is not in {book.team} any more"
    page = Page(title, (Section("Handed over", (Tasks(tasks),) if tasks else ()), end))
    return Outcome((page,), lambda: describe_leaving(book.team, person, handed))
