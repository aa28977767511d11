"""`assess hours`: what fills the weeks, and what of it may stop."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from assess.cli.command import command, group
from assess.cli.options import SHARED, OutFile
from assess.cli.settings import DAY, Settings, TypedParam
from assess.cli.wiring import open_asker, open_team_desk
from assess.goals.recurring import read_hours
from assess.workflow.aims.hours import (
    add_work,
    ask_hours_found,
    confirm_work,
    decide,
    describe_kept,
    edit_work,
    import_hours,
    show_hours,
)
from assess.workflow.outcome import Outcome


def _read_week_hours(typed: str) -> Fraction:
    if (hours := read_hours(typed)) is None:
        raise ValueError(f"{typed!r} is not like 2 or 1.5, in steps of 0.25.")
    return hours


_HOURS = click.option(
    "--hours", type=TypedParam("N", _read_week_hours), help="A week, of the whole team."
)
_IF_STOPPED = click.option(
    "--if-stopped",
    type=click.Choice(["nothing", "grumbling", "damage"]),
    help="What happens if it stops for a month.",
)
_DECISIONS = click.Choice(["keep", "stop", "halve", "hand-over", "open"])


@group("assess hours", "assess hours --out hours.toml")
@click.option("--out", "shared_as", type=OutFile((".toml", *SHARED)), help="The file to write.")
def hours_command(settings: Settings) -> Outcome:
    """Show what fills the team's weeks, what of it may stop, and the hours that follow."""
    with open_team_desk(settings, kept=True) as desk:
        return show_hours(desk)


@command('assess hours add "Weekly report" --hours 3 --if-stopped nothing', within=hours_command)
@click.argument("title", required=False)
@_HOURS
@_IF_STOPPED
def add_command(
    settings: Settings, title: str | None, hours: Fraction | None, if_stopped: Any
) -> Outcome:
    """Add what takes hours every week; without a title it asks, and proposes what may stop."""
    said = (title, hours, if_stopped)
    if any(said) and not all(part is not None for part in said):
        raise click.UsageError("Say all three: TITLE, --hours and --if-stopped; or none of them.")
    asker = None if title else open_asker(settings)
    with open_team_desk(settings) as desk:
        if asker is not None:
            return show_hours(ask_hours_found(desk, asker))
        return show_hours(add_work(desk, title or "", hours or 0, if_stopped))


@command("assess hours edit weekly-report --hours 2", within=hours_command)
@click.argument("name", metavar="ID")
@click.option("--title", help="What it is called.")
@_HOURS
@_IF_STOPPED
def edit_command(settings: Settings, name: str, **changes: Any) -> Outcome:
    """Change what is said of recurring work."""
    with open_team_desk(settings, kept=True) as desk:
        return show_hours(edit_work(desk, name, **changes))


@command("assess hours decide weekly-report stop --from 2026-12-07", within=hours_command)
@click.argument("name", metavar="ID")
@click.argument("decision", type=_DECISIONS)
@click.option("--from", "day", type=DAY, help="From when on; next Monday without it.")
def decide_command(settings: Settings, name: str, decision: Any, day: date | None) -> Outcome:
    """Decide what becomes of recurring work; what frees hours holds from a day on."""
    with open_team_desk(settings, kept=True) as desk:
        changed = decide(desk, name, decision, day)
        return show_hours(changed, describe_kept(changed, name))


@command(
    "assess hours confirm weekly-report",
    "assess hours confirm weekly-report --back",
    within=hours_command,
)
@click.argument("name", metavar="ID")
@click.option("--back", is_flag=True, help="It came back: its hours are not free any more.")
def confirm_command(settings: Settings, name: str, back: bool) -> Outcome:
    """Say that a decision really holds, or that the work came back all the same."""
    with open_team_desk(settings, kept=True) as desk:
        changed = confirm_work(desk, name, is_done=not back)
        return show_hours(changed, describe_kept(changed, name))


@command("assess hours import hours.toml", within=hours_command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Let the file win where both say something.")
def import_command(settings: Settings, file: Path, replace: bool) -> Outcome:
    """Take in recurring work from TOML, all or nothing; the same file again changes nothing."""
    with open_team_desk(settings, at_once=True) as desk:
        return show_hours(import_hours(desk, file, replace_kept=replace))
