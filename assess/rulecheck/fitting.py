"""Whether work surely fits into a plan, for every team with its usual hours or more."""

from collections.abc import Collection, Sequence
from itertools import combinations, count, zip_longest
from math import ceil, floor
from typing import Final

from assess.catalogue import Action, find_work
from assess.catalogue.action import MOST_PEOPLE
from assess.figures import Hours
from assess.planning.orders import find_orders
from assess.planning.problem import PlanningOption, PlanningProblem
from assess.planning.schedule import NodeBudget, NodeLimitReachedError, Scheduler
from assess.rules import Limits

SIZES: Final = range(1, MOST_PEOPLE + 1)
"""A larger team sends no more people, and has more hours."""
_NODES: Final = 200
"""What the planner's scheduler has not placed by then is taken not to fit."""

_Loads = tuple[tuple[int, ...], ...]
"""For each action its quarters of an hour, week by week."""


class Fitting:
    """Asks the planner's scheduler for each size of team; remembers what has been asked."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[tuple[tuple[str, ...], str, int], bool] = {}
        self._loads: dict[tuple[str, int, int], tuple[int, ...]] = {}

    def holds(self, work: Sequence[Action], ready: Action, size: int) -> bool:
        """Tell whether actions fit together in whatever part of their lifts is left.

        Args:
            work: The actions, with all that they may need.
            ready: One of them, whose needs hold already.
            size: How many people the team has; it has their usual hours or more.
        """
        key = tuple(action.id for action in work), ready.id, size
        if key not in self._known:
            self._known[key] = self._fits(work, ready, size)
        return self._known[key]

    def _fits(self, work: Sequence[Action], ready: Action, size: int) -> bool:
        before: _Loads | None = None
        for hours in count(ceil(self._limits.default_hours(size))):
            loads = tuple(self._load(action, size, hours) for action in work)
            # What fits with fewer hours fits with more, unless it is spread over other weeks.
            if loads != before and not self._can_schedule(work, ready, loads, hours):
                return False
            if all(max(load) < hours * 4 for load in loads):
                return True
            before = loads
        raise AssertionError("hours have no end")

    def _load(self, action: Action, size: int, hours: int) -> tuple[int, ...]:
        """Return the most that each week of an action takes, whatever of its lifts is left."""
        key = action.id, size, hours
        if key not in self._loads:
            lifts = tuple(action.lifts)
            reached = (some for n in range(len(lifts) or 1) for some in combinations(lifts, n))
            weeks = (find_work(action, size, hours or None, some).hours_by_week for some in reached)
            self._loads[key] = tuple(map(_most, zip_longest(*weeks, fillvalue=0)))
        return self._loads[key]

    def _can_schedule(
        self, work: Sequence[Action], ready: Action, loads: _Loads, hours: int
    ) -> bool:
        problem = self._pose(work, ready, loads, hours)
        if sum(option.effort for option in problem.options) > problem.fill:
            return False
        every = range(len(work))
        scheduler = Scheduler(problem, NodeBudget(_NODES))
        try:
            return scheduler.find(every, find_orders(problem, every)) is not None
        except NodeLimitReachedError:
            return False

    def _pose(
        self, work: Sequence[Action], ready: Action, loads: _Loads, hours: int
    ) -> PlanningProblem:
        limits = self._limits
        questions = dict.fromkeys(q for action in work for q in (*action.lifts, *action.needs))
        ladders = {question: ladder for ladder, question in enumerate(questions)}

        def option(action: Action, load: tuple[int, ...]) -> PlanningOption:
            needs = {} if action is ready else action.needs
            return PlanningOption(
                hours=load,
                offers=tuple((ladders[q], level - 1) for q, level in action.lifts.items()),
                needs=tuple((ladders[q], level - 1) for q, level in needs.items()),
                preparation=action.kind == "preparation",
            )

        return PlanningProblem(
            options=tuple(map(option, work, loads)),
            ladders=((),) * len(ladders),
            capacity=(hours * 4,) * limits.weeks,
            fill=floor(limits.fill * hours * 4 * limits.weeks),
            at_once=(limits.at_once,) * limits.weeks,
            starts=limits.starts_per_week,
            priorities=limits.priorities,
            decisions=limits.decisions,
        )


def _most(week: Collection[Hours]) -> int:
    return ceil(max(week) * 4)
