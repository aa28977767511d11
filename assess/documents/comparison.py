"""The JSON document of `assess compare`.

Numbers have four decimals: scores rounded down, changes towards zero, noise and p-values
half up. Members' figures come in steps of five points, as scoring hands them out, and what
would tell of single answers is null.
"""

from typing import NotRequired, TypedDict

from assess.comparison import Comparison, DimensionChange, IndexChange
from assess.figures import json_change, json_noise, json_score

Stages = TypedDict("Stages", {"from": str | None, "to": str | None})
ChangeDocument = TypedDict(
    "ChangeDocument", {"from": float | None, "to": float | None, "change": float | None}
)
MoveDocument = TypedDict("MoveDocument", {"question": str, "from": int, "to": int})


class LeftOutDocument(TypedDict):
    question: str
    reason: str


class QuestionsDocument(TypedDict):
    compared: int
    left_out: list[LeftOutDocument]
    reworded: NotRequired[list[str]]


class IndexDocument(ChangeDocument):
    mdc: float | None
    word: str | None


class DimensionChangeDocument(ChangeDocument):
    mdc: float | None
    focus: bool
    p: float | None
    p_adjusted: float | None
    word: str


class ActionDocument(TypedDict):
    action: str
    done: bool
    lifts: dict[str, int]


ComparisonDocument = TypedDict(
    "ComparisonDocument",
    {
        "team": str,
        "with": NotRequired[str],
        "from": str,
        "to": str,
        "view": str,
        "questions": QuestionsDocument,
        "stage": Stages,
        "scores": dict[str, ChangeDocument],
        "index": IndexDocument,
        "dimensions": dict[str, DimensionChangeDocument],
        "moves": list[MoveDocument],
        "actions": list[ActionDocument],
    },
)


def describe_comparison(comparison: Comparison) -> ComparisonDocument:
    """Return the document of `assess compare --json`.

    `with` stands only beside two teams, `reworded` only where the wording of a compared
    question changed.
    """
    matching = comparison.matching
    document: ComparisonDocument = {
        "team": comparison.team,
        "with": comparison.other_team or "",
        "from": comparison.start.isoformat(),
        "to": comparison.end.isoformat(),
        "view": comparison.view,
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
    if not comparison.other_team:
        del document["with"]
    if not matching.reworded:
        del document["questions"]["reworded"]
    return document


def _describe_index(index: IndexChange | None) -> IndexDocument:
    if index is None:
        return {"from": None, "to": None, "change": None, "mdc": None, "word": None}
    return {
        "from": json_score(index.before),
        "to": json_score(index.after),
        "change": json_change(index.change),
        "mdc": json_noise(index.mdc),
        "word": index.word,
    }


def _describe_change(change: DimensionChange) -> DimensionChangeDocument:
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
