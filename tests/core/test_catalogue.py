"""Actions: hours, weeks, rungs, what is left for one team, and mistakes in a catalogue."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assess.catalogue.action import Action, find_action
from assess.catalogue.work import find_work
from assess.errors import AssessError, DataFileError
from tests.builders import action_table, make_catalogue, make_questionnaire

QUESTIONNAIRE = make_questionnaire(goals=2)


def problems_of(*actions: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DataFileError) as caught:
        make_catalogue(QUESTIONNAIRE, *actions)
    return [(problem.what, problem.where) for problem in caught.value.problems]


def action_of(**more: Any) -> Action:
    [action] = make_catalogue(QUESTIONNAIRE, action_table("write", **more)).actions
    return action


def test_hours_are_those_of_the_step_and_of_each_person_in_it() -> None:
    steps = [
        {"week": 1, "hours": 0.25, "each": Decimal("1.5"), "do": "Meet."},
        {"week": 3, "hours": 2, "do": "Write."},
    ]
    work = find_work(action_of(steps=steps), team_size=4)
    assert [float(hours) for hours in work.hours_by_week] == [6.25, 0, 2]
    assert (work.effort, work.duration) == (Fraction("8.25"), 3)


@pytest.mark.parametrize(("size", "hours"), [(2, 2), (8, 8), (9, 8), (500, 8)])
def test_at_most_eight_people_are_in_a_step(size: int, hours: int) -> None:
    action = action_of(steps=[{"week": 1, "hours": 0, "each": 1, "do": "Meet."}])
    assert find_work(action, size).effort == hours


def test_more_than_a_week_has_is_saved_up_and_what_follows_moves_back() -> None:
    steps = [
        {"week": 1, "hours": 1, "do": "Prepare."},
        {"week": 2, "hours": 0, "each": 2, "do": "Meet."},
        {"week": 4, "hours": 2, "do": "Write."},
    ]
    work = find_work(action_of(steps=steps), 5, hours_per_week=4)
    assert [step.week for step in work.steps] == [1, 4, 6]
    assert list(map(int, work.hours_by_week)) == [1, 4, 4, 2, 0, 2]


def test_without_any_hours_nothing_is_saved_up() -> None:
    assert find_work(action_of(), 5, hours_per_week=0).hours_by_week == (Fraction(2),)


TWO_LIFTS: dict[str, Any] = {
    "lifts": {"goals-1": 1, "goals-2": 1},
    "steps": [
        {"week": 1, "hours": 1, "do": "Both."},
        {"week": 2, "hours": 2, "do": "First only.", "for": ["goals-1"]},
        {"week": 4, "hours": 3, "do": "Second only.", "for": ["goals-2"]},
        {"week": 6, "hours": 4, "do": "Either.", "for": ["goals-1", "goals-2"]},
    ],
    "only": {"goals-2": {"title": "The second alone"}},
}


@pytest.mark.parametrize(
    ("reached", "numbers", "weeks"),
    [
        ([], [1, 2, 3, 4], [1, 2, 4, 6]),
        (["goals-1"], [1, 3, 4], [1, 3, 5]),
        (["goals-2"], [1, 2, 4], [1, 2, 5]),
        (["goals-1", "goals-2"], [1], [1]),
    ],
)
def test_steps_of_what_is_reached_are_left_out_and_their_weeks_closed_up(
    reached: list[str], numbers: list[int], weeks: list[int]
) -> None:
    steps = find_work(action_of(**TWO_LIFTS), 5, reached=reached).steps
    assert [step.number for step in steps] == numbers
    assert [step.week for step in steps] == weeks


def test_no_pause_is_left_before_the_first_step() -> None:
    steps = [
        {"week": 1, "hours": 1, "do": "First only.", "for": ["goals-1"]},
        {"week": 4, "hours": 1, "do": "Second only.", "for": ["goals-2"]},
        {"week": 7, "hours": 1, "do": "Both."},
    ]
    action = action_of(lifts={"goals-1": 1, "goals-2": 1}, steps=steps)
    work = find_work(action, 5, reached=["goals-1"])
    assert [step.week for step in work.steps] == [1, 4]


def test_where_one_lift_is_left_its_own_words_are_used() -> None:
    action = action_of(**TWO_LIFTS)
    titles = [find_work(action, 5, reached=r).title for r in ([], ["goals-1"], ["goals-2"])]
    assert titles == ["Title of write", "The second alone", "Title of write"]


@pytest.mark.parametrize(
    ("lifts", "hours", "kind"),
    [({}, 2, "preparation"), ({"goals-1": 1}, 0, "decision"), ({"goals-1": 1}, 1, "priority")],
)
def test_kind_follows_from_lifts_and_hours(lifts: dict[str, int], hours: int, kind: str) -> None:
    assert action_of(lifts=lifts, steps=[{"week": 1, "hours": hours, "do": "x"}]).kind == kind


def test_a_habit_says_what_it_takes_once_it_stands() -> None:
    upkeep = action_of(upkeep={"hours": 1, "each": 0.25}).upkeep
    assert upkeep is not None
    assert upkeep.hours_of(4) == 2


def test_action_offers_the_rungs_of_its_lifts_only() -> None:
    [action] = make_catalogue(QUESTIONNAIRE, action_table("write", {"goals-1": 2})).actions
    assert action.rungs == (("goals-1", 2),)


def test_unknown_names_are_told() -> None:
    broken = action_table(
        "write",
        {"gaols-1": 1},
        needs={"goals-3": 1},
        objective="By {end}.",
        only={"goals-2": {"objective": "By {start}."}},
        steps=[{"week": 1, "hours": 1, "do": "x", "for": ["goals-1"]}],
    )
    assert problems_of(broken) == [
        ("Unknown question 'gaols-1'.", "action[id=write].lifts"),
        ("Unknown question 'goals-3'.", "action[id=write].needs"),
        ("The action does not lift 'goals-1'.", "action[id=write].steps.0.for"),
        ("The action does not lift 'goals-2'.", "action[id=write].only"),
        ("The only lift needs no words of its own.", "action[id=write].only.goals-2"),
        ("Unknown placeholder 'end'.", "action[id=write].objective"),
        ("Unknown placeholder 'start'.", "action[id=write].only.goals-2.objective"),
    ]


def test_needs_may_not_run_in_a_circle() -> None:
    first = action_table("first", {"goals-1": 1}, needs={"goals-2": 2})
    second = action_table("second", {"goals-2": 2}, needs={"goals-1": 1})
    [(what, _)] = problems_of(first, second)
    assert what in (
        "The needs run in a circle: first needs second needs first.",
        "The needs run in a circle: second needs first needs second.",
    )


def test_there_is_no_circle_where_another_action_serves_the_need() -> None:
    first = action_table("first", {"goals-1": 1}, needs={"goals-2": 1})
    second = action_table("second", {"goals-2": 1}, needs={"goals-1": 1})
    other = action_table("other", {"goals-2": 1})
    assert len(make_catalogue(QUESTIONNAIRE, first, second, other).actions) == 3


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"lifts": {"goals-1": 4}}, "action[id=write].lifts.goals-1"),
        ({"role": "boss"}, "action[id=write].role"),
        ({"causes": ["luck"]}, "action[id=write].causes.0"),
        ({"steps": []}, "action[id=write].steps"),
        ({"steps": [{"week": 0, "hours": 1, "do": "x"}]}, "action[id=write].steps.0.week"),
        ({"steps": [{"week": 1, "hours": 1.1, "do": "x"}]}, "action[id=write].steps.0.hours"),
        ({"steps": [{"week": 1, "hours": True, "do": "x"}]}, "action[id=write].steps.0.hours"),
        (
            {"steps": [{"week": 1, "hours": 1, "each": -1, "do": "x"}]},
            "action[id=write].steps.0.each",
        ),
        ({"upkeep": {"each": 0.3}}, "action[id=write].upkeep.each"),
        ({"needs": {"goals-1": 0}}, "action[id=write].needs.goals-1"),
        ({"supports": "nobody"}, "action[id=write].supports"),
    ],
)
def test_values_out_of_range_name_their_place(change: dict[str, object], where: str) -> None:
    assert [place for _, place in problems_of(action_table("write") | change)] == [where]


CATALOGUE = make_catalogue(
    QUESTIONNAIRE,
    action_table("write-goals", title="Write down three goals"),
    action_table("share-goals", title="Share the goals"),
    action_table("goals", title="Write down"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("goals", "goals"),
        ("write down", "goals"),
        ("three", "write-goals"),
        (" SHARE the goals ", "share-goals"),
    ],
)
def test_action_is_found_by_its_id_its_title_or_a_part_of_it(wanted: str, found: str) -> None:
    assert find_action(CATALOGUE, wanted, "ACTION").id == found


def test_part_of_several_titles_is_no_name() -> None:
    with pytest.raises(AssessError) as caught:
        find_action(CATALOGUE, "e", "ACTION")
    assert (caught.value.what, caught.value.fix) == (
        "'e' stands in 3 titles.",
        "Use one of these ids: write-goals, share-goals, goals.",
    )
