"""Drafts: each answer is on the disk when it is confirmed, and can be taken up again."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assess.answers import Answer
from assess.errors import AnswersError, StoreError
from assess.identity import TeamName
from assess.store import Store
from tests.builders import DAY, LYON, make_answers, make_assessment
from tests.shell.keeping import NAME, Q, give_answers, open_members, replaced_levels, send_member

ANSWERING = """
import sys
import time
from datetime import date
from pathlib import Path
from assess.answers import Answer
from assess.store import Store
from tests.shell.keeping import LYON, Q

store = Store(Path(sys.argv[1]))
draft = store.start_draft(Q, LYON, date(2026, 11, 22))
number = 0
while True:
    for question in Q.by_id:
        number += 1
        store.put_answer(draft.id, question, Answer(number % 4, f"answer {number}"))
        print(number, flush=True)
        time.sleep(0.005)  # People need longer.
"""


def answer_in_another_process(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(path)], stdout=subprocess.PIPE, text=True
    )


def test_a_draft_holds_what_was_given_so_far(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    assert (draft.by_question, draft.unanswered) == ({}, tuple(Q.by_id))
    store.put_answer(draft.id, "roles-1", Answer(2, "RACI sheet"))
    store.put_answer(draft.id, "goals-1", Answer())
    loaded = store.load_draft(draft.id)
    assert list(loaded.by_question.items()) == [
        ("goals-1", Answer()),
        ("roles-1", Answer(2, "RACI sheet")),
    ]
    assert loaded.unanswered == ("goals-2", "roles-2")


def test_going_back_overwrites_an_answer(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.put_answer(draft.id, "goals-1", Answer(3, "a slip of the hand"))
    store.put_answer(draft.id, "goals-1", Answer(not_applicable="one-person team"))
    assert store.load_draft(draft.id).by_question == {
        "goals-1": Answer(not_applicable="one-person team")
    }


def test_an_answer_out_of_range_is_refused_and_the_earlier_one_stays(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.put_answer(draft.id, "goals-1", Answer(1))
    with pytest.raises(AnswersError):
        store.put_answer(draft.id, "goals-1", Answer(7))
    assert store.load_draft(draft.id).by_question == {"goals-1": Answer(1)}


def test_who_starts_again_goes_on(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.put_answer(draft.id, "goals-1", Answer(1))
    again = store.start_draft(Q, TeamName("LYON"), DAY, answers={"goals-2": Answer(3)})
    assert again == store.load_draft(draft.id)
    assert again.by_question == {"goals-1": Answer(1)}


def test_every_assessment_and_respondent_has_a_draft_of_its_own(store: Store) -> None:
    manager = store.start_draft(Q, LYON, DAY)
    later = store.start_draft(Q, LYON, date(2027, 2, 21))
    shared = store.start_draft(Q, LYON, DAY, "consensus")
    other = store.start_draft(Q, TeamName("Berlin"), DAY)
    assert list(store.drafts()) == [other, shared, manager, later]


def test_a_draft_can_begin_with_earlier_answers(store: Store) -> None:
    kept = make_answers(Q, 2)
    draft = store.start_draft(Q, LYON, DAY, answers=kept.by_question)
    assert draft.by_question == kept.by_question


def test_a_finished_draft_is_the_assessment(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    give_answers(store, draft, 2)
    store.put_details(draft.id, hours_per_week=6, team_size=5)
    store.put_details(draft.id, same_manager=False)
    assert store.finish_draft(draft.id) == "new"
    loaded = store.load_assessment(NAME)
    assert loaded.manager == make_answers(Q, 2, hours_per_week=6, team_size=5)
    assert loaded.same_manager is False
    assert store.drafts() == ()


def test_a_finished_draft_of_all_is_the_shared_answer(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 3))
    draft = store.start_draft(Q, LYON, DAY, "consensus")
    give_answers(store, draft, 1)
    store.finish_draft(draft.id)
    assert store.load_assessment(NAME) == make_assessment(Q, 3, consensus=(1,))


def test_an_unfinished_draft_is_never_an_assessment(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.put_answer(draft.id, "goals-1", Answer(1))
    with pytest.raises(AnswersError) as caught:
        store.finish_draft(draft.id)
    assert [problem.where for problem in caught.value.problems] == [
        "answers.goals-2",
        "answers.roles-1",
        "answers.roles-2",
    ]
    assert store.history() == ()
    assert store.load_draft(draft.id).by_question == {"goals-1": Answer(1)}


def test_a_draft_that_would_replace_something_stays_until_that_is_wanted(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 1))
    draft = store.start_draft(Q, LYON, DAY)
    give_answers(store, draft, 2)
    with pytest.raises(StoreError):
        store.finish_draft(draft.id)
    assert store.load_draft(draft.id).unanswered == ()
    assert store.finish_draft(draft.id, replace=True) == "replaced"
    assert replaced_levels(store) == [1]


def test_a_discarded_draft_is_gone_with_the_team_that_came_with_it(store: Store) -> None:
    draft = store.start_draft(Q, TeamName("Lyom"), DAY)
    give_answers(store, draft, 2)
    store.discard_draft(draft.id)
    assert (store.drafts(), store.teams()) == ((), ())


def test_a_draft_that_another_process_finished_is_named_as_gone(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.discard_draft(draft.id)
    with pytest.raises(StoreError) as caught:
        store.put_answer(draft.id, "goals-1", Answer(1))
    assert (
        caught.value.what == "This draft is gone: it was finished, discarded or closed elsewhere."
    )


def test_several_members_answer_on_one_machine(store: Store) -> None:
    codes = open_members(store)
    seats = [store.take_seat(NAME, next(codes)) for _ in range(2)]
    for level, seat in enumerate(seats):
        store.put_begun(seat, {q: Answer(level) for q in Q.by_id})
    send_member(store, next(codes), 3)
    for seat in seats:
        given = make_answers(Q, 0, respondent="member")
        store.send_begun(seat, Q, replace(given, by_question=store.load_begun(seat)))
    store.close_assessment(NAME, DAY)
    assert store.load_assessment(NAME) == make_assessment(Q, members=[(0,), (1,), (3,)])


def test_a_draft_follows_its_team_to_another_name(store: Store) -> None:
    draft = store.start_draft(Q, LYON, DAY)
    store.rename_team(LYON, TeamName("Oslo"))
    assert store.load_draft(draft.id).team == "Oslo"


def test_a_killed_process_loses_no_confirmed_answer(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    for confirmations in (1, 7, 30):
        with answer_in_another_process(path) as process:
            assert process.stdout is not None
            confirmed = [int(process.stdout.readline()) for _ in range(confirmations)][-1]
            process.kill()
            confirmed = max([confirmed, *map(int, process.stdout.read().split())])
        with Store(path) as store:
            (draft,) = store.drafts()
            kept = {int(answer.evidence.split()[1]) for answer in draft.by_question.values()}
        # The one after the last confirmed may be on the disk as well.
        assert max(kept) in (confirmed, confirmed + 1)
        assert len(kept) == min(max(kept), len(Q.by_id))


def test_one_process_reads_while_another_answers(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with answer_in_another_process(path) as process, Store(path) as store:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
            (draft,) = store.drafts()
            store.add_team(TeamName("Oslo"))
            assert draft.by_question
        process.kill()
