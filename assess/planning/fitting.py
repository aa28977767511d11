"""Whether work surely fits into a plan, for every team with its usual hours or more."""

from collections.abc import Sequence
from itertools import combinations, zip_longest
from math import ceil, floor
from typing import Final

from assess.catalogue.action import MOST_PEOPLE, Action
from assess.catalogue.work import find_work
from assess.planning.orders import Order
from assess.planning.packing import NodeBudget, NodeLimitReachedError
from assess.planning.problem import PlanningOption, PlanningProblem
from assess.planning.schedule import Scheduler
from assess.rules.model import Limits

SIZES: Final = range(1, MOST_PEOPLE + 1)
"""A larger team sends no more people, and has more hours."""
_NODES: Final = 200
"""What the planner's scheduler has not placed by then is taken not to fit."""


class Fitting:
    """Asks the planner's scheduler for each size of team; remembers what has been asked."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[tuple[frozenset[str], str, int], bool] = {}
        self._loads: dict[tuple[str, int, int], tuple[int, ...]] = {}

    def holds(self, work: Sequence[Action], ready: Action, size: int) -> bool:
        """Tell whether actions fit together in whatever part of their lifts is left.

        Args:
            work: The actions, with all that they may need.
            ready: One of them, whose needs hold already.
            size: How many people the team has; it has their usual hours or more.
        """
        key = frozenset(action.id for action in work), ready.id, size
        if key not in self._known:
            usual = ceil(self._limits.default_hours(size))
            whole = max(step.hours_of(size) for action in work for step in action.steps)
            together = ceil(whole * max(len(action.steps) for action in work))
            # What fits with fewer hours fits with more, unless it is spread over other weeks.
            fewest: dict[tuple[tuple[int, ...], ...], int] = {}
            for hours in range(usual, max(usual, together) + 1):
                fewest.setdefault(tuple(self._load(a, size, hours) for a in work), hours)
            self._known[key] = all(
                self._can_schedule(work, ready, loads, hours) for loads, hours in fewest.items()
            )
        return self._known[key]

    def _load(self, action: Action, size: int, hours: int) -> tuple[int, ...]:
        """Return the quarters that each week of an action takes at most, whatever is left of it."""
        key = action.id, size, hours
        if key not in self._loads:
            lifts = tuple(action.lifts)
            reached = (some for n in range(len(lifts) or 1) for some in combinations(lifts, n))
            weeks = (find_work(action, size, hours or None, some).hours_by_week for some in reached)
            most = map(max, zip_longest(*weeks, fillvalue=0))
            self._loads[key] = tuple(ceil(week * 4) for week in most)
        return self._loads[key]

    def _can_schedule(
        self, work: Sequence[Action], ready: Action, loads: Sequence[tuple[int, ...]], hours: int
    ) -> bool:
        limits = self._limits
        options = tuple(
            PlanningOption(load, preparation=action.kind == "preparation")
            for action, load in zip(work, loads, strict=True)
        )
        problem = PlanningProblem(
            options=options,
            ladders=(),
            capacity=(hours * 4,) * limits.weeks,
            fill=floor(limits.fill * hours * 4 * limits.weeks),
            at_once=(limits.at_once,) * limits.weeks,
            starts=limits.starts_per_week,
            priorities=limits.priorities,
            decisions=limits.decisions,
        )
        orders = [
            Order(later, (earlier,))
            for later, action in enumerate(work)
            for earlier, other in enumerate(work)
            if action is not ready and set(action.needed_rungs) & set(other.rungs)
        ]
        try:
            fits = Scheduler(problem, NodeBudget(_NODES)).find(range(len(work)), orders)
        except NodeLimitReachedError:
            return False
        return fits is not None and sum(option.effort for option in options) <= problem.fill
