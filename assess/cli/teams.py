"""`assess teams`: list, add, rename, archive teams."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from assess.cli.command import command, group
from assess.cli.settings import Day, Settings
from assess.cli.wiring import has_store, open_console, open_kept, open_store, print_json
from assess.identity import TeamName
from assess.pages.kept import TeamRow, make_teams_page
from assess.store import Store
from assess.workflow.keeping import find_kept_on, list_entries
from assess.workflow.renaming import move_assessment, rename_team


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
        there = store.find_team(name)
        store.add_team(name)
    said = f"{there.name} is there already." if there else f"Added: {name}."
    _tell(settings, said, team=there.name if there else name, added=there is None)


@command("rename", "assess teams rename Lyon Rhône")
@click.argument("old", type=TeamName)
@click.argument("new", type=TeamName)
def rename_command(settings: Settings, old: TeamName, new: TeamName) -> None:
    """Give a team another name, everywhere it is kept and in the heads of its plans' files."""
    with open_kept(settings) as store:
        before = store.find_team(old)
        files = rename_team(store, old, new)
    was = before.name if before else old
    _tell(settings, f"{was} is called {new} now.", team=new, was=was)
    _tell_files(settings, files, new)


@command("move", "assess teams move --date 2026-11-22 --to Harbour")
@click.option("--date", "day", type=Day(), required=True, help="Of the assessment.")
@click.option("--to", "target", type=TeamName, required=True, metavar="TEAM", help="Whose it is.")
def move_command(settings: Settings, day: date, target: TeamName) -> None:
    """Move an assessment that was made under the wrong team to another team.

    Its answers, plan, check-ins and earlier versions go with it; --team says whose it was.
    """
    with open_kept(settings) as store:
        kept = find_kept_on(store, settings.team, settings.questionnaire, day)
        moved, files = move_assessment(store, kept, target)
    said = f"The assessment of {kept.team}, {day}, is one of {moved.team} now."
    _tell(settings, said, team=moved.team, was=kept.team)
    _tell_files(settings, files, moved.team)


@command("archive", "assess teams archive Lyon")
@click.argument("name", type=TeamName)
def archive_command(settings: Settings, name: TeamName) -> None:
    """Put a team aside: what is kept of it stays, but it is no longer offered."""
    _set_archived(settings, name, archived=True)


@command("unarchive", "assess teams unarchive Lyon")
@click.argument("name", type=TeamName)
def unarchive_command(settings: Settings, name: TeamName) -> None:
    """Take up again a team that was put aside."""
    _set_archived(settings, name, archived=False)


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
    rows: list[TeamRow] = []
    if has_store(settings):
        with open_kept(settings) as store:
            rows = _rows(store)
    if settings.json:
        print_json({"teams": [_describe(row) for row in rows]})
    else:
        open_console(settings).show_page(make_teams_page(rows))


def _rows(store: Store) -> list[TeamRow]:
    rows = []
    for team in store.teams():
        entries = sorted(list_entries(store, team.name, None), key=lambda e: e.kept.date)
        shown = [entry.result for entry in entries if entry.result is not None]
        rows.append(
            TeamRow(
                name=team.name,
                assessments=team.assessments,
                last=entries[-1].kept.date if entries else None,
                stage=shown[-1].profile.stage if shown else None,
                archived=team.archived,
            )
        )
    return rows


def _describe(row: TeamRow) -> dict[str, object]:
    return {
        "name": row.name,
        "archived": row.archived,
        "assessments": row.assessments,
        "last": row.last.isoformat() if row.last else None,
        "stage": row.stage,
    }


def _set_archived(settings: Settings, name: TeamName, *, archived: bool) -> None:
    with open_kept(settings) as store:
        store.archive_team(name, archived=archived)
        team = store.find_team(name)
    found = team.name if team else name
    said = f"{found} is put aside." if archived else f"{found} is taken up again."
    _tell(settings, said, team=found, archived=archived)


def _tell_files(settings: Settings, files: Iterable[Path], team: TeamName) -> None:
    for path in files:
        open_console(settings).say(f"{path} names {team} in its head now.")


def _tell(settings: Settings, said: str, **facts: object) -> None:
    if settings.json:
        print_json(facts)
    else:
        open_console(settings).say(said)
