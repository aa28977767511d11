"""Rows of goals in a plan: written, edited by people in any editor, read back, renewed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.document.goal_table import GoalEdits, format_goals, renew_goals, take_edits
from assess.document.reading import read_document
from assess.document.update import update_document
from assess.goals import Goal, latest_value
from assess.pages.plan_paper import Beside, render_plan
from tests.desk import TEMPLATE
from tests.goals import START, make_figure, make_goal
from tests.plans import make_plan

TODAY = START + timedelta(10)
LEADS = make_figure(id="leads", values=[(START, 10)])
OFFERS = make_figure(id="offers", name="Open | offers", unit="offers", values=[(START, 1100)])
GOALS: tuple[Goal, ...] = (
    make_goal(id="growth", figures=[LEADS, OFFERS]),
    make_goal(id="calm", title="Calm *weeks*", figures=[make_figure(id="hours", unit="hours")]),
)
ROW = r"(?m)^.*assess:goals/{} -->.*(?:\n|$)"


def written(goals: tuple[Goal, ...] = GOALS, today: date = START) -> str:
    return render_plan(make_plan(), TEMPLATE, Beside(goals=goals, today=today))


def with_now(text: str, row: str, typed: str) -> str:
    """Type something into the column *now* of a row."""
    pattern = rf"\|[^|\n]*(<!-- assess:goals/{row} -->)"
    return re.sub(pattern, lambda found: f"| {typed} {found[1]}", text)


def take(text: str, last: str | None = None, goals: tuple[Goal, ...] = GOALS) -> GoalEdits:
    last = last or written(goals)
    return take_edits(read_document(text, last), last, goals, TODAY)


def now_of(goals: tuple[Goal, ...], goal: str, figure: str) -> Decimal | None:
    found = next(g for g in goals if g.id == goal).figure(figure)
    value = latest_value(found, TODAY)
    return value.value if value else None


def test_what_nobody_touched_is_nobody_s_edit() -> None:
    newer = (make_goal(id="growth", figures=[make_figure(id="leads", values=[(START, 99)])]),)
    assert take(written(), written(), newer).goals == newer


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("11.5", "11.5"), ("11,5", "11.5"), ("**12** leads", "12"), ("_12_", "12"), ("1 200", "1200")],
)
def test_a_typed_value_is_read_back(typed: str, amount: str) -> None:
    edits = take(with_now(written(), "growth/leads", typed))
    assert now_of(edits.goals, "growth", "leads") == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "–", "-"])
def test_an_empty_cell_is_left_as_it_is_and_never_zero(typed: str) -> None:
    assert take(with_now(written(), "growth/leads", typed)).goals == GOALS


def test_what_is_no_number_is_told_with_its_line() -> None:
    edits = take(with_now(written(), "growth/leads", "soon"))
    assert edits.goals == GOALS
    (note,) = edits.notes
    assert note.text.startswith("“soon” is not a number. (leads, Now)")


def test_wording_date_and_target_may_be_edited_too() -> None:
    text = re.sub(
        r"Qualified leads from each article(.*goals/growth/leads)", r"Good leads\1", written()
    )
    text = re.sub(r"28 February 2027(.*goals/growth/leads)", r"2027-01-31\1", text)
    text = re.sub(r"12 leads(.*goals/growth/leads)", r"14\1", text)
    figure = take(text).goals[0].figure("leads")
    assert (figure.name, figure.by) == ("Good leads", date(2027, 1, 31))
    assert figure.target == 14


FORMS: dict[str, Callable[[str], str]] = {
    "formatted": lambda text: mdformat.text(text, extensions={"gfm", "frontmatter"}),
    "windows": lambda text: text.replace("\n", "\r\n"),
    "comment behind the last pipe": lambda text: re.sub(
        r" (<!-- assess:goals/\S+ -->) *\|", r" | \1", text
    ),
    "translated": lambda text: re.sub(r"\| KPI( +)\|(.*)Now", r"| Kennzahl\1|\2Jetzt", text),
    "other headings": lambda text: re.sub(r"\| KPI( +)\|(.*)Now", r"| Zahl\1|\2Stand", text),
}


@pytest.mark.parametrize("form", FORMS)
def test_other_editors_change_nothing_of_what_is_read(form: str) -> None:
    text = FORMS[form](with_now(written(), "growth/leads", "11,5"))
    edits = take(text)
    assert now_of(edits.goals, "growth", "leads") == Decimal("11.5")
    assert [goal.title for goal in edits.goals] == [goal.title for goal in GOALS]


def test_moved_columns_are_known_by_their_headings() -> None:
    def move(line: str) -> str:
        cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        return f"| {cells[-1].strip()} | {' | '.join(c.strip() for c in cells[:-1])} |"

    lines = [move(line) if line.startswith("|") else line for line in _block(written())]
    text = "\n".join([*written().split("\n# ")[0].splitlines(), *lines])
    typed = text.replace("10 <!-- assess:goals/growth/l", "11 <!-- assess:goals/growth/l", 1)
    assert now_of(take(typed).goals, "growth", "leads") == 11


def _block(text: str) -> list[str]:
    return text.split("## Goals")[1].split("## ")[0].splitlines()


def test_a_table_without_a_known_column_is_told_and_nothing_is_dropped() -> None:
    text = re.sub(r"\| KPI.*", "| A | B | C | D | E | F |", written())
    text = re.sub(r"(?m)^(\| -.*)$", r"\1 --- |", text)
    edits = take(text)
    assert edits.goals == GOALS
    assert "No column of this table is called Now, so its values are not read." in [
        note.text for note in edits.notes
    ]


def test_a_row_that_is_wider_than_its_table_is_told() -> None:
    edits = take(with_now(written(), "growth/leads", "[[Note|12]]"))
    assert edits.goals == GOALS
    assert "more cells than headings" in edits.notes[0].text


def test_the_row_of_a_goal_that_ended_is_not_read() -> None:
    ended = (make_goal(id="growth", figures=[LEADS], closed={"on": START}),)
    edits = take(with_now(written(), "growth/leads", "12"), written(), ended)
    assert edits.goals == ended
    assert "has ended" in edits.notes[0].text


# --- Brought up to date ---


def renewed(text: str, last: str, goals: tuple[Goal, ...]) -> tuple[str, str]:
    new, base, _ = renew_goals(text, last, format_goals(goals, TODAY))
    return new, base


def test_a_new_value_stands_in_its_row() -> None:
    goals = take(with_now(written(), "growth/leads", "11,5")).goals
    text, base = renewed(written(), written(), goals)
    assert "11.5 <!-- assess:goals/growth/leads -->" in text
    assert take(text, base, goals) == GoalEdits(goals)


def test_a_deleted_row_stays_deleted_and_is_told_once() -> None:
    last, new = written(), written(today=TODAY)
    text = re.sub(ROW.format("growth/offers"), "", last)
    once = update_document(text, last, new)
    assert "growth/offers" not in once.text
    assert [c.id for c in once.changes if c.kind == "stays-deleted"] == ["goals/growth/offers"]
    twice = update_document(once.text, once.base, new)
    assert (twice.text, twice.changes) == (once.text, ())


def test_words_of_one_s_own_beside_the_rows_stay_byte_for_byte() -> None:
    last = written()
    text = last.replace("**Calm", "We chose this one together.\n\n**Calm")
    goals = take(with_now(last, "growth/leads", "11")).goals
    once = update_document(text, last, written(goals, TODAY))
    assert "We chose this one together.\n" in once.text
    assert "11 <!-- assess:goals/growth/leads -->" in once.text
    assert update_document(once.text, once.base, written(goals, TODAY)).text == once.text


def test_a_section_that_somebody_deleted_does_not_come_back() -> None:
    last = written()
    text = last.split("## Goals")[0] + "## Days 1-30" + last.split("## Days 1-30")[1]
    assert "assess:goals/" not in update_document(text, last, written(today=TODAY)).text


def test_a_goal_that_ended_leaves_the_file() -> None:
    ended = (replace_goal(closed={"on": TODAY}), GOALS[1])
    once = update_document(written(), written(), written(ended, TODAY))
    assert "assess:goals/growth" not in once.text
    assert "assess:goals/calm/hours" in once.text


def replace_goal(**changes: Any) -> Goal:
    return make_goal(id="growth", figures=[LEADS, OFFERS], **changes)


AMOUNTS = st.decimals(min_value=-9999, max_value=9999, places=2)
ROW_NAMES = ("growth/leads", "growth/offers", "calm/hours")
ROWS = st.sampled_from(ROW_NAMES)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), ROWS, AMOUNTS),
        st.tuples(st.just("delete"), ROWS, st.none()),
        st.tuples(st.just("format"), st.none(), st.none()),
        st.tuples(st.just("write"), st.none(), st.none()),
        st.tuples(st.just("record"), ROWS, AMOUNTS),
        st.tuples(st.just("update"), st.none(), st.none()),
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(EDITS)
def test_no_value_is_ever_lost_and_twice_is_once(edits: list[tuple[str, Any, Any]]) -> None:
    """People type, delete and format while commands record and plans are renewed."""
    goals, text, last = GOALS, written(), written()
    expected = {row: now_of(goals, *row.split("/")) for row in ROW_NAMES}
    gone: set[str] = set()
    for kind, row, amount in edits:
        if kind == "type" and row not in gone:
            text = with_now(text, row, f"{amount:f}0")
            expected[row] = amount
        elif kind == "delete":
            goals = take(text, last, goals).goals
            text = re.sub(ROW.format(row), "", text)
            gone.add(row)
        elif kind == "format":
            text = mdformat.text(text, extensions={"gfm", "frontmatter"})
        elif kind == "write":
            text = text.replace("**Calm", "Words of our own.\n\n**Calm", 1)
        elif kind == "record":
            goals = _record(take(text, last, goals).goals, row, amount)
            text, last = renewed(text, last, goals)
            expected[row] = amount
        else:
            goals = take(text, last, goals).goals
            once = update_document(text, last, written(goals, TODAY))
            text, last = once.text, once.base
    goals = take(text, last, goals).goals
    assert {row: now_of(goals, *row.split("/")) for row in expected} == expected
    once = update_document(text, last, written(goals, TODAY))
    assert take(once.text, once.base, goals).goals == goals
    assert update_document(once.text, once.base, written(goals, TODAY)).text == once.text
    assert [row for row in gone if f"assess:goals/{row} -->" in once.text] == []


def _record(goals: tuple[Goal, ...], row: str, amount: Decimal) -> tuple[Goal, ...]:
    goal, figure = row.split("/")
    return tuple(
        g.with_figure(make_values(g, figure, amount)) if g.id == goal else g for g in goals
    )


def make_values(goal: Goal, figure: str, amount: Decimal) -> Any:
    found = goal.figure(figure)
    value = make_figure(values=[(TODAY, amount)]).values
    return found.model_copy(update={"values": (*found.values, *value)})
