"""Several respondents: who drives, what may be shown, and what may not be found out."""

from dataclasses import replace
from fractions import Fraction
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers_file import read_answers
from assess.errors import AnswersError
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.scoring.assessment import score_assessment
from assess.scoring.members import coarsen, judge_agreement
from assess.scoring.profile import score_answers
from tests.builders import (
    answers_table,
    make_answers,
    make_assessment,
    make_questionnaire,
    questionnaire_table,
)

Members = list[Any]

FOUR = make_questionnaire(goals=4)
SOMEBODY_ELSE = {"not-applicable": "somebody else does that"}


def test_manager_drives_while_there_is_nobody_else() -> None:
    assert score_assessment(make_assessment(FOUR, 1)).view == "manager"


def test_members_drive_from_the_minimum_on() -> None:
    enough = make_assessment(FOUR, 1, members=[[2]] * 5)
    too_few = make_assessment(FOUR, 1, members=[[2]] * 4)
    assert (score_assessment(enough).view, score_assessment(too_few).view) == ("members", "manager")


def test_shared_answer_drives_before_members() -> None:
    assessment = make_assessment(FOUR, 1, members=[[2]] * 5, consensus=[1])
    assert tuple(score_assessment(assessment).profiles) == ("consensus", "members", "manager")


def test_members_have_no_result_before_the_assessment_is_closed() -> None:
    result = score_assessment(make_assessment(FOUR, 1, members=[[2]] * 9, closed=False))
    assert (result.members, result.agreement, result.seen_differently) == (None, {}, {})


def test_member_to_whom_too_much_does_not_apply_is_not_scored() -> None:
    mostly: Members = [[3, 3, SOMEBODY_ELSE, SOMEBODY_ELSE]]
    enough = make_assessment(FOUR, members=[*mostly, *[[1]] * 5])
    too_few = make_assessment(FOUR, 1, members=[*mostly, *[[1]] * 4])
    assert score_assessment(enough).profile.scores == (Fraction(19, 20), *[Fraction(1, 20)] * 2)
    assert score_assessment(too_few).members is None


def test_minimum_below_three_still_means_three() -> None:
    two = make_assessment(FOUR, 1, members=[[2]] * 2, minimum=1)
    three = make_assessment(FOUR, 1, members=[[2]] * 3, minimum=1)
    assert score_assessment(two).members is None
    assert score_assessment(three).members is not None


def test_too_few_members_alone_are_offered_a_consensus_round() -> None:
    with pytest.raises(AnswersError) as caught:
        score_assessment(make_assessment(FOUR, members=[[2]] * 4))
    assert (
        caught.value.what == "Too few members answered: 4, and their results are shown from 5 on."
    )
    assert caught.value.where == "assessment of Lyon, 2026-11-22"
    assert caught.value.fix == (
        "Answer once together and share the answer with: "
        "assess run --as consensus --edit 2026-11-22"
    )


def test_open_assessment_without_a_manager_says_how_to_close_it() -> None:
    with pytest.raises(AnswersError) as caught:
        score_assessment(make_assessment(FOUR, members=[[2]] * 9, closed=False))
    assert caught.value.fix == "Close it with: assess close"


def test_each_member_counts_the_same_whatever_number_of_questions_they_answered() -> None:
    brief = [0, 0, "dont-know", "dont-know"]
    members = score_assessment(make_assessment(FOUR, members=[*[[3]] * 3, brief, brief])).profile
    assert members.scores == (Fraction(3, 5),) * 3


def test_each_dimension_needs_the_minimum_of_its_own() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2)
    silent = [1, 1, "dont-know", "dont-know"]
    members = score_assessment(make_assessment(questionnaire, members=[*[[2]] * 4, silent])).profile
    assert [d.status for d in members.dimensions.values()] == ["scored", "not-scored"]
    assert members.dimensions["roles"].index is None
    assert (members.levels["roles-1"], members.stage) == ("dont-know", "momentum")


def test_dimension_does_not_apply_only_if_all_members_say_so() -> None:
    questionnaire = make_questionnaire(goals=4, roles=2)
    none = [2, 2, 2, 2, SOMEBODY_ELSE, SOMEBODY_ELSE]
    everybody = make_assessment(questionnaire, members=[none] * 5)
    nearly = make_assessment(questionnaire, members=[*[none] * 4, [2]])
    status = [score_assessment(a).profile.dimensions["roles"].status for a in (everybody, nearly)]
    assert status == ["not-applicable", "not-scored"]


def test_level_of_a_question_is_the_lower_median_from_twice_the_minimum_on() -> None:
    members = [[level] for level in (0, 0, 1, 1, 2, 3, 3, 3, 3, 3)]
    levels = [
        score_assessment(make_assessment(FOUR, members=some)).profile.levels["goals-1"]
        for some in (members, members[:-1])
    ]
    assert levels == [2, "dont-know"]


def test_level_that_fewer_than_twice_the_minimum_gave_is_withheld() -> None:
    members: Members = [*[[2]] * 9, [2, 2, 2, "dont-know"]]
    levels = score_assessment(make_assessment(FOUR, members=members)).profile.levels
    assert (levels["goals-1"], levels["goals-4"]) == (2, "dont-know")


def test_question_does_not_apply_when_most_members_say_so() -> None:
    narrow: list[object] = [2, 2, 2, SOMEBODY_ELSE]
    members: Members = [*[narrow] * 6, *[[2]] * 4]
    levels = score_assessment(make_assessment(FOUR, members=members)).profile.levels
    assert levels["goals-4"] == "not-applicable"


@pytest.mark.parametrize(
    ("given", "view"),
    [
        ({"consensus": [1], "members": [[1]] * 10}, "consensus"),
        ({"manager": [1], "members": [[1]] * 10}, "members"),
        ({"manager": [1], "members": [[1]] * 9}, "manager"),
        ({"members": [[1]] * 9}, None),
    ],
)
def test_plan_is_made_from_answers_that_tell_of_single_questions(
    given: dict[str, Any], view: str | None
) -> None:
    own = given.pop("manager", ())
    profile = score_assessment(make_assessment(FOUR, *own, **given)).plan_profile
    assert (profile and profile.view) == view


def test_dimension_of_one_question_needs_twice_the_minimum() -> None:
    questionnaire = make_questionnaire(goals=2, roles=1)
    shown = [
        score_assessment(make_assessment(questionnaire, members=[[2]] * count)).profile
        for count in (9, 10)
    ]
    assert [p.dimensions["roles"].status for p in shown] == ["not-scored", "scored"]


def test_dimension_of_which_all_members_answer_one_question_needs_twice_the_minimum() -> None:
    narrow: list[object] = [2, *[SOMEBODY_ELSE] * 3]
    questionnaire = make_questionnaire(goals=4, roles=8)
    members = [[*narrow, *[2] * 8]] * 9
    profile = score_assessment(make_assessment(questionnaire, members=members)).profile
    assert profile.dimensions["goals"].status == "not-scored"


def test_scores_index_and_stage_follow_from_what_is_shown() -> None:
    profile = score_assessment(make_assessment(FOUR, members=[[2], [2], [2], [3], [0]])).profile
    shown = (Fraction(4, 5), Fraction(4, 5), Fraction(1, 5))
    assert profile.scores == profile.dimensions["goals"].shares == shown
    assert (profile.index, profile.stage) == (Fraction(3, 5), "mastery")


def test_members_profile_tells_nothing_of_single_answers() -> None:
    profile = score_assessment(make_assessment(FOUR, 2, members=[[2]] * 5)).profile
    assert (profile.margin, profile.evidence, profile.unknown) == (None, None, None)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(0), Fraction(1, 20)),
        (Fraction(1), Fraction(19, 20)),
        (Fraction(4, 5), Fraction(4, 5)),
        (Fraction(799, 1000), Fraction(3, 4)),
        (Fraction(1, 3), Fraction(3, 10)),
    ],
)
def test_members_means_come_in_steps_of_five_points_between_5_and_95(
    exact: Fraction, shown: Fraction
) -> None:
    assert coarsen(exact) == shown


@given(st.fractions(0, 1))
def test_coarse_mean_reaches_the_thresholds_of_a_stage_exactly_when_the_mean_does(
    share: Fraction,
) -> None:
    for threshold in (Fraction(4, 5), Fraction(1, 2)):
        assert (coarsen(share) >= threshold) == (share >= threshold)


@pytest.mark.parametrize(
    ("distance", "word"),
    [
        (Fraction(1, 6), "aligned"),
        (Fraction(51, 300), "mixed"),
        (Fraction(1, 3), "mixed"),
        (Fraction(101, 300), "split"),
    ],
)
def test_agreement_changes_its_word_just_above_one_and_two_ninths(
    distance: Fraction, word: str
) -> None:
    """Of three members, one at the mean and two far, the mean deviation is 2/3 of the distance."""
    middle = Fraction(1, 2)
    assert judge_agreement([middle - distance, middle, middle + distance]) == word


@given(st.lists(st.integers(0, 12), min_size=3, max_size=12))
def test_agreement_follows_the_mean_absolute_deviation(twelfths: list[int]) -> None:
    values = [value / 12 for value in twelfths]
    deviation = fmean(abs(value - fmean(values)) for value in values)
    word = judge_agreement([Fraction(value, 12) for value in twelfths])
    # Floats cannot tell on which side of a limit a tie lies; the exact cases are above.
    if min(abs(deviation - 1 / 9), abs(deviation - 2 / 9)) > 1e-9:
        assert word == (
            "aligned" if deviation < 1 / 9 else "mixed" if deviation < 2 / 9 else "split"
        )


def test_agreement_has_a_word_for_each_shown_dimension_and_no_other() -> None:
    questionnaire = make_questionnaire(goals=2, roles=2)
    silent: list[object] = [0, 3, "dont-know", "dont-know"]
    members: Members = [[0, 0, 1, 1], [0, 0, 1, 1], [3, 3, 1, 1], [3, 3, 1, 1], silent]
    result = score_assessment(make_assessment(questionnaire, members=members))
    assert result.agreement == {"goals": "split"}


@pytest.mark.parametrize(
    ("manager", "members", "higher"),
    [(2, 1, "manager"), (0, 1, "members"), (1, 0, "manager"), (3, 2, "manager")],
)
def test_one_level_apart_is_seen_differently_in_both_directions(
    manager: int, members: int, higher: str
) -> None:
    result = score_assessment(make_assessment(FOUR, manager, members=[[members]] * 5))
    assert result.seen_differently == {"goals": higher}


def test_less_than_one_level_apart_is_not_seen_differently() -> None:
    members = [[1]] * 3 + [[1, 1, 2, 2]] * 2
    result = score_assessment(make_assessment(FOUR, 2, members=members))
    assert result.seen_differently == {}


def test_seen_differently_tells_nothing_that_the_shown_figures_do_not() -> None:
    alike, nearly = ([[1]] * 4 + [last] for last in ([1], [1, 1, 1, 2]))
    shown = [score_assessment(make_assessment(FOUR, 2, members=m)) for m in (alike, nearly)]
    assert shown[0].members == shown[1].members
    assert shown[0].seen_differently == shown[1].seen_differently


def test_every_profile_counts_all_who_answered() -> None:
    result = score_assessment(make_assessment(FOUR, 1, members=[[2]] * 4))
    assert (result.profile.managers, result.profile.members) == (1, 4)


@given(st.permutations(range(5)))
def test_order_of_members_does_not_matter(order: list[int]) -> None:
    members: Members = [[0, 1, 2, 3], [1], [3, 3, 0, 0], [2], [0, "dont-know", 1, 3]]
    shuffled = [members[place] for place in order]
    one = score_assessment(make_assessment(FOUR, 1, members=members))
    other = score_assessment(make_assessment(FOUR, 1, members=shuffled))
    assert one.profiles == other.profiles
    assert (one.agreement, one.seen_differently) == (other.agreement, other.seen_differently)


def aside(*questions: str) -> Questionnaire:
    """Return the four questions, of which these are not put to members."""
    table = questionnaire_table(goals=4)
    for question in table["question"]:
        question["members"] = question["id"] not in questions
    return read_questionnaire(table)


def test_members_have_nothing_to_say_of_questions_that_are_not_put_to_them() -> None:
    asked = aside("goals-4")
    member = make_answers(asked.of_members, 2, respondent="member")
    assert list(member.by_question) == ["goals-1", "goals-2", "goals-3"]
    table = answers_table(asked, 2, respondent="member")
    with pytest.raises(AnswersError, match="'goals-4' is not put to members"):
        read_answers(table, asked)
    assert list(score_answers(asked, member).scores or ()) == [1, 1, 0]


def test_the_gap_is_that_of_the_questions_that_both_were_asked() -> None:
    asked = aside("goals-3", "goals-4")
    members = [make_answers(asked.of_members, 1, respondent="member") for _ in range(5)]
    manager = make_assessment(asked, 2, 2, 0, 0)
    result = score_assessment(replace(manager, members=tuple(members)))
    assert result.members is not None
    assert list(result.members.levels) == ["goals-1", "goals-2"]
    both = result.side_by_side["goals"]
    assert both.manager is not None
    assert both.members is not None
    assert [round(float(index), 4) for index in (both.manager, both.members)] == [0.65, 0.35]
    assert both.gap == Fraction(3, 10)


def test_there_is_no_gap_without_both_views() -> None:
    assert score_assessment(make_assessment(FOUR, 2, members=[[1]] * 4)).side_by_side == {}


def test_why_nothing_is_shown_of_a_dimension_with_one_question() -> None:
    narrow = make_questionnaire(goals=1)
    with pytest.raises(AnswersError) as caught:
        score_assessment(make_assessment(narrow, members=[[1]] * 5))
    assert caught.value.what == (
        "Too few members answered: 5, and their results of a single question in a dimension are "
        "shown from 10 on."
    )
