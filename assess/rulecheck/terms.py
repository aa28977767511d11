"""What a condition means of unknown answers and circumstances.

Every condition becomes something true or false of the same unknowns, exactly. Only margins and
distances, outcomes of optimisations of their own, are loose: whether one exists is exact, how
large it is is free. So what is impossible here is impossible; what is possible has to be tried.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil
from typing import Any, Final

from ortools.sat.python import cp_model

from assess.questionnaire import STAGES
from assess.rulecheck.sheet import ANSWERS, Sheet, Sum, Truth, Unknowns
from assess.rules.condition import All, AnyOf, Atom, Condition, Not, OneOf, Within, atoms
from assess.rules.interval import Interval
from assess.rules.model import Limits
from assess.rules.situation import Subject

_LOOSE: Final = ("margin.down", "margin.up", "distance")
_MANY: Final = 1_000_000
_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "hours_per_week": (0, 10_000),
    "team_size": (1, 500),
    "members": (0, _MANY),
    "carried": (0, _MANY),
}
"""From where to where a number beside the answers goes; any other may be *not told*, -1."""


def is_loose(condition: Condition) -> bool:
    """Tell whether a condition asks for what the model leaves free."""
    return any(isinstance(a, Within) and a.subject.key in _LOOSE for a in atoms(condition))


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
        said = {key: w for key, words in self._words.items() for w, x in words.items() if value(x)}
        by_kind = {
            kind: {of: word for (there, of), word in said.items() if there == kind}
            for kind in ("agreement", "about", "moved")
        }
        moved = by_kind.pop("moved")
        return {
            **{s.key.replace(".", "_"): n for s, n in told.items() if s.kind == "team"},
            "carried": {s.of: n for s, n in told.items() if s.kind == "carried" and n},
            **by_kind,
            **{way: frozenset(d for d in moved if moved[d] == way) for way in ("rose", "fell")},
        }


class Terms:
    """Conditions of one sheet and what is around it; each is put into the model once."""

    def __init__(self, model: Unknowns, sheet: Sheet, around: Around) -> None:
        self._model = model
        self._sheet = sheet
        self._around = around
        self._known: dict[Condition, Truth] = {}
        self._margins: dict[str, tuple[Truth, cp_model.IntVar]] = {}

    def holds(self, condition: Condition) -> Truth:
        """Return what is true exactly when a condition holds."""
        if condition not in self._known:
            self._known[condition] = self._say(condition)
        return self._known[condition]

    def _say(self, condition: Condition) -> Truth:
        match condition:
            case All(parts):
                return self._model.all_of([self.holds(part) for part in parts])
            case AnyOf(parts):
                return self._model.any_of([self.holds(part) for part in parts])
            case Not(part):
                return ~self.holds(part)
            case _:
                return self._say_atom(condition)

    def _say_atom(self, atom: Atom) -> Truth:
        model, word = self._model, self._around.word
        match atom:
            case OneOf("stage", stages):
                return model.is_one(sum(self._sheet.is_in(int(stage)) for stage in stages))
            case OneOf("complete", (wanted,)):
                done = self._sheet.finished[-1]
                return done if wanted else ~done
            case OneOf("question", answers, question):
                known = [answer for answer in ANSWERS if answer in answers]
                return model.is_one(self._sheet.is_at(question, known))
            case OneOf("rose" | "fell" as direction, dimensions):
                return model.any_of(word("moved", str(d), direction) for d in dimensions)
            case OneOf(kind, words, of):
                return model.any_of(word(kind, of, w) for w in sorted(map(str, words)))
            case Within(subject, interval):
                return self._say_within(subject, interval)

    def _say_within(self, subject: Subject, interval: Interval) -> Truth:
        """Return whether a number exists and lies in an interval."""
        sheet, around, model = self._sheet, self._around, self._model
        match subject:
            case Subject("level", question):
                levels = [level for level in range(4) if level in interval]
                return model.is_one(sheet.is_at(question, levels))
            case Subject("index", dimension):
                return sheet.is_filled(dimension, lambda f: _is_within(f.index, interval))
            case Subject("share", dimension, None):
                ways = (
                    All((OneOf("stage", (n,)), Within(Subject("share", dimension, n), interval)))
                    for n in range(1, len(STAGES) + 1)
                )
                return self.holds(AnyOf(tuple(ways)))
            case Subject("share", dimension, int(stage)):
                return sheet.is_filled(dimension, lambda f: _is_within(f.share(stage), interval))
            case Subject("team", "index"):
                return self._lies(interval, lambda n: sheet.mean_above(lambda f: f.index, n))
            case Subject("team", "evidence"):
                backed, strong = sum(sheet.backed.values()), sheet.count(2, 3)
                exists = model.at_least(strong, 1)
                return self._lies(interval, lambda n: 100 * backed - n * strong, exists)
            case Subject("team", "hours_per_head"):
                return self._lies(interval, lambda n: 100 * around.hours - n * around.size)
            case Subject("team", word) if word in STAGES:
                stage = STAGES.index(word) + 1
                return self._lies(interval, lambda n: sheet.mean_above(lambda f: f.share(stage), n))
            case Subject("team", margin) if margin in _LOOSE:
                exists, number = self._margin(margin)
                return self._lies(interval, lambda n: 100 * number - n, exists)
            case _:
                number = around.number(subject)
                return self._lies(interval, lambda n: 100 * number - n, model.at_least(number, 0))

    def _lies(self, interval: Interval, above: Callable[[int], Sum], *exists: Truth) -> Truth:
        """Return whether a number lies in an interval, and whatever it takes to exist.

        Args:
            interval: The interval.
            above: What is above 0 where the number is above a bound in hundredths.
            exists: What has to be so besides.
        """
        ends = [*exists]
        if interval.low is not None:
            ends.append(self._model.at_least(above(interval.low), int(not interval.holds_low)))
        if interval.high is not None:
            ends.append(self._model.at_least(-above(interval.high), int(not interval.holds_high)))
        return self._model.all_of(ends)

    def _margin(self, key: str) -> tuple[Truth, cp_model.IntVar]:
        """Return whether a margin or distance exists, and some number of notches or questions."""
        if key not in self._margins:
            sheet, finished = self._sheet, self._sheet.finished
            unbarred = self._model.at_least(-sheet.over_dimensions(lambda f: f.bars), 0)
            exists = {"margin.down": [finished[0]], "margin.up": [~finished[-1], unbarred]}
            most = len(STAGES) * len(sheet.questionnaire.by_id)
            number = self._model.new_int_var(int(key != "distance"), most, "")
            self._margins[key] = self._model.all_of(exists.get(key, ())), number
        return self._margins[key]


def _is_within(value: Fraction | None, interval: Interval) -> bool:
    return value is not None and value in interval
