"""What a set of actions wins."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from assess.planning.candidates import present_level
from assess.planning.plan import Candidate, OfferedRung, PromisedRung
from assess.scoring.records import Level


def find_wins(
    chosen: Sequence[Candidate], levels: Mapping[str, Level]
) -> Mapping[str, tuple[OfferedRung, ...]]:
    """Return the won rungs that each chosen action offers; what two offer stands with both."""
    offered = {(rung.question, rung.level) for c in chosen for rung in c.rungs}
    return {
        c.action.id: tuple(rung for rung in c.rungs if is_won(rung, offered, levels))
        for c in chosen
    }


def is_won(
    rung: OfferedRung, offered: Collection[tuple[str, int]], levels: Mapping[str, Level]
) -> bool:
    """Tell whether a rung is offered, with no gap between the present level and it."""
    present = present_level(levels[rung.question]) or 0
    return all((rung.question, level) in offered for level in range(present + 1, rung.level + 1))


def won_levels(wins: Iterable[Sequence[OfferedRung]]) -> Mapping[str, int]:
    """Return the level that each question with a won rung gets to."""
    levels: dict[str, int] = {}
    for rung in (rung for won in wins for rung in won):
        levels[rung.question] = max(rung.level, levels.get(rung.question, 0))
    return levels


def total_value(wins: Iterable[Sequence[OfferedRung]]) -> int:
    """Return the weight of all won rungs, each counted once."""
    return sum({(r.question, r.level): r.weight for won in wins for r in won}.values())


def find_promise(
    wins: Iterable[Sequence[OfferedRung]], levels: Mapping[str, Level]
) -> tuple[PromisedRung, ...]:
    """Return from which level to which each question gets, in the order of the questionnaire."""
    won = won_levels(wins)
    return tuple(PromisedRung(q, levels[q], won[q]) for q in levels if q in won)
