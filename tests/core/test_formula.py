"""The formula as SQL gives what the scorer gives, on both engines, to the last decimal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from assess.answers import Answer, Answers
from assess.figures import json_score
from assess.library import Library
from assess.library.answer_tables.engine import open_engine, open_slow_engine
from assess.library.answer_tables.reading import as_table
from assess.library.answer_tables.scored import ScoredRows
from assess.questionnaire import STAGES, Questionnaire, read_questionnaire
from assess.scoring.profile import score_answers
from tests.builders import DAY, LYON, make_questionnaire, questionnaire_table

CELLS = {
    "levels": (0, 1, 2, 3),
    "high": (2, 3, 3, 3),
    "silent": (0, 1, 2, 3, "dont-know", "not-applicable"),
    "guarded": (0, 1, 2, "not-applicable", "not-applicable"),
    "hardly": ("dont-know", "dont-know", "not-applicable", 1, 2),
}


def with_profile() -> Questionnaire:
    """Return a questionnaire that leaves questions out, for members and by what a team says."""
    table = questionnaire_table(goals=3, roles=2, tools=2)
    table["about"] = [
        {"id": "selling", "ask": "How do you sell?", "choices": {"leads": "Leads", "shop": "Shop"}}
    ]
    table["question"][1]["applies"] = {"selling": ["leads"]}
    table["question"][5]["applies"] = {"selling": ["shop"]}
    table["question"][0]["members"] = False
    return read_questionnaire(table)


ASKED = {
    "shipped": Library().questionnaire("marketing-team"),
    "uneven": make_questionnaire(one=1, two=2, three=3, seven=7),
    "long": make_questionnaire(one=1, twenty=20, thirty=30),
    "profile": with_profile(),
}


ENGINES = {"duckdb": open_engine, "sqlite": open_slow_engine}


def draw(asked: Questionnaire, random: Random) -> Answers:
    """Return what somebody may answer."""
    respondent = random.choice(["manager", "member", "consensus"])
    said = {entry.id: random.choice([*entry.choices]) for entry in asked.about}
    cells: Sequence[Any] = CELLS[random.choice([*CELLS])]
    given = {q: random.choice(cells) for q in asked.fitted(said).put_to(respondent).by_id}
    return Answers(
        questionnaire=asked.id,
        version=asked.version,
        team=LYON,
        date=DAY,
        respondent=respondent,  # type: ignore[arg-type]  # One of the three.
        by_question={q: as_answer(cell) for q, cell in given.items()},
        about=said,
    )


def as_answer(cell: object) -> Answer:
    if cell == "not-applicable":
        return Answer(not_applicable="no budget")
    return Answer(cell if isinstance(cell, int) else None)


def expected(asked: Questionnaire, answers: Answers) -> Mapping[str, Any]:
    """Return what the scorer says, in the columns of a table."""
    profile = score_answers(asked.fitted(answers.about), answers)
    scores = profile.scores or (None, None, None)
    row: dict[str, Any] = {
        "stage": profile.stage,
        "complete": None if profile.guard else int(profile.complete),
        "guard": profile.guard,
        **dict(zip(STAGES, map(json_score, scores), strict=True)),
        "index": json_score(profile.index),
    }
    for name, score in profile.dimensions.items():
        shares = zip(STAGES, score.shares or (None, None, None), strict=True)
        row[f"{name}.status"] = score.status
        row |= {f"{name}.{stage}": json_score(share) for stage, share in shares}
        row[f"{name}.index"] = json_score(score.index)
    return row


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ASKED)
def test_sql_gives_what_the_scorer_gives(name: str, engine: str) -> None:
    random, asked = Random(name), ASKED[name]
    given = [draw(asked, random) for _ in range(300)]
    rows = ScoredRows(ENGINES[engine]())
    as_table(rows.engine, Path("answers"), given, asked).score()
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.each()]
    for row, answers in zip(found, given, strict=True):
        assert {key: row[key] for key in row if key not in ("team", "date", "respondent")} == (
            expected(asked, answers)
        )
    statuses = {row[f"{d}.status"] for row in found for d in asked.titles}
    assert statuses == {"scored", "not-scored", "not-applicable"}
    assert {"not-applicable", None} == {row["guard"] for row in found}


def test_engine_is_the_fast_one_where_it_is_installed() -> None:
    assert isinstance(open_engine(), duckdb.DuckDBPyConnection)
