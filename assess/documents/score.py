"""The JSON document of `assess score`.

Members' figures come in steps of five points, as scoring hands them out, and what would tell of
single answers is null.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from assess.answers import Assessment
from assess.documents.encoding import as_json
from assess.questionnaire import STAGES
from assess.scoring.assessment import Result, SideBySide
from assess.scoring.margin import Margin
from assess.scoring.profile import Profile
from assess.scoring.records import DimensionScore, EvidenceCheck

NO_SHARES: Final = dict.fromkeys(STAGES)
_NO_EVIDENCE: Final = dict.fromkeys(("strong_claims", "backed", "named", "stage", "scores", "spot"))


def describe_result(result: Result) -> dict[str, Any]:
    """Return the document of `assess result --json`: the same, with both views side by side."""
    assessment, both = result.assessment, result.side_by_side
    return describe_profile(result.profile, team=assessment.team, day=assessment.date, both=both)


def describe_report_file(file: str, result: Result) -> dict[str, Any]:
    return {"file": file, "score": describe_result(result)}


def describe_closed(result: Result | None, assessment: Assessment) -> dict[str, Any]:
    """Return what may be shown of an assessment that was closed, and why no more."""
    return {
        "score": None if result is None else describe_result(result),
        "members": len(assessment.members),
        "minimum": assessment.minimum,
        "members_shown": result is not None and result.members is not None,
    }


def describe_profile(
    profile: Profile, *, team: str, day: date, both: Mapping[str, SideBySide] | None = None
) -> dict[str, Any]:
    """Return the document of `assess score --json`."""
    asked = len(profile.questionnaire.questions)
    return {
        "questionnaire": as_json(profile.questionnaire, "id version"),
        "team": str(team),
        "date": as_json(day),
        "view": profile.view,
        "respondents": as_json(profile, "manager=managers members"),
        "stage": profile.stage,
        "complete": None if profile.guard else profile.complete,
        "guard": profile.guard,
        "scores": tell_stages(profile.scores),
        "index": as_json(profile.index),
        "dimensions": {d: _describe_dimension(s) for d, s in profile.dimensions.items()},
        "margin": tell_margin(profile.margin),
        "distance": profile.distance,
        "applies": {"questions": asked, "not_applicable": profile.not_applicable},
        "evidence": _describe_evidence(profile.evidence) if profile.evidence else _NO_EVIDENCE,
        "unknown": as_json(profile.unknown) or {"dont_know": None, "stage": None},
        "gaps": as_json(both or None, "manager members gap"),
    }


def tell_margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {
        **as_json(margin, "down up odds unscored"),
        "path": as_json(margin.path, "question from=start to=end"),
    }


def tell_stages(shares: Sequence[Fraction] | None) -> dict[str, float | None] | None:
    return None if shares is None else dict(zip(STAGES, as_json(shares), strict=True))


def _describe_dimension(score: DimensionScore) -> dict[str, Any]:
    shares = tell_stages(score.shares) or NO_SHARES
    return {**as_json(score, "status answered"), **shares, "index": as_json(score.index)}


def _describe_evidence(evidence: EvidenceCheck) -> dict[str, Any]:
    spot = evidence.spot
    return {
        **as_json(evidence, "strong_claims backed"),
        "named": len(evidence.named),
        "stage": evidence.stage,
        "scores": tell_stages(evidence.scores),
        "spot": spot and {"of": len(spot.questions), "shown": spot.shown},
    }
