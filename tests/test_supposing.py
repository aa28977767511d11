"""What if a question stood at another level."""

import pytest

from assess.errors import AssessError
from assess.workflow.plan.anew import suppose
from tests.builders import make_assessment, make_questionnaire

GOALS = make_questionnaire(goals=4)


def test_supposed_level_takes_the_place_of_any_answer() -> None:
    assessment = make_assessment(GOALS, 3, "dont-know", {"not-applicable": "no goals"}, 1)
    supposed = suppose(assessment, {"goals-1": 0, "goals-2": 2, "goals-3": 1})
    assert supposed.manager is not None
    assert [answer.level for answer in supposed.manager.by_question.values()] == [0, 2, 1, 1]


def test_nothing_is_supposed_of_members() -> None:
    """Else supposing three of four questions would tell the members' answers to the fourth."""
    with pytest.raises(AssessError) as caught:
        suppose(make_assessment(GOALS, 1, members=[[1]] * 10), {"goals-1": 2})
    assert caught.value.what == (
        "Members' answers are looked at once, so nothing can be supposed of them."
    )
    assert caught.value.where == "--what-if"


def test_members_whose_view_is_withheld_stay_as_they_are() -> None:
    assessment = make_assessment(GOALS, 1, members=[["dont-know"]] * 5)
    assert suppose(assessment, {"goals-1": 2, "goals-2": 2}).members == assessment.members


def test_unknown_questions_are_named() -> None:
    with pytest.raises(AssessError) as unknown:
        suppose(make_assessment(GOALS, 1), {"gaols-1": 2})
    assert unknown.value.what == "Unknown question 'gaols-1'."
    assert unknown.value.fix.startswith("Did you mean 'goals-1'?")
