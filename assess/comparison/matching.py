"""Which questions of two assessments are compared, and why the others are not.

Source: docs/decisions/0004-comparison.md
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from assess.questionnaire import Questionnaire
from assess.record import record
from assess.scoring.profile import Profile

NotComparedReason = Literal[
    "new", "retired", "not-asked", "not-applicable", "dont-know", "confidential"
]
"""Why a question is left out, the first that holds. The last is for the members' view alone."""

When = Literal["then", "now", "both"]


@record
class NotCompared:
    """A question that is not compared.

    `when` says in which of the two assessments it has no level, where that is the reason.
    """

    question: str
    reason: NotComparedReason
    when: When | None = None


@record
class Matching:
    """The questions of two assessments, in the order of the later questionnaire.

    `dimensions` holds the compared questions of every dimension; `left_out` ends with those
    that are no longer asked. `reworded` names the compared questions whose text differs between the
    versions: same meaning, other words.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    left_out: tuple[NotCompared, ...]
    reworded: tuple[str, ...]

    @property
    def compared(self) -> int:
        return sum(map(len, self.dimensions.values()))


def match_questions(before: Profile, after: Profile) -> Matching:
    """Return the questions that both profiles can be compared on.

    In the members' view a dimension is compared whole or not at all. Each member's share
    leaves out what that member did not answer; figures on some of the questions would be a
    second release of the same answers, and could be subtracted from the first.
    """
    old, new = before.questionnaire, after.questionnaire
    reasons = {question: _reason(question, before, after) for question in new.by_id}
    gone = (question for question in old.by_id if question not in new.by_id)
    reasons |= {q: "not-asked" if q in new.left_out else "retired" for q in gone}
    if "members" in (before.view, after.view):
        reasons |= dict.fromkeys(_beside_changes(old, new, reasons), "confidential")
    return Matching(
        dimensions={
            dimension: tuple(q.id for q in questions if reasons[q.id] is None)
            for dimension, questions in new.by_dimension.items()
        },
        left_out=tuple(
            NotCompared(question, reason, _when(question, reason, before, after))
            for question, reason in reasons.items()
            if reason is not None
        ),
        reworded=tuple(
            question
            for question in new.by_id
            if reasons[question] is None and _texts(new, question) != _texts(old, question)
        ),
    )


def _reason(question: str, before: Profile, after: Profile) -> NotComparedReason | None:
    old = before.questionnaire
    if question not in old.by_id:
        return "not-asked" if question in old.left_out else "new"
    told = {profile.levels[question] for profile in (before, after) if profile.view != "members"}
    if "not-applicable" in told:
        return "not-applicable"
    return "dont-know" if "dont-know" in told else None


def _when(question: str, reason: NotComparedReason, before: Profile, after: Profile) -> When | None:
    if reason not in ("not-applicable", "dont-know"):
        return None
    was, is_now = (
        profile.view != "members" and profile.levels[question] == reason
        for profile in (before, after)
    )
    if was and is_now:
        return "both"
    return "then" if was else "now"


def _beside_changes(
    old: Questionnaire, new: Questionnaire, reasons: Mapping[str, NotComparedReason | None]
) -> Iterator[str]:
    """Yield the questions that could be compared, in dimensions where others could not."""
    for dimension, questions in new.by_dimension.items():
        ids = {q.id for q in questions}
        before = {q.id for q in old.by_dimension.get(dimension, ())}
        if ids != before or any(reasons[q] for q in ids):
            yield from (q.id for q in questions if reasons[q.id] is None)


def _texts(questionnaire: Questionnaire, question: str) -> tuple[str, tuple[str, ...]]:
    asked = questionnaire.by_id[question]
    return asked.ask, asked.levels
