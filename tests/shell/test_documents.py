"""The JSON documents that other programs read, key by key."""

from datetime import date
from typing import Any

from assess.comparison.compare import compare_assessments, compare_teams
from assess.comparison.promise import Promise, PromisedLevel
from assess.comparison.records import PlannedAction
from assess.documents.comparison import describe_comparison
from assess.documents.score import describe_profile, describe_result
from assess.scoring.assessment import score_assessment
from assess.scoring.profile import score_answers
from tests.builders import DAY, make_answers, make_assessment, make_questionnaire

SPRING = date(2026, 2, 22)
PROOF = {"level": 3, "evidence": "Test log, entry of 3 November"}
WORDS = {"level": 2, "evidence": "Test log"}
NO_BUDGET = {"not-applicable": "no budget of our own"}


def test_document_of_a_score_is_the_contract_in_its_order() -> None:
    questionnaire = make_questionnaire(goals=3, roles=2, budget=1)
    answers = make_answers(questionnaire, PROOF, WORDS, 0, 1, "dont-know", NO_BUDGET)
    document: Any = describe_profile(score_answers(questionnaire, answers), team="Lyon", day=DAY)
    nothing = {"momentum": None, "maturity": None, "mastery": None, "index": None}
    expected = {
        "questionnaire": {"id": "small", "version": 1},
        "team": "Lyon",
        "date": "2026-11-22",
        "view": "manager",
        "respondents": {"manager": 1, "members": 0},
        "stage": "momentum",
        "complete": False,
        "guard": None,
        "scores": {"momentum": 0.6666, "maturity": 0.6666, "mastery": 0.3333},
        "index": 0.5555,
        "dimensions": {
            "goals": {
                "status": "scored",
                "answered": 3,
                "momentum": 0.6666,
                "maturity": 0.6666,
                "mastery": 0.3333,
                "index": 0.5555,
            },
            "roles": {"status": "not-scored", "answered": 1, **nothing},
            "budget": {"status": "not-applicable", "answered": 0, **nothing},
        },
        "margin": {"down": None, "up": None, "odds": None, "unscored": ["roles"], "path": []},
        "distance": 1,
        "applies": {"questions": 6, "not_applicable": 1},
        "evidence": {
            "strong_claims": 2,
            "backed": 1,
            "named": 1,
            "stage": "momentum",
            "scores": {"momentum": 0.6666, "maturity": 0.3333, "mastery": 0.3333},
            "spot": {"of": 1, "shown": 0},
        },
        "unknown": {"dont_know": 1, "stage": "momentum"},
        "gaps": None,
    }
    assert document == expected
    assert repr(document) == repr(expected)


def test_guarded_document_has_shares_and_no_stage() -> None:
    questionnaire = make_questionnaire(goals=2, roles=1)
    profile = score_answers(questionnaire, make_answers(questionnaire, 3, NO_BUDGET, NO_BUDGET))
    document: Any = describe_profile(profile, team="Lyon", day=DAY)
    null = ("stage", "complete", "margin", "distance")
    assert (document["guard"], [document[key] for key in null]) == ("not-applicable", [None] * 4)
    assert (document["evidence"]["stage"], document["unknown"]["stage"]) == (None, None)
    assert document["dimensions"]["goals"]["mastery"] == 1
    assert document["applies"] == {"questions": 3, "not_applicable": 2}


def test_path_of_the_margin_is_told_question_by_question() -> None:
    questionnaire = make_questionnaire(goals=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, 0, 2))
    document: Any = describe_profile(profile, team="Lyon", day=DAY)
    assert document["margin"] == {
        "down": None,
        "up": 1,
        "odds": 0.35,
        "unscored": [],
        "path": [{"question": "goals-1", "from": 0, "to": 1}],
    }


def test_nothing_scored_is_null_and_not_zero() -> None:
    questionnaire = make_questionnaire(goals=2)
    profile = score_answers(questionnaire, make_answers(questionnaire, "dont-know"))
    document: Any = describe_profile(profile, team="Lyon", day=DAY)
    assert [document[key] for key in ("stage", "scores", "index")] == [None] * 3
    nothing = {"down": None, "up": None, "odds": None, "unscored": ["goals"], "path": []}
    assert document["margin"] == nothing
    assert document["complete"] is False


def test_members_document_has_steps_of_five_points_and_no_count_of_answers() -> None:
    questionnaire = make_questionnaire(goals=4)
    members = [[3, 2, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3], [1, 1, 1, 1], [2, 2, 2, 1]]
    result = score_assessment(make_assessment(questionnaire, 1, members=members))
    document: Any = describe_profile(result.profile, team="Lyon", day=DAY)
    assert document["view"] == "members"
    assert document["respondents"] == {"manager": 1, "members": 5}
    assert document["scores"] == {"momentum": 0.95, "maturity": 0.65, "mastery": 0.25}
    assert document["index"] == 0.6166
    assert document["margin"] is None
    assert set(document["evidence"].values()) == {None}
    assert set(document["unknown"].values()) == {None}


def test_the_document_of_a_result_has_the_gap_between_both_views() -> None:
    questionnaire = make_questionnaire(goals=4)
    assessment = make_assessment(questionnaire, 1, members=[[2]] * 5)
    document: Any = describe_result(score_assessment(assessment))
    assert document["gaps"] == {"goals": {"manager": 0.35, "members": 0.65, "gap": -0.3}}


def test_document_of_a_comparison_is_the_contract_in_its_order() -> None:
    questionnaire = make_questionnaire(goals=2, roles=3)
    before = make_assessment(questionnaire, 1, 1, 1, 1, "dont-know", day=SPRING)
    after = make_assessment(questionnaire, 2, 2, 1, 0, 3)
    action = PlannedAction(
        "write-goals", "Write", done=True, steps=(2, 2), owners=(), lifts={"goals-1": 2}
    )
    promise = Promise("manager", (PromisedLevel("goals-1", 1, 2),))
    comparison = compare_assessments(before, after, promise=promise, actions=[action])
    document: Any = describe_comparison(comparison)
    expected = {
        "team": "Lyon",
        "from": "2026-02-22",
        "to": "2026-11-22",
        "view": "manager",
        "questions": {"compared": 4, "left_out": [{"question": "roles-3", "reason": "dont-know"}]},
        "planned": {
            "promised": [
                {
                    "question": "goals-1",
                    "from": 1,
                    "to": 2,
                    "now": 2,
                    "state": "reached",
                    "shown": False,
                    "put_aside": None,
                }
            ],
            "added": [],
            "reached": 1,
            "shown": 0,
            "rose": 1,
            "p": 0.25,
            "word": "no clear progress yet",
        },
        "stage": {"from": "maturity", "to": "maturity", "distance": {"from": 4, "to": 1}},
        "scores": {
            "momentum": {"from": 1.0, "to": 0.8333, "change": -0.1666},
            "maturity": {"from": 0.0, "to": 0.6666, "change": 0.6666},
            "mastery": {"from": 0.0, "to": 0.1666, "change": 0.1666},
        },
        "index": {
            "from": 0.3333,
            "to": 0.4166,
            "change": 0.0833,
            "mdc": 0.2903,
            "word": "no clear change",
        },
        "dimensions": {
            "goals": {
                "from": 0.3333,
                "to": 0.6666,
                "change": 0.3333,
                "rest": 0.0,
                "mdc": 0.3049,
                "p": 0.0321,
                "p_adjusted": 0.0643,
                "word": "no clear change",
            },
            "roles": {
                "from": 0.3333,
                "to": 0.1666,
                "change": -0.1666,
                "rest": 0.0,
                "mdc": 0.3049,
                "p": 0.284,
                "p_adjusted": 0.284,
                "word": "no clear change",
            },
        },
        "moves": [
            {"question": "goals-1", "from": 1, "to": 2},
            {"question": "goals-2", "from": 1, "to": 2},
            {"question": "roles-2", "from": 1, "to": 0},
        ],
        "figures": [],
        "actions": [
            {
                "action": "write-goals",
                "done": True,
                "steps": {"done": 2, "of": 2},
                "lifts": {"goals-1": 2},
            }
        ],
    }
    assert document == expected
    assert repr(document) == repr(expected)


def test_comparison_without_a_comparable_dimension_has_an_empty_index() -> None:
    questionnaire = make_questionnaire(goals=2)
    before = make_assessment(questionnaire, 1, "dont-know", day=SPRING)
    document: Any = describe_comparison(
        compare_assessments(before, make_assessment(questionnaire, 1))
    )
    assert set(document["index"].values()) == {None}
    assert document["dimensions"] == {}


def test_second_team_is_named_where_there_is_one() -> None:
    questionnaire = make_questionnaire(goals=2)
    before = make_assessment(questionnaire, 1, day=SPRING)
    after = make_assessment(questionnaire, 1)
    assert describe_comparison(compare_teams(before, after))["with"] == "Lyon"
    assert "with" not in describe_comparison(compare_assessments(before, after))
