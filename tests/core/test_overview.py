"""Several teams side by side: which result counts, what moved, what most of them lack."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from assess.answers import Assessment
from assess.goals.course import count_on_course
from assess.goals.goal import Closing
from assess.overview import TeamInView, TeamsInView, count_lacking, judge_team
from tests.builders import DAY, make_assessment, make_questionnaire
from tests.goals import START, make_figure, make_goal

Q = make_questionnaire(goals=2, roles=2)
SPRING = date(2026, 5, 22)
SUMMER = date(2026, 8, 22)
CHRISTMAS = date(2026, 12, 24)


def judge(*every: Assessment, firm: bool = True) -> TeamInView:
    return judge_team("Lyon", every, firm=firm)[0]


def lacking(*teams: Sequence[Any]) -> list[tuple[str, int, int]]:
    """Return what teams lack of which the managers answered so."""
    judged = [judge(make_assessment(Q, *given)) for given in teams]
    found = count_lacking(TeamsInView(questionnaire=Q, today=DAY, teams=tuple(judged)))
    return [(lack.question, lack.teams, lack.of) for lack in found]


def test_team_stands_where_its_result_says() -> None:
    team = judge(make_assessment(Q, 1, 1, 1, 0))
    assert (team.assessed, team.view, team.stage) == (DAY, "manager", "momentum")
    assert (team.hangs_on, team.odds) == (1, 0.35)


def test_how_firm_the_stage_is_is_left_out_where_nobody_asks() -> None:
    assert judge(make_assessment(Q, 1), firm=False).hangs_on is None


def test_result_that_may_not_be_shown_yet_leaves_the_one_before() -> None:
    open_still = make_assessment(Q, members=[(1,) * 4] * 9, closed=False)
    assert judge(make_assessment(Q, 1, day=SUMMER), open_still).assessed == SUMMER
    assert judge(open_still).view is None


def test_change_is_told_by_the_words_of_the_comparison() -> None:
    team = judge(make_assessment(Q, 0, day=SUMMER), make_assessment(Q, 3, 3, 0, 0))
    assert (team.before, team.changes["goals"]) == (SUMMER, "clear rise")
    assert team.changes["roles"] == "no clear change"


def test_team_is_compared_with_the_nearest_quarter_that_the_same_people_answered() -> None:
    members = make_assessment(Q, members=[(1,) * 4] * 5, day=SUMMER)
    assert judge(make_assessment(Q, 1, day=SPRING), members, make_assessment(Q, 1)).before == SPRING
    assert judge(members, make_assessment(Q, 1)).before is None


def test_what_most_teams_lack_comes_first_and_equal_ones_in_file_order() -> None:
    found = lacking((0, 1, 1, 0), (0, 0, 1, 1), (0, 0, 0, 1))
    assert found == [("goals-1", 3, 3), ("goals-2", 2, 3), ("roles-1", 1, 3), ("roles-2", 1, 3)]


def test_a_dont_know_is_lacking_and_what_does_not_apply_is_not() -> None:
    found = lacking(("dont-know", 1, 0, {"not-applicable": "no money"}))
    assert [question for question, *_ in found] == ["goals-1", "roles-1"]


def test_lacking_is_what_the_stage_of_the_team_asks_for() -> None:
    assert [question for question, *_ in lacking((2, 2, 2, 1))] == ["roles-2"]


@pytest.mark.parametrize("count", [5, 30])
def test_members_answers_tell_of_no_single_question(count: int) -> None:
    members = [(0, 1, 2, 3)] * count
    assert judge(make_assessment(Q, members=members)).lacking is None
    beside = judge(make_assessment(Q, 1, 1, 0, 1, members=members))
    assert (beside.view, beside.lacking) == ("members", ("roles-1",))


def test_goal_is_on_course_when_no_figure_is_behind_its_line() -> None:
    def goal(*values: int) -> Any:
        return make_goal(figures=[make_figure([(CHRISTMAS, value)]) for value in values])

    good, bad, unmeasured = goal(12), goal(10), make_goal()
    closed = make_goal(closed=Closing(on=START))
    assert count_on_course([good, bad, unmeasured, closed], CHRISTMAS) == (1, 3)


def test_goal_without_a_figure_is_neither_on_course_nor_off_it() -> None:
    assert count_on_course([make_goal(figures=[])], CHRISTMAS) == (0, 0)
