"""What a profile would be with some questions at higher levels."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.scoring.assessment import score_assessment
from assess.scoring.projection import project_profile
from tests.builders import make_assessment, make_questionnaire

GOALS = make_questionnaire(goals=4)
SILENT = {"not-applicable": "somebody else does that"}

wishes = st.dictionaries(st.sampled_from(list(GOALS.by_id)), st.integers(1, 3))
ten_members = st.lists(
    st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=10, max_size=10
)


def test_single_respondent_is_scored_anew() -> None:
    assessment = make_assessment(GOALS, 0, 2, "dont-know", SILENT)
    profile = project_profile(assessment, {f"goals-{n}": 1 for n in range(1, 5)})
    assert list(profile.levels.values()) == [1, 2, 1, "not-applicable"]
    assert (profile.stage, profile.managers) == ("maturity", 1)


def test_members_who_are_too_few_stay_so() -> None:
    """Their unknowns are not answered for them, which could make them enough."""
    members = [[1, 1, 1, 1]] * 4 + [["dont-know"] * 4]
    profile = project_profile(make_assessment(GOALS, 0, members=members), {"goals-1": 1})
    assert (profile.view, profile.members) == ("manager", 5)


@settings(max_examples=50)
@given(ten_members, wishes)
def test_members_are_projected_by_their_middle_answers_like_one_respondent(
    members: list[list[int]], levels: dict[str, int]
) -> None:
    assessment = make_assessment(GOALS, members=members)
    middles = [sorted(column)[4] for column in zip(*members, strict=True)]
    projected = project_profile(assessment, levels)
    alone = project_profile(make_assessment(GOALS, *middles), levels)
    assert projected.view == "members"
    assert (projected.levels, projected.scores) == (alone.levels, alone.scores)
    assert (projected.stage, projected.complete) == (alone.stage, alone.complete)


def test_plan_of_members_has_the_stage_of_its_middle_answers() -> None:
    """Of ten members six do everything; by the shares that are shown four fifths do not."""
    result = score_assessment(make_assessment(GOALS, members=[[1] * 4] * 6 + [[0] * 4] * 4))
    assert result.plan_profile is not None
    assert (result.profile.stage, result.plan_profile.stage) == ("momentum", "maturity")


def test_what_applies_to_no_member_bars_no_stage_of_their_plan() -> None:
    questionnaire = make_questionnaire(goals=4, roles=2)
    members = [[1, 1, 1, 1, SILENT, SILENT]] * 10
    plan_profile = score_assessment(make_assessment(questionnaire, members=members)).plan_profile
    assert plan_profile is not None
    assert plan_profile.levels["roles-1"] == "not-applicable"
    assert plan_profile.stage == "maturity"


def test_lifting_all_questions_but_one_does_not_single_that_one_out() -> None:
    """Both teams look the same; only scoring lifted answers anew would tell them apart."""
    columns = {
        "four can do the last": ([1, 1, 1, 0, 0] * 2, [0] * 10, [0] * 10, [1, 1, 0, 0, 0] * 2),
        "nobody can do the last": ([1] * 10, [0] * 10, [0] * 10, [0] * 10),
    }
    one, other = (
        make_assessment(GOALS, members=list(zip(*questions, strict=True)))
        for questions in columns.values()
    )
    levels = {"goals-1": 1, "goals-2": 1, "goals-3": 1}
    assert score_assessment(one).profile == score_assessment(other).profile
    assert project_profile(one, levels) == project_profile(other, levels)
