"""The margin against every way of moving answers, one by one."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.margin import Margin, Notches
from assess.scoring.profile import score_answers
from tests.builders import make_answers, make_questionnaire

SHAPES = ({"a": 2}, {"a": 2, "b": 3}, {"a": 1, "b": 2, "c": 2}, {"a": 3, "b": 2})


def reached(questionnaire: Questionnaire, levels: tuple[int, ...]) -> tuple[int, bool]:
    profile = score_answers(questionnaire, make_answers(questionnaire, *levels))
    return STAGES.index(profile.stage or ""), profile.complete


def standing_by_levels(questionnaire: Questionnaire) -> dict[tuple[int, ...], tuple[int, bool]]:
    count = len(questionnaire.questions)
    return {levels: reached(questionnaire, levels) for levels in product(range(4), repeat=count)}


@cache
def make_worlds() -> list[tuple[Questionnaire, dict[tuple[int, ...], tuple[int, bool]]]]:
    return [(q, standing_by_levels(q)) for q in (make_questionnaire(**s) for s in SHAPES)]


@settings(max_examples=200)
@given(st.data())
def test_margin_equals_the_best_of_all_ways_to_move_answers(data: st.DataObject) -> None:
    questionnaire, world = data.draw(st.sampled_from(make_worlds()))
    levels = data.draw(st.sampled_from(sorted(world)))
    here = world[levels]
    down = min(
        (
            sum(levels) - sum(other)
            for other, there in world.items()
            if there < here and all(o <= v for o, v in zip(other, levels, strict=True))
        ),
        default=None,
    )
    # The order of the contract: fewest notches, fewest questions, then the earliest questions.
    ways = [
        (
            sum(other) - sum(levels),
            sum(o != v for o, v in zip(other, levels, strict=True)),
            tuple(o == v for o, v in zip(other, levels, strict=True)),
            other,
        )
        for other, there in world.items()
        if there > here and all(o >= v for o, v in zip(other, levels, strict=True))
    ]
    margin = score_answers(questionnaire, make_answers(questionnaire, *levels)).margin
    assert margin is not None
    assert margin.down == down
    assert margin.up == (min(ways)[0] if ways else None)
    best = min(ways)[3] if ways else levels
    moved = zip(questionnaire.questions, levels, best, strict=True)
    assert margin.path == tuple(Notches(q.id, a, b) for q, a, b in moved if a != b)


def test_notches_leave_unknown_answers_alone() -> None:
    questionnaire = make_questionnaire(goals=3)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1, 0, "dont-know"))
    assert profile.margin is not None
    assert profile.margin.path == (Notches("goals-2", 0, 1),)


def test_path_takes_the_first_questions_of_the_file_when_all_cost_the_same() -> None:
    questionnaire = make_questionnaire(a=5, b=5)
    profile = score_answers(questionnaire, make_answers(questionnaire, *[1, 1, 1, 0, 0] * 2))
    assert profile.margin is not None
    assert [step.question for step in profile.margin.path] == ["a-4", "a-5"]


@pytest.mark.parametrize(
    ("down", "up", "odds"),
    [
        (None, 1, 0.35),
        (2, 9, 0.21),
        (9, 3, 0.21),
        (4, None, 0.13),
        (7, 8, 0.13),
        (8, 8, 0.01),
        (None, 40, 0.01),
        (None, None, None),
    ],
)
def test_odds_follow_from_the_smaller_of_the_two(
    down: int | None, up: int | None, odds: float | None
) -> None:
    assert Margin(down, up, (), ()).odds == odds


def test_down_of_a_complete_team_is_what_ends_it_though_the_stage_stays() -> None:
    questionnaire = make_questionnaire(a=5, b=5)
    profile = score_answers(questionnaire, make_answers(questionnaire, *[3, 3, 3, 3, 2] * 2))
    assert profile.complete
    assert profile.margin is not None
    assert (profile.margin.down, profile.margin.up, profile.margin.odds) == (1, None, 0.35)
