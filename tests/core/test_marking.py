"""Marks, dates and owners written into a plan: these, and no other byte."""

from datetime import date
from difflib import SequenceMatcher

import pytest

from assess.document.marking import TaskBelow, TaskEdit, clean_name, edit_tasks
from assess.document.reading import read_document
from tests.desk import WRITTEN

FIRST = "write-three-goals/1"
LINE = next(line for line in WRITTEN.splitlines() if FIRST in line)
FRIDAY = date(2026, 12, 18)


def edited(text: str, *edits: TaskEdit, below: tuple[TaskBelow, ...] = ()) -> str:
    return edit_tasks(read_document(text, WRITTEN), WRITTEN, edits, below)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return what went, and what came in its place."""
    matched = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(before[a:b], after[c:d]) for tag, a, b, c, d in matched if tag != "equal"]


def test_a_tick_changes_one_letter() -> None:
    assert changed(LINE, edited_line(TaskEdit(FIRST, "done"))) == [(" ", "x")]


def edited_line(*edits: TaskEdit, line: str = LINE) -> str:
    """Return the line of the first step after an edit; all other lines have to be as they were."""
    text = WRITTEN.replace(LINE, line)
    after = edited(text, *edits)
    before, _, behind = text.partition(line)
    assert after.startswith(before)
    assert after.endswith(behind)
    return after[len(before) : len(after) - len(behind)]


def test_date_and_owner_are_replaced_where_they_stand() -> None:
    line = edited_line(TaskEdit(FIRST, due=FRIDAY, owner="Ana"))
    assert "— *Ana*, by Fri 18 Dec <!--" in line


WORDS = LINE.split(" — ")[0].removeprefix("- [ ] ")
NOTE = f"<!-- assess:{FIRST} -->"


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (f"* ☐ {WORDS} — Ben 📅 2026-12-01 {NOTE}", f"* ☑ {WORDS} — Ana 📅 2026-12-18 {NOTE}"),
        (f"- TODO {WORDS} — *Ben* (4.12.) {NOTE}", f"- DONE {WORDS} — *Ana* (18.12.) {NOTE}"),
        (f"> - [/] {WORDS} {NOTE}", f"> - [x] {WORDS} — *Ana*, by Fri 18 Dec {NOTE}"),
        (
            f"1. [ ] {WORDS} — *Ben*, by Fri 4\n   Dec {NOTE}",
            f"1. [x] {WORDS} — *Ana*, by Fri 18 Dec {NOTE}",
        ),
        (f"- [ ]\t{WORDS} — *the team*, by 4 Dec", f"- [x]\t{WORDS} — *Ana*, by Fri 18 Dec"),
        (f"- {WORDS} — *Ben*, by 4 Dec {NOTE}", f"- [x] {WORDS} — *Ana*, by Fri 18 Dec {NOTE}"),
    ],
)
def test_the_ways_of_other_editors_stay(line: str, after: str) -> None:
    assert edited_line(TaskEdit(FIRST, "done", FRIDAY, "Ana"), line=line) == after


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeff" + WRITTEN.replace("\n", "\r\n")
    assert changed(text, edited(text, TaskEdit(FIRST, "done"))) == [(" ", "x")]


def test_what_is_open_again_was_not_done_on_a_day() -> None:
    line = LINE.replace("[ ]", "[x]").replace(" <!--", " ✅ 2026-12-01 <!--")
    assert edited_line(TaskEdit(FIRST, "open"), line=line) == LINE


def test_a_name_with_signs_of_markdown_is_read_back() -> None:
    after = edited(WRITTEN, TaskEdit(FIRST, owner="A_b [*c*] | d – e"))
    assert read_document(after, WRITTEN).by_id[FIRST].owner == "A_b c d e"


@pytest.mark.parametrize("typed", ["by 4 Dec", "2026-12-04", "done 4 Dec", "—", "x" * 90])
def test_what_would_be_read_as_something_else_is_no_name(typed: str) -> None:
    assert clean_name(typed) == ""
    assert edited_line(TaskEdit(FIRST, owner=typed)) == LINE


def test_an_own_task_stands_below_the_last_step_and_only_once() -> None:
    below = TaskBelow("write-three-goals", "Show them – to the board", "Ana", FRIDAY)
    once = edited(WRITTEN, below=(below,))
    assert changed(WRITTEN, once) == [
        ("", "\n- [ ] Show them, to the board — *Ana*, by Fri 18 Dec")
    ]
    assert edited(once, below=(below,)) == once


def test_own_tasks_are_edited_by_their_key() -> None:
    text = WRITTEN.replace("## Rhythm", "- [ ] Buy cake\n\n## Rhythm")
    [own] = read_document(text, WRITTEN).own_tasks
    after = edited(text, TaskEdit(own.key, "done", FRIDAY, "Ana"))
    assert "- [x] Buy cake — *Ana*, by Fri 18 Dec\n" in after
