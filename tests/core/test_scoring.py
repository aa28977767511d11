"""Shares, scores and stage, as the design's own formulas give them."""

from fractions import Fraction

import pytest

from assess.scoring import Margin, score_answers, why_no_stage
from tests.builders import make_answers, make_questionnaire

NOTHING = {"not-applicable": "one-person team"}


def test_share_counts_answered_questions_that_reach_the_stage() -> None:
    questionnaire = make_questionnaire(goals=4)
    profile = score_answers(questionnaire, make_answers(questionnaire, 0, 1, 2, 3))
    shares = profile.dimensions["goals"].shares
    assert shares == (Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))


def test_index_is_the_mean_level_by_three() -> None:
    questionnaire = make_questionnaire(goals=4)
    profile = score_answers(questionnaire, make_answers(questionnaire, 0, 1, 2, 2))
    assert profile.dimensions["goals"].index == Fraction(5, 12)


@pytest.mark.parametrize("silent", ["dont-know", {"not-applicable": "no budget of our own"}])
def test_answers_without_a_level_leave_the_denominator(silent: object) -> None:
    questionnaire = make_questionnaire(goals=3)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1, 1, silent))
    assert profile.scores == (Fraction(1), Fraction(0), Fraction(0))


def test_dimension_with_too_few_answers_is_not_scored_and_bars_every_stage() -> None:
    questionnaire = make_questionnaire(goals=2, roles=4)
    answers = make_answers(questionnaire, 3, 3, 3, "dont-know", "dont-know", "dont-know")
    profile = score_answers(questionnaire, answers)
    assert profile.dimensions["roles"].status == "not-scored"
    assert profile.stage == "momentum"
    assert profile.margin is not None
    assert (profile.margin.up, profile.margin.unscored) == (None, ("roles",))


def test_one_applicable_question_is_enough_where_there_is_only_one() -> None:
    questionnaire = make_questionnaire(goals=2)
    answers = make_answers(questionnaire, 1, {"not-applicable": "one-person team"})
    assert score_answers(questionnaire, answers).dimensions["goals"].status == "scored"


def test_dimension_that_does_not_apply_leaves_the_score() -> None:
    questionnaire = make_questionnaire(goals=4, roles=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, *[3] * 4, *[NOTHING] * 2))
    assert profile.dimensions["roles"].status == "not-applicable"
    assert profile.complete


def test_nothing_scored_has_no_stage_and_no_scores() -> None:
    questionnaire = make_questionnaire(goals=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, "dont-know"))
    assert (profile.stage, profile.scores, profile.index) == (None,) * 3
    assert profile.margin == Margin(None, None, ("goals",), ())


def test_stage_needs_four_fifths_in_all_and_half_everywhere() -> None:
    questionnaire = make_questionnaire(a=5, b=5)
    enough = score_answers(questionnaire, make_answers(questionnaire, *[1] * 5, *[1, 1, 1, 0, 0]))
    weak_link = score_answers(
        questionnaire, make_answers(questionnaire, *[1] * 5, *[1, 1, 0, 0, 0])
    )
    assert (enough.stage, weak_link.stage) == ("maturity", "momentum")


def test_strong_claims_without_evidence_count_one_level_lower() -> None:
    questionnaire = make_questionnaire(goals=2)
    proof = {"level": 2, "evidence": "Reviewed on 3 November"}
    profile = score_answers(questionnaire, make_answers(questionnaire, 2, proof))
    assert profile.evidence is not None
    assert (profile.stage, profile.evidence.stage) == ("mastery", "maturity")
    assert (profile.evidence.strong_claims, profile.evidence.backed) == (2, 1)


def test_strong_claims_without_evidence_are_the_reading_list_in_file_order() -> None:
    questionnaire = make_questionnaire(goals=3)
    proof = {"level": 3, "evidence": "Test log"}
    profile = score_answers(questionnaire, make_answers(questionnaire, 3, proof, 2))
    assert profile.evidence is not None
    assert profile.evidence.unbacked == ("goals-1", "goals-3")
    assert profile.evidence.scores == (Fraction(1), Fraction(2, 3), Fraction(1, 3))


def test_unknowns_are_tried_at_level_0() -> None:
    questionnaire = make_questionnaire(goals=3)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1, 1, "dont-know"))
    assert profile.unknown is not None
    assert (profile.stage, profile.unknown.stage) == ("maturity", "momentum")


# --- The guard ---


def test_more_than_a_third_that_does_not_apply_leaves_shares_and_no_stage() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2, budget=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, 3, 3, 3, *[NOTHING] * 3))
    assert profile.guard == "not-applicable"
    assert profile.scores == (Fraction(1),) * 3
    assert (profile.stage, profile.complete) == (None, False)
    assert (profile.margin, profile.distance) == (None, None)
    assert profile.evidence is not None
    assert profile.unknown is not None
    assert (profile.evidence.stage, profile.unknown.stage) == (None, None)
    assert profile.evidence.strong_claims == 3


def test_a_third_that_does_not_apply_is_not_too_much() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2, budget=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, *[3] * 4, *[NOTHING] * 2))
    assert (profile.guard, profile.complete) == (None, True)
    assert profile.not_applicable == 2


def test_why_there_is_no_stage_tells_how_many_questions_do_not_apply() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2, budget=2)
    problem = why_no_stage(
        score_answers(questionnaire, make_answers(questionnaire, 3, *[NOTHING] * 5))
    )
    assert problem.what.startswith('5 of 6 questions are answered with "does not apply"')


def test_why_there_is_no_stage_names_the_dimensions_that_need_answers() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2)
    problem = why_no_stage(score_answers(questionnaire, make_answers(questionnaire, "dont-know")))
    assert problem.fix == "Answer at least half of the questions on: Goals, Roles."
