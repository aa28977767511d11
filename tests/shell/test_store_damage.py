"""Damaged stores and changed exports: refused with what and where, or everything works."""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers import Answer
from assess.documents.goals import KeptHours
from assess.documents.parts import NotJsonError, read_parts
from assess.documents.people import PeopleDocument
from assess.documents.plan import read_plan_record
from assess.errors import StoreError
from assess.goals.recurring import RecurringWork
from assess.identity import AssessmentKey, TeamName
from assess.store import Store
from tests.builders import DAY, LYON, make_assessment
from tests.shell.keeping import (
    NAME,
    Q,
    export,
    keep_closed,
    kept_checkin,
    open_members,
    send_member,
    take_in,
    written_plan,
)

pytestmark = pytest.mark.one_python

AUTUMN = date(2027, 9, 20)
LATER = date(2027, 2, 21)
ENTRY = "Lyon, small, 2026-11-22"


def fill(store: Store) -> None:
    """Keep something of every kind."""
    store.add_team(TeamName("Berlin"))
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_plan(NAME, written_plan())
    store.keep_assessment(make_assessment(Q, 2, consensus=(1,)), replace=True)
    store.keep_plan(NAME, written_plan("# Anew\n", value=9))
    store.keep_marks(NAME, {"write-three-goals/1": True})
    store.add_checkin(NAME, kept_checkin(wins=("One",)))
    store.open_assessment(Q, TeamName("Oslo"), DAY, invite=5)
    store.keep_assessment(make_assessment(Q, 2, day=LATER))
    store.start_draft(Q, LYON, DAY.replace(month=12), answers={"goals-2": Answer(2, "Yes")})


def use_everything(store: Store) -> None:
    """Read all that is kept in every way that commands do."""
    store.drafts()
    for team in store.teams():
        store.last_hours(team.name)
    for kept in store.history():
        store.load_assessment(kept.key)
        if (plan := store.load_plan(kept.key)) is not None:
            record = read_plan_record(plan.written.document)
            assert all(step.week >= 1 for step in record.steps)
            assert all(action.steps for action in record.actions)
            assert plan.as_first_written.value >= 0
            assert all(checkin.found.done >= 0 for checkin in plan.checkins)
    store.export(lambda _: None)
    store.check()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "s.db"
    with Store(path) as store:
        fill(store)
    return path


def change(path: Path, sql: str) -> None:
    """Damage a store behind the program's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(sql)


def entries(document: Any) -> Iterator[tuple[Any, Any]]:
    """Return every place of a document, as what holds it and its key or number."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in [*pairs]:
        yield document, key
        if isinstance(value, dict | list):
            yield from entries(value)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> str:
    with Store(tmp_path_factory.mktemp("kept") / "s.db") as store:
        fill(store)
        return json.dumps(export(store))


WRONG = st.sampled_from(
    [None, True, -1, 0, 7, 10**12, 0.5, "", "x", "2026-02-30", [], {}, ["x"], {"x": 1}, "\x00"]
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_changed_export_is_refused_or_everything_works(
    exported: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    document = json.loads(exported)
    holder, key = data.draw(st.sampled_from([*entries(document)]))
    act = data.draw(st.sampled_from(["delete", "misspell", "change"]))
    if act == "change":
        holder[key] = data.draw(WRONG)
    elif act == "misspell" and isinstance(holder, dict):
        holder[key + data.draw(st.sampled_from(["x", "-", " "]))] = holder.pop(key)
    else:
        del holder[key]
    with Store(tmp_path_factory.mktemp("new") / "s.db") as store:
        try:
            take_in(store, document)
        except StoreError:
            assert (store.teams(), store.history(), store.drafts()) == ((), (), ())
        else:
            use_everything(store)


@pytest.mark.parametrize("key", ["promised", "candidates", "priorities", "start", "projected"])
def test_a_plan_without_a_key_is_refused_as_a_whole(exported: str, store: Store, key: str) -> None:
    document = json.loads(exported)
    lyon = next(a for a in document["assessments"] if a["plan"])
    del lyon["plan"]["written"]["document"][key]
    with pytest.raises(StoreError) as caught:
        take_in(store, document)
    assert caught.value.what == f"The key '{key}' is missing."
    assert "assessments[Lyon, 2026-11-22].plan.written.document" in caught.value.where
    assert store.history() == ()


def test_a_key_that_stands_twice_is_refused(exported: str, store: Store) -> None:
    text = exported.replace('"promised": ', '"promised": [], "promised": ', 1)
    with pytest.raises(NotJsonError, match=r"the key 'promised' stands twice \(line \d+\)"):
        store.import_parts(lambda: read_parts(StringIO(text)))


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE plan SET written = replace(written, 'promised', 'promized')", f"{ENTRY}, plan"),
        ("UPDATE plan SET marks = '{'", f"{ENTRY}, plan"),
        ("UPDATE checkin SET document = replace(document, '12-04', '13-44')", f"{ENTRY}, plan"),
        ("UPDATE assessment SET consensus = '[]'", "of the consensus"),
        ("UPDATE replaced SET document = '{}'", f"{ENTRY}, earlier version 1"),
        ("UPDATE assessment SET date = 'some day' WHERE date = '2026-11-22'", "some day"),
        ("UPDATE assessment SET state = 'ajar'", ENTRY),
        ("UPDATE assessment SET minimum = 'x'", ENTRY),
        ("UPDATE draft SET date = 'x'", "draft"),
        ("UPDATE draft SET document = 'x'", "draft"),
        ("UPDATE team SET name = ''", "teams"),
        ("UPDATE questionnaire SET document = replace(document, 'levels', 'lewels')", ENTRY),
        ("DELETE FROM questionnaire", ENTRY),
        ("UPDATE assessment SET manager = X'FFFE'", "of the manager"),
    ],
)
def test_damage_is_named_by_its_entry(filled: Path, sql: str, where: str) -> None:
    change(filled, sql)
    with Store(filled) as store:
        problems = store.check().problems
    assert any(where in problem.where for problem in problems), problems
    assert all("assess check --store" in p.fix for p in problems if "damaged" in p.what)


def test_what_is_whole_is_exported_and_the_rest_is_named(filled: Path, store: Store) -> None:
    change(filled, "UPDATE plan SET written = '{}'")
    change(filled, "UPDATE assessment SET consensus = X'80' WHERE consensus IS NOT NULL")
    text = StringIO()
    with Store(filled) as damaged:
        problems = damaged.export(text.write)
    document = json.loads(text.getvalue())
    assert [p.where.removeprefix(f"{filled}, ") for p in problems] == [
        f"{ENTRY}, plan",
        f"{ENTRY}, answers of the consensus",
    ]
    assert document["damaged"] == [problem.where for problem in problems]
    take_in(store, document)
    assert [kept.team for kept in store.history()] == ["Lyon", "Lyon", "Oslo"]
    assert store.load_assessment(NAME).manager == make_assessment(Q, 2).manager
    assert store.load_plan(NAME) is None


def test_damage_in_one_kind_of_what_a_team_has_leaves_the_others(tmp_path: Path) -> None:
    work = RecurringWork(id="digest", title="Digest", hours=2, if_stopped="nothing")
    with Store(tmp_path / "s.db") as store:
        store.keep_facts(LYON, PeopleDocument(size=7, said_on=DAY))
        store.keep_facts(LYON, KeptHours(recurring=(work,)))
    change(tmp_path / "s.db", "UPDATE team_facts SET document = '{' WHERE kind = 'people'")
    text = StringIO()
    with Store(tmp_path / "s.db") as store:
        store.export(text.write)
    document = json.loads(text.getvalue())
    (team,) = document["teams"]
    assert [one["id"] for one in team["hours"]["recurring"]] == ["digest"]
    assert [where.endswith("teams, Lyon, people") for where in document["damaged"]] == [True]


def test_flipped_bits_never_end_as_a_mistake_of_ours(filled: Path) -> None:
    whole = filled.read_bytes()
    chance = random.Random(4)
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 1, 8])):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.1:
            page = chance.randrange(len(damaged) // 4096)
            damaged[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
        filled.write_bytes(damaged)
        try:
            with Store(filled) as store:
                for use in (store.drafts, store.teams, store.history, store.check):
                    with suppress(StoreError):
                        use()
                use_everything(store)
        except StoreError:
            continue


def test_a_whole_store_says_how_much_it_holds(filled: Path) -> None:
    with Store(filled) as store:
        checkup = store.check()
    assert checkup.problems == ()
    assert checkup.whole == {
        "team": 3,
        "questionnaire": 1,
        "assessment": 3,
        "plan": 1,
        "check-in": 1,
        "earlier version": 1,
        "draft": 1,
    }


def test_what_an_interrupted_copy_left_is_removed(filled: Path) -> None:
    left = filled.with_name("copy.db.0123abcd.part")
    left.write_bytes(b"SQLite format 3\x00")
    filled.with_name("notes.part").write_text("mine")
    with Store(filled) as store:
        assert store.remove_leftovers() == (left,)
    assert sorted(path.name for path in filled.parent.iterdir()) == ["notes.part", "s.db"]


# Backups


def test_a_backup_is_taken_back_with_members_answers(store: Store, tmp_path: Path) -> None:
    fill(store)
    keep_closed(store, make_assessment(Q, 2, day=AUTUMN, members=[(0,), (1,), (2,)]))
    store.backup(tmp_path / "copy.db")
    with Store(tmp_path / "other" / "s.db") as other:
        assert other.import_backup(tmp_path / "copy.db").assessments == 4
        assert export(other) == export(store)
        autumn = AssessmentKey(LYON, Q.id, AUTUMN)
        assert other.load_assessment(autumn) == store.load_assessment(autumn)
        assert other.import_backup(tmp_path / "copy.db").assessments == 0


def test_a_backup_brings_no_members_into_an_assessment_that_is_there(
    store: Store, tmp_path: Path
) -> None:
    keep_closed(store, make_assessment(Q, 2, members=[(0,), (1,), (2,)]))
    store.backup(tmp_path / "copy.db")
    with Store(tmp_path / "other" / "s.db") as other:
        send_member(other, next(open_members(other)), 3)
        other.import_backup(tmp_path / "copy.db")
        assert other.history()[0].members == 1


def test_members_go_on_with_their_codes_where_a_backup_was_taken_back(
    store: Store, tmp_path: Path
) -> None:
    codes = open_members(store)
    used = next(codes)
    send_member(store, used, 1)
    store.backup(tmp_path / "copy.db")
    with Store(tmp_path / "other" / "s.db") as other:
        other.import_backup(tmp_path / "copy.db")
        with pytest.raises(StoreError):
            send_member(other, used, 2)
        send_member(other, next(codes), 2)
        assert (other.history()[0].invited, other.count_open(NAME)) == (12, 10)


def test_a_damaged_backup_is_refused_as_a_whole(filled: Path, store: Store) -> None:
    change(filled, "UPDATE plan SET written = '{}'")
    before = filled.read_bytes()
    with pytest.raises(StoreError) as caught:
        store.import_backup(filled)
    assert ENTRY in caught.value.where
    assert store.history() == ()
    assert filled.read_bytes() == before


def test_without_plans_no_text_and_no_name_of_a_plan_leaves(store: Store) -> None:
    fill(store)
    document = export(store, plans=False)
    assert "write-three-goals" not in json.dumps(document)
    assert "were left out too" in document["left_out"]
    assert "the names in them" in export(store)["holds"]


def test_members_answers_are_in_no_export(store: Store) -> None:
    codes = open_members(store)
    for _ in range(5):
        send_member(store, next(codes), 2, evidence="said-by-a-member")
    store.close_assessment(NAME, DAY)
    assert "said-by-a-member" not in json.dumps(export(store))
