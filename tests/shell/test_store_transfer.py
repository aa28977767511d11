"""Export and import: everything but members' answers, checked, all or nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assess.answers import Answer
from assess.errors import StoreError
from assess.identity import TeamName
from assess.questionnaire import read_questionnaire
from assess.store import Imported, Store
from tests.builders import DAY, LYON, make_assessment, questionnaire_table
from tests.shell.keeping import (
    NAME,
    Q,
    export,
    keep_closed,
    kept_checkin,
    open_members,
    replaced_levels,
    send_member,
    stored_bytes,
    take_in,
    written_plan,
)

NOTHING_NEW = Imported(teams=0, assessments=0, drafts=0, replaced=0, same=1)


@pytest.fixture
def other(tmp_path: Path) -> Any:
    """Return the store of another machine."""
    with Store(tmp_path / "other" / "s.db") as store:
        yield store


def fill(store: Store) -> None:
    """Keep something of every kind."""
    store.add_team(TeamName("Berlin"))
    store.archive_team(TeamName("Berlin"))
    evidence = {"level": 3, "evidence": "OKR sheet"}
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_assessment(make_assessment(Q, evidence, 1, "dont-know", 0), replace=True)
    store.keep_assessment(make_assessment(Q, consensus=(1,)))
    store.keep_plan(NAME, written_plan())
    store.keep_plan(NAME, written_plan("# Anew\n"))
    store.keep_marks(NAME, {"write-three-goals/1": True})
    store.add_checkin(NAME, kept_checkin(wins=("One",)))
    draft = store.start_draft(Q, LYON, date(2027, 2, 21), answers={"goals-2": Answer(2, "Yes")})
    store.put_details(draft.id, hours_per_week=5, same_manager=False)


def test_an_export_is_kept_whole_elsewhere(store: Store, other: Store) -> None:
    fill(store)
    assert take_in(other, export(store)) == Imported(
        teams=2, assessments=1, drafts=1, replaced=0, same=0
    )
    assert other.load_assessment(NAME) == store.load_assessment(NAME)
    assert replaced_levels(other) == replaced_levels(store)
    assert other.load_plan(NAME) == store.load_plan(NAME)
    assert other.teams() == store.teams()
    (here,), (there,) = store.drafts(), other.drafts()
    assert replace(there, id="") == replace(here, id="")
    assert export(other) == export(store)


def test_importing_twice_changes_nothing(store: Store, other: Store) -> None:
    fill(store)
    take_in(other, export(store))
    before = stored_bytes(other)
    assert take_in(other, export(store)) == NOTHING_NEW
    assert stored_bytes(other) == before


def test_importing_what_was_exported_here_changes_nothing(store: Store) -> None:
    fill(store)
    before = stored_bytes(store)
    assert take_in(store, export(store), replace=True) == NOTHING_NEW
    assert stored_bytes(store) == before


def test_an_empty_store_can_be_exported(store: Store, other: Store) -> None:
    assert take_in(other, export(store)) == Imported(0, 0, 0, 0, 0)


def test_members_answers_are_left_out_and_the_export_says_so(store: Store) -> None:
    codes = open_members(store)
    for number in range(5):
        send_member(store, next(codes), 2, evidence=f"said-by-a-member-{number}")
    begun = {"goals-1": Answer(1, "said-by-a-member")}
    store.put_begun(store.take_seat(NAME, next(codes)), begun)
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_assessment(make_assessment(Q, 2), replace=True)
    store.close_assessment(NAME, DAY)
    document = export(store)
    assert "said-by-a-member" not in json.dumps(document)
    assert document["left_out"] == (
        "The answers of members are confidential; they are not in this file."
    )


def test_an_import_changes_nothing_beside_what_members_answered(store: Store, other: Store) -> None:
    kept = keep_closed(store, make_assessment(Q, 2, members=[(0,), (1,), (2,)]))
    other.keep_assessment(make_assessment(Q, 3))
    with pytest.raises(StoreError):
        take_in(store, export(other), replace=True)
    assert store.load_assessment(NAME) == kept


def test_an_import_cannot_open_what_was_closed(store: Store, other: Store) -> None:
    keep_closed(store, make_assessment(Q, 2, members=[(0,), (1,), (2,)]))
    open_members(other, minimum=3)
    take_in(store, export(other), replace=True)
    loaded = store.load_assessment(NAME)
    assert (loaded.closed, loaded.minimum, len(loaded.members)) == (True, 5, 3)


def test_an_open_assessment_can_be_answered_elsewhere(store: Store, other: Store) -> None:
    lost = next(open_members(store, minimum=4, same_members=True))
    take_in(other, export(store))
    with pytest.raises(StoreError):
        send_member(other, lost, 2)
    send_member(other, other.invite_more(NAME, 5)[0], 2)
    loaded = other.load_assessment(NAME)
    assert (loaded.closed, loaded.minimum, loaded.same_members) == (False, 4, True)
    assert other.history()[0].members == 1


def test_other_answers_are_a_conflict_and_nothing_is_stored(store: Store, other: Store) -> None:
    store.keep_assessment(make_assessment(Q, 1))
    other.add_team(TeamName("Berlin"))
    later = date(2027, 2, 21)
    for day in (DAY, later):
        other.keep_assessment(make_assessment(Q, 3, day=day))
    store.keep_assessment(make_assessment(Q, 1, day=later))
    before = stored_bytes(store)
    with pytest.raises(StoreError) as caught:
        take_in(store, export(other))
    assert [problem.where for problem in caught.value.problems] == [
        f"{store.path}, Lyon, small, 2026-11-22",
        f"{store.path}, Lyon, small, 2027-02-21",
    ]
    assert caught.value.fix.startswith("Use --replace ")
    assert stored_bytes(store) == before


def test_what_an_import_replaced_is_kept(store: Store, other: Store) -> None:
    mine, theirs = make_assessment(Q, 1), make_assessment(Q, 3)
    store.keep_assessment(mine)
    store.keep_plan(NAME, written_plan("# Mine\n"))
    other.keep_assessment(theirs)
    other.keep_plan(NAME, written_plan("# Theirs\n"))
    with pytest.raises(StoreError):
        take_in(store, export(other))
    assert take_in(store, export(other), replace=True).replaced == 1
    assert store.load_assessment(NAME) == theirs
    assert replaced_levels(store) == [1]
    assert "# Mine" in json.dumps(export(store)["assessments"][0]["replaced"])
    assert take_in(store, export(other)) == NOTHING_NEW


def test_another_plan_is_a_conflict_and_the_old_one_is_kept(store: Store, other: Store) -> None:
    for one, text in ((store, "# Mine\n"), (other, "# Theirs\n")):
        one.keep_assessment(make_assessment(Q, 1))
        one.keep_plan(NAME, written_plan(text))
    with pytest.raises(StoreError) as caught:
        take_in(store, export(other))
    assert caught.value.what == "Another plan, or other check-ins, are kept for this date."
    take_in(store, export(other), replace=True)
    assert store.load_plan(NAME) == other.load_plan(NAME)
    assert "# Mine" in json.dumps(export(store)["assessments"][0]["replaced"])


def test_what_the_file_lacks_stays(store: Store, other: Store) -> None:
    other.keep_assessment(make_assessment(Q, 1))
    fill(store)
    before = store.load_assessment(NAME)
    take_in(store, export(other), replace=True)
    assert store.load_plan(NAME) is not None
    assert store.load_assessment(NAME).consensus == before.consensus


def test_drafts_are_joined_where_they_agree(store: Store, other: Store) -> None:
    mine = store.start_draft(Q, LYON, DAY, answers={"goals-1": Answer(1), "roles-1": Answer(2)})
    other.start_draft(Q, LYON, DAY, answers={"goals-1": Answer(1), "goals-2": Answer(3)})
    take_in(store, export(other))
    assert store.load_draft(mine.id).by_question == {
        "goals-1": Answer(1),
        "goals-2": Answer(3),
        "roles-1": Answer(2),
    }


def test_drafts_that_differ_are_a_conflict(store: Store, other: Store) -> None:
    mine = store.start_draft(Q, LYON, DAY, answers={"goals-1": Answer(1)})
    other.start_draft(Q, LYON, DAY, answers={"goals-1": Answer(2)})
    with pytest.raises(StoreError) as caught:
        take_in(store, export(other))
    assert caught.value.what == "Another draft of the manager is kept for this date."
    take_in(store, export(other), replace=True)
    assert store.load_draft(mine.id).by_question == {"goals-1": Answer(2)}


def test_drafts_to_two_versions_of_a_questionnaire_never_mix(store: Store, other: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=2, roles=2) | {"version": 2})
    mine = store.start_draft(Q, LYON, DAY, answers={"goals-1": Answer(1)})
    other.start_draft(newer, LYON, DAY, answers={"goals-1": Answer(1)})
    with pytest.raises(StoreError):
        take_in(store, export(other), replace=True)
    assert store.drafts() == (mine,)


# What comes in is checked


@pytest.mark.parametrize("document", [None, [], "x", {}, {"format": "something"}])
def test_what_is_not_an_export_is_refused(store: Store, document: object) -> None:
    with pytest.raises(StoreError) as caught:
        take_in(store, document)
    assert caught.value.what == "This is not what assess export writes."


def test_a_newer_format_is_refused(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        take_in(store, {**export(store), "version": 2})
    assert caught.value.what == "The file has version 2 of the format; this program reads 1."
    assert caught.value.fix == "Update assess on this machine."


def _set(*path: Any, to: object) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = to

    return change


ENTRY = "assessments[Lyon, 2026-11-22]"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_set("secrets", to=1), "secrets"),
        (_set("teams", to=None), "teams"),
        (_set("teams", 0, "name", to=""), "teams[number 1]"),
        (_set("teams", 0, "archived", to="no"), "teams[Berlin].archived"),
        (_set("assessments", 0, to=7), "assessments[number 1]"),
        (_set("assessments", 0, "team", to="a\nb"), "assessments[a\nb, 2026-11-22]"),
        (_set("assessments", 0, "date", to="0000-01-01"), "assessments[Lyon, 0000-01-01].date"),
        (_set("assessments", 0, "date", to="1999-12-31"), "assessments[Lyon, 1999-12-31].date"),
        (_set("assessments", 0, "state", to="ajar"), f"{ENTRY}.state"),
        (_set("assessments", 0, "minimum", to=2), f"{ENTRY}.minimum"),
        (_set("assessments", 0, "minimum", to=True), f"{ENTRY}.minimum"),
        (_set("assessments", 0, "questionnaire", to="none"), f"{ENTRY}.questionnaire"),
        (
            _set("assessments", 0, "manager", "answers", "goals-1", to=7),
            f"{ENTRY}, answers.goals-1",
        ),
        (
            _set("assessments", 0, "manager", "answers", "gaols-1", to=1),
            f"{ENTRY}, answers.gaols-1",
        ),
        (_set("assessments", 0, "manager", "version", to=2), f"{ENTRY}, version"),
        (_set("assessments", 0, "manager", "hours", to=2), f"{ENTRY}, hours"),
        (_set("assessments", 0, "plan", "marks", to=[]), f"{ENTRY}.plan.marks"),
        (
            _set("assessments", 0, "plan", "written", "document", "hours_by_week", to=[0] * 12),
            f"{ENTRY}.plan.written.document",
        ),
        (_set("assessments", 0, "replaced", 0, "state", to=1), f"{ENTRY}.replaced.0.state"),
        (
            _set("assessments", 0, "replaced", 0, "manager", "answers", "goals-1", to=7),
            f"{ENTRY}, answers.goals-1",
        ),
        (
            _set("drafts", 0, "answers", "goals-2", to="yes"),
            "drafts[Lyon, 2027-02-21, manager], answers.goals-2",
        ),
        (
            _set("drafts", 0, "answers", "goals-9", to=1),
            "drafts[Lyon, 2027-02-21, manager], answers.goals-9",
        ),
        (
            _set("drafts", 0, "respondent", to="member"),
            "drafts[Lyon, 2027-02-21, member].respondent",
        ),
    ],
)
def test_a_mistake_is_named_by_its_entry_and_nothing_is_stored(
    store: Store, other: Store, change: Callable[[Any], None], where: str
) -> None:
    fill(store)
    document = export(store)
    change(document)
    with pytest.raises(StoreError) as caught:
        take_in(other, document)
    assert where in [problem.where for problem in caught.value.problems]
    assert (other.teams(), other.history(), other.drafts()) == ((), (), ())


def test_every_mistake_is_named_at_once(store: Store, other: Store) -> None:
    fill(store)
    document = export(store)
    (name,) = document["questionnaires"]
    document["questionnaires"][name]["question"][0]["levels"] = ["one"]
    document["teams"][0]["name"] = ""
    document["teams"][1]["logo"] = "x"
    with pytest.raises(StoreError) as caught:
        take_in(other, document)
    places = [problem.where for problem in caught.value.problems]
    assert any("question[id=goals-1]" in place for place in places)
    assert "teams[number 1]" in places
    assert "teams[Lyon].logo" in places


def test_an_open_assessment_keeps_its_questionnaire(store: Store, other: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=2, roles=2) | {"version": 2})
    open_members(store)
    other.keep_assessment(make_assessment(newer, 3))
    with pytest.raises(StoreError):
        take_in(store, export(other), replace=True)
    assert store.load_assessment(NAME) == make_assessment(Q, closed=False)
