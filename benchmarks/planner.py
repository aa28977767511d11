"""Measure the planner beside OR-Tools CP-SAT on random catalogues, and how it grows.

    python -m benchmarks.planner --instances 1000

CP-SAT is asked for less than ours gives: the musts, value, effort and action-weeks of the best
set, without the catalogue order and without the best weeks. Only its solving counts, not the
building of its model. Both are measured in processor time, in the same run, with one worker.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from assess.planning.optimum import Choice, Problem, find_best_plan
from benchmarks.catalogues import FAMILIES, Family, make_catalogue
from tests.cpsat_planner import CpSatPlanner, units_of_worth
from tests.plan_validator import find_faults

_SIZES = range(10, 101, 10)
_GROWTH: Mapping[str, Sequence[int]] = {
    "actions": (10, 20, 40, 60, 80, 100, 150, 200),
    "priorities": (1, 2, 3, 4, 5, 6, 7, 8),
    "weeks": (4, 8, 13, 20, 26, 39, 52),
}
_BAR_MS = 0.25
"""What one character of a bar stands for."""


@dataclass(frozen=True, slots=True)
class Run:
    """One problem, planned twice."""

    family: Family
    actions: int
    ours_ms: float
    cpsat_ms: float
    proven: bool
    cpsat_proven: bool
    below_optimum: bool
    faults: tuple[str, ...]


def main() -> int:
    """Print the report; 1 if any plan is faulty or below the optimum."""
    parser = argparse.ArgumentParser(description="Measure the planner beside CP-SAT.")
    parser.add_argument("--instances", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10, help="CP-SAT's limit for an instance")
    arguments = parser.parse_args()
    runs = [compare(seed, arguments.seconds) for seed in range(arguments.instances)]
    for line in [*report(runs), "", *measure_growth()]:
        sys.stdout.write(f"{line}\n")
    return int(any(run.faults or run.below_optimum for run in runs))


def compare(seed: int, seconds: float) -> Run:
    """Plan the catalogue of a seed with both; half of the seeds are of the first family."""
    family = (FAMILIES[0], FAMILIES[1], FAMILIES[0], FAMILIES[2])[seed % 4]
    actions = _SIZES[seed // 4 % len(_SIZES)]
    problem = make_catalogue(seed, family, actions=actions)
    ours_ms, choice = _time_ours(problem)
    planner = CpSatPlanner(problem, seconds=seconds)
    before = process_time()
    optimum = planner.prove_worth()
    return Run(
        family=family,
        actions=actions,
        ours_ms=ours_ms,
        cpsat_ms=(process_time() - before) * 1000,
        proven=choice.proven,
        cpsat_proven=optimum is not None,
        below_optimum=optimum is not None and _worth(problem, choice) < optimum,
        faults=tuple(find_faults(problem, choice)),
    )


def report(runs: Sequence[Run]) -> Iterator[str]:
    """A table with a line for each family and size, as Markdown."""
    yield (
        "| family | actions | instances | ours, median ms | ours, worst ms | CP-SAT, median ms "
        "| CP-SAT, worst ms | CP-SAT / ours, median | proven by ours | by CP-SAT "
        "| below the optimum | faulty |"
    )
    yield "|" + " --- |" * 12
    for family in FAMILIES:
        of_family = [run for run in runs if run.family == family]
        largest = [run for run in of_family if run.actions == _SIZES[-1]]
        for actions, group in ((f"{_SIZES[0]}–{_SIZES[-1]}", of_family), (_SIZES[-1], largest)):
            if group:
                yield f"| {family} | {actions} | {' | '.join(_summarise(group))} |"


def measure_growth() -> Iterator[str]:
    """Bars of the median on catalogue problems, with the worst beside them."""
    for dimension, sizes in _GROWTH.items():
        yield f"{dimension:>10}   median ms   worst ms"
        for size in sizes:
            limits = {"actions": 100, dimension: size}
            times = [
                _time_ours(make_catalogue(seed, "catalogue", **limits))[0] for seed in range(100)
            ]
            bar = "█" * round(median(times) / _BAR_MS)
            yield f"{size:>10} {median(times):>11.1f} {max(times):>10.1f}   {bar}"
        yield ""


def _time_ours(problem: Problem) -> tuple[float, Choice]:
    before = process_time()
    choice = find_best_plan(problem)
    return (process_time() - before) * 1000, choice


def _worth(problem: Problem, choice: Choice) -> int:
    must, weight, hour, week = units_of_worth(problem)
    return (
        must * choice.musts
        + weight * choice.value
        + hour * choice.effort
        + week * choice.action_weeks
    )


def _summarise(runs: Iterable[Run]) -> Iterator[str]:
    runs = list(runs)
    ours, cpsat = [run.ours_ms for run in runs], [run.cpsat_ms for run in runs]
    ratios = [theirs / mine for mine, theirs in zip(ours, cpsat, strict=True)]
    yield f"{len(runs)}"
    yield f"{median(ours):.1f}"
    yield f"{max(ours):.0f}"
    yield f"{median(cpsat):.0f}"
    yield f"{max(cpsat):.0f}"
    yield f"{median(ratios):.0f}"
    yield f"{sum(run.proven for run in runs)}"
    yield f"{sum(run.cpsat_proven for run in runs)}"
    yield f"{sum(run.below_optimum for run in runs)}"
    yield f"{sum(bool(run.faults) for run in runs)}"


if __name__ == "__main__":
    sys.exit(main())
