from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.planning.optimum import Choice, Option, Problem, find_best_plan
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
