"""Circumstances as unknowns of a solver.

Each is free of the answers and of the others, but that a dimension cannot rise and fall at
once. The usual value is the one that costs nothing: see `oddity`.
"""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any, Final

from ortools.sat.python import cp_model

from assess.rulecheck.sheet import Sum, Truth, Unknowns
from assess.rules import Limits
from assess.rules.condition import AboutIn, AgreementIn, Moved
from assess.rules.situation import (
    Carried,
    GoalsCount,
    GoalsOpenFindings,
    HoursFreed,
    HoursPerWeek,
    Members,
    Subject,
    TeamSizeSubject,
)

_MANY: Final = 1_000_000
_NUMBERS: Final[Mapping[type, tuple[str, int, int]]] = {
    HoursPerWeek: ("hours_per_week", 0, 10_000),
    TeamSizeSubject: ("team_size", 1, 500),
    Members: ("members", 0, _MANY),
    Carried: ("carried", 0, _MANY),
    HoursFreed: ("hours_freed", -1, _MANY),
    GoalsCount: ("goals_count", -1, _MANY),
    GoalsOpenFindings: ("goals_open_findings", -1, _MANY),
}
"""The name in a situation, and from where to where it goes; -1 stands for *not told*."""

_Key = tuple[str, str, str]
"""A kind of word (agreement, about, moved), what it is of, and the word."""


class Around:
    """The unknown circumstances of a team; those that nobody asks about are left as usual."""

    def __init__(self, model: Unknowns, limits: Limits) -> None:
        self._model = model
        self._usual: Mapping[Subject, int] = {
            HoursPerWeek(): ceil(limits.default_hours()),
            TeamSizeSubject(): limits.default_team_size,
        }
        self._numbers: dict[Subject, cp_model.IntVar] = {}
        self._words: dict[_Key, cp_model.IntVar] = {}
        self._odd: list[cp_model.IntVar] = []
        self.hours, self.size = map(self.number, self._usual)

    @property
    def oddity(self) -> Sum:
        """How far all of it is from what is usual."""
        return sum(self._odd) + sum(self._words.values())

    def number(self, subject: Subject) -> cp_model.IntVar:
        """Return a number beside the answers, below 0 where nobody told it."""
        if subject not in self._numbers:
            _, least, most = _NUMBERS[type(subject)]
            self._numbers[subject] = number = self._model.new_int_var(least, most, "")
            self._odd.append(self._model.new_int_var(0, most + 1, ""))
            distance = number - self._usual.get(subject, least)
            self._model.add_abs_equality(self._odd[-1], distance)
        return self._numbers[subject]

    def says(self, atom: AgreementIn | AboutIn | Moved) -> Truth:
        """Return whether one of the words holds that a condition asks for."""
        match atom:
            case AgreementIn(dimension, words):
                keys = [("agreement", dimension, word) for word in sorted(words)]
            case AboutIn(about, words):
                keys = [("about", about, word) for word in sorted(words)]
            case Moved(direction, dimensions):
                keys = [("moved", dimension, direction) for dimension in dimensions]
        return self._model.any_of([self._word(key) for key in keys])

    def read(self, value: Callable[[Sum], int]) -> dict[str, Any]:
        """Return the circumstances that a solver has found, by their names in a situation."""
        said = [key for key, word in self._words.items() if value(word)]
        moved = [(word, d) for kind, d, word in said if kind == "moved"]
        told = {s: value(n) for s, n in self._numbers.items() if value(n) >= 0}
        return {
            **{_NUMBERS[type(s)][0]: n for s, n in told.items()},
            "carried": {s.action: n for s, n in told.items() if isinstance(s, Carried) and n},
            "agreement": {d: word for kind, d, word in said if kind == "agreement"},
            "about": {name: word for kind, name, word in said if kind == "about"},
            "rose": frozenset(d for word, d in moved if word == "rose"),
            "fell": frozenset(d for word, d in moved if word == "fell"),
        }

    def _word(self, key: _Key) -> cp_model.IntVar:
        """Return whether this is the word; of one thing at most one word holds."""
        if key not in self._words:
            others = [word for other, word in self._words.items() if other[:2] == key[:2]]
            self._words[key] = self._model.new_bool_var("")
            self._model.add_at_most_one([*others, self._words[key]])
        return self._words[key]
