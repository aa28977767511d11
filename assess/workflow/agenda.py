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
from assess.cells import cell_width, cut
from assess.checkin.status import StepStatus, find_due
from assess.commands import CommandOption, extend_commands, join_command
from assess.documents.kept import KeptPlan
from assess.documents.listed import describe_home
from assess.errors import AssessError, StoreError
from assess.identity import AssessmentKey, TeamName
from assess.pages.blocks import ListedTask
from assess.pages.checkin_end import end_of_week
from assess.pages.goals import describe_course
from assess.pages.home import (
    FIRST_DUE,
    Due,
    TeamStanding,
    away_due,
    checkin_due,
    draft_due,
    lost_plan_due,
    make_home_page,
    members_due,
    missing_plan_due,
    nothing_due,
    over_due,
    plan_begins_due,
    review_due,
    steps_due,
)
from assess.pages.promise import describe_so_far
from assess.planning.calendar import REVIEW_DAYS, WEEK, is_away, next_monday, review_dates
from assess.record import record
from assess.scoring.assessment import Result
from assess.store import Draft, PlanDates, Store
from assess.workflow.checkin.reading import LostPlanError, read_plan
from assess.workflow.checkin.setting_up import list_set_ups
from assess.workflow.finding import Errand, find_planned, find_usual
from assess.workflow.history import list_goals
from assess.workflow.keeping import score_each, score_kept
from assess.workflow.outcome import Outcome
from assess.workflow.plan.promising import count_so_far

_LINE: Final = 78
"""A step with its owner and date fits one line."""

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
        screen=make_home_page(shown, standings.more),
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
                due = [FIRST_DUE]
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
        begun = [d for d in self.drafts[team] if d.questionnaire.id == questionnaire]
        due = [
            draft_due(len(d.unanswered), len(d.questionnaire.questions), d.respondent)
            for d in begun
        ]
        kept = [one for one in self.kept[team] if one.questionnaire == questionnaire]
        due += [members_due(one) for one in kept if one.state == "open"]
        latest = max(kept, key=lambda one: one.date, default=None)
        if latest and latest.state != "open" and not latest.plan:
            result = self._score(latest)
            due.append(missing_plan_due(latest, result.plan_profile if result else None))
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
    week = tuple(map(_on_one_line, due))
    is_quiet = all(one.task == "nothing" for one in standing.due)
    away = is_away(kept.written.start, kept.written, today)
    if is_quiet and not away and (pressing := _steps_due(kept, due, today)) is not None:
        standing = replace(standing, due=(_extended(pressing, standing.options),))
    course = describe_course(list_goals(store, reading.assessment), today)
    promised = count_so_far(kept, checkin.marks)
    so_far = f"{describe_so_far(*promised, kept.written.document.end)} {course}".strip()
    return replace(standing, week=week, so_far=so_far, promised=promised)


def _on_one_line(status: StepStatus) -> ListedTask:
    room = _LINE - cell_width(f"  – {status.owner}, was due Wed 30 Sep")
    return ListedTask(cut(status.short, room), status.owner, status.due, status.state)


def _with_lost_plan(standing: TeamStanding, error: LostPlanError) -> TeamStanding:
    """Say that the file is gone, and what helps, in the place of what would be done in it."""
    lost = _extended(lost_plan_due(error.problems[0]), standing.options)
    others = [d for d in standing.due if d.task not in ("nothing", "checkin", "review")]
    # When the weeks are over, no file is needed any more.
    is_needed = len(others) < len(standing.due)
    return replace(standing, due=(lost, *others)) if is_needed else standing


def _steps_due(kept: KeptPlan, due: Sequence[StepStatus], today: date) -> Due | None:
    late = sum(status.state == "late" for status in due)
    now = sum(status.state != "late" and status.due == today for status in due)
    is_held = any(checkin.date == today for checkin in kept.checkins)
    return steps_due(late, now, today + WEEK if is_held else None)


def _options(questionnaire: str, usual: str | None) -> tuple[str, ...]:
    return ("--questionnaire", questionnaire) if questionnaire != (usual or questionnaire) else ()


def _plan_due(plan: PlanDates, today: date, *, newest: bool) -> Due | None:
    """Return what a plan asks for; None where another assessment followed its weeks."""
    if today >= next_monday(plan.end):
        return over_due(plan.end) if newest else None
    checked = plan.checked
    last = max([*checked, plan.start])
    if is_away(plan.start, plan, today):
        back = today
        while is_away(plan.start, plan, back):
            back += timedelta(days=1)
        return away_due(max(back, last + WEEK))
    reviews = dict(zip(review_dates(plan.start, plan), REVIEW_DAYS, strict=True))
    missed = [day for day in reviews if day <= today and not any(c >= day for c in checked)]
    if missed:
        return review_due(reviews[missed[-1]], missed[-1])
    if today - last >= WEEK:
        return checkin_due(last, is_first=not checked)
    if today < plan.start:
        return plan_begins_due(plan.start)
    return nothing_due(last + WEEK)


def _extended(due: Due, options: tuple[str, ...]) -> Due:
    return replace(due, command=(*due.command, *options))
