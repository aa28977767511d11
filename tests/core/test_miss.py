"""Why an action is brought in, and what would have brought it in."""

from collections.abc import Mapping
from typing import Any

import pytest

from assess.rules.miss import find_bearing
from assess.rules.situation import Situation
from assess.rules.wording import say_condition
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
    SMALL, action_table("write-goals", {"goals-1": 1}), action_table("free-time")
)


def situation(*levels: object, hours: int = 6, **more: Any) -> Situation:
    return Situation(score_answers(SMALL, make_answers(SMALL, *levels)), hours, **more)


def misses(there: Situation, *tables: Mapping[str, Any], action: str = "free-time") -> list[str]:
    rules = make_rules(SMALL, ACTIONS, *tables)
    bearing = find_bearing(rules, there, ACTIONS.by_id[action])
    return [miss.text for miss in bearing.near_misses]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ({"hours_per_week": "< 6"}, "`hours_per_week` were below 6: it is 8"),
        ({"goals.momentum": "< 0.5"}, "`goals.momentum` were below half: it is 3 of 4"),
        (
            {"goals.index": "[0.3, 0.5)"},
            "`goals.index` were at least 30 % and below half: it is 25 %",
        ),
        ({"momentum": "> 0.9"}, "`momentum` were above 90 %: it is 62 %"),
        ({"stage": ["maturity", "mastery"]}, "the stage were Maturity or Mastery: it is Momentum"),
        ({"complete": True}, "everything were finished: it is unfinished"),
        (
            {"question.goals-4": [1, "dont-know"]},
            "`question.goals-4` were 1 or don't know: it is 0",
        ),
        ({"question.goals-4": "= 2"}, "`question.goals-4` were 2: it is 0"),
        ({"evidence": "<= 1"}, "`evidence` were at most 100 %: it is unknown"),
        ({"carried.free-time": ">= 2"}, "`carried.free-time` were at least 2: it is 0"),
        ({"not": {"roles.index": ">= 0"}}, "`roles.index` were not known: it is 16 %"),
        (
            {"hours_per_week": "< 6", "index": "> 0.5"},
            "`hours_per_week` were below 6: it is 8; and if `index` were above half: it is 20 %",
        ),
        (
            {"any": [{"index": "> 0.5", "stage": "mastery"}, {"team_size": "< 3"}]},
            "`team_size` were below 3: it is unknown",
        ),
        (
            {"not": {"stage": "momentum", "hours_per_week": "> 6"}},
            "the stage were not Momentum: it is Momentum",
        ),
    ],
)
def test_a_miss_says_the_least_that_would_have_to_be_otherwise(
    when: Mapping[str, Any], text: str
) -> None:
    there = situation(1, 1, 1, 0, 1, 0, hours=8)
    assert misses(there, rule_table("one", when, must=["free-time"])) == [
        f"would enter the plan if {text}"
    ]


def test_a_boost_that_nearly_fired_would_make_the_action_count_for_more() -> None:
    weak = rule_table("weak", {"share": "< 0.5"}, for_each="dimension", boost=2)
    assert misses(situation(1, 1, 1, 0, 0, 1), weak, action="write-goals") == [
        "would count for more if `goals` were below half: it is 3 of 4"
    ]


def test_the_nearest_miss_comes_first() -> None:
    far = rule_table("far", {"index": "> 0.5", "hours_per_week": "< 6"}, must=["free-time"])
    near = rule_table("near", {"hours_per_week": "< 3"}, must=["free-time"])
    assert [text[:40] for text in misses(situation(0), far, near)] == [
        "would enter the plan if `hours_per_week`",
        "would enter the plan if `index` were abo",
    ]


def test_a_rule_that_fired_on_the_action_is_a_finding_and_no_miss() -> None:
    rules = make_rules(
        SMALL,
        ACTIONS,
        rule_table("musts", must=["write-goals"]),
        rule_table("boosts", boost={"question.goals-1": 2}),
        rule_table("elsewhere", boost={"roles": 2}),
        rule_table("avoids", avoid=["write-goals"]),
    )
    bearing = find_bearing(rules, situation(0), ACTIONS.by_id["write-goals"])
    assert [finding.rule for finding in bearing.findings] == ["musts", "boosts", "avoids"]
    assert bearing.near_misses == ()


def test_nothing_is_said_where_nothing_is_scored() -> None:
    bearing_of = rule_table("one", {"index": "> 0.5"}, must=["free-time"])
    assert misses(situation("dont-know"), bearing_of) == []


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({}, "always"),
        ({"rose": ["goals", "roles"]}, "`rose` is goals or roles"),
        ({"members": "= 0"}, "`members` is 0"),
        ({"team_size": "> 2.5"}, "`team_size` is above 2.5"),
        (
            {
                "stage": "momentum",
                "any": [{"index": "< 0.5", "complete": False}, {"fell": "goals"}],
            },
            "the stage is Momentum and "
            "((`index` is below half and everything is unfinished) or `fell` is goals)",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(when: Mapping[str, Any], words: str) -> None:
    rules = make_rules(SMALL, ACTIONS, rule_table("one", when))
    assert say_condition(rules.rules[0].cases[0].condition) == words
