"""Findings and capacity -> the plan: what is chosen, when, what it wins and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assess.catalogue import Action, Catalogue
from assess.errors import AnswersError, AssessError, Problem, nearest
from assess.figures import long_day
from assess.planning import calendar, reasons
from assess.planning.candidates import find_candidates, find_choices, unmet_needs
from assess.planning.choosing import ChosenActions, Room, choose_actions, find_room
from assess.planning.plan import (
    Candidate,
    Capacity,
    OfferedRung,
    Plan,
    PlannedStep,
    Priority,
    Projection,
    WeekPlan,
)
from assess.planning.progress import NOTHING_BEGUN, Progress
from assess.planning.winning import credit_rungs, find_focus
from assess.rules import Rules, Situation, find_findings
from assess.scoring import Profile

Project = Callable[[Mapping[str, int]], Profile]


@dataclass(frozen=True, slots=True)
class Request:
    """What a plan is asked for: when, with how much room, and the person's own choices.

    `done` holds actions of earlier plans that were marked done, which is what a need asks.
    """

    team: str
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


def build_plan(basis: Basis) -> Plan:
    """Return the best plan that fits, with a reason for every action in it and out of it.

    Raises:
        AnswersError: No dimension is scored, so that there is no stage to plan for.
        AssessError: A wanted or skipped action does not exist.

    Source: docs/decisions/0009-planning.md
    """
    request, situation, catalogue, rules = (
        basis.request,
        basis.situation,
        basis.catalogue,
        basis.rules,
    )
    profile = situation.profile
    _refuse_without_stage(profile)
    _refuse_unknown_actions(request, catalogue)
    findings = (*find_findings(rules, situation), *find_choices(request.wants, request.skips))
    candidates = find_candidates(profile, catalogue, findings, rules.weights)
    needs = {
        c.action.id: unmet_needs(c.action, catalogue, profile.levels, request.done)
        for c in candidates
    }
    end = calendar.friday_of(request.start, rules.limits.weeks)
    room = find_room(request.capacity, request.progress, rules.limits)
    choice = choose_actions(candidates, needs, profile.levels, room, request.progress)
    placed = [*_place_begun(request.progress, catalogue), *_place(choice, room, request.start)]
    by_id = {c.action.id: c for c in candidates}
    traced = [by_id.get(p.action.id) or Candidate(p.action, False, False, (), ()) for p in placed]
    wins = credit_rungs(traced, {p.action.id: p.first_week for p in placed}, profile.levels)
    needed_by = {
        p.action.id: [q.action for q in placed if p.action.id in needs.get(q.action.id, ())]
        for p in placed
    }
    priorities = tuple(
        Priority(
            action=p.action,
            objective=_objective(p.action, request, end),
            first_week=p.first_week,
            last_week=p.last_week,
            steps=p.steps,
            value=sum(rung.weight for rung in wins[p.action.id]),
            wins=wins[p.action.id],
            because=reasons.why(c, wins[p.action.id], needed_by[p.action.id], profile),
        )
        for p, c in sorted(zip(placed, traced, strict=True), key=lambda pair: pair[0].first_week)
    )
    chosen = {priority.action.id for priority in priorities}
    return Plan(
        team=request.team,
        assessed=request.assessed,
        start=request.start,
        end=end,
        reviews=calendar.review_dates(request.start),
        capacity=request.capacity,
        profile=profile,
        focus=find_focus(profile, wins.values()),
        proven=choice.proven,
        value=sum(priority.value for priority in priorities),
        musts=sum(candidate.must for candidate in traced),
        priorities=priorities,
        weeks=_week_plans(request, rules.limits.weeks, priorities),
        projected=_projection(basis.project, wins.values()),
        not_now=tuple(
            reasons.why_not(
                c,
                [need for need in needs[c.action.id] if need not in chosen],
                catalogue,
                profile,
                request.capacity,
            )
            for c in candidates
            if c.action.id not in chosen
        ),
        candidates=candidates,
        findings=findings,
        actions=catalogue.by_id,
    )


def _refuse_without_stage(profile: Profile) -> None:
    if profile.stage is None:
        titles = (profile.questionnaire.titles[d] for d in profile.unscored)
        raise AnswersError(
            Problem(
                "There is no stage yet, and so no plan: no dimension has enough answers.",
                "the answers",
                f"Answer at least half of the questions on: {', '.join(titles)}."
                if profile.unscored
                else "Answer the questions of at least one dimension with a level.",
            )
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
    """An action with its place on the calendar."""

    action: Action
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]


def _place_begun(progress: Progress, catalogue: Catalogue) -> list[_Placed]:
    """Return what is under way where it was; an action that the catalogue lost is gone."""
    return [
        _Placed(catalogue.by_id[begun.id], begun.first_week, begun.last_week, begun.steps)
        for begun in progress.begun
        if begun.id in catalogue.by_id
    ]


def _place(choice: ChosenActions, room: Room, start: date) -> list[_Placed]:
    """Lay the working weeks of the chosen actions on the calendar."""
    return [
        _Placed(
            action,
            room.weeks[first - 1],
            room.weeks[first + action.duration - 2],
            tuple(
                PlannedStep(
                    id=f"{action.id}/{number}",
                    do=step.do,
                    week=week,
                    due=calendar.friday_of(start, week),
                    hours=step.hours,
                )
                for number, step in enumerate(action.steps, start=1)
                for week in [room.weeks[first + step.week - 2]]
            ),
        )
        for action, first in choice.first_weeks
    ]


def _objective(action: Action, request: Request, end: date) -> str:
    return action.objective.format(
        team=request.team, start_date=long_day(request.start), end_date=long_day(end)
    )


def _projection(project: Project, wins: Iterable[Sequence[OfferedRung]]) -> Projection:
    levels: dict[str, int] = {}
    for rung in (rung for won in wins for rung in won):
        levels[rung.question] = max(rung.level, levels.get(rung.question, 0))
    profile = project(levels)
    if profile.scores is None or profile.stage is None:
        raise ValueError("raising levels cannot unscore a profile")
    return Projection(profile.scores, profile.stage, profile.complete)


def _week_plans(
    request: Request, weeks: int, priorities: Iterable[Priority]
) -> tuple[WeekPlan, ...]:
    hours = dict.fromkeys(range(1, weeks + 1), 0)
    for step in (step for priority in priorities for step in priority.steps):
        hours[step.week] += step.hours
    return tuple(
        WeekPlan(
            number=week,
            monday=calendar.monday_of(request.start, week),
            off=week in request.capacity.weeks_off,
            hours=hours[week],
        )
        for week in hours
    )
