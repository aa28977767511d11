"""What is kept: the teams and what is due, all teams in a list, the assessments of one."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from assess.answers import KeptAssessment
from assess.figures import long_day
from assess.pages.blocks import (
    Column,
    Command,
    Items,
    ListedTask,
    Page,
    Section,
    Sentence,
    Share,
    Tasks,
    more_with_all,
    table,
)
from assess.pages.standing import STAGE_NAMES, name_stage
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile

_MOST_TASKS: Final = 4
_NO_TEAM: Final = "No team is kept here yet."


@record
class TeamAtHome:
    """A team as it stands today: what is due, in a sentence, and the command that does it.

    `stage` and `assessed` are None before the first assessment. `to_go` says how far the stage is
    from its end, `week` what is late and due this week, `so_far` how much is true of what the
    plan is to make true. `set_ups` may wait: each in words with its minutes, and its command.
    """

    name: str
    due: str
    command: str
    stage: str | None = None
    complete: bool = False
    assessed: date | None = None
    to_go: str = ""
    week: tuple[ListedTask, ...] = ()
    so_far: str = ""
    set_ups: tuple[tuple[str, str], ...] = ()


@record
class TeamRow:
    name: str
    assessments: int
    last: date | None = None
    stage: str | None = None
    archived: bool = False


def make_home_page(teams: Sequence[TeamAtHome], more: int = 0, *, is_screen: bool = False) -> Page:
    """Return a section for each team: where it stands, what is due, what to type.

    `more` teams are kept beside those that are shown. A small screen shows no heading of the last
    section, so there it stands in it.
    """
    if not teams:
        begin = (Sentence("Assess your team:"), Command("assess run"))
        look = (Sentence("Look at an example first:"), Command("assess demo"))
        return Page(_NO_TEAM, (Section("", (*begin, *look)),))
    first, *others = (_team_section(team) for team in teams)
    if more:
        see = Section("", (*more_with_all(more, "team"), Command("assess overview")))
        return Page(first.heading, (Section("", first.blocks), *others, see))
    if others and is_screen:
        named = (Sentence(others[-1].heading, "strong"), *others[-1].blocks)
        others[-1] = Section("", named)
    return Page(first.heading, (Section("", first.blocks), *others))


def make_teams_page(teams: Sequence[TeamRow], more: int = 0) -> Page:
    """Return a table with a row for each team; `more` are kept beside those that are shown."""
    if not teams:
        return Page(_NO_TEAM, ())
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


def _team_section(team: TeamAtHome) -> Section:
    if team.assessed is None:
        standing = "not assessed yet"
    else:
        stage = name_stage(team.stage, complete=team.complete)
        to_go = f", {team.to_go}" if team.to_go else ""
        standing = f"{stage}{to_go}, assessed {long_day(team.assessed)}"
    week = (Tasks(team.week, _MOST_TASKS),) if team.week else ()
    so_far = (Sentence(team.so_far),) if team.so_far else ()
    waiting = tuple(f"{command} – {text}" for text, command in team.set_ups)
    set_ups = (Sentence("When there is time:"), Items(waiting)) if waiting else ()
    blocks = (Sentence(team.due), *week, *so_far, *set_ups, Command(team.command))
    return Section(f"{team.name} · {standing}", blocks)
