"""The planner's question asked of OR-Tools CP-SAT, with one worker and a fixed seed."""

from collections.abc import Mapping, Sequence
from math import lcm

from ortools.sat.python import cp_model

from assess.planning.problem import Choice, LadderRung, PlanningOption, PlanningProblem

_DIGITS = 8
"""So many first weeks go into one objective."""


def levels_of(choice: Choice) -> tuple[int, ...]:
    """What a choice is worth at each level, as `prove_levels` counts."""
    distance = choice.distance or 0
    return (
        choice.musts,
        choice.announced,
        int(distance == 0),
        choice.value,
        -distance,
        -choice.effort,
    )


class CpSatPlanner:
    """The model of one problem.

    The levels are asked in turns, and each turn keeps what the turns before it have won.
    """

    def __init__(self, problem: PlanningProblem, *, seconds: float | None = None) -> None:
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
        self._won = self._win_rungs()
        self._keep_the_limits()
        self._keep_the_orders()
        self._moves, self._finished = self._count_the_distance()

    def prove_levels(self) -> tuple[int, ...] | None:
        """Musts, announced, finished, value, less the distance and less the effort at their best.

        Nothing if the time was up before all were proven.
        """
        levels = [self._maximize(objective) for objective in self._levels()]
        proven = tuple(level for level in levels if level is not None)
        return proven if len(proven) == len(levels) else None

    def find_first_weeks(self, ranked: Sequence[int]) -> Mapping[int, int]:
        """The best first weeks of exactly this set, given in order of importance."""
        for position, chosen in enumerate(self._chosen):
            self._model.add(chosen == int(position in ranked))
        base = len(self._weeks) + 1
        for start in range(0, len(ranked), _DIGITS):
            group = ranked[start : start + _DIGITS]
            weeks = [self._first_week(i) * base ** (_DIGITS - n) for n, i in enumerate(group)]
            self._maximize(-sum(weeks))
        return {i: self._solver.value(self._first_week(i)) for i in ranked}

    def _levels(self) -> list[cp_model.LinearExprT]:
        chosen = list(zip(self._problem.options, self._chosen, strict=True))
        weights = {
            (ladder, rung): weight
            for ladder, rungs in enumerate(self._problem.ladders)
            for rung, weight in enumerate(rungs)
        }
        return [
            sum(var for option, var in chosen if option.must),
            sum(var for option, var in chosen if option.announced),
            self._finished,
            sum(weights[rung] * won for rung, won in self._won.items()),
            -self._moves,
            -sum(option.effort * var for option, var in chosen),
        ]

    def _maximize(self, objective: cp_model.LinearExprT) -> int | None:
        self._model.maximize(objective)
        if self._solver.solve(self._model) != cp_model.OPTIMAL:
            return None
        best = round(self._solver.objective_value)
        self._model.add(objective == best)
        return best

    def _begins_of(self, option: PlanningOption) -> list[cp_model.IntVar]:
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

    def _offering(self, rung: LadderRung) -> list[int]:
        return [i for i, option in enumerate(self._problem.options) if rung in option.offers]

    def _begun(self, rung: LadderRung) -> int | None:
        """The first week after a rung is won by what is under way, counted from 0."""
        return min((b.last_week for b in self._problem.under_way if rung in b.offers), default=None)

    def _win_rungs(self) -> dict[LadderRung, cp_model.IntVar]:
        won: dict[LadderRung, cp_model.IntVar] = {}
        for ladder, weights in enumerate(self._problem.ladders):
            for rung in range(len(weights)):
                offering = [self._chosen[i] for i in self._offering((ladder, rung))]
                offered: list[cp_model.IntVar | int] = [*offering]
                if self._begun((ladder, rung)) is not None:
                    offered.append(1)
                below = won[ladder, rung - 1] if rung else 1
                won[ladder, rung] = var = self._model.new_bool_var("")
                self._model.add(var <= sum(offered))
                self._model.add(var <= below)
                for offer in offered:
                    self._model.add(var >= offer + below - 1)
        return won

    def _keep_the_limits(self) -> None:
        problem = self._problem
        options = list(zip(problem.options, self._chosen, self._begins, strict=True))
        free = [o.must or o.preparation for o in problem.options]
        for kind, most in ((0, problem.priorities), (1, problem.decisions)):
            counted = [
                chosen
                for (option, chosen, _), no_place in zip(options, free, strict=True)
                if option.kind == kind and not no_place
            ]
            self._model.add(sum(counted) <= most)
        self._model.add(
            sum(option.effort * chosen for option, chosen, _ in options) <= problem.fill
        )
        for week in self._weeks:
            under_way = [
                (begins[week - n], hours, any(option.hours))
                for option, _, begins in options
                for n, hours in enumerate(option.hours)
                if 0 <= week - n < len(begins)
            ]
            working = sum(begins for begins, _, works in under_way if works)
            self._model.add(working <= problem.at_once[week])
            work = sum(begins * hours for begins, hours, _ in under_way)
            self._model.add(work <= problem.capacity[week])
            starting = [(o, begins[week]) for o, _, begins in options if week < len(begins)]
            self._model.add(sum(b for o, b in starting if any(o.hours)) <= problem.starts_in(week))
            self._model.add(sum(b for o, b in starting if o.kind == 1) <= 1)
            self._model.add(sum(b for o, b in starting if o.kind == 2) <= 1)

    def _keep_the_orders(self) -> None:
        for position, option in enumerate(self._problem.options):
            for need in option.needs:
                self._model.add(self._chosen[position] <= self._won[need])
                self._keep_order(position, need, None)
            for ladder, rung in option.offers:
                if rung:
                    below = ladder, rung - 1
                    self._keep_order(position, below, self._won[below])

    def _keep_order(self, position: int, rung: LadderRung, where: cp_model.IntVar | None) -> None:
        begun = self._begun(rung)
        for week, begin in enumerate(self._begins[position]):
            ended: list[cp_model.LinearExprT] = [
                self._begins[other][first]
                for other in self._offering(rung)
                if other != position
                for first in range(len(self._begins[other]))
                if first + len(self._problem.options[other].hours) <= week
            ]
            if begun is not None and begun <= week:
                ended.append(1)
            kept = self._model.add(begin <= sum(ended))
            if where is not None:
                kept.only_enforce_if(where)

    def _count_the_distance(self) -> tuple[cp_model.LinearExprT, cp_model.LinearExprT]:
        """How many questions are still to go, and whether none is; 0 and true without a stage."""
        stage = self._problem.stage
        if stage is None:
            return 0, 1
        common = lcm(*(part.questions for part in stage.parts))
        moves: list[cp_model.IntVar] = []
        units: list[cp_model.LinearExpr] = []
        for part in stage.parts:
            move = self._model.new_int_var(0, part.questions, "")
            reached = part.reached + cp_model.LinearExpr.sum([self._won[r] for r in part.reaching])
            answered = cp_model.LinearExpr.sum([self._won[r] for r in part.answering])
            self._model.add(move >= part.least - reached)
            self._model.add(move >= part.unanswered - answered)
            self._model.add(move <= part.questions - reached)
            moves.append(move)
            units.append((reached + move) * (common // part.questions))
        whole = stage.numerator * common * len(stage.parts)
        self._model.add(stage.denominator * sum(units) >= whole)
        finished = self._model.new_bool_var("")
        most = sum(part.questions for part in stage.parts)
        self._model.add(sum(moves) <= most * (1 - finished))
        return sum(moves), finished
