"""`assess teams`: list, add, rename, archive teams."""

from datetime import date

import click

from assess.cli.command import command, group
from assess.cli.presenting import present
from assess.cli.settings import DayArg, Settings
from assess.cli.wiring import has_store, open_kept, open_store
from assess.identity import TeamName
from assess.workflow.keeping import find_kept_on
from assess.workflow.teams import add_team, archive, move, rename, show_teams


@group(
    "teams",
    "assess teams",
    "assess teams add Lyon",
    "assess teams archive Lyon",
)
def teams_command(settings: Settings) -> None:
    """List, add, rename, archive teams; move an assessment to another team."""
    _list(settings)


@command("list", "assess teams list")
def list_command(settings: Settings) -> None:
    """List all teams, archived ones too."""
    _list(settings)


@command("add", "assess teams add Lyon")
@click.argument("name", type=TeamName)
def add_command(settings: Settings, name: TeamName) -> None:
    """Add a team before its first assessment."""
    with open_store(settings) as store:
        outcome = add_team(store, name)
    present(settings, outcome)


@command("rename", "assess teams rename Lyon Rhône")
@click.argument("old", type=TeamName)
@click.argument("new", type=TeamName)
def rename_command(settings: Settings, old: TeamName, new: TeamName) -> None:
    """Give a team another name, everywhere it is kept and in the heads of its plans' files."""
    with open_kept(settings) as store:
        outcome = rename(store, old, new)
    present(settings, outcome)


@command("move", "assess teams move --date 2026-11-22 --to Harbour")
@click.option("--date", "day", type=DayArg(), required=True, help="Of the assessment.")
@click.option("--to", "target", type=TeamName, required=True, metavar="TEAM", help="Whose it is.")
def move_command(settings: Settings, day: date, target: TeamName) -> None:
    """Move an assessment that was made under the wrong team to another team.

    Its answers, plan, check-ins and earlier versions go with it; --team says whose it was.
    """
    with open_kept(settings) as store:
        kept = find_kept_on(store, settings.team, settings.questionnaire, day)
        outcome = move(store, kept, target)
    present(settings, outcome)


@command("archive", "assess teams archive Lyon")
@click.argument("name", type=TeamName)
def archive_command(settings: Settings, name: TeamName) -> None:
    """Put a team aside: what is kept of it stays, but it is no longer offered."""
    with open_kept(settings) as store:
        outcome = archive(store, name, archived=True)
    present(settings, outcome)


@command("unarchive", "assess teams unarchive Lyon")
@click.argument("name", type=TeamName)
def unarchive_command(settings: Settings, name: TeamName) -> None:
    """Take up again a team that was put aside."""
    with open_kept(settings) as store:
        outcome = archive(store, name, archived=False)
    present(settings, outcome)


for _subcommand in (
    list_command,
    add_command,
    rename_command,
    move_command,
    archive_command,
    unarchive_command,
):
    teams_command.add_command(_subcommand)


def _list(settings: Settings) -> None:
    if not has_store(settings):
        present(settings, show_teams(None))
        return
    with open_kept(settings) as store:
        outcome = show_teams(store)
    present(settings, outcome)
