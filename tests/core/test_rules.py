"""Rules: what may be written, when it holds, and what it says."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from assess.errors import DataFileError, Problem
from assess.rules.finding import Finding, find_findings
from assess.rules.model import Rules
from assess.rules.situation import Situation
from assess.scoring.profile import score_answers
from tests.builders import (
    action_table,
    make_answers,
    make_catalogue,
    make_questionnaire,
    make_rules,
    rule_table,
)

SMALL = make_questionnaire(goals=4, roles=2)
ACTIONS = make_catalogue(
    SMALL,
    action_table("write-goals", {"goals-1": 1}),
    action_table("name-owners", {"roles-1": 1}),
    action_table("free-time"),
)


def situation(*levels: object, hours: int = 6, **more: Any) -> Situation:
    members = more.pop("members", 0)
    profile = score_answers(SMALL, make_answers(SMALL, *(levels or (0,))))
    return Situation(replace(profile, members=members), hours, **more)


def rules_of(*tables: Mapping[str, Any], **more: Any) -> Rules:
    return make_rules(SMALL, ACTIONS, *tables, **more)


def fired(when: Mapping[str, Any], there: Situation) -> tuple[Finding, ...]:
    return find_findings(rules_of(rule_table("one", when)), there)


def problems_of(*tables: Mapping[str, Any], **more: Any) -> tuple[Problem, ...]:
    with pytest.raises(DataFileError) as caught:
        rules_of(*tables, **more)
    return caught.value.problems


# goals at 1, 1, 1, 0 and roles at 2, 3: momentum 7/8, maturity 1/2, mastery 1/4; maturity.
MIXED = (1, 1, 1, 0, 2, 3)
BACKED = {"level": 2, "evidence": "The sheet of 3 November"}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({}, True),
        ({"stage": "maturity"}, True),
        ({"stage": ["momentum", "mastery"]}, False),
        ({"complete": False}, True),
        ({"complete": True}, False),
        ({"momentum": ">= 0.87"}, True),
        ({"momentum": ">= 0.88"}, False),
        ({"maturity": "= 0.5"}, True),
        ({"mastery": "[0.25, 0.3)"}, True),
        ({"mastery": "(0.25, 0.3)"}, False),
        ({"index": "(0.54, 0.55)"}, True),
        ({"goals.momentum": "= 0.75"}, True),
        ({"goals": {"momentum": "= 0.75"}}, True),
        ({"roles.index": "> 0.83"}, True),
        ({"question.goals-4": "= 0"}, True),
        ({"question.goals-4": [0, "dont-know"]}, True),
        ({"question.goals-4": ["dont-know"]}, False),
        ({"question": {"goals-4": [1, 2]}}, False),
        ({"evidence": "= 0"}, True),
        ({"margin.down": "= 1"}, True),
        ({"margin.up": "= 3"}, True),
        ({"members": "= 0"}, True),
        ({"agreement.goals": "split"}, False),
        ({"not": {"agreement.goals": ["split", "mixed"]}}, True),
        ({"hours_per_week": "<= 6"}, True),
        ({"team_size": "> 1"}, False),
        ({"not": {"team_size": "> 1"}}, True),
        ({"rose": "goals"}, False),
        ({"carried.write-goals": "< 1"}, True),
        ({"stage": "maturity", "hours_per_week": "< 6"}, False),
        ({"any": [{"stage": "momentum"}, {"hours_per_week": "= 6"}]}, True),
        ({"any": [{"stage": "momentum"}, {"hours_per_week": "= 7"}]}, False),
        ({"not": {"stage": "maturity", "hours_per_week": "< 6"}}, True),
    ],
)
def test_a_condition_holds_exactly_when_its_value_lies_within(
    when: Mapping[str, Any], holds: bool
) -> None:
    assert bool(fired(when, situation(*MIXED))) is holds


@pytest.mark.parametrize(
    ("when", "there"),
    [
        ({"rose": ["goals", "roles"]}, {"rose": frozenset({"roles"})}),
        ({"fell": "goals"}, {"fell": frozenset({"goals"})}),
        ({"carried.write-goals": ">= 2"}, {"carried": {"write-goals": 2}}),
        ({"agreement.goals": ["split", "mixed"]}, {"agreement": {"goals": "mixed"}}),
        ({"team_size": "< 3"}, {"team_size": 2}),
        ({"members": ">= 5"}, {"members": 5}),
    ],
)
def test_circumstances_that_no_answer_tells_are_looked_at(
    when: Mapping[str, Any], there: Mapping[str, Any]
) -> None:
    assert fired(when, situation(1, **there))
    assert not fired(when, situation(1))


@pytest.mark.parametrize("value", ["dont-know", {"not-applicable": "no budget"}])
def test_an_answer_without_a_level_lies_in_no_interval(value: object) -> None:
    there = situation(value, 1, 1, 1, 1, 1)
    assert not fired({"question.goals-1": ">= 0"}, there)
    assert fired({"not": {"question.goals-1": ">= 0"}}, there)


def test_a_dimension_that_is_not_scored_has_no_share() -> None:
    there = situation(1, 1, 1, 1, "dont-know", 1)
    assert not fired({"roles.momentum": ">= 0"}, there)
    assert fired({"not": {"roles.momentum": ">= 0"}}, there)


def test_without_strong_claims_there_is_no_evidence_share() -> None:
    assert not fired({"evidence": ">= 0"}, situation(1))
    assert fired({"evidence": "= 0.5"}, situation(BACKED, 2, 1, 1, 1, 1))


def test_nothing_is_found_where_nothing_is_scored() -> None:
    assert fired({}, situation("dont-know")) == ()


def test_a_rule_for_each_dimension_fires_for_every_one_where_it_holds() -> None:
    rules = rules_of(
        rule_table(
            "weak-link",
            {"share": "< 0.8"},
            for_each="dimension",
            boost=2,
            because="{dimension} has {share} of the work of {stage}, {index} in all.",
        )
    )
    assert find_findings(rules, situation(1, 1, 1, 0, 1, 0)) == (
        Finding(
            "weak-link",
            "Goals has 75 % of the work of Momentum, 25 % in all.",
            "goals",
            boosts={"goals": 2},
        ),
        Finding(
            "weak-link",
            "Roles has 50 % of the work of Momentum, 16 % in all.",
            "roles",
            boosts={"roles": 2},
        ),
    )


def test_rose_in_a_rule_for_each_dimension_is_about_that_dimension() -> None:
    rules = rules_of(rule_table("up", {"rose": True}, for_each="dimension", note="{dimension}!"))
    (finding,) = find_findings(rules, situation(1, rose=frozenset({"roles"})))
    assert (finding.dimension, finding.note) == ("roles", "Roles!")


@pytest.mark.parametrize(
    ("when", "text", "there", "said"),
    [
        ({}, "{hours_per_week} hours", situation(0), "6 hours"),
        ({}, "{stage}: {momentum}", situation(*MIXED), "Maturity: 87 %"),
        ({}, "{maturity}, {mastery}, {index}", situation(*MIXED), "50 %, 25 %, 54 %"),
        ({}, "{members} members", situation(members=5), "5 members"),
        ({"team_size": "< 9"}, "{team_size} people", situation(team_size=3), "3 people"),
        ({"evidence": "< 1"}, "{evidence} backed", situation(BACKED, 2, 2, 1, 1, 1), "33 % backed"),
        ({"margin.up": "> 0"}, "{margin_up} away", situation(*MIXED), "3 away"),
        ({"margin.down": "> 0"}, "{margin_down} left", situation(*MIXED), "1 left"),
        (
            {"carried.free-time": "> 1"},
            "carried {carried} times",
            situation(carried={"free-time": 2}),
            "carried 2 times",
        ),
        (
            {"rose": ["goals", "roles"]},
            "{dimension} rose",
            situation(rose=frozenset({"goals", "roles"})),
            "Goals and Roles rose",
        ),
    ],
)
def test_placeholders_are_filled_in_with_what_people_read(
    when: Mapping[str, Any], text: str, there: Situation, said: str
) -> None:
    (finding,) = find_findings(rules_of(rule_table("one", when, because=text)), there)
    assert finding.because == said


def test_findings_come_in_file_order_with_all_that_they_bring() -> None:
    rules = rules_of(
        rule_table("first", must=["free-time"], avoid=["name-owners"], risk="culture"),
        rule_table("second", boost={"goals": 2, "question.roles-1": 3}),
    )
    assert find_findings(rules, situation(0)) == (
        Finding(
            "first",
            "Because of first.",
            must=("free-time",),
            avoid=("name-owners",),
            risk="culture",
        ),
        Finding("second", "Because of second.", boosts={"goals": 2, "question.roles-1": 3}),
    )


def test_the_weight_of_a_rung_follows_from_its_place_to_the_current_stage() -> None:
    weights = rules_of(weights={"current_stage": 9}).weights
    assert [weights.of_rung(level, 1) for level in (1, 2, 3)] == [9, 1, 0]
    assert [weights.of_rung(level, 3) for level in (1, 2, 3)] == [3, 3, 9]


def test_limits_that_are_left_out_have_sensible_values() -> None:
    limits = rules_of(limits={"at_once": 2}).limits
    assert limits.model_dump(exclude_none=True) == {
        "priorities": 8,
        "decisions": 3,
        "at_once": 2,
        "starts_per_week": 2,
        "fill": Decimal("0.8"),
        "weeks": 13,
        "hours_per_head": 1,
        "default_team_size": 5,
    }


@pytest.mark.parametrize(
    ("rule", "what", "where", "fix"),
    [
        (
            rule_table("a", {"stage": "momentun"}),
            "Unknown stage 'momentun'.",
            "rule[id=a].when.stage",
            "Did you mean 'momentum'? Use one of: mastery, maturity, momentum.",
        ),
        (
            rule_table("a", {"gaols.momentum": "< 1"}),
            "Unknown condition 'gaols.momentum'.",
            "rule[id=a].when.gaols.momentum",
            "Did you mean 'goals.momentum'?",
        ),
        (
            rule_table("a", {"question.goal-1": [0]}),
            "Unknown condition 'question.goal-1'.",
            "rule[id=a].when.question.goal-1",
            "Did you mean 'question.goals-1'?",
        ),
        (
            rule_table("a", {"any": [{"index": "< 1"}, {"carried.free-tim": "> 1"}]}),
            "Unknown condition 'carried.free-tim'.",
            "rule[id=a].when.any[2].carried.free-tim",
            "Did you mean 'carried.free-time'?",
        ),
        (
            rule_table("a", {"not": {"any": [{"stage": "momentum"}]}}),
            "'any' stands inside 'any' or 'not'.",
            "rule[id=a].when.not.any",
            "Write it one level deep, or as two rules.",
        ),
        (
            rule_table("a", {"index": "below 1"}),
            "'below 1' is not an interval.",
            "rule[id=a].when.index",
            'Write "< 0.5", "<= 0.5"',
        ),
        (
            rule_table("a", {"index": 0.5}),
            "0.5 is not an interval.",
            "rule[id=a].when.index",
            'Write "< 0.5", "<= 0.5"',
        ),
        (
            rule_table("a", {"index": "< 0.333"}),
            "The interval '< 0.333' has a bound with more than two decimals.",
            "rule[id=a].when.index",
            "Round it to two decimals.",
        ),
        (
            rule_table("a", {"index": "[0.5, 0.5)"}),
            "No number lies in the interval '[0.5, 0.5)'.",
            "rule[id=a].when.index",
            "Put the lower bound first, and let it be lower.",
        ),
        (
            rule_table("a", {"question.goals-1": [0, 4]}),
            "Unknown answer '4'.",
            "rule[id=a].when.question.goals-1",
            "Use one of: 0, 1, 2, 3, dont-know.",
        ),
        (
            rule_table("a", {"agreement.goals": "agreed"}),
            "Unknown word 'agreed'.",
            "rule[id=a].when.agreement.goals",
            "Did you mean 'aligned'?",
        ),
        (
            rule_table("a", {"complete": 1}),
            "1 is neither true nor false.",
            "rule[id=a].when.complete",
            "Write true.",
        ),
        (
            rule_table("a", {"rose": []}),
            "The list is empty.",
            "rule[id=a].when.rose",
            "Name at least one dimension.",
        ),
        (
            rule_table("a", {"share": "< 1"}),
            "Unknown condition 'share'.",
            "rule[id=a].when.share",
            "",
        ),
        (
            rule_table("a", must=["free-tim"]),
            "Unknown action 'free-tim'.",
            "rule[id=a].must",
            "Did you mean 'free-time'?",
        ),
        (
            rule_table("a", risk="cultur"),
            "This word is not known here. It is 'cultur'.",
            "rule[id=a].risk",
            "Use 'resources', 'talent', 'training', 'culture' or 'alignment'.",
        ),
        (
            rule_table("a", boost={"gaols": 2}),
            "Unknown boost 'gaols'.",
            "rule[id=a].boost.gaols",
            "Did you mean 'goals'?",
        ),
        (
            rule_table("a", boost={"goals": 0}),
            "0 is not a boost.",
            "rule[id=a].boost.goals",
            "Write a whole number from 1 on.",
        ),
        (
            rule_table("a", boost=2),
            "2 is not a table of boosts.",
            "rule[id=a].boost",
            "Write a table",
        ),
        (
            rule_table("a", {"share": "< 1"}, for_each="dimension", boost={"goals": 2}),
            "{'goals': 2} is not a boost.",
            "rule[id=a].boost",
            "In a rule for each dimension, write a whole number: boost = 2.",
        ),
        (
            rule_table("a", for_each="dimensions"),
            "This word is not known here. It is 'dimensions'.",
            "rule[id=a].for_each",
            "Use 'dimension'.",
        ),
        (
            rule_table("a", because="{hours_a_week} hours"),
            "Unknown placeholder 'hours_a_week'.",
            "rule[id=a].because",
            "Did you mean 'hours_per_week'?",
        ),
        (
            rule_table("a", because="{index:.2f}"),
            "Unknown placeholder 'index:.2f'.",
            "rule[id=a].because",
            "Did you mean 'index'?",
        ),
        (
            rule_table("a", note="{team_size} people"),
            "The placeholder 'team_size' may have no value when this rule fires.",
            "rule[id=a].note",
            "Add a condition on team_size, or take the placeholder out.",
        ),
        (
            rule_table("a", {"margin.up": "< 2"}, must=["free-time"]),
            "A condition on 'margin' may not bring 'must'.",
            "rule[id=a].must",
            "It may bring note and risk.",
        ),
        (
            rule_table("a", {"carried.free-time": "> 2"}, boost={"goals": 2}),
            "A condition on 'carried' may not bring 'boost'.",
            "rule[id=a].boost",
            "It may bring must, avoid, note and risk.",
        ),
        (
            rule_table("a", boosts=3),
            "Unknown key 'boosts'.",
            "rule[id=a].boosts",
            "Did you mean 'boost'?",
        ),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_place_and_the_nearest_right_word(
    rule: Mapping[str, Any], what: str, where: str, fix: str
) -> None:
    (problem,) = problems_of(rule)
    assert (problem.what, problem.where) == (what, where)
    assert problem.fix.startswith(fix)


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    problems = problems_of(
        rule_table("a", {"stage": "momentun", "index": "x"}, must=["nothing"]),
        rule_table("a"),
        {"id": "b", "when": {}, "because": "Nothing."},
        weights={"current_stage": 0},
        limits={"week": 12},
    )
    assert [problem.where for problem in problems] == [
        "weights.current_stage",
        "limits.week",
        "rule[id=a]",
        "rule[id=a].must",
        "rule[id=a].when.stage",
        "rule[id=a].when.index",
        "rule[id=b]",
    ]


def test_a_placeholder_that_every_branch_requires_may_be_named() -> None:
    when = {"any": [{"team_size": "< 3"}, {"team_size": "> 30", "stage": "momentum"}]}
    rules = rules_of(rule_table("one", when, because="You are {team_size}."))
    (finding,) = find_findings(rules, situation(team_size=2))
    assert finding.because == "You are 2."


def test_carried_may_bring_must_and_avoid() -> None:
    rules = rules_of(rule_table("a", {"carried.free-time": "> 1"}, avoid=["free-time"]))
    assert find_findings(rules, situation(carried={"free-time": 2}))[0].avoid == ("free-time",)


class TestExamples:
    """`given`: the closer a word is to a question, the stronger it is."""

    def given(self, **given: object) -> list[object]:
        (example,) = rules_of(example=[{"given": given, "stage": "momentum"}]).examples
        return list(example.given.values())

    def test_everything_is_at_level_0_unless_told_otherwise(self) -> None:
        assert self.given() == [0, 0, 0, 0, 0, 0]

    def test_a_dimension_overrules_all_and_a_question_overrules_its_dimension(self) -> None:
        given = {"all": 1, "goals": 2, "question.goals-2": "dont-know", "goals-3": 0}
        assert self.given(**given) == [2, "dont-know", 0, 2, 1, 1]

    def test_a_share_puts_the_first_questions_on_the_level(self) -> None:
        assert self.given(**{"goals.momentum": 0.75, "goals.maturity": 0.5}) == [2, 2, 1, 0, 0, 0]

    def test_a_score_is_the_share_of_every_dimension(self) -> None:
        assert self.given(mastery=0.5) == [3, 3, 0, 0, 3, 0]

    @pytest.mark.parametrize(
        ("given", "what", "where"),
        [
            ({"al": 1}, "Unknown key 'al'.", "al"),
            ({"all": 4}, "4 is not a level.", "all"),
            ({"momentum": 1.5}, "1.5 is not a share.", "momentum"),
            (
                {"goals.momentum": 0.4},
                "'goals' has 4 questions and cannot have these shares.",
                "goals",
            ),
            (
                {"goals.momentum": 0.5, "goals.mastery": 0.75},
                "The shares of 'goals' rise from stage to stage.",
                "goals",
            ),
        ],
    )
    def test_what_is_not_understood_is_named(
        self, given: Mapping[str, object], what: str, where: str
    ) -> None:
        (problem,) = problems_of(example=[{"given": given, "stage": "momentum"}])
        assert (problem.what, problem.where) == (what, f"example[number 1].given.{where}")

    def test_an_example_names_stages_and_actions_that_exist(self) -> None:
        example = {"given": {}, "stage": "start", "plan_has": ["nothing"], "plan_lacks": ["none"]}
        assert [p.where for p in problems_of(example=[example])] == [
            "example[number 1].stage",
            "example[number 1].plan_has",
            "example[number 1].plan_lacks",
        ]

    def test_an_example_that_expects_nothing_is_refused(self) -> None:
        (problem,) = problems_of(example=[{"given": {}}])
        assert problem.what == "The example expects nothing."
