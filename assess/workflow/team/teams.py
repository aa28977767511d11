"""The teams that are kept: listed, added, renamed, put aside; and what is moved between them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from assess.answers import KeptAssessment
from assess.document.head import rename_head
from assess.documents.listed import describe_team
from assess.errors import AssessError
from assess.identity import AssessmentKey, TeamName
from assess.library.files import at, read_text, write_text
from assess.pages.kept import TeamRow, make_teams_page
from assess.store import KeptTeam, Store
from assess.workflow.keeping import score_each
from assess.workflow.outcome import Outcome, tell

_ROOM: Final = 18
"""So many teams are on one screen."""


def show_teams(store: Store | None, *, whole: bool) -> Outcome:
    """List all teams, archived ones too; without a store there are none.

    Without `whole` those that one screen has room for.
    """
    teams = store.teams() if store is not None else ()
    shown = teams if whole else teams[:_ROOM]
    rows = _rows(store, shown) if store is not None else []
    page = make_teams_page(rows, len(teams) - len(shown))
    return Outcome((page,), lambda: {"teams": list(map(describe_team, rows))}, screen=page)


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


def _rows(store: Store, teams: Sequence[KeptTeam]) -> list[TeamRow]:
    if len(teams) <= _ROOM:
        every = [kept for team in teams for kept in store.history(team.name)]
    else:
        every = list(store.history())
    last: dict[TeamName, date] = {}
    stages: dict[TeamName, tuple[date, str | None]] = {}
    for entry in score_each(store, every):
        team, day = entry.kept.team, entry.kept.date
        last[team] = max(day, last.get(team, day))
        if entry.result is not None and day >= stages.get(team, (day, None))[0]:
            stages[team] = (day, entry.result.profile.stage)
    return [
        TeamRow(
            name=team.name,
            assessments=team.assessments,
            last=last.get(team.name),
            stage=stages.get(team.name, (None, None))[1],
            archived=team.archived,
        )
        for team in teams
    ]


# --- Files that name the team ---


def rename_team(store: Store, old: TeamName, new: TeamName) -> tuple[Path, ...]:
    """Give a team another name, and return the plan files that carry it now."""
    with store.together():
        store.rename_team(old, new)
        return _rename_plans(store, [kept for kept in store.history(new) if kept.plan], new)


def move_assessment(
    store: Store, kept: KeptAssessment, team: TeamName
) -> tuple[KeptAssessment, tuple[Path, ...]]:
    """Give an assessment, with all that belongs to it, to another team.

    Returns:
        What is kept of it now, and the plan files that carry the other team's name.
    """
    with store.together():
        store.move_assessment(kept.key, team)
        key = AssessmentKey(team, kept.questionnaire, kept.date)
        (moved,) = (one for one in store.history(team) if one.key == key)
        return moved, _rename_plans(store, [moved] if moved.plan else [], moved.team)


def _rename_plans(store: Store, planned: list[KeptAssessment], team: TeamName) -> tuple[Path, ...]:
    """Write the name into what is kept of plans, and into the heads of their files."""
    written = []
    for kept in planned:
        if (plan := store.load_plan(kept.key)) is not None:
            document = plan.written.document.model_copy(update={"team": str(team)})
            text = rename_head(plan.written.text, team)
            renamed = plan.written.model_copy(update={"document": document, "text": text})
            store.keep_plan(kept.key, renamed)
            written.append(Path(renamed.path))
    return tuple(path for path in written if path.is_file() and _rename_file(path, team))


def _rename_file(path: Path, team: TeamName) -> bool:
    current = read_text(path, AssessError)
    changed = at(path, lambda: rename_head(current, team))
    if changed != current:
        write_text(path, changed)
    return changed != current
