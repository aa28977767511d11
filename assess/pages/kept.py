"""What is kept: the teams and what is due, all teams in a list, the assessments of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

from assess.answers import KeptAssessment
from assess.commands import join_command
from assess.figures import long_day
from assess.identity import TeamName
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
from assess.pages.standing import STAGE_NAMES, describe_to_go, name_stage
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile

_MOST_TASKS: Final = 4
_NO_TEAM: Final = "No team is kept here yet."


DueTask = Literal[
    "draft", "members", "consensus", "answers", "plan", "review", "checkin", "assessment", "nothing"
]

_EARLY: Final = {"result": "See where the team stands:", "checkin": "Check in before that:"}
"""What commands are for that nobody has to type yet."""

MINUTES: Final[Mapping[DueTask, int]] = {
    "draft": 10,
    "consensus": 60,
    "answers": 10,
    "plan": 2,
    "review": 30,
    "checkin": 10,
    "assessment": 40,
}
"""About how long each takes; the answers as measured in docs/performance.md, the rest by feel."""


@record
class Due:
    """One thing to do, or what comes next when nothing is; `command` does it."""

    task: DueTask
    text: str
    command: tuple[str, ...]


@record
class TeamStanding:
    """A team today: its latest result, None before the first, and at least one thing due.

    `questionnaire` is given where the team has a standing in more than one; its commands need the
    `options`. `week` is the work of this week and what is late, `so_far` how much is true of what
    the plan is to make true, and `promised` that in numbers, where only one team is looked at;
    `set_ups` may wait, each in words and by the command for it.
    """

    team: TeamName
    questionnaire: str | None
    due: tuple[Due, ...]
    options: tuple[str, ...] = ()
    assessed: date | None = None
    profile: Profile | None = None
    week: tuple[ListedTask, ...] = ()
    so_far: str = ""
    promised: tuple[int, int] = (0, 0)
    set_ups: tuple[tuple[str, str], ...] = ()

    @property
    def pressing(self) -> Due | None:
        """What can be begun right now, by whoever sits here."""
        return next((due for due in self.due if due.task in MINUTES), None)


@record
class TeamRow:
    name: str
    assessments: int
    last: date | None = None
    stage: str | None = None
    archived: bool = False


def make_home_page(
    teams: Sequence[TeamStanding], more: int = 0, *, is_screen: bool = False
) -> Page:
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


def _team_section(team: TeamStanding) -> Section:
    profile, name, standing = team.profile, str(team.team), "not assessed yet"
    if profile is not None and profile.questionnaire.subject == "manager":
        name = f"{name} · {profile.questionnaire.title}"
    elif team.questionnaire:
        name = f"{name} · {profile.questionnaire.title if profile else team.questionnaire}"
    if team.assessed is not None:
        stage = name_stage(profile.stage, complete=profile.complete) if profile else "–"
        to_go = f", {text}" if profile and (text := describe_to_go(profile)) else ""
        standing = f"{stage}{to_go}, assessed {long_day(team.assessed)}"
    week = (Tasks(team.week, _MOST_TASKS),) if team.week else ()
    so_far = (Sentence(team.so_far),) if team.so_far else ()
    waiting = tuple(f"{command} – {text}" for text, command in team.set_ups)
    set_ups = (Sentence("When there is time:"), Items(waiting)) if waiting else ()
    due = Sentence(" ".join(due.text for due in team.due))
    first = team.due[0]
    early = (Sentence(_EARLY[first.command[0]]),) if first.task == "nothing" else ()
    end = (*early, Command(join_command(*first.command)))
    return Section(f"{name} · {standing}", (due, *week, *so_far, *set_ups, *end))
