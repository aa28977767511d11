"""Choose the best set of options that can be scheduled, exactly.

What makes a set better is a list of levels: musts, what was announced, the stage finished, value,
distance, effort. They are settled one after the other, each by a branch and bound of its own that
keeps what the levels before it have won. A bound that speaks of one level is sharper than one
that mixes them: how much value fits into the hours says little of how little effort it takes.
A level whose bound the best set so far reaches needs no search at all, which is the usual case.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile

from assess.planning.board import Board, BoardLevel
from assess.planning.descent import Descent, Gauge, PausedError, Quest, Supplies, make_root
from assess.planning.orders import raise_earliest
from assess.planning.packing import NodeBudget, NodeLimitReachedError
from assess.planning.problem import Choice, PlanningProblem
from assess.planning.relaxation import Aim, PriceRow, Prices, Relaxed, Walk
from assess.planning.schedule import Schedule, Scheduler


def find_best_plan(problem: PlanningProblem) -> Choice:
    """The best set of options that can be scheduled, at its best weeks.

    Sets compare by most musts, most announced options, the stage finished, most value, smallest
    distance, least effort, fewest options, then catalogue order: of two sets, the one that holds
    the earliest option in which they differ. In the set, musts and preparations come first, then
    the others by falling value, then catalogue order; each begins in the earliest week that still
    lets all the others fit.
    """
    search = _Search(problem)
    proven = search.run()
    return search.board.describe(search.best.first_weeks, proven=proven)


_ROUNDS, _NODES = 40, 40
"""So much is spent on prices, and then on sets, before better prices are looked for."""


class _SettledError(Exception):
    """No set can be better at this level."""


class _Search:
    """One search; `best` is the schedule of the best set so far."""

    def __init__(self, problem: PlanningProblem) -> None:
        problem = raise_earliest(problem)
        self._budget = NodeBudget(problem.node_limit)
        self._scheduler = Scheduler(problem, self._budget)
        self.board = Board(problem, self._scheduler.fits_alone)
        self._supplies = Supplies(self.board)
        self.best = self._scheduler.empty
        self._score = self.board.score(())
        self._options = list(self.board.options)
        self._forced: list[int] = []
        self._groups: list[tuple[int, int]] = []
        self._rows: list[PriceRow] = []
        self._gauges: list[Gauge] = []
        self._finish = self.board.finish_rows()
        self._finish_gauges: list[Gauge] = []

    def run(self) -> bool:
        """Search to the end; false if the node limit came first."""
        try:
            for level in BoardLevel:
                self._settle(level)
            ranked = self.board.rank(self.best.first_weeks)
            orders = self.board.orders(ranked, 0)
            self.best = self._scheduler.place(ranked, orders, self.best)
        except NodeLimitReachedError:
            return False
        return True

    def _settle(self, level: BoardLevel) -> None:
        """Find the best that a level can be, and keep it from now on."""
        aim, most = self.board.aim(level), self.board.most(level)
        if level == BoardLevel.DISTANCE and not self._score[BoardLevel.FINISHED]:
            most = min(most or 0, -1)
        if most is None or self._score[level] < most:
            self._search(level, aim, most)
        if level == BoardLevel.FINISHED:
            if not self._score[level]:
                self._finish, self._finish_gauges = [], []
            self._rows += self._finish
            return
        self._rows.append(PriceRow(aim, self._score[level] - aim.constant))
        if aim.options and level != BoardLevel.EFFORT:
            self._keep(list(aim.options), self._score[level])

    def _keep(self, group: list[int], least: int) -> None:
        """Have so many of a group of options in every set from now on."""
        if least == len(group):
            self._forced += [o for o in group if o not in self._forced]
        elif least:
            self._groups.append((sum(1 << o for o in group), least))

    def _search(self, level: BoardLevel, aim: Aim, most: int | None) -> None:
        """Look for better sets at a level, and drop the options that no best set can hold."""
        walks = [Walk(self._relax(level, aim, self._rows))]

        def found(schedule: Schedule) -> None:
            self._score, self.best = self.board.score(schedule.first_weeks), schedule
            if most is not None and self._score[level] >= most:
                raise _SettledError

        # How many can be chosen is seen without prices, unless they do not go together.
        rounds, nodes = (_ROUNDS, _NODES) if level > BoardLevel.ANNOUNCED else (0, _NODES)
        with suppress(_SettledError):
            while not self._descend(level, aim, walks, found, rounds, nodes):
                rounds, nodes = max(_ROUNDS, 2 * rounds), 4 * nodes
                if level >= BoardLevel.FINISHED and not self._finish_gauges:
                    self._bind_finish(level, rounds)
                if level > BoardLevel.FINISHED and self._finish and len(walks) == 1:
                    # A set that does more than finish the stage is paid for what is more than
                    # enough, and looks better than it is. Here it is not.
                    rows = [row for row in self._rows if row not in self._finish]
                    walks.append(Walk(self._relax(level, aim, rows)))
        if level != BoardLevel.FINISHED:
            self._narrow(level, walks[0].round_prices())

    def _descend(
        self,
        level: BoardLevel,
        aim: Aim,
        walks: Sequence[Walk],
        found: Callable[[Schedule], None],
        rounds: int,
        nodes: int,
    ) -> bool:
        """Look for better sets at the prices after some more rounds; false if that is too much."""
        gauges = []
        for walk in walks:
            walk.go(self._known(level) + aim.step, rounds)
            prices = walk.round_prices()
            gauges.append(Gauge(self.board, prices, partial(self._target, level, aim, prices)))
        quest = Quest(
            [*gauges, *self._gauges, *self._finish_gauges],
            partial(self._is_better, level),
            found,
            self._groups,
            nodes,
        )
        descent = Descent(self.board, self._supplies, self._scheduler, self._budget, quest)
        try:
            descent.run(self._options, self._forced)
        except PausedError:
            return False
        return True

    def _target(self, level: BoardLevel, aim: Aim, prices: Prices) -> int:
        """What is better than all that is known, in the measure of prices."""
        return (self._known(level) + aim.step) * prices.fine

    def _is_better(self, level: BoardLevel, chosen: Sequence[int]) -> bool:
        # Most sets on the way to better ones have less value, which is quickly seen.
        if level > BoardLevel.FINISHED and self.board.value(chosen) < self._score[BoardLevel.VALUE]:
            return False
        return self.board.score(chosen) > self._score

    def _bind_finish(self, level: BoardLevel, rounds: int) -> None:
        """Bound how much of what finishing asks for can be won, each row as if it were a level.

        As a row of another level it is only paid for: there the bound takes parts of options,
        where whole ones fall short of the stage. Most searches end before this is worth it.
        """
        for row in self._finish:
            walk = Walk(self._relax(level, row.aim, self._rows))
            walk.go(row.least, rounds)
            prices = walk.round_prices()
            least = row.least * prices.fine
            self._finish_gauges.append(Gauge(self.board, prices, partial(int, least)))

    def _known(self, level: BoardLevel) -> int:
        """What is reached at a level. Of finishing, only 0 questions to go counts as reached."""
        return self._score[level] if level != BoardLevel.FINISHED else self._score[level] - 1

    def _relax(self, level: BoardLevel, aim: Aim, rows: Sequence[PriceRow]) -> Relaxed:
        board = self.board
        finish = self._finish if level == BoardLevel.FINISHED else []
        # What nobody is left to offer is never won, nor what lies above it.
        there = board.free.union(*(board.offers[o] for o in self._options))
        return Relaxed(
            aim,
            [*rows, *finish],
            self._options,
            len(board.place),
            [tuple(takewhile(there.__contains__, ladder)) for ladder in board.ladders],
            board.offers,
            board.needs,
            board.limits,
            board.free,
            frozenset(self._forced),
        )

    def _narrow(self, level: BoardLevel, prices: Prices) -> None:
        """Settle the options that every set with as much of a level holds, or none."""
        least = self._score[level] * prices.fine
        gauge = Gauge(self.board, prices, lambda: least)
        root = make_root(self.board, self._supplies, [gauge], self._options)
        slack, worth = root.bounds[0] - least, root.worths[0]
        self._options = [o for o in self._options if o in self._forced or slack + worth[o] >= 0]
        self._forced += [o for o in self._options if worth[o] > slack and o not in self._forced]
        self._gauges.append(gauge)
