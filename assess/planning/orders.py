"""What of a set of options has to wait for what."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assess.planning.problem import LadderRung, PlanningProblem


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
