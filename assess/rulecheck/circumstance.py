"""What no answer tells: hours, people, agreement, changes, what was carried over.

Each of these is free of the others and of the answers, but that a dimension cannot rise and
fall at once. So literals about them are decided one value at a time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import ceil, floor
from typing import Final

from assess.rulecheck.literal import Conjunction, Literal
from assess.rules.condition import AgreementIn, Moved, Within
from assess.rules.situation import Carried, HoursPerWeek, Members, Subject, TeamSize
from assess.rules.vocabulary import AGREEMENT

_MOST: Final = 1_000_000
_DOMAINS: Final[Mapping[type[Subject], tuple[int, int, int]]] = {
    HoursPerWeek: (0, 10_000, 0),
    TeamSize: (1, _MOST, 1),
}
"""Least, most and usual value, as an answers file allows; for all others 0, many and 0."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One setting of everything that no answer tells."""

    hours_per_week: int
    team_size: int | None = None
    members: int = 0
    agreement: Mapping[str, str] = field(default_factory=dict)
    rose: frozenset[str] = frozenset()
    fell: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)


def split_literals(literals: Conjunction) -> tuple[Conjunction, Conjunction]:
    """Return the literals about answers, and those about circumstances."""
    outside = frozenset(literal for literal in literals if _is_outside(literal))
    return literals - outside, outside


def find_circumstances(literals: Conjunction, default_hours: int) -> Circumstances | None:
    """Return circumstances in which all literals about them hold, or None if there are none.

    The usual value is taken wherever it will do: the default hours, no members, nothing
    carried over.
    """
    numbers: dict[Subject, list[Literal]] = {}
    agreement: dict[str, list[Literal]] = {}
    for literal in sorted(literals, key=repr):
        if isinstance(literal.atom, Within):
            numbers.setdefault(literal.atom.subject, []).append(literal)
        elif isinstance(literal.atom, AgreementIn):
            agreement.setdefault(literal.atom.dimension, []).append(literal)
    values = {s: tuple(_numbers(s, about, default_hours)) for s, about in numbers.items()}
    words = {dimension: _words(about) for dimension, about in agreement.items()}
    moved = _find_moved([x for x in literals if isinstance(x.atom, Moved)])
    if moved is None or not all((*values.values(), *words.values())):
        return None
    found = {subject: first for subject, (first, *_) in values.items()}
    hours = found.get(HoursPerWeek())
    return Circumstances(
        hours_per_week=default_hours if hours is None else hours,
        team_size=found.get(TeamSize()),
        members=found.get(Members()) or 0,
        agreement={d: word for d, (word, *_) in words.items() if word is not None},
        rose=moved[0],
        fell=moved[1],
        carried={s.action: n for s, n in found.items() if isinstance(s, Carried) and n},
    )


def _is_outside(literal: Literal) -> bool:
    match literal.atom:
        case Within(HoursPerWeek() | TeamSize() | Members() | Carried()):
            return True
        case AgreementIn() | Moved():
            return True
        case _:
            return False


def _numbers(
    subject: Subject, about: Iterable[Literal], default_hours: int
) -> Iterator[int | None]:
    """Yield values that satisfy all literals about one subject, the usual one first.

    Between two bounds nothing changes, so looking beside each bound is enough.
    """
    literals = [(x.atom.interval, x.holds) for x in about if isinstance(x.atom, Within)]
    least, most, usual = _DOMAINS.get(type(subject), (0, _MOST, 0))
    if isinstance(subject, HoursPerWeek):
        usual = default_hours
    if isinstance(subject, TeamSize) and not any(holds for _, holds in literals):
        yield None
    bounds = [b for interval, _ in literals for b in (interval.low, interval.high) if b is not None]
    beside = {n + d for b in bounds for n in (floor(b / 100), ceil(b / 100)) for d in (-1, 0, 1)}
    for value in (usual, *sorted(beside), least):
        if least <= value <= most and all((value in i) == holds for i, holds in literals):
            yield value


def _words(about: Iterable[Literal]) -> tuple[str | None, ...]:
    """Return the words that satisfy all literals about one dimension, no word first."""
    literals = [(x.atom.words, x.holds) for x in about if isinstance(x.atom, AgreementIn)]
    return tuple(
        word
        for word in (None, *AGREEMENT)
        if all((word in words) == holds for words, holds in literals)
    )


def _find_moved(literals: Iterable[Literal]) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the dimensions that rose and that fell, as few as needed, or None."""
    moves = [(x.atom, x.holds) for x in literals if isinstance(x.atom, Moved)]
    barred = {(m.direction, d) for m, holds in moves if not holds for d in m.dimensions}
    wanted = [m for m, holds in moves if holds]
    options = [
        [(m.direction, d) for d in m.dimensions if (m.direction, d) not in barred] for m in wanted
    ]
    for picked in product(*options):
        rose = frozenset(d for direction, d in picked if direction == "rose")
        fell = frozenset(d for direction, d in picked if direction == "fell")
        if not rose & fell:
            return rose, fell
    return None
