"""Two assessments of a team: the formulas against independent calculations, and laws."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.comparison import (
    Comparison,
    PlannedAction,
    compare_assessments,
    compare_teams,
    describe_left_out,
    describe_mdc,
    describe_stage_change,
    find_common_views,
    follow_quarters,
)
from assess.comparison.noise import Noise, adjust_p_values, dimension_noise, team_noise
from assess.errors import MismatchError
from assess.figures import json_noise, noise_points
from assess.identity import TeamName
from assess.questionnaire import Questionnaire, read_questionnaire
from tests.builders import make_assessment, make_questionnaire, questionnaire_table

SPRING = date(2026, 2, 22)
FOUR = make_questionnaire(goals=4, roles=4)
NO_BUDGET = {"not-applicable": "no budget of our own"}


def compare(questionnaire: Questionnaire, old: object, new: object, **more: Any) -> Comparison:
    """Compare two managers' answers: one value for all questions, or a list of all values."""
    before, after = (given if isinstance(given, list) else [given] for given in (old, new))
    return compare_assessments(
        make_assessment(questionnaire, *before, day=SPRING),
        make_assessment(questionnaire, *after),
        **more,
    )


def words(comparison: Comparison) -> Mapping[str, str]:
    return {d: change.word for d, change in comparison.dimensions.items()}


def version_two(**changes: Mapping[str, Any]) -> Questionnaire:
    """Return FOUR as version 2, with some questions changed; ids have `_` for the hyphen."""
    table = questionnaire_table(goals=4, roles=4)
    return read_questionnaire(
        {
            **table,
            "version": 2,
            "question": [
                {**q, **changes.get(q["id"].replace("-", "_"), {})} for q in table["question"]
            ],
        }
    )


# --- Noise ---


@pytest.mark.parametrize(
    ("respondents", "same", "mdc"),
    [(1, True, 0.3049), (5, True, 0.1364), (1, False, 0.5544), (5, False, 0.2479)],
)
def test_smallest_change_that_counts(respondents: int, same: bool, mdc: float) -> None:
    noise = dimension_noise(respondents, respondents, same_respondents=same)
    assert json_noise(noise.mdc) == mdc


def test_noise_of_unequal_numbers_adds_their_variances() -> None:
    noise = dimension_noise(4, 9, same_respondents=False)
    assert noise.mdc == pytest.approx(1.96 * 0.2 * sqrt(1 / 4 + 1 / 9))


def test_noise_of_the_team_shrinks_with_dimensions_down_to_the_halo() -> None:
    one = dimension_noise(1, 1, same_respondents=True)
    assert team_noise(one, 1) == one
    assert team_noise(one, 9).mdc == pytest.approx(0.30490 * sqrt(0.4 + 0.6 / 9), abs=1e-5)
    assert team_noise(one, 10**9).mdc == pytest.approx(0.30490 * sqrt(0.4), abs=1e-5)


def test_change_equal_to_the_limit_counts_and_the_next_smaller_does_not() -> None:
    """With eight and eight respondents 1.96 x 0.20 x the root of 1/4 is exactly 0.196."""
    noise = dimension_noise(8, 8, same_respondents=False)
    limit = Fraction(196, 1000)
    assert noise.is_reached(limit)
    assert noise.is_reached(-limit)
    assert not noise.is_reached(limit - Fraction(1, 10**30))


@given(st.fractions(-1, 1), st.fractions(Fraction(1, 1000), 1))
def test_p_value_is_both_tails_of_the_normal_distribution(
    change: Fraction, variance: Fraction
) -> None:
    z = abs(float(change)) / sqrt(variance)
    expected = 2 * NormalDist().cdf(-z)
    assert Noise(variance).p_value(change) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # The four-hypotheses example of textbooks on Holm's procedure.
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        # R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")
        ([0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09]),
        ([0.6, 0.7], [1.0, 1.0]),
        ([], []),
    ],
)
def test_holm_gives_the_published_adjusted_p_values(
    given: list[float], expected: list[float]
) -> None:
    adjusted = adjust_p_values({str(place): p for place, p in enumerate(given)})
    assert list(adjusted.values()) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_holm_rejects_what_its_step_down_procedure_rejects(p_values: list[float]) -> None:
    """The procedure as published: walk up from the smallest, stop at the first that fails."""
    rejected = set()
    ordered = sorted(range(len(p_values)), key=p_values.__getitem__)
    for place, name in enumerate(ordered):
        if p_values[name] * (len(p_values) - place) > 0.05:
            break
        rejected.add(str(name))
    adjusted = adjust_p_values({str(name): p for name, p in enumerate(p_values)})
    assert {name for name, p in adjusted.items() if p <= 0.05} == rejected


# --- Words ---


def test_two_managers_indices_are_told_apart_by_the_mdc_in_a_focus_dimension() -> None:
    """31 points are noise, 33 are not: with four questions an index moves in twelfths."""
    four_notches = compare(FOUR, 1, [2, 2, 2, 2, 1, 1, 1, 1], focus=["goals"])
    three_notches = compare(FOUR, 1, [2, 2, 2, 1, 1, 1, 1, 1], focus=["goals"])
    assert words(four_notches)["goals"] == "clear rise"
    assert words(three_notches)["goals"] == "no clear change"


def test_focus_dimension_is_judged_alone_and_the_others_together() -> None:
    new = [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]
    comparison = compare(make_questionnaire(a=4, b=4, c=4), 1, new, focus=["a"])
    assert words(comparison) == {
        "a": "clear rise",
        "b": "no clear change",
        "c": "no clear change",
    }
    a, b, c = comparison.dimensions.values()
    expected = 2 * NormalDist().cdf(-(1 / 3) / (0.11 * sqrt(2)))
    assert [change.p for change in (a, b, c)] == pytest.approx([expected, expected, 1])
    assert a.p_adjusted is None
    assert [change.p_adjusted for change in (b, c)] == pytest.approx([2 * expected, 1])


def test_clear_falls_are_named_and_listed() -> None:
    comparison = compare(FOUR, 3, [1, 1, 1, 1, 3, 3, 3, 3])
    assert set(comparison.fell) == {"goals"}
    assert not comparison.rose


def test_index_of_the_team_is_judged_apart() -> None:
    comparison = compare(make_questionnaire(**dict.fromkeys("abcdefghi", 4)), 1, 2)
    assert set(words(comparison).values()) == {"no clear change"}
    assert comparison.index is not None
    assert (comparison.index.change, comparison.index.word) == (Fraction(1, 3), "clear rise")


@pytest.mark.parametrize(
    ("same", "line"),
    [
        (True, "31 points before it is more than noise"),
        (
            False,
            "56 points before it is more than noise, "
            "because it is not the same people who answered",
        ),
    ],
)
def test_mdc_line_speaks_of_people(same: bool, line: str) -> None:
    before, after = (
        make_assessment(FOUR, 1, day=SPRING),
        make_assessment(FOUR, 1, same_manager=same),
    )
    assert describe_mdc(compare_assessments(before, after)) == (
        f"one person's view of a dimension must move by {line}"
    )


def test_mdc_line_counts_the_members() -> None:
    before = make_assessment(FOUR, members=[[1]] * 5, day=SPRING)
    after = make_assessment(FOUR, members=[[1]] * 6, same_members=True)
    assert describe_mdc(compare_assessments(before, after)) == (
        "5 and then 6 people's view of a dimension must move by 14 points "
        "before it is more than noise"
    )


def test_another_manager_in_between_means_other_respondents() -> None:
    before, after = make_assessment(FOUR, 1, day=SPRING), make_assessment(FOUR, 1)
    stranger = make_assessment(FOUR, 1, same_manager=False)
    assert compare_assessments(before, after).same_respondents
    assert not compare_assessments(before, after, between=[stranger]).same_respondents


# --- Matching ---


def test_only_questions_with_a_level_in_both_are_compared() -> None:
    old = [1, 1, 1, "dont-know", 1, 1, 1, 1]
    new = [1, 1, NO_BUDGET, NO_BUDGET, 1, 1, 1, "dont-know"]
    matching = compare(FOUR, old, new).matching
    assert matching.compared == 5
    assert [(q.question, q.reason) for q in matching.left_out] == [
        ("goals-3", "not-applicable"),
        ("goals-4", "not-applicable"),
        ("roles-4", "dont-know"),
    ]


def test_what_is_left_out_is_told_with_its_text_and_when_it_had_no_level() -> None:
    old = ["dont-know", 1, NO_BUDGET, NO_BUDGET, 1, 1, 1, 1]
    new = [1, "dont-know", "dont-know", NO_BUDGET, 1, 1, 1, 1]
    assert describe_left_out(compare(FOUR, old, new)) == (
        "“How is goals 1?”: was not known then.",
        "“How is goals 2?”: is not known now.",
        "“How is goals 3?”: did not apply then.",
        "“How is goals 4?”: applied neither then nor now.",
    )


def test_what_is_left_out_between_two_teams_names_the_team() -> None:
    teams = compare_teams(
        make_assessment(FOUR, *["dont-know", 1] * 4),
        replace(make_assessment(FOUR, 1), team=TeamName("Oslo")),
    )
    assert "“How is goals 1?”: is not known in Lyon." in describe_left_out(teams)


def test_changed_stage_points_to_what_is_more_than_noise() -> None:
    assert describe_stage_change(compare(FOUR, 1, 1)) == ""
    assert "more than noise is said below" in describe_stage_change(compare(FOUR, 0, 3))


def test_index_is_taken_on_the_compared_questions_and_scores_as_they_were() -> None:
    old = [3, 3, 0, 0, 1, 1, 1, 1]
    new = [3, 3, "dont-know", "dont-know", 1, 1, 1, 1]
    comparison = compare(FOUR, old, new)
    goals = comparison.dimensions["goals"]
    assert goals.before == goals.after == 1
    assert comparison.scores["momentum"].before == Fraction(3, 4)
    assert comparison.scores["momentum"].after == 1


def test_dimension_with_fewer_than_two_compared_questions_is_not_compared() -> None:
    silent = ["dont-know"] * 3
    comparison = compare(FOUR, [1, *silent, 1, 1, 1, 1], 1)
    assert tuple(comparison.dimensions) == ("roles",)


def test_versions_are_never_compared_in_silence() -> None:
    later = version_two(
        goals_2={"ask": "In other words?"},
        goals_3={"retired": 2},
        roles_1={"id": "roles-9", "since": 2},
    )
    before, after = make_assessment(FOUR, 1, day=SPRING), make_assessment(later, 1)
    matching = compare_assessments(before, after).matching
    assert [(q.question, q.reason) for q in matching.left_out] == [
        ("roles-9", "new"),
        ("goals-3", "retired"),
        ("roles-1", "retired"),
    ]
    assert (matching.compared, matching.reworded) == (6, ("goals-2",))
    assert describe_left_out(compare_assessments(before, after)) == (
        "“How is roles 1?”: asked for the first time.",
        "“How is goals 3?”: no longer asked.",
        "“How is roles 1?”: no longer asked.",
        "“In other words?”: compared, though its wording changed.",
    )


def test_different_questionnaires_are_refused() -> None:
    other = read_questionnaire({**questionnaire_table(goals=4), "id": "other"})
    with pytest.raises(MismatchError) as caught:
        compare_assessments(make_assessment(FOUR, 1, day=SPRING), make_assessment(other, 1))
    assert caught.value.what == "The questionnaires differ: 'small' and 'other'."
    assert caught.value.where == "Lyon, 2026-02-22 and Lyon, 2026-11-22"
    assert caught.value.fix == "Compare two assessments with the same questionnaire."


def test_assessments_without_a_common_answered_question_are_refused() -> None:
    with pytest.raises(MismatchError) as caught:
        compare(make_questionnaire(goals=2), [1, "dont-know"], ["dont-know", 1])
    assert caught.value.what == (
        "The two assessments have no question in common that has a level in both."
    )


def test_single_compared_questions_give_moves_but_no_judgement() -> None:
    comparison = compare(make_questionnaire(goals=2), [1, "dont-know"], [2, 2])
    assert (comparison.index, dict(comparison.dimensions)) == (None, {})
    assert [(m.question, m.before, m.after) for m in comparison.moves] == [("goals-1", 1, 2)]


# --- Views ---


def test_like_is_compared_with_like() -> None:
    alone = make_assessment(FOUR, 1, day=SPRING)
    with_members = make_assessment(FOUR, 2, members=[[3]] * 5)
    comparison = compare_assessments(alone, with_members)
    assert (comparison.view, comparison.dimensions["goals"].after) == ("manager", Fraction(2, 3))


def test_views_without_a_common_one_are_refused() -> None:
    alone = make_assessment(FOUR, 1, day=SPRING)
    shared = make_assessment(FOUR, consensus=[3])
    with pytest.raises(MismatchError) as caught:
        compare_assessments(alone, shared)
    assert caught.value.what.startswith("The two were not answered by the same kind of people")
    assert find_common_views(alone, shared) == ()


def test_another_view_can_be_asked_for_where_both_have_it() -> None:
    before = make_assessment(FOUR, 1, members=[[3]] * 5, day=SPRING)
    after = make_assessment(FOUR, 1, members=[[3]] * 5)
    assert find_common_views(before, after) == ("members", "manager")
    assert compare_assessments(before, after).view == "members"
    assert compare_assessments(before, after, view="manager").view == "manager"
    with pytest.raises(MismatchError) as caught:
        compare_assessments(before, after, view="consensus")
    assert caught.value.what == "The two are not both seen by the team together."
    assert caught.value.fix == "Leave out --view, or use one of: members, manager."


def test_a_team_that_answers_together_again_is_the_same_respondent() -> None:
    before = make_assessment(FOUR, consensus=[1], day=SPRING)
    after = make_assessment(FOUR, consensus=[2], same_manager=False, same_members=False)
    assert compare_assessments(before, after).same_respondents


def test_members_are_judged_on_exact_means_and_shown_in_steps() -> None:
    """4/12 to 5/12 in all of eight members is 8.3 points; five points are shown."""
    before = make_assessment(FOUR, members=[[1]] * 8, day=SPRING)
    after = make_assessment(FOUR, members=[[2, 1, 1, 1, 1, 1, 1, 1]] * 8, same_members=True)
    goals = compare_assessments(before, after).dimensions["goals"]
    assert (goals.before, goals.after, goals.change) == (
        Fraction(30, 100),
        Fraction(40, 100),
        Fraction(10, 100),
    )
    assert (goals.p, goals.p_adjusted) == (None, None)


def test_teams_side_by_side_are_different_people_with_nothing_named_beforehand() -> None:
    comparison = compare_teams(make_assessment(FOUR, 0, day=SPRING), make_assessment(FOUR, 3))
    assert (comparison.same_respondents, comparison.other_team) == (False, "Lyon")
    assert not any(change.focus for change in comparison.dimensions.values())
    assert set(words(comparison).values()) == {"clear rise"}


# --- Moves, actions, laws ---


def test_moves_stand_next_to_what_was_to_be_lifted() -> None:
    action = PlannedAction("write-goals", done=True, lifts={"goals-1": 2, "goals-2": 1})
    comparison = compare(FOUR, 1, [2, 1, 1, 1, 3, 1, 1, 1], actions=[action])
    assert [m.question for m in comparison.moves] == ["goals-1", "roles-1"]
    assert [m.question for m in comparison.moves_of(action)] == ["goals-1"]


given_answers = st.lists(st.sampled_from([0, 1, 2, 3, "dont-know"]), min_size=8, max_size=8).filter(
    lambda values: any(isinstance(v, int) for v in values)
)


@given(given_answers)
def test_assessment_compared_with_itself_shows_no_change(values: list[object]) -> None:
    comparison = compare(FOUR, values, values, focus=["goals"])
    assert comparison.moves == ()
    assert set(words(comparison).values()) <= {"no clear change"}
    assert {change.change for change in comparison.dimensions.values()} <= {0}
    assert {score.change for score in comparison.scores.values()} <= {0, None}


@given(given_answers, given_answers)
def test_comparison_the_other_way_round_turns_rises_into_falls(
    one: list[object], other: list[object]
) -> None:
    try:
        forth = compare(FOUR, one, other, focus=["goals"])
    except MismatchError:
        return
    back = compare(FOUR, other, one, focus=["goals"])
    assert (forth.rose, forth.fell) == (back.fell, back.rose)
    assert [c.change for c in forth.dimensions.values()] == [
        -c.change for c in back.dimensions.values()
    ]


@given(st.integers(1, 40), st.integers(1, 40), st.booleans())
def test_mdc_in_points_is_never_below_the_noise(before: int, after: int, same: bool) -> None:
    noise = dimension_noise(before, after, same_respondents=same)
    assert noise.is_reached(Fraction(noise_points(noise.mdc), 100))


# --- More than two quarters ---


def test_quarters_follow_each_other_with_what_was_claimed_and_what_was_backed() -> None:
    strong = {"level": 2, "evidence": "Dashboard of 3 November"}
    later = make_assessment(FOUR, strong)
    earlier = make_assessment(FOUR, 2, day=SPRING)
    first, second = follow_quarters([later, earlier])["manager"]
    assert [q.date for q in (first, second)] == [SPRING, later.date]
    assert (first.stage, first.evidenced_stage) == ("mastery", "maturity")
    assert (second.stage, second.evidenced_stage) == ("mastery", "mastery")
    assert second.dimensions == {"goals": Fraction(2, 3), "roles": Fraction(2, 3)}


def test_each_view_has_a_line_of_its_own() -> None:
    quarters = [
        make_assessment(FOUR, 1, day=SPRING),
        make_assessment(FOUR, 2, members=[[3]] * 5, day=date(2026, 5, 22)),
        make_assessment(FOUR, members=[[3]] * 5),
    ]
    lines = follow_quarters(quarters)
    assert {view: len(line) for view, line in lines.items()} == {"members": 2, "manager": 2}
    assert all(quarter.view == view for view, line in lines.items() for quarter in line)
