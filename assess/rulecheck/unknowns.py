"""What a solver does not know of a team beside its answers, and words to ask it with."""

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from typing import Any, Final

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import Literal

from assess.rules.model import Limits
from assess.rules.situation import Subject

Sum = cp_model.LinearExpr | int
Truth = Literal

_MANY: Final = 1_000_000
_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "hours_per_week": (0, 10_000),
    "team_size": (1, 500),
    "members": (0, _MANY),
    "carried": (0, _MANY),
}
"""From where to where a number beside the answers goes; any other may be *not told*, -1."""


class Unknowns(cp_model.CpModel):
    """A model with words for what is asked again and again."""

    def all_of(self, literals: Iterable[Truth]) -> Truth:
        """Return what is true exactly when all of these are."""
        parts, whole = list(literals), self.new_bool_var("")
        self.add_bool_and(parts).only_enforce_if(whole)
        self.add_bool_or([whole, *(~part for part in parts)])
        return whole

    def any_of(self, literals: Iterable[Truth]) -> Truth:
        return ~self.all_of(~literal for literal in literals)

    def at_least(self, total: Sum, bound: int) -> Truth:
        """Return what is true exactly when a whole sum reaches a bound."""
        reached = self.new_bool_var("")
        self.add(total >= bound).only_enforce_if(reached)
        self.add(total <= bound - 1).only_enforce_if(~reached)
        return reached

    def is_one(self, total: Sum) -> Truth:
        """Return a sum that is 0 or 1 as something to reason with."""
        one = self.new_bool_var("")
        self.add(one == total)
        return one


class Around:
    """The unknown circumstances of a team; those that nobody asks about are left as usual.

    Each is free of the answers and of the others, but that a dimension cannot rise and fall
    at once.
    """

    def __init__(self, model: Unknowns, limits: Limits) -> None:
        self._model = model
        self._usual: Mapping[Subject, int] = {
            Subject("team", "hours_per_week"): ceil(limits.default_hours()),
            Subject("team", "team_size"): limits.default_team_size,
        }
        self._numbers: dict[Subject, cp_model.IntVar] = {}
        self._odd: list[cp_model.IntVar] = []
        self._words: dict[tuple[str, str], dict[str, cp_model.IntVar]] = {}
        self.hours, self.size = map(self.number, self._usual)

    @property
    def oddity(self) -> Sum:
        """How far all of it is from what is usual."""
        return sum(self._odd) + sum(x for words in self._words.values() for x in words.values())

    def number(self, subject: Subject) -> cp_model.IntVar:
        """Return a number beside the answers, below 0 where nobody told it."""
        if subject not in self._numbers:
            kind = "carried" if subject.kind == "carried" else subject.key
            least, most = _RANGES.get(kind, (-1, _MANY))
            self._numbers[subject] = number = self._model.new_int_var(least, most, "")
            self._odd.append(self._model.new_int_var(0, most + 1, ""))
            distance = number - self._usual.get(subject, least)
            self._model.add_abs_equality(self._odd[-1], distance)
        return self._numbers[subject]

    def word(self, kind: str, of: str, word: str) -> cp_model.IntVar:
        """Return whether this is the word on something; at most one word is."""
        words = self._words.setdefault((kind, of), {})
        if word not in words:
            words[word] = self._model.new_bool_var("")
            self._model.add_at_most_one(words.values())
        return words[word]

    def read(self, value: Callable[[Sum], int]) -> dict[str, Any]:
        """Return the circumstances that a solver has found, by their names in a situation."""
        told = {s: value(n) for s, n in self._numbers.items() if value(n) >= 0}
        said: dict[str, dict[str, str]] = {"agreement": {}, "about": {}, "moved": {}}
        for (kind, of), words in self._words.items():
            said[kind].update((of, word) for word, there in words.items() if value(there))
        moved = said.pop("moved")
        return {
            **{s.key.replace(".", "_"): n for s, n in told.items() if s.kind == "team"},
            "carried": {s.of: n for s, n in told.items() if s.kind == "carried" and n},
            **said,
            **{way: frozenset(d for d in moved if moved[d] == way) for way in ("rose", "fell")},
        }
