"""Signs of haste: asked about, never held against an answer."""

from collections.abc import Mapping

import pytest

from assess.answers import Answer
from assess.care import Contradiction, StraightRun, check_care
from assess.questionnaire import Questionnaire, read_questionnaire
from tests.builders import make_answers, make_questionnaire, questionnaire_table

SIX = make_questionnaire(goals=3, roles=3)


def built_on(**foundations: list[str]) -> Questionnaire:
    table = questionnaire_table(goals=3)
    questions = [
        {**q, "builds_on": foundations.get(q["id"].replace("-", "_"), [])}
        for q in table["question"]
    ]
    return read_questionnaire({**table, "question": questions})


def answered(*given: object, questionnaire: Questionnaire = SIX) -> Mapping[str, Answer]:
    return make_answers(questionnaire, *given).by_question


def test_level_3_on_a_foundation_at_0_is_a_contradiction() -> None:
    questionnaire = built_on(goals_3=["goals-1", "goals-2"])
    check = check_care(questionnaire, answered(0, 0, 3, questionnaire=questionnaire))
    assert check.contradictions == (
        Contradiction("goals-3", "goals-1"),
        Contradiction("goals-3", "goals-2"),
    )


@pytest.mark.parametrize("given", [(0, 1, 2), (1, 1, 3), ("dont-know", 1, 3)])
def test_only_3_against_0_is_a_contradiction(given: tuple[object, ...]) -> None:
    questionnaire = built_on(goals_3=["goals-1"])
    assert (
        check_care(questionnaire, answered(*given, questionnaire=questionnaire)).contradictions
        == ()
    )


def test_contradiction_shows_as_soon_as_both_questions_are_answered() -> None:
    questionnaire = built_on(goals_3=["goals-1"])
    draft = {"goals-3": Answer(3)}
    assert check_care(questionnaire, draft).contradictions == ()
    draft["goals-1"] = Answer(0)
    assert len(check_care(questionnaire, draft).contradictions) == 1


def test_equal_answers_over_more_than_half_of_the_questions_are_a_straight_run() -> None:
    check = check_care(SIX, answered(0, 2, 2, 2, 2, 1))
    assert check.straight_run == StraightRun("goals-2", "roles-2", 4, 2)
    assert check.deserves_question


@pytest.mark.parametrize("given", [(2, 2, 2, 1, 1, 1), (2, 2, 1, 2, 2, 2), (2, 1, 2, 1, 2, 1)])
def test_half_of_the_questions_is_not_yet_a_straight_run(given: tuple[object, ...]) -> None:
    check = check_care(SIX, answered(*given))
    assert check.straight_run is None
    assert not check.deserves_question


def test_dont_know_all_the_way_is_a_straight_run_too() -> None:
    run = check_care(SIX, answered("dont-know")).straight_run
    assert run == StraightRun("goals-1", "roles-3", 6, "dont-know")


def test_gap_in_a_draft_ends_a_run() -> None:
    draft = {q: a for q, a in answered(1).items() if q != "goals-3"}
    assert check_care(SIX, draft).straight_run is None


def test_answer_is_hasty_below_three_tenths_of_a_second_for_each_word_to_read() -> None:
    """'How is goals 1?' and 'goals 1 at level 2.' are nine words: 2.7 seconds."""
    given = answered(2, 1, 2, 1, 2, 1)
    hasty = check_care(SIX, given, {"goals-1": 2.69, "goals-3": 2.71}).hasty
    assert hasty == ("goals-1",)


def test_without_a_level_only_the_question_has_to_be_read() -> None:
    assert check_care(SIX, answered("dont-know"), {"goals-1": 1.3}).hasty == ()


def test_only_more_than_half_hasty_answers_lead_to_a_question() -> None:
    given = answered(2, 1, 2, 1, 2, 1)
    half = check_care(SIX, given, {"goals-1": 0.5, "goals-2": 60})
    most = check_care(SIX, given, {"goals-1": 0.5, "goals-2": 0.5, "goals-3": 60})
    assert (half.is_rushed, most.is_rushed) == (False, True)


def test_without_times_nobody_is_rushed() -> None:
    check = check_care(SIX, answered(2, 1, 2, 1, 2, 1))
    assert (check.hasty, check.timed, check.is_rushed) == ((), 0, False)
