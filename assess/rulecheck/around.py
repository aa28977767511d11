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
    Members,
    Subject,
)

_NOTED: Final[Mapping[Subject, str]] = {
    HoursFreed(): "hours_freed",
    GoalsCount(): "goals_count",
    GoalsOpenFindings(): "goals_open_findings",
}
"""What a team has told besides its answers, or has not."""

_Key = tuple[str, str, str]
"""A kind of word (agreement, about, moved), what it is of, and the word."""


class Around:
    """The unknown circumstances of a team; those that nobody asks about are left as usual."""

    def __init__(self, model: Unknowns, limits: Limits) -> None:
        self._model = model
        # As an answers file allows.
        self.hours = model.new_int_var(0, 10_000, "")
        self.size = model.new_int_var(1, 500, "")
        self._numbers: dict[Subject, tuple[Truth, cp_model.IntVar]] = {}
        self._words: dict[_Key, cp_model.IntVar] = {}
        self._odd = [
            self._distance(self.hours, ceil(limits.default_hours())),
            self._distance(self.size, limits.default_team_size),
        ]

    @property
    def oddity(self) -> Sum:
        """How far all of it is from what is usual."""
        numbers = (number for _, number in self._numbers.values())
        return sum(self._odd) + sum(numbers) + sum(self._words.values())

    def number(self, subject: Subject) -> tuple[Truth, cp_model.IntVar]:
        """Return whether a number beside the answers was told, and the number."""
        if subject not in self._numbers:
            told = self._model.new_bool_var("") if subject in _NOTED else self._model.all_of(())
            self._numbers[subject] = told, self._model.new_int_var(0, 1_000_000, "")
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
        moved = {(word, d) for kind, d, word in said if kind == "moved"}
        numbers = {s: value(n) for s, (told, n) in self._numbers.items() if value(told)}
        return {
            "hours_per_week": value(self.hours),
            "team_size": value(self.size),
            "members": numbers.get(Members(), 0),
            "agreement": {d: word for kind, d, word in said if kind == "agreement"},
            "about": {name: word for kind, name, word in said if kind == "about"},
            "rose": frozenset(d for word, d in moved if word == "rose"),
            "fell": frozenset(d for word, d in moved if word == "fell"),
            "carried": {s.action: n for s, n in numbers.items() if isinstance(s, Carried) and n},
            **{_NOTED[s]: n for s, n in numbers.items() if s in _NOTED},
        }

    def _word(self, key: _Key) -> cp_model.IntVar:
        """Return whether this is the word; of one thing at most one word holds."""
        if key not in self._words:
            others = [word for other, word in self._words.items() if other[:2] == key[:2]]
            self._words[key] = self._model.new_bool_var("")
            self._model.add_at_most_one([*others, self._words[key]])
        return self._words[key]

    def _distance(self, number: cp_model.IntVar, usual: int) -> cp_model.IntVar:
        distance = self._model.new_int_var(0, 10_000, "")
        self._model.add_abs_equality(distance, number - usual)
        return distance
