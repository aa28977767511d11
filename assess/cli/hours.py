"""`assess hours`: what fills the weeks, and what of it may stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from assess.cli.command import command, group
from assess.cli.outfile import OutFile
from assess.cli.presenting import present
from assess.cli.settings import DayArg, Settings
from assess.cli.wiring import open_asker, open_console, open_kept, open_store
from assess.workflow.goals import begin_team
from assess.workflow.hours import (
    HoursDesk,
    add_work,
    ask_hours_found,
    confirm_work,
    decide,
    describe_kept,
    edit_work,
    import_hours,
    open_hours,
    show_hours,
    write_hours,
)


class WeekHours(click.ParamType):  # type: ignore[type-arg]  # Generic only in newer releases.
    """Hours a week in steps of a quarter."""

    name = "N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        try:
            hours = Fraction(str(value).replace(",", "."))
        except (ValueError, ZeroDivisionError):
            hours = Fraction(-1)
        if not 0 <= hours <= 10_000 or (hours * 4).denominator != 1:
            self.fail(f"{value!r} is not like 2 or 1.5, in steps of 0.25.", param, ctx)
        return hours


_HOURS = click.option("--hours", type=WeekHours(), help="A week, of the whole team.")
_IF_STOPPED = click.option(
    "--if-stopped",
    type=click.Choice(["nothing", "grumbling", "damage"]),
    help="What happens if it stops for a month.",
)
_DECISIONS = click.Choice(["keep", "stop", "halve", "hand-over", "open"])


@group("hours", "assess hours", "assess hours --out hours.toml")
@click.option("--out", type=OutFile((".toml", ".md", ".html", ".json")), help="The file to write.")
def hours_command(settings: Settings, out: Path | None) -> None:
    """Show what fills the team's weeks, what of it may stop, and the hours that follow."""
    is_list = out is not None and out.suffix.lower() == ".toml"
    with _desk(settings, kept=True) as desk:
        outcome = show_hours(desk)
        if out is not None and is_list:
            write_hours(desk, out)
            open_console(settings).say(f"Written to {out}")
    present(settings, outcome, None if is_list else out)


@command("add", 'assess hours add "Weekly report" --hours 3 --if-stopped nothing')
@click.argument("title", required=False)
@_HOURS
@_IF_STOPPED
def add_command(
    settings: Settings, title: str | None, hours: Fraction | None, if_stopped: Any
) -> None:
    """Add what takes hours every week; without a title it asks, and proposes what may stop."""
    said = (title, hours, if_stopped)
    if any(said) and not all(part is not None for part in said):
        raise click.UsageError("Say all three: TITLE, --hours and --if-stopped; or none of them.")
    asker = None if title else open_asker(settings)
    with _desk(settings) as desk:
        if asker is not None:
            outcome = show_hours(ask_hours_found(desk, asker))
        else:
            outcome = show_hours(add_work(desk, title or "", hours or 0, if_stopped))
    present(settings, outcome)


@command("edit", "assess hours edit weekly-report --hours 2")
@click.argument("name", metavar="ID")
@click.option("--title", help="What it is called.")
@_HOURS
@_IF_STOPPED
def edit_command(settings: Settings, name: str, **changes: Any) -> None:
    """Change what is said of recurring work."""
    with _desk(settings, kept=True) as desk:
        outcome = show_hours(edit_work(desk, name, **changes))
    present(settings, outcome)


@command("decide", "assess hours decide weekly-report stop --from 2026-12-07")
@click.argument("name", metavar="ID")
@click.argument("decision", type=_DECISIONS)
@click.option("--from", "day", type=DayArg(), help="From when on; next Monday without it.")
def decide_command(settings: Settings, name: str, decision: Any, day: date | None) -> None:
    """Decide what becomes of recurring work; what frees hours holds from a day on."""
    with _desk(settings, kept=True) as desk:
        changed = decide(desk, name, decision, day)
        outcome = show_hours(changed, describe_kept(changed, name))
    present(settings, outcome)


@command(
    "confirm", "assess hours confirm weekly-report", "assess hours confirm weekly-report --back"
)
@click.argument("name", metavar="ID")
@click.option("--back", is_flag=True, help="It came back: its hours are not free any more.")
def confirm_command(settings: Settings, name: str, back: bool) -> None:
    """Say that a decision really holds, or that the work came back all the same."""
    with _desk(settings, kept=True) as desk:
        changed = confirm_work(desk, name, is_done=not back)
        outcome = show_hours(changed, describe_kept(changed, name))
    present(settings, outcome)


@command("import", "assess hours import hours.toml")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Let the file win where both say something.")
def import_command(settings: Settings, file: Path, replace: bool) -> None:
    """Take in recurring work from TOML, all or nothing; the same file again changes nothing."""
    with open_store(settings) as store, store.together():
        begin_team(store, settings.team)
        desk = open_hours(store, settings.team, settings.today)
        outcome = show_hours(import_hours(desk, file, replace_kept=replace))
    present(settings, outcome)


for _subcommand in (
    add_command,
    edit_command,
    decide_command,
    confirm_command,
    import_command,
):
    hours_command.add_command(_subcommand)


@contextmanager
def _desk(settings: Settings, *, kept: bool = False) -> Iterator[HoursDesk]:
    """Open what fills the team's weeks; `kept` means that looking never makes a store."""
    with (open_kept if kept else open_store)(settings) as store:
        if not kept:
            begin_team(store, settings.team)
        yield open_hours(store, settings.team, settings.today)
