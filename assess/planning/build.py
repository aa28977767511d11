"""Findings and capacity -> the plan: what is chosen, when, what it wins and why."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assess.catalogue import Action, Catalogue
from assess.errors import AnswersError, AssessError, Problem, nearest
from assess.figures import long_day
from assess.planning import calendar, reasons
from assess.planning.candidates import (
    find_candidates,
    find_choices,
    present_level,
    unmet_needs,
)
from assess.planning.optimum import Option, find_best_plan
from assess.planning.optimum import Problem as Packing
from assess.planning.plan import (
    Candidate,
    Capacity,
    LeftOut,
    OfferedRung,
    Plan,
    PlannedStep,
    Priority,
    Projection,
    WeekPlan,
)
from assess.rules import Rules, Situation, find_findings
from assess.scoring import Profile

FOCUS_DIMENSIONS = 2
"""At most so many dimensions are named beforehand, to be judged alone in the comparison."""

Project = Callable[[Mapping[str, int]], Profile]
"""The profile as it would be with these questions raised to these levels."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a plan is asked for: when, with how much room, and the person's own choices."""

    team: str
    assessed: date
    start: date
    capacity: Capacity
    wants: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


def build_plan(
    request: Request, situation: Situation, catalogue: Catalogue, rules: Rules, project: Project
) -> Plan:
    """Return the best plan that fits, with a reason for every action in it and out of it.

    Raises:
        AnswersError: No dimension is scored, so that there is no stage to plan for.
        AssessError: A wanted or skipped action does not exist.

    Source: docs/decisions/0009-planning.md
    """
    profile = situation.profile
    _refuse_without_stage(profile)
    _refuse_unknown_actions(request, catalogue)
    findings = (*find_findings(rules, situation), *find_choices(request.wants, request.skips))
    candidates = find_candidates(profile, catalogue, findings, rules.weights, request.done)
    needs = {
        c.action.id: unmet_needs(c.action, catalogue, profile.levels, request.done)
        for c in candidates
    }
    usable = _usable(candidates, needs)
    weeks = _working_weeks(rules.limits.weeks, request.capacity.weeks_off)
    choice = find_best_plan(_packing(usable, needs, profile, request, rules, len(weeks)))
    chosen = {usable[at].action.id: first for at, first in choice.first_weeks.items()}
    wins = _credit(usable, chosen, profile)
    end = calendar.friday_of(request.start, rules.limits.weeks)
    layout = _Layout(request, weeks, end)
    picked = [c for c in usable if c.action.id in chosen]
    priorities = tuple(
        sorted(
            (
                layout.place(
                    c, chosen[c.action.id], wins[c.action.id], _why(c, wins, picked, needs, profile)
                )
                for c in picked
            ),
            key=lambda priority: priority.first_week,
        )
    )
    return Plan(
        team=request.team,
        assessed=request.assessed,
        start=request.start,
        end=end,
        reviews=calendar.review_dates(request.start),
        capacity=request.capacity,
        profile=profile,
        focus=_focus(profile, wins.values()),
        proven=choice.proven,
        value=choice.value,
        musts=choice.musts,
        priorities=priorities,
        weeks=_week_plans(request, rules.limits.weeks, priorities),
        projected=_projection(project, wins.values()),
        not_now=_not_now(candidates, chosen, needs, catalogue, profile),
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


def _usable(
    candidates: Sequence[Candidate], needs: Mapping[str, Sequence[str]]
) -> tuple[Candidate, ...]:
    """Return the candidates that are not avoided and whose needs can all be in the plan."""
    usable = {c.action.id for c in candidates if not c.avoid}
    while stuck := {action for action in usable if not usable.issuperset(needs[action])}:
        usable -= stuck
    return tuple(c for c in candidates if c.action.id in usable)


def _working_weeks(weeks: int, off: Collection[int]) -> tuple[int, ...]:
    return tuple(week for week in range(1, weeks + 1) if week not in off)


def _packing(
    usable: Sequence[Candidate],
    needs: Mapping[str, Sequence[str]],
    profile: Profile,
    request: Request,
    rules: Rules,
    weeks: int,
) -> Packing:
    places = {c.action.id: place for place, c in enumerate(usable)}
    ladders: dict[str, dict[int, int]] = {}
    for candidate in usable:
        for rung in candidate.rungs:
            ladders.setdefault(rung.question, {})[rung.level] = rung.weight
    index = {question: place for place, question in enumerate(ladders)}
    start = {question: (present_level(profile.levels[question]) or 0) + 1 for question in ladders}
    return Packing(
        options=tuple(
            Option(
                hours=c.action.hours_by_week,
                needs=tuple(places[need] for need in needs[c.action.id]),
                must=c.must,
                offers=tuple((index[r.question], r.level - start[r.question]) for r in c.rungs),
            )
            for c in usable
        ),
        # A rung that nobody offers is never won, and so weighs nothing.
        ladders=tuple(
            tuple(rungs.get(level, 0) for level in range(start[question], 4))
            for question, rungs in ladders.items()
        ),
        capacity=(request.capacity.hours_per_week,) * weeks,
        slots=(rules.limits.at_once,) * weeks,
        priorities=rules.limits.priorities,
    )


def _credit(
    usable: Sequence[Candidate], chosen: Mapping[str, int], profile: Profile
) -> Mapping[str, tuple[OfferedRung, ...]]:
    """Return the rungs that each chosen action wins; one won twice goes to the first to start."""
    in_order = sorted(
        (c for c in usable if c.action.id in chosen), key=lambda c: chosen[c.action.id]
    )
    offered = {(r.question, r.level) for c in in_order for r in c.rungs}
    wins: dict[str, tuple[OfferedRung, ...]] = {}
    taken: set[tuple[str, int]] = set()
    for candidate in in_order:
        won = tuple(
            rung
            for rung in candidate.rungs
            if (rung.question, rung.level) not in taken and _is_won(rung, offered, profile)
        )
        taken.update((rung.question, rung.level) for rung in won)
        wins[candidate.action.id] = won
    return wins


def _is_won(rung: OfferedRung, offered: Collection[tuple[str, int]], profile: Profile) -> bool:
    present = present_level(profile.levels[rung.question]) or 0
    return all((rung.question, level) in offered for level in range(present + 1, rung.level + 1))


def _focus(profile: Profile, wins: Iterable[Sequence[OfferedRung]]) -> tuple[str, ...]:
    """Return the at most two dimensions that win most value; ties keep the file's order."""
    value = dict.fromkeys(profile.dimensions, 0)
    for rung in (rung for won in wins for rung in won):
        value[profile.questionnaire.by_id[rung.question].dimension] += rung.weight
    ranked = sorted((d for d in value if value[d]), key=lambda d: -value[d])
    return tuple(ranked[:FOCUS_DIMENSIONS])


def _projection(project: Project, wins: Iterable[Sequence[OfferedRung]]) -> Projection:
    levels: dict[str, int] = {}
    for rung in (rung for won in wins for rung in won):
        levels[rung.question] = max(rung.level, levels.get(rung.question, 0))
    profile = project(levels)
    assert profile.scores is not None
    assert profile.stage is not None
    return Projection(profile.scores, profile.stage, profile.complete)


def _not_now(
    candidates: Sequence[Candidate],
    chosen: Collection[str],
    needs: Mapping[str, Sequence[str]],
    catalogue: Catalogue,
    profile: Profile,
) -> tuple[LeftOut, ...]:
    out = (c for c in candidates if c.action.id not in chosen)
    return tuple(
        reasons.why_not(c, [n for n in needs[c.action.id] if n not in chosen], catalogue, profile)
        for c in out
    )


def _why(
    candidate: Candidate,
    wins: Mapping[str, Sequence[OfferedRung]],
    picked: Sequence[Candidate],
    needs: Mapping[str, Sequence[str]],
    profile: Profile,
) -> tuple[str, ...]:
    needed_by = [c.action for c in picked if candidate.action.id in needs[c.action.id]]
    return reasons.why(candidate, wins[candidate.action.id], needed_by, profile)


class _Layout:
    """Lays working weeks on the calendar."""

    def __init__(self, request: Request, weeks: Sequence[int], end: date) -> None:
        self._request = request
        self._weeks = weeks
        self._end = end

    def place(
        self,
        candidate: Candidate,
        first: int,
        wins: tuple[OfferedRung, ...],
        because: tuple[str, ...],
    ) -> Priority:
        action = candidate.action
        steps = self._steps(action, first)
        return Priority(
            action=action,
            objective=self._objective(action),
            first_week=self._weeks[first - 1],
            last_week=self._weeks[first + action.duration - 2],
            steps=steps,
            value=sum(rung.weight for rung in wins),
            wins=wins,
            because=because,
        )

    def _steps(self, action: Action, first: int) -> tuple[PlannedStep, ...]:
        return tuple(
            PlannedStep(
                id=f"{action.id}/{number}",
                do=step.do,
                week=week,
                due=calendar.friday_of(self._request.start, week),
                hours=step.hours,
            )
            for number, step in enumerate(action.steps, start=1)
            for week in [self._weeks[first + step.week - 2]]
        )

    def _objective(self, action: Action) -> str:
        return action.objective.format(
            team=self._request.team,
            start_date=long_day(self._request.start),
            end_date=long_day(self._end),
        )


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
