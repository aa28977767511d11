"""Random teams of all sizes with the shipped questionnaire, catalogue and rules."""

from dataclasses import replace
from statistics import median

import pytest

from assess.planning.build import build_plan, pose_plan
from assess.planning.optimum import find_best_plan
from benchmarks.teams import open_teams
from tests.cpsat_planner import CpSatPlanner, levels_of
from tests.plan_validator import find_plan_faults

pytestmark = pytest.mark.one_python

make_team = open_teams()


@pytest.mark.parametrize("seed", range(24))
def test_the_plan_of_a_random_team_is_proven_and_nothing_could_be_added(seed: int) -> None:
    basis = make_team(seed)
    plan = build_plan(basis)
    assert plan.proven
    assert find_plan_faults(plan, basis.rules.limits) == []


_SLOW = (61, 78, 88)
"""With five to eight hours a week these took seconds once, or were not proven."""


@pytest.mark.parametrize("seed", [*range(100, 106), *_SLOW])
def test_the_plan_of_a_random_team_is_as_good_as_a_solver_finds(seed: int) -> None:
    choosing = pose_plan(make_team(seed)).choosing
    assert choosing.choice.proven
    assert levels_of(choosing.choice) == CpSatPlanner(choosing.problem).prove_levels()


def test_the_team_that_once_took_half_of_the_nodes_takes_few() -> None:
    hardest = pose_plan(open_teams("any-team", profiles=True)(1010)).choosing.problem
    assert find_best_plan(replace(hardest, node_limit=2_000)).proven


def test_the_plans_of_small_teams_last_the_whole_quarter() -> None:
    plans = [build_plan(open_teams(most=10)(seed)) for seed in range(12)]
    last_weeks = [max((p.last_week for p in plan.priorities), default=0) for plan in plans]
    assert median(last_weeks) >= 11
