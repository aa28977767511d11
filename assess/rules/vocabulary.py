"""The closed vocabulary of `when`: from the keys of a table to a condition."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from assess.answers import DONT_KNOW
from assess.catalogue.action import Catalogue
from assess.datafile import unknown_names
from assess.errors import Problem, nearest
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.rules.condition import All, AnyOf, Condition, Not, OneOf, Within
from assess.rules.interval import read_interval
from assess.rules.situation import TEAM_NUMBERS, Subject

AGREEMENT: Final = ("aligned", "mixed", "split")
_ANSWERS: Final = (0, 1, 2, 3, DONT_KNOW)


@record
class Vocabulary:
    """The words that rules for one questionnaire and catalogue may use.

    `dimension` is the one that a rule for each dimension is read for.
    """

    questionnaire: Questionnaire
    catalogue: Catalogue
    dimension: str | None = None

    def read_when(
        self, table: Mapping[str, Any], where: str, problems: list[Problem], *, nested: bool = False
    ) -> Condition | None:
        """Return the condition that a `when` table holds, or None after adding its problems."""
        parts = [
            self._read_key(key, value, f"{where}.{key}", problems, nested=nested)
            for key, value in flatten(table)
        ]
        there = tuple(part for part in parts if part is not None)
        return All(there) if len(there) == len(parts) else None

    def _read_key(
        self, key: str, value: Any, where: str, problems: list[Problem], *, nested: bool
    ) -> Condition | None:
        if key in ("any", "not") and nested:
            what = f"'{key}' stands inside 'any' or 'not'."
            problems.append(Problem(what, where, "Write it one level deep, or as two rules."))
            return None
        if key == "any":
            return self._read_any(value, where, problems)
        if key == "not":
            return self._read_not(value, where, problems)
        return self._read_atom(key, value, where, problems)

    def _read_any(self, value: Any, where: str, problems: list[Problem]) -> Condition | None:
        good = isinstance(value, list) and value and all(isinstance(v, dict) and v for v in value)
        if not good:
            fix = 'Write any = [ { stage = "momentum" }, { index = "< 0.5" } ].'
            problems.append(Problem("'any' is not a list of conditions.", where, fix))
            return None
        parts = [
            self.read_when(part, f"{where}[{number}]", problems, nested=True)
            for number, part in enumerate(value, start=1)
        ]
        there = tuple(part for part in parts if part is not None)
        return AnyOf(there) if len(there) == len(parts) else None

    def _read_not(self, value: Any, where: str, problems: list[Problem]) -> Condition | None:
        if not isinstance(value, dict) or not value:
            fix = 'Write not = { stage = "momentum" }.'
            problems.append(Problem("'not' is not a table of conditions.", where, fix))
            return None
        part = self.read_when(value, where, problems, nested=True)
        return None if part is None else Not(part)

    def _read_atom(
        self, key: str, value: Any, where: str, problems: list[Problem]
    ) -> Condition | None:
        if key == "stage":
            stages = _read_words(value, STAGES, "stage", where, problems) or ()
            numbers = tuple(STAGES.index(stage) + 1 for stage in stages)
            return OneOf("stage", numbers) if numbers else None
        if key == "complete":
            wanted = _read_bool(value, where, problems)
            return None if wanted is None else OneOf("complete", (wanted,))
        if key in ("rose", "fell"):
            return self._read_moved("rose" if key == "rose" else "fell", value, where, problems)
        family, _, name = key.partition(".")
        if family == "question" and name in self.questionnaire.by_id and isinstance(value, list):
            words = _read_words(value, _ANSWERS, "answer", where, problems)
            return None if words is None else OneOf("question", words, name)
        if family == "agreement" and name in self.questionnaire.titles:
            words = _read_words(value, AGREEMENT, "word", where, problems)
            return None if words is None else OneOf("agreement", words, name)
        if family == "about" and name in self._choices:
            words = _read_words(value, self._choices[name], "choice", where, problems)
            return None if words is None else OneOf("about", words, name)
        subject = self._subject(key)
        if subject is None:
            problems.append(Problem(f"Unknown condition '{key}'.", where, self._advice(key)))
            return None
        interval = read_interval(value, where, problems)
        return None if interval is None else Within(subject, interval)

    def _subject(self, key: str) -> Subject | None:
        if self.dimension is not None and key == "share":
            return Subject("share", self.dimension)
        if self.dimension is not None and key == "index":
            return Subject("index", self.dimension)
        if key in TEAM_NUMBERS:
            return Subject("team", key)
        family, _, name = key.partition(".")
        if family == "question" and name in self.questionnaire.by_id:
            return Subject("level", name)
        if family == "carried" and name in self.catalogue.by_id:
            return Subject("carried", name)
        if family in self.questionnaire.titles and name in STAGES:
            return Subject("share", family, STAGES.index(name) + 1)
        if family in self.questionnaire.titles and name == "index":
            return Subject("index", family)
        return None

    @property
    def _choices(self) -> Mapping[str, Iterable[str]]:
        """The choices of the start profile, by its entries."""
        return {entry.id: entry.choices for entry in self.questionnaire.about}

    def _read_moved(
        self, direction: Literal["rose", "fell"], value: Any, where: str, problems: list[Problem]
    ) -> Condition | None:
        if self.dimension is not None:
            wanted = _read_bool(value, where, problems)
            moved = OneOf(direction, (self.dimension,))
            return None if wanted is None else moved if wanted else Not(moved)
        known = tuple(self.questionnaire.titles)
        dimensions = _read_words(value, known, "dimension", where, problems)
        return None if dimensions is None else OneOf(direction, dimensions)

    def _advice(self, key: str) -> str:
        family = key.partition(".")[0]
        alike = [k for k in self._keys() if "." in key and k.startswith(f"{family}.")]
        return nearest(key, alike or self._keys())

    def _keys(self) -> list[str]:
        return [
            *("stage", "complete", "rose", "fell", "any", "not", *TEAM_NUMBERS),
            *(("share",) if self.dimension else ()),
            *(f"{d}.{s}" for d in self.questionnaire.titles for s in (*STAGES, "index")),
            *(f"agreement.{d}" for d in self.questionnaire.titles),
            *(f"question.{q}" for q in self.questionnaire.by_id),
            *(f"carried.{a}" for a in self.catalogue.by_id),
            *(f"about.{a}" for a in self._choices),
        ]


def flatten(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a table; `goals.momentum = 1` and `"goals.momentum" = 1` are the same."""
    for key, value in table.items():
        if isinstance(value, dict) and key != "not":
            yield from ((f"{key}.{inner}", deep) for inner, deep in flatten(value))
        else:
            yield key, value


def _read_words(
    value: Any, known: Iterable[int | str], kind: str, where: str, problems: list[Problem]
) -> tuple[Any, ...] | None:
    """Return one word or a list of them as a tuple, or None after adding what is wrong."""
    words = value if isinstance(value, list) else [value]
    choices = tuple(known)
    wrong = [word for word in words if isinstance(word, bool) or word not in choices]
    problems.extend(unknown_names(kind, map(str, wrong), map(str, choices), where))
    if not words:
        problems.append(Problem("The list is empty.", where, f"Name at least one {kind}."))
    return tuple(words) if words and not wrong else None


def _read_bool(value: Any, where: str, problems: list[Problem]) -> bool | None:
    if not isinstance(value, bool):
        problems.append(Problem(f"{value!r} is neither true nor false.", where, "Write true."))
        return None
    return value
