"""The teams that are kept: listed, added, renamed, put aside; and what is moved between them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assess.identity import TeamName
from assess.pages.kept import TeamRow, make_teams_page
from assess.store import KeptAssessment, Store
from assess.workflow.keeping import list_entries
from assess.workflow.outcome import Outcome, tell
from assess.workflow.renaming import move_assessment, rename_team


def show_teams(store: Store | None) -> Outcome:
    """List all teams, archived ones too; without a store there are none."""
    rows = _rows(store) if store is not None else []
    return Outcome((make_teams_page(rows),), lambda: {"teams": [_describe(row) for row in rows]})


def add_team(store: Store, name: TeamName) -> Outcome:
    """Add a team, unless it is there already."""
    there = store.find_team(name)
    store.add_team(name)
    said = f"{there.name} is there already." if there else f"Added: {name}."
    return tell(said, team=there.name if there else name, added=there is None)


def rename(store: Store, old: TeamName, new: TeamName) -> Outcome:
    """Give a team another name, everywhere it is kept and in the heads of its plans' files."""
    before = store.find_team(old)
    files = rename_team(store, old, new)
    was = before.name if before else old
    return tell(f"{was} is called {new} now.", *_files(files, new), team=new, was=was)


def move(store: Store, kept: KeptAssessment, target: TeamName) -> Outcome:
    """Move an assessment with all that belongs to it to another team."""
    moved, files = move_assessment(store, kept, target)
    said = f"The assessment of {kept.team}, {kept.date}, is one of {moved.team} now."
    return tell(said, *_files(files, moved.team), team=moved.team, was=kept.team)


def archive(store: Store, name: TeamName, *, archived: bool) -> Outcome:
    """Put a team aside, or take it up again."""
    store.archive_team(name, archived=archived)
    team = store.find_team(name)
    found = team.name if team else name
    said = f"{found} is put aside." if archived else f"{found} is taken up again."
    return tell(said, team=found, archived=archived)


def _files(files: Iterable[Path], team: TeamName) -> tuple[str, ...]:
    return tuple(f"{path} names {team} in its head now." for path in files)


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


def _describe(row: TeamRow) -> Mapping[str, Any]:
    return {
        "name": row.name,
        "archived": row.archived,
        "assessments": row.assessments,
        "last": row.last.isoformat() if row.last else None,
        "stage": row.stage,
    }
