"""The JSON document of `assess compare`.

Numbers have four decimals: scores rounded down, changes towards zero, noise and p-values
half up. Members' figures come in steps of five points, as scoring hands them out, and what
would tell of single answers is null.
"""

from typing import NotRequired, TypedDict

from assess.comparison import (
    ComparedFigure,
    Comparison,
    DimensionChange,
    FollowedLevel,
    FollowedPromise,
    IndexChange,
    PutAside,
)
from assess.figures import json_amount, json_change, json_noise, json_score

DistanceChange = TypedDict("DistanceChange", {"from": int | None, "to": int | None})
Stages = TypedDict("Stages", {"from": str | None, "to": str | None, "distance": DistanceChange})
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
    rest: float | None
    mdc: float | None
    p: float | None
    p_adjusted: float | None
    word: str


class PutAsideDocument(TypedDict):
    on: str
    cause: str


FollowedDocument = TypedDict(
    "FollowedDocument",
    {
        "question": str,
        "from": int | str,
        "to": int,
        "now": int | str | None,
        "state": str,
        "shown": bool | None,
        "put_aside": PutAsideDocument | None,
    },
)


class PlannedDocument(TypedDict):
    promised: list[FollowedDocument]
    added: list[FollowedDocument]
    reached: int
    shown: int
    rose: int
    p: float | None
    word: str | None


class StepsDocument(TypedDict):
    done: int
    of: int


class ActionDocument(TypedDict):
    action: str
    done: bool
    steps: StepsDocument
    lifts: dict[str, int]


ComparedFigureDocument = TypedDict(
    "ComparedFigureDocument",
    {
        "goal": str | None,
        "action": str | None,
        "figure": str,
        "name": str,
        "unit": str,
        "from": int | float | None,
        "to": int | float | None,
        "target": int | float | None,
        "progress": float | None,
        "helped_by": str | None,
    },
)


ComparisonDocument = TypedDict(
    "ComparisonDocument",
    {
        "team": str,
        "with": NotRequired[str],
        "from": str,
        "to": str,
        "view": str,
        "questions": QuestionsDocument,
        "planned": PlannedDocument | None,
        "stage": Stages,
        "scores": dict[str, ChangeDocument],
        "index": IndexDocument,
        "dimensions": dict[str, DimensionChangeDocument],
        "moves": list[MoveDocument],
        "figures": list[ComparedFigureDocument],
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
        "planned": _describe_planned(comparison.planned) if comparison.planned else None,
        "stage": {
            "from": comparison.before.stage,
            "to": comparison.after.stage,
            "distance": {"from": comparison.before.distance, "to": comparison.after.distance},
        },
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
        "figures": [_describe_compared(figure) for figure in comparison.figures],
        "actions": [
            {
                "action": a.action,
                "done": a.done,
                "steps": {"done": a.steps[0], "of": a.steps[1]},
                "lifts": dict(a.lifts),
            }
            for a in comparison.actions
        ],
    }
    if not comparison.other_team:
        del document["with"]
    if not matching.reworded:
        del document["questions"]["reworded"]
    return document


def _describe_compared(figure: ComparedFigure) -> ComparedFigureDocument:
    return {
        "goal": figure.goal,
        "action": figure.action,
        "figure": figure.figure,
        "name": figure.name,
        "unit": figure.unit,
        "from": json_amount(figure.before),
        "to": json_amount(figure.after),
        "target": json_amount(figure.target),
        "progress": json_score(figure.progress),
        "helped_by": figure.helped_by or None,
    }


def _describe_planned(planned: FollowedPromise) -> PlannedDocument:
    return {
        "promised": [_describe_followed(one) for one in planned.promised],
        "added": [_describe_followed(one) for one in planned.added],
        "reached": len(planned.reached),
        "shown": planned.shown,
        "rose": planned.rose,
        "p": None if planned.p is None else json_noise(float(planned.p)),
        "word": planned.word,
    }


def _describe_followed(one: FollowedLevel) -> FollowedDocument:
    promised = one.promised
    return {
        "question": promised.question,
        "from": promised.start,
        "to": promised.end,
        "now": one.now,
        "state": one.state,
        "shown": one.shown,
        "put_aside": _describe_put_aside(promised.put_aside) if promised.put_aside else None,
    }


def _describe_put_aside(put_aside: PutAside) -> PutAsideDocument:
    return {"on": put_aside.on.isoformat(), "cause": put_aside.cause}


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
        "rest": json_change(change.rest),
        "mdc": json_noise(change.mdc),
        "p": json_noise(change.p),
        "p_adjusted": json_noise(change.p_adjusted),
        "word": change.word,
    }
