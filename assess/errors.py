"""What can go wrong for a person, and how it is told.

AssessError                what went wrong, where, how to fix it       exit 1
├── DataFileError          a questionnaire, rule or plan file is unusable
├── AnswersError           answers are missing, unknown or out of range
├── MismatchError          assessments that have nothing to compare
├── StoreError             the record of past assessments cannot be read or written
└── NotInteractiveError    a person must answer, but there is no terminal
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from typing import Any, Final, Self, overload

from assess.record import record

MOST_TOLD: Final = 50
"""Of what is wrong at once: whoever reads so many mends them first."""

_MOST_LETTERS: Final = 1_000


@record
class Problem:
    """One thing to mend: what is wrong, in which file and entry, and what to do now."""

    what: str
    where: str
    fix: str

    def __str__(self) -> str:
        what, where, fix = (shorten(text) for text in (self.what, self.where, self.fix))
        return f"error: {what}\n  where: {where}\n  fix:   {fix}"


class AssessError(Exception):
    """Something that the person at the keyboard can mend: one or more problems.

    It is made of them, or of the three texts of a single one.
    """

    @overload
    def __init__(self, *problems: Problem) -> None: ...

    @overload
    def __init__(self, what: str, where: str, fix: str, /) -> None: ...

    def __init__(self, *told: Any) -> None:
        self.problems: tuple[Problem, ...] = (
            (Problem(*told),) if told and isinstance(told[0], str) else told
        )
        super().__init__(*self.problems)

    def __str__(self) -> str:
        told = [str(problem) for problem in self.problems[:MOST_TOLD]]
        if more := and_more(len(self.problems)):
            told.append(more)
        return "\n".join(told)

    @property
    def what(self) -> str:
        return self.problems[0].what

    @property
    def where(self) -> str:
        return self.problems[0].where

    @property
    def fix(self) -> str:
        return self.problems[0].fix

    def located(self, source: str) -> Self:
        """Return the same error with the file that was read in front of every place."""
        return type(self)(
            *(
                replace(p, where=f"{source}, {p.where}" if p.where else source)
                for p in self.problems
            )
        )


class DataFileError(AssessError):
    """A questionnaire, catalogue, rules or template file is unusable."""


class AnswersError(AssessError):
    """Answers are missing, unknown or out of range."""


class MismatchError(AssessError):
    """Two assessments have nothing in common that could be compared."""


class StoreError(AssessError):
    """The record of past assessments cannot be read or written."""


class NotInteractiveError(AssessError):
    """A person must answer, but there is no terminal."""


def first_told(texts: Iterable[str]) -> list[str]:
    """Return the first of a list of messages, and as the last line how many more there are."""
    all_texts = list(texts)
    more = and_more(len(all_texts))
    return [*map(shorten, all_texts[:MOST_TOLD]), *([more] if more else [])]


def and_more(length: int) -> str:
    """Return how many of a list are not told, for the line after it; nothing where all are."""
    return f"… and {length - MOST_TOLD:,} more." if length > MOST_TOLD else ""


def shorten(text: str, most: int = _MOST_LETTERS) -> str:
    """Return a text for a message, its middle left out where it is far too long."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]} … ({len(text) - 2 * half:,} more characters) … {text[-half:]}"


def missing_extra(what: str, extra: str) -> str:
    """Say that something needs an extra of the package."""
    return f"{what} needs the extra team-assess[{extra}], which is not installed."


def nearest(word: str, known: Iterable[str], *, most: int = 12) -> str:
    """Return advice for a misspelt word: the nearest known one, and `most` of what there is."""
    choices = sorted(set(known))
    close = _closest(word, choices)
    hint = f"Did you mean '{close}'? " if close else ""
    if not choices:
        return hint + "There is none to choose from."
    listed = ", ".join(choices[:most]) + (
        f" and {len(choices) - most} more" if len(choices) > most else ""
    )
    return f"{hint}Use one of: {listed}."


def _closest(word: str, choices: list[str]) -> str | None:
    from difflib import get_close_matches  # Only a mistake pays for this import.

    # A file of mistakes asks this for each of them, and comparing takes the product of both
    # lengths: so only the few that share most pairs of letters are looked at closely.
    pairs = _pairs(word[:100])
    likely = nlargest(4, choices, key=lambda choice: len(pairs & _pairs(choice)))
    return next(iter(get_close_matches(word[:100], likely, n=1)), None)


@lru_cache(maxsize=4096)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))
