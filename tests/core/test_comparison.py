"""Two assessments of a team: the formulas against independent calculations, and laws."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import gamma, pi, sqrt
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.comparison.compare import (
    compare_assessments,
    compare_teams,
    find_common_views,
    follow_quarters,
)
from assess.comparison.noise import (
    Noise,
    adjust_p_values,
    dimension_noise,
    noise_beside,
    team_noise,
    two_sided_t12,
)
from assess.comparison.records import Comparison, PlannedAction
from assess.errors import MismatchError
from assess.figures import json_noise, noise_points
from assess.identity import TeamName
from assess.media.markdown import render_markdown
from assess.pages.blocks import Sentence
from assess.pages.comparison import describe_caution, describe_left_out, make_comparison_page
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


def test_noise_of_the_team_holds_a_common_mood_of_five_points_then_and_now() -> None:
    one = dimension_noise(1, 1, same_respondents=True)
    for dimensions in (1, 9, 10**9):
        error = 0.11 * sqrt(2) * sqrt(0.4 + 0.6 / dimensions)
        expected = 1.96 * sqrt(error**2 + 2 * 0.05**2)
        assert team_noise(one, dimensions).mdc == pytest.approx(expected)


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


@pytest.mark.parametrize(
    ("t", "p"),
    # Published two-sided points of Student's t with 12 degrees of freedom.
    [
        (0.695, 0.5),
        (1.356, 0.2),
        (1.782, 0.1),
        (2.179, 0.05),
        (2.681, 0.02),
        (3.055, 0.01),
        (3.930, 0.002),
        (4.318, 0.001),
        (0, 1),
    ],
)
def test_students_t_gives_the_published_table(t: float, p: float) -> None:
    assert two_sided_t12(Fraction(t) ** 2) == pytest.approx(p, rel=2e-3)


def test_students_t_is_the_integral_of_its_density() -> None:
    """Simpson's rule over the density, with nothing of the closed form."""
    scale = gamma(6.5) / (sqrt(12 * pi) * gamma(6))
    steps, end = 20_000, 2.5
    width = end / steps
    heights = [scale * (1 + (k * width) ** 2 / 12) ** -6.5 for k in range(steps + 1)]
    inside = (
        width / 3 * (heights[0] + heights[-1] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]))
    )
    assert two_sided_t12(Fraction(5, 2) ** 2) == pytest.approx(1 - 2 * inside, abs=1e-10)


# --- Dimensions against the rest ---

NINE = make_questionnaire(**dict.fromkeys("abcdefghi", 4))


def nine(*raised: int) -> list[int]:
    """Return answers at level 1, with so many of each dimension's four one level higher."""
    return [1 + (place < count) for count in raised for place in range(4)]


def test_dimension_is_judged_against_the_middle_of_the_others_by_hand() -> None:
    """Changes in twelfths: 6, and around it 0 0 1 1 1 2 2 3, so m = 1 and a = 1.4826 / 12."""
    comparison = compare(NINE, 1, nine(4, 0, 0, 1, 1, 1, 2, 2, 3))
    change = comparison.dimensions["a"]
    least = 0.6 * 2 * 0.11**2
    scatter = 1.4826 * (1 / 12)
    error = sqrt(max(least, (least + scatter**2) / 2) * (1 + 1.57 / 8))
    assert change.rest == Fraction(1, 12)
    assert change.mdc == pytest.approx(2.1788 * error)
    t = Fraction((1 / 3 - 1 / 12) / error)
    assert change.p == pytest.approx(two_sided_t12(t**2))


def test_wide_scatter_of_the_others_widens_the_limits() -> None:
    others = {str(n): Fraction(change, 12) for n, change in enumerate((-6, -4, -3, 0, 0, 3, 4, 6))}
    assumed = dimension_noise(1, 1, same_respondents=True)
    quiet = noise_beside(assumed, dict.fromkeys(others, Fraction(0)))
    wide = noise_beside(assumed, others)
    assert quiet.variance == Fraction(6, 10) * assumed.variance * (1 + Fraction(157, 800))
    assert wide.variance > quiet.variance


def test_mood_that_moves_every_answer_makes_no_dimension_clear() -> None:
    comparison = compare(NINE, 1, 2)
    assert set(words(comparison).values()) == {"no clear change"}
    assert {change.rest for change in comparison.dimensions.values()} == {Fraction(1, 3)}


def test_what_rises_alone_is_a_clear_rise() -> None:
    comparison = compare(NINE, 1, [3] * 4 + [1] * 32)
    assert words(comparison) == {**dict.fromkeys("bcdefghi", "no clear change"), "a": "clear rise"}


def test_what_held_while_the_others_fell_stands_out_and_did_not_rise() -> None:
    comparison = compare(NINE, 3, [3] * 4 + [1] * 32)
    held = comparison.dimensions["a"]
    assert (held.word, held.only_stands_out) == ("no clear change", True)


def test_one_dimension_beyond_its_own_limit_among_many_is_not_called_clear() -> None:
    comparison = compare(NINE, 1, nine(4, 0, 0, 0, 0, 0, 0, 0, 0))
    change = comparison.dimensions["a"]
    assert change.p < 0.05 < change.p_adjusted
    assert change.word == "no clear change"
    page = make_comparison_page(comparison)
    sentences = [b.text for s in page.sections for b in s.blocks if isinstance(b, Sentence)]
    assert any("one of 9 often is by chance, so not called clear: A." in text for text in sentences)


def test_fewer_than_four_dimensions_have_no_rest_and_the_normal_distribution() -> None:
    new = [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]
    a, b, c = compare(make_questionnaire(a=4, b=4, c=4), 1, new).dimensions.values()
    expected = 2 * NormalDist().cdf(-(1 / 3) / (0.11 * sqrt(2)))
    assert [change.p for change in (a, b, c)] == pytest.approx([expected, expected, 1])
    adjusted = [3 * expected, 3 * expected, 1]
    assert [change.p_adjusted for change in (a, b, c)] == pytest.approx(adjusted)
    assert {change.rest for change in (a, b, c)} == {0}
    assert a.mdc == pytest.approx(1.96 * 0.11 * sqrt(2), abs=1e-4)


# --- Words ---


def test_clear_falls_are_named_and_listed() -> None:
    comparison = compare(FOUR, 3, [1, 1, 1, 1, 3, 3, 3, 3])
    assert set(comparison.fell) == {"goals"}
    assert not comparison.rose


def test_index_of_the_team_is_judged_apart() -> None:
    comparison = compare(make_questionnaire(**dict.fromkeys("abcdefghi", 4)), 1, 2)
    assert set(words(comparison).values()) == {"no clear change"}
    assert comparison.index is not None
    assert (comparison.index.change, comparison.index.word) == (Fraction(1, 3), "clear rise")


def test_caution_says_in_levels_and_points_what_it_takes() -> None:
    comparison = compare(NINE, 1, nine(0, 0, 0, 0, 0, 0, 0, 0, 1))
    assert describe_caution(comparison) == (
        "A change of less than 4 levels in a dimension of 4 questions, beyond that of the others, "
        "may only be another day's answers. Everything asked, taken together, "
        "went from 33 % to 34 %, which is clear from 26 points on: no clear change."
    )


def test_caution_says_that_other_people_answered() -> None:
    before = make_assessment(FOUR, 1, day=SPRING)
    after = make_assessment(FOUR, 1, same_manager=False)
    said = describe_caution(compare_assessments(before, after))
    assert "may only be another person's answers" in said


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


def test_what_is_left_out_is_told_in_one_sentence_for_each_reason() -> None:
    old = ["dont-know", 1, NO_BUDGET, NO_BUDGET, "dont-know", 1, 1, 1]
    new = [1, "dont-know", "dont-know", NO_BUDGET, 1, 1, 1, 1]
    assert describe_left_out(compare(FOUR, old, new)) == (
        "Not known then: “How is goals 1?”; “How is roles 1?”.",
        "Not known now: “How is goals 2?”.",
        "Did not apply then: “How is goals 3?”.",
        "Applied neither then nor now: “How is goals 4?”.",
    )


def test_what_is_left_out_between_two_teams_names_the_team() -> None:
    teams = compare_teams(
        make_assessment(FOUR, *["dont-know", 1] * 4),
        replace(make_assessment(FOUR, 1), team=TeamName("Oslo")),
    )
    assert describe_left_out(teams)[0].startswith("Not known in Lyon: “How is goals 1?”;")


def test_two_teams_are_told_by_name_and_not_as_then_and_now() -> None:
    lyon = make_assessment(FOUR, *[1, 0] * 4)
    oslo = replace(make_assessment(FOUR, 3), team=TeamName("Oslo"))
    for sides in ((lyon, oslo), (oslo, lyon), (lyon, replace(lyon, team=TeamName("Oslo")))):
        text = render_markdown(make_comparison_page(compare_teams(*sides)))
        words = set(re.findall("[a-z]+", text.lower()))
        assert not words & {"then", "now", "moved", "last", "still", "went", "rose", "fell"}
        assert f"{sides[1].team} beside {sides[0].team}" in text
    assert "Stage: both in" in text


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
        "Asked for the first time: “How is roles 1?”.",
        "No longer asked: “How is goals 3?”; “How is roles 1?”.",
        "Compared, though the wording changed: “In other words?”.",
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


def test_members_are_judged_on_the_shares_that_are_shown() -> None:
    """4/12 to 5/12 in all of eight members: shown 95, 5, 5 and then 95, 25, 5."""
    before = make_assessment(FOUR, members=[[1]] * 8, day=SPRING)
    after = make_assessment(FOUR, members=[[2, 1, 1, 1, 1, 1, 1, 1]] * 8, same_members=True)
    comparison = compare_assessments(before, after)
    goals = comparison.dimensions["goals"]
    assert (goals.before, goals.after) == (Fraction(105, 300), Fraction(125, 300))
    error = sqrt(0.11**2 * 2 / 8)
    assert goals.p == pytest.approx(2 * NormalDist().cdf(-(20 / 300) / error))
    assert comparison.respondents == (8, 8)


def test_teams_side_by_side_are_different_people() -> None:
    comparison = compare_teams(make_assessment(FOUR, 0, day=SPRING), make_assessment(FOUR, 3))
    assert (comparison.same_respondents, comparison.other_team) == (False, "Lyon")
    assert set(words(comparison).values()) == {"clear rise"}


# --- Moves, actions, laws ---


def test_moves_stand_next_to_what_was_to_be_lifted() -> None:
    action = PlannedAction(
        "write-goals",
        "Write",
        done=True,
        steps=(2, 2),
        owners=(),
        lifts={"goals-1": 2, "goals-2": 1},
    )
    comparison = compare(FOUR, 1, [2, 1, 1, 1, 3, 1, 1, 1], actions=[action])
    assert [m.question for m in comparison.moves] == ["goals-1", "roles-1"]
    assert [m.question for m in comparison.moves_of(action)] == ["goals-1"]


given_answers = st.lists(st.sampled_from([0, 1, 2, 3, "dont-know"]), min_size=8, max_size=8).filter(
    lambda values: any(isinstance(v, int) for v in values)
)


@given(given_answers)
def test_assessment_compared_with_itself_shows_no_change(values: list[object]) -> None:
    comparison = compare(FOUR, values, values)
    assert comparison.moves == ()
    assert set(words(comparison).values()) <= {"no clear change"}
    assert {change.change for change in comparison.dimensions.values()} <= {0}
    assert {score.change for score in comparison.scores.values()} <= {0, None}


@given(given_answers, given_answers)
def test_comparison_the_other_way_round_turns_rises_into_falls(
    one: list[object], other: list[object]
) -> None:
    try:
        forth = compare(FOUR, one, other)
    except MismatchError:
        return
    back = compare(FOUR, other, one)
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
    shown = [{"level": 2, "evidence": f"Page {n} of the team's dashboard"} for n in range(8)]
    later = make_assessment(FOUR, *shown)
    earlier = make_assessment(FOUR, 2, day=SPRING)
    first, second = follow_quarters([later, earlier])["manager"]
    assert [day for day, _ in (first, second)] == [SPRING, later.date]
    backed = [profile.evidence and profile.evidence.stage for _, profile in (first, second)]
    assert ([profile.stage for _, profile in (first, second)], backed) == (
        ["mastery", "mastery"],
        ["maturity", "mastery"],
    )


def test_each_view_has_a_line_of_its_own() -> None:
    quarters = [
        make_assessment(FOUR, 1, day=SPRING),
        make_assessment(FOUR, 2, members=[[3]] * 5, day=date(2026, 5, 22)),
        make_assessment(FOUR, members=[[3]] * 5),
    ]
    lines = follow_quarters(quarters)
    assert {view: len(line) for view, line in lines.items()} == {"members": 2, "manager": 2}
    assert all(profile.view == view for view, line in lines.items() for _, profile in line)
