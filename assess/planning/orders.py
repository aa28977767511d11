"""What of a set of options has to wait for what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assess.planning.problem import LadderRung, PlanningOption, PlanningProblem


class Order(NamedTuple):
    """An option that begins only after one of some others has ended, or from a week on."""

    option: int
    after: tuple[int, ...]
    week: int | None = None
    """From here on, counted from 0, it may begin whatever the others do."""


def find_orders(
    problem: PlanningProblem,
    chosen: Sequence[int],
    is_open: Callable[[LadderRung], bool] = lambda _: False,
) -> list[Order]:
    """Return what has to wait: for its needs, and for the rungs below those that it offers.

    Args:
        problem: What the options are.
        chosen: The set.
        is_open: Tells of a rung whether something may offer it yet. What waits for one is left
            out: the set may be impossible without that other, and possible with it.
    """
    offered: dict[LadderRung, list[int]] = {}
    for position in chosen:
        for rung in problem.options[position].offers:
            offered.setdefault(rung, []).append(position)
    begun: dict[LadderRung, int] = {}
    for action in problem.under_way:
        for rung in action.offers:
            begun[rung] = min(action.last_week, begun.get(rung, action.last_week))
    orders = []
    for position in chosen:
        option = problem.options[position]
        waits = [*option.needs]
        for ladder, own in option.offers:
            below = [(ladder, lower) for lower in range(own)]
            # Above a gap nothing is won, so that there is nothing to wait for.
            if below and all(lower in offered or lower in begun for lower in below):
                waits.append(below[-1])
        for rung in dict.fromkeys(waits):
            week = begun.get(rung)
            if (week is None or week > 0) and not is_open(rung):
                after = (other for other in offered.get(rung, ()) if other != position)
                orders.append(Order(position, tuple(after), week))
    return orders


def raise_earliest(problem: PlanningProblem) -> PlanningProblem:
    """Return a problem without the first weeks that come too early in every best set.

    What needs a rung begins after the shortest way to that rung. So does what offers rungs above
    others only: in a best set it wins one of them, or it would be left out.
    """
    earliest = [option.earliest for option in problem.options]
    while True:
        ends = _find_soonest_ends(problem, earliest)
        raised = [
            max(first, 1 + _soonest_beginning(option, ends, len(problem.capacity)))
            for first, option in zip(earliest, problem.options, strict=True)
        ]
        if raised == earliest:
            break
        earliest = raised
    options = zip(problem.options, earliest, strict=True)
    return replace(problem, options=tuple(replace(o, earliest=first) for o, first in options))


def _find_soonest_ends(
    problem: PlanningProblem, earliest: Sequence[int]
) -> Mapping[LadderRung, int]:
    """Return the last week of whatever can offer each rung first."""
    ends: dict[LadderRung, int] = {}
    begun = [(action.last_week, action.offers) for action in problem.under_way]
    weeks = zip(problem.options, earliest, strict=True)
    for end, offers in [*begun, *((w - 1 + len(o.hours), o.offers) for o, w in weeks)]:
        if end <= len(problem.capacity):
            ends |= {rung: min(end, ends.get(rung, end)) for rung in offers}
    return ends


def _soonest_beginning(option: PlanningOption, ends: Mapping[LadderRung, int], never: int) -> int:
    """Return how many weeks have to pass before an option can be of any use."""
    after = max([ends.get(need, never) for need in option.needs], default=0)
    if option.must or option.announced or not option.offers:
        return after
    below = (ends.get((ladder, rung - 1), never) if rung else 0 for ladder, rung in option.offers)
    return max(after, min(below))
