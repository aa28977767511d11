"""The members' part: opened, answered, closed once; and what the file tells of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assess.errors import AnswersError, StoreError
from assess.identity import TeamName
from assess.questionnaire import read_questionnaire
from assess.store import Store
from tests.builders import DAY, LYON, make_answers, make_assessment, questionnaire_table
from tests.shell.keeping import NAME, Q, give_answers, send_member, stored_bytes


def rows_of_members(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM member").fetchall()


def test_members_answers_are_handed_out_only_after_closing(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    for level in (3, 0, 1, 2, 1):
        send_member(store, level)
    assert store.load_assessment(NAME) == make_assessment(Q, closed=False)
    assert store.close_assessment(NAME) == "new"
    levels = [(level,) for level in (0, 1, 1, 2, 3)]
    assert store.load_assessment(NAME) == make_assessment(Q, members=levels)


def test_what_was_said_at_opening_is_kept(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY, minimum=4, same_members=True)
    loaded = store.load_assessment(NAME)
    assert (loaded.minimum, loaded.same_members, loaded.closed) == (4, True, False)


def test_fewer_than_three_members_are_never_enough(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.open_assessment(Q, LYON, DAY, minimum=2)
    assert caught.value.what == "The results of 2 members would show who said what."
    assert store.teams() == ()


def test_opening_again_changes_nothing_and_cannot_change_the_minimum(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY, minimum=4)
    assert store.open_assessment(Q, LYON, DAY, minimum=4) == "same"
    with pytest.raises(StoreError) as caught:
        store.open_assessment(Q, LYON, DAY, minimum=3)
    assert caught.value.what == "This assessment is open already, with a minimum of 4."
    assert store.load_assessment(NAME).minimum == 4


def test_an_assessment_of_the_manager_can_be_opened_to_members(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    assert store.open_assessment(Q, LYON, DAY) == "new"
    assert store.load_assessment(NAME) == make_assessment(Q, 2, closed=False)


def test_the_manager_answers_an_open_assessment(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    assert store.keep_assessment(make_assessment(Q, 2)) == "new"
    assert store.load_assessment(NAME) == make_assessment(Q, 2, closed=False)


def test_the_questionnaire_is_fixed_at_opening(store: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=2, roles=2) | {"version": 2})
    store.open_assessment(Q, LYON, DAY)
    with pytest.raises(StoreError):
        store.keep_assessment(make_assessment(newer, 2))
    with pytest.raises(StoreError):
        store.start_draft(newer, LYON, DAY, "member")
    assert store.load_assessment(NAME) == make_assessment(Q, closed=False)


def test_a_member_needs_an_open_assessment(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.start_draft(Q, LYON, DAY, "member")
    assert caught.value.what == "This assessment is not open to members."
    assert caught.value.where == f"{store.path}, Lyon, small, 2026-11-22"
    assert caught.value.fix == "The manager opens it first: assess open"
    assert store.teams() == ()


def test_a_late_draft_is_refused(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    store.close_assessment(NAME)
    with pytest.raises(StoreError) as caught:
        store.start_draft(Q, LYON, DAY, "member")
    assert caught.value.what == (
        "This assessment is closed: the answers of a member come too late."
    )


def test_late_files_are_refused(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    send_member(store, 1)
    store.close_assessment(NAME)
    with pytest.raises(StoreError):
        store.collect_members([(Q, make_answers(Q, 2, respondent="member"))])
    with pytest.raises(StoreError):
        store.keep_assessment(make_assessment(Q, members=[(1,), (2,)]), replace=True)
    with pytest.raises(StoreError):
        store.open_assessment(Q, LYON, DAY)
    assert len(store.load_assessment(NAME).members) == 1


def test_closing_twice_changes_nothing(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    assert [store.close_assessment(NAME), store.close_assessment(NAME)] == ["new", "same"]


def test_only_an_opened_assessment_can_be_closed(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    with pytest.raises(StoreError) as caught:
        store.close_assessment(NAME)
    assert caught.value.what == "This assessment was not opened to members."


def test_a_member_s_file_that_is_read_twice_counts_once(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    file = (Q, make_answers(Q, 2, respondent="member"))
    assert store.collect_members([file]) == ("new",)
    assert store.collect_members([file]) == ("same",)
    assert store.history()[0].members == 1


def test_files_that_are_alike_count_one_by_one_but_not_again_later(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    alike = (Q, make_answers(Q, 2, respondent="member"))
    other = (Q, make_answers(Q, 1, respondent="member"))
    assert store.collect_members([alike, other]) == ("new", "new")
    assert store.collect_members([alike, alike, other]) == ("same", "new", "same")
    assert store.history()[0].members == 3


def test_members_files_are_taken_in_together_or_not_at_all(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    fits = (Q, make_answers(Q, 2, respondent="member"))
    late = (Q, make_answers(Q, 2, respondent="member", team=TeamName("Paris")))
    with pytest.raises(StoreError):
        store.collect_members([fits, late])
    assert store.history()[0].members == 0


def test_two_members_who_answer_alike_are_two(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    send_member(store, 1)
    send_member(store, 1)
    assert store.history()[0].members == 2


def test_a_member_s_file_with_mistakes_is_refused(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    other = read_questionnaire(questionnaire_table(goals=2))
    with pytest.raises(AnswersError):
        store.collect_members([(Q, make_answers(other, 2, respondent="member"))])
    assert store.history()[0].members == 0


def test_members_files_given_at_once_are_not_added_to_later(store: Store) -> None:
    several = make_assessment(Q, 2, members=[(level,) for level in (0, 1, 2)])
    assert [store.keep_assessment(several), store.keep_assessment(several)] == ["new", "same"]
    more = make_assessment(Q, 2, members=[(level,) for level in (0, 1, 2, 3)])
    with pytest.raises(StoreError) as caught:
        store.keep_assessment(more, replace=True)
    assert caught.value.what == (
        "The members' part of this assessment is closed; other answers come too late."
    )
    assert store.load_assessment(NAME) == several


def test_members_files_can_join_what_the_manager_answered(store: Store) -> None:
    several = make_assessment(Q, 2, members=[(level,) for level in (0, 1, 2)])
    store.keep_assessment(make_assessment(Q, 2))
    assert store.keep_assessment(several) == "new"
    assert store.load_assessment(NAME) == several


def test_members_of_an_open_assessment_are_collected_instead(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    with pytest.raises(StoreError) as caught:
        store.keep_assessment(make_assessment(Q, members=[(1,)]))
    assert caught.value.fix == "Use assess collect, then assess close."
    assert store.history()[0].members == 0


# What the file tells


def test_a_member_s_row_has_a_random_key_and_nothing_that_tells_when(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    send_member(store, 1)
    send_member(store, 1)
    (one, two) = rows_of_members(store.path)
    assert one[1:] == two[1:]
    assert isinstance(one[0], bytes)
    assert len(one[0]) == 16
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.Error):
        connection.execute("SELECT rowid FROM member")


def test_members_lie_in_the_file_by_their_random_keys(store: Store) -> None:
    """Rows of a page lie in the order in which they came, unless the file is rewritten."""
    store.open_assessment(Q, LYON, DAY)
    marks = [f"member-number-{n}" for n in range(12)]
    for mark in marks:
        send_member(store, 2, evidence=mark)
    stored = stored_bytes(store)
    by_place = sorted(marks, key=lambda mark: stored.index(mark.encode() + b'"'), reverse=True)
    by_key = [
        next(mark for mark in marks if f'{mark}"' in str(document))
        for _, _, document in sorted(rows_of_members(store.path))
    ]
    assert by_place in (by_key, by_key[::-1])


def test_the_order_of_sending_changes_nothing_in_the_file_but_random_keys(
    tmp_path: Path,
) -> None:
    contents = set()
    for number, order in enumerate([(0, 1, 2), (2, 0, 1)]):
        with Store(tmp_path / str(number) / "s.db") as store:
            store.open_assessment(Q, LYON, DAY)
            for level in order:
                send_member(store, level)
            store.close_assessment(NAME)
            with closing(sqlite3.connect(store.path)) as connection:
                connection.execute("UPDATE member SET key = CAST(document AS BLOB)")
                connection.commit()
                connection.execute("VACUUM")
            contents.add(store.path.read_bytes())
    assert len(contents) == 1


def test_a_sent_draft_leaves_nothing_but_the_answers(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    draft = store.start_draft(Q, LYON, DAY, "member")
    give_answers(store, draft, 2, evidence="said-by-one")
    store.finish_draft(draft.id)
    stored = stored_bytes(store)
    assert stored.count(b"said-by-one") == len(Q.by_id)
    assert draft.id.encode() not in stored


def test_an_answer_that_a_member_took_back_is_gone(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    draft = store.start_draft(Q, LYON, DAY, "member")
    give_answers(store, draft, 2, evidence="what-i-did-not-want-to-say" * 300)
    give_answers(store, draft, 1)
    store.finish_draft(draft.id)
    assert b"what-i-did-not" not in stored_bytes(store)


def test_closing_deletes_what_members_did_not_send(store: Store) -> None:
    store.open_assessment(Q, LYON, DAY)
    draft = store.start_draft(Q, LYON, DAY, "member")
    give_answers(store, draft, 2, evidence="never-sent")
    manager = store.start_draft(Q, LYON, DAY)
    assert store.history()[0].unsent == 1
    store.close_assessment(NAME)
    assert [left.id for left in store.drafts()] == [manager.id]
    assert b"never-sent" not in stored_bytes(store)


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
