"""The JSON documents of `assess score` and `assess compare`.

Numbers have four decimals: scores rounded down, changes towards zero, noise and p-values
half up. Members' figures come in steps of five points, as scoring hands them out, and what
would tell of single answers is null.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.comparison import Comparison, DimensionChange, IndexChange
from assess.figures import json_change, json_noise, json_score
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
        "complete": profile.complete,
        "scores": None if profile.scores is None else _by_stage(profile.scores),
        "index": json_score(profile.index),
        "dimensions": {d: _describe_dimension(s) for d, s in profile.dimensions.items()},
        "margin": None if profile.margin is None else _describe_margin(profile.margin),
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


def describe_comparison(comparison: Comparison) -> Document:
    """Return the document of `assess compare --json`.

    `with` stands only beside two teams, `view_from` only where the views differ.
    """
    matching = comparison.matching
    mixed = comparison.view_before != comparison.view
    return {
        "team": comparison.team,
        **({"with": comparison.other_team} if comparison.other_team else {}),
        "from": comparison.start.isoformat(),
        "to": comparison.end.isoformat(),
        "view": comparison.view,
        **({"view_from": comparison.view_before} if mixed else {}),
        "questions": {
            "compared": matching.compared,
            "left_out": [{"question": q.question, "reason": q.reason} for q in matching.left_out],
            "reworded": list(matching.reworded),
        },
        "stage": {"from": comparison.before.stage, "to": comparison.after.stage},
        "scores": {
            stage: {
                "from": json_score(score.before),
                "to": json_score(score.after),
                "change": json_change(score.change),
            }
            for stage, score in comparison.scores.items()
        },
        "index": _describe_index(comparison.index),
        "dimensions": {d: _describe_change(c) for d, c in comparison.dimensions.items()},
        "moves": [
            {"question": m.question, "from": m.before, "to": m.after} for m in comparison.moves
        ],
        "actions": [
            {"action": a.action, "done": a.done, "lifts": dict(a.lifts)} for a in comparison.actions
        ],
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


def _describe_index(index: IndexChange | None) -> Document:
    if index is None:
        return dict.fromkeys(("from", "to", "change", "mdc", "word"))
    return {
        "from": json_score(index.before),
        "to": json_score(index.after),
        "change": json_change(index.change),
        "mdc": json_noise(index.mdc),
        "word": index.word,
    }


def _describe_change(change: DimensionChange) -> Document:
    return {
        "from": json_score(change.before),
        "to": json_score(change.after),
        "change": json_change(change.change),
        "mdc": json_noise(change.mdc),
        "focus": change.focus,
        "p": json_noise(change.p),
        "p_adjusted": json_noise(change.p_adjusted),
        "word": change.word,
    }
