"""Many answers scored at once, as a JSON document: the whole, and a document for each row.

Plain tables, as of there may be very many.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assess.figures import json_score
from assess.questionnaire import STAGES
from assess.scoring.formula import COMPLETE, ManyScores

_SHARES = (*STAGES, "index")


def describe_many_scores(
    scores: ManyScores, columns: Sequence[str], rows: Iterable[Sequence[Any]] | None
) -> Mapping[str, Any]:
    """Return the document; without rows it has the sums alone."""
    asked = scores.questionnaire
    return {
        "questionnaire": {"id": asked.id, "version": asked.version},
        "respondents": scores.respondents,
        "teams": scores.teams,
        "stages": {stage: scores.stages.get(stage, 0) for stage in (*STAGES, COMPLETE)},
        "without_stage": scores.stages.get(None, 0),
        "means": {
            d: dict(zip(_SHARES, map(json_score, means), strict=True))
            for d, means in scores.means.items()
        },
        "scores": None
        if rows is None
        else [_describe_row(dict(zip(columns, row, strict=True)), scores.means) for row in rows],
    }


def _describe_row(row: Mapping[str, Any], dimensions: Iterable[str]) -> Mapping[str, Any]:
    complete = row["complete"]
    has_scores = row["index"] is not None
    return {
        **{key: row[key] for key in ("team", "date", "respondent", "stage")},
        "complete": None if complete is None else bool(complete),
        "guard": row["guard"],
        "scores": {stage: row[stage] for stage in STAGES} if has_scores else None,
        "index": row["index"],
        "dimensions": {
            d: {key: row[f"{d}.{key}"] for key in ("status", *_SHARES)} for d in dimensions
        },
    }
