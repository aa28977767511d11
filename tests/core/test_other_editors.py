"""A plan after other editors, wikis and trackers had it: marks, tails, heads, comments."""

import re
from datetime import date

import pytest

from assess.document.marking import TaskEdit, edit_tasks
from assess.document.marks import TaskState
from assess.document.reading import PlanReading, read_document
from assess.document.tasks import Task
from assess.errors import DataFileError
from tests.desk import WRITTEN

pytestmark = pytest.mark.one_python

HEAD = "---\nteam: Lyon\nassessment: 2026-11-22\nstart: 2026-11-23\nformat: 1\n---\n\n"
WORDS = "Draft goals with all."
LAST = f"{HEAD}- [ ] {WORDS} — *the manager*, by Fri 4 Dec <!-- assess:goals/1 -->\n"


def read(line: str) -> Task:
    (task,) = read_document(f"{HEAD}- {line}\n", LAST).tasks
    return task


def stripped(text: str) -> str:
    """Return a text as rich-text editors leave it."""
    return re.sub(r" ?<!--.*?-->", "", text)


@pytest.mark.parametrize("comment", [" <!-- assess:goals/1 -->", ""])
@pytest.mark.parametrize(
    ("tail", "owner", "due"),
    [
        ("— *the designer*, due Fri 15 Jan", "the designer", date(2027, 1, 15)),
        ("— *the designer*, until 15 January", "the designer", date(2027, 1, 15)),
        ("— *the designer* (Fri 15 Jan)", "the designer", date(2027, 1, 15)),
        ("by Fri 15 Jan — *the designer*", "the designer", date(2027, 1, 15)),
        ("— *the designer*, by 15.1.2027", "the designer", date(2027, 1, 15)),
        ("— *the designer*, by 15.1.", "the designer", date(2027, 1, 15)),
        ("— *the designer* 📅 2026-12-18", "the designer", date(2026, 12, 18)),
        ("📅 2026-12-18 — *the designer*", "the designer", date(2026, 12, 18)),
        ("— *the designer* 🔼 📅 2026-12-18 #team", "the designer", date(2026, 12, 18)),
        ("— *the designer*, due 2027-01-15", "the designer", date(2027, 1, 15)),
        ("— *the designer* (until 15 Jan)", "the designer", date(2027, 1, 15)),
        ("— *the designer*, by 18/12/2026", "the designer", date(2026, 12, 18)),
        ("— *the designer*, by 12/18/2026", "the designer", date(2026, 12, 18)),
        ("— *the designer*, by 18.12.", "the designer", date(2026, 12, 18)),
        ("— *the designer*, by Friday, 18th of December 2026", "the designer", date(2026, 12, 18)),
        ("— *the designer*, by Fri, Dec 18", "the designer", date(2026, 12, 18)),
        ("— *the designer*, due: Sept. 1st, 2027", "the designer", date(2027, 9, 1)),
        ("— *the designer*, deadline: 2026-12-18T17:00", "the designer", date(2026, 12, 18)),
        ("— the designer, by 18 Dec", "the designer", date(2026, 12, 18)),
        ("– _the designer_, by **18 Dec**", "the designer", date(2026, 12, 18)),
        ("- *the designer*, by 18 Dec", "the designer", date(2026, 12, 18)),
        ("(by 18 Dec, *Ana*)", "Ana", date(2026, 12, 18)),
        ("— Ana", "Ana", None),
        ("— *Ana*, pour le Fri 4 Dec", "Ana", date(2026, 12, 4)),
        ("", "", None),
    ],
)
def test_owner_and_date_are_found_anywhere_in_the_tail(
    tail: str, owner: str, due: date | None, comment: str
) -> None:
    task = read(f"[ ] {WORDS} {tail}{comment}")
    assert (task.id, task.wording, task.owner, task.due) == ("goals/1", WORDS, owner, due)
    assert task.tail.unreadable == ""


@pytest.mark.parametrize("comment", [" <!-- assess:goals/1 -->", ""])
@pytest.mark.parametrize(
    "tail",
    [
        "due:2027-01-15 — *Ana*",
        "@due(2027-01-15) — *Ana*",
        "— Ana, due:2027-01-15",
        "— Ana @2027-01-15",
        "— *Ana*, {2027-01-15}",
        "<2027-01-15> — *Ana*",
        "— Ana, no later than 15 Jan",
        "— Ana, bis 15.1.2027",
        "by end of day Fri 15 Jan — *Ana*",
        "— *Ana*, by ~~Fri 4 Dec~~ Fri 15 Jan",
        "Fri 15 Jan — *Ana*",
        "15.01.2027 — *Ana*",
        "@Ana, due 15 Jan",
        "→ Ana (15 Jan)",
    ],
)
def test_a_tail_in_the_way_of_other_tools_is_read(tail: str, comment: str) -> None:
    task = read(f"[ ] {WORDS} {tail}{comment}")
    assert (task.id, task.wording, task.owner) == ("goals/1", WORDS, "Ana")
    assert task.due == date(2027, 1, 15)


@pytest.mark.parametrize("words", ["Call them", "Draft two goals — or three"])
@pytest.mark.parametrize(
    "tail",
    [
        "— *the designer*, due Fri 15 Jan",
        "— *the designer* (Fri 15 Jan)",
        ", by Fri 15 Jan — *the designer*",
        "— *the designer* 📅 2027-01-15",
        "— 15 Jan — *the designer*",
    ],
)
@pytest.mark.parametrize("comment", [" <!-- assess:goals/1 -->", ""])
def test_a_tail_behind_other_words_is_found_too(words: str, tail: str, comment: str) -> None:
    task = read(f"[ ] {words} {tail}{comment}".replace(" ,", ","))
    assert (task.wording, task.owner, task.due) == (words, "the designer", date(2027, 1, 15))


@pytest.mark.parametrize("tail", ["— *Ana*, by 4/12", "— *Ana*, by 31 Feb", "— Ana, due next week"])
def test_a_date_with_two_readings_or_none_is_said(tail: str) -> None:
    task = read(f"[ ] {WORDS} {tail} <!-- assess:goals/1 -->")
    assert (task.owner, task.due) == ("Ana", None)
    assert task.tail.unreadable in tail.split(maxsplit=2)[2]
    assert task.tail.unreadable


@pytest.mark.parametrize(
    "words",
    [
        "Win by 3 markets",
        "Cut it by 3 marks",
        "Raise it by 4 decibels",
        "Sell by 12 a piece",
        "2/3",
    ],
)
def test_a_number_behind_by_is_no_date(words: str) -> None:
    document = read_document(f"{HEAD}- [ ] {words}\n- [ ] {words} <!-- assess:goals/1 -->\n")
    assert [(task.wording, task.due) for task in document.tasks] == [(words, None)] * 2
    assert document.notes == ()


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        ("[ ]", "open"),
        ("[]", "open"),
        ("☐", "open"),
        ("[x]", "done"),
        ("[X]", "done"),
        ("[ x]", "done"),
        ("[x ]", "done"),
        ("[ X ]", "done"),
        ("[✓]", "done"),
        ("[✔️]", "done"),
        ("[v]", "done"),
        ("[done]", "done"),
        ("☑", "done"),
        ("☑️", "done"),
        ("☒", "done"),
        ("☑ DONE", "done"),
        ("[√]", "done"),
        ("[×]", "done"),
        ("[х]", "done"),
        (r"\[x\]", "done"),
        (r"\[ ]", "open"),
        ("DONE", "done"),
        ("[ ] DONE:", "done"),
        ("[/]", "begun"),
        ("DOING", "begun"),
        ("[-]", "dropped"),
        ("[~]", "dropped"),
        ("CANCELLED", "dropped"),
    ],
)
@pytest.mark.parametrize("comment", [" <!-- assess:goals/1 -->", ""])
def test_the_marks_of_other_tools_count_as_what_they_say(
    mark: str, state: TaskState, comment: str
) -> None:
    task = read(f"{mark} {WORDS} — *Ana*, by 18 Dec{comment}")
    assert (task.id, task.state, task.wording) == ("goals/1", state, WORDS)


def test_the_day_on_which_a_task_was_done_is_not_its_date() -> None:
    task = read(f"[x] {WORDS} — *Ana*, by Fri 18 Dec ✅ 2026-12-04 <!-- assess:goals/1 -->")
    assert (task.state, task.due, task.done_on) == ("done", date(2026, 12, 18), date(2026, 12, 4))
    assert read(f"[ ] {WORDS} ✅ 2026-12-04 <!-- assess:goals/1 -->").state == "done"
    other = read(f"[ ] {WORDS} 🛫 2026-12-01 ➕ 2026-11-23 <!-- assess:goals/1 -->")
    assert (other.state, other.due, other.owner) == ("open", None, "")


def test_all_tasks_are_known_when_an_editor_took_every_comment_away() -> None:
    document = read_document(stripped(WRITTEN), WRITTEN)
    assert list(document.by_id) == list(read_document(WRITTEN).by_id)
    assert document.is_ours
    assert [note.text for note in document.notes] == [
        "5 tasks had lost their comments; they are known by their words."
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("*the manager*", "*Ana*").replace("by Fri", "until"),
        lambda text: re.sub(r" — .*", "", text),
        lambda text: text.replace(". — *", " — *").replace("the team", "THE TEAM"),
        lambda text: text.replace("*", "").replace("—", "–"),
        lambda text: text.replace("the ", "the\u00a0").replace("- [ ] ", "- ☐ "),
        lambda text: re.sub(r"(?s)^---.*?---\n", "", text),
        lambda text: re.sub(r"(?m)^(- \[.\]) (.*?) — ", r"\1 ~~\2~~ — ", text),
        lambda text: re.sub(r"(?m)^(- \[.\]) (.*?) — ", r"\1 ==\2== — ", text),
        lambda text: text.replace("- [ ] ", "- [ ] \u200b"),
    ],
)
def test_words_alone_tell_which_task_it_is(change: object) -> None:
    assert callable(change)
    document = read_document(change(stripped(WRITTEN)), WRITTEN)
    assert list(document.by_id) == list(read_document(WRITTEN).by_id)


def is_ours(text: str) -> bool:
    return read_document(text, WRITTEN).is_ours


def test_one_door_tells_whose_file_it_is() -> None:
    lines = [line for line in stripped(WRITTEN).splitlines() if line.startswith("- [ ] ")]
    assert is_ours("---\nassessment: 2026-11-22\nformat: 1\n---\n")
    assert is_ours("- [ ] a <!-- assess:goals/1 -->\n")
    assert is_ours("\n".join(lines[:3]))
    assert not is_ours("\n".join(lines[:2]))
    assert not is_ours("---\nteam: Lyon\n---\n\n- [ ] own\n")
    assert not is_ours("---\nteam: Lyon\nformat: 1\n---\n")
    assert not is_ours("")


@pytest.mark.parametrize(
    "start",
    [
        "2026-11-23T00:00:00.000Z",
        "'2026-11-23'",
        '"2026-11-23"',
        "2026-11-23 00:00",
        "2026-11-23 # M",
    ],
)
def test_a_start_that_other_tools_rewrote_is_understood(start: str) -> None:
    document = read_document(WRITTEN.replace("start: 2026-11-23", f"start: {start}"))
    assert (document.start, document.notes) == (date(2026, 11, 23), ())


@pytest.mark.parametrize("start", ["start: soon", "start: 2031-01-01", "begin: 2026-11-23"])
def test_the_start_that_is_kept_wins_over_a_lost_or_odd_one(start: str) -> None:
    document = read_document(WRITTEN.replace("start: 2026-11-23", start), WRITTEN)
    assert document.start == date(2026, 11, 23)
    assert [task.due for task in document.tasks] == [t.due for t in read_document(WRITTEN).tasks]


def told(document: PlanReading) -> list[str]:
    return [note.text for note in document.notes]


def test_what_cannot_be_read_is_said_once_for_each_cause() -> None:
    assert told(read_document(WRITTEN.replace("start: 2026-11-23", "start: soon"))) == [
        "5 dates have no year, and the head of the file does not tell the start."
    ]
    assert told(read_document(re.sub(r"by Fri \d+ Dec", "by next week", WRITTEN), WRITTEN)) == [
        "4 dates cannot be read; the first is “next week”."
    ]
    assert told(read_document(WRITTEN.replace("- [ ] ", "- [?] "))) == [
        "5 tasks have marks that are unknown; they count as open."
    ]


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "||||||| base", ">>>>>>> main", "<<<<<<<"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_conflict_markers_are_named_and_nothing_is_read(marker: str, line_end: str) -> None:
    text = f"{HEAD}- [ ] a\n{marker}\n- [x] a\n".replace("\n", line_end)
    with pytest.raises(DataFileError) as caught:
        read_document(text)
    assert marker[:7] in caught.value.what
    assert caught.value.where == "line 9"


@pytest.mark.parametrize("line", ["=======", "a <<<<<<< b", "<<<<<<<<"])
def test_what_is_no_conflict_marker_is_read(line: str) -> None:
    assert read_document(f"{HEAD}Title\n{line}\n\n- [ ] a\n").tasks


def test_html_that_is_closed_still_hides_what_stands_in_it() -> None:
    hidden = "<!--\n- [x] a <!-- assess:goals/1 -->\n\n<style>\n- [ ] b\n</style>\n\n- [ ] c\n"
    document = read_document(HEAD + hidden)
    assert [task.wording for task in document.tasks] == ["a", "c"]
    assert told(document) == ["What begins here with <!-- has no end; it is read as text."]


def test_a_comment_that_a_converter_marked_as_raw_html_is_read() -> None:
    task = read(f"[x] {WORDS} — *Ana*, by Fri 4 Dec `<!-- assess:goals/1 -->`{{=html}}")
    assert (task.id, task.wording, task.owner, task.is_done) == ("goals/1", WORDS, "Ana", True)


@pytest.mark.parametrize("opening", ["```", "~~~", "``` text", "<!doctype"])
@pytest.mark.parametrize("below", ["", "\n```mermaid\ngantt\n```\n"])
def test_what_a_note_begins_and_never_ends_swallows_nothing_below(opening: str, below: str) -> None:
    task = "- [x] a — *Ana*, by 4 Dec <!-- assess:goals/1 -->\n"
    document = read_document(f"{HEAD}A note\n\n{opening}\n\n{task}{below}")
    assert [task.id for task in document.tasks] == ["goals/1"]
    assert [note.line for note in document.notes] == [10]


def test_a_code_fence_that_has_an_end_still_hides_what_stands_in_it() -> None:
    fence = "````text\n```\n- [ ] a\n````\n\n~~~\n- [ ] b\n~~~\n\n- [ ] c\n"
    assert [task.wording for task in read_document(HEAD + fence).tasks] == ["c"]


@pytest.mark.parametrize("comment", [True, False])
@pytest.mark.parametrize("lead", ["[x] ", "• [x] ", "– [x] ", "-[x] ", "☑ ", "  [x] ", "> [x] "])
def test_tasks_that_lost_their_bullets_are_still_tasks(lead: str, comment: bool) -> None:
    plan = WRITTEN.replace("- [ ] ", lead)
    tasks = read_document(plan if comment else stripped(plan), WRITTEN).by_id
    expected = read_document(WRITTEN).by_id
    assert {name: task.state for name, task in tasks.items()} == dict.fromkeys(expected, "done")
    assert [task.words for task in tasks.values()] == [task.words for task in expected.values()]


@pytest.mark.parametrize("lead", ["", "DONE ", "✅ ", "- [ ]"])
def test_a_task_that_has_its_comment_is_one_however_it_stands_there(lead: str) -> None:
    tasks = read_document(WRITTEN.replace("- [ ] ", lead), WRITTEN).by_id
    state = "done" if lead in ("DONE ", "✅ ") else "open"
    names = read_document(WRITTEN).by_id
    assert {name: task.state for name, task in tasks.items()} == dict.fromkeys(names, state)


def test_prose_with_a_sign_or_a_box_is_no_task_unless_it_is_known() -> None:
    text = f"{LAST}\n✅ Shipped in March.\n\n[1] A note.\n\n```\n[ ] x\n```\n\n[ ] A line.\n"
    assert len(read_document(text, LAST).tasks) == 1


def test_a_task_without_a_bullet_is_ticked_where_it_stands() -> None:
    plan = LAST.replace("- [ ] ", "• [ ] ")
    ticked = edit_tasks(read_document(plan, LAST), LAST, [TaskEdit("goals/1", "done")])
    assert ticked == plan.replace("[ ]", "[x]")


def test_a_note_below_a_task_stays_where_it_is_when_the_task_changes() -> None:
    plan = LAST + "  asked Ana, by 3 Dec\n  and Ben\n"
    (task,) = read_document(plan, LAST).tasks
    assert (task.wording, task.owner, task.due) == (WORDS, "the manager", date(2026, 12, 4))
    moved = TaskEdit("goals/1", "done", date(2026, 12, 18), "Zoe")
    edited = edit_tasks(read_document(plan, LAST), LAST, [moved])
    assert edited.endswith(
        "*Zoe*, by Fri 18 Dec <!-- assess:goals/1 -->\n  asked Ana, by 3 Dec\n  and Ben\n"
    )


def test_tasks_whose_boxes_became_words_count_as_what_these_say() -> None:
    plan = WRITTEN.replace("- [ ] ", "- DONE ")
    (note,) = read_document(plan, WRITTEN).notes
    assert note.text.endswith("their boxes; without a word for it they count as open.")
