"""`assess teams`: list, add, rename, archive teams."""

from datetime import date

import click

from assess.cli.command import command, group
from assess.cli.completion import complete_teams
from assess.cli.options import ALL
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import has_store, on_errand, open_kept, open_store
from assess.identity import TeamName
from assess.workflow.keeping import find_kept_on
from assess.workflow.outcome import Outcome
from assess.workflow.team.teams import add_team, archive, move, rename, show_teams


@group("assess teams", "assess teams add Lyon", "assess teams archive Lyon")
@ALL
def teams_command(settings: Settings) -> Outcome:
    """List, add, rename, archive teams; move an assessment to another team."""
    return _list(settings)


@command("assess teams list", within=teams_command)
@ALL
def list_command(settings: Settings) -> Outcome:
    """List all teams, archived ones too."""
    return _list(settings)


@command("assess teams add Lyon", within=teams_command)
@click.argument("name", type=TeamName)
def add_command(settings: Settings, name: TeamName) -> Outcome:
    """Add a team before its first assessment."""
    with open_store(settings) as store:
        return add_team(store, name)


@command("assess teams rename Lyon Rhône", within=teams_command)
@click.argument("old", type=TeamName, shell_complete=complete_teams)
@click.argument("new", type=TeamName)
def rename_command(settings: Settings, old: TeamName, new: TeamName) -> Outcome:
    """Give a team another name, everywhere it is kept and in the heads of its plans' files."""
    with open_kept(settings) as store:
        return rename(store, old, new)


@command("assess teams move --date 2026-11-22 --to Harbour", within=teams_command)
@click.option("--date", "day", type=DAY, required=True, help="Of the assessment.")
@click.option(
    "--to",
    "target",
    type=TeamName,
    required=True,
    metavar="TEAM",
    help="Whose it is.",
    shell_complete=complete_teams,
)
def move_command(settings: Settings, day: date, target: TeamName) -> Outcome:
    """Move an assessment that was made under the wrong team to another team.

    Its answers, plan, check-ins and earlier versions go with it; --team says whose it was.
    """
    with on_errand(settings) as errand:
        return move(errand.store, find_kept_on(errand, day), target)


@command("assess teams archive Lyon", within=teams_command)
@click.argument("name", type=TeamName, shell_complete=complete_teams)
def archive_command(settings: Settings, name: TeamName) -> Outcome:
    """Put a team aside: what is kept of it stays, but it is no longer offered."""
    with open_kept(settings) as store:
        return archive(store, name, archived=True)


@command("assess teams unarchive Lyon", within=teams_command)
@click.argument("name", type=TeamName)
def unarchive_command(settings: Settings, name: TeamName) -> Outcome:
    """Take up again a team that was put aside."""
    with open_kept(settings) as store:
        return archive(store, name, archived=False)


def _list(settings: Settings) -> Outcome:
    if not has_store(settings):
        return show_teams(None, whole=True)
    with open_kept(settings) as store:
        return show_teams(store, whole=settings.everything or settings.json)
