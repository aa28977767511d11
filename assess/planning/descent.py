"""Search the sets that are better at one level, below the bound that prices give.

A node is a set with what is still undecided. Taking an option that is worth less than nothing at
the prices lowers the bound by so much, leaving one that is worth more does too; so a few wrong
turns end most branches, and no node works out a bound of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import lt

from assess.planning.board import Board
from assess.planning.orders import Order
from assess.planning.packing import NodeBudget
from assess.planning.problem import positions
from assess.planning.relaxation import Prices
from assess.planning.schedule import Schedule, Scheduler
from assess.record import record

_PATIENCE = 10
"""At so many nodes in a row what comes too late is looked for in vain, after one where orders were
all that stood in the way. Most problems have none, and the look costs as much as the node."""


class Gauge:
    """One bound in a search, and how high it must stay for a node to be worth a visit."""

    def __init__(self, board: Board, prices: Prices, target: Callable[[], int]) -> None:
        self.prices, self.target = prices, target
        self._ladders = board.ladders
        self._masks = [sum(1 << rung for rung in ladder) for ladder in board.ladders]
        self._sums: dict[tuple[int, int, int], int] = {}

    def sum(self, ladder: int, covered: int, top: int) -> int:
        """The best sum of the lowest rungs of a ladder."""
        key = ladder, covered & self._masks[ladder], top
        known = self._sums.get(key)
        if known is None:
            known = total = 0
            for rung in self._ladders[ladder][:top]:
                total += self.prices.pay[rung]
                if not covered >> rung & 1:
                    total -= self.prices.price[rung]
                known = max(known, total)
            self._sums[key] = known
        return known


class Node:
    """A set, what is undecided, and the bounds of all sets between, one for each gauge."""

    __slots__ = ("bounds", "chosen", "covered", "dead", "supply", "tops", "undecided", "worths")

    def __init__(self, other: "Node | None" = None) -> None:
        if other is not None:
            self.bounds: list[int] = other.bounds.copy()
            self.chosen: tuple[int, ...] = other.chosen
            self.covered: int = other.covered
            self.dead: int = other.dead
            self.supply: int = other.supply
            self.tops: dict[int, int] = other.tops.copy()
            self.undecided: int = other.undecided
            self.worths: list[list[int]] = [worth.copy() for worth in other.worths]


class Supplies:
    """What there is of everything that runs short, and what each option takes of it, packed.

    Each number lies in a field with a guard bit on top, which a difference clears where there is
    too little.
    """

    def __init__(self, board: Board) -> None:
        self.supply = self.guards = offset = 0
        self.demands = [0] * len(board.problem.options)
        for limit in board.limits:
            bits = max(limit.supply, *limit.demands, 1).bit_length() + 1
            guard = 1 << (offset + bits - 1)
            self.guards |= guard
            self.supply |= guard | limit.supply << offset
            for o in board.options:
                self.demands[o] |= limit.demands[o] << offset
            offset += bits


@record
class Quest:
    """What one descent looks for: sets whose bounds stay at their targets. The first one leads.

    `found` is told of every set that `is_better` and holds together, with its schedule. A set
    without so many options of each `group` is no use.
    """

    gauges: Sequence[Gauge]
    is_better: Callable[[Sequence[int]], bool]
    found: Callable[[Schedule], None]
    groups: Sequence[tuple[int, int]]
    nodes: int
    """After so many, better prices are worth looking for first."""


def make_root(
    board: Board, supplies: Supplies, gauges: Sequence[Gauge], options: Sequence[int]
) -> Node:
    """The empty set, with all of some options undecided."""
    node = Node()
    node.chosen, node.dead, node.tops = (), 0, {}
    node.covered = board.cover(())
    node.supply = supplies.supply
    node.undecided = sum(1 << o for o in options)
    node.worths = [gauge.prices.worth.copy() for gauge in gauges]
    node.bounds = [
        gauge.prices.base
        + sum(worth[o] for o in options if worth[o] > 0)
        + sum(
            gauge.sum(ladder, node.covered, len(rungs))
            for ladder, rungs in enumerate(board.ladders)
        )
        for gauge, worth in zip(gauges, node.worths, strict=True)
    ]
    return node


class PausedError(Exception):
    """There are more nodes to visit than these prices are good for."""


class Descent:
    """One search from the empty set."""

    def __init__(
        self,
        board: Board,
        supplies: Supplies,
        scheduler: Scheduler,
        budget: NodeBudget,
        quest: Quest,
    ) -> None:
        self._board, self._supplies, self._scheduler = board, supplies, scheduler
        self._budget, self._quest = budget, quest
        self._gauges = quest.gauges
        self._nodes = 0
        self._patience = 0

    def run(self, options: Sequence[int], forced: Sequence[int]) -> None:
        """Visit all that could be better."""
        root = make_root(self._board, self._supplies, self._gauges, options)
        self._bury_lost(root, range(len(self._board.place)))
        for option in forced:
            root = self._take(root, option)
            if (self._supplies.guards & root.supply) != self._supplies.guards:
                return
        root.undecided &= ~sum(1 << o for o in forced)
        orders = self._board.orders(root.chosen, root.undecided)
        schedule = self._scheduler.find(root.chosen, orders)
        if schedule is not None:
            self._visit(root, schedule, orders)

    def _hopeful(self, node: Node) -> bool:
        return all(b >= g.target() for b, g in zip(node.bounds, self._gauges, strict=True))

    def _visit(self, node: Node, schedule: Schedule | None, orders: Sequence[Order]) -> None:
        """Place a node's set if that is of use, and visit what lies below; this uses it up.

        Nearly every set on the way to a better one can be placed, but to say so takes longer than
        all the rest. So only what is better by itself is placed; on the way to it a schedule
        grows along as long as that takes no search.
        """
        if self._quest.is_better(node.chosen):
            schedule = schedule or self._scheduler.find(node.chosen, orders)
            if schedule is None:
                return
            self._report(node, schedule)
        if self._patience and not self._untangle(node):
            return
        while self._sift(node):
            option = self._pick(node)
            child = self._take(Node(node), option)
            if self._hopeful(child):
                self._enter(child, schedule)
            self._leave(node, option)

    def _enter(self, node: Node, schedule: Schedule | None) -> None:
        self._budget.spend()
        self._nodes += 1
        if self._nodes > self._quest.nodes:
            raise PausedError
        orders = self._board.orders(node.chosen, node.undecided)
        extended = schedule and self._scheduler.extend(schedule, node.chosen[-1], orders)
        self._visit(node, extended, orders)

    def _report(self, node: Node, schedule: Schedule) -> None:
        """Tell of a set that holds together by itself."""
        if self._board.is_closed(node.chosen, node.covered):
            orders = self._board.orders(node.chosen, 0)
            kept = schedule if self._scheduler.keeps(schedule, orders) else None
            strict = kept or self._scheduler.find(node.chosen, orders)
            if strict is not None:
                self._quest.found(strict)
            else:
                self._patience = _PATIENCE

    def _untangle(self, node: Node) -> bool:
        """Leave what has to wait for too long; false if that is the set itself."""
        late = self._board.find_late(node.chosen, node.covered, node.undecided)
        self._patience = self._patience - 1 if late == 0 else _PATIENCE
        for option in positions(late or 0):
            self._leave(node, option)
        return late is not None

    def _sift(self, node: Node) -> bool:
        """Leave all that no longer fits or cannot be worth it; false if nothing is left to do."""
        demands, guards, needs = self._supplies.demands, self._supplies.guards, self._board.needs
        targets = [gauge.target() for gauge in self._gauges]
        spares = [target - bound for target, bound in zip(targets, node.bounds, strict=True)]
        for option in positions(node.undecided):
            if (
                (node.supply - demands[option]) & guards != guards
                or (node.dead and any(node.dead >> need & 1 for need in needs[option]))
                or any(map(lt, [worth[option] for worth in node.worths], spares))
            ):
                self._leave(node, option)
                spares = [
                    target - bound for target, bound in zip(targets, node.bounds, strict=True)
                ]
                if max(spares) > 0:
                    return False
        if not node.undecided or max(spares) > 0:
            return False
        if node.dead and any(node.dead >> need & 1 for o in node.chosen for need in needs[o]):
            return False
        has = node.undecided | sum(1 << o for o in node.chosen)
        return all((has & group).bit_count() >= least for group, least in self._quest.groups)

    def _pick(self, node: Node) -> int:
        """What to decide next: what wins a rung that the set needs, else what is worth most."""
        board = self._board
        for option in node.chosen:
            for need in board.needs[option]:
                missing = board.below[need] & ~node.covered
                if missing:
                    rung = (missing & -missing).bit_length() - 1
                    able = positions(board.offering_mask[rung] & node.undecided)
                    return max(able, key=node.worths[0].__getitem__)
        return max(positions(node.undecided), key=node.worths[0].__getitem__)

    def _take(self, node: Node, option: int) -> Node:
        """Put an option into a node's set."""
        node.undecided &= ~(1 << option)
        for place, worth in enumerate(node.worths):
            node.bounds[place] += min(worth[option], 0)
        node.chosen = (*node.chosen, option)
        node.supply -= self._supplies.demands[option]
        for rung in self._board.offers[option]:
            # Above a rung that was given up nobody is paid any more, this option neither.
            if not (node.covered | node.dead) >> rung & 1:
                ladder, top = self._top(node, rung)
                after = node.covered | 1 << rung
                for place, gauge in enumerate(self._gauges):
                    node.bounds[place] += (
                        gauge.sum(ladder, after, top)
                        - gauge.sum(ladder, node.covered, top)
                        - gauge.prices.price[rung]
                    )
                node.covered = after
                # Nobody else is paid for it any more, as it is certain now.
                self._stop_paying(node, rung)
        return node

    def _leave(self, node: Node, option: int) -> None:
        """Decide against an option."""
        node.undecided &= ~(1 << option)
        for place, worth in enumerate(node.worths):
            node.bounds[place] -= max(worth[option], 0)
        self._bury_lost(node, self._board.offers[option])

    def _bury_lost(self, node: Node, rungs: Iterable[int]) -> None:
        for rung in rungs:
            gone = not self._board.offering_mask[rung] & node.undecided
            if gone and not (node.covered | node.dead) >> rung & 1:
                self._bury(node, rung)

    def _bury(self, node: Node, rung: int) -> None:
        """Give up a rung that nobody can win any more, and those above it."""
        ladder, top = self._top(node, rung)
        rungs = self._board.ladders[ladder]
        node.tops[ladder] = lower = rungs.index(rung)
        for place, gauge in enumerate(self._gauges):
            node.bounds[place] += gauge.sum(ladder, node.covered, lower)
            node.bounds[place] -= gauge.sum(ladder, node.covered, top)
        for above in rungs[lower:]:
            if not node.dead >> above & 1:
                node.dead |= 1 << above
                if not node.covered >> above & 1:
                    self._stop_paying(node, above)

    def _stop_paying(self, node: Node, rung: int) -> None:
        others = self._board.offering_mask[rung] & node.undecided
        if not others:
            return
        for place, gauge in enumerate(self._gauges):
            price, worths = gauge.prices.price[rung], node.worths[place]
            if price:
                for other in positions(others):
                    worth = worths[other]
                    worths[other] = worth - price
                    if worth > 0:
                        node.bounds[place] -= min(worth, price)

    def _top(self, node: Node, rung: int) -> tuple[int, int]:
        """The ladder of a rung, and how high it can still be climbed."""
        ladder = self._board.place[rung][0]
        return ladder, node.tops.get(ladder, len(self._board.ladders[ladder]))
