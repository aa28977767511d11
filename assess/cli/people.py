"""`assess people`: who the roles of a team are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce, wraps
from typing import Any, get_args

import click

from assess.catalogue.action import Role
from assess.cli.command import command, group
from assess.cli.options import WEEKS_OFF
from assess.cli.settings import Settings, TypedParam
from assess.cli.wiring import find_asker, on_errand, open_asker
from assess.errors import nearest
from assess.people import email_problem
from assess.workflow.outcome import Outcome
from assess.workflow.team.leaving import HandOver, remove_person
from assess.workflow.team.people import (
    PersonDetails,
    TeamBook,
    add_person,
    edit_person,
    name_people,
    open_book,
    show_people,
)


def _read_role(typed: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    said = typed.strip().casefold()
    if said not in roles:
        raise ValueError(f"{typed!r} is no role. {nearest(said, roles)}")
    return next(role for role in roles if said == role)


def _read_share(typed: str) -> int:
    said = typed.strip().removesuffix("%").strip()
    is_short = said.isascii() and said.isdigit() and len(said) <= 3
    if not is_short or not 1 <= int(said) <= 100:
        raise ValueError(f"{typed!r} is no share from 1 to 100; half of the time is 50.")
    return int(said)


def _read_email(typed: str) -> str:
    if (problem := email_problem(typed)) is not None:
        raise ValueError(problem)
    return typed.strip()


_ROLES, _SHARE = TypedParam("ROLE", _read_role), TypedParam("PERCENT", _read_share)
_EMAIL = TypedParam("EMAIL", _read_email)
_DETAILS = (
    click.option("--role", "roles", multiple=True, type=_ROLES, help="May stand twice."),
    click.option("--share", type=_SHARE, help="Of the working time, in percent."),
    click.option("--off", multiple=True, type=WEEKS_OFF, help="Away: 3,4, DATE..DATE or none."),
    click.option("--email", type=_EMAIL, help="For tables that trackers read."),
)


def _with_details(command: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Give a command what can be said of a person, as one argument."""

    @wraps(command)
    def with_details(settings: Settings, *, name: str | None, **said: Any) -> Outcome:
        # What may stand twice is an empty tuple where it does not stand.
        return command(settings, name, PersonDetails(**{key: v or None for key, v in said.items()}))

    return reduce(lambda declared, option: option(declared), reversed(_DETAILS), with_details)


@group(
    "assess people",
    "assess people add Ana --role manager --share 50 --email ana@example.com",
    "assess people remove Ben --spread",
)
def people_command(settings: Settings) -> Outcome:
    """Name the people of a team once; the plan then names them instead of roles."""
    return _list(settings)


@command("assess people list", within=people_command)
def list_command(settings: Settings) -> Outcome:
    """List the people of a team, with what each has to do."""
    return _list(settings)


@command(
    "assess people add",
    "assess people add Ana --role manager --role specialist",
    "assess people add Ben --share 50 --off 2026-12-21..2027-01-03",
    within=people_command,
)
@click.argument("name", required=False)
@_with_details
def add_command(settings: Settings, name: str | None, details: PersonDetails) -> Outcome:
    """Name somebody: one of the team, unless a role says otherwise.

    Without a name it asks for all of them, in two minutes.
    """
    if name is None and details != PersonDetails():
        raise click.UsageError("Whose role, share, time away or e-mail is that? Name somebody.")
    asker = open_asker(settings) if name is None else None
    with _book(settings) as book:
        return name_people(book, asker) if asker else add_person(book, name or "", details)


@command("assess people edit Ben --share 80 --off none", within=people_command)
@click.argument("name")
@_with_details
def edit_command(settings: Settings, name: str, details: PersonDetails) -> Outcome:
    """Change what is said of somebody; what is not named stays."""
    with _book(settings) as book:
        return edit_person(book, name, details)


@command(
    "assess people remove Ben --to Ana",
    "assess people remove Ben --spread",
    "assess people remove Ben --to-role",
    within=people_command,
)
@click.argument("name")
@click.option("--to", "successor", metavar="NAME", help="All open steps to one person.")
@click.option("--spread", is_flag=True, help="To the others of the role, by share.")
@click.option("--to-role", is_flag=True, help="Back to the role, until it has a name.")
def remove_command(
    settings: Settings, name: str, successor: str | None, spread: bool, to_role: bool
) -> Outcome:
    """Take somebody out of the team, and hand their open steps over.

    What is done keeps the name; the team's size follows, and what the plan promises stays.
    """
    if (successor is not None) + spread + to_role > 1:
        raise click.UsageError("Use one of --to, --spread and --to-role.")
    wish = None
    if successor is not None:
        wish = HandOver("to", successor)
    elif spread or to_role:
        wish = HandOver("spread" if spread else "to-role")
    with _book(settings) as book:
        asker = find_asker(settings) if wish is None else None
        return remove_person(book, name, wish, asker)


def _list(settings: Settings) -> Outcome:
    with _book(settings) as book:
        return show_people(book)


@contextmanager
def _book(settings: Settings) -> Iterator[TeamBook]:
    with on_errand(settings) as errand:
        yield open_book(errand)
