"""Rows of key figures in a plan: written, edited by people in any editor, read back, renewed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.document.figure_table import (
    FigureEdits,
    format_goals,
    format_measure,
    put_table,
    take_edits,
)
from assess.document.managed import GOALS as PART
from assess.document.managed import renew_parts
from assess.document.reading import read_document
from assess.document.update import update_document
from assess.documents.goals import KeptGoals
from assess.goals.course import latest_value
from assess.goals.goal import FigureValue, Goal, Measured
from assess.goals.measures import MeasuredWork, follow_measures
from assess.pages.board import Beside
from assess.pages.plan_paper import render_plan
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
ROW = r"(?m)^.*assess:{} -->.*(?:\n|$)"
Followed = tuple[Measured, ...]


def written(followed: Followed = GOALS, today: date = START) -> str:
    kept = KeptGoals.of(followed)
    beside = Beside(goals=kept.goals, measured=kept.measured, today=today)
    return render_plan(make_plan(), TEMPLATE, beside)


def with_now(text: str, row: str, typed: str) -> str:
    """Type something into the column *now* of a row."""
    pattern = rf"\|[^|\n]*(<!-- assess:{row} -->)"
    return re.sub(pattern, lambda found: f"| {typed} {found[1]}", text)


def take(text: str, last: str | None = None, followed: Followed = GOALS) -> FigureEdits:
    last = last or written(followed)
    return take_edits(read_document(text, last), last, followed, TODAY)


def goals_of(edits: FigureEdits) -> tuple[Goal, ...]:
    return tuple(one for one in edits.followed if isinstance(one, Goal))


def now_of(followed: Followed, row: str) -> Decimal | None:
    address, _, figure = row.rpartition("/")
    found = next(one for one in followed if one.address == address)
    value = latest_value(found.figure(figure), TODAY)
    return value.value if value else None


def test_what_nobody_touched_is_nobody_s_edit() -> None:
    newer = (make_goal(id="growth", figures=[make_figure(id="leads", values=[(START, 99)])]),)
    assert goals_of(take(written(), written(), newer)) == newer


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("11.5", "11.5"), ("11,5", "11.5"), ("**12** leads", "12"), ("_12_", "12"), ("1 200", "1200")],
)
def test_a_typed_value_is_read_back(typed: str, amount: str) -> None:
    edits = take(with_now(written(), "goals/growth/leads", typed))
    assert now_of(goals_of(edits), "goals/growth/leads") == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "–", "-"])
def test_an_empty_cell_is_left_as_it_is_and_never_zero(typed: str) -> None:
    assert goals_of(take(with_now(written(), "goals/growth/leads", typed))) == GOALS


def test_what_is_no_number_is_told_with_its_line() -> None:
    edits = take(with_now(written(), "goals/growth/leads", "soon"))
    assert goals_of(edits) == GOALS
    (note,) = edits.notes
    assert note.text.startswith("“soon” is not a number. (leads, Now)")


def test_wording_date_and_target_may_be_edited_too() -> None:
    text = re.sub(
        r"Qualified leads from each article(.*goals/growth/leads)", r"Good leads\1", written()
    )
    text = re.sub(r"28 February 2027(.*goals/growth/leads)", r"2027-01-31\1", text)
    text = re.sub(r"12 leads(.*goals/growth/leads)", r"14\1", text)
    figure = goals_of(take(text))[0].figure("leads")
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
    text = FORMS[form](with_now(written(), "goals/growth/leads", "11,5"))
    edits = take(text)
    assert now_of(goals_of(edits), "goals/growth/leads") == Decimal("11.5")
    assert [goal.title for goal in goals_of(edits)] == [goal.title for goal in GOALS]


def test_moved_columns_are_known_by_their_headings() -> None:
    def move(line: str) -> str:
        cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
        return f"| {cells[-1].strip()} | {' | '.join(c.strip() for c in cells[:-1])} |"

    lines = [move(line) if line.startswith("|") else line for line in _block(written())]
    text = "\n".join([*written().split("\n# ")[0].splitlines(), *lines])
    typed = text.replace("10 <!-- assess:goals/growth/l", "11 <!-- assess:goals/growth/l", 1)
    assert now_of(goals_of(take(typed)), "goals/growth/leads") == 11


def _block(text: str) -> list[str]:
    return text.split("## Goals")[1].split("## ")[0].splitlines()


def test_a_table_without_a_known_column_is_told_and_nothing_is_dropped() -> None:
    text = re.sub(r"\| KPI.*", "| A | B | C | D | E | F |", written())
    text = re.sub(r"(?m)^(\| -.*)$", r"\1 --- |", text)
    edits = take(text)
    assert goals_of(edits) == GOALS
    assert "No column of this table is called Now, so its values are not read." in [
        note.text for note in edits.notes
    ]


def test_a_row_that_is_wider_than_its_table_is_told() -> None:
    edits = take(with_now(written(), "goals/growth/leads", "[[Note|12]]"))
    assert goals_of(edits) == GOALS
    assert "more cells than headings" in edits.notes[0].text


def test_the_row_of_a_goal_that_ended_is_not_read() -> None:
    ended = (make_goal(id="growth", figures=[LEADS], closed={"on": START}),)
    edits = take(with_now(written(), "goals/growth/leads", "12"), written(), ended)
    assert goals_of(edits) == ended
    assert "has ended" in edits.notes[0].text


# --- Measures of work ---

WORK = "measures/write-three-goals/measure"
WORKS = follow_measures(make_plan(), ())


def work_of(edits: FigureEdits) -> MeasuredWork:
    found = next(one for one in edits.followed if one.address == "measures/write-three-goals")
    assert isinstance(found, MeasuredWork)
    return found


def take_work(text: str) -> MeasuredWork:
    return work_of(take_edits(read_document(text, written()), written(), WORKS, START))


def test_the_measure_of_a_work_is_a_row_like_those_of_goals() -> None:
    assert f"<!-- assess:{WORK} -->" in written()
    assert take_edits(read_document(written()), written(), WORKS, START).followed == WORKS


def test_what_is_counted_in_the_first_week_is_the_baseline() -> None:
    work = take_work(written().replace(f"– <!-- assess:{WORK}", f"40 % <!-- assess:{WORK}"))
    (measure,) = work.figures
    assert (measure.baseline, measure.target) == (Decimal(40), Decimal(100))
    assert [value.value for value in measure.values] == [40]


def test_the_words_of_a_measure_are_no_edit_even_where_nobody_knows_what_was_written() -> None:
    followed = take_edits(read_document(written()), "# Another", WORKS, START).followed
    assert followed == WORKS


def test_a_measure_whose_row_is_deleted_is_dropped_for_ever() -> None:
    text = re.sub(rf"(?m)^.*assess:{WORK} -->.*\n", "", written())
    work = take_work(text)
    assert work.closed
    assert work.closed.dropped
    new = render_plan(make_plan(), TEMPLATE, Beside(goals=GOALS, measured=(work,), today=START))
    assert WORK not in update_document(text, written(), new).text


def test_a_measure_that_lost_its_comment_is_not_dropped() -> None:
    assert take_work(written().replace(f"<!-- assess:{WORK} -->", "")).is_open


# --- Brought up to date ---


def renewed(text: str, last: str, followed: Followed) -> tuple[str, str]:
    kept = KeptGoals.of(followed)
    tables = {
        f"why/{work.id}": partial(put_table, table=format_measure(work, TODAY))
        for work in kept.measured
    }
    return renew_parts(text, last, {PART: lambda _: format_goals(kept.goals, TODAY), **tables})


def test_a_new_value_stands_in_its_row() -> None:
    goals = goals_of(take(with_now(written(), "goals/growth/leads", "11,5")))
    text, base = renewed(written(), written(), goals)
    assert "11.5 <!-- assess:goals/growth/leads -->" in text
    assert take(text, base, goals) == FigureEdits(goals)


def test_a_deleted_row_stays_deleted_and_is_told_once() -> None:
    last, new = written(), written(today=TODAY)
    text = re.sub(ROW.format("goals/growth/offers"), "", last)
    once = update_document(text, last, new)
    assert "growth/offers" not in once.text
    assert [c.id for c in once.changes if c.kind == "stays-deleted"] == ["goals/growth/offers"]
    twice = update_document(once.text, once.base, new)
    assert (twice.text, twice.changes) == (once.text, ())


def test_words_of_one_s_own_beside_the_rows_stay_byte_for_byte() -> None:
    last = written()
    text = last.replace("**Calm", "We chose this one together.\n\n**Calm")
    goals = goals_of(take(with_now(last, "goals/growth/leads", "11")))
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
ROW_NAMES = ("goals/growth/leads", "goals/growth/offers", "goals/calm/hours", WORK)
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
    followed: Followed = (*GOALS, *WORKS)
    text = last = written(followed)
    expected = {row: now_of(followed, row) for row in ROW_NAMES}
    gone: set[str] = set()
    for kind, row, amount in edits:
        if kind == "type" and row not in gone:
            text = with_now(text, row, f"{amount:f}00")
            expected[row] = amount
        elif kind == "delete":
            followed = take(text, last, followed).followed
            text = re.sub(ROW.format(row), "", text)
            gone.add(row)
        elif kind == "format":
            text = mdformat.text(text, extensions={"gfm", "frontmatter"})
        elif kind == "write":
            text = text.replace("**Calm", "Words of our own.\n\n**Calm", 1)
        elif kind == "record":
            followed = record(take(text, last, followed).followed, row, amount)
            text, last = renewed(text, last, followed)
            expected[row] = amount
        else:
            followed = take(text, last, followed).followed
            once = update_document(text, last, written(followed, TODAY))
            text, last = once.text, once.base
    followed = take(text, last, followed).followed
    assert {row: now_of(followed, row) for row in expected} == expected
    once = update_document(text, last, written(followed, TODAY))
    assert take(once.text, once.base, followed).followed == followed
    assert update_document(once.text, once.base, written(followed, TODAY)).text == once.text
    assert [row for row in gone if f"assess:{row} -->" in once.text] == []
    assert [one.address for one in followed if not one.is_open] == [
        row.rpartition("/")[0] for row in gone if row == WORK
    ]


def record(followed: Followed, row: str, amount: Decimal) -> Followed:
    address, _, figure = row.rpartition("/")
    value = FigureValue(on=TODAY, value=amount)
    return tuple(
        one.with_value(one.figure(figure), value) if one.address == address else one
        for one in followed
    )
