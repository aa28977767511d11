"""Quarter after quarter on the projected profile, until the next stage."""

from datetime import date

from assess.planning.build import Basis, Request, build_plan
from assess.planning.plan import Capacity
from assess.planning.way import Way, find_faster_way, find_way
from assess.rules.situation import Situation
from assess.scoring.profile import score_answers
from tests.builders import (
    LYON,
    action_table,
    make_answers,
    make_catalogue,
    make_questionnaire,
    make_rules,
)

QUESTIONNAIRE = make_questionnaire(goals=4)
HEAVY = [{"week": week, "hours": 6, "do": f"Work through part {week}."} for week in range(1, 8)]
ACTIONS = [
    action_table(f"write-{number}", {f"goals-{number}": 1}, steps=HEAVY) for number in (1, 2, 3, 4)
]


def ways(*levels: int, hours: int) -> tuple[Way, Way | None]:
    catalogue = make_catalogue(QUESTIONNAIRE, *ACTIONS)
    rules = make_rules(QUESTIONNAIRE, catalogue)
    answers = make_answers(QUESTIONNAIRE, *levels)
    request = Request(LYON, answers.date, date(2026, 11, 23), Capacity(hours, "asked"))
    situation = Situation(score_answers(QUESTIONNAIRE, answers), hours)
    basis = Basis(
        request,
        situation,
        catalogue,
        rules,
        lambda raised: score_answers(QUESTIONNAIRE, answers.raised_to(raised)),
    )
    way = find_way(basis, build_plan(basis))
    return way, find_faster_way(basis, way)


def actions(way: Way) -> list[list[str]]:
    return [[priority.action.id for priority in plan.priorities] for plan in way.plans]


def test_following_quarters_are_planned_on_what_was_won() -> None:
    way, _ = ways(1, 0, 0, 0, hours=6)
    assert (actions(way), way.arrives) == ([["write-2"], ["write-3"], ["write-4"]], True)
    assert [plan.start for plan in way.plans][:2] == [date(2026, 11, 23), date(2027, 2, 22)]


def test_more_hours_may_save_a_quarter() -> None:
    way, faster = ways(1, 0, 0, 0, hours=6)
    assert faster is not None
    assert (faster.hours_per_week, len(faster.plans), len(way.plans)) == (12, 2, 3)


def test_way_that_leads_nowhere_says_so() -> None:
    way, faster = ways(1, 0, 0, 0, hours=5)
    assert (len(way.plans), way.arrives) == (1, False)
    assert faster is not None
    assert faster.hours_per_week == 7
