from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.planning.optimum import find_best_plan
from assess.planning.problem import (
    Choice,
    LadderRung,
    PlanningOption,
    PlanningProblem,
    Stage,
    StagePart,
    UnderWay,
)
from benchmarks.catalogues import FAMILIES, Family, make_catalogue, shuffle_options
from tests.cpsat_planner import CpSatPlanner, levels_of
from tests.plan_validator import distance_of, faults_of_numbers, find_faults, value_of, won_rungs

pytestmark = pytest.mark.one_python


def make_problem(
    *options: PlanningOption,
    ladders: tuple[tuple[int, ...], ...] = ((4, 3, 1), (4, 3, 1)),
    hours: int = 6,
    fill: int = 1000,
    weeks: int = 13,
    at_once: int = 3,
    starts: int = 2,
    priorities: int = 8,
    decisions: int = 3,
    stage: Stage | None = None,
    under_way: tuple[UnderWay, ...] = (),
    node_limit: int = 100_000,
) -> PlanningProblem:
    return PlanningProblem(
        options=options,
        ladders=ladders,
        capacity=(hours,) * weeks,
        fill=fill,
        at_once=(at_once,) * weeks,
        starts=starts,
        priorities=priorities,
        decisions=decisions,
        stage=stage,
        under_way=under_way,
        node_limit=node_limit,
    )


def brute_force(problem: PlanningProblem) -> dict[int, int]:
    """First weeks of the best plan, by trying every set at all weeks."""
    positions = range(len(problem.options))
    sets = [
        chosen for size in range(len(positions) + 1) for chosen in combinations(positions, size)
    ]
    for chosen in sorted(sets, key=lambda chosen: set_order(problem, chosen)):
        ranked = in_order_of_importance(problem, chosen)
        schedules = [tuple(weeks[i] for i in ranked) for weeks in all_schedules(problem, chosen)]
        if schedules:
            return dict(sorted(zip(ranked, min(schedules), strict=True)))
    raise AssertionError("The empty set can always be scheduled.")


def set_order(problem: PlanningProblem, chosen: tuple[int, ...]) -> tuple[object, ...]:
    options = [problem.options[position] for position in chosen]
    distance = distance_of(problem, chosen)
    return (
        -sum(option.must for option in options),
        -sum(option.announced for option in options),
        distance != 0,
        -value_of(problem, chosen),
        distance,
        sum(sum(option.hours) for option in options),
        len(options),
        [position not in chosen for position in range(len(problem.options))],
    )


def in_order_of_importance(problem: PlanningProblem, chosen: tuple[int, ...]) -> list[int]:
    won = won_rungs(problem, chosen)

    def rank(position: int) -> tuple[bool, int, int]:
        option = problem.options[position]
        value = sum(problem.ladders[ladder][rung] for ladder, rung in won & set(option.offers))
        return not (option.must or option.preparation), -value, position

    return sorted(chosen, key=rank)


def all_schedules(problem: PlanningProblem, chosen: tuple[int, ...]) -> Iterator[dict[int, int]]:
    weeks = len(problem.capacity)
    # Numbers do not depend on weeks, and spare most of the trying.
    if faults_of_numbers(problem, describe(problem, dict.fromkeys(chosen, 1))):
        return
    first_weeks = [range(1, weeks - len(problem.options[i].hours) + 2) for i in chosen]
    for first in product(*first_weeks):
        plan = dict(zip(chosen, first, strict=True))
        if not find_faults(problem, describe(problem, plan)):
            yield plan


def describe(problem: PlanningProblem, first_weeks: dict[int, int]) -> Choice:
    options = [problem.options[position] for position in first_weeks]
    return Choice(
        first_weeks,
        musts=sum(option.must for option in options),
        announced=sum(option.announced for option in options),
        value=value_of(problem, first_weeks),
        distance=distance_of(problem, first_weeks),
        effort=sum(sum(option.hours) for option in options),
        proven=True,
    )


DECISION = PlanningOption(hours=(0,), must=True)


@st.composite
def problems(draw: st.DrawFn) -> PlanningProblem:
    weeks = draw(st.integers(0, 4))
    ladders = tuple(
        draw(st.lists(st.lists(st.integers(0, 4), max_size=3).map(tuple), min_size=1, max_size=4))
    )
    rungs = [
        (ladder, rung) for ladder, weights in enumerate(ladders) for rung in range(len(weights))
    ]
    one_each: st.SearchStrategy[tuple[LadderRung, ...]] = st.just(())
    if rungs:
        some = st.lists(st.sampled_from(rungs), max_size=3, unique_by=lambda r: r[0])
        one_each = some.map(tuple)
    options = tuple(
        PlanningOption(
            hours=tuple(draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))),
            offers=draw(one_each),
            needs=draw(one_each) if draw(st.sampled_from([False, False, True])) else (),
            must=draw(st.sampled_from([False, False, False, True])),
            announced=draw(st.sampled_from([False, False, False, True])),
            preparation=draw(st.sampled_from([False, False, False, True])),
            earliest=draw(st.sampled_from([1, 1, 1, 2, 4])),
        )
        for _ in range(draw(st.integers(0, 5)))
    )
    return PlanningProblem(
        options=tuple(replace(o, offers=()) if o.preparation else o for o in options),
        ladders=ladders,
        capacity=draw(st.tuples(*[st.integers(0, 7)] * weeks)),
        fill=draw(st.integers(0, 30)),
        at_once=draw(st.tuples(*[st.integers(0, 3)] * weeks)),
        starts=draw(st.integers(0, 2)),
        priorities=draw(st.integers(0, 4)),
        decisions=draw(st.integers(0, 2)),
        stage=draw(st.one_of(st.none(), stages(ladders))),
        under_way=tuple(
            UnderWay(draw(one_each), draw(st.integers(0, 5)))
            for _ in range(draw(st.sampled_from([0, 0, 1, 2])))
        ),
        started=draw(st.sampled_from([0, 0, 0, 1])),
    )


@st.composite
def stages(draw: st.DrawFn, ladders: tuple[tuple[int, ...], ...]) -> Stage:
    """Every ladder is a question of one dimension."""
    level = draw(st.integers(0, 2))
    homes = draw(st.tuples(*[st.integers(0, 2)] * len(ladders)))
    parts = []
    for home in range(3):
        reaching = tuple(
            (ladder, min(level, len(weights) - 1))
            for ladder, weights in enumerate(ladders)
            if homes[ladder] == home and weights
        )
        reached = draw(st.integers(0, 2))
        questions = max(1, reached + len(reaching) + draw(st.integers(0, 1)))
        unknown = tuple((ladder, 0) for ladder, _ in reaching if draw(st.booleans()))
        parts.append(
            StagePart(
                questions=questions,
                reached=reached,
                least=-(-questions // 2),
                unanswered=min(len(unknown), draw(st.integers(0, 1))),
                reaching=reaching,
                answering=unknown,
            )
        )
    return Stage(tuple(parts), 4, 5)


@settings(max_examples=100, deadline=None)
@given(problem=problems())
def test_the_plan_is_the_one_that_brute_force_finds(problem: PlanningProblem) -> None:
    choice = find_best_plan(problem)
    assert choice.first_weeks == brute_force(problem)
    assert choice.proven
    assert not find_faults(problem, choice)


def test_a_rung_above_a_gap_wins_nothing_until_the_gap_is_closed() -> None:
    above = PlanningOption(hours=(1,), offers=((0, 1),))
    below = PlanningOption(hours=(1,), offers=((0, 0),))
    assert find_best_plan(make_problem(above)).value == 0
    assert find_best_plan(make_problem(above, below)).value == 4 + 3


def test_a_rung_counts_once() -> None:
    twice = [PlanningOption(hours=(hours,), offers=((0, 0),)) for hours in (2, 1, 3)]
    assert find_best_plan(make_problem(*twice)).first_weeks == {1: 1}


def test_a_rung_of_weight_0_is_won_for_the_one_above() -> None:
    worthless = PlanningOption(hours=(1,), offers=((0, 0),))
    above = PlanningOption(hours=(1,), offers=((0, 1),))
    choice = find_best_plan(make_problem(above, worthless, ladders=((0, 5),)))
    assert choice.first_weeks == {0: 2, 1: 1}
    assert choice.value == 5


def test_a_must_comes_before_any_value_and_takes_no_place() -> None:
    must = PlanningOption(hours=(4, 4, 4), must=True)
    valuable = PlanningOption(hours=(4,), offers=((0, 0), (1, 0)))
    other = PlanningOption(hours=(4,), offers=((0, 1),))
    choice = find_best_plan(make_problem(valuable, must, other, priorities=1))
    assert list(choice.first_weeks) == [0, 1]
    assert list(find_best_plan(make_problem(valuable, must, fill=12)).first_weeks) == [1]


def test_what_was_announced_comes_before_value() -> None:
    announced = PlanningOption(hours=(1,), offers=((0, 2),), announced=True)
    valuable = PlanningOption(hours=(1,), offers=((0, 0), (1, 0)))
    assert list(find_best_plan(make_problem(valuable, announced, priorities=1)).first_weeks) == [1]


def test_the_stage_is_finished_before_any_more_value() -> None:
    finishing = PlanningOption(hours=(1,), offers=((0, 0),))
    valuable = PlanningOption(hours=(1,), offers=((1, 0),))
    stage = Stage((StagePart(1, 0, 1, 0, ((0, 0),)),), 4, 5)
    ladders = ((1,), (9,))
    one = make_problem(finishing, valuable, ladders=ladders, stage=stage, priorities=1)
    assert list(find_best_plan(one).first_weeks) == [0]
    far = replace(one, stage=Stage((StagePart(3, 0, 2, 0, ((0, 0),)),), 4, 5))
    assert list(find_best_plan(far).first_weeks) == [1]


def test_of_equal_value_the_plan_that_comes_nearer_to_the_stage_is_chosen() -> None:
    options = [PlanningOption(hours=(1,), offers=((ladder, 0),)) for ladder in (0, 1)]
    stage = Stage((StagePart(3, 0, 2, 0, ((1, 0),)),), 4, 5)
    problem = make_problem(*options, ladders=((4,), (4,)), stage=stage, priorities=1)
    assert list(find_best_plan(problem).first_weeks) == [1]


def test_whatever_wins_a_needed_level_serves() -> None:
    needing = PlanningOption(hours=(1,), offers=((1, 0),), needs=((0, 0),))
    dear, cheap = (
        PlanningOption(hours=(3,), offers=((0, 0),)),
        PlanningOption(hours=(1, 1), offers=((0, 0),)),
    )
    choice = find_best_plan(make_problem(needing, dear, cheap, ladders=((0,), (4,))))
    assert choice.first_weeks == {0: 3, 2: 1}


def test_a_need_that_work_under_way_wins_holds_from_its_end_on() -> None:
    needing = PlanningOption(hours=(1,), offers=((1, 0),), needs=((0, 0),))
    begun = UnderWay(offers=((0, 0),), last_week=3)
    choice = find_best_plan(make_problem(needing, ladders=((4,), (4,)), under_way=(begun,)))
    assert choice.first_weeks == {0: 4}
    assert choice.value == 8


def test_what_cannot_end_in_time_after_what_it_needs_takes_no_place() -> None:
    below = PlanningOption(hours=(1, 1, 1), offers=((0, 0),))
    above = PlanningOption(hours=(1, 1), offers=((0, 1),))
    other = PlanningOption(hours=(1,), offers=((1, 0),))
    problem = make_problem(above, below, other, ladders=((1, 9), (1,)), weeks=4, priorities=2)
    assert find_best_plan(problem).first_weeks == {1: 1, 2: 1}


def test_of_two_equal_sets_the_one_with_the_earliest_option_is_chosen() -> None:
    equals = [PlanningOption(hours=(1,), offers=((0, 0),)) for _ in range(3)]
    assert list(find_best_plan(make_problem(*equals)).first_weeks) == [0]


def test_what_is_worth_more_begins_first() -> None:
    options = [
        PlanningOption(hours=(6, 6), offers=((0, 0),)),
        PlanningOption(hours=(6,), offers=((1, 0),)),
    ]
    choice = find_best_plan(make_problem(*options, ladders=((4,), (5,))))
    assert choice.first_weeks == {0: 2, 1: 1}


def test_what_is_worth_more_waits_where_others_would_not_fit_otherwise() -> None:
    options = [
        PlanningOption(hours=(6,), offers=((1, 0),)),
        PlanningOption(hours=(6,), offers=((0, 1),)),
        PlanningOption(hours=(6,), offers=((0, 0),)),
    ]
    choice = find_best_plan(make_problem(*options, ladders=((1, 3), (9,)), weeks=3))
    assert choice.first_weeks == {0: 1, 1: 3, 2: 2}


def test_no_more_hours_are_planned_than_may_be() -> None:
    options = [PlanningOption(hours=(3,), offers=((ladder, 0),)) for ladder in (0, 1)]
    assert len(find_best_plan(make_problem(*options, fill=5)).first_weeks) == 1


def test_decisions_have_places_of_their_own_and_begin_one_a_week() -> None:
    work = PlanningOption(hours=(1,), offers=((0, 0),))
    decisions = [PlanningOption(hours=(0, 0), offers=((ladder, 0),)) for ladder in (1, 2, 3)]
    problem = make_problem(*decisions, work, ladders=((4,),) * 4, priorities=1, decisions=2)
    assert find_best_plan(problem).first_weeks == {0: 1, 1: 2, 3: 1}


def test_without_hours_only_what_takes_none_is_chosen() -> None:
    work = PlanningOption(hours=(1,), offers=((0, 0),))
    decision = PlanningOption(hours=(0, 0), offers=((1, 0),))
    assert find_best_plan(make_problem(work, decision, hours=0)).first_weeks == {1: 1}


def test_options_that_need_each_other_are_not_chosen() -> None:
    one = PlanningOption(hours=(1,), offers=((0, 0),), needs=((1, 0),))
    other = PlanningOption(hours=(1,), offers=((1, 0),), needs=((0, 0),))
    assert find_best_plan(make_problem(one, other)).first_weeks == {}


@pytest.mark.parametrize(
    "problem",
    [
        make_problem(PlanningOption(hours=(1,), must=True), fill=0),
        make_problem(DECISION, weeks=0),
        make_problem(PlanningOption(hours=(1,), must=True), at_once=0),
        make_problem(),
    ],
)
def test_without_room_the_plan_is_empty(problem: PlanningProblem) -> None:
    assert find_best_plan(problem) == Choice({}, 0, 0, 0, None, 0, proven=True)


@pytest.mark.parametrize("seed", range(21))
def test_the_plan_is_one_that_cp_sat_proves(seed: int) -> None:
    """As good at every level, and at the best weeks of its set."""
    problem = make_catalogue(seed, FAMILIES[seed % 3], actions=10 + seed % 15)
    choice = find_best_plan(problem)
    assert choice.proven
    assert not find_faults(problem, choice)
    assert levels_of(choice) == CpSatPlanner(problem).prove_levels()
    ranked = in_order_of_importance(problem, tuple(choice.first_weeks))
    assert choice.first_weeks == CpSatPlanner(problem).find_first_weeks(ranked)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_plan_is_no_worse_where_options_offer_rungs_above_lost_ones(family: Family) -> None:
    """The option that is needed pays for such a rung no more than the others that offer it."""
    problem = make_catalogue(0, family, actions=30)
    assert levels_of(find_best_plan(problem)) == CpSatPlanner(problem).prove_levels()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("seed", range(5))
def test_another_order_of_the_catalogue_gives_a_plan_of_the_same_worth(
    seed: int, family: Family
) -> None:
    problem = make_catalogue(seed, family, actions=20)
    shuffled = shuffle_options(Random(seed), problem)
    assert levels_of(find_best_plan(problem)) == levels_of(find_best_plan(shuffled))


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
