from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.planning.optimum import Choice, Option, Problem, find_best_plan
from benchmarks.catalogues import FAMILIES, Family, make_catalogue, shuffle_options
from tests.cpsat_planner import CpSatPlanner
from tests.plan_validator import find_faults, last_week, value_of


def make_problem(
    *options: Option,
    ladders: tuple[tuple[int, ...], ...] = ((4, 3, 1), (4, 3, 1)),
    hours: int = 6,
    weeks: int = 13,
    at_once: int = 3,
    priorities: int = 5,
    node_limit: int = 100_000,
) -> Problem:
    return Problem(
        options=options,
        ladders=ladders,
        capacity=(hours,) * weeks,
        slots=(at_once,) * weeks,
        priorities=priorities,
        node_limit=node_limit,
    )


def brute_force(problem: Problem) -> dict[int, int]:
    """First weeks of the best plan, by trying every set at all weeks."""
    positions = range(len(problem.options))
    sets = [
        chosen
        for size in range(min(problem.priorities, len(positions)) + 1)
        for chosen in combinations(positions, size)
    ]
    for chosen in sorted(sets, key=lambda chosen: set_order(problem, chosen)):
        schedules = all_schedules(problem, chosen)
        if schedules:
            return dict(zip(chosen, min(schedules)[1], strict=True))
    raise AssertionError("The empty set can always be scheduled.")


def set_order(problem: Problem, chosen: tuple[int, ...]) -> tuple[object, ...]:
    options = [problem.options[position] for position in chosen]
    return (
        -sum(option.must for option in options),
        -value_of(problem, options),
        sum(sum(option.hours) for option in options),
        sum(len(option.hours) for option in options),
        [position not in chosen for position in range(len(problem.options))],
    )


def all_schedules(problem: Problem, chosen: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
    weeks = len(problem.capacity)
    first_weeks = [range(1, weeks - len(problem.options[i].hours) + 2) for i in chosen]
    plans = (
        Choice(dict(zip(chosen, first, strict=True)), *sums_of(problem, chosen), proven=True)
        for first in product(*first_weeks)
    )
    return [
        (last_week(problem, plan), tuple(plan.first_weeks.values()))
        for plan in plans
        if not find_faults(problem, plan)
    ]


def sums_of(problem: Problem, chosen: tuple[int, ...]) -> tuple[int, int, int, int]:
    options = [problem.options[position] for position in chosen]
    return (
        sum(option.must for option in options),
        value_of(problem, options),
        sum(sum(option.hours) for option in options),
        sum(len(option.hours) for option in options),
    )


DECISION = Option(hours=(0,), must=True)


def worth_of(choice: Choice) -> tuple[int, int, int, int]:
    return choice.musts, choice.value, choice.effort, choice.action_weeks


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    weeks = draw(st.integers(0, 6))
    ladders = tuple(
        draw(st.lists(st.lists(st.integers(0, 4), max_size=3).map(tuple), min_size=1, max_size=3))
    )
    rungs = [
        (ladder, rung) for ladder, weights in enumerate(ladders) for rung in range(len(weights))
    ]
    order = draw(st.permutations(range(draw(st.integers(0, 6)))))
    some_rungs = st.lists(st.sampled_from(rungs), unique=True, max_size=3) if rungs else st.just([])
    options = {
        position: Option(
            hours=tuple(draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))),
            needs=tuple(draw(st.sets(st.sampled_from(order[:i]), max_size=2))) if i else (),
            must=draw(st.sampled_from([False, False, False, True])),
            offers=tuple(draw(some_rungs)),
            earliest=draw(st.sampled_from([1, 1, 1, 2, 4])),
        )
        for i, position in enumerate(order)
    }
    return Problem(
        options=tuple(options[position] for position in sorted(options)),
        ladders=ladders,
        capacity=draw(st.tuples(*[st.integers(0, 7)] * weeks)),
        slots=draw(st.tuples(*[st.integers(0, 3)] * weeks)),
        priorities=draw(st.integers(0, 4)),
    )


@settings(max_examples=200, deadline=None)
@given(problem=problems())
def test_the_plan_is_the_one_that_brute_force_finds(problem: Problem) -> None:
    choice = find_best_plan(problem)
    assert choice.first_weeks == brute_force(problem)
    assert choice.proven
    assert not find_faults(problem, choice)


def test_a_rung_above_a_gap_wins_nothing_until_the_gap_is_closed() -> None:
    above = Option(hours=(1,), offers=((0, 1),))
    below = Option(hours=(1,), offers=((0, 0),))
    assert find_best_plan(make_problem(above)).value == 0
    assert find_best_plan(make_problem(above, below)).value == 4 + 3


def test_a_rung_counts_once() -> None:
    twice = [Option(hours=(hours,), offers=((0, 0),)) for hours in (2, 1, 3)]
    assert find_best_plan(make_problem(*twice)).first_weeks == {1: 1}


def test_a_rung_of_weight_0_is_won_for_the_one_above() -> None:
    worthless = Option(hours=(1,), offers=((0, 0),))
    above = Option(hours=(1,), offers=((0, 1),))
    choice = find_best_plan(make_problem(above, worthless, ladders=((0, 5),)))
    assert list(choice.first_weeks) == [0, 1]
    assert choice.value == 5


def test_a_must_comes_before_any_value() -> None:
    must = Option(hours=(4, 4, 4), must=True)
    valuable = Option(hours=(1,), offers=((0, 0), (1, 0)))
    assert list(find_best_plan(make_problem(valuable, must, priorities=1)).first_weeks) == [1]


def test_a_needed_option_is_chosen_for_what_needs_it_and_ends_before() -> None:
    needed = Option(hours=(1, 1))
    needing = Option(hours=(1,), needs=(1,), offers=((0, 0),))
    assert find_best_plan(make_problem(needing, needed)).first_weeks == {0: 3, 1: 1}


def test_of_two_equal_sets_the_one_with_the_earliest_option_is_chosen() -> None:
    equals = [Option(hours=(1,), offers=((0, 0),)) for _ in range(3)]
    assert list(find_best_plan(make_problem(*equals)).first_weeks) == [0]


def test_the_last_week_is_as_early_as_can_be() -> None:
    """The first option must wait, although it comes first in the catalogue."""
    options = [
        Option(hours=(6,), offers=((0, 0),)),
        Option(hours=(6, 0), offers=((0, 1),)),
    ]
    assert find_best_plan(make_problem(*options)).first_weeks == {0: 2, 1: 1}


def test_no_option_begins_before_its_earliest_week() -> None:
    late = Option(hours=(1,), offers=((0, 0),), earliest=5)
    assert find_best_plan(make_problem(late)).first_weeks == {0: 5}


def test_without_hours_only_decisions_are_chosen() -> None:
    work = Option(hours=(1,), offers=((0, 0),))
    decision = Option(hours=(0, 0), offers=((1, 0),))
    assert find_best_plan(make_problem(work, decision, hours=0)).first_weeks == {1: 1}


@pytest.mark.parametrize(
    "problem",
    [
        make_problem(DECISION, priorities=0),
        make_problem(DECISION, weeks=0),
        make_problem(DECISION, at_once=0),
        make_problem(),
    ],
)
def test_without_room_the_plan_is_empty(problem: Problem) -> None:
    choice = find_best_plan(problem)
    assert choice == Choice({}, musts=0, value=0, effort=0, action_weeks=0, proven=True)


MOST_ACTIONS: dict[Family, int] = {"catalogue": 100, "packing": 50, "plateau": 40}
"""What CP-SAT proves in about a second."""


@pytest.mark.parametrize("seed", range(50))
def test_the_plan_is_the_one_that_cp_sat_proves(seed: int) -> None:
    family = FAMILIES[seed % 3]
    actions = 10 + (MOST_ACTIONS[family] - 10) * seed // 49
    problem = make_catalogue(seed, family, actions=actions)
    choice = find_best_plan(problem)
    assert choice.proven
    assert not find_faults(problem, choice)
    assert choice.first_weeks == CpSatPlanner(problem).find_first_weeks()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(10))
def test_another_order_of_the_catalogue_gives_a_plan_of_the_same_worth(
    seed: int, family: Family
) -> None:
    problem = make_catalogue(seed, family, actions=40)
    shuffled = shuffle_options(Random(seed), problem)
    choice, other = find_best_plan(problem), find_best_plan(shuffled)
    assert not find_faults(shuffled, other)
    assert worth_of(choice) == worth_of(other)


@pytest.mark.parametrize("seed", range(20))
def test_another_order_of_the_catalogue_gives_a_plan_that_ends_in_the_same_week(seed: int) -> None:
    """On a plateau it may not: of sets that are worth the same, catalogue order decides."""
    problem = make_catalogue(seed, "catalogue", actions=60)
    shuffled = shuffle_options(Random(seed), problem)
    choice, other = find_best_plan(problem), find_best_plan(shuffled)
    assert last_week(problem, choice) == last_week(shuffled, other)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("node_limit", [0, 1, 2, 5, 10])
def test_past_the_node_limit_the_best_plan_so_far_keeps_every_limit(
    family: Family, node_limit: int
) -> None:
    problem = replace(make_catalogue(3, family, actions=100), node_limit=node_limit)
    choice = find_best_plan(problem)
    assert not choice.proven
    assert not find_faults(problem, choice)


def test_the_same_nodes_give_the_same_plan() -> None:
    problem = replace(make_catalogue(3, "packing", actions=100), node_limit=500)
    assert find_best_plan(problem) == find_best_plan(problem)
