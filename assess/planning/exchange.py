"""Better sets beside a set: one option comes, with what it needs, and one goes or none.

A search that dives goes far into what looked best; near a good set there is often a better one.
The sooner it is known, the more of the search can be left out.
"""

from collections.abc import Iterable, Sequence

from assess.planning.board import Board
from assess.planning.descent import Supplies
from assess.planning.schedule import Schedule, Scheduler

_MOST_TRIED = 40
"""So many sets are tried in each round, the best first."""


def exchange(
    board: Board,
    supplies: Supplies,
    scheduler: Scheduler,
    options: Sequence[int],
    schedule: Schedule,
) -> Schedule | None:
    """Return the schedule of a better set, or nothing if there is none in reach."""
    held = frozenset(schedule.first_weeks)
    least = board.score(held)
    others = [option for option in options if option not in held]
    trials = {
        held - {going} | coming
        for coming in (_with_needs(board, option, others, held) for option in others)
        for going in (None, *held)
        if supplies.hold(held - {going} | coming)
    }
    better = [(score, sorted(trial)) for trial in trials if (score := board.score(trial)) > least]
    for _, trial in sorted(better, reverse=True)[:_MOST_TRIED]:
        if board.is_closed(trial, board.cover(trial)):
            found = scheduler.find(trial, board.orders(trial, 0))
            if found is not None:
                return found
    return None


def _with_needs(
    board: Board, option: int, others: Iterable[int], held: Iterable[int]
) -> frozenset[int]:
    """Return an option with the lightest others that win what it needs and the rungs below."""
    coming = [option]
    covered = board.cover([*held, option])
    for one in coming:
        wanted = [*board.needs[one], *board.offers[one]]
        for rung in wanted:
            missing = board.below[rung] & ~covered
            able = [o for o in others if o not in coming and board.cover([o]) & missing]
            if missing and able:
                lightest = min(able, key=lambda o: board.problem.options[o].effort)
                coming.append(lightest)
                covered |= board.cover([lightest])
    return frozenset(coming)
