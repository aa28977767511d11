"""Which questions of two assessments are compared, and why the others are not.

Source: docs/decisions/0004-comparison.md
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assess.questionnaire import Questionnaire
from assess.scoring import Profile

Reason = Literal["new", "retired", "not-applicable", "dont-know"]
"""Why a question is left out. The first that holds: asked only later, asked only before, does
not apply in one of the two, nobody knew in one of the two."""

REASONS: Mapping[Reason, str] = {
    "new": "asked for the first time",
    "retired": "no longer asked",
    "not-applicable": "did not apply both times",
    "dont-know": "was not known both times",
}
"""Each reason in words, to follow a question."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that is not compared."""

    question: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Matching:
    """The questions of two assessments, in the order of the later questionnaire.

    `dimensions` holds the compared questions of every dimension; `left_out` ends with the
    retired ones. `reworded` names the compared questions whose text differs between the
    versions: same meaning, other words.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]
    reworded: tuple[str, ...]

    @property
    def compared(self) -> int:
        return sum(map(len, self.dimensions.values()))


def match_questions(before: Profile, after: Profile) -> Matching:
    """Return the questions that both profiles can be compared on.

    In the members' view no question is left out for being unknown or not applicable: each
    member's share already leaves out what that member did not answer, and leaving out what
    few answered would let a subtraction show what those few said.
    """
    old, new = before.questionnaire, after.questionnaire
    reasons = {question: _reason(question, before, after) for question in new.by_id}
    reasons |= {question: "retired" for question in old.by_id if question not in new.by_id}
    return Matching(
        dimensions={
            dimension: tuple(q.id for q in questions if reasons[q.id] is None)
            for dimension, questions in new.by_dimension.items()
        },
        left_out=tuple(LeftOut(q, reason) for q, reason in reasons.items() if reason is not None),
        reworded=tuple(
            question
            for question in new.by_id
            if reasons[question] is None and _texts(new, question) != _texts(old, question)
        ),
    )


def _reason(question: str, before: Profile, after: Profile) -> Reason | None:
    if question not in before.questionnaire.by_id:
        return "new"
    told = {profile.levels[question] for profile in (before, after) if profile.view != "members"}
    if "not-applicable" in told:
        return "not-applicable"
    return "dont-know" if "dont-know" in told else None


def _texts(questionnaire: Questionnaire, question: str) -> tuple[str, tuple[str, ...]]:
    asked = questionnaire.by_id[question]
    return asked.ask, asked.levels
