"""Dimensions, questions and levels, and what makes a questionnaire valid.

A question describes one capability at four cumulative levels, 0 to 3. Retired questions
stay in the file, so that their ids are never used again, but are not asked or scored.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field, StrictInt

from assess.datafile import (
    DataTable,
    Exact,
    Id,
    Names,
    Record,
    Text,
    entry_ids,
    read_entries,
    read_record,
    refuse_duplicates,
    refuse_unknown_keys,
)
from assess.errors import DataFileError, Problem, nearest

STAGES: Final = ("momentum", "maturity", "mastery")
"""In the order in which a team passes them; stage number s asks for level s."""

Version = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
Threshold = Annotated[Exact, Field(ge=0, le=1)]


class StageRule(Record):
    """When the work of a stage counts as finished; both are shares from 0 to 1."""

    overall: Threshold
    each: Threshold


class Dimension(Record):
    """One area of team life."""

    id: Id
    title: Text
    about: Text


class Question(Record):
    """One capability with the texts of levels 0, 1, 2 and 3."""

    id: Id
    dimension: str
    ask: Text
    levels: Annotated[tuple[Text, Text, Text, Text], Field(strict=False)]
    evidence: str = ""
    builds_on: Names = ()
    since: Version = 1
    retired: Version | None = None
    replaced_by: str | None = None


class _Head(Record):
    id: Id
    version: Version
    title: Text
    language: Text
    plan: Id
    stage_rule: StageRule


class Questionnaire(Record):
    """A set of questions in dimensions, both in file order."""

    id: str
    version: int
    title: str
    language: str
    plan: str
    stage_rule: StageRule
    dimensions: tuple[Dimension, ...]
    all_questions: tuple[Question, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked: those not retired, in file order."""
        return tuple(q for q in self.all_questions if q.retired is None)

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def by_dimension(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions of every dimension, both in file order."""
        return {
            d.id: tuple(q for q in self.questions if q.dimension == d.id) for d in self.dimensions
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of every dimension."""
        return {d.id: d.title for d in self.dimensions}

    @property
    def overall(self) -> Fraction:
        return Fraction(self.stage_rule.overall)

    @property
    def each(self) -> Fraction:
        return Fraction(self.stage_rule.each)


def read_questionnaire(table: DataTable) -> Questionnaire:
    """Return the questionnaire that a data file holds.

    Raises:
        DataFileError: With every problem of the file, each naming its entry.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, (*_Head.model_fields, "dimension", "question"), "", problems)
    head_table = {key: value for key, value in table.items() if key in _Head.model_fields}
    head = read_record(_Head, head_table, "", problems)
    dimensions = read_entries(Dimension, table, "dimension", problems)
    questions = read_entries(Question, table, "question", problems)
    _check_references(table, dimensions, questions, problems)
    if head is not None:
        problems.extend(_version_problems(head.version, questions))
    if problems or head is None:
        raise DataFileError(*problems)
    return Questionnaire.model_construct(
        **dict(head), dimensions=dimensions, all_questions=questions
    )


def _check_references(
    table: DataTable,
    dimensions: tuple[Dimension, ...],
    questions: tuple[Question, ...],
    problems: list[Problem],
) -> None:
    refuse_duplicates(table, "dimension", problems)
    refuse_duplicates(table, "question", problems)
    # An entry that is broken elsewhere still exists: whoever names it made no mistake.
    known_dimensions = set(entry_ids(table, "dimension"))
    known_questions = set(entry_ids(table, "question"))
    for q in questions:
        if q.dimension not in known_dimensions:
            problems.append(_unknown("dimension", q.dimension, q, "dimension", known_dimensions))
        for other in q.builds_on:
            if other == q.id:
                problems.append(
                    Problem(
                        "The question builds on itself.",
                        f"question[id={q.id}].builds_on",
                        "Name other questions, or leave it empty.",
                    )
                )
            elif other not in known_questions:
                problems.append(
                    _unknown("question", other, q, "builds_on", known_questions - {q.id})
                )
        if q.replaced_by is not None and q.replaced_by not in known_questions - {q.id}:
            problems.append(
                _unknown("question", q.replaced_by, q, "replaced_by", known_questions - {q.id})
            )
    asked = {q.dimension for q in questions if q.retired is None}
    problems.extend(
        Problem(
            f"The dimension '{d.id}' has no question.",
            f"dimension[id={d.id}]",
            "Add a question to it, or remove the dimension.",
        )
        for d in dimensions
        if d.id not in asked and len(questions) == len(table.get("question", ()))
    )


def _version_problems(version: int, questions: tuple[Question, ...]) -> list[Problem]:
    return [
        Problem(
            f"The version {value} of '{key}' lies after the questionnaire's own, {version}.",
            f"question[id={q.id}].{key}",
            "Raise the questionnaire's version, or correct this one.",
        )
        for q in questions
        for key, value in (("since", q.since), ("retired", q.retired))
        if value is not None and value > version
    ]


def _unknown(kind: str, value: str, question: Question, key: str, known: set[str]) -> Problem:
    return Problem(
        f"Unknown {kind} '{value}'.", f"question[id={question.id}].{key}", nearest(value, known)
    )
