"""Choose the best set of actions that can be scheduled, exactly.

Branch and bound over sets that contain the needs of their members. The whole order of sets (musts,
value, effort, action-weeks, catalogue order) is packed into one integer, so that scores add up
and compare like numbers. A score alone says nothing: it is the difference that counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assess.planning.schedule import (
    NodeBudget,
    NodeLimitReachedError,
    Schedule,
    Scheduler,
    Task,
    positions,
)

NODE_LIMIT = 200_000
"""Some seconds of work; the shipped data needs a few hundred nodes."""


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
    without_gap = (~rungs & (rungs + 1)).bit_length() - 1
    return sum(weights[:without_gap])


class _Ladders:
    """What rungs win on top of those that are already offered."""

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        self._weights = weights
        self._won: dict[tuple[int, int, int], int] = {}
        self._hoped: dict[tuple[int, int, int], int] = {}

    def won(self, ladder: int, reached: int, offered: int) -> int:
        """What offered rungs win, exactly."""
        key = ladder, reached, offered
        if key not in self._won:
            weights = self._weights[ladder]
            self._won[key] = _value(weights, reached | offered) - _value(weights, reached)
        return self._won[key]

    def hoped(self, ladder: int, reached: int, offered: int) -> int:
        """What offered rungs can win at most, whoever closes the gaps below them.

        Summed over any further options this is never less than what they win together: a rung
        that is reached above a gap counts for the rung that closes the gap.
        """
        key = ladder, reached, offered
        if key not in self._hoped:
            weights = self._weights[ladder]
            self._hoped[key] = sum(
                weights[rung] + _value(weights[rung + 1 :], reached >> (rung + 1))
                for rung in positions(offered & ~reached)
            )
        return self._hoped[key]


@dataclass(slots=True)
class _Node:
    """A set that holds the needs of its members, and can be scheduled."""

    chosen: int
    score: int
    left: int
    """How many more options may be chosen."""
    supply: int
    """What is left of the resources, packed."""
    reached: list[int]
    """For each ladder the rungs that the set offers."""
    gains: list[int]
    """For each option the most that it can add to the score."""


class _Search:
    """One search for the best set; `best` is the best schedule so far."""

    def __init__(self, problem: Problem) -> None:
        options = problem.options
        self._problem = problem
        self._offers = [_rungs_by_ladder(option) for option in options]
        self._closures = _closures(options)
        self._order = sorted(range(len(options)), key=lambda i: self._closures[i].bit_count())
        week_unit = 1 << len(options)
        effort_unit = week_unit * (1 + sum(len(option.hours) for option in options))
        value_unit = effort_unit * (1 + sum(sum(option.hours) for option in options))
        must_unit = value_unit * (1 + sum(map(sum, problem.ladders)))
        self._ladders = _Ladders(
            [[value_unit * weight for weight in weights] for weights in problem.ladders]
        )
        self._lifters: list[list[tuple[int, int]]] = [[] for _ in problem.ladders]
        for option, offers in enumerate(self._offers):
            for ladder, rungs in offers:
                self._lifters[ladder].append((option, rungs))
        self._own = [
            must_unit * option.must
            - effort_unit * sum(option.hours)
            - week_unit * len(option.hours)
            + (week_unit >> (position + 1))
            for position, option in enumerate(options)
        ]
        self._supply, self._supply_guards, self._demands = _pack_resources(problem)
        self._budget = NodeBudget(problem.node_limit)
        self._scheduler = Scheduler(
            [Task(option.hours, option.needs, option.earliest - 1) for option in options],
            capacity=problem.capacity,
            slots=problem.slots,
            budget=self._budget,
        )
        self.best = self._scheduler.empty
        self._best_score = 0

    def run(self) -> bool:
        """Search to the end; false if the node limit came first."""
        root = _Node(
            chosen=0,
            score=0,
            left=self._problem.priorities,
            supply=self._supply,
            reached=[0] * len(self._problem.ladders),
            gains=[
                own + sum(self._ladders.hoped(ladder, 0, rungs) for ladder, rungs in offers)
                for own, offers in zip(self._own, self._offers, strict=True)
            ],
        )
        goals = [i for i, o in enumerate(self._problem.options) if o.must or o.offers]
        try:
            self._expand(root, self.best, self._promising(root, goals, 0), 0)
            tasks = self._in_order(self.best.first_weeks)
            for better in self._scheduler.improve(tasks, self.best):
                self.best = better
        except NodeLimitReachedError:
            return False
        return True

    def _in_order(self, chosen: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(chosen, key=lambda i: (self._closures[i].bit_count(), i)))

    def _expand(
        self, node: _Node, schedule: Schedule, promising: Sequence[int], banned: int
    ) -> None:
        """Try every set that adds promising goals to a node, and leaves out what is banned."""
        for i, goal in enumerate(promising):
            if node.score + self._hope(node, promising[i:]) <= self._best_score:
                return
            if not self._closures[goal] & banned:
                self._budget.spend()
                added = self._in_order(positions(self._closures[goal] & ~node.chosen))
                child = self._child(node, added)
                rest = self._promising(child, promising[i + 1 :], banned) if child.left else []
                if child.score + self._hope(child, rest) > self._best_score:
                    extended = self._schedule(schedule, added)
                    if extended:
                        if child.score > self._best_score:
                            self._best_score, self.best = child.score, extended
                        if rest:
                            self._expand(child, extended, rest, banned)
            banned |= 1 << goal

    def _schedule(self, schedule: Schedule, added: Sequence[int]) -> Schedule | None:
        extended = self._scheduler.extend(schedule, added)
        return extended or self._scheduler.find(self._in_order([*schedule.first_weeks, *added]))

    def _hope(self, node: _Node, goals: Sequence[int]) -> int:
        return sum(gain for goal in goals[: node.left] if (gain := node.gains[goal]) > 0)

    def _promising(self, node: _Node, candidates: Iterable[int], banned: int) -> list[int]:
        """The goals that fit what is left and could still lead to a better set, best first."""
        gains, left = node.gains, node.left
        missed = self._best_score - node.score
        promising: list[int] = []
        hope, open_ = 0, left - 1
        for goal in sorted(candidates, key=gains.__getitem__, reverse=True):
            gain = gains[goal]
            if hope + gain + open_ * max(gain, 0) <= missed:
                break
            missing = self._closures[goal] & ~node.chosen
            if missing and not missing & banned and self._fits(node, goal, missing):
                promising.append(goal)
                if open_:
                    hope += max(gain, 0)
                    open_ -= 1
        return promising

    def _fits(self, node: _Node, goal: int, missing: int) -> bool:
        """Whether there is enough for a goal and what it needs, as far as sums can tell."""
        if missing == 1 << goal:
            demand = self._demands[goal]
        elif missing.bit_count() <= node.left:
            demand = sum(self._demands[option] for option in positions(missing))
        else:
            return False
        return (node.supply - demand) & self._supply_guards == self._supply_guards

    def _child(self, node: _Node, added: Sequence[int]) -> _Node:
        """The node with some more options."""
        chosen, score, reached, supply = node.chosen, node.score, list(node.reached), node.supply
        touched = set()
        for option in added:
            chosen |= 1 << option
            score += self._own[option]
            supply -= self._demands[option]
            for ladder, rungs in self._offers[option]:
                score += self._ladders.won(ladder, reached[ladder], rungs)
                reached[ladder] |= rungs
                touched.add(ladder)
        left = node.left - len(added)
        gains = list(node.gains)
        hoped = self._ladders.hoped
        if left:
            for ladder in touched:
                before, after = node.reached[ladder], reached[ladder]
                for option, rungs in self._lifters[ladder]:
                    gains[option] += hoped(ladder, after, rungs) - hoped(ladder, before, rungs)
        return _Node(
            chosen=chosen,
            score=score,
            left=left,
            supply=supply,
            reached=reached,
            gains=gains,
        )


def _rungs_by_ladder(option: Option) -> tuple[tuple[int, int], ...]:
    """Each ladder that an option touches, with the set of the rungs that it offers there."""
    rungs: dict[int, int] = {}
    for ladder, rung in option.offers:
        rungs[ladder] = rungs.get(ladder, 0) | 1 << rung
    return tuple(rungs.items())


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


def _pack_resources(problem: Problem) -> tuple[int, int, list[int]]:
    """What there is of everything that runs short, its guards, and what each option takes of it.

    A set that takes more than there is of one resource cannot be scheduled. Resources are
    slots, hours, and for each number of hours the portions of so many hours: since portions do
    not add up over two actions, a week of 9 hours has two portions of 4, and 3 and 3 have none.
    """
    portions = {1, *(hours for option in problem.options for hours in option.hours)} - {0}
    supplies = [sum(problem.slots)]
    takes = [[len(option.hours) for option in problem.options]]
    for portion in sorted(portions):
        supplies.append(sum(hours // portion for hours in problem.capacity))
        takes.append([sum(h // portion for h in option.hours) for option in problem.options])
    width = max(max(supplies), *map(max, takes)).bit_length() + 1 if takes[0] else 2
    guards = sum(1 << (width * i + width - 1) for i in range(len(takes)))
    supply = guards + sum(there << (width * i) for i, there in enumerate(supplies))
    return (
        supply,
        guards,
        [
            sum(take << (width * i) for i, take in enumerate(option))
            for option in zip(*takes, strict=True)
        ],
    )
