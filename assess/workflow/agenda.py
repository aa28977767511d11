"""What is due for each team, and the command that does it.

A check-in is due when a week has passed since the last one or since the plan began, and for one
team that is looked at also when something is late or due today; a review from its day on until a
check-in follows, the next assessment when the thirteen weeks are over. While everybody is away
nothing is due.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from assess.answers import KeptAssessment
from assess.cells import cut
from assess.checkin.status import StepStatus, find_due
from assess.commands import CommandOption, extend_commands, join_command
from assess.documents.kept import KeptPlan
from assess.documents.listed import describe_home
from assess.errors import AssessError, StoreError
from assess.figures import count, long_day, short_day
from assess.identity import AssessmentKey, TeamName
from assess.pages.blocks import ListedTask
from assess.pages.checkin_end import end_of_week
from assess.pages.goals import describe_course
from assess.pages.kept import Due, TeamStanding, make_home_page
from assess.pages.promise import describe_so_far
from assess.planning.calendar import REVIEW_DAYS, is_away, next_monday, review_dates
from assess.record import record
from assess.scoring.assessment import Result
from assess.scoring.profile import why_no_stage
from assess.store import Draft, PlanDates, Store
from assess.workflow.checkin.reading import LostPlanError, read_plan
from assess.workflow.checkin.setting_up import list_set_ups
from assess.workflow.finding import Errand, find_planned, find_usual
from assess.workflow.history import list_goals
from assess.workflow.keeping import score_each, score_kept
from assess.workflow.outcome import Outcome
from assess.workflow.plan.promising import count_so_far

_WEEK = timedelta(days=7)
_WORDING: Final = 38
"""So that a step with its owner and date is one line."""


MOST_AT_HOME: Final = 4
"""So many teams are on one screen."""


@record
class Standings:
    """Teams as they stand, and how many more there are."""

    shown: tuple[TeamStanding, ...] = ()
    more: int = 0

    @property
    def pressing(self) -> Due | None:
        """What the only team can begin right now."""
        if len({standing.team for standing in self.shown}) != 1:
            return None
        return next((one.pressing for one in self.shown if one.pressing), None)


def show_home(standings: Standings, options: tuple[CommandOption, ...]) -> Outcome:
    """Return what `assess` alone shows; `options` are those that its commands need."""
    shown = standings.shown
    return Outcome(
        (make_home_page(shown),),
        lambda: {"teams": [_describe(standing, options) for standing in shown]},
        screen=make_home_page(shown, standings.more, is_screen=True),
    )


def _describe(standing: TeamStanding, options: tuple[CommandOption, ...]) -> Mapping[str, Any]:
    profile = standing.profile
    commands = (extend_commands(join_command(*d.command), options) for d in standing.due)
    due = [(d.task, d.text, command) for d, command in zip(standing.due, commands, strict=True)]
    return describe_home(standing, profile, due)


@record
class _Look:
    """One look at teams of which a few facts are known; answers are read where they are told."""

    store: Store
    today: date
    several: bool
    kept: Mapping[TeamName, list[KeptAssessment]]
    drafts: Mapping[TeamName, list[Draft]]
    plans: Mapping[AssessmentKey, PlanDates]
    scored: Mapping[AssessmentKey, Result | None] = field(default_factory=dict)

    def score_latest(self, names: Iterable[TeamName]) -> "_Look":
        """Return the look with the latest result of each team, found in one pass over all."""
        latest = [max(self.kept[n], key=lambda kept: kept.date) for n in names if self.kept[n]]
        found = {one.kept.key: one.result for one in score_each(self.store, latest)}
        return replace(self, scored=found)

    def finds_pressing(self, team: TeamName) -> bool:
        return any(standing.pressing for standing, _ in self._find_due(team, apart=False))

    def at(self, team: TeamName, *, apart: bool = False) -> Iterator[TeamStanding]:
        """Yield where a team stands: in all its questionnaires together, or in each apart."""
        for standing, every in self._find_due(team, apart=apart):
            results = ((kept, self._score(kept)) for kept in reversed(every))
            told = next(((kept.date, result.profile) for kept, result in results if result), None)
            yield replace(standing, assessed=told[0], profile=told[1]) if told else standing

    def _score(self, kept: KeptAssessment) -> Result | None:
        known = kept.key in self.scored
        return self.scored[kept.key] if known else score_kept(self.store, kept)

    def _find_due(
        self, team: TeamName, *, apart: bool
    ) -> Iterator[tuple[TeamStanding, Sequence[KeptAssessment]]]:
        """Yield what is due for a team, without results, and the assessments it is about."""
        history = sorted(self.kept[team], key=lambda kept: kept.date)
        begun, usual = self.drafts[team], find_usual(history)
        named = (usual, *(k.questionnaire for k in reversed(history)))
        used = [q for q in dict.fromkeys((*named, *(d.questionnaire.id for d in begun))) if q]
        options = ("--team", team) if self.several else ()
        for part in [[name] for name in used] if apart and len(used) > 1 else [used]:
            every = [kept for kept in history if kept.questionnaire in part]
            due = [d for name in part for d in self._due_in(team, name, usual)]
            if not due:
                due = [Due("assessment", "Assess the team for the first time.", ("run",))]
            # What comes next matters only where nothing is due.
            pressing = [d for d in due if d.task != "nothing"] or due[:1]
            standing = TeamStanding(
                team,
                part[0] if part != used else None,
                tuple(_extended(d, options) for d in pressing),
                _options(part[0], usual) if part else (),
            )
            yield standing, every

    def _due_in(self, team: TeamName, questionnaire: str, usual: str | None) -> Iterator[Due]:
        """Yield what is due in one questionnaire, by commands that name it where needed."""
        due = [_draft_due(d) for d in self.drafts[team] if d.questionnaire.id == questionnaire]
        kept = [one for one in self.kept[team] if one.questionnaire == questionnaire]
        due += [_members_due(one) for one in kept if one.state == "open"]
        latest = max(kept, key=lambda one: one.date, default=None)
        if latest and latest.state != "open" and not latest.plan:
            due.append(_missing_plan(latest, self._score(latest)))
        planned = find_planned(kept, questionnaire)
        plan = self.plans.get(planned.key) if planned else None
        if plan and (asked := _plan_due(plan, self.today, newest=planned is latest)):
            due.append(asked)
        options = _options(questionnaire, usual)
        yield from (_extended(one, options) for one in due)


def list_standings(errand: Errand, most: int | None = None) -> Standings:
    """Return the teams that are not put aside, or the one that is named.

    One team alone has a standing in each questionnaire that it uses, the usual one first. Of more
    teams than `most` those are shown first for which something is due.
    """
    store = errand.store
    names = [known.name for known in store.teams() if not known.archived]
    several = len(names) > 1
    if errand.named is not None:
        names = [errand.team]
    look = _look_at(errand, names[0] if len(names) == 1 else None, several=several)
    # Plans of many teams are not read for one look at what is due.
    if len(names) == 1:
        alone = look.at(names[0], apart=True)
        return Standings(tuple(_look_closer(errand, one) for one in alone))
    if most is not None and len(names) > most:
        pressing = list(islice(filter(look.finds_pressing, names), most))
        quiet = (name for name in names if name not in pressing)
        shown = [*pressing, *islice(quiet, most - len(pressing))]
    else:
        shown, look = names, look.score_latest(names)
    standings = tuple(standing for name in shown for standing in look.at(name))
    return Standings(standings, len(names) - len(shown))


def _look_at(errand: Errand, only: TeamName | None, *, several: bool) -> _Look:
    """Look up what is kept of one team, or of all with one query for each kind."""
    store = errand.store
    kept, drafts = defaultdict[TeamName, list[Any]](list), defaultdict[TeamName, list[Any]](list)
    for one in store.history(only):
        kept[one.team].append(one)
    for draft in store.drafts():
        if draft.by_question:
            drafts[draft.team].append(draft)
    return _Look(store, errand.today, several, kept, drafts, store.plan_dates(only))


def _look_closer(errand: Errand, standing: TeamStanding) -> TeamStanding:
    """Return a team with what is late, due this week and true, where its plan can be read."""
    store, today, team = errand.store, errand.today, standing.team
    errand = replace(errand, named=team, asked=standing.questionnaire)
    try:
        reading = read_plan(errand, with_catalogue=False)
    except LostPlanError as error:
        return _with_lost_plan(standing, error)
    except StoreError:
        raise
    except AssessError:
        # What is wrong with the file is told by the check-in, which is the next command.
        return standing
    kept, checkin = reading.kept, reading.checkin
    if checkin.is_over:
        return standing
    if reading.assessment.questionnaire.subject == "team":
        set_ups = (
            (f"{one.text} ({one.minutes} minutes)", join_command(*one.command))
            for one in list_set_ups(store, team)
        )
        standing = replace(standing, set_ups=tuple(set_ups))
    due = find_due(checkin, end_of_week(today))
    week = tuple(
        ListedTask(cut(s.wording.rstrip("."), _WORDING), s.owner, s.due, s.state) for s in due
    )
    is_quiet = all(one.task == "nothing" for one in standing.due)
    away = is_away(kept.written.start, kept.written, today)
    if is_quiet and not away and (pressing := _tasks_due(kept, due, today)) is not None:
        standing = replace(standing, due=(_extended(pressing, standing.options),))
    course = describe_course(list_goals(store, reading.assessment), today)
    promised = count_so_far(kept, checkin.marks)
    so_far = f"{describe_so_far(*promised, kept.written.document.end)} {course}".strip()
    return replace(standing, week=week, so_far=so_far, promised=promised)


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


def _options(questionnaire: str, usual: str | None) -> tuple[str, ...]:
    return ("--questionnaire", questionnaire) if questionnaire != (usual or questionnaire) else ()


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


def _plan_due(plan: PlanDates, today: date, *, newest: bool) -> Due | None:
    """Return what a plan asks for; None where another assessment followed its weeks."""
    if today >= next_monday(plan.end):
        text = f"The thirteen weeks of the plan are over since {long_day(plan.end)}: assess again."
        return Due("assessment", text, ("run",)) if newest else None
    checked = plan.checked
    last = max([*checked, plan.start])
    if is_away(plan.start, plan, today):
        back = today
        while is_away(plan.start, plan, back):
            back += timedelta(days=1)
        following = short_day(max(back, last + _WEEK))
        text = f"This week is marked as away. The next check-in is on {following}."
        return Due("nothing", text, ("checkin",))
    reviews = dict(zip(review_dates(plan.start, plan), REVIEW_DAYS, strict=True))
    missed = [day for day in reviews if day <= today and not any(c >= day for c in checked)]
    if missed:
        text = f"The review of day {reviews[missed[-1]]} is due since {short_day(missed[-1])}."
        return Due("review", text, ("checkin",))
    if today - last >= _WEEK:
        since = "The last check-in was on" if checked else "The plan began on"
        return Due("checkin", f"A check-in is due. {since} {short_day(last)}.", ("checkin",))
    if today < plan.start:
        text = f"Nothing is due. The plan begins on {short_day(plan.start)}."
        return Due("nothing", text, ("result",))
    text = f"Nothing is due. The next check-in is on {short_day(last + _WEEK)}."
    return Due("nothing", text, ("checkin",))


def _extended(due: Due, options: tuple[str, ...]) -> Due:
    return replace(due, command=(*due.command, *options))
