"""What is due for each team, and the command that does it.

A check-in is due when a week has passed since the last one or since the plan began, and for one
team that is looked at also when something is late or due today; a review from its day on until a
check-in follows, the next assessment when the thirteen weeks are over. While everybody is away
nothing is due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from assess.cells import cut
from assess.checkin.status import StepStatus, find_due
from assess.commands import CommandOption, complete_commands, join_command
from assess.documents.kept import KeptPlan
from assess.documents.plan import read_plan_record
from assess.errors import AssessError
from assess.figures import count, long_day, short_day
from assess.identity import TeamName
from assess.library import Library
from assess.pages.blocks import ListedTask
from assess.pages.checkin_end import end_of_week
from assess.pages.kept import TeamAtHome, make_home_page
from assess.pages.standing import describe_to_go
from assess.planning.calendar import REVIEW_DAYS, next_monday, review_dates
from assess.record import record
from assess.scoring import why_no_stage
from assess.scoring.assessment import Result
from assess.store import Draft, KeptAssessment, Store
from assess.workflow.checkins import LostPlanError, is_away, read_plan
from assess.workflow.finding import find_team, find_usual
from assess.workflow.keeping import score_kept
from assess.workflow.outcome import Outcome
from assess.workflow.promising import count_so_far, tell_so_far
from assess.workflow.setting_up import SetUp, list_set_ups

DueTask = Literal[
    "draft", "members", "consensus", "answers", "plan", "review", "checkin", "assessment", "nothing"
]

_WEEK = timedelta(days=7)
_WORDING: Final = 38
"""So that a step with its owner and date is one line."""


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
    `set_ups` may wait.
    """

    team: TeamName
    questionnaire: str | None
    assessed: date | None
    result: Result | None
    due: tuple[Due, ...]
    options: tuple[str, ...] = ()
    week: tuple[ListedTask, ...] = ()
    so_far: str = ""
    promised: tuple[int, int] = (0, 0)
    set_ups: tuple[SetUp, ...] = ()

    @property
    def pressing(self) -> Due | None:
        """What can be begun right now, by whoever sits here."""
        return next((due for due in self.due if due.task in MINUTES), None)


def show_home(standings: Sequence[TeamStanding], options: tuple[CommandOption, ...]) -> Outcome:
    """Return what `assess` alone shows; `options` are those that its commands need."""
    teams = [_at_home(standing) for standing in standings]

    def describe() -> Mapping[str, Any]:
        return {"teams": [_describe(standing, options) for standing in standings]}

    screen = make_home_page(teams, is_screen=True)
    return Outcome((make_home_page(teams),), describe, screen=screen)


def _at_home(standing: TeamStanding) -> TeamAtHome:
    profile = standing.result.profile if standing.result else None
    name = str(standing.team)
    if profile is not None and profile.questionnaire.subject == "manager":
        name = f"{name} · {profile.questionnaire.title}"
    elif standing.questionnaire:
        name = f"{name} · {profile.questionnaire.title if profile else standing.questionnaire}"
    return TeamAtHome(
        name=name,
        due=" ".join(due.text for due in standing.due),
        command=join_command(*standing.due[0].command),
        stage=profile.stage if profile else None,
        complete=profile is not None and profile.complete,
        assessed=standing.assessed,
        to_go=describe_to_go(profile) if profile else "",
        week=standing.week,
        so_far=standing.so_far,
        set_ups=tuple(
            (f"{one.text} ({one.minutes} minutes)", join_command(*one.command))
            for one in standing.set_ups
        ),
    )


def _describe(standing: TeamStanding, options: tuple[CommandOption, ...]) -> Mapping[str, Any]:
    profile = standing.result.profile if standing.result else None
    return {
        "team": str(standing.team),
        "questionnaire": standing.questionnaire,
        "assessed": standing.assessed.isoformat() if standing.assessed else None,
        "stage": profile.stage if profile else None,
        "complete": profile is not None and profile.complete,
        "promised": dict(zip(("true", "of"), standing.promised, strict=True)),
        "due": [
            {
                "task": due.task,
                "text": due.text,
                "command": complete_commands(join_command(*due.command), options),
            }
            for due in standing.due
        ],
    }


def list_standings(
    library: Library, store: Store, team: TeamName | None, today: date
) -> tuple[TeamStanding, ...]:
    """Return the teams that are not put aside, or the one that is named.

    One team alone has a standing in each questionnaire that it uses, the usual one first.
    """
    names = (
        [known.name for known in store.teams() if not known.archived]
        if team is None
        else [find_team(store, team)]
    )
    several = len([known for known in store.teams() if not known.archived]) > 1
    drafts, is_alone = store.drafts(), len(names) == 1
    standings = (
        standing
        for name in names
        for standing in _find_standings(
            store,
            name,
            [draft for draft in drafts if draft.team == name],
            today,
            several=several,
            apart=is_alone,
        )
    )
    # Plans of many teams are not read for one look at what is due.
    return tuple(_look_closer(library, store, one, today) if is_alone else one for one in standings)


def _look_closer(
    library: Library, store: Store, standing: TeamStanding, today: date
) -> TeamStanding:
    """Return a team with what is late, due this week and true, where its plan can be read."""
    team, used = standing.team, standing.questionnaire or None
    try:
        reading = read_plan(library, store, None, team, used, today, with_catalogue=False)
    except LostPlanError as error:
        return _with_lost_plan(standing, error)
    except AssessError:
        # What is wrong with the file is told by the check-in, which is the next command.
        return standing
    kept, checkin = reading.kept, reading.checkin
    if checkin.is_over:
        return standing
    if reading.assessment.questionnaire.subject == "team":
        standing = replace(standing, set_ups=list_set_ups(store, team))
    due = find_due(checkin, end_of_week(today))
    week = tuple(
        ListedTask(cut(s.wording.rstrip("."), _WORDING), s.owner, s.due, s.state) for s in due
    )
    if not is_away(kept.written, today) and (pressing := _tasks_due(kept, due, today)) is not None:
        quiet = all(one.task == "nothing" for one in standing.due)
        if quiet:
            standing = replace(standing, due=(_extended(pressing, standing.options),))
    return replace(
        standing,
        week=week,
        so_far=tell_so_far(kept, checkin.marks),
        promised=count_so_far(kept, checkin.marks),
    )


def _with_lost_plan(standing: TeamStanding, error: LostPlanError) -> TeamStanding:
    """Say that the file is gone, and what helps, in the place of what would be done in it."""
    problem = error.problems[0]
    lost = Due("plan", f"{problem.what} It was {problem.where}. {problem.fix}", ("plan",))
    lost = _extended(lost, standing.options)
    others = [d for d in standing.due if d.task not in ("nothing", "checkin", "review")]
    # When the weeks are over, no file is needed any more.
    is_needed = len(others) < len(standing.due)
    return replace(standing, due=(lost, *others)) if is_needed else standing


def _tasks_due(kept: KeptPlan, due: Sequence[StepStatus], today: date) -> Due | None:
    """Return what to do about tasks that are late or due today; None where there are none."""
    late = sum(status.state == "late" for status in due)
    now = sum(status.state != "late" and status.due == today for status in due)
    told = [f"{count(late, 'step')} late"] if late else []
    told += [f"{count(now, 'step')} due today"] if now else []
    if not told:
        return None
    open_still = " and ".join(told)
    if any(checkin.date == today for checkin in kept.checkins):
        text = f"{open_still}. The next check-in is on {short_day(today + _WEEK)}."
        return Due("nothing", text, ("checkin",))
    return Due("checkin", f"A check-in is due: {open_still}.", ("checkin",))


def _find_standings(
    store: Store,
    team: TeamName,
    drafts: Sequence[Draft],
    today: date,
    *,
    several: bool,
    apart: bool,
) -> Iterator[TeamStanding]:
    """Yield where a team stands: in all its questionnaires together, or in each apart."""
    history = sorted(store.history(team), key=lambda kept: kept.date)
    begun = [draft for draft in drafts if draft.by_question]
    usual = find_usual(history)
    named = (usual, *(k.questionnaire for k in reversed(history)))
    used = [q for q in dict.fromkeys((*named, *(d.questionnaire.id for d in begun))) if q]
    for part in [[name] for name in used] if apart and len(used) > 1 else [used]:
        every = [kept for kept in history if kept.questionnaire in part]
        due = [d for name in part for d in _due_in(store, name, usual, every, begun, today)]
        if not due:
            due = [Due("assessment", "Assess the team for the first time.", ("run",))]
        # What comes next matters only where nothing is due.
        pressing = [d for d in due if d.task != "nothing"] or due[:1]
        results = ((kept, score_kept(store, kept)) for kept in reversed(every))
        assessed, result = next(((k.date, r) for k, r in results if r is not None), (None, None))
        options = ("--team", team) if several else ()
        yield TeamStanding(
            team,
            part[0] if part != used else None,
            assessed,
            result,
            tuple(_extended(d, options) for d in pressing),
            _options(part[0], usual) if part else (),
        )


def _due_in(
    store: Store,
    questionnaire: str,
    usual: str | None,
    every: Sequence[KeptAssessment],
    begun: Sequence[Draft],
    today: date,
) -> Iterator[Due]:
    """Yield what is due in one questionnaire, by commands that name it where that is needed."""
    options = _options(questionnaire, usual)
    kept = [one for one in every if one.questionnaire == questionnaire]
    drafts = (_draft_due(d) for d in begun if d.questionnaire.id == questionnaire)
    for due in (*drafts, *(_find_due(store, kept, today) if kept else ())):
        yield _extended(due, options)


def _options(questionnaire: str, usual: str | None) -> tuple[str, ...]:
    return ("--questionnaire", questionnaire) if questionnaire != (usual or questionnaire) else ()


def _find_due(store: Store, kept: Sequence[KeptAssessment], today: date) -> Iterator[Due]:
    """Return what one questionnaire brings; `kept` has at least one, the oldest first."""
    latest = kept[-1]
    yield from (_members_due(k) for k in kept if k.state == "open")
    if latest.state != "open" and not latest.plan:
        yield _missing_plan(latest, score_kept(store, latest))
    planned = next((k for k in reversed(kept) if k.plan), None)
    if planned is None:
        return
    plan = store.load_plan(planned.key)
    if plan is not None:
        yield from _plan_due(plan, today, newest=planned is latest)


def _draft_due(draft: Draft) -> Due:
    of = len(draft.questionnaire.questions)
    given = of - len(draft.unanswered)
    return Due(
        "draft",
        f"Answers are unfinished: {given} of {of} questions.",
        ("run", *(("--as", "consensus") if draft.respondent == "consensus" else ())),
    )


def _members_due(kept: KeptAssessment) -> Due:
    enough = kept.members >= kept.minimum
    close = "Close it when all have." if enough else ""
    return Due(
        "members",
        f"The assessment of {long_day(kept.date)} is open: {kept.members} members answered, and "
        f"results are shown from {kept.minimum} on. {close}",
        ("close",) if enough else ("collect", "./"),
    )


def _missing_plan(kept: KeptAssessment, result: Result | None) -> Due:
    day, spoken = kept.date.isoformat(), long_day(kept.date)
    if result is None or result.plan_profile is None:
        text = f"Too few members answered on {spoken}: answer once together."
        return Due("consensus", text, ("run", "--as", "consensus", "--edit", day))
    if result.plan_profile.stage is None:
        text = f"The answers of {spoken} have no stage: {why_no_stage(result.plan_profile).fix}"
        return Due("answers", text, ("run", "--edit", day))
    return Due("plan", f"There is no plan yet for the assessment of {spoken}.", ("plan",))


def _plan_due(plan: KeptPlan, today: date, *, newest: bool) -> Iterator[Due]:
    record = read_plan_record(plan.written.document)
    if today >= next_monday(record.end):
        if newest:
            end = long_day(record.end)
            text = f"The thirteen weeks of the plan are over since {end}: assess again."
            yield Due("assessment", text, ("run",))
        return
    checked = [checkin.date for checkin in plan.checkins]
    last = max([*checked, record.start])
    if is_away(plan.written, today):
        back = today
        while is_away(plan.written, back):
            back += timedelta(days=1)
        following = short_day(max(back, last + _WEEK))
        text = f"This week is marked as away. The next check-in is on {following}."
        yield Due("nothing", text, ("checkin",))
        return
    reviews = dict(zip(review_dates(record.start), REVIEW_DAYS, strict=True))
    missed = [day for day in reviews if day <= today and not any(c >= day for c in checked)]
    if missed:
        text = f"The review of day {reviews[missed[-1]]} is due since {short_day(missed[-1])}."
        yield Due("review", text, ("checkin",))
    elif today - last >= _WEEK:
        since = "The last check-in was on" if checked else "The plan began on"
        yield Due("checkin", f"A check-in is due. {since} {short_day(last)}.", ("checkin",))
    elif today < record.start:
        text = f"Nothing is due. The plan begins on {short_day(record.start)}."
        yield Due("nothing", text, ("result",))
    else:
        text = f"Nothing is due. The next check-in is on {short_day(last + _WEEK)}."
        yield Due("nothing", text, ("checkin",))


def _extended(due: Due, options: tuple[str, ...]) -> Due:
    return Due(due.task, due.text, (*due.command, *options))
