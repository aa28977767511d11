"""What a plan tells of members: the plan follows the members' view, and must keep its promises."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from assess.documents.plan import describe_plan
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.planning.build import build_plan
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis
from tests.builders import DAY, make_assessment

pytestmark = pytest.mark.one_python

LIBRARY = Library()
TEAM = LIBRARY.questionnaire("marketing-team")
DATA = read_plan_data(LIBRARY, TEAM)
SECRET = "known to one person only"


def draw_member(chance: Random) -> list[Any]:
    return [
        chance.choice([0, 0, 1, 1, 2, 3, "dont-know", {"not-applicable": SECRET}])
        for _ in TEAM.questions
    ]


def shuffled_in_dimensions(chance: Random, member: list[Any]) -> list[Any]:
    """Return the same answers, on other questions of their dimensions."""
    given, shuffled = iter(member), list[Any]()
    for questions in TEAM.by_dimension.values():
        own = [next(given) for _ in questions]
        shuffled += chance.sample(own, k=len(own))
    return shuffled


def planned(own: Sequence[object], members: Sequence[Sequence[object]]) -> str:
    """Return all that a plan holds, as text: who knows the plan knows its file and document."""
    assessment = make_assessment(TEAM, *own, members=members)
    plan = build_plan(find_basis(DATA, assessment, Wishes(hours=6), Past(), DAY))
    return repr((plan, describe_plan(plan)))


@pytest.mark.parametrize("seed", range(2))
def test_plan_below_the_minimum_does_not_depend_on_what_members_answered(seed: int) -> None:
    chance = Random(seed)
    some, others = ([draw_member(chance) for _ in range(4)] for _ in range(2))
    assert planned([1], some) == planned([1], others)


@pytest.mark.parametrize("count", [5, 9])
def test_plan_below_twice_the_minimum_does_not_depend_on_single_answers(count: int) -> None:
    """From the minimum on rules may ask for the word of agreement, which shares decide."""
    chance = Random(count)
    some = [draw_member(chance) for _ in range(count)]
    others = [shuffled_in_dimensions(chance, member) for member in some]
    assert planned([1], some) == planned([1], others)


@pytest.mark.parametrize("seed", range(2))
def test_plan_does_not_tell_members_apart(seed: int) -> None:
    chance = Random(seed)
    members = [draw_member(chance) for _ in range(10)]
    shuffled = chance.sample(members, k=10)
    assert planned([1], members) == planned([1], shuffled)
    assert SECRET not in planned([1], members)


@pytest.mark.parametrize("seed", range(2))
def test_plan_of_the_members_does_not_depend_on_the_manager(seed: int) -> None:
    members = [draw_member(Random(seed)) for _ in range(10)]
    assert planned([0], members) == planned([3], members)
