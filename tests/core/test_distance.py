"""The distance to a finished stage against every way of moving questions."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.questionnaire import Questionnaire
from assess.scoring.assessment import score_assessment
from assess.scoring.distance import find_moves
from assess.scoring.profile import score_answers
from assess.scoring.records import Level
from assess.scoring.respondent import level_of
from tests.builders import make_answers, make_assessment, make_questionnaire

SHAPES = ({"a": 2}, {"a": 1, "b": 2, "c": 3}, {"a": 4, "b": 2, "c": 2}, {"a": 5, "b": 3})
NOTHING = {"not-applicable": "no budget of our own"}
EVERY: tuple[Level, ...] = (0, 1, 2, 3, "dont-know", "not-applicable")


def is_finished(questionnaire: Questionnaire, levels: dict[str, Level], stage: int) -> bool:
    """Tell whether a stage is finished, in the words of the design."""
    shares = []
    for questions in questionnaire.by_dimension.values():
        applicable = [levels[q.id] for q in questions if levels[q.id] != "not-applicable"]
        answered = sum(level != "dont-know" for level in applicable)
        reached = sum(isinstance(level, int) and level >= stage for level in applicable)
        if not applicable:
            continue
        if 2 * answered < len(applicable) or answered < min(2, len(applicable)):
            return False
        shares.append(reached / len(applicable))
    enough = sum(shares) >= 0.8 * len(shares) - 1e-9
    return enough and all(share >= 0.5 for share in shares)


def fewest_by_trying(questionnaire: Questionnaire, levels: dict[str, Level], stage: int) -> int:
    free = [q for q, lv in levels.items() if lv != "not-applicable"]
    return next(
        count
        for count in range(len(free) + 1)
        for moved in combinations(free, count)
        if is_finished(questionnaire, {**levels, **dict.fromkeys(moved, stage)}, stage)
    )


@settings(max_examples=150)
@given(st.data())
def test_distance_equals_the_fewest_of_all_ways_to_move_questions(data: st.DataObject) -> None:
    questionnaire = make_questionnaire(**data.draw(st.sampled_from(SHAPES)))
    levels: dict[str, Level] = {q: data.draw(st.sampled_from(EVERY)) for q in questionnaire.by_id}
    stage = data.draw(st.integers(1, 3))
    found = len(find_moves(questionnaire, levels, stage))
    assert found == fewest_by_trying(questionnaire, levels, stage)


def test_distance_is_measured_to_the_end_of_the_current_stage() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1, 1, 2, 1))
    assert (profile.stage, profile.distance) == ("maturity", 3)


def test_distance_counts_a_dont_know_that_the_scores_leave_out() -> None:
    questionnaire = make_questionnaire(goals=3)
    profile = score_answers(questionnaire, make_answers(questionnaire, 3, 3, "dont-know"))
    assert (profile.complete, profile.distance) == (True, 1)


@pytest.mark.parametrize("answer", ["dont-know", NOTHING])
def test_without_a_stage_there_is_no_distance(answer: object) -> None:
    questionnaire = make_questionnaire(goals=2)
    assert score_answers(questionnaire, make_answers(questionnaire, answer)).distance is None


def test_members_together_have_no_distance() -> None:
    questionnaire = make_questionnaire(goals=2)
    assessment = make_assessment(questionnaire, members=[(1, 1)] * 5)
    assert score_assessment(assessment).profile.distance is None


def test_a_question_that_does_not_apply_is_not_on_the_way() -> None:
    questionnaire = make_questionnaire(goals=4)
    answers = make_answers(questionnaire, 0, 1, 1, NOTHING)
    assert score_answers(questionnaire, answers).distance == 1
    assert level_of(answers.by_question["goals-4"]) == "not-applicable"
