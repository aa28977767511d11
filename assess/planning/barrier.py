"""What keeps an option out of a plan that it would make better."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assess.planning.orders import find_orders
from assess.planning.packing import NodeBudget, NodeLimitReachedError
from assess.planning.problem import Choice, PlanningProblem
from assess.planning.schedule import Scheduler

Barrier = Literal["places", "hours", "weeks"]

_NODES = 2_000
"""What does not fit after so many nodes is taken not to fit."""


class Barriers:
    """Asks of one chosen set what else would fit, dates free."""

    def __init__(self, problem: PlanningProblem, choice: Choice, shortest: Sequence[int]) -> None:
        self._problem = problem
        self._first_weeks = {o: week - 1 for o, week in choice.first_weeks.items()}
        self._effort = choice.effort
        # Where hours are no limit, nothing is saved up for, and work takes its `shortest` weeks.
        at_once = tuple(
            replace(option, hours=(option.effort, *[0] * (weeks - 1)))
            for option, weeks in zip(problem.options, shortest, strict=True)
        )
        effort = sum(option.effort for option in problem.options)
        capacity = (effort,) * len(problem.capacity)
        unlimited = replace(problem, options=at_once, capacity=capacity)
        self._limited = Scheduler(problem, NodeBudget(0))
        self._unlimited = Scheduler(unlimited, NodeBudget(0))

    def find(self, option: int) -> Barrier:
        """Return the limit without which an option would fit: numbers, then hours, then weeks."""
        effort = self._effort + self._problem.options[option].effort
        # While there are places, the optimum has taken all that fits.
        full = not self._has_place(option)
        if full and effort <= self._problem.fill and self._fits(self._limited, option):
            return "places"
        return "hours" if self._fits(self._unlimited, option) else "weeks"

    def _has_place(self, option: int) -> bool:
        options = self._problem.options
        kind = options[option].kind
        taken = sum(
            options[o].kind == kind and not options[o].must and not options[o].preparation
            for o in self._first_weeks
        )
        most = (self._problem.priorities, self._problem.decisions)
        return kind == 2 or options[option].must or taken < most[kind]

    def _fits(self, scheduler: Scheduler, option: int) -> bool:
        together = (*self._first_weeks, option)
        orders = find_orders(self._problem, together)
        scheduler.budget = NodeBudget(_NODES)
        try:
            there = scheduler.at(self._first_weeks)
            return bool(scheduler.extend(there, option, orders) or scheduler.find(together, orders))
        except NodeLimitReachedError:
            return False
