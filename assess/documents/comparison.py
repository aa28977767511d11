"""The JSON document of `assess compare`.

Numbers have four decimals: scores rounded down, changes towards zero, noise and p-values
half up. Members' figures come in steps of five points, as scoring hands them out, and what
would tell of single answers is null.
"""

from typing import Any

from assess.comparison import Comparison, DimensionChange, IndexChange
from assess.figures import json_change, json_noise, json_score

Document = dict[str, Any]


def describe_comparison(comparison: Comparison) -> Document:
    """Return the document of `assess compare --json`.

    `with` stands only beside two teams, `reworded` only where the wording of a compared
    question changed.
    """
    matching = comparison.matching
    return {
        "team": comparison.team,
        **({"with": comparison.other_team} if comparison.other_team else {}),
        "from": comparison.start.isoformat(),
        "to": comparison.end.isoformat(),
        "view": comparison.view,
        "questions": {
            "compared": matching.compared,
            "left_out": [{"question": q.question, "reason": q.reason} for q in matching.left_out],
            **({"reworded": list(matching.reworded)} if matching.reworded else {}),
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
