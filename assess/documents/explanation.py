"""The JSON document of `assess why`."""

from typing import TypedDict

from assess.planning.explanation import Explanation


class ExplainedRungDocument(TypedDict):
    question: str
    level: int
    weight: int


class FiredDocument(TypedDict):
    rule: str
    dimension: str | None
    because: str


class NearMissDocument(TypedDict):
    rule: str
    dimension: str | None
    text: str


class InsteadDocument(TypedDict):
    fits: bool
    dropped: list[str]
    value: int


class ExplanationDocument(TypedDict):
    action: str
    title: str
    in_plan: bool
    first_week: int | None
    last_week: int | None
    because: list[str]
    reason: str | None
    text: str | None
    rungs: list[ExplainedRungDocument]
    fired: list[FiredDocument]
    near_misses: list[NearMissDocument]
    if_wanted: InsteadDocument | None


def describe_explanation(explanation: Explanation) -> ExplanationDocument:
    """Return the document of `assess why --json`."""
    priority, left_out, instead = explanation.priority, explanation.left_out, explanation.instead
    candidate = explanation.candidate
    return {
        "action": explanation.action.id,
        "title": explanation.action.title,
        "in_plan": priority is not None,
        "first_week": priority.first_week if priority else None,
        "last_week": priority.last_week if priority else None,
        "because": list(priority.because) if priority else [],
        "reason": left_out.reason if left_out else None,
        "text": left_out.text if left_out else None,
        "rungs": [
            {"question": r.question, "level": r.level, "weight": r.weight}
            for r in (candidate.rungs if candidate else ())
        ],
        "fired": [
            {"rule": finding.rule, "dimension": finding.dimension, "because": finding.because}
            for finding in explanation.bearing.findings
        ],
        "near_misses": [
            {"rule": miss.rule, "dimension": miss.dimension, "text": miss.text}
            for miss in explanation.bearing.near_misses
        ],
        "if_wanted": None
        if instead is None
        else {
            "fits": instead.fits,
            "dropped": [action.id for action in instead.dropped],
            "value": instead.value,
        },
    }
