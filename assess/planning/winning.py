"""What a set of actions wins: rungs, the action each is credited to, and the focus."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from assess.planning.candidates import present_level
from assess.planning.plan import Candidate, OfferedRung
from assess.scoring import Level, Profile

FOCUS_DIMENSIONS = 2
"""At most so many dimensions are named beforehand, to be judged alone in the comparison."""


def credit_rungs(
    chosen: Sequence[Candidate], first_weeks: Mapping[str, int], levels: Mapping[str, Level]
) -> Mapping[str, tuple[OfferedRung, ...]]:
    """Return the rungs that each chosen action wins, by action.

    A rung that several offer is credited to the one that starts first; at the same start,
    to the one that comes first in `chosen`.
    """
    offered = {(rung.question, rung.level) for c in chosen for rung in c.rungs}
    taken: set[tuple[str, int]] = set()
    wins: dict[str, tuple[OfferedRung, ...]] = {}
    for candidate in sorted(chosen, key=lambda c: first_weeks[c.action.id]):
        won = tuple(
            rung
            for rung in candidate.rungs
            if (rung.question, rung.level) not in taken and _is_won(rung, offered, levels)
        )
        taken.update((rung.question, rung.level) for rung in won)
        wins[candidate.action.id] = won
    return wins


def find_focus(profile: Profile, wins: Iterable[Sequence[OfferedRung]]) -> tuple[str, ...]:
    """Return the at most two dimensions that win most value; ties keep the file's order."""
    value = dict.fromkeys(profile.dimensions, 0)
    for rung in (rung for won in wins for rung in won):
        value[profile.questionnaire.by_id[rung.question].dimension] += rung.weight
    ranked = sorted((d for d in value if value[d]), key=lambda d: -value[d])
    return tuple(ranked[:FOCUS_DIMENSIONS])


def _is_won(
    rung: OfferedRung, offered: Collection[tuple[str, int]], levels: Mapping[str, Level]
) -> bool:
    """Tell whether no gap lies between the present level and a rung."""
    present = present_level(levels[rung.question]) or 0
    return all((rung.question, level) in offered for level in range(present + 1, rung.level + 1))
