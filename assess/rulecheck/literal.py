"""Conditions taken apart: a list of ways in which one can hold.

Each way is a conjunction of simple conditions that hold or do not hold. The number of ways
may explode on paper; it is at most a few dozen in any rules file that a person can read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assess.rules.condition import All, AnyOf, Atom, Condition, Not


@dataclass(frozen=True, slots=True)
class Literal:
    """A simple condition that holds, or one that does not."""

    atom: Atom
    holds: bool = True

    @property
    def opposite(self) -> "Literal":
        return Literal(self.atom, not self.holds)


Conjunction = frozenset[Literal]


def ways(condition: Condition, *, holds: bool = True) -> Iterator[Conjunction]:
    """Yield the conjunctions of which one holds exactly when the condition does, or does not."""
    match condition:
        case Not(part):
            yield from ways(part, holds=not holds)
        case All(parts) | AnyOf(parts):
            together = isinstance(condition, All) == holds
            options = [tuple(ways(part, holds=holds)) for part in parts]
            yield from every(options) if together else chain.from_iterable(options)
        case _:
            yield frozenset({Literal(condition, holds)})


def every(groups: Sequence[Iterable[Conjunction]]) -> Iterator[Conjunction]:
    """Yield each conjunction that takes one way from every group, without contradictions."""
    yield from _joined(frozenset(), [tuple(group) for group in groups])


def _joined(
    before: Conjunction, groups: Sequence[tuple[Conjunction, ...]]
) -> Iterator[Conjunction]:
    if not groups:
        yield before
        return
    group, *rest = groups
    # A group that already has its way needs no more: any other choice would only demand more.
    there = next((way for way in group if way <= before), None)
    for way in group if there is None else (there,):
        if not any(literal.opposite in before for literal in way):
            yield from _joined(before | way, rest)
