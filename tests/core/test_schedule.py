import pytest

from assess.planning.orders import Order
from assess.planning.packing import NodeBudget, NodeLimitReachedError
from assess.planning.problem import PlanningOption, PlanningProblem
from assess.planning.schedule import Scheduler


def make_scheduler(
    *options: PlanningOption,
    hours: int = 6,
    weeks: int = 6,
    at_once: int = 2,
    starts: int = 2,
    nodes: int = 1000,
) -> Scheduler:
    problem = PlanningProblem(
        options=options,
        ladders=(),
        capacity=(hours,) * weeks,
        fill=1000,
        at_once=(at_once,) * weeks,
        starts=starts,
        priorities=10,
        decisions=10,
    )
    return Scheduler(problem, NodeBudget(nodes))


def task(*hours: int) -> PlanningOption:
    return PlanningOption(hours=hours)


def best_weeks(
    scheduler: Scheduler, ranked: tuple[int, ...], orders: tuple[Order, ...] = ()
) -> dict[int, int] | None:
    schedule = scheduler.find(ranked, orders)
    return dict(scheduler.place(ranked, orders, schedule).first_weeks) if schedule else None


def test_options_share_a_week_when_their_hours_fit() -> None:
    assert best_weeks(make_scheduler(task(1, 5), task(5, 1)), (0, 1)) == {0: 0, 1: 0}


def test_options_slide_until_their_heavy_weeks_do_not_meet() -> None:
    assert best_weeks(make_scheduler(task(2, 5), task(2, 5)), (0, 1)) == {0: 0, 1: 2}


def test_no_more_options_are_under_way_than_there_are_places() -> None:
    scheduler = make_scheduler(*[task(1, 1)] * 3, starts=3)
    assert best_weeks(scheduler, (0, 1, 2)) == {0: 0, 1: 0, 2: 2}


def test_no_more_options_begin_in_a_week_than_may() -> None:
    scheduler = make_scheduler(*[task(1, 1)] * 3, at_once=3, starts=1)
    assert best_weeks(scheduler, (0, 1, 2)) == {0: 0, 1: 1, 2: 2}


def test_decisions_take_no_place_under_way_but_begin_one_a_week() -> None:
    scheduler = make_scheduler(task(0, 0), task(0, 0), task(1), task(1))
    assert best_weeks(scheduler, (0, 1, 2, 3)) == {0: 0, 1: 1, 2: 0, 3: 0}


def test_one_preparation_begins_in_a_week() -> None:
    preparation = PlanningOption(hours=(0,), preparation=True)
    assert best_weeks(make_scheduler(preparation, preparation), (0, 1)) == {0: 0, 1: 1}


def test_an_option_begins_after_what_it_waits_for_has_ended() -> None:
    scheduler = make_scheduler(task(1), task(1, 1))
    assert best_weeks(scheduler, (0, 1), (Order(0, (1,)),)) == {0: 2, 1: 0}


def test_an_option_waits_for_the_first_of_several_only() -> None:
    scheduler = make_scheduler(task(1), task(1, 1, 1), task(1), at_once=3, starts=3)
    assert best_weeks(scheduler, (0, 1, 2), (Order(0, (1, 2)),)) == {0: 1, 1: 0, 2: 0}


def test_an_option_may_begin_from_a_week_on_whatever_the_others_do() -> None:
    scheduler = make_scheduler(task(1), task(1, 1, 1))
    assert best_weeks(scheduler, (0, 1), (Order(0, (1,), week=2),)) == {0: 2, 1: 0}


def test_what_ranks_first_begins_first() -> None:
    scheduler = make_scheduler(task(6), task(6, 0, 6))
    assert best_weeks(scheduler, (0, 1)) == {0: 0, 1: 1}
    assert best_weeks(scheduler, (1, 0)) == {0: 1, 1: 0}


def test_what_ranks_first_waits_where_the_rest_would_not_fit_otherwise() -> None:
    scheduler = make_scheduler(task(6), task(6, 0, 6), weeks=3)
    assert best_weeks(scheduler, (0, 1)) == {0: 1, 1: 0}


def test_a_set_that_does_not_fit_has_no_schedule() -> None:
    scheduler = make_scheduler(task(4, 4, 4), task(4, 4, 4), task(3))
    assert scheduler.find((0, 1, 2), ()) is None


def test_a_set_that_fills_every_place_is_found() -> None:
    lengths = (5, 2, 3, 3, 4, 4, 5, 3, 5, 2, 2)
    scheduler = make_scheduler(
        *[task(*[1] * length) for length in lengths], weeks=13, at_once=3, nodes=20_000
    )
    schedule = scheduler.find(tuple(range(len(lengths))), ())
    assert schedule is not None


def test_a_set_whose_lengths_cannot_be_shared_out_costs_nothing() -> None:
    scheduler = make_scheduler(*[task(*[1] * 7)] * 4, weeks=13, at_once=3, starts=3, nodes=0)
    assert scheduler.find((0, 1, 2, 3), ()) is None


def test_a_set_of_heavy_weeks_that_does_not_fit_is_given_up_soon() -> None:
    """From a random team; placed by weeks and with the lightest first it took 2,000 nodes."""
    work = [
        (8, 32, 0, 8),
        (4, 4, 8, 4),
        (8, 8, 0, 12, 8),
        (4, 16, 8, 0, 0, 16),
        (4, 32, 0, 0, 16, 32),
        (8, 0, 16),
        (4, 12, 12),
        (8, 8, 8, 0, 10),
    ]
    scheduler = make_scheduler(
        *[task(*hours) for hours in work], hours=32, weeks=13, at_once=3, nodes=200
    )
    assert scheduler.find(range(len(work)), ()) is None


def test_sets_that_differ_in_decisions_only_are_one_search() -> None:
    budget = NodeBudget(100)
    options = (task(1, 1), task(2), task(0), task(0, 0))
    scheduler = make_scheduler(*options)
    scheduler.budget = budget
    scheduler.find((0, 1), ())
    left = budget.left
    assert scheduler.find((0, 1, 2), ()) is not None
    assert scheduler.find((0, 1, 3), (Order(3, (), week=0),)) is not None
    assert left - budget.left <= 2


def test_extending_keeps_what_is_placed() -> None:
    scheduler = make_scheduler(task(4, 4), task(4, 4))
    first = scheduler.extend(scheduler.empty, 1, ())
    assert first is not None
    second = scheduler.extend(first, 0, ())
    assert second is not None
    assert second.first_weeks == {1: 0, 0: 2}


def test_a_search_without_nodes_is_given_up() -> None:
    scheduler = make_scheduler(task(1), nodes=0)
    with pytest.raises(NodeLimitReachedError):
        scheduler.find((0,), ())
