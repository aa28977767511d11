"""What is understood of a plan after people, editors and wikis had it."""

from datetime import date
from pathlib import Path

import mdformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.document.reading import PlanReading, read_document
from assess.document.source import MOST_CHARACTERS
from assess.document.tasks import Task
from assess.errors import DataFileError
from assess.pages.plan_paper import render_plan
from tests.builders import action_table
from tests.plans import make_plan

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")
WRITTEN = render_plan(make_plan(), TEMPLATE)
HEAD = '---\nteam: "Lyon"\nassessment: 2026-11-22\nstart: 2026-11-23\nformat: 1\n---\n\n'
STEP = "Draft goals — *the manager*, by Fri 4 Dec <!-- assess:goals/1 -->"


def tasks(body: str) -> tuple[Task, ...]:
    return read_document(HEAD + body).tasks


def told(text: str) -> list[str]:
    return [note.text for note in read_document(text).notes]


def facts(document: PlanReading) -> list[tuple[str | None, str, str, str, date | None]]:
    return [(t.id, t.mark, t.wording, t.owner, t.due) for t in document.tasks]


def test_a_plan_as_written_reads_back_as_planned() -> None:
    document = read_document(WRITTEN)
    planned = [
        (s.id, " ", s.do, {"manager": "the manager", "team": "the team"}[p.action.role], s.due)
        for p in make_plan().priorities
        for s in p.steps
    ]
    assert facts(document) == planned
    assert (document.head.team, document.head.assessed, document.start) == (
        "Lyon",
        date(2026, 11, 22),
        date(2026, 11, 23),
    )
    assert document.notes == ()
    assert not any(block.is_edited for block in document.blocks.values())


LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40)


@given(team=LINE.filter(str.isprintable), do=LINE)
def test_any_words_read_back_as_they_were(team: str, do: str) -> None:
    step = {"week": 1, "hours": 1, "do": f"Do {do}."}
    plan = make_plan(action_table("a", {"goals-1": 1}, steps=[step]), team=f"T{team.strip()}")
    document = read_document(render_plan(plan, TEMPLATE))
    assert document.head.team == plan.team
    assert [t.wording for t in document.tasks] == [" ".join(f"Do {do}.".split())]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_do_not_matter(bom: str, line_end: str) -> None:
    document = read_document(bom + WRITTEN.replace("\n", line_end))
    assert facts(document) == facts(read_document(WRITTEN))
    assert document.notes == ()


@pytest.mark.parametrize("wrap", ["keep", 80, "no"])
def test_a_plan_formatted_by_mdformat_reads_back_the_same(wrap: str | int) -> None:
    text = mdformat.text(WRITTEN, options={"wrap": wrap}, extensions={"gfm", "frontmatter"})
    document = read_document(text)
    assert facts(document) == facts(read_document(WRITTEN))
    assert not any(block.is_edited for block in document.blocks.values())


@pytest.mark.parametrize(
    "line",
    [
        f"- [x] {STEP}",
        f"*   [X]   {STEP}",
        f"1. [x] {STEP}",
        f"+\t[x] {STEP}",
        f"> - [x] {STEP}",
        f"- Notes\n  - [x] {STEP}",
        f"- Notes\n\n\t- [x] {STEP}",
        f"> > 1) [x] {STEP}",
    ],
)
def test_tasks_are_found_in_any_list(line: str) -> None:
    (task,) = tasks(line)
    assert (task.id, task.is_done, task.owner, task.due) == (
        "goals/1",
        True,
        "the manager",
        date(2026, 12, 4),
    )


@pytest.mark.parametrize(
    "text",
    [f"```\n- [x] {STEP}\n```", f"    - [x] {STEP}", f"- [ ]{STEP[:5]}", "- [1] a source", "[ ] a"],
)
def test_what_only_looks_like_a_task_is_none(text: str) -> None:
    assert tasks(text) == ()


def test_a_task_in_a_code_fence_is_reported() -> None:
    assert told(f"{HEAD}```\n- [x] {STEP}\n```") == [
        "The task goals/1 stands in code or HTML and does not count."
    ]


@pytest.mark.parametrize("mark", [">", "!", "?"])
def test_unknown_marks_count_as_open_and_are_reported(mark: str) -> None:
    document = read_document(f"{HEAD}- [{mark}] {STEP}\n- [{mark}] own\n")
    assert [task.is_done for task in document.tasks] == [False, False]
    assert [note.text for note in document.notes] == [
        "2 tasks have marks that are unknown; they count as open."
    ]
    assert told(f"{HEAD}- [{mark}] own\n") == [
        f"The mark [{mark}] is unknown; the task counts as open."
    ]


def test_a_lost_box_is_reported() -> None:
    (task,) = tasks(f"- {STEP}")
    assert not task.is_done
    assert told(f"{HEAD}- {STEP}") == ["The task goals/1 has lost its box; it counts as open."]


def test_a_doubled_id_belongs_to_the_first_task() -> None:
    document = read_document(f"{HEAD}- [ ] {STEP}\n- [x] {STEP}\n")
    assert [task.id for task in document.tasks] == ["goals/1", None]
    assert [(n.line, n.text) for n in document.notes] == [
        (9, "The id goals/1 is that of line 8; this task counts as an own one.")
    ]


def restored(body: str, *written: str) -> list[str | None]:
    last = "".join(
        f"- [ ] {words} — *the manager*, by Fri 4 Dec <!-- assess:a-{number}/1 -->\n"
        for number, words in enumerate(written, start=1)
    )
    return [task.id for task in read_document(HEAD + body, HEAD + last).tasks]


def test_a_lost_id_is_restored_only_where_one_task_can_be_meant() -> None:
    assert restored("- [x] Draft goals\n- [ ] Other\n", "Draft goals", "Else") == ["a-1/1", None]
    twice = "- [x] Draft goals\n- [ ] Draft goals\n"
    assert restored(twice, "Draft goals") == [None, None]
    assert restored("- [x] Draft goals\n", "Draft goals", "Draft goals") == [None]


def test_tasks_of_the_same_words_come_back_in_their_order_where_all_are_there() -> None:
    twice = "- [x] Tell all — *Ana*\n- [ ] Tell all — *Ben*\n"
    assert restored(twice, "Tell all", "Tell all") == ["a-1/1", "a-2/1"]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by 2026-12-18", date(2026, 12, 18)),
        ("by 18 December", date(2026, 12, 18)),
        ("by Fri 8 Jan", date(2027, 1, 8)),
        ("by January 8th, 2027", date(2027, 1, 8)),
        ("by next week", None),
        ("by 31 Feb", None),
    ],
)
def test_dates_changed_by_hand_are_understood_where_they_can_be(
    words: str, due: date | None
) -> None:
    (task,) = tasks(f"- [ ] Draft goals — Ana and Ben, {words} <!-- assess:goals/1 -->")
    assert (task.wording, task.owner, task.due) == ("Draft goals", "Ana and Ben", due)
    note = [f"The date “{words[3:]}” cannot be read."]
    assert told(f"{HEAD}- [ ] {STEP.replace('by Fri 4 Dec', words)}") == ([] if due else note)


def test_an_own_task_may_have_an_owner_and_a_date() -> None:
    own = tasks("- [ ] Call — *Ana*, by 4 Dec\n- [ ] Eat, by Fri 4 Dec\n- [ ] Say no — kindly\n")
    assert [(t.wording, t.owner, t.due) for t in own] == [
        ("Call", "Ana", date(2026, 12, 4)),
        ("Eat", "", date(2026, 12, 4)),
        ("Say no — kindly", "", None),
    ]
    assert all(task.is_own for task in own)


def test_markup_in_a_task_is_read_as_words() -> None:
    (task,) = tasks("- [ ] ~~Draft~~ **three** `goals` [here](u) \\*now\\* <!-- assess:goals/1 -->")
    assert task.wording == "Draft three goals here *now*"
    assert task.words == "~~Draft~~ **three** `goals` [here](u) *now*"


def test_an_edited_block_is_known() -> None:
    document = read_document(
        WRITTEN.replace("| Momentum |          0 %", "| Momentum |          9 %")
    )
    assert [name for name, block in document.blocks.items() if block.is_edited] == ["scores"]


def test_a_missing_head_is_reported() -> None:
    assert told("# Plan\n") == ["The head of the file, between two lines of ---, is missing."]


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31", "2026-13-01", "soon"])
def test_no_start_breaks_the_reading_of_dates(start: str) -> None:
    (task,) = read_document(f"---\nstart: {start}\n---\n\n- [ ] {STEP}\n").tasks
    assert task.owner == "the manager"


def test_a_head_that_a_formatter_quoted_is_read() -> None:
    document = read_document("---\nteam: 'Lyon''s'\nstart: \"2026-11-23\"\n---\n")
    assert (document.head.team, document.start) == ("Lyon's", date(2026, 11, 23))


@pytest.mark.parametrize(
    "cut", ["---\nteam: x\n", "<!-- assess:begin scores ab -->\n\nx", "a <!-- asse"]
)
def test_a_file_that_ends_in_the_middle_is_known_as_cut(cut: str) -> None:
    document = read_document(cut)
    assert document.is_cut
    assert document.notes[-1].text == "The file ends in the middle; was it cut?"


def test_blocks_without_beginning_or_end_are_reported() -> None:
    text = (
        f"{HEAD}<!-- assess:end a -->\n\n<!-- assess:begin b 0 -->\n\n"
        "<!-- assess:begin c 0 -->\n\n<!-- assess:end c -->\n"
    )
    assert told(text) == ["The block a has no beginning.", "The block b has no end."]


def test_a_file_that_is_far_too_long_is_refused() -> None:
    with pytest.raises(DataFileError) as caught:
        read_document("a" * (MOST_CHARACTERS + 1))
    assert caught.value.what == "The file has 500,001 characters; a plan has at most 500,000."


def test_a_plan_of_a_newer_program_is_refused() -> None:
    with pytest.raises(DataFileError) as caught:
        read_document("---\nformat: 2\n---\n")
    assert caught.value.what == "The plan is in format 2; this program knows formats up to 1."


@given(st.text(st.sampled_from("-[]x *>`<!-assess:begin/1\n\r\t#_|~ "), max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    document = read_document(text)
    assert document.source.bom + "".join(document.source.lines) == text
