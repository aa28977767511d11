"""Who does what: steps handed out to people, evenly, and stable when it is done again."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.pages.people import describe_staffing
from assess.people import Person, name_owner, read_owner
from assess.planning.owners import find_loads
from assess.planning.plan import Plan
from tests.builders import action_table
from tests.plans import make_plan, staffed

ANA = Person(name="Ana", roles=("manager",))
BEN = Person(name="Ben", roles=("team",))
CLEO = Person(name="Cleo", roles=("team",))


def action(name: str, role: str = "team", *hours: int) -> Mapping[str, Any]:
    steps = [
        {"week": week, "hours": number, "do": f"Do part {week} of {name}."}
        for week, number in enumerate(hours or (2, 2), start=1)
    ]
    return action_table(name, {"goals-1": 1}, role=role, steps=steps)


def owners(plan: Plan) -> dict[str, str]:
    return {step.id: step.owner for p in plan.priorities for step in p.steps}


def begun(plan: Plan, name: str) -> Plan:
    priorities = (replace(p, state="begun") if p.action.id == name else p for p in plan.priorities)
    return replace(plan, priorities=tuple(priorities))


def test_without_names_the_role_stays() -> None:
    plan = staffed(make_plan(action("a"), action("b", "sponsor")))
    assert set(owners(plan).values()) == {"team", "sponsor"}
    assert [p.lead for p in plan.priorities] == ["team", "sponsor"]


def test_a_step_of_the_team_gets_a_person() -> None:
    plan = staffed(make_plan(action("a"), action("b")), ANA, BEN, CLEO)
    assert [p.lead for p in plan.priorities] == ["Ben", "Cleo"]


def test_one_action_stays_with_one_person_where_that_is_even_enough() -> None:
    plan = staffed(make_plan(action("a"), action("b"), action("c"), action("d")), BEN, CLEO)
    assert all(len({step.owner for step in p.steps}) == 1 for p in plan.priorities)
    assert not any(load.is_above for load in find_loads(plan))


def test_a_large_action_is_shared_where_it_would_be_too_much_for_one() -> None:
    plan = staffed(make_plan(action("a", "team", 2, 2, 2, 2)), BEN, CLEO)
    assert sorted(owners(plan).values()) == ["Ben", "Ben", "Cleo", "Cleo"]


def test_half_of_the_time_gets_half_of_the_work() -> None:
    half = BEN.model_copy(update={"share": 50})
    plan = staffed(make_plan(*(action(name) for name in "abcdef")), half, CLEO)
    assert [load.hours for load in find_loads(plan)] == [8, 16]


def test_who_is_away_has_nothing_due_in_those_weeks() -> None:
    away = BEN.model_copy(update={"off": ("2026-11-23..2026-11-29",)})
    plan = staffed(make_plan(action("a", "team", 3, 3, 3)), away, CLEO)
    assert owners(plan)["a/1"] == "Cleo"


def test_who_is_away_and_alone_in_a_role_is_named_with_the_step() -> None:
    away = ANA.model_copy(update={"off": ("2026-11-23..2026-11-29",)})
    plan = staffed(make_plan(action("a", "manager")), away, BEN)
    assert "Ana is away when “Do part 1 of a.” is due, Fri 27 Nov." in describe_staffing(plan)


def test_what_was_begun_or_given_by_hand_stays() -> None:
    plan = begun(make_plan(action("a", "team", 4, 4), action("b"), action("c")), "a")
    before = {"a/1": "Ben", "a/2": "Ben", "b/1": "Ben", "b/2": "Ben"}
    handed = staffed(plan, BEN, CLEO, before=before, by_hand={"c/1": "the agency"})
    assert {s: o for s, o in owners(handed).items() if s[0] in "ac"} == {
        "a/1": "Ben",
        "a/2": "Ben",
        "c/1": "the agency",
        "c/2": "Cleo",
    }


def test_who_is_gone_keeps_what_is_done_and_nothing_else() -> None:
    plan = begun(make_plan(action("a")), "a")
    before = {"a/1": "Dora", "a/2": "Dora"}
    handed = staffed(plan, BEN, done=frozenset({"a/1"}), before=before)
    assert owners(handed) == {"a/1": "Dora", "a/2": "Ben"}


def test_more_than_a_third_above_the_others_is_said_with_its_reason() -> None:
    plan = staffed(make_plan(action("a", "manager", 8, 8), action("b")), ANA, BEN)
    (said,) = describe_staffing(plan)
    assert said == (
        "Ana leads 16 of 20 hours, more than a third above what the others have for their share: "
        "nobody else is named as manager."
    )


def test_a_team_without_a_specialist_says_who_it_would_be() -> None:
    unnamed = replace(staffed(make_plan(action("a", "specialist"))), team_size=2)
    assert describe_staffing(unnamed)[0].startswith("A team of two has no specialist")
    named = staffed(make_plan(action("a", "specialist"), action("b")), ANA, BEN)
    assert "led by Ben" in describe_staffing(named)[0]
    assert owners(named)["a/1"] == "Ben"


def test_an_owner_is_read_as_it_is_named() -> None:
    assert [read_owner(name_owner(owner)) for owner in ("team", "sponsor", "Ana")] == [
        "team",
        "sponsor",
        "Ana",
    ]


_PEOPLE = st.lists(st.sampled_from([25, 50, 80, 100]), min_size=2, max_size=5).map(
    lambda shares: tuple(
        Person(name=f"P{n}", roles=("team",), share=share) for n, share in enumerate(shares)
    )
)
_HOURS = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=6)


@settings(max_examples=60)
@given(_PEOPLE, _HOURS)
def test_who_is_far_above_has_no_step_that_another_could_take(
    people: tuple[Person, ...], hours: list[list[int]]
) -> None:
    actions = [action(f"a{n}", "team", *some) for n, some in enumerate(hours)]
    plan = staffed(make_plan(*actions), *people)
    loads = {load.person.name: load for load in find_loads(plan)}
    for step in (step for p in plan.priorities for step in p.steps if step.hours):
        load = loads[step.owner]
        for other in loads.values() if load.is_above else ():
            shares = Fraction(1, load.person.share), Fraction(1, other.person.share)
            gap = load.hours * shares[0] - other.hours * shares[1]
            assert 2 * gap <= step.hours * sum(shares)


@settings(max_examples=30)
@given(_PEOPLE, _HOURS)
def test_handing_out_again_moves_nothing(
    people: tuple[Person, ...], hours: list[list[int]]
) -> None:
    actions = [action(f"a{n}", "team", *some) for n, some in enumerate(hours)]
    plan = staffed(make_plan(*actions), *people)
    assert staffed(plan, *people, before=owners(plan)).priorities == plan.priorities
