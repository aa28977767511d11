"""The JSON document of `assess score`.

Scores have four decimals, rounded down. Members' figures come in steps of five points, as
scoring hands them out, and what would tell of single answers is null.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.figures import json_score
from assess.questionnaire import STAGES
from assess.scoring import DimensionScore, Margin, Profile, Shares

Document = dict[str, Any]


def describe_profile(profile: Profile, *, team: str, day: date) -> Document:
    """Return the document of `assess score --json`."""
    evidence, unknown = profile.evidence, profile.unknown
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
            "questions": len(profile.levels),
            "not_applicable": profile.not_applicable,
        },
        "evidence": {
            "strong_claims": evidence.strong_claims if evidence else None,
            "backed": evidence.backed if evidence else None,
            "stage": evidence.stage if evidence else None,
        },
        "unknown": {
            "dont_know": unknown.dont_know if unknown else None,
            "stage": unknown.stage if unknown else None,
        },
    }


def _by_stage(shares: Shares | None) -> Mapping[str, float | None]:
    return {
        stage: None if shares is None else json_score(shares[place])
        for place, stage in enumerate(STAGES)
    }


def _describe_dimension(score: DimensionScore) -> Document:
    return {
        "status": score.status,
        "answered": score.answered,
        **_by_stage(score.shares),
        "index": json_score(score.index),
    }


def _describe_margin(margin: Margin) -> Document:
    return {
        "down": margin.down,
        "up": margin.up,
        "unscored": list(margin.unscored),
        "path": [{"question": n.question, "from": n.start, "to": n.end} for n in margin.path],
    }
