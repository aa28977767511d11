"""What keeps an option out of a plan that it would make better."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assess.planning.orders import find_orders
from assess.planning.problem import Problem
from assess.planning.schedule import NodeBudget, NodeLimitReachedError, Scheduler

Barrier = Literal["places", "hours", "weeks"]

_NODES = 5_000
"""What does not fit after so many nodes is taken not to fit."""


class Barriers:
    """Asks of one chosen set what else would fit, dates free."""

    def __init__(self, problem: Problem, chosen: Sequence[int]) -> None:
        self._problem = problem
        self._chosen = tuple(chosen)
        effort = sum(option.effort for option in problem.options)
        self._unlimited = replace(problem, capacity=(effort,) * len(problem.capacity), fill=effort)
        self._schedulers = {
            id(asked): Scheduler(asked, NodeBudget(0)) for asked in (problem, self._unlimited)
        }

    def find(self, option: int) -> Barrier:
        """Return the limit without which an option would fit: numbers, then hours, then weeks."""
        if self._fits(self._problem, option):
            return "places"
        return "hours" if self._fits(self._unlimited, option) else "weeks"

    def _fits(self, problem: Problem, option: int) -> bool:
        together = (*self._chosen, option)
        if sum(problem.options[o].effort for o in together) > problem.fill:
            return False
        scheduler = self._schedulers[id(problem)]
        scheduler.budget = NodeBudget(_NODES)
        try:
            return scheduler.find(together, find_orders(problem, together)) is not None
        except NodeLimitReachedError:
            return False
