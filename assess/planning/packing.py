"""Search first weeks for options that are to fit into a room together, exactly."""

from collections.abc import Iterator, Sequence

from assess.planning.grid import Grid

Starts = dict[int, int]
"""The first weeks that are left to each option, see `grid`."""

Lag = tuple[int, tuple[tuple[int, int], ...], int]
"""An order as starts see it: how far each other lasts, and the flag of the week, 0 for none."""


class NodeLimitReachedError(Exception):
    """The search was given up; what was found before still holds."""


class NodeBudget:
    """The search nodes that may still be visited, shared by all parts of one search."""

    __slots__ = ("left",)

    def __init__(self, limit: int) -> None:
        self.left = limit

    def spend(self) -> None:
        """Count one node.

        Raises:
            NodeLimitReachedError: There was none left.
        """
        if self.left <= 0:
            raise NodeLimitReachedError
        self.left -= 1


class Packing:
    """Fits options of one set into a room, with what of them has to wait for what."""

    def __init__(
        self, grid: Grid, lanes: "Lanes", budget: NodeBudget, lags: Sequence[Lag] = ()
    ) -> None:
        self._grid, self._lanes, self._budget, self._lags = grid, lanes, budget, lags

    def complete(self, room: int, pending: Sequence[int], starts: Starts) -> int | None:
        """Leave one first week to each pending option, and give the room that is left then.

        The starts are settled beforehand. What is heavy and long and has few weeks left goes
        first: light work finds a gap afterwards, heavy work would not, and where it cannot fit,
        that shows after the fewest nodes.
        """
        if not pending:
            return room
        self._budget.spend()
        weight = self._grid.weight
        option = min(pending, key=lambda o: starts[o].bit_count() * weight[o])
        rest = [other for other in pending if other != option]
        for first in flags_of(starts[option]):
            narrowed = starts.copy()
            narrowed[option] = first
            left = self._grid.take(room, option, first)
            if self.settle(left, rest, narrowed):
                done = self.complete(left, rest, narrowed)
                if done is not None:
                    starts.update(narrowed)
                    return done
        return None

    def settle(self, room: int, pending: Sequence[int], starts: Starts) -> bool:
        """Take from pending options the first weeks that cannot be; false if one has none left.

        So many may be under way in each week, and every week of work that is left needs a place.
        The places that the starts do not reach are wasted. If more are wasted than can be, the
        set does not fit; if just as many, all the others have to be taken.
        """
        grid = self._grid
        rooms, guards, carry = room * grid.every_week, grid.guards, grid.carry
        for option in pending:
            fitting = starts[option] & (((rooms - grid.everywhere[option]) & guards) + carry)
            if not fitting:
                return False
            starts[option] = fitting
        if self._lags and not self.narrow(starts):
            return False
        places, cover, lengths = grid.places(room), 0, []
        for option in pending:
            if length := grid.lengths[option]:
                lengths.append(length)
                cover += grid.cover(length, starts[option])
        if not lengths:
            return True
        wasted, weeks = grid.wasted(places, cover)
        spare = grid.total(places) - wasted - sum(lengths)
        if spare < 0 or not self._lanes.hold(places, tuple(lengths)):
            return False
        return (
            bool(spare)
            or not self._take_all(pending, starts, cover, weeks)
            or self.settle(room, pending, starts)
        )

    def _take_all(self, pending: Sequence[int], starts: Starts, cover: int, weeks: int) -> bool:
        """Have all that can be under way in weeks be so; tell whether that changed anything."""
        grid, changed = self._grid, False
        for week in grid.marked(weeks):
            if not grid.covers(cover, week):
                continue
            for option in pending:
                length = grid.lengths[option]
                if length and grid.covers(grid.cover(length, starts[option]), week):
                    left = starts[option] & grid.between(week - length + 1, week)
                    if left != starts[option]:
                        starts[option], changed = left, True
        return changed

    def narrow(self, starts: Starts) -> bool:
        """Take from each option the first weeks that orders forbid; false if one has none left."""
        for option, after, floor in self._lags:
            # The flag of the soonest week in which one of the others has ended.
            soonest = min([(starts[o] & -starts[o]) << lag for o, lag in after], default=floor)
            starts[option] &= -(min(soonest, floor) if floor else soonest)
        for option, after, floor in reversed(self._lags):
            # What only one other can allow holds that one back as well.
            if len(after) == 1 and not floor:
                other, lag = after[0]
                starts[other] &= (1 << max(starts[option].bit_length() - lag, 0)) - 1
        return all(starts.values())


class Lanes:
    """Tells whether the lengths of actions can be shared out among places.

    What is under way one after the other takes one lane, and there are never more lanes than
    places. Where places only become more, each lane is free from some week to the end; where one
    is taken again, more is assumed.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._held: dict[tuple[int, tuple[int, ...]], bool] = {}
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}

    def hold(self, places: int, lengths: tuple[int, ...]) -> bool:
        """Tell whether lengths can be shared out."""
        key = places, lengths
        known = self._held.get(key)
        if known is None:
            lanes: list[int] = []
            for week in range(self._grid.weeks):
                free = self._grid.covers(places, week)
                lanes += [self._grid.weeks - week] * (free - len(lanes))
            known = self._shared_out(tuple(sorted(lengths, reverse=True)), tuple(lanes))
            self._held[key] = known
        return known

    def _shared_out(self, lengths: tuple[int, ...], lanes: tuple[int, ...]) -> bool:
        if not lengths:
            return True
        key = lengths, lanes
        if key not in self._known:
            longest, *rest = lengths
            self._known[key] = sum(lengths) <= sum(lanes) and any(
                self._shared_out(
                    tuple(rest),
                    tuple(sorted((*lanes[:i], lane - longest, *lanes[i + 1 :]), reverse=True)),
                )
                for i, lane in enumerate(lanes)
                if lane >= longest and lane not in lanes[:i]
            )
        return self._known[key]


def flags_of(starts: int) -> Iterator[int]:
    """Each of the starts alone, the first first."""
    while starts:
        first = starts & -starts
        yield first
        starts ^= first
