"""The members' part: opened, answered, closed once; and what the file tells of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assess.answers import Answer
from assess.errors import AnswersError, StoreError
from assess.identity import TeamName
from assess.invitation import make_code, plain_code
from assess.questionnaire import read_questionnaire
from assess.store import Store
from tests.builders import DAY, LYON, make_answers, make_assessment, questionnaire_table
from tests.shell.keeping import NAME, Q, open_members, send_member, stored_bytes

CODE = make_code(2_000)


def rows_of_members(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM member").fetchall()


def test_members_answers_are_handed_out_only_after_closing(store: Store) -> None:
    codes = open_members(store)
    for level in (3, 0, 1, 2, 1):
        send_member(store, next(codes), level)
    assert store.load_assessment(NAME) == make_assessment(Q, closed=False)
    assert store.close_assessment(NAME, DAY) == "new"
    levels = [(level,) for level in (0, 1, 1, 2, 3)]
    assert store.load_assessment(NAME) == make_assessment(Q, members=levels)


def test_what_was_said_at_opening_is_kept(store: Store) -> None:
    open_members(store, minimum=4, same_members=True)
    loaded = store.load_assessment(NAME)
    assert (loaded.minimum, loaded.same_members, loaded.closed) == (4, True, False)
    assert (store.history()[0].invited, store.count_open(NAME)) == (12, 12)


def test_fewer_than_three_members_are_never_enough(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        open_members(store, minimum=2)
    assert caught.value.what == "The results of 2 members would show who said what."
    assert store.teams() == ()


def test_opening_again_is_refused_and_cannot_change_the_minimum(store: Store) -> None:
    open_members(store, minimum=4)
    with pytest.raises(StoreError) as caught:
        open_members(store, minimum=3)
    assert caught.value.what == (
        "This assessment is open already: 12 are invited, and results are shown from 4 on."
    )
    assert (store.load_assessment(NAME).minimum, store.count_open(NAME)) == (4, 12)


def test_an_assessment_of_the_manager_can_be_opened_to_members(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    open_members(store)
    assert store.load_assessment(NAME) == make_assessment(Q, 2, closed=False)


def test_the_manager_answers_an_open_assessment(store: Store) -> None:
    open_members(store)
    assert store.keep_assessment(make_assessment(Q, 2)) == "new"
    assert store.load_assessment(NAME) == make_assessment(Q, 2, closed=False)


def test_the_questionnaire_is_fixed_at_opening(store: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=2, roles=2) | {"version": 2})
    codes = open_members(store)
    with pytest.raises(StoreError):
        store.keep_assessment(make_assessment(newer, 2))
    with pytest.raises(StoreError):
        store.add_member(newer, make_answers(newer, 1, respondent="member", code=next(codes)))
    assert store.load_assessment(NAME) == make_assessment(Q, closed=False)


def test_a_member_needs_an_open_assessment(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.take_seat(NAME, CODE)
    assert caught.value.what == "This assessment is not open to members."
    assert caught.value.where == f"{store.path}, Lyon, small, 2026-11-22"
    assert caught.value.fix == "The manager opens it first: assess open --invite 5"
    assert store.teams() == ()


def test_a_late_draft_is_refused(store: Store) -> None:
    codes = open_members(store)
    store.close_assessment(NAME, DAY)
    with pytest.raises(StoreError) as caught:
        store.take_seat(NAME, next(codes))
    assert caught.value.what == (
        "This assessment is closed: the answers of a member come too late."
    )


def test_late_answers_are_refused(store: Store) -> None:
    codes = open_members(store)
    send_member(store, next(codes), 1)
    store.close_assessment(NAME, DAY)
    with pytest.raises(StoreError):
        send_member(store, next(codes), 2)
    with pytest.raises(StoreError):
        open_members(store)
    assert len(store.load_assessment(NAME).members) == 1


def test_closing_twice_changes_nothing(store: Store) -> None:
    open_members(store)
    assert [store.close_assessment(NAME, DAY) for _ in range(2)] == ["new", "same"]


def test_only_an_opened_assessment_can_be_closed(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    with pytest.raises(StoreError) as caught:
        store.close_assessment(NAME, DAY)
    assert caught.value.what == "This assessment was not opened to members."


def test_a_code_lets_answer_once(store: Store) -> None:
    code = next(open_members(store))
    send_member(store, code, 2)
    with pytest.raises(StoreError) as caught:
        send_member(store, code.lower().replace("-", " "), 1)
    assert caught.value.what.startswith("This code was used already")
    assert store.history()[0].members == 1


def test_two_members_who_answer_alike_are_two(store: Store) -> None:
    codes = open_members(store)
    send_member(store, next(codes), 1)
    send_member(store, next(codes), 1)
    assert (store.history()[0].members, store.count_open(NAME)) == (2, 10)


def test_answers_with_mistakes_leave_the_code_unused(store: Store) -> None:
    codes = open_members(store)
    other = read_questionnaire(questionnaire_table(goals=2))
    code = next(codes)
    with pytest.raises(AnswersError):
        store.add_member(Q, make_answers(other, 2, respondent="member", code=code))
    assert (store.history()[0].members, store.count_open(NAME)) == (0, 12)


def test_a_new_code_takes_the_place_of_a_lost_one(store: Store) -> None:
    lost = next(open_members(store))
    fresh = store.replace_code(NAME, lost)
    with pytest.raises(StoreError):
        send_member(store, lost, 1)
    send_member(store, fresh, 1)
    assert (store.history()[0].invited, store.count_open(NAME)) == (12, 11)


def test_the_manager_s_answers_are_frozen_at_closing(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    open_members(store)
    store.close_assessment(NAME, DAY)
    for late in (make_assessment(Q, 1), make_assessment(Q, 2, same_manager=False)):
        with pytest.raises(StoreError):
            store.keep_assessment(late, replace=True)
    assert store.keep_assessment(make_assessment(Q, 2)) == "same"


def test_one_joint_answer_may_follow_closing(store: Store) -> None:
    open_members(store)
    store.close_assessment(NAME, DAY)
    assert store.keep_assessment(make_assessment(Q, consensus=[1])) == "new"
    with pytest.raises(StoreError):
        store.keep_assessment(make_assessment(Q, consensus=[2]), replace=True)


# What the file tells


def test_a_member_s_row_has_a_random_key_and_nothing_that_tells_when(store: Store) -> None:
    codes = open_members(store)
    send_member(store, next(codes), 1)
    send_member(store, next(codes), 1)
    (one, two) = rows_of_members(store.path)
    assert one[1:] == two[1:]
    assert isinstance(one[0], bytes)
    assert len(one[0]) == 16
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.Error):
        connection.execute("SELECT rowid FROM member")


def test_members_lie_in_the_file_by_their_random_keys(store: Store) -> None:
    """Rows of a page lie in the order in which they came, unless the file is rewritten."""
    codes = open_members(store)
    marks = [f"member-number-{n}" for n in range(12)]
    for mark in marks:
        send_member(store, next(codes), 2, evidence=mark)
    stored = stored_bytes(store)
    by_place = sorted(marks, key=lambda mark: stored.index(mark.encode() + b'"'), reverse=True)
    by_key = [
        next(mark for mark in marks if f'{mark}"' in str(document))
        for _, _, document in sorted(rows_of_members(store.path))
    ]
    assert by_place in (by_key, by_key[::-1])


def test_nothing_links_a_used_code_to_answers_or_to_an_order(store: Store) -> None:
    """What is kept of codes is the same whoever used which, in whatever order."""
    codes = list(open_members(store))
    for level, code in enumerate(codes[:4]):
        send_member(store, code, level)
    with closing(sqlite3.connect(store.path)) as connection:
        kept = connection.execute("SELECT * FROM invitation").fetchall()
        with pytest.raises(sqlite3.Error):
            connection.execute("SELECT rowid FROM invitation")
    assert sorted(used for _, _, used in kept) == [0] * 8 + [1] * 4
    assert [digest for digest, _, _ in kept] == sorted(digest for digest, _, _ in kept)
    stored = stored_bytes(store)
    assert not any(plain_code(code).encode() in stored or code.encode() in stored for code in codes)


def test_what_a_member_began_is_opened_with_the_code_only(store: Store) -> None:
    codes = open_members(store)
    seat, other = (store.take_seat(NAME, next(codes)) for _ in range(2))
    store.put_begun(seat, {"goals-1": Answer(2, "said-by-one")})
    assert store.load_begun(other) == {}
    assert store.load_begun(store.take_seat(NAME, seat.code.lower())) == {
        "goals-1": Answer(2, "said-by-one")
    }
    assert b"said-by-one" not in stored_bytes(store)
    assert b"goals-1" not in _drafts(store)


def test_length_of_what_was_begun_tells_little(store: Store) -> None:
    codes = open_members(store)
    for given in ({"goals-1": Answer(2)}, {q: Answer(2, "a sentence") for q in Q.by_id}):
        store.put_begun(store.take_seat(NAME, next(codes)), given)
    with closing(sqlite3.connect(store.path)) as connection:
        lengths = connection.execute("SELECT length(box) FROM sealed_draft").fetchall()
    assert len(set(lengths)) == 1


def test_a_sent_draft_leaves_nothing_but_the_answers(store: Store) -> None:
    seat = store.take_seat(NAME, next(open_members(store)))
    store.put_begun(seat, {"goals-1": Answer(2, "what-i-did-not-want-to-say")})
    store.send_begun(
        seat, Q, make_answers(Q, {"level": 1, "evidence": "said"}, respondent="member")
    )
    stored = stored_bytes(store)
    assert seat.draft.encode() not in stored
    assert b"what-i-did-not" not in stored
    assert store.count_open(NAME) == 11


def test_closing_deletes_codes_keys_and_what_members_did_not_send(store: Store) -> None:
    seat = store.take_seat(NAME, next(open_members(store)))
    store.put_begun(seat, {"goals-1": Answer(2, "never-sent")})
    manager = store.start_draft(Q, LYON, DAY)
    store.close_assessment(NAME, DAY)
    assert [left.id for left in store.drafts()] == [manager.id]
    with closing(sqlite3.connect(store.path)) as connection:
        for table in ("invitation", "seal", "taken", "sealed_draft"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []
    assert seat.draft.encode() not in stored_bytes(store)


def _drafts(store: Store) -> bytes:
    with closing(sqlite3.connect(store.path)) as connection:
        return repr(connection.execute("SELECT * FROM sealed_draft").fetchall()).encode()


def test_traces_that_a_killed_process_left_are_wiped_at_the_next_opening(store: Store) -> None:
    store.add_team(TeamName("the-trace"))
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as killed:
        killed.execute("PRAGMA secure_delete = OFF")
        killed.execute("DELETE FROM team")
        killed.execute("INSERT INTO scrub_owed VALUES (1)")
        assert b"the-trace" in stored_bytes(store)
        Store(store.path).close()
        assert b"the-trace" not in stored_bytes(store)
        assert killed.execute("SELECT * FROM scrub_owed").fetchall() == []
