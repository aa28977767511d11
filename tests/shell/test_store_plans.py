"""Plans: as first and last written, what is ticked, and every check-in."""

from datetime import date

import pytest

from assess.documents.said import Blocker, Said
from assess.errors import StoreError
from assess.identity import AssessmentKey, TeamName
from assess.store import Store
from tests.builders import LYON, make_answers, make_assessment
from tests.shell.keeping import NAME, Q, kept_checkin, written_plan

LATER = date(2027, 2, 21)


@pytest.fixture
def planned(store: Store) -> Store:
    """Return a store with one assessment and its plan."""
    store.keep_assessment(make_assessment(Q, 2))
    store.keep_plan(NAME, written_plan())
    return store


def test_a_plan_comes_back_as_it_was_written(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    plan = written_plan("\ufeff# Café | 100 %\r\n- [x] done <!-- assess:a/1 -->\r\n")
    assert store.keep_plan(NAME, plan) == "new"
    kept = store.load_plan(NAME)
    assert kept is not None
    assert (kept.written, kept.as_first_written) == (plan, plan.document)
    assert (kept.marks, kept.checkins) == ({}, ())


def test_an_assessment_without_a_plan_has_none(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    assert store.load_plan(NAME) is None


def test_a_plan_needs_its_assessment(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.keep_plan(NAME, written_plan())
    assert caught.value.what == "There is no team 'Lyon'."


def test_the_document_as_first_written_stays(planned: Store) -> None:
    again = written_plan("# Anew\n", value=9)
    assert planned.keep_plan(NAME, again) == "replaced"
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert (kept.as_first_written, kept.written) == (written_plan().document, again)


def test_the_same_plan_again_changes_nothing(planned: Store) -> None:
    assert planned.keep_plan(NAME, written_plan()) == "same"


def test_marks_are_those_of_the_last_reading(planned: Store) -> None:
    planned.keep_marks(NAME, {"write-three-goals/1": True, "write-three-goals/2": True})
    planned.keep_marks(NAME, {"write-three-goals/1": True, "write-three-goals/2": False})
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert kept.marks == {"write-three-goals/1": True, "write-three-goals/2": False}


def test_marks_and_check_ins_outlive_a_new_plan(planned: Store) -> None:
    planned.keep_marks(NAME, {"write-three-goals/1": True})
    planned.add_checkin(NAME, kept_checkin())
    planned.keep_plan(NAME, written_plan("# Anew\n"))
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert kept.marks == {"write-three-goals/1": True}
    assert len(kept.checkins) == 1


def test_check_ins_come_back_in_the_order_in_which_they_were_kept(planned: Store) -> None:
    checkins = (
        kept_checkin(
            done=2,
            wins=("The goals hang on the wall.",),
            blockers=(Blocker(text="The budget is frozen.", cause="resources"),),
            note="Sales joins from next week on.",
        ),
        kept_checkin(done=3, blockers=(Blocker(text="Flu"),)),
        kept_checkin(date(2026, 12, 11), 3),
    )
    assert [planned.add_checkin(NAME, checkin) for checkin in checkins] == ["new"] * 3
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert kept.checkins == checkins


def test_the_same_check_in_again_changes_nothing(planned: Store) -> None:
    checkin = kept_checkin()
    assert [planned.add_checkin(NAME, checkin) for _ in range(2)] == ["new", "same"]


def test_what_is_said_between_check_ins_goes_into_the_next_one(planned: Store) -> None:
    said = Said(wins=("The goals stand.",), asked=("ticks",))
    planned.keep_said(NAME, said)
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert kept.said == said
    planned.add_checkin(NAME, kept_checkin())
    kept = planned.load_plan(NAME)
    assert kept is not None
    assert kept.said == Said()


def test_there_is_no_check_in_without_a_plan(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    with pytest.raises(StoreError) as caught:
        store.add_checkin(NAME, kept_checkin())
    assert (caught.value.what, caught.value.fix) == (
        "There is no plan to check.",
        "Make one: assess plan",
    )


def test_the_last_hours_are_those_of_the_last_plan(planned: Store) -> None:
    planned.keep_assessment(make_assessment(Q, 2, day=LATER))
    assert planned.last_hours(TeamName("lyon")) == 6
    planned.keep_plan(AssessmentKey(LYON, Q.id, LATER), written_plan(hours=9))
    assert planned.last_hours(TeamName("lyon")) == 9


def test_hours_in_the_answers_count_where_no_plan_says_otherwise(planned: Store) -> None:
    answers = make_answers(Q, 2, date=LATER, hours_per_week=3)
    later = make_assessment(Q, 2, day=LATER)
    planned.keep_assessment(type(later)(Q, LYON, LATER, manager=answers))
    assert planned.last_hours(LYON) == 3


def test_hours_that_nobody_said_do_not_count(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.keep_plan(NAME, written_plan(source="default"))
    assert store.last_hours(LYON) is None
