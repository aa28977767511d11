"""What a plan promised, and the exact test of it against every choice there is."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.comparison.compare import compare_assessments
from assess.comparison.promise import (
    FollowedPromise,
    Promise,
    PromisedLevel,
    PutAside,
    find_mid_p,
    follow_promise,
)
from assess.pages.promise import describe_kept
from assess.scoring.records import Level, View
from tests.builders import make_assessment, make_questionnaire

SPRING = date(2026, 2, 22)
TWELVE = make_questionnaire(goals=4, roles=4, systems=4)

changes = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-2, 3), st.booleans()), min_size=1, max_size=9
)


def enumerate_mid_p(given: Sequence[tuple[int, int, bool]]) -> Fraction | None:
    """Look at every way of choosing as many questions of each stratum as were promised."""
    strata = [
        [(change, promised) for start, change, promised in given if start == level]
        for level in (0, 1, 2)
    ]
    observed = sum(change for stratum in strata for change, promised in stratum if promised)
    choices = [
        combinations([c for c, _ in stratum], sum(p for _, p in stratum)) for stratum in strata
    ]
    totals = [sum(map(sum, chosen)) for chosen in product(*choices)]
    if not any(p for stratum in strata for _, p in stratum):
        return None
    above, equal = (sum(f(t) for t in totals) for f in (observed.__lt__, observed.__eq__))
    return Fraction(2 * above + equal, 2 * len(totals))


@given(changes)
def test_mid_p_is_that_of_all_choices_looked_at_one_by_one(
    given: list[tuple[int, int, bool]],
) -> None:
    assert find_mid_p(given) == enumerate_mid_p(given)


def test_mid_p_by_hand() -> None:
    """One of four rose, and it was the promised one: one choice in four, counted half."""
    given = [(0, 1, True), (0, 0, False), (0, 0, False), (0, 0, False)]
    assert find_mid_p(given) == Fraction(1, 8)


def test_low_starts_that_rise_more_easily_make_no_progress() -> None:
    """All questions at 0 rose by one, all at 2 stayed; the promise was on those at 0."""
    low, high = [(0, 1, n < 2) for n in range(6)], [(2, 0, False)] * 6
    assert find_mid_p([*low, *high]) == Fraction(1, 2)


def test_questions_at_the_highest_level_tell_nothing() -> None:
    assert find_mid_p([(3, -2, False), (3, 0, True)]) is None


# --- What came of each ---


def follow(
    promised: Sequence[PromisedLevel], after: dict[str, Level], shown: Sequence[str] = ()
) -> FollowedPromise:
    before: dict[str, Level] = {one.question: one.start for one in promised}
    return follow_promise(Promise("manager", tuple(promised)), before, after, shown)


@pytest.mark.parametrize(
    ("start", "now", "state", "rose"),
    [
        (0, 2, "reached", True),
        (0, 3, "reached", True),
        (0, 1, "part", True),
        (1, 1, "not-yet", False),
        (1, 0, "fell", False),
        (1, "dont-know", "unknown", False),
        (1, "not-applicable", "unknown", False),
        ("dont-know", 0, "not-yet", False),
        ("dont-know", 1, "part", True),
    ],
)
def test_state_of_a_promised_level(start: Level, now: Level, state: str, rose: bool) -> None:
    (followed,) = follow([PromisedLevel("q", start, 2)], {"q": now}).promised
    assert (followed.state, followed.rose) == (state, rose)


def test_question_that_is_not_asked_any_more_is_unknown() -> None:
    (followed,) = follow([PromisedLevel("q", 0, 1)], {}).promised
    assert (followed.now, followed.state) == (None, "unknown")


def test_shown_is_what_is_reached_and_can_be_checked() -> None:
    promised = [PromisedLevel(name, 0, 2) for name in "abc"]
    followed = follow(promised, {"a": 2, "b": 2, "c": 1}, shown=["a", "c"])
    assert (len(followed.reached), followed.shown, followed.rose) == (2, 1, 3)
    assert [one.shown for one in followed.promised] == [True, False, False]


# --- In words ---


def test_put_aside_is_counted_apart_and_stays_in_the_test() -> None:
    aside = PutAside(date(2027, 1, 14), "resources")
    promised = [PromisedLevel(str(n), 0, 1, aside if n < 3 else None) for n in range(9)]
    now: dict[str, Level] = {str(n): int(3 <= n < 8) for n in range(9)}
    followed = follow(promised, now)
    assert followed.p == Fraction(1, 2)
    assert describe_kept(followed).startswith(
        "9 promised, 3 put aside on 14 January 2027 (resources), 5 of the other 6 reached, "
        "0 can be checked."
    )


def test_promise_that_is_put_aside_as_a_whole_has_nothing_to_count() -> None:
    aside = PutAside(date(2027, 1, 14), "talent")
    followed = follow([PromisedLevel("q", 0, 1, aside)], {"q": 0})
    assert describe_kept(followed) == "1 promised, all put aside on 14 January 2027 (talent)."


def quarter(reached: int, promised: int, view: View = "manager") -> FollowedPromise:
    """Promise so many of twelve questions and reach some; the others stay where they were."""
    names = list(TWELVE.by_id)
    lifted = dict.fromkeys(names[:reached], 1)
    made = Promise(view, tuple(PromisedLevel(name, 0, 1) for name in names[:promised]))
    now = [lifted.get(name, 0) for name in names]
    before, after = (
        make_assessment(TWELVE, *given, day=day)
        if view == "manager"
        else make_assessment(TWELVE, consensus=given, day=day)
        for given, day in (([0], SPRING), (now, date(2026, 5, 22)))
    )
    planned = compare_assessments(before, after, promise=made).planned
    assert planned is not None
    return planned


def test_clear_progress_stands_behind_the_counts() -> None:
    assert describe_kept(quarter(4, 4)) == (
        "Reached: 4 of 4. Clear progress, 0 of 4 can be checked."
    )


def test_little_progress_is_not_clear_yet() -> None:
    assert describe_kept(quarter(1, 6)) == (
        "Reached: 1 of 6, 0 can be checked. No clear progress yet."
    )


def test_one_persons_work_that_is_done_is_not_told_off() -> None:
    assert describe_kept(quarter(1, 1)) == "Reached: 1 of 1. Clear progress, 0 of 1 can be checked."
    everything = describe_kept(quarter(12, 12))
    assert everything == (
        "Reached: 12 of 12, 0 can be checked. One person's answers alone cannot rule out chance; "
        "several people answering would."
    )
    assert "The team's joint answers alone" in describe_kept(quarter(12, 12, "consensus"))


def test_nothing_to_test_has_no_word() -> None:
    followed = follow([PromisedLevel("q", "dont-know", 1)], {"q": 1})
    assert (followed.p, followed.word) == (None, None)
    assert describe_kept(followed) == "Reached: 1 of 1, 0 can be checked."


def test_promise_is_followed_in_the_answers_it_was_made_from() -> None:
    """The members drive the comparison; the plan was made from the manager's answers."""
    before = make_assessment(TWELVE, 0, members=[[1]] * 5, day=SPRING)
    after = make_assessment(TWELVE, 1, members=[[1]] * 5, same_members=True)
    promise = Promise("manager", (PromisedLevel("goals-1", 0, 1),))
    comparison = compare_assessments(before, after, promise=promise)
    assert (comparison.view, len(comparison.moves)) == ("members", 12)
    assert comparison.planned is not None
    assert [one.state for one in comparison.planned.promised] == ["reached"]


def test_promise_whose_kind_of_answers_is_not_there_now_is_unknown() -> None:
    before = make_assessment(TWELVE, 0, members=[[1]] * 5, day=SPRING)
    after = make_assessment(TWELVE, members=[[1]] * 5)
    promise = Promise("manager", (PromisedLevel("goals-1", 0, 1),))
    planned = compare_assessments(before, after, promise=promise).planned
    assert planned is not None
    assert (planned.promised[0].state, planned.p) == ("unknown", None)
