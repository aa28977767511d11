import pytest

from assess.planning.schedule import (
    NodeBudget,
    NodeLimitReachedError,
    Scheduler,
    Task,
)


def make_task(*hours: int, needs: tuple[int, ...] = (), earliest: int = 0) -> Task:
    return Task(hours=hours, needs=needs, earliest=earliest)


def make_scheduler(
    *tasks: Task, hours: int = 6, weeks: int = 6, at_once: int = 2, nodes: int = 1000
) -> Scheduler:
    return Scheduler(
        tasks, capacity=[hours] * weeks, slots=[at_once] * weeks, budget=NodeBudget(nodes)
    )


def best_weeks(scheduler: Scheduler, tasks: tuple[int, ...]) -> dict[int, int] | None:
    schedule = scheduler.find(tasks)
    if schedule is None:
        return None
    *_, best = [schedule, *scheduler.improve(tasks, schedule)]
    return dict(best.first_weeks)


def test_tasks_share_a_week_when_their_hours_fit() -> None:
    scheduler = make_scheduler(make_task(1, 5), make_task(5, 1))
    assert best_weeks(scheduler, (0, 1)) == {0: 0, 1: 0}


def test_tasks_slide_until_their_heavy_weeks_do_not_meet() -> None:
    scheduler = make_scheduler(make_task(2, 5), make_task(2, 5))
    assert best_weeks(scheduler, (0, 1)) == {0: 0, 1: 2}


def test_no_more_tasks_are_under_way_than_there_are_slots() -> None:
    scheduler = make_scheduler(*[make_task(0, 0)] * 3)
    assert best_weeks(scheduler, (0, 1, 2)) == {0: 0, 1: 0, 2: 2}


def test_a_task_begins_after_what_it_needs_has_ended() -> None:
    scheduler = make_scheduler(make_task(1, needs=(1,)), make_task(1, 1))
    assert best_weeks(scheduler, (1, 0)) == {0: 2, 1: 0}


def test_an_earlier_end_comes_before_an_earlier_first_task() -> None:
    scheduler = make_scheduler(make_task(6), make_task(6, 0, 6))
    assert best_weeks(scheduler, (0, 1)) == {0: 1, 1: 0}


def test_a_set_that_does_not_fit_has_no_schedule() -> None:
    scheduler = make_scheduler(make_task(4, 4, 4), make_task(4, 4, 4), make_task(3))
    assert scheduler.find((0, 1, 2)) is None


def test_extending_keeps_what_is_placed() -> None:
    scheduler = make_scheduler(make_task(4, 4), make_task(4, 4))
    first = scheduler.extend(scheduler.empty, [1])
    assert first is not None
    second = scheduler.extend(first, [0])
    assert second is not None
    assert second.first_weeks == {1: 0, 0: 2}


def test_a_search_without_nodes_is_given_up() -> None:
    scheduler = make_scheduler(make_task(1), nodes=0)
    with pytest.raises(NodeLimitReachedError):
        scheduler.find((0,))
