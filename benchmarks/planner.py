"""Measure the planner beside OR-Tools CP-SAT: random teams, random catalogues, and growth.

    python -m benchmarks.planner --teams 1000 --instances 1000
    python -m benchmarks.planner --proofs 300 --teams 0 --instances 0 --growth 0

CP-SAT is asked for the same levels, one after the other: musts, stage finished, value, distance,
effort; not for the order among equals and the best weeks. Only its solving counts, not the
building of its model. Both are measured in processor time, in the same run, with one worker.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from time import process_time
from typing import Any

from assess.library import Library
from assess.planning.build import pose_plan
from assess.planning.optimum import find_best_plan
from assess.planning.problem import Choice, PlanningProblem
from assess.record import record
from benchmarks.catalogues import FAMILIES, make_catalogue
from benchmarks.teams import open_teams
from tests.cpsat_planner import CpSatPlanner, levels_of
from tests.plan_validator import find_faults

_SIZES = range(10, 101, 10)
_GROWTH: Mapping[str, Sequence[int]] = {
    "priorities": (5, 6, 8, 10, 12),
    "at_once": (2, 3, 4),
    "starts": (1, 2, 3),
}


@record
class Run:
    """One problem, planned twice."""

    family: str
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
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--instances", type=int, default=1000)
    parser.add_argument("--growth", type=int, default=100, help="teams for each line of growth")
    parser.add_argument("--seconds", type=float, default=10, help="CP-SAT's limit for a level")
    parser.add_argument(
        "--proofs", type=int, default=0, help="teams of each questionnaire, without CP-SAT"
    )
    arguments = parser.parse_args()
    for line in prove_teams(arguments.proofs) if arguments.proofs else ():
        sys.stdout.write(f"{line}\n")
    runs = [
        *compare_teams(range(arguments.teams), arguments.seconds),
        *(compare_catalogue(seed, arguments.seconds) for seed in range(arguments.instances)),
    ]
    for line in [*report(runs), "", *measure_growth(arguments.growth)]:
        sys.stdout.write(f"{line}\n")
    return int(any(run.faults or run.below_optimum for run in runs))


def compare_teams(seeds: Iterable[int], seconds: float) -> Iterator[Run]:
    """Plan random teams with both."""
    make_team = open_teams()
    for seed in seeds:
        problem = pose_plan(make_team(seed)).choosing.problem
        yield compare("shipped", problem, seconds)


def compare_catalogue(seed: int, seconds: float) -> Run:
    """Plan the catalogue of a seed with both; half of the seeds are of the first family."""
    family = (FAMILIES[0], FAMILIES[1], FAMILIES[0], FAMILIES[2])[seed % 4]
    actions = _SIZES[seed // 4 % len(_SIZES)]
    return compare(family, make_catalogue(seed, family, actions=actions), seconds)


def compare(family: str, problem: PlanningProblem, seconds: float) -> Run:
    """Plan a problem with both."""
    ours_ms, choice = _time_ours(problem)
    planner = CpSatPlanner(problem, seconds=seconds)
    before = process_time()
    optimum = planner.prove_levels()
    return Run(
        family=family,
        actions=len(problem.options),
        ours_ms=ours_ms,
        cpsat_ms=(process_time() - before) * 1000,
        proven=choice.proven,
        cpsat_proven=optimum is not None,
        below_optimum=optimum is not None and levels_of(choice) < optimum,
        faults=tuple(find_faults(problem, choice)),
    )


def report(runs: Sequence[Run]) -> Iterator[str]:
    """A table with a line for each family, and one for its largest, as Markdown."""
    yield (
        "| family | actions | instances | ours, median ms | ours, worst ms | CP-SAT, median ms "
        "| CP-SAT, worst ms | CP-SAT / ours, median | proven by ours | by CP-SAT "
        "| below the optimum | faulty |"
    )
    yield "| --- |" + " ---: |" * 11
    for family in ("shipped", *FAMILIES):
        group = [run for run in runs if run.family == family]
        if group:
            sizes = [run.actions for run in group]
            yield f"| {family} | {min(sizes)}–{max(sizes)} | {' | '.join(_summarise(group))} |"


def measure_growth(teams: int) -> Iterator[str]:
    """Times of shipped teams under other limits."""
    make_team = open_teams()
    problems = [pose_plan(make_team(seed)).choosing.problem for seed in range(teams)]
    for limit, sizes in _GROWTH.items() if problems else ():
        yield f"{limit:>10}   median ms   9 of 10 ms   worst ms   proven"
        for size in sizes:
            value: Any = (size,) * len(problems[0].at_once) if limit == "at_once" else size
            runs = [_time_ours(replace(problem, **{limit: value})) for problem in problems]
            times = sorted(ms for ms, _ in runs)
            proven = sum(choice.proven for _, choice in runs)
            yield (
                f"{size:>10} {median(times):>11.1f} {times[len(times) * 9 // 10]:>12.1f} "
                f"{times[-1]:>10.0f} {proven:>8}"
            )
        yield ""


def prove_teams(teams: int) -> Iterator[str]:
    """Times of teams of each questionnaire with random start profiles, ours only."""
    yield "| questionnaire | teams | proven | median ms | 9 of 10 ms | 99 of 100 ms | worst ms |"
    yield "| --- |" + " ---: |" * 6
    for name in Library().questionnaire_ids():
        make_team = open_teams(name, profiles=True)
        # These seeds are none of those by which the planner was made.
        problems = (pose_plan(make_team(1000 + seed)).choosing.problem for seed in range(teams))
        runs = [_time_ours(problem) for problem in problems]
        times = sorted(ms for ms, _ in runs)
        proven = sum(choice.proven for _, choice in runs)
        shown = [median(times), times[teams * 9 // 10], times[teams * 99 // 100], times[-1]]
        yield f"| {name} | {teams} | {proven} | {' | '.join(f'{ms:.0f}' for ms in shown)} |"
    yield ""


def _time_ours(problem: PlanningProblem) -> tuple[float, Choice]:
    before = process_time()
    choice = find_best_plan(problem)
    return (process_time() - before) * 1000, choice


def _summarise(runs: Iterable[Run]) -> Iterator[str]:
    runs = list(runs)
    ours, cpsat = [run.ours_ms for run in runs], [run.cpsat_ms for run in runs]
    ratios = [theirs / mine for mine, theirs in zip(ours, cpsat, strict=True)]
    yield f"{len(runs)}"
    yield f"{median(ours):.1f}"
    yield f"{max(ours):.0f}"
    yield f"{median(cpsat):.0f}"
    yield f"{max(cpsat):.0f}"
    yield f"{median(ratios):.1f}"
    yield f"{sum(run.proven for run in runs)}"
    yield f"{sum(run.cpsat_proven for run in runs)}"
    yield f"{sum(run.below_optimum for run in runs)}"
    yield f"{sum(bool(run.faults) for run in runs)}"


if __name__ == "__main__":
    sys.exit(main())
