"""Weeks of edits in several editors: lost comments and heads, other marks, owners and dates."""

import re
from dataclasses import dataclass, field  # noqa: TID251  # It changes.
from datetime import date

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.document.marks import TaskState
from assess.document.reading import read_document
from assess.document.update import update_document
from tests.core.test_living_plan import NEW
from tests.desk import WRITTEN, Desk

pytestmark = pytest.mark.one_python

TASKS = read_document(WRITTEN).by_id
MARKS: dict[str, TaskState] = {
    "[X]": "done",
    "[ x]": "done",
    "[✓]": "done",
    "☑": "done",
    "[/]": "begun",
    "[-]": "dropped",
    "[~]": "dropped",
}
TAILS = (
    " — *{}*, due Fri 15 Jan",
    " — *{}*, until 15 January 2027",
    " — *{}* (15.1.2027)",
    ", by Fri 15 Jan — *{}*",
    " (until 15 Jan) — *{}*",
    " — *{}* 📅 2027-01-15",
)
NAMES = st.sampled_from(tuple(TASKS))
ACTS = st.one_of(
    st.tuples(st.just("mark"), NAMES, st.sampled_from(tuple(MARKS))),
    st.tuples(st.just("hand_over"), NAMES, st.sampled_from(("Ana", "the designer", "Jo Lee"))),
    st.tuples(st.just("put_off"), NAMES, st.sampled_from(TAILS)),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("add"), NAMES, st.just("words of mine")),
    st.tuples(st.just("end_lines_with"), st.sampled_from(["\n", "\r\n"])),
    st.tuples(st.just("format")),
)
ENDS = st.lists(
    st.sampled_from(["lose_comments", "lose_head", "wrap", "write_underscores", "begin_with_bom"]),
    max_size=3,
    unique=True,
)


@dataclass
class Editors(Desk):
    """A plan that went through several editors, and what has to be known of it afterwards."""

    states: dict[str, TaskState] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)

    def mark(self, name: str, mark: str) -> None:
        pattern = r"(?:\[.{0,3}\]|☑) "
        if self.change_line(name, lambda line: re.sub(pattern, f"{mark} ", line, count=1)):
            self.states[name] = MARKS[mark]

    def hand_over(self, name: str, owner: str) -> None:
        if self.change_line(name, lambda line: re.sub(r"\*[^*]+\*(?=.*<!--)", f"*{owner}*", line)):
            self.owners[name] = owner

    def put_off(self, name: str, tail: str) -> None:
        owner = self.owners.get(name, TASKS[name].owner)
        words = TASKS[name].wording
        pattern = re.escape(words) + r".*?(?= <!-- assess)"
        if self.change_line(name, lambda line: re.sub(pattern, words + tail.format(owner), line)):
            self.dates[name] = date(2027, 1, 15)

    def lose_comments(self) -> None:
        self.text = re.sub(r"[ \n]?<!--.*?-->", "", self.text)

    def lose_head(self) -> None:
        self.text = re.sub(r"(?s)\A---.*?---\r?\n", "", self.text)

    def wrap(self) -> None:
        extensions = {"gfm", "frontmatter"}
        self.text = mdformat.text(self.text, options={"wrap": 60}, extensions=extensions)

    def write_underscores(self) -> None:
        self.text = re.sub(r"— \*([^*\n]+)\*", r"— _\1_", self.text)

    def begin_with_bom(self) -> None:
        self.text = f"\ufeff{self.text}" if self.text.startswith("---") else self.text


@settings(max_examples=40, deadline=None)
@given(acts=st.lists(ACTS, max_size=8), ends=ENDS, plan=st.sampled_from(tuple(NEW)))
def test_nothing_that_people_did_is_lost_in_any_editor(
    acts: list[tuple[str, ...]], ends: list[str], plan: str
) -> None:
    desk = Editors()
    for act, *arguments in acts:
        getattr(desk, act)(*arguments)
    for end in ends:
        getattr(desk, end)()

    once = update_document(desk.text, WRITTEN, NEW[plan])

    after = read_document(once.text, WRITTEN).by_id
    assert desk.deleted & set(after) == set()
    for name in set(TASKS) - desk.deleted:
        if name in desk.states:
            assert after[name].state == desk.states[name]
        if name in desk.owners:
            assert after[name].owner == desk.owners[name]
        if name in desk.dates:
            assert after[name].due == desk.dates[name]
    assert all(once.text.count(own) == 1 for own in desk.own)
    twice = update_document(once.text, once.base, NEW[plan])
    assert (twice.text, twice.changes) == (once.text, ())
    if "\r\n" in desk.text:
        assert "\n" not in once.text.replace("\r\n", "")
    assert once.text.startswith("\ufeff") == desk.text.startswith("\ufeff")


@pytest.mark.parametrize(
    "words", ["x by ", "a — *b* ", "by 4 Dec — ", "*", "_a ", "📅 2026-12-18 "]
)
def test_long_paragraphs_are_read_in_line_with_their_length(words: str) -> None:
    lines = f"{words * (10_000 // len(words))}\n" * 8
    document = read_document(f"---\nstart: {' ' * 19_000}x\n---\n\n- [ ] {lines}", WRITTEN)
    assert [task.is_own for task in document.tasks] == [True]
    assert not document.is_ours
