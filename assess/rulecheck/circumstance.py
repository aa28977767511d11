"""What no answer tells: hours, people, agreement, changes, what was carried over.

Each of these is free of the others and of the answers, but that hours and people go together
and that a dimension cannot rise and fall at once. So literals are decided one value at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Final

from assess.figures import Hours
from assess.rulecheck.literal import Conjunction, Literal
from assess.rules import Limits
from assess.rules.condition import AboutIn, AgreementIn, Moved, Within
from assess.rules.situation import (
    Carried,
    GoalsCount,
    GoalsOpenFindings,
    HoursFreed,
    HoursPerHead,
    HoursPerWeek,
    Members,
    Subject,
    TeamSize,
)
from assess.rules.vocabulary import AGREEMENT

_MOST: Final = 1_000_000
_MOST_HOURS: Final = 10_000
_SIZES: Final = range(1, 501)
"""As an answers file allows."""
_ROOM: Final = (HoursPerWeek(), HoursPerHead(), TeamSize())
_NOTED: Final = (HoursFreed, GoalsCount, GoalsOpenFindings)
"""What the team has told besides its answers, or has not."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One setting of everything that no answer tells."""

    hours_per_week: Hours
    team_size: int
    members: int = 0
    agreement: Mapping[str, str] = field(default_factory=dict)
    rose: frozenset[str] = frozenset()
    fell: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)
    noted: Mapping[Subject, int] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


def split_literals(literals: Conjunction) -> tuple[Conjunction, Conjunction]:
    """Return the literals about answers, and those about circumstances."""
    outside = frozenset(literal for literal in literals if _is_outside(literal))
    return literals - outside, outside


def usual_circumstances(limits: Limits) -> Circumstances:
    """Return those of a team of which nobody said anything."""
    return Circumstances(ceil(limits.default_hours()), limits.default_team_size)


def find_circumstances(literals: Conjunction, limits: Limits) -> Circumstances | None:
    """Return circumstances in which all literals about them hold, or None if there are none.

    The usual value is taken wherever it will do: the default size and its hours, no members,
    nothing carried over.
    """
    numbers: dict[Subject, list[Literal]] = {}
    agreement: dict[str, list[Literal]] = {}
    for literal in sorted(literals, key=repr):
        if isinstance(literal.atom, Within):
            numbers.setdefault(literal.atom.subject, []).append(literal)
        elif isinstance(literal.atom, AgreementIn):
            agreement.setdefault(literal.atom.dimension, []).append(literal)
    room = _find_room(numbers, limits)
    values = {s: tuple(_numbers(s, about)) for s, about in numbers.items() if s not in _ROOM}
    words = {dimension: _words(about) for dimension, about in agreement.items()}
    moved = _find_moved([x for x in literals if isinstance(x.atom, Moved)])
    about = _find_about([x for x in literals if isinstance(x.atom, AboutIn)])
    if room is None or moved is None or about is None:
        return None
    if not all((*values.values(), *words.values())):
        return None
    found = {subject: first for subject, (first, *_) in values.items()}
    hours, size = room
    return Circumstances(
        hours_per_week=hours,
        team_size=size,
        members=found.get(Members()) or 0,
        agreement={d: word for d, (word, *_) in words.items() if word is not None},
        rose=moved[0],
        fell=moved[1],
        carried={s.action: n for s, n in found.items() if isinstance(s, Carried) and n},
        noted={s: n for s, n in found.items() if isinstance(s, _NOTED) and n is not None},
        about=about,
    )


def _is_outside(literal: Literal) -> bool:
    match literal.atom:
        case Within(subject):
            return subject in _ROOM or isinstance(subject, (Members, Carried, *_NOTED))
        case AgreementIn() | AboutIn() | Moved():
            return True
        case _:
            return False


def _find_room(
    numbers: Mapping[Subject, Sequence[Literal]], limits: Limits
) -> tuple[int, int] | None:
    """Return hours a week and people for which all literals about them hold, or None.

    Between two bounds nothing changes, so looking beside each bound is enough.
    """
    about = [x for subject in _ROOM for x in numbers.get(subject, ())]
    heads = list(_beside(numbers.get(HoursPerHead(), ())))
    for size in (limits.default_team_size, *_SIZES):
        usual = ceil(limits.default_hours(size))
        per_head = (floor(bound * size) + d for bound in heads for d in (-1, 0, 1))
        for hours in dict.fromkeys(
            (usual, *_beside(numbers.get(HoursPerWeek(), ())), *per_head, 0)
        ):
            values = {
                HoursPerWeek(): hours,
                HoursPerHead(): Fraction(hours, size),
                TeamSize(): size,
            }
            if 0 <= hours <= _MOST_HOURS and all(
                (values[x.atom.subject] in x.atom.interval) == x.holds
                for x in about
                if isinstance(x.atom, Within)
            ):
                return hours, size
    return None


def _beside(about: Iterable[Literal]) -> Iterator[int]:
    """Yield the whole numbers beside each bound."""
    intervals = (x.atom.interval for x in about if isinstance(x.atom, Within))
    for bound in (b for i in intervals for b in (i.low, i.high) if b is not None):
        yield from (n + d for n in (floor(bound / 100), ceil(bound / 100)) for d in (-1, 0, 1))


def _numbers(subject: Subject, about: Sequence[Literal]) -> Iterator[int | None]:
    """Yield values that satisfy all literals about one subject, the usual one first."""
    literals = [(x.atom.interval, x.holds) for x in about if isinstance(x.atom, Within)]
    if isinstance(subject, _NOTED) and not any(holds for _, holds in literals):
        yield None
    for value in (0, *sorted({*_beside(about)})):
        if 0 <= value <= _MOST and all((value in i) == holds for i, holds in literals):
            yield value


def _words(about: Iterable[Literal]) -> tuple[str | None, ...]:
    """Return the words that satisfy all literals about one dimension, no word first."""
    literals = [(x.atom.words, x.holds) for x in about if isinstance(x.atom, AgreementIn)]
    return tuple(
        word
        for word in (None, *AGREEMENT)
        if all((word in words) == holds for words, holds in literals)
    )


def _find_about(literals: Iterable[Literal]) -> Mapping[str, str] | None:
    """Return choices of the start profile, as few as needed, or None."""
    choices: dict[str, str] = {}
    atoms = [(x.atom, x.holds) for x in literals if isinstance(x.atom, AboutIn)]
    barred = {(a.about, word) for a, holds in atoms if not holds for word in a.words}
    for name in {a.about for a, holds in atoms if holds}:
        words = frozenset.intersection(*(a.words for a, h in atoms if h and a.about == name))
        free = sorted(word for word in words if (name, word) not in barred)
        if not free:
            return None
        choices[name] = free[0]
    return choices


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
