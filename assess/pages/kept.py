"""What is kept: all teams in a list, the assessments of one."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from assess.answers import KeptAssessment
from assess.pages.blocks import Column, Page, Section, Share, more_with_all, table
from assess.pages.standing import STAGE_NAMES, name_stage
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile

NO_TEAM: Final = "No team is kept here yet."


@record
class TeamRow:
    name: str
    assessments: int
    last: date | None = None
    stage: str | None = None
    archived: bool = False


def make_teams_page(teams: Sequence[TeamRow], more: int = 0) -> Page:
    """Return a table with a row for each team; `more` are kept beside those that are shown."""
    if not teams:
        return Page(NO_TEAM, ())
    rows = (
        (
            team.name,
            team.assessments,
            team.last or "–",
            name_stage(team.stage),
            "archived" if team.archived else "",
        )
        for team in teams
    )
    titles = ("*Team", "#assessments", "last", "stage", Column("", tone="quiet"))
    end = Section("", more_with_all(more, "team"))
    return Page("Teams", (Section("", (table(titles, rows),)), end))


def make_history_page(team: str, rows: Sequence[tuple[KeptAssessment, Profile | None]]) -> Page:
    """Return a table with a row for each assessment, and its result where one may be shown."""
    if not rows:
        return Page(f"Nothing is kept for {team}.", ())
    stages = (f"#{STAGE_NAMES[stage]}" for stage in STAGES)
    cells = (
        (
            kept.date,
            f"{kept.questionnaire} {kept.version}",
            profile.view if profile else "–",
            name_stage(profile.stage, complete=profile.complete) if profile else "–",
            *map(Share, (profile and profile.scores) or (None, None, None)),
        )
        for kept, profile in rows
    )
    listing = table(("*Date", "questionnaire", "view", "stage", *stages), cells)
    return Page(team, (Section("", (listing,)),))


def join_histories(histories: Sequence[Page], more: int) -> Page:
    """Return one page of several teams' histories; `more` assessments are kept beside."""
    (first, *others) = histories
    sections = (Section(page.title, page.sections[0].blocks) for page in others)
    end = Section("", more_with_all(more, "assessment"))
    return Page(first.title, (*first.sections, *sections, end))
