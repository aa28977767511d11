"""Actions: effort, duration, rungs, and mistakes in a catalogue."""

from typing import Any

import pytest

from assess.catalogue import find_action
from assess.errors import AssessError, DataFileError
from tests.builders import action_table, make_catalogue, make_questionnaire

QUESTIONNAIRE = make_questionnaire(goals=2)


def problems_of(*actions: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DataFileError) as caught:
        make_catalogue(QUESTIONNAIRE, *actions)
    return [(problem.what, problem.where) for problem in caught.value.problems]


def test_effort_and_duration_come_from_the_steps() -> None:
    steps = [
        {"week": 1, "hours": 2, "do": "Collect."},
        {"week": 1, "hours": 1, "do": "Draft."},
        {"week": 3, "hours": 4, "do": "Check."},
    ]
    [action] = make_catalogue(QUESTIONNAIRE, action_table("write", steps=steps)).actions
    assert (action.effort, action.duration, action.hours_by_week) == (7, 3, (3, 0, 4))


def test_action_offers_the_rungs_of_its_lifts_only() -> None:
    [action] = make_catalogue(QUESTIONNAIRE, action_table("write", {"goals-1": 2})).actions
    assert action.rungs == (("goals-1", 2),)


def test_unknown_names_are_told() -> None:
    broken = action_table("write", {"gaols-1": 1}, needs=["wriet"], objective="By {end}.")
    assert problems_of(broken) == [
        ("Unknown question 'gaols-1'.", "action[id=write].lifts"),
        ("Unknown action 'wriet'.", "action[id=write].needs"),
        ("Unknown placeholder 'end'.", "action[id=write].objective"),
    ]


def test_needs_may_not_run_in_a_circle() -> None:
    first = action_table("first", needs=["second"])
    second = action_table("second", needs=["first"])
    [(what, _)] = problems_of(first, second)
    assert what in (
        "The needs run in a circle: first needs second needs first.",
        "The needs run in a circle: second needs first needs second.",
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"lifts": {"goals-1": 4}}, "action[id=write].lifts.goals-1"),
        ({"role": "boss"}, "action[id=write].role"),
        ({"causes": ["luck"]}, "action[id=write].causes.0"),
        ({"steps": []}, "action[id=write].steps"),
        ({"steps": [{"week": 0, "hours": 1, "do": "x"}]}, "action[id=write].steps.0.week"),
        ({"steps": [{"week": 1, "hours": 1.5, "do": "x"}]}, "action[id=write].steps.0.hours"),
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
