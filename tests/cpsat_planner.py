"""The planner's question asked of OR-Tools CP-SAT, with one worker and a fixed seed."""

from collections.abc import Iterator, Mapping

from ortools.sat.python import cp_model

from assess.planning.optimum import Option, Problem

_BITS = 40
"""So many options go into one objective; their bits must fit in 64."""

_DIGITS = 8
"""So many first weeks go into one objective."""


class CpSatPlanner:
    """The model of one problem.

    The whole order is more than one objective can hold, so it is asked in turns, and each turn
    keeps what the turns before it have won.
    """

    def __init__(self, problem: Problem, *, seconds: float | None = None) -> None:
        self._problem = problem
        self._weeks = range(len(problem.capacity))
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        # Without the stronger relaxation some of the larger problems take a hundred times as long.
        self._solver.parameters.linearization_level = 2
        if seconds is not None:
            self._solver.parameters.max_time_in_seconds = seconds
        self._begins = [self._begins_of(option) for option in problem.options]
        self._chosen = [self._chosen_of(begins) for begins in self._begins]
        self._keep_the_limits()
        self._keep_the_needs()
        self._worth = self._worth_of_the_set()

    def prove_worth(self) -> int | None:
        """The packed musts, value, effort and action-weeks of the best set, see `pack_worth`.

        Nothing if the time was up before it was proven.
        """
        return self._maximize(self._worth)

    def find_first_weeks(self) -> Mapping[int, int]:
        """The best plan in the whole order, first weeks counted from 1."""
        self._maximize(self._worth)
        positions = range(len(self._problem.options))
        for group in _groups(positions, _BITS):
            self._maximize(sum(self._chosen[i] * 2 ** (_BITS - n) for n, i in enumerate(group, 1)))
        chosen = [i for i in positions if self._solver.boolean_value(self._chosen[i])]
        self._maximize(-self._last_week(chosen))
        base = len(self._weeks) + 1
        for group in _groups(chosen, _DIGITS):
            self._maximize(
                -sum(self._first_week(i) * base ** (_DIGITS - n) for n, i in enumerate(group, 1))
            )
        return {i: self._solver.value(self._first_week(i)) for i in chosen}

    def _maximize(self, objective: cp_model.LinearExprT) -> int | None:
        self._model.maximize(objective)
        if self._solver.solve(self._model) != cp_model.OPTIMAL:
            return None
        best = round(self._solver.objective_value)
        self._model.add(objective == best)
        return best

    def _begins_of(self, option: Option) -> list[cp_model.IntVar]:
        """For each first week from week 0 on, whether the option begins there."""
        count = max(len(self._weeks) - len(option.hours) + 1, 0)
        begins = [self._model.new_bool_var("") for _ in range(count)]
        self._model.add_at_most_one(begins)
        for too_early in begins[: option.earliest - 1]:
            self._model.add(too_early == 0)
        return begins

    def _chosen_of(self, begins: list[cp_model.IntVar]) -> cp_model.IntVar:
        chosen = self._model.new_bool_var("")
        self._model.add(sum(begins) == chosen)
        return chosen

    def _first_week(self, position: int) -> cp_model.LinearExprT:
        return sum(week * begins for week, begins in enumerate(self._begins[position], 1))

    def _last_week(self, chosen: list[int]) -> cp_model.IntVar:
        last = self._model.new_int_var(0, len(self._weeks), "")
        for position in chosen:
            duration = len(self._problem.options[position].hours)
            self._model.add(last >= self._first_week(position) + duration - 1)
        return last

    def _keep_the_limits(self) -> None:
        self._model.add(sum(self._chosen) <= self._problem.priorities)
        for week in self._weeks:
            under_way = [
                (begins[week - n], hours)
                for option, begins in zip(self._problem.options, self._begins, strict=True)
                for n, hours in enumerate(option.hours)
                if 0 <= week - n < len(begins)
            ]
            self._model.add(sum(begins for begins, _ in under_way) <= self._problem.slots[week])
            work = sum(begins * hours for begins, hours in under_way)
            self._model.add(work <= self._problem.capacity[week])

    def _keep_the_needs(self) -> None:
        for option, begins in zip(self._problem.options, self._begins, strict=True):
            for need in option.needs:
                duration = len(self._problem.options[need].hours)
                for week, begin in enumerate(begins):
                    ended = self._begins[need][: max(week - duration + 1, 0)]
                    self._model.add(begin <= sum(ended))

    def _worth_of_the_set(self) -> cp_model.LinearExprT:
        options = zip(self._problem.options, self._chosen, strict=True)
        units = units_of_worth(self._problem)
        costs = [worth_of_option(option, units) * chosen for option, chosen in options]
        return sum([*costs, *(units[1] * weight * won for weight, won in self._rungs())])

    def _rungs(self) -> Iterator[tuple[int, cp_model.IntVar]]:
        """The weight of each rung, and whether it is won."""
        for ladder, weights in enumerate(self._problem.ladders):
            below: cp_model.LinearExprT = 1
            for rung, weight in enumerate(weights):
                won = self._model.new_bool_var("")
                self._model.add(won <= below)
                self._model.add(won <= sum(self._offering(ladder, rung)))
                yield weight, won
                below = won

    def _offering(self, ladder: int, rung: int) -> list[cp_model.IntVar]:
        options = zip(self._problem.options, self._chosen, strict=True)
        return [chosen for option, chosen in options if (ladder, rung) in option.offers]


def units_of_worth(problem: Problem) -> tuple[int, int, int, int]:
    """What a must, a weight of 1, an hour and an action-week count, each more than all after it."""
    most = problem.priorities
    hour = 1 + most * max((len(option.hours) for option in problem.options), default=0)
    weight = hour * (1 + most * max((sum(option.hours) for option in problem.options), default=0))
    return weight * (1 + sum(map(sum, problem.ladders))), weight, -hour, -1


def worth_of_option(option: Option, units: tuple[int, int, int, int]) -> int:
    """What an option adds to the worth of a set, without the rungs that it wins."""
    must, _, hour, week = units
    return must * option.must + hour * sum(option.hours) + week * len(option.hours)


def _groups(positions: list[int] | range, size: int) -> list[list[int]]:
    return [list(positions[i : i + size]) for i in range(0, len(positions), size)]
