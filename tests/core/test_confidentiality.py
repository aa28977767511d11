"""Attempts to recover a member's answer from everything that the core tells.

What an attacker sees is the same for whole families of answers: the tests show that each
family holds answers that differ in what the attacker wants to know.
docs/confidentiality.md says what lies outside, and why.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assess.comparison.compare import compare_assessments, compare_teams, follow_quarters
from assess.documents.comparison import describe_comparison
from assess.documents.score import describe_profile
from assess.errors import MismatchError
from assess.pages.comparison import describe_caution
from assess.scoring.assessment import score_assessment
from assess.scoring.records import is_guarded
from tests.builders import DAY, make_assessment, make_questionnaire

pytestmark = pytest.mark.one_python

SPRING = date(2026, 2, 22)
MINIMUM = 5
SILENT = ("dont-know", {"not-applicable": "somebody else does that"})
TEAM = make_questionnaire(goals=4, roles=4)
GOALS = make_questionnaire(goals=4)

Member = Sequence[Any]

answer = st.sampled_from([0, 1, 2, 3, 0, 1, 2, 3, *SILENT])
member = st.lists(answer, min_size=8, max_size=8)
manager = st.lists(st.integers(0, 3), min_size=8, max_size=8)


def members_of(count: int) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(member, min_size=count, max_size=count)


def told(
    own: Sequence[Any],
    members: Sequence[Member],
    earlier: Sequence[Member] | None = None,
    **more: Any,
) -> str:
    """Return all that the core tells of one or two quarters, as text."""
    quarters = [make_assessment(TEAM, *own, members=members, **more)]
    if earlier is not None:
        quarters.insert(0, make_assessment(TEAM, *own, members=earlier, day=SPRING, **more))
    results = [score_assessment(quarter) for quarter in quarters]
    pieces: list[object] = [follow_quarters(quarters)]
    for result in results:
        pieces += [
            describe_profile(profile, team="Lyon", day=DAY) for profile in result.profiles.values()
        ]
        pieces += [result.agreement, result.seen_differently, result.side_by_side]
    for compare in (compare_assessments, compare_teams):
        try:
            comparison = compare(quarters[0], quarters[-1])
            pieces += [describe_comparison(comparison), describe_caution(comparison)]
        except MismatchError as refused:
            pieces.append(str(refused))
    return repr(pieces)


@settings(max_examples=25)
@given(manager, members_of(MINIMUM - 1), members_of(MINIMUM - 1), st.booleans())
def test_below_the_minimum_nothing_depends_on_what_members_answered(
    own: list[int], some: list[Member], others: list[Member], closed: bool
) -> None:
    assert told(own, some, some, closed=closed) == told(own, others, others, closed=closed)


@settings(max_examples=25)
@given(manager, members_of(MINIMUM + 2), members_of(MINIMUM + 2))
def test_before_closing_nothing_depends_on_what_members_answered(
    own: list[int], some: list[Member], others: list[Member]
) -> None:
    assert told(own, some, closed=False) == told(own, others, closed=False)


@settings(max_examples=25)
@given(manager, members_of(MINIMUM - 1), st.data())
def test_dimension_below_the_minimum_tells_nothing_though_another_is_shown(
    own: list[int], members: list[list[Any]], data: st.DataObject
) -> None:
    """The fifth member knows nothing of the roles, so four know something at most.

    Whether a third of all questions does not apply to a member decides on the goals too.
    """
    goals = data.draw(st.lists(st.integers(0, 3), min_size=4, max_size=4))
    fifth = [*goals, *["dont-know"] * 4]
    other_roles = data.draw(members_of(MINIMUM - 1))
    changed = [[*m[:4], *o[4:]] for m, o in zip(members, other_roles, strict=True)]
    assume(not any(is_guarded(m.count(SILENT[1]), 8) for m in (*members, *changed)))
    assert told(own, [*members, fifth]) == told(own, [*changed, fifth])


@settings(max_examples=25)
@given(manager, members_of(MINIMUM), members_of(MINIMUM), st.permutations(range(MINIMUM)))
def test_members_who_exchange_all_their_answers_leave_everything_the_same(
    own: list[int], earlier: list[Member], now: list[Member], order: list[int]
) -> None:
    """So nothing says who answered what, nor who changed from quarter to quarter."""
    assert told(own, now, earlier) == told(own, [now[place] for place in order], earlier)


@settings(max_examples=25)
@given(
    manager,
    members_of(MINIMUM),
    members_of(MINIMUM),
    st.lists(st.permutations(range(4)), min_size=MINIMUM, max_size=MINIMUM),
)
def test_member_who_shuffles_the_answers_of_a_dimension_leaves_everything_the_same(
    own: list[int], earlier: list[Member], now: list[Member], orders: list[list[int]]
) -> None:
    """So a question's answer is out of reach unless one member gave the same four times."""
    shuffled = [
        [*(m[place] for place in order), *m[4:]] for m, order in zip(now, orders, strict=True)
    ]
    assert told(own, now, earlier) == told(own, shuffled, earlier)


@settings(max_examples=25)
@given(manager, members_of(MINIMUM), member, st.integers(0, MINIMUM - 1))
def test_newcomer_of_the_second_quarter_could_be_any_member(
    own: list[int], staying: list[Member], newcomer: Member, place: int
) -> None:
    exchanged = [*staying, newcomer]
    exchanged[place], exchanged[-1] = exchanged[-1], exchanged[place]
    assert told(own, [*staying, newcomer], staying) == told(own, exchanged, staying)


@settings(max_examples=25)
@given(
    st.sampled_from([0, 1, 2, 3]), st.integers(MINIMUM, MINIMUM + 3), st.integers(0, 3), st.data()
)
def test_members_of_one_mind_look_like_members_of_whom_one_is_not(
    level: int, count: int, question: int, data: st.DataObject
) -> None:
    """Twenty equal answers or more: with another in their midst the document is the same."""
    place = data.draw(st.integers(0, count - 1))
    other = level - 1 if level else 1
    agreeing = [[level] * 4 for _ in range(count)]
    dissenting = [list(row) for row in agreeing]
    dissenting[place][question] = other
    documents = []
    for members in (agreeing, dissenting):
        result = score_assessment(make_assessment(GOALS, members=members))
        documents.append((describe_profile(result.profile, team="Lyon", day=DAY), result.agreement))
    assert documents[0] == documents[1]


@settings(max_examples=25)
@given(manager, manager, members_of(MINIMUM))
def test_members_figures_do_not_depend_on_the_manager(
    own: list[int], other: list[int], members: list[Member]
) -> None:
    """There is no figure that mixes them, from which the manager could be subtracted."""
    shown = [
        score_assessment(make_assessment(TEAM, *answers, members=members))
        for answers in (own, other)
    ]
    assert shown[0].members == shown[1].members
    assert shown[0].agreement == shown[1].agreement


@settings(max_examples=25)
@given(manager, members_of(MINIMUM))
def test_evidence_and_reasons_of_members_appear_nowhere(
    own: list[int], members: list[list[Any]]
) -> None:
    secret = "known to one person only"
    marked = [list(m) for m in members]
    marked[0][0] = {"level": 3, "evidence": secret}
    marked[1][1] = {"not-applicable": secret}
    result = score_assessment(make_assessment(TEAM, *own, members=marked))
    assert secret not in told(own, marked, marked)
    assert secret not in repr(result)
