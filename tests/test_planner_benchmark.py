"""The benchmark of the planner still runs and still judges."""

from dataclasses import replace

import pytest

from benchmarks.catalogues import FAMILIES
from benchmarks.planner import compare_catalogue, compare_teams, report

pytestmark = pytest.mark.one_python


def test_each_family_has_its_line_and_no_plan_is_below_the_optimum() -> None:
    runs = [*compare_teams(range(3), 10), *(compare_catalogue(seed, 10) for seed in range(4))]
    _, _, *lines = report(runs)
    families = ("shipped", *FAMILIES)
    assert [line.split(" | ")[0] for line in lines] == [f"| {family}" for family in families]
    assert not any(run.below_optimum or run.faults for run in runs)


def test_a_plan_below_the_optimum_is_counted() -> None:
    run = compare_catalogue(0, seconds=10)
    *_, line = report([run, replace(run, below_optimum=True)])
    assert line.endswith("| 1 | 0 |")
