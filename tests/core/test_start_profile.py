"""What a team says of itself first decides which questions are asked, and in which words."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from assess.answers import Answers
from assess.answers_file import format_answers, format_template, read_answers
from assess.comparison.compare import compare_assessments
from assess.documents.values import questionnaire_from, questionnaire_text
from assess.errors import AnswersError, DataFileError
from assess.planning.candidates import find_candidates
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.rulecheck import Setting, check_rules
from assess.rules.finding import find_findings
from assess.rules.model import Limits, Weights
from assess.rules.situation import Situation
from assess.scoring.profile import Profile, score_answers
from tests.builders import action_table as action
from tests.builders import (
    answers_table,
    make_assessment,
    make_catalogue,
    make_questionnaire,
    make_rules,
    questionnaire_table,
    rule_table,
)

SELLING = {"id": "selling", "ask": "How?", "choices": {"leads": "By leads.", "shop": "In shops."}}
IN_SHOPS = ["No visit is counted.", "Visits are counted.", "Looked at.", "Tested."]


def profile_table() -> dict[str, Any]:
    """Describe five questions: the second is for leads only, the third has words for shops."""
    table = questionnaire_table(goals=3, roles=2)
    table["about"] = [SELLING]
    table["question"][1]["applies"] = {"selling": ["leads"]}
    table["question"][2]["for"] = {"selling": {"shop": {"ask": "Visits?", "levels": IN_SHOPS}}}
    return table


PROFILED = read_questionnaire(profile_table())


def problems_of(change: dict[str, Any], *, question: int = 0) -> list[tuple[str, str]]:
    table = profile_table()
    table["question"][question] |= change
    with pytest.raises(DataFileError) as caught:
        read_questionnaire(table)
    return [(p.what, p.where) for p in caught.value.problems]


def say(choice: str, answers: Mapping[str, object]) -> dict[str, Any]:
    about = {"selling": choice} if choice else {}
    every = dict.fromkeys(PROFILED.fitted(about).by_id, 1)
    table = answers_table(PROFILED, 1)
    return {**table, "about": about, "answers": {**every, **answers}}


def answer(choice: str, answers: Mapping[str, object] | None = None) -> Answers:
    return read_answers(say(choice, answers or {}), PROFILED)


def refusal(table: dict[str, Any], asked: Questionnaire = PROFILED) -> list[tuple[str, str]]:
    with pytest.raises(AnswersError) as caught:
        read_answers(table, asked)
    return [(p.what, p.where) for p in caught.value.problems]


def score(choice: str, answers: Mapping[str, object] | None = None) -> Profile:
    given = answer(choice, answers)
    return score_answers(PROFILED.fitted(given.about), given)


# --- What is asked ---


def test_a_question_is_asked_only_where_the_start_profile_calls_for_it() -> None:
    assert "goals-2" in PROFILED.fitted({"selling": "leads"}).by_id
    assert "goals-2" not in PROFILED.fitted({"selling": "shop"}).by_id


def test_where_nothing_was_said_everything_is_asked_in_its_usual_words() -> None:
    assert list(PROFILED.fitted({}).by_id) == list(make_questionnaire(goals=3, roles=2).by_id)
    assert PROFILED.by_id["goals-3"].ask == "How is goals 3?"


def test_the_same_capability_has_other_words_for_another_choice() -> None:
    question = PROFILED.fitted({"selling": "shop"}).by_id["goals-3"]
    assert (question.ask, list(question.levels)) == ("Visits?", IN_SHOPS)
    assert question.evidence == PROFILED.by_id["goals-3"].evidence


def test_it_is_kept_with_the_start_profile_and_the_choices_in_their_order() -> None:
    asked = PROFILED.fitted({"selling": "shop"})
    again = questionnaire_from(questionnaire_text(asked))
    assert again == asked
    assert list(again.about[0].choices) == ["leads", "shop"]
    assert again.questions == asked.questions


# --- Files of answers ---


def test_answers_are_those_to_the_questions_that_were_asked() -> None:
    given = answer("shop")
    assert list(given.by_question) == ["goals-1", "goals-3", "roles-1", "roles-2"]
    assert read_answers(tomllib.loads(format_answers(given)), PROFILED) == given


@pytest.mark.parametrize("silent", ["", {"not-applicable": "no leads"}])
def test_a_question_that_is_not_asked_may_stand_open(silent: object) -> None:
    assert "goals-2" not in answer("shop", {"goals-2": silent}).by_question


@pytest.mark.parametrize("given", [2, {"level": 2}, "dont-know"])
def test_an_answer_to_a_question_that_is_not_asked_is_refused(given: object) -> None:
    assert refusal(say("shop", {"goals-2": given})) == [
        ("'goals-2' is not asked where 'selling' is 'shop'.", "answers.goals-2")
    ]


def test_unknown_entries_and_choices_are_told_with_every_other_problem() -> None:
    table = say("", {"goals-1": 9})
    table["about"] = {"seling": "shop", "selling": "shops"}
    assert [where for _, where in refusal(table)] == [
        "about.seling",
        "about.selling",
        "answers.goals-1",
    ]


def test_a_profile_other_than_the_one_that_was_fixed_is_refused() -> None:
    asked = PROFILED.fitted({"selling": "leads"})
    [problem] = refusal(say("shop", {"goals-2": 1}), asked)
    assert problem == ("The start profile is not the one with which the assessment began.", "about")


def test_what_says_nothing_of_the_profile_takes_the_one_that_was_fixed() -> None:
    table = say("shop", {})
    del table["about"]
    given = read_answers(table, PROFILED.fitted({"selling": "shop"}))
    assert given.about == {"selling": "shop"}


def test_a_template_asks_for_the_profile_and_says_what_depends_on_it() -> None:
    text = format_template(PROFILED, "Lyon", answer("shop").date)
    table = tomllib.loads(text)
    assert table["about"] == {"selling": ""}
    assert list(table["answers"]) == list(PROFILED.by_id)
    assert "(Only where selling is leads; else leave it open.)" in text
    assert "#   1 Visits are counted." in text


# --- What counts ---


def test_a_question_that_is_not_asked_leaves_every_count() -> None:
    full = {"goals-1": 1, "goals-3": 0}
    with_leads, in_shops = score("leads", {**full, "goals-2": 0}), score("shop", full)
    assert [p.dimensions["goals"].answered for p in (with_leads, in_shops)] == [3, 2]
    shares = [p.dimensions["goals"].shares for p in (with_leads, in_shops)]
    assert [str(share[0]) for share in shares if share] == ["1/3", "1/2"]
    assert in_shops.distance == with_leads.distance == 1


def test_the_guard_counts_only_what_was_asked() -> None:
    no = {"not-applicable": "none"}
    two_of_four = score("shop", {"goals-1": no, "roles-1": no})
    two_of_five = score("leads", {"goals-1": no, "roles-1": no})
    one_of_four = score("shop", {"goals-1": no, "goals-2": no})
    assert [p.guard for p in (two_of_four, two_of_five)] == ["not-applicable"] * 2
    assert one_of_four.guard is None
    assert one_of_four.not_applicable == 1


def test_an_action_wins_nothing_for_a_question_that_is_not_asked() -> None:
    catalogue = make_catalogue(
        PROFILED,
        action("lift-both", {"goals-2": 2, "goals-1": 2}, needs={"goals-2": 1}),
        action("lift-one", {"goals-2": 2}),
    )
    profile = score("shop")
    [found] = find_candidates(profile, catalogue, (), Weights(), 5, 5)
    assert [(rung.question, rung.level) for rung in found.rungs] == [("goals-1", 2)]
    assert found.needs == ()


def test_a_rule_asks_for_the_profile_and_for_questions_that_are_not_asked() -> None:
    catalogue = make_catalogue(PROFILED, action("free-time"))
    rules = make_rules(
        PROFILED,
        catalogue,
        rule_table("shops", {"about.selling": "shop"}),
        rule_table("either", {"about.selling": ["leads", "shop"]}),
        rule_table("leads-low", {"question.goals-2": [0, 1]}),
        rule_table("boosts", {"about.selling": "shop"}, boost={"question.goals-2": 2}),
    )
    fired = {}
    for choice in ("", "leads", "shop"):
        about = {"selling": choice} if choice else {}
        found = find_findings(rules, Situation(score(choice), 5, about=about))
        fired[choice] = [finding.rule for finding in found]
    assert fired == {
        "": ["leads-low"],
        "leads": ["either", "leads-low"],
        "shop": ["shops", "either", "boosts"],
    }


def test_a_rule_with_an_unknown_entry_or_choice_is_refused() -> None:
    catalogue = make_catalogue(PROFILED, action("free-time"))
    with pytest.raises(DataFileError) as caught:
        make_rules(
            PROFILED,
            catalogue,
            rule_table("one", {"about.seling": "shop"}),
            rule_table("two", {"about.selling": ["shops"]}),
        )
    assert [(p.what, p.fix) for p in caught.value.problems] == [
        (
            "Unknown condition 'about.seling'.",
            "Did you mean 'about.selling'? Use one of: about.selling.",
        ),
        ("Unknown choice 'shops'.", "Did you mean 'shop'? Use one of: leads, shop."),
    ]


def test_questions_in_other_words_are_compared_as_reworded() -> None:
    before = make_assessment(PROFILED.fitted({"selling": "leads"}), 1)
    after = make_assessment(
        PROFILED.fitted({"selling": "shop"}), 2, day=before.date.replace(day=23)
    )
    matching = compare_assessments(before, after).matching
    assert matching.reworded == ("goals-3",)
    assert [(one.question, one.reason) for one in matching.left_out] == [("goals-2", "not-asked")]


# --- What is wrong with a questionnaire ---


def test_unknown_entries_and_choices_are_found() -> None:
    wrong = {
        "applies": {"seling": ["leads"], "selling": ["mail"]},
        "for": {"selling": {"mail": {"ask": "By mail?"}}},
    }
    assert problems_of(wrong) == [
        ("Unknown entry of the start profile 'seling'.", "question[id=goals-1].applies.seling"),
        ("Unknown choice 'mail'.", "question[id=goals-1].applies.selling"),
        ("Unknown choice 'mail'.", "question[id=goals-1].for.selling"),
    ]


def test_words_for_a_choice_with_which_a_question_is_not_asked_are_found() -> None:
    assert problems_of({"for": {"selling": {"shop": {"ask": "?"}}}}, question=1) == [
        (
            "The question is not asked where 'selling' is 'shop'.",
            "question[id=goals-2].for.selling.shop",
        )
    ]


def test_a_profile_that_leaves_a_dimension_without_a_question_is_found() -> None:
    table = profile_table()
    for question in table["question"][:3]:
        question["applies"] = {"selling": ["leads"]}
        question.pop("for", None)
    with pytest.raises(DataFileError) as caught:
        read_questionnaire(table)
    assert [p.what for p in caught.value.problems] == [
        "The dimension 'goals' has no question where 'selling' is 'shop'."
    ]


def test_two_entries_of_one_id_are_found() -> None:
    with pytest.raises(DataFileError) as caught:
        read_questionnaire(profile_table() | {"about": [SELLING, SELLING]})
    assert [p.what for p in caught.value.problems] == ["The id 'selling' is used twice."]


def test_a_profile_that_leaves_a_dimension_one_question_tells_answers() -> None:
    table = profile_table()
    table["question"][0]["applies"] = {"selling": ["leads"]}
    asked = read_questionnaire(table)
    catalogue = make_catalogue(asked, action("free-time"))
    issues = check_rules(Setting(asked, catalogue, make_rules(asked, catalogue))).issues
    [issue] = [issue for issue in issues if issue.name == "tells-answers"]
    assert issue.what.startswith("'goals' has one question where 'selling' is 'shop'")


# --- Examples and proofs ---


def test_an_example_says_the_profile_of_its_team() -> None:
    catalogue = make_catalogue(PROFILED, action("free-time"))
    rules = make_rules(
        PROFILED,
        catalogue,
        rule_table("shops", {"about.selling": "shop"}, must=["free-time"]),
        example=[
            {"given": {"all": 0, "about": {"selling": "shop"}}, "plan_has": ["free-time"]},
            {"given": {"all": 0, "about": {"selling": "leads"}}, "plan_lacks": ["free-time"]},
        ],
    )
    issues = check_rules(Setting(PROFILED, catalogue, rules)).issues
    assert [issue for issue in issues if issue.name == "failing-example"] == []


@pytest.mark.one_python
@pytest.mark.parametrize(
    ("when", "possible"),
    [
        ({"about.selling": "shop", "question.goals-2": ">= 0"}, False),
        ({"about.selling": "leads", "question.goals-2": ">= 0"}, True),
        ({"about.selling": "shop", "goals.momentum": "[0.3, 0.4)"}, False),
        ({"about.selling": "leads", "goals.momentum": "[0.3, 0.4)"}, True),
        ({"about.selling": "shop", "goals.momentum": "= 1", "goals.mastery": "< 1"}, True),
    ],
)
def test_proofs_know_which_questions_a_profile_leaves_out(
    when: dict[str, Any], possible: bool
) -> None:
    from assess.rulecheck.prover import Prover

    catalogue = make_catalogue(PROFILED, action("free-time"))
    condition = make_rules(PROFILED, catalogue, rule_table("one", when)).rules[0].condition
    found = Prover(PROFILED, Limits()).find(condition)
    assert bool(found) == possible
    for team in found:
        assert read_answers(tomllib.loads(format_answers(team.answers)), PROFILED) == team.answers


@pytest.mark.one_python
def test_proofs_know_that_the_guard_counts_only_what_is_asked() -> None:
    from assess.rulecheck.prover import Prover

    small = {"id": "small", "ask": "Small?", "choices": {"yes": "Yes.", "no": "No."}}
    table = questionnaire_table(goals=2, roles=2)
    table["about"] = [small]
    table["question"][0]["applies"] = {"small": ["no"]}
    asked = read_questionnaire(table)
    catalogue = make_catalogue(asked, action("free-time"))
    # Of three that are asked one may not apply: then the other of goals is left out too.
    when = {"about.small": "yes", "not": {"goals.momentum": ">= 0"}, "roles.momentum": ">= 0"}
    rules = make_rules(asked, catalogue, rule_table("one", {**when, "stage": "momentum"}))
    [team] = Prover(asked, Limits()).find(rules.rules[0].condition)
    assert list(team.answers.by_question) == ["goals-2", "roles-1", "roles-2"]


def test_a_long_start_profile_is_refused_before_it_is_tried_out() -> None:
    many = [{**SELLING, "id": f"entry-{n}"} for n in range(40)]
    table = profile_table() | {"about": [SELLING, *many]}
    for question in table["question"]:
        question["applies"] = {f"entry-{n}": ["leads"] for n in range(40)}
    with pytest.raises(DataFileError) as caught:
        read_questionnaire(table)
    assert "The start profile has 41 entries; 5 are allowed." in [
        p.what for p in caught.value.problems
    ]
