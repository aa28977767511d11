"""The people of a team: who they are, what they have to do, and what that comes to."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from assess.catalogue.action import ROLES, Role
from assess.cells import cut
from assess.figures import count, hours_text, in_words, join_words, month_name, short_day
from assess.pages.blocks import Command, Page, Section, Sentence, listed, table
from assess.people import Person, name_owner, who_leads
from assess.planning.owners import WorkLoad, find_loads, list_absent
from assess.planning.plan import Plan

ROLE_NAMES: Final[dict[Role, str]] = {
    role: name.removeprefix("the ").removeprefix("a ") for role, name in ROLES.items()
}
_STEP: Final = 50
_SMALL_TEAM: Final = 3
"""So few people have no specialist among them whom one need not name."""


def make_people_page(team: str, size: int, rows: Sequence[tuple[Person, int]]) -> Page:
    """Return a table of people, with the steps that are open, and the roles that nobody has."""
    named = sum(person.is_member for person, _ in rows)
    unnamed = f", {named} of them named" if 0 < named < size else ""
    title = f"{team}: {size} {'person' if size == 1 else 'people'}{unnamed}"
    if not rows:
        said = Sentence("Nobody is named yet; the plan names roles instead. It takes two minutes:")
        return Page(title, (Section("", (said, Command("assess people add"))),))
    cells = (
        (
            person.name,
            describe_roles(person),
            f"{person.share} %",
            ", ".join(map(_short_range, person.off)) or "–",
            person.email or "–",
            open_steps,
        )
        for person, open_steps in rows
    )
    listing = table(("*Name", "Roles", "#Share", "Away", "E-mail", "#Open"), cells)
    return Page(
        title, (Section("", (listing,)), listed("", _missing([person for person, _ in rows])))
    )


def _short_range(days: str) -> str:
    first, _, last = days.partition("..")
    names = [
        f"{d.day} {month_name(d)}" for d in map(date.fromisoformat, filter(None, (first, last)))
    ]
    return "–".join(names)


def describe_roles(person: Person) -> str:
    """Return the roles of a person, as in `manager and specialist`."""
    return join_words((ROLE_NAMES[role] for role in person.roles), "and")


def _missing(people: Sequence[Person]) -> Iterator[str]:
    for role in ROLES:
        if any(role in person.roles for person in people):
            continue
        instead = who_leads(role, people)
        names = join_words((person.name for person in instead), "and") if instead else ""
        lead = "leads" if len(instead) == 1 else "lead"
        leads = f"{names} {lead}" if instead else "The plan names the role for"
        yield f"Nobody is named as {ROLE_NAMES[role]}. {leads} what asks for one."


def describe_staffing(plan: Plan) -> tuple[str, ...]:
    """Say what is to be known of who does what in a plan; nothing where all is even."""
    # Who leads a plan about themselves has most of it, and should.
    loads = find_loads(plan) if plan.profile.questionnaire.subject == "team" else ()
    return (
        *_specialist(plan),
        *(_too_much(load) for load in loads if load.is_above),
        *_absent(plan),
    )


def _specialist(plan: Plan) -> Iterator[str]:
    """Say who the specialist would be where nobody is named for what asks for one."""
    asks = any(p.action.role == "specialist" for p in plan.priorities)
    if not asks or any("specialist" in person.roles for person in plan.people):
        return
    if plan.people:
        names = list_leads(p.lead for p in plan.priorities if p.action.role == "specialist")
        yield (
            f"Nobody is named as a specialist: what asks for one is led by {names}, with help from "
            "outside where it is needed."
        )
    elif plan.team_size <= _SMALL_TEAM:
        who = "the manager" if plan.team_size == 1 else "one of you"
        yield (
            f"A team of {in_words(plan.team_size)} has no specialist: where the plan names one, it "
            f"is {who}, or somebody from outside."
        )


def _too_much(load: WorkLoad) -> str:
    name = load.person.name
    why = "what was begun or handed over stays with whom it was given to"
    if load.alone_in is not None:
        why = f"nobody else is named as {ROLE_NAMES[load.alone_in]}"
    return (
        f"{name} leads {hours_text(load.hours)} of {count(load.of, 'hour')}, more than a third "
        f"above what the others have for their share: {why}."
    )


def _absent(plan: Plan) -> Iterator[str]:
    for person, step in list_absent(plan):
        yield f"{person.name} is away when “{cut(step.do, _STEP)}” is due, {short_day(step.due)}."


def list_leads(owners: Iterable[str]) -> str:
    """Return who leads, each once, as in `the manager and Ana`."""
    return join_words(dict.fromkeys(map(name_owner, owners)), "and")
