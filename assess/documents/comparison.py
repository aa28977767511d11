"""The JSON document of `assess compare`.

Members' figures come in steps of five points, as scoring hands them out, and what would tell of
single answers is null.
"""

from typing import Any

from assess.comparison.promise import FollowedPromise
from assess.comparison.records import ComparedFigure, Comparison, PlannedAction
from assess.documents.encoding import as_json

_CHANGE = "from=before to=after change"
_INDEX = f"{_CHANGE} mdc word"
_SIDES = "from=before.{0} to=after.{0}"


def describe_comparison(comparison: Comparison) -> dict[str, Any]:
    """Return the document; `with` stands only beside two teams, `reworded` where some are."""
    matching = comparison.matching
    return {
        "team": str(comparison.team),
        **({"with": str(comparison.other_team)} if comparison.other_team else {}),
        **as_json(comparison, "from=start to=end view"),
        "questions": {
            "compared": matching.compared,
            "left_out": as_json(matching.left_out, "question reason"),
            **({"reworded": list(matching.reworded)} if matching.reworded else {}),
        },
        "planned": _describe_promise(comparison.planned) if comparison.planned else None,
        "stage": {
            **as_json(comparison, _SIDES.format("stage")),
            "distance": as_json(comparison, _SIDES.format("distance")),
        },
        "scores": as_json(comparison.scores, _CHANGE),
        "index": as_json(comparison.index, _INDEX)
        or dict.fromkeys(("from", "to", "change", "mdc", "word")),
        "dimensions": as_json(comparison.dimensions, f"{_CHANGE} rest mdc p p_adjusted word"),
        "moves": as_json(comparison.moves, "question from=before to=after"),
        "figures": list(map(_describe_figure, comparison.figures)),
        "actions": list(map(_describe_action, comparison.actions)),
    }


def _describe_promise(planned: FollowedPromise) -> dict[str, Any]:
    followed = (
        "question=promised.question from=promised.start to=promised.end now state shown "
        "put_aside=promised.put_aside"
    )
    return {
        "promised": as_json(planned.promised, followed),
        "added": as_json(planned.added, followed),
        "reached": len(planned.reached),
        **as_json(planned, "shown rose"),
        "p": None if planned.p is None else as_json(float(planned.p)),
        "word": planned.word,
    }


def _describe_figure(figure: ComparedFigure) -> dict[str, Any]:
    told = "goal action figure name unit from=before to=after target progress"
    return {**as_json(figure, told), "helped_by": figure.helped_by or None}


def _describe_action(action: PlannedAction) -> dict[str, Any]:
    steps = dict(zip(("done", "of"), action.steps, strict=True))
    return {**as_json(action, "action done"), "steps": steps, "lifts": dict(action.lifts)}
