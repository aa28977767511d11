"""What is kept: the teams and what is due, and the assessments of one team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.console.lines import EMPTY, Lines, Look, heading, items, paragraph, styled
from assess.console.screen import Console
from assess.console.table import Column, table
from assess.console.words import STAGE_NAMES
from assess.figures import long_day, percent
from assess.questionnaire import STAGES
from assess.scoring import Shares, View

_NONE: Final = "–"


@dataclass(frozen=True, slots=True)
class TeamAtHome:
    """A team as it stands today: what is due, in a sentence, and the command that does it.

    `stage` and `assessed` are None before the first assessment.
    """

    name: str
    due: str
    command: str
    stage: str | None = None
    complete: bool = False
    assessed: date | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the list of all teams."""

    name: str
    assessments: int
    last: date | None = None
    stage: str | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One kept assessment; `version` is that of its questionnaire.

    `view` is None where no result may be shown yet.
    """

    date: date
    questionnaire: str
    version: int
    view: View | None
    stage: str | None
    complete: bool
    scores: Shares | None


def show_home(console: Console, teams: Sequence[TeamAtHome]) -> None:
    """Print what `assess` alone shows."""
    console.show(home_lines(teams, console.look))


def show_teams(console: Console, teams: Sequence[TeamRow]) -> None:
    """Print all teams that are kept."""
    console.show(team_lines(teams, console.look))


def show_history(console: Console, team: str, rows: Sequence[HistoryRow]) -> None:
    """Print the kept assessments of a team, in the order given."""
    console.show(history_lines(team, rows, console.look))


def home_lines(teams: Sequence[TeamAtHome], look: Look) -> Lines:
    """Return a block for each team: where it stands, what is due, what to type."""
    if not teams:
        return [
            *paragraph("No team is kept here yet.", look, style="strong"),
            *items(["Assess your team: assess run", "Look at an example first: assess demo"], look),
        ]
    blocks = [line for team in teams for line in _block(team, look)]
    return blocks[1:]  # Without the empty line above the first.


def team_lines(teams: Sequence[TeamRow], look: Look) -> Lines:
    """Return a table with a row for each team."""
    if not teams:
        return paragraph("No team is kept here yet.", look)
    rows = [
        (
            team.name,
            str(team.assessments),
            team.last.isoformat() if team.last else _NONE,
            stage_text(team.stage, complete=False),
            "archived" if team.archived else "",
        )
        for team in teams
    ]
    columns = (
        Column("Team", style="strong"),
        Column("assessments", right=True),
        Column("last"),
        Column("stage"),
        Column("", style="quiet"),
    )
    return table(columns, rows, look)


def history_lines(team: str, rows: Sequence[HistoryRow], look: Look) -> Lines:
    """Return a table with a row for each assessment."""
    if not rows:
        return paragraph(f"Nothing is kept for {team}.", look)
    cells = [
        (
            row.date.isoformat(),
            f"{row.questionnaire} {row.version}",
            row.view or _NONE,
            stage_text(row.stage, complete=row.complete),
            *((percent(score) for score in row.scores) if row.scores else (_NONE,) * 3),
        )
        for row in rows
    ]
    columns = (
        Column("Date", style="strong"),
        Column("questionnaire"),
        Column("view"),
        Column("stage"),
        *(Column(STAGE_NAMES[stage], right=True) for stage in STAGES),
    )
    return [*paragraph(team, look, style="strong"), EMPTY, *table(columns, cells, look)]


def stage_text(stage: str | None, *, complete: bool) -> str:
    """Name a stage where there is little room."""
    if complete:
        return "complete"
    return _NONE if stage is None else STAGE_NAMES[stage]


def _block(team: TeamAtHome, look: Look) -> Lines:
    if team.assessed is None:
        standing = "not assessed yet"
    else:
        stage = stage_text(team.stage, complete=team.complete)
        standing = f"{stage}, assessed {long_day(team.assessed)}"
    return [
        *heading(f"{team.name} · {standing}", look),
        *items([team.due], look),
        styled(f"  {team.command}", "momentum"),  # Neither wrapped nor cut: people copy it.
    ]
