"""The way to the next stage: how many quarters like this one, and with what in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from assess.figures import Hours
from assess.planning.build import Basis, build_plan
from assess.planning.plan import Plan
from assess.planning.progress import NOTHING_BEGUN
from assess.planning.winning import won_levels
from assess.record import record

MOST_QUARTERS = 8
"""Nobody should plan on more than two years of quarters."""

HOURS_TRIED = (2, 4, 6, 8, 10)
"""So many hours a week more are tried, to see whether they save a quarter."""


@record
class Way:
    """The plans of the quarters that lead out of a stage, the present one first.

    `arrives` is false when they do not, within `MOST_QUARTERS` or because nothing more can
    be won.
    """

    hours_per_week: Hours
    plans: tuple[Plan, ...]
    arrives: bool


def find_way(basis: Basis, first: Plan) -> Way:
    """Return the quarters from a basis to the next stage, each planned on the one before.

    `first` is the plan that was made from the basis.
    """
    plans = [first]
    levels: dict[str, int] = {}
    while len(plans) < MOST_QUARTERS and not _has_arrived(plans[-1], first):
        won = won_levels(p.wins for p in plans[-1].priorities)
        if not won:
            break
        levels |= won
        basis = _next_quarter(basis, plans[-1], dict(levels))
        plans.append(build_plan(basis))
    hours = basis.request.capacity.hours_per_week
    return Way(hours, tuple(plans), _has_arrived(plans[-1], first))


def find_faster_way(basis: Basis, way: Way) -> Way | None:
    """Return the way with the fewest hours more a week that saves a quarter, or None."""
    for more in HOURS_TRIED:
        hours = basis.request.capacity.hours_per_week + more
        capacity = replace(basis.request.capacity, hours_per_week=hours)
        longer = replace(
            basis,
            request=replace(basis.request, capacity=capacity),
            situation=replace(basis.situation, hours_per_week=hours),
        )
        other = find_way(longer, build_plan(longer))
        if other.arrives and (not way.arrives or len(other.plans) < len(way.plans)):
            return other
    return None


def _next_quarter(basis: Basis, plan: Plan, levels: Mapping[str, int]) -> Basis:
    """Return what the quarter after a plan follows from, if all went as planned."""
    request = replace(
        basis.request,
        start=basis.request.start + timedelta(weeks=basis.rules.limits.weeks),
        capacity=replace(basis.request.capacity, weeks_off=(), days_off=(), freed=()),
        done=basis.request.done | {priority.action.id for priority in plan.priorities},
        progress=NOTHING_BEGUN,
    )
    # What will have risen, fallen or been carried over by then, nobody knows.
    situation = replace(
        basis.situation,
        profile=basis.project(won_levels(p.wins for p in plan.priorities)),
        rose=frozenset(),
        fell=frozenset(),
        carried={},
    )
    project = basis.project
    return replace(
        basis,
        request=request,
        situation=situation,
        project=lambda more: project(_raise(levels, more)),
    )


def _raise(levels: Mapping[str, int], more: Mapping[str, int]) -> Mapping[str, int]:
    return {**levels, **{q: max(level, levels.get(q, 0)) for q, level in more.items()}}


def _has_arrived(last: Plan, first: Plan) -> bool:
    return last.projected.complete or last.projected.stage != first.profile.stage
