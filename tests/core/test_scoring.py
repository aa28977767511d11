"""Shares, scores and stage, as the design's own formulas give them."""

from fractions import Fraction
from hashlib import sha256

import pytest

from assess.scoring.margin import Margin
from assess.scoring.profile import score_answers, why_no_stage
from assess.scoring.records import SpotCheck
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


def test_strong_claims_that_cannot_be_checked_are_the_reading_list_in_file_order() -> None:
    questionnaire = make_questionnaire(goals=3)
    proof = {"level": 3, "evidence": "Test log, last entry 3 November"}
    words = {"level": 2, "evidence": "Test log"}
    profile = score_answers(questionnaire, make_answers(questionnaire, 3, proof, words))
    assert profile.evidence is not None
    assert profile.evidence.unbacked == ("goals-1", "goals-3")
    assert profile.evidence.named == ("goals-3",)
    assert profile.evidence.scores == (Fraction(1), Fraction(2, 3), Fraction(1, 3))


def test_unknowns_are_tried_at_level_0() -> None:
    questionnaire = make_questionnaire(goals=3)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1, 1, "dont-know"))
    assert profile.unknown is not None
    assert (profile.stage, profile.unknown.stage) == ("maturity", "momentum")


# --- The spot check ---


def test_spot_check_draws_three_answers_of_exactly_the_stages_level_by_lot() -> None:
    questionnaire = make_questionnaire(goals=6, roles=2)
    proof = {"level": 1, "evidence": "On the wall since 3 May"}
    answers = make_answers(questionnaire, *[proof] * 2, 1, 1, 1, 1, 2, 0, team="  LYON ")
    lots = {q: sha256(f"lyon|2026-11-22|{q}".encode()).hexdigest() for q in questionnaire.by_id}
    drawn = sorted((f"goals-{n}" for n in range(1, 7)), key=lambda q: lots[q])[:3]
    evidence = score_answers(questionnaire, answers).evidence
    assert evidence is not None
    assert evidence.spot is not None
    assert evidence.spot.questions == tuple(drawn)
    assert evidence.spot.shown == sum(q in ("goals-1", "goals-2") for q in drawn)


def test_spot_check_changes_no_score() -> None:
    questionnaire = make_questionnaire(goals=2)
    proof = {"level": 1, "evidence": "On the wall since 3 May"}
    bare, shown = (
        score_answers(questionnaire, make_answers(questionnaire, 0, given)) for given in (1, proof)
    )
    assert (bare.scores, bare.stage) == (shown.scores, shown.stage)
    assert bare.evidence is not None
    assert shown.evidence is not None
    assert bare.evidence.scores == shown.evidence.scores
    assert (bare.evidence.spot, shown.evidence.spot) == (
        SpotCheck(("goals-2",), 0),
        SpotCheck(("goals-2",), 1),
    )


@pytest.mark.parametrize(
    ("respondent", "answer"), [("member", 1), ("manager", "dont-know"), ("manager", NOTHING)]
)
def test_there_is_no_spot_check_of_a_member_and_without_a_stage(
    respondent: str, answer: object
) -> None:
    questionnaire = make_questionnaire(goals=2)
    answers = make_answers(questionnaire, answer, respondent=respondent)
    evidence = score_answers(questionnaire, answers).evidence
    assert evidence is not None
    assert evidence.spot is None


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
