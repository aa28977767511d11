"""The options that every command takes, and what they come to."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from assess.cli.completion import complete_questionnaires, complete_teams
from assess.identity import TeamName
from assess.record import record

F = TypeVar("F", bound=Callable[..., Any])


class TypedParam(click.ParamType):  # type: ignore[type-arg]  # Generic only in newer releases.
    """What somebody types for an option, read by a function.

    The function says in a ValueError what is wrong.
    """

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return self._read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _read_day(typed: str) -> date:
    """Return a date within the years that can be assessed and planned."""
    from assess.answers import date_problem

    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise ValueError(f"{typed!r} is not a date. Write it like 2026-11-22.") from error
    if problem := date_problem(day):
        raise ValueError(problem)
    return day


DAY = TypedParam("YYYY-MM-DD", _read_day)


@record
class Settings:
    """What the common options say; `today` is the only place where the clock is read.

    `everything` and `shared_as` are those of commands that show one screen first, or whose outcome
    can be written to a file. `needed` are those that the next command needs too, as they were
    typed.
    """

    store: Path | None
    team: TeamName | None
    questionnaire: str | None
    json: bool
    today: date
    plain: bool
    no_input: bool
    data: Path | None
    everything: bool = False
    shared_as: Path | None = None
    needed: tuple[tuple[str, str], ...] = ()

    def with_needed(self, options: tuple[tuple[str, str], ...]) -> "Settings":
        """Return the same settings, where commands to paste name these options too."""
        named = {name for name, _ in self.needed}
        added = tuple(option for option in options if option[0] not in named)
        return replace(self, needed=self.needed + added)


USUAL_STORE = Path("-")
"""What `--store` alone says, where a command takes it alone: the store that is used anyway."""

_STORE = click.option(
    "--store", type=click.Path(path_type=Path), help="Where assessments are kept."
)
_OPTIONS = (
    click.option(
        "--team",
        help="The team; may be left out when there is only one.",
        shell_complete=complete_teams,
    ),
    click.option(
        "--questionnaire",
        metavar="ID",
        help="The questionnaire, if there are several.",
        shell_complete=complete_questionnaires,
    ),
    click.option("--json", is_flag=True, help="One JSON document on stdout, nothing else."),
    click.option("--today", type=DAY, help="Take this date as today's."),
    click.option("--plain", is_flag=True, help="No colour, no cursor tricks, numbered choices."),
    click.option("--no-input", is_flag=True, help="Never ask; fail where an answer is missing."),
    click.option("--data", type=click.Path(path_type=Path), help="Own questionnaires/ and plans/."),
)


def common_names() -> frozenset[str]:
    """Return the parameter names of the common options."""
    return frozenset(Settings.__match_args__)


def common_options(command: F, store: Callable[[F], F] = _STORE) -> F:
    """Give a command the options that every command takes, perhaps with a --store of its own."""
    for option in reversed((store, *_OPTIONS)):
        command = option(command)
    return command


def settings_of(ctx: click.Context, given: Mapping[str, Any]) -> Settings:
    """Return the settings from a command's options, those before it, and the environment."""
    before = ctx.obj or {}

    def pick(name: str) -> Any:
        return given.get(name) or before.get(name)

    def folder(name: str, variable: str) -> Path | None:
        said = pick(name)
        value = (None if said == USUAL_STORE else said) or os.environ.get(variable) or None
        return Path(value) if value else None

    return Settings(
        store=folder("store", "ASSESS_STORE"),
        team=TeamName(named) if (named := pick("team")) else None,
        questionnaire=pick("questionnaire"),
        json=bool(pick("json")),
        # The clock is read here and nowhere else; a person's day is that of their own clock.
        today=pick("today") or date.today(),  # noqa: TID251, DTZ011
        plain=bool(pick("plain")),
        no_input=bool(pick("no_input")),
        data=folder("data", "ASSESS_DATA"),
        everything=bool(pick("everything")),
        shared_as=pick("shared_as"),
        needed=tuple(
            (f"--{name}", str(value))
            for name in ("data", "store", "team", "questionnaire")
            if (value := pick(name))
        ),
    )
