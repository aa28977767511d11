"""Findings and capacity -> the plan: what is chosen, when, what it wins and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from assess.catalogue.action import Action, Catalogue
from assess.catalogue.work import Work, find_work
from assess.errors import AnswersError, AssessError, Problem, nearest
from assess.figures import Hours, long_day
from assess.identity import TeamName
from assess.planning import calendar, reasons
from assess.planning.candidates import find_candidates, find_choices, is_in_place, won_by
from assess.planning.choosing import Choosing, Room, find_room
from assess.planning.owners import NOBODY_NAMED, Staffing, hand_out
from assess.planning.plan import (
    ActionRecord,
    Candidate,
    Capacity,
    LeftOut,
    OfferedRung,
    Plan,
    PlannedStep,
    Priority,
    Projection,
    State,
    WeekPlan,
)
from assess.planning.progress import NOTHING_BEGUN, Ongoing, Progress, Weeks, go_on
from assess.planning.winning import find_promise, find_wins, total_value, won_levels
from assess.record import record
from assess.rules.finding import Finding, find_findings
from assess.rules.model import Rules
from assess.rules.situation import Situation
from assess.scoring.profile import Profile, why_no_stage

Project = Callable[[Mapping[str, int]], Profile]


@record
class Request:
    """What a plan is asked for: when, with how much room, and the person's own choices.

    `done` holds actions of earlier plans that were marked done, which is what a need asks.
    """

    team: TeamName
    assessed: date
    start: date
    capacity: Capacity
    wants: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()
    progress: Progress = NOTHING_BEGUN
    staffing: Staffing = NOBODY_NAMED


@record
class Basis:
    """All that a plan follows from: equal bases give equal plans.

    `project` tells what the profile would be with questions raised to levels.
    """

    request: Request
    situation: Situation
    catalogue: Catalogue
    rules: Rules
    project: Project

    @property
    def team_size(self) -> int:
        return self.situation.team_size or self.rules.limits.default_team_size


def build_plan(basis: Basis) -> Plan:
    """Return the best plan that fits, with a reason for every action in it and out of it.

    Raises:
        AnswersError: The answers have no stage to plan for.
        AssessError: A wanted or skipped action does not exist.

    Source: docs/decisions/0009-planning.md
    """
    request, profile = basis.request, basis.situation.profile
    if profile.stage is None:
        raise AnswersError(why_no_stage(profile))
    _refuse_unknown_actions(request, basis.catalogue)
    chosen = _choose(basis)
    weeks = basis.rules.limits.weeks
    done, staffing = request.progress.done, request.staffing
    priorities = hand_out(_make_priorities(basis, chosen), staffing, done, request.start, weeks)
    return Plan(
        team=request.team,
        assessed=request.assessed,
        start=request.start,
        end=calendar.friday_of(request.start, weeks),
        reviews=calendar.review_dates(request.start, request.capacity),
        team_size=basis.team_size,
        capacity=request.capacity,
        profile=profile,
        proven=chosen.posed.choosing.choice.proven,
        value=total_value(chosen.wins.values()),
        musts=sum(placed.candidate.must for placed in chosen.placed),
        priorities=priorities,
        weeks=_week_plans(request, weeks, chosen.placed),
        hours_room=sum(map(request.capacity.hours_in, chosen.posed.room.weeks)),
        promised=find_promise(chosen.wins.values(), profile.levels),
        distance=chosen.posed.choosing.distance,
        projected=_projection(basis.project, won_levels(chosen.wins.values())),
        not_now=_list_left_out(basis, chosen),
        candidates=chosen.posed.candidates,
        findings=chosen.posed.findings,
        actions=basis.catalogue.by_id,
        people=staffing.people,
    )


def _refuse_unknown_actions(request: Request, catalogue: Catalogue) -> None:
    problems = [
        Problem(f"Unknown action '{action}'.", where, nearest(action, catalogue.by_id))
        for where, actions in (("--want", request.wants), ("--skip", request.skips))
        for action in actions
        if action not in catalogue.by_id
    ]
    if problems:
        raise AssessError(*problems)


@record
class _Placed:
    """A chosen action with its place on the calendar."""

    candidate: Candidate
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]
    hours: Mapping[int, Hours]
    """By calendar week."""
    state: State
    overruns: bool = False

    @property
    def action(self) -> Action:
        return self.candidate.action


@record
class Posed:
    """What there is to choose from, and under which limits.

    `standing` is the profile with the levels that done actions have won: only what is still to
    be planned goes by it. `ongoing` is what is begun, each with the candidate that it is.
    """

    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...]
    standing: Profile
    ongoing: tuple[tuple[Candidate, Ongoing], ...]
    room: Room
    choosing: Choosing


@record
class _Chosen:
    """What was chosen; `placed` by first week, `wins` by action."""

    posed: Posed
    placed: tuple[_Placed, ...]
    wins: Mapping[str, tuple[OfferedRung, ...]]


def pose_plan(basis: Basis) -> Posed:
    """Return what the planner is asked for a basis, before anything is chosen."""
    request, limits = basis.request, basis.rules.limits
    findings = (
        *find_findings(basis.rules, basis.situation),
        *find_choices(request.wants, request.skips),
    )
    standing = _stand_on_what_is_done(basis)
    candidates = find_candidates(
        standing,
        basis.catalogue,
        findings,
        basis.rules.weights,
        basis.team_size,
        request.capacity.steady,
        request.done,
    )
    by_id = {candidate.action.id: candidate for candidate in candidates}
    weeks = Weeks(request.start, request.progress.week, request.capacity, limits.weeks)
    ongoing = tuple(
        _go_on(record, basis, by_id, weeks)
        for record in request.progress.begun
        if record.id in basis.catalogue.by_id and not _is_stopped(record, request.progress, by_id)
    )
    going = [action for _, action in ongoing]
    room = find_room(request.capacity, weeks, going, limits, by_id)
    choosing = Choosing(
        candidates, standing, room, going, request.progress.announced, limits.starts_per_week
    )
    return Posed(findings, candidates, standing, ongoing, room, choosing)


def _choose(basis: Basis) -> _Chosen:
    posed = pose_plan(basis)
    begun = [
        _Placed(
            candidate,
            action.first_week,
            action.last_week,
            action.steps,
            action.hours,
            "done" if action.is_done else "begun",
            action.overruns,
        )
        for candidate, action in posed.ongoing
    ]
    placed = sorted(
        (*begun, *_place(posed.choosing, posed.room, basis.request)), key=lambda p: p.first_week
    )
    wins = find_wins([p.candidate for p in placed], basis.situation.profile.levels)
    return _Chosen(posed, tuple(placed), wins)


def _stand_on_what_is_done(basis: Basis) -> Profile:
    """Return the profile with what done actions have won put into its levels, and nothing else."""
    progress, profile = basis.request.progress, basis.situation.profile
    by_id = basis.catalogue.by_id
    done = [by_id[a.id] for a in progress.begun if progress.is_done(a) and a.id in by_id]
    return replace(profile, levels=won_by(done, profile.levels)) if done else profile


def _is_stopped(
    record: ActionRecord, progress: Progress, candidates: Mapping[str, Candidate]
) -> bool:
    """Tell whether what was begun is avoided by now; done stays done."""
    is_avoided = record.id in candidates and candidates[record.id].avoid
    return is_avoided and not progress.is_done(record)


def _go_on(
    record: ActionRecord, basis: Basis, candidates: Mapping[str, Candidate], weeks: Weeks
) -> tuple[Candidate, Ongoing]:
    """Return what a begun action is, with all that it won or will win, and how it goes on."""
    request, profile = basis.request, basis.situation.profile
    action, candidate = basis.catalogue.by_id[record.id], candidates.get(record.id)
    offered = [rung for rung in action.rungs if not is_in_place(profile.level(rung[0]), rung[1])]
    # Steps were left out when all that they serve was reached, and stay out.
    numbers = {int(step.id.rpartition("/")[2]) for step in record.steps}
    left_out = {
        question
        for number, step in enumerate(action.steps, start=1)
        if number not in numbers
        for question in step.serves or ()
    }
    reached = (action.lifts.keys() - {question for question, _ in offered}) | left_out
    hours = request.capacity.steady
    work = find_work(action, basis.team_size, hours, reached)
    # What is reached already weighs nothing when the rest is planned.
    weights = {(r.question, r.level): r.weight for r in candidate.rungs} if candidate else {}
    rungs = tuple(OfferedRung(*rung, weights.get(rung, 0)) for rung in offered)
    known = candidate or Candidate(action, work, False, False, (), (), ())
    ongoing = go_on(record, request.progress, work, weeks, hours)
    return replace(known, work=work, rungs=rungs), ongoing


def _place(choosing: Choosing, room: Room, request: Request) -> list[_Placed]:
    """Lay the working weeks of the chosen actions on the calendar."""
    return [
        _Placed(
            candidate,
            room.weeks[first - 1],
            room.weeks[first + work.duration - 2],
            tuple(
                PlannedStep(
                    id=f"{candidate.action.id}/{step.number}",
                    do=step.do,
                    week=week,
                    due=calendar.due_day(request.start, week, request.capacity.days_off),
                    hours=step.hours,
                    owner=candidate.action.role,
                )
                for step in work.steps
                for week in [room.weeks[first + step.week - 2]]
            ),
            dict(zip(room.weeks[first - 1 :], work.hours_by_week, strict=False)),
            "new",
        )
        for candidate, first in choosing.first_weeks
        for work in [candidate.work]
    ]


def _make_priorities(basis: Basis, chosen: _Chosen) -> tuple[Priority, ...]:
    end = calendar.friday_of(basis.request.start, basis.rules.limits.weeks)
    priorities = []
    for placed in chosen.placed:
        candidate, wins = placed.candidate, chosen.wins[placed.action.id]
        habit = placed.action.upkeep
        needed_by = [
            other.action
            for other in chosen.placed
            if any(rung in other.candidate.needs for rung in placed.action.rungs)
        ]
        priorities.append(
            Priority(
                action=placed.action,
                work=candidate.work,
                kind=candidate.kind,
                state=placed.state,
                must=candidate.must,
                objective=_objective(candidate.work, basis.request, end),
                first_week=placed.first_week,
                last_week=placed.last_week,
                overruns=placed.overruns,
                steps=placed.steps,
                value=sum(rung.weight for rung in wins),
                wins=wins,
                because=reasons.why(candidate, wins, needed_by, basis.situation.profile),
                lead=placed.action.role,
                upkeep=habit.hours_of(basis.team_size) if habit else 0,
            )
        )
    return tuple(priorities)


def _list_left_out(basis: Basis, chosen: _Chosen) -> tuple[LeftOut, ...]:
    posed = chosen.posed
    there = {placed.action.id for placed in chosen.placed}
    why_not = reasons.WhyNot(
        won_levels(chosen.wins.values()),
        posed.candidates,
        posed.standing,
        basis.request.capacity,
        Fraction(posed.room.fill, 4),
        posed.choosing.find_barrier,
    )
    return tuple(
        why_not.of(candidate) for candidate in posed.candidates if candidate.action.id not in there
    )


def _objective(work: Work, request: Request, end: date) -> str:
    return work.objective.format(
        team=request.team, start_date=long_day(request.start), end_date=long_day(end)
    )


def _projection(project: Project, levels: Mapping[str, int]) -> Projection:
    profile = project(levels)
    if profile.scores is None or profile.stage is None:
        raise ValueError("raising levels cannot unscore a profile")
    return Projection(profile.scores, profile.stage, profile.complete, profile.margin)


def _week_plans(request: Request, weeks: int, placed: Iterable[_Placed]) -> tuple[WeekPlan, ...]:
    hours: dict[int, Hours] = dict.fromkeys(range(1, weeks + 1), 0)
    for week, taken in (item for one in placed for item in one.hours.items()):
        hours[week] += taken
    return tuple(
        WeekPlan(
            number=week,
            monday=calendar.monday_of(request.start, week),
            off=week in request.capacity.weeks_off,
            hours=hours[week],
        )
        for week in hours
    )
