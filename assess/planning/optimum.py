"""Choose the best set of actions that can be scheduled, exactly.

Branch and bound over sets that contain the needs of their members. The whole order of sets (musts,
value, effort, action-weeks, catalogue order) is packed into one integer, so that scores add up
and compare like numbers. A score alone says nothing: it is the difference that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from assess.planning.schedule import (
    NodeBudget,
    NodeLimitReachedError,
    Schedule,
    Scheduler,
    Task,
    positions,
)

NODE_LIMIT = 200_000
"""Some seconds of work; plans from the shipped data take about a hundred nodes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One action as the optimiser sees it; its position in the problem is its catalogue order."""

    hours: tuple[int, ...]
    """Hours in each week of its duration; at least one week, zeros allowed."""
    needs: tuple[int, ...] = ()
    """Positions of options that must be chosen too and end before this one begins; no cycles."""
    must: bool = False
    offers: tuple[tuple[int, int], ...] = ()
    """Pairs of ladder and rung; rung 0 is the first level that is not reached yet."""
    earliest: int = 1
    """The first working week in which it may begin."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What may be chosen, what it would win, and what there is to carry it out with."""

    options: tuple[Option, ...]
    ladders: tuple[tuple[int, ...], ...]
    """For each question the weight of each rung above the present level, 0 allowed."""
    capacity: tuple[int, ...]
    """Hours in each working week."""
    slots: tuple[int, ...]
    """How many actions may be under way in each working week."""
    priorities: int
    node_limit: int = NODE_LIMIT


@dataclass(frozen=True, slots=True)
class Choice:
    """The best set and its best schedule, or the best found when it is not `proven`."""

    first_weeks: Mapping[int, int]
    """Position of each chosen option, in catalogue order, and its first working week from 1."""
    musts: int
    value: int
    effort: int
    action_weeks: int
    proven: bool


def find_best_plan(problem: Problem) -> Choice:
    """The best set of options that can be scheduled, at its best weeks.

    Sets compare by most musts, most value, least effort, fewest action-weeks, then catalogue
    order: of two sets, the one that holds the earliest option in which they differ. Schedules of
    the set compare by the earliest last week, then by the smallest first weeks in catalogue order.
    """
    search = _Search(problem)
    proven = search.run()
    return _describe(problem, search.best, proven=proven)


def _describe(problem: Problem, schedule: Schedule, *, proven: bool) -> Choice:
    chosen = sorted(schedule.first_weeks)
    options = [problem.options[position] for position in chosen]
    reached = [0] * len(problem.ladders)
    for option in options:
        for ladder, rung in option.offers:
            reached[ladder] |= 1 << rung
    return Choice(
        first_weeks={position: schedule.first_weeks[position] + 1 for position in chosen},
        musts=sum(option.must for option in options),
        value=sum(
            _value(weights, rungs) for weights, rungs in zip(problem.ladders, reached, strict=True)
        ),
        effort=sum(sum(option.hours) for option in options),
        action_weeks=sum(len(option.hours) for option in options),
        proven=proven,
    )


def _value(weights: Sequence[int], rungs: int) -> int:
    """What the rungs of a ladder win; those above a gap win nothing."""
    return sum(weights[: _height(rungs)])


def _height(rungs: int) -> int:
    """How many rungs there are below the first gap."""
    return (~rungs & (rungs + 1)).bit_length() - 1


class _Ladders:
    """What options win, in units of the score, by the rungs that they offer."""

    def __init__(self, problem: Problem, unit: int) -> None:
        offers = [_rungs_by_ladder(option) for option in problem.options]
        heights = _useful_heights(problem, offers)
        self._weights = [
            [unit * weight for weight in weights[:height]]
            for weights, height in zip(problem.ladders, heights, strict=True)
        ]
        self.offers = [
            [
                (ladder, useful)
                for ladder, rungs in offered.items()
                if (useful := rungs & ((1 << heights[ladder]) - 1))
            ]
            for offered in offers
        ]
        self._offering: list[list[tuple[int, int]]] = [[] for _ in problem.ladders]
        for option, useful_offers in enumerate(self.offers):
            for ladder, rungs in useful_offers:
                self._offering[ladder].append((option, rungs))
        self._climbs: dict[tuple[int, int, int], tuple[int, list[tuple[int, int]]]] = {}

    def hopes(self) -> list[int]:
        """For each option the most that it can win when no rung is offered yet."""
        return [
            sum(self._hope(ladder, 0, rungs) for ladder, rungs in offers) for offers in self.offers
        ]

    def climb(self, ladder: int, reached: int, rungs: int) -> tuple[int, list[tuple[int, int]]]:
        """What some more rungs win, and by how much that changes the hopes of which options."""
        key = ladder, reached, rungs
        if key not in self._climbs:
            weights, after = self._weights[ladder], reached | rungs
            changes = {
                offered: self._hope(ladder, after, offered) - self._hope(ladder, reached, offered)
                for offered in {offered for _, offered in self._offering[ladder]}
            }
            self._climbs[key] = (
                _value(weights, after) - _value(weights, reached),
                [(option, changes[offered]) for option, offered in self._offering[ladder]],
            )
        return self._climbs[key]

    def _hope(self, ladder: int, reached: int, offered: int) -> int:
        """What offered rungs can win at most, whoever closes the gaps below them.

        Summed over any further options this is never less than what they win together: a rung
        that is reached above a gap counts for the rung that closes the gap.
        """
        weights = self._weights[ladder]
        return sum(
            weights[rung] + _value(weights[rung + 1 :], reached >> (rung + 1))
            for rung in positions(offered & ~reached)
        )


@dataclass(frozen=True, slots=True)
class _Resources:
    """What there is of all that runs short, and what each option takes of it, packed.

    A set that takes more than there is of any resource cannot be scheduled. Each number lies in
    a field with a guard bit on top, which a difference clears where there is too little.
    """

    supply: int
    guards: int
    demands: list[int]


@dataclass(slots=True)
class _Node:
    """A set that holds the needs of its members."""

    chosen: int
    score: int
    left: int
    """How many more options may be chosen."""
    supply: int
    """What the set leaves of the resources."""
    reached: list[int]
    """For each ladder the rungs that the set offers."""
    gains: list[int]
    """For each option the most that it can add to the score."""


class _Search:
    """One search for the best set; `best` is a schedule of the best set so far.

    Its goals are the options that must be chosen or can win something. A goal enters a set
    together with all that it needs.
    """

    def __init__(self, problem: Problem) -> None:
        options = problem.options
        self._own, value_unit = _score_options(problem)
        self._ladders = _Ladders(problem, value_unit)
        self._resources = _count_resources(problem)
        self._closures = _closures(options)
        self._depths = [closure.bit_count() for closure in self._closures]
        self._budget = NodeBudget(problem.node_limit)
        self._scheduler = Scheduler(
            [Task(option.hours, option.needs, option.earliest - 1) for option in options],
            capacity=problem.capacity,
            slots=problem.slots,
            budget=self._budget,
        )
        self._problem = problem
        self._best_score = 0
        self.best = self._scheduler.empty

    def run(self) -> bool:
        """Search to the end; false if the node limit came first."""
        options, priorities = self._problem.options, self._problem.priorities
        goals = [
            position
            for position, depth in enumerate(self._depths)
            if (options[position].must or self._ladders.offers[position]) and depth <= priorities
        ]
        root = _Node(
            chosen=0,
            score=0,
            left=priorities,
            supply=self._resources.supply,
            reached=[0] * len(self._problem.ladders),
            gains=list(map(add, self._own, self._ladders.hopes())),
        )
        try:
            self._expand(root, self.best, self._promising(root, goals, 0), 0)
            for better in self._scheduler.improve(self._in_order(self.best.first_weeks), self.best):
                self.best = better
        except NodeLimitReachedError:
            return False
        return True

    def _expand(
        self, node: _Node, schedule: Schedule, promising: Sequence[int], banned: int
    ) -> None:
        """Try every better set that adds promising goals to a node, and nothing that is banned."""
        for i, goal in enumerate(promising):
            if node.score + _hope(node, promising[i:]) <= self._best_score:
                return
            if not self._closures[goal] & banned:
                self._budget.spend()
                added = self._in_order(positions(self._closures[goal] & ~node.chosen))
                child = self._child(node, added)
                rest = self._promising(child, promising[i + 1 :], banned)
                if child.score + _hope(child, rest) > self._best_score:
                    self._enter(child, self._extend(schedule, added), rest, banned)
            banned |= 1 << goal

    def _enter(
        self, node: _Node, schedule: Schedule | None, promising: Sequence[int], banned: int
    ) -> None:
        """Go on from a node that has a schedule."""
        if schedule is None:
            return
        if node.score > self._best_score:
            self._best_score, self.best = node.score, schedule
        self._expand(node, schedule, promising, banned)

    def _promising(self, node: _Node, goals: Iterable[int], banned: int) -> list[int]:
        """The goals that fit what is left and could still lead to a better set, best first."""
        if not node.left:
            return []
        gains, closures, demands = node.gains, self._closures, self._resources.demands
        supply, guards, unchosen = node.supply, self._resources.guards, ~node.chosen
        missed = self._best_score - node.score
        promising: list[int] = []
        hope, others = 0, node.left - 1
        for goal in sorted(goals, key=gains.__getitem__, reverse=True):
            gain = gains[goal]
            if hope + gain + (others * gain if gain > 0 else 0) <= missed:
                break
            missing = closures[goal] & unchosen
            if missing & banned or not missing:
                continue
            if missing & (missing - 1):
                demand = sum(demands[option] for option in positions(missing))
            else:
                demand = demands[goal]
            if (supply - demand) & guards == guards:
                promising.append(goal)
                if others and gain > 0:
                    hope += gain
                    others -= 1
        return promising

    def _child(self, node: _Node, added: Sequence[int]) -> _Node:
        """A node with some more options."""
        chosen, score, supply = node.chosen, node.score, node.supply
        reached, gains = node.reached.copy(), node.gains.copy()
        for option in added:
            chosen |= 1 << option
            score += self._own[option]
            supply -= self._resources.demands[option]
            for ladder, rungs in self._ladders.offers[option]:
                won, changes = self._ladders.climb(ladder, reached[ladder], rungs)
                score += won
                reached[ladder] |= rungs
                for other, change in changes:
                    gains[other] += change
        return _Node(chosen, score, node.left - len(added), supply, reached, gains)

    def _extend(self, schedule: Schedule, added: Sequence[int]) -> Schedule | None:
        """A schedule of a node's set with some more options; nothing if there is none."""
        extended = self._scheduler.extend(schedule, added)
        return extended or self._scheduler.find(self._in_order([*schedule.first_weeks, *added]))

    def _in_order(self, options: Iterable[int]) -> tuple[int, ...]:
        """Options so that each comes after those that it needs."""
        return tuple(sorted(options, key=self._depths.__getitem__))


def _hope(node: _Node, goals: Sequence[int]) -> int:
    """What the best of some goals, given best first, can add to a node."""
    return sum(gain for goal in goals[: node.left] if (gain := node.gains[goal]) > 0)


def _score_options(problem: Problem) -> tuple[list[int], int]:
    """What each option adds to a score without the rungs that it wins, and what a weight of 1 adds.

    A unit is more than everything that comes after it in the order of sets can add up to.
    """
    options = problem.options
    efforts = [sum(option.hours) for option in options]
    week_unit = 1 << len(options)
    effort_unit = week_unit * (1 + sum(len(option.hours) for option in options))
    value_unit = effort_unit * (1 + sum(efforts))
    must_unit = value_unit * (1 + sum(map(sum, problem.ladders)))
    scores = [
        must_unit * option.must
        - effort_unit * effort
        - week_unit * len(option.hours)
        + (week_unit >> (position + 1))
        for position, (option, effort) in enumerate(zip(options, efforts, strict=True))
    ]
    return scores, value_unit


def _rungs_by_ladder(option: Option) -> dict[int, int]:
    """For each ladder that an option touches, the set of the rungs that it offers there."""
    rungs: dict[int, int] = {}
    for ladder, rung in option.offers:
        rungs[ladder] = rungs.get(ladder, 0) | 1 << rung
    return rungs


def _useful_heights(problem: Problem, offers: Iterable[Mapping[int, int]]) -> list[int]:
    """Up to which rung each ladder is worth climbing, and can be climbed without a gap."""
    offered = [0] * len(problem.ladders)
    for rungs_of_option in offers:
        for ladder, rungs in rungs_of_option.items():
            offered[ladder] |= rungs
    return [
        max((i for i, weight in enumerate(weights[: _height(rungs)], 1) if weight), default=0)
        for weights, rungs in zip(problem.ladders, offered, strict=True)
    ]


def _count_resources(problem: Problem) -> _Resources:
    """Priorities, slots, and portions of each number of hours, over all weeks.

    Portions of 1 hour are the hours themselves. Larger portions see what sums of hours do not: a
    week of 9 hours has two portions of 4, and of two actions with 5 hours each takes one.
    """
    hours_of_a_week = {hours for option in problem.options for hours in option.hours}
    portions = sorted({1, *hours_of_a_week} - {0})
    supplies = [problem.priorities, sum(problem.slots)]
    supplies += [sum(hours // portion for hours in problem.capacity) for portion in portions]
    most_weeks = max((len(option.hours) for option in problem.options), default=0)
    most_demand = problem.priorities * most_weeks * max(hours_of_a_week, default=0)
    width = max(*supplies, problem.priorities * most_weeks, most_demand).bit_length() + 1

    def pack(numbers: Iterable[int]) -> int:
        return sum(number << (width * i) for i, number in enumerate(numbers))

    demand_of_week = {
        hours: pack([0, 1, *(hours // portion for portion in portions)])
        for hours in hours_of_a_week
    }
    guards = pack([1 << (width - 1)] * len(supplies))
    return _Resources(
        supply=pack(supplies) | guards,
        guards=guards,
        demands=[1 + sum(map(demand_of_week.__getitem__, o.hours)) for o in problem.options],
    )


def _closures(options: Sequence[Option]) -> list[int]:
    """For each option the set of itself and all that it needs, directly or not."""
    closures = [0] * len(options)

    def close(position: int) -> int:
        if not closures[position]:
            closures[position] = 1 << position
            for need in options[position].needs:
                closures[position] |= close(need)
        return closures[position]

    for position in range(len(options)):
        close(position)
    return closures
