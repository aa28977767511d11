"""Home: where each team stands, what is due for it, and the command that does it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

from assess.answers import KeptAssessment, Respondent
from assess.commands import join_command
from assess.errors import Problem
from assess.figures import count, long_day, short_day
from assess.identity import TeamName
from assess.pages.blocks import (
    Command,
    Items,
    ListedTask,
    Page,
    Section,
    Sentence,
    Tasks,
    more_with_all,
)
from assess.pages.kept import NO_TEAM
from assess.pages.standing import describe_to_go, name_stage
from assess.record import record
from assess.scoring.profile import Profile, why_no_stage

_MOST_TASKS: Final = 4

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


def make_home_page(teams: Sequence[TeamStanding], more: int = 0) -> Page:
    """Return a section for each team: where it stands, what is due, what to type.

    `more` teams are kept beside those that are shown.
    """
    if not teams:
        begin = (Sentence("Assess your team:"), Command("assess run"))
        look = (Sentence("Look at an example first:"), Command("assess demo"))
        return Page(NO_TEAM, (Section("", (*begin, *look)),))
    first, *others = (_team_section(team) for team in teams)
    if more:
        see = Section("", (*more_with_all(more, "team"), Command("assess overview")))
        return Page(first.heading, (Section("", first.blocks), *others, see))
    return Page(first.heading, (Section("", first.blocks), *others))


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


# --- What may be due ---

FIRST_DUE: Final = Due("assessment", "Assess the team for the first time.", ("run",))


def draft_due(unanswered: int, of: int, respondent: Respondent) -> Due:
    """Return that answers were begun."""
    text = f"Answers are unfinished: {of - unanswered} of {of} questions."
    return Due(
        "draft", text, ("run", *(("--as", "consensus") if respondent == "consensus" else ()))
    )


def members_due(kept: KeptAssessment) -> Due:
    """Return what an assessment that is open to members waits for."""
    enough = kept.members >= kept.minimum
    close = "Close it when all have." if enough else ""
    return Due(
        "members",
        f"The assessment of {long_day(kept.date)} is open: {kept.members} members answered, and "
        f"results are shown from {kept.minimum} on. {close}",
        ("close",) if enough else ("collect", "./"),
    )


def missing_plan_due(kept: KeptAssessment, profile: Profile | None) -> Due:
    """Return what an assessment needs for its plan; `profile` is what that is made from."""
    day, spoken = kept.date.isoformat(), long_day(kept.date)
    if profile is None:
        text = f"Too few members answered on {spoken}: answer once together."
        return Due("consensus", text, ("run", "--as", "consensus", "--edit", day))
    if profile.stage is None:
        text = f"The answers of {spoken} have no stage: {why_no_stage(profile).fix}"
        return Due("answers", text, ("run", "--edit", day))
    return Due("plan", f"There is no plan yet for the assessment of {spoken}.", ("plan",))


def lost_plan_due(problem: Problem) -> Due:
    """Return that a plan's file is gone, and what helps."""
    return Due("plan", f"{problem.what} It was {problem.where}. {problem.fix}", ("plan",))


def over_due(end: date) -> Due:
    """Return that the weeks of a plan have passed."""
    text = f"The thirteen weeks of the plan ended on {long_day(end)}: assess again."
    return Due("assessment", text, ("run",))


def review_due(number: int, day: date) -> Due:
    """Return that the review of day 30, 60 or 90 is still to be held."""
    return Due("review", f"The review of day {number}, {short_day(day)}, is due.", ("checkin",))


def checkin_due(last: date, *, is_first: bool) -> Due:
    """Return that a week has passed since a check-in, or since the plan began."""
    since = "The plan began on" if is_first else "The last check-in was on"
    return Due("checkin", f"A check-in is due. {since} {short_day(last)}.", ("checkin",))


def steps_due(late: int, today: int, following: date | None) -> Due | None:
    """Return what to do about steps that are late or due today; None where there are none.

    `following` is the next check-in, where today's was held already.
    """
    told = [f"{count(late, 'step')} late"] if late else []
    told += [f"{count(today, 'step')} due today"] if today else []
    if not told:
        return None
    open_still = " and ".join(told)
    if following is not None:
        return Due("nothing", f"{open_still}. {_next_checkin(following)}", ("checkin",))
    return Due("checkin", f"A check-in is due: {open_still}.", ("checkin",))


def away_due(following: date) -> Due:
    """Return that nobody is here this week."""
    return Due("nothing", f"This week is marked as away. {_next_checkin(following)}", ("checkin",))


def nothing_due(following: date) -> Due:
    """Return what comes next where nothing is due."""
    return Due("nothing", f"Nothing is due. {_next_checkin(following)}", ("checkin",))


def plan_begins_due(start: date) -> Due:
    """Return that a plan has not begun."""
    text = f"Nothing is due. The plan begins on {short_day(start)}."
    return Due("nothing", text, ("result",))


def _next_checkin(day: date) -> str:
    return f"The next check-in is on {short_day(day)}."
