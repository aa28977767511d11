"""Several teams side by side: the JSON document, and the table with a row for each team.

Plain tables, unlike other documents: of thousands of teams a record for each part would take more
memory than all else, and nobody reads them in again.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from assess.figures import json_score
from assess.overview import TeamInView, TeamsInView, count_lacking
from assess.scoring.stage import Shares, find_own_stage, mean_index

_SHARES: Final = ("momentum", "maturity", "mastery", "index")
_NO_SHARES: Final = dict.fromkeys((*_SHARES, "stage"))


def describe_overview(view: TeamsInView) -> dict[str, Any]:
    """Return the document of `assess overview --json`, its teams by name."""
    dimension_of = {q.id: q.dimension for q in view.questionnaire.questions}
    return {
        "questionnaire": {"id": view.questionnaire.id, "version": view.questionnaire.version},
        "today": view.today,
        "teams": [_describe_team(view, team) for team in view.teams],
        "lacking": [
            {
                "question": lack.question,
                "dimension": dimension_of[lack.question],
                "teams": lack.teams,
                "of": lack.of,
            }
            for lack in count_lacking(view)
        ],
        "left_out": list(view.left_out),
        "other_questionnaires": list(view.others),
    }


def list_overview_rows(view: TeamsInView) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Return the columns of the table, and a row for each team; nothing known is empty."""
    documents = [_describe_team(view, team) for team in view.teams]
    flat = [_flatten(document, tuple(view.questionnaire.titles)) for document in documents]
    return tuple(flat[0]), (tuple(map(_cell, row.values())) for row in flat)


def _describe_team(view: TeamsInView, team: TeamInView) -> dict[str, Any]:
    (on_course, judged), overall = team.goals, view.questionnaire.overall
    return {
        "team": team.name,
        "assessed": team.assessed,
        "view": team.view,
        "stage": team.stage,
        "complete": None if team.view is None or team.guard else team.complete,
        "guard": team.guard,
        "index": json_score(team.index),
        "firm": {"answers": team.hangs_on, "odds": team.odds},
        "before": team.before,
        "change": team.index_change,
        "dimensions": {
            d: {
                "status": score.status,
                **(_describe_shares(score.shares, overall) if score.shares else _NO_SHARES),
                "change": team.changes.get(d),
            }
            for d, score in team.dimensions.items()
        },
        "late": team.late,
        "over": team.is_over,
        "goals": {"with_kpi": judged, "on_course": on_course},
    }


@lru_cache(maxsize=4096)
def _describe_shares(shares: Shares, overall: Fraction) -> Mapping[str, float | str | None]:
    """Return what many teams with the same shares have in common."""
    told = map(json_score, (*shares, mean_index(shares)))
    return {**dict(zip(_SHARES, told, strict=True)), "stage": find_own_stage(overall, shares)}


def _flatten(team: Mapping[str, Any], dimensions: Sequence[str]) -> Mapping[str, object]:
    plain: dict[str, Any] = {k: v for k, v in team.items() if not isinstance(v, dict)}
    found = team["dimensions"]
    return {
        **plain,
        "firm": team["firm"]["answers"],
        "odds": team["firm"]["odds"],
        "goals": team["goals"]["with_kpi"],
        "goals_on_course": team["goals"]["on_course"],
        **{f"{d}.{k}": found[d][k] if d in found else None for d in dimensions for k in _TOLD},
    }


_TOLD: Final = ("stage", "index", "change")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
