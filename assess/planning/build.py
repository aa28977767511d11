"""Findings and capacity -> the plan: what is chosen, when, what it wins and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assess.catalogue import Action, Catalogue, Work, find_work
from assess.errors import AnswersError, AssessError, Problem, nearest
from assess.figures import Hours, long_day
from assess.identity import TeamName
from assess.planning import calendar, reasons
from assess.planning.candidates import find_candidates, find_choices
from assess.planning.choosing import Choosing, Room, find_room
from assess.planning.plan import (
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
from assess.planning.progress import NOTHING_BEGUN, Progress, leave_weeks_off
from assess.planning.winning import find_promise, find_wins, total_value, won_levels
from assess.rules import Finding, Rules, Situation, find_findings
from assess.scoring import Profile, why_no_stage

Project = Callable[[Mapping[str, int]], Profile]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    priorities = _make_priorities(basis, chosen)
    weeks = basis.rules.limits.weeks
    return Plan(
        team=request.team,
        assessed=request.assessed,
        start=request.start,
        end=calendar.friday_of(request.start, weeks),
        reviews=calendar.review_dates(request.start),
        team_size=basis.team_size,
        capacity=request.capacity,
        profile=profile,
        proven=chosen.choosing.choice.proven,
        value=total_value(chosen.wins.values()),
        musts=sum(placed.candidate.must for placed in chosen.placed),
        priorities=priorities,
        weeks=_week_plans(request, weeks, chosen.placed),
        hours_room=request.capacity.hours_per_week * len(chosen.room.weeks),
        promised=find_promise(chosen.wins.values(), profile.levels),
        distance=chosen.choosing.distance,
        projected=_projection(basis.project, won_levels(chosen.wins.values())),
        not_now=_list_left_out(basis, chosen),
        candidates=chosen.candidates,
        findings=chosen.findings,
        actions=basis.catalogue.by_id,
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


@dataclass(frozen=True, slots=True)
class _Placed:
    """A chosen action with its place on the calendar."""

    candidate: Candidate
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]
    hours: Mapping[int, Hours]
    """By calendar week."""
    state: State

    @property
    def action(self) -> Action:
        return self.candidate.action


@dataclass(frozen=True, slots=True)
class Posed:
    """What there is to choose from, and under which limits."""

    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...]
    progress: Progress
    room: Room
    choosing: Choosing


@dataclass(frozen=True, slots=True)
class _Chosen(Posed):
    """What was chosen; `placed` by first week, `wins` by action."""

    placed: tuple[_Placed, ...]
    wins: Mapping[str, tuple[OfferedRung, ...]]


def pose_plan(basis: Basis) -> Posed:
    """Return what the planner is asked for a basis, before anything is chosen."""
    request, profile = basis.request, basis.situation.profile
    findings = (
        *find_findings(basis.rules, basis.situation),
        *find_choices(request.wants, request.skips),
    )
    candidates = find_candidates(
        profile,
        basis.catalogue,
        findings,
        basis.rules.weights,
        basis.team_size,
        request.capacity.hours_per_week,
        request.done,
    )
    by_id = {candidate.action.id: candidate for candidate in candidates}
    limits = basis.rules.limits
    progress = leave_weeks_off(
        _stop_avoided(request.progress, by_id),
        request.capacity.weeks_off,
        limits.weeks,
        request.start,
    )
    room = find_room(request.capacity, progress, limits, by_id)
    choosing = Choosing(candidates, profile, room, progress, limits.starts_per_week)
    return Posed(findings, candidates, progress, room, choosing)


def _choose(basis: Basis) -> _Chosen:
    posed = pose_plan(basis)
    by_id = {candidate.action.id: candidate for candidate in posed.candidates}
    placed = sorted(
        (
            *_place_begun(posed.progress, basis, by_id),
            *_place(posed.choosing, posed.room, basis.request),
        ),
        key=lambda p: p.first_week,
    )
    wins = find_wins([p.candidate for p in placed], basis.situation.profile.levels)
    return _Chosen(
        posed.findings,
        posed.candidates,
        posed.progress,
        posed.room,
        posed.choosing,
        tuple(placed),
        wins,
    )


def _stop_avoided(progress: Progress, candidates: Mapping[str, Candidate]) -> Progress:
    """Return the progress without what was started and is avoided by now; done stays done."""
    begun = tuple(
        action
        for action in progress.begun
        if progress.is_done(action) or not (action.id in candidates and candidates[action.id].avoid)
    )
    return replace(progress, begun=begun)


def _place_begun(
    progress: Progress, basis: Basis, candidates: Mapping[str, Candidate]
) -> list[_Placed]:
    """Return what is under way where it was; an action that the catalogue lost is gone."""
    return [
        _Placed(
            candidates.get(begun.id) or _reached(basis.catalogue.by_id[begun.id], basis.team_size),
            begun.first_week,
            begun.last_week,
            begun.steps,
            _hours_of(begun.steps),
            "done" if progress.is_done(begun) else "begun",
        )
        for begun in progress.begun
        if begun.id in basis.catalogue.by_id
    ]


def _hours_of(steps: Iterable[PlannedStep]) -> Mapping[int, Hours]:
    hours: dict[int, Hours] = {}
    for step in steps:
        hours[step.week] = hours.get(step.week, 0) + step.hours
    return hours


def _reached(action: Action, team_size: int) -> Candidate:
    return Candidate(action, find_work(action, team_size), False, False, (), (), ())


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
                steps=placed.steps,
                value=sum(rung.weight for rung in wins),
                wins=wins,
                because=reasons.why(candidate, wins, needed_by, basis.situation.profile),
            )
        )
    return tuple(priorities)


def _list_left_out(basis: Basis, chosen: _Chosen) -> tuple[LeftOut, ...]:
    there = {placed.action.id for placed in chosen.placed}
    why_not = reasons.WhyNot(
        won_levels(chosen.wins.values()),
        chosen.candidates,
        basis.situation.profile,
        basis.rules.limits,
        basis.request.capacity,
        chosen.choosing.find_barrier,
    )
    return tuple(
        why_not.of(candidate) for candidate in chosen.candidates if candidate.action.id not in there
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
