"""The JSON document of `assess score`.

Scores have four decimals, rounded down. Members' figures come in steps of five points, as
scoring hands them out, and what would tell of single answers is null.
"""

from datetime import date
from typing import TypedDict

from assess.figures import json_change, json_score
from assess.scoring import DimensionScore, EvidenceCheck, Margin, Profile, Shares
from assess.scoring.assessment import Result, SideBySide


class QuestionnaireName(TypedDict):
    id: str
    version: int


class Respondents(TypedDict):
    manager: int
    members: int


class StageScores(TypedDict):
    momentum: float | None
    maturity: float | None
    mastery: float | None


class DimensionDocument(StageScores):
    status: str
    answered: int | None
    index: float | None


Notch = TypedDict("Notch", {"question": str, "from": int, "to": int})


class MarginDocument(TypedDict):
    down: int | None
    up: int | None
    odds: float | None
    unscored: list[str]
    path: list[Notch]


class AppliesDocument(TypedDict):
    questions: int
    not_applicable: int | None


class SpotDocument(TypedDict):
    of: int
    shown: int


class EvidenceDocument(TypedDict):
    strong_claims: int | None
    backed: int | None
    named: int | None
    stage: str | None
    scores: StageScores | None
    spot: SpotDocument | None


class UnknownDocument(TypedDict):
    dont_know: int | None
    stage: str | None


class GapDocument(TypedDict):
    manager: float | None
    members: float | None
    gap: float | None


class ScoreDocument(TypedDict):
    questionnaire: QuestionnaireName
    team: str
    date: str
    view: str
    respondents: Respondents
    stage: str | None
    complete: bool | None
    guard: str | None
    scores: StageScores | None
    index: float | None
    dimensions: dict[str, DimensionDocument]
    margin: MarginDocument | None
    distance: int | None
    applies: AppliesDocument
    evidence: EvidenceDocument
    unknown: UnknownDocument
    gaps: dict[str, GapDocument] | None


def describe_result(result: Result) -> ScoreDocument:
    """Return the document of `assess result --json`: the same, with both views side by side."""
    assessment, both = result.assessment, result.side_by_side
    return {
        **describe_profile(result.profile, team=assessment.team, day=assessment.date),
        "gaps": {d: _describe_gap(one) for d, one in both.items()} if both else None,
    }


def describe_profile(profile: Profile, *, team: str, day: date) -> ScoreDocument:
    """Return the document of `assess score --json`."""
    unknown = profile.unknown
    return {
        "questionnaire": {
            "id": profile.questionnaire.id,
            "version": profile.questionnaire.version,
        },
        "team": team,
        "date": day.isoformat(),
        "view": profile.view,
        "respondents": {"manager": profile.managers, "members": profile.members},
        "stage": profile.stage,
        "complete": None if profile.guard else profile.complete,
        "guard": profile.guard,
        "scores": None if profile.scores is None else _by_stage(profile.scores),
        "index": json_score(profile.index),
        "dimensions": {d: _describe_dimension(s) for d, s in profile.dimensions.items()},
        "margin": None if profile.margin is None else _describe_margin(profile.margin),
        "distance": profile.distance,
        "applies": {
            "questions": len(profile.questionnaire.questions),
            "not_applicable": profile.not_applicable,
        },
        "evidence": _describe_evidence(profile.evidence),
        "unknown": {
            "dont_know": unknown.dont_know if unknown else None,
            "stage": unknown.stage if unknown else None,
        },
        "gaps": None,
    }


def _by_stage(shares: Shares | None) -> StageScores:
    momentum, maturity, mastery = (None, None, None) if shares is None else map(json_score, shares)
    return {"momentum": momentum, "maturity": maturity, "mastery": mastery}


def _describe_evidence(evidence: EvidenceCheck | None) -> EvidenceDocument:
    if evidence is None:
        return {
            "strong_claims": None,
            "backed": None,
            "named": None,
            "stage": None,
            "scores": None,
            "spot": None,
        }
    spot = evidence.spot
    return {
        "strong_claims": evidence.strong_claims,
        "backed": evidence.backed,
        "named": len(evidence.named),
        "stage": evidence.stage,
        "scores": None if evidence.scores is None else _by_stage(evidence.scores),
        "spot": {"of": len(spot.questions), "shown": spot.shown} if spot else None,
    }


def _describe_gap(both: SideBySide) -> GapDocument:
    return {
        "manager": json_score(both.manager),
        "members": json_score(both.members),
        "gap": json_change(both.gap),
    }


def _describe_dimension(score: DimensionScore) -> DimensionDocument:
    return {
        "status": score.status,
        "answered": score.answered,
        **_by_stage(score.shares),
        "index": json_score(score.index),
    }


def _describe_margin(margin: Margin) -> MarginDocument:
    return {
        "down": margin.down,
        "up": margin.up,
        "odds": margin.odds,
        "unscored": list(margin.unscored),
        "path": [{"question": n.question, "from": n.start, "to": n.end} for n in margin.path],
    }
