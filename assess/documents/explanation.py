"""The JSON document of `assess why`."""

from typing import Any

from pydantic import StrictBool

from assess.datafile import Id, Many
from assess.documents.record import Count, Document, Ids, RungDocument, Week, Words
from assess.planning.explanation import Explanation


class FiredDocument(Document):
    """A rule that speaks of the action."""

    rule: str
    dimension: Id | None
    because: str


class NearMissDocument(Document):
    rule: str
    dimension: Id | None
    text: str


class InsteadDocument(Document):
    """What would change if the action had to be in the plan."""

    fits: StrictBool
    dropped: Ids
    value: Count


class ExplanationDocument(Document):
    action: Id
    title: str
    in_plan: StrictBool
    first_week: Week | None
    last_week: Week | None
    because: Words
    reason: Id | None
    text: str | None
    rungs: Many[RungDocument]
    fired: Many[FiredDocument]
    near_misses: Many[NearMissDocument]
    if_wanted: InsteadDocument | None


def describe_explanation(explanation: Explanation) -> dict[str, Any]:
    """Return the document of `assess why --json`."""
    priority, left_out, instead = explanation.priority, explanation.left_out, explanation.instead
    dropped = [action.id for action in instead.dropped] if instead else ()
    return ExplanationDocument.describe(
        explanation.bearing,
        action=explanation.action.id,
        title=explanation.action.title,
        in_plan=priority is not None,
        first_week=priority.first_week if priority else None,
        last_week=priority.last_week if priority else None,
        because=priority.because if priority else (),
        reason=left_out.reason if left_out else None,
        text=left_out.text if left_out else None,
        rungs=explanation.candidate.rungs if explanation.candidate else (),
        fired=explanation.bearing.findings,
        if_wanted=InsteadDocument.describe(instead, dropped=dropped) if instead else None,
    ).as_json()
