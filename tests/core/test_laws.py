"""Laws of scoring and rules: what may never happen, whatever the answers."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers import Answers
from assess.catalogue.action import Catalogue
from assess.catalogue.reading import read_catalogue
from assess.planning import calendar
from assess.planning.build import Basis, Request, build_plan
from assess.planning.plan import Capacity, Plan
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.rules.finding import find_findings
from assess.rules.model import Rules
from assess.rules.reading import read_rules
from assess.rules.situation import Situation
from assess.scoring.profile import Profile, score_answers
from tests.builders import make_answers

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parent.parent.parent


def shipped(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"), parse_float=Decimal)


QUESTIONS = shipped("questionnaires/marketing-team.toml")
ACTIONS = shipped("plans/marketing-team/actions.toml")
RULES = shipped("plans/marketing-team/rules.toml")

QUESTIONNAIRE = read_questionnaire(QUESTIONS)
CATALOGUE = read_catalogue(ACTIONS, QUESTIONNAIRE)
DECISIONS = read_rules(RULES, QUESTIONNAIRE, CATALOGUE)

REORDERED = read_questionnaire({**QUESTIONS, "question": QUESTIONS["question"][::-1]})

ANSWER = st.one_of(
    st.integers(0, 3),
    st.integers(1, 3).map(lambda level: {"level": level, "evidence": "seen"}),
    st.just("dont-know"),
    st.just({"not-applicable": "none"}),
)
ASKED = len(QUESTIONNAIRE.questions)
LEVELS = st.lists(st.integers(0, 3), min_size=ASKED, max_size=ASKED)
MIXED = st.lists(ANSWER, min_size=ASKED, max_size=ASKED)


def place(profile: Profile) -> tuple[int, bool]:
    return profile.stage_number, profile.complete


@settings(max_examples=60, deadline=None)
@given(st.one_of(LEVELS, MIXED), st.integers(0, ASKED - 1))
def test_raising_a_level_never_lowers_anything_it_counts_for(
    values: list[object], position: int
) -> None:
    answers = make_answers(QUESTIONNAIRE, *values)
    question = tuple(QUESTIONNAIRE.by_id)[position]
    level = answers.by_question[question].level
    if level in (None, 3):
        level, answers = 0, answers.with_levels({question: 0})
    lower = score_answers(QUESTIONNAIRE, answers)
    higher = score_answers(QUESTIONNAIRE, answers.with_levels({question: (level or 0) + 1}))
    assert place(lower) <= place(higher)
    for before, after in zip(figures(lower), figures(higher), strict=True):
        assert before <= after


def figures(profile: Profile) -> list[Fraction]:
    """Return every share, score and index, 0 where there is none."""
    shares = [s for d in profile.dimensions.values() for s in d.shares or (Fraction(0),) * 3]
    return [*shares, *(profile.scores or ()), profile.index or Fraction(0)]


@settings(max_examples=60, deadline=None)
@given(LEVELS, st.integers(0, ASKED - 1))
def test_while_the_stage_stays_a_raised_level_brings_the_next_nearer_and_the_last_farther(
    values: list[int], position: int
) -> None:
    question = tuple(QUESTIONNAIRE.by_id)[position]
    values[position] = min(values[position], 2)
    answers = make_answers(QUESTIONNAIRE, *values)
    raised = answers.with_levels({question: values[position] + 1})
    lower, higher = (score_answers(QUESTIONNAIRE, a) for a in (answers, raised))
    if place(lower) != place(higher) or lower.margin is None or higher.margin is None:
        return
    assert (higher.margin.up or 0) <= (lower.margin.up or 0)
    assert (higher.margin.down or 0) >= (lower.margin.down or 0)


@settings(max_examples=30, deadline=None)
@given(MIXED)
def test_the_order_of_questions_changes_no_figure(values: list[object]) -> None:
    given_answers = dict(zip(QUESTIONNAIRE.by_id, values, strict=True))
    forward = score_answers(QUESTIONNAIRE, make_answers(QUESTIONNAIRE, answers=given_answers))
    other = score_answers(REORDERED, make_answers(REORDERED, answers=given_answers))
    assert figures(forward) == figures(other)
    assert (forward.stage, forward.complete) == (other.stage, other.complete)
    if forward.margin is not None and other.margin is not None:
        assert (forward.margin.down, forward.margin.up) == (other.margin.down, other.margin.up)


@settings(max_examples=15, deadline=None)
@given(MIXED, st.integers(0, 20))
def test_the_order_of_rules_changes_neither_findings_nor_the_plan(
    values: list[object], hours: int
) -> None:
    answers = make_answers(QUESTIONNAIRE, *values)
    turned = {**RULES, "rule": RULES["rule"][::-1]}
    backward = read_rules(turned, QUESTIONNAIRE, CATALOGUE)
    there = Situation(score_answers(QUESTIONNAIRE, answers), hours)
    if there.profile.stage is None:
        return
    assert sentences(DECISIONS, there) == sentences(backward, there)
    plan = plan_for(QUESTIONNAIRE, CATALOGUE, DECISIONS, answers, hours)
    other = plan_for(QUESTIONNAIRE, CATALOGUE, backward, answers, hours)
    assert schedule(plan) == schedule(other)


def sentences(rules: Rules, there: Situation) -> set[tuple[str, str]]:
    return {(finding.rule, finding.because) for finding in find_findings(rules, there)}


@settings(max_examples=15, deadline=None)
@given(MIXED, st.integers(0, 20))
def test_the_order_of_questions_changes_nothing_that_a_plan_wins(
    values: list[object], hours: int
) -> None:
    given_answers = dict(zip(QUESTIONNAIRE.by_id, values, strict=True))
    catalogue = read_catalogue(ACTIONS, REORDERED)
    rules = read_rules(RULES, REORDERED, catalogue)
    answers = make_answers(QUESTIONNAIRE, answers=given_answers)
    if score_answers(QUESTIONNAIRE, answers).stage is None:
        return
    plan = plan_for(QUESTIONNAIRE, CATALOGUE, DECISIONS, answers, hours)
    other = plan_for(
        REORDERED, catalogue, rules, make_answers(REORDERED, answers=given_answers), hours
    )
    assert (plan.musts, plan.value) == (other.musts, other.value)
    assert schedule(plan) == schedule(other)


def plan_for(
    questionnaire: Questionnaire, catalogue: Catalogue, rules: Rules, answers: Answers, hours: int
) -> Plan:
    def project(levels: Mapping[str, int]) -> Profile:
        return score_answers(questionnaire, answers.raised_to(levels))

    return build_plan(
        Basis(
            Request(
                answers.team,
                answers.date,
                calendar.next_monday(answers.date),
                Capacity(hours, "asked"),
            ),
            Situation(score_answers(questionnaire, answers), hours),
            catalogue,
            rules,
            project,
        )
    )


def schedule(plan: Plan) -> list[tuple[str, int]]:
    return [(priority.action.id, priority.first_week) for priority in plan.priorities]
