"""What can go wrong for a person, and how it is told.

AssessError                what went wrong, where, how to fix it       exit 1
├── DataFileError          a questionnaire, rule or plan file is unusable
├── AnswersError           answers are missing, unknown or out of range
├── MismatchError          assessments that have nothing to compare
├── StoreError             the record of past assessments cannot be read or written
└── NotInteractiveError    a person must answer, but there is no terminal
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what is wrong, in which file and entry, and what to do now."""

    what: str
    where: str
    fix: str

    def __str__(self) -> str:
        return f"error: {self.what}\n  where: {self.where}\n  fix:   {self.fix}"


class AssessError(Exception):
    """Something that the person at the keyboard can mend; holds one or more problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return advice for a misspelt word: the nearest known one, and what else there is."""
    from difflib import get_close_matches  # Only a mistake pays for this import.

    choices = sorted(set(known))
    close = get_close_matches(word, choices, n=1)
    hint = f"Did you mean '{close[0]}'? " if close else ""
    if not choices:
        return hint + "There is none to choose from."
    listed = ", ".join(choices[:12]) + (
        f" and {len(choices) - 12} more" if len(choices) > 12 else ""
    )
    return f"{hint}Use one of: {listed}."
