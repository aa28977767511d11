"""Naming the people of a team, and what follows: its size, and who does what in its plan."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from assess.answers import Assessment
from assess.catalogue.action import Role
from assess.commands import join_command
from assess.datafile import read_record
from assess.document.markdown import escape_markdown
from assess.document.marking import clean_name
from assess.document.reading import read_document
from assess.documents.kept import KeptPlan
from assess.documents.people import PeopleDocument, describe_people
from assess.errors import AssessError, Problem
from assess.identity import USABLE_NAME, PersonName, TeamName
from assess.interview.asker import Asker
from assess.interview.prompts import ask_people
from assess.library.plan_data import load_plan_data
from assess.pages.blocks import Page, next_section
from assess.pages.people import describe_roles, make_people_page
from assess.people import Person, find_person, person_name_problem, require_person
from assess.planning import calendar
from assess.record import record
from assess.workflow.checkin.reading import read_plan
from assess.workflow.finding import Errand, find_assessment
from assess.workflow.history import find_past
from assess.workflow.outcome import Outcome
from assess.workflow.plan.basis import find_team_size
from assess.workflow.plan.replanning import WEEKS, is_over

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_LATER = {
    True: ("Put the names into the plan:", join_command("plan")),
    False: ("The plan will have the names; assess the team first:", join_command("run")),
}
"""What comes next, by whether the team was assessed."""


@record
class PersonDetails:
    """What is said of a person; None leaves it as it is, or as it usually is."""

    roles: tuple[Role, ...] | None = None
    share: int | None = None
    off: tuple[str, ...] | None = None
    email: str | None = None


@record
class TeamBook:
    """A team and its people, with what there is to keep them by."""

    errand: Errand
    kept: PeopleDocument

    @property
    def team(self) -> TeamName:
        return self.errand.team

    @property
    def people(self) -> tuple[Person, ...]:
        return self.kept.people

    @property
    def latest(self) -> Assessment | None:
        """The team's latest assessment; None before the first."""
        try:
            return find_assessment(self.errand)
        except AssessError:
            return None

    @property
    def plan(self) -> KeptPlan | None:
        latest = self.latest
        return self.errand.store.load_plan(latest.key) if latest else None

    def find_size(self) -> int:
        """Return how many people the team has, whoever said so last."""
        try:
            assessment = find_assessment(self.errand)
            limits = load_plan_data(self.errand.library, assessment).rules.limits
        except AssessError:
            members = sum(person.is_member for person in self.people)
            return self.kept.size or max(members, 1)
        return find_team_size(assessment, find_past(self.errand.store, assessment), limits)

    def find_start(self) -> date:
        """Return when the plan begins, or would begin today."""
        plan, today = self.plan, self.errand.today
        is_there = plan is not None and not is_over(plan, today)
        return plan.written.start if plan and is_there else calendar.next_monday(today)

    def keep(self, people: tuple[Person, ...], size: int) -> None:
        """Keep other people; a size that nobody said before is said today."""
        is_other = size != self.find_size()
        kept = PeopleDocument(
            people=people,
            size=size if is_other else self.kept.size,
            said_on=self.errand.today if is_other else self.kept.said_on,
        )
        self.errand.store.add_team(self.team)
        self.errand.store.keep_facts(self.team, kept)


def open_book(errand: Errand) -> TeamBook:
    """Return a team with its people, whatever questionnaire the command line names."""
    return TeamBook(replace(errand, asked=None), errand.store.load_people(errand.team))


def show_people(book: TeamBook) -> Outcome:
    """List the people of a team, with what each has to do."""
    owners, size = _list_owners(book), book.find_size()
    rows = [
        (person, sum(PersonName(person.name) == owner for owner in owners))
        for person in book.people
    ]
    page = make_people_page(book.team, size, rows)
    return Outcome((page,), lambda: describe_people(book.team, size, rows))


def add_person(book: TeamBook, name: str, details: PersonDetails) -> Outcome:
    """Name somebody; a name that is there already is refused."""
    if (there := find_person(book.people, name)) is not None:
        what = f"There is already somebody called {there.name!r} in {book.team}."
        fix = f"Choose another name, or change what is kept: {join_command('people', 'edit', name)}"
        raise AssessError(what, "NAME", fix)
    if (problem := _find_name_problem(name)) is not None:
        raise AssessError(problem)
    person = make_person(book, name, details)
    _add(book, (person,))
    return _tell_person(book, person, "Named")


def _find_name_problem(name: str) -> Problem | None:
    """Say what is wrong with a name, or that it would be another one when a task is read back."""
    if (what := person_name_problem(name)) is not None:
        return Problem(what, "NAME", USABLE_NAME)
    line = f"- [ ] Do it — *{escape_markdown(name)}*, by Fri 4 Dec <!-- assess:do/1 -->"
    (task,) = read_document(line).tasks
    clean = clean_name(name)
    if PersonName(name) == task.owner and PersonName(name) == clean:
        return None
    what = f"{name!r} cannot be told from the other words of a task."
    fix = f"Write it as {clean!r}." if person_name_problem(clean) is None else USABLE_NAME
    return Problem(what, "NAME", fix)


def edit_person(book: TeamBook, name: str, details: PersonDetails) -> Outcome:
    """Change what is said of somebody."""
    before = require_person(book.people, name, "NAME")
    person = make_person(book, before.name, details, before)
    people = tuple(person if one is before else one for one in book.people)
    book.keep(people, _size_of(book, people))
    return _tell_person(book, person, "Changed")


def name_people(book: TeamBook, asker: Asker) -> Outcome:
    """Ask for the names of a team; each is kept as it is said."""
    added: list[Person] = []
    known, size = [person.name for person in book.people], book.find_size()

    def take_back() -> str:
        name, people = added.pop().name, (*book.people, *added)
        book.keep(people, max(size, sum(person.is_member for person in people)))
        return name

    for name, role in ask_people(asker, known, _find_name_problem, take_back):
        added.append(make_person(book, name, PersonDetails(roles=(role,))))
        _add(book, tuple(added))
    names = ", ".join(person.name for person in added)
    said = f"Named: {names}." if added else "Nobody was named."
    return _told(book, said, people=added)


def make_person(
    book: TeamBook, name: str, details: PersonDetails, before: Person | None = None
) -> Person:
    """Return a person as told, and else as before or as usual."""
    said = {
        "roles": details.roles,
        "share": details.share,
        "email": details.email,
        "off": None if details.off is None else _as_days(details.off, book.find_start()),
    }
    given = before.model_dump() if before else {"name": name, "roles": ("team",)}
    problems: list[Problem] = []
    given |= {key: value for key, value in said.items() if value is not None}
    person = read_record(Person, given, name, problems)
    if person is None:
        raise AssessError(*problems)
    return person


def _as_days(off: tuple[str, ...], start: date) -> tuple[str, ...]:
    """Return weeks of a plan as dates, which mean the same in every plan."""
    parts = [part.strip() for text in off for part in text.split(",")]
    weeks = calendar.read_time_off([part for part in parts if part.isdigit()], start, WEEKS).weeks
    mondays = [calendar.monday_of(start, week) for week in weeks]
    # Weeks in a row are one time away.
    firsts = [day for day in mondays if day - _WEEK not in mondays]
    lasts = [day + _WEEK - _DAY for day in mondays if day + _WEEK not in mondays]
    days = (part for part in parts if part != "none" and not part.isdigit())
    return (*days, *(f"{a}..{b}" for a, b in zip(firsts, lasts, strict=True)))


def _add(book: TeamBook, added: tuple[Person, ...]) -> None:
    people = (*book.people, *added)
    with book.errand.store.together():
        book.keep(people, _size_of(book, people))
        _release(book, {role for person in added for role in person.roles})


def _release(book: TeamBook, roles: Collection[str]) -> None:
    """Let the planner hand out again what somebody who left had given back to these roles."""
    latest, plan = book.latest, book.plan
    by_hand = plan.written.by_hand if plan else {}
    left = {name: owner for name, owner in by_hand.items() if owner not in roles}
    if latest and plan and left != by_hand:
        written = plan.written.model_copy(update={"by_hand": left})
        book.errand.store.keep_plan(latest.key, written)


def _size_of(book: TeamBook, people: tuple[Person, ...]) -> int:
    """Return how many the team has: as many as said, or more where more are named."""
    return max(book.find_size(), sum(person.is_member for person in people))


def _told(book: TeamBook, said: str, **document: Any) -> Outcome:
    later = next_section((), _LATER[book.latest is not None])
    return Outcome((Page(said, (later,)),), lambda: document)


def _tell_person(book: TeamBook, person: Person, said: str) -> Outcome:
    told = f"{said}: {person.name}, {describe_roles(person)}."
    return _told(book, told, team=book.team, person=person)


def _list_owners(book: TeamBook) -> list[str]:
    """Return who has open steps of the team's plan, as often; nobody where none can be read."""
    try:
        tasks = read_plan(book.errand).checkin.tasks
    except AssessError:
        return []  # What is wrong with a plan's file is told by the check-in.
    return [status.owner for status in tasks if status.state in ("open", "late")]
