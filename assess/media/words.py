"""What a picture shows, in sentences: for those who hear a page, whatever reads it to them."""

from collections.abc import Sequence
from typing import Final

from assess.cells import harmless
from assess.figures import count, describe_weeks, join_words, long_day, percent, points, short_day
from assess.pages.blocks import (
    BarRow,
    Bars,
    Chart,
    ChartLine,
    ListedTask,
    Timeline,
    TimelineRow,
    Tracks,
)

Picture = Bars | Tracks | Chart | Timeline

COLUMN_SIGNS: Final = {"": "", "finished": "✓ ", "current": "▸ "}
FLAG: Final = "! "
WEEK, HOURS, REVIEWS = "Week", "Hours", "Reviews, by day"


def picture_in_words(block: Picture) -> Sequence[str]:
    """Say what a picture shows, a sentence for each of its rows or lines."""
    match block:
        case Bars():
            return [bar_row_in_words(row, block) for row in block.rows]
        case Tracks():
            return [
                f"{harmless(row.label)}: from {percent(row.before)} to {percent(row.after)}, "
                f"{points(row.after - row.before)} points: {row.word}."
                for row in block.rows
            ]
        case Chart():
            return [line_in_words(line, block) for line in block.lines]
        case Timeline():
            return [
                f"{harmless(row.label)}: "
                f"{describe_weeks(range(row.first_week, row.last_week + 1))}."
                for row in block.rows
            ]


def bar_row_in_words(row: BarRow, block: Bars) -> str:
    label = harmless(row.label)
    if row.shares is None:
        return f"{label}: {row.remark}."
    pairs = zip(block.columns, row.shares, strict=True)
    shown = ", ".join(f"{column.title} {percent(share)}".strip() for column, share in pairs)
    return f"{label}: {shown}, {row.remark}." if row.remark else f"{label}: {shown}."


def line_in_words(line: ChartLine, block: Chart) -> str:
    days = zip(block.days, line.values, strict=True)
    said = (f"{percent(value)} on {long_day(day)}" for day, value in days)
    return f"{line.label}: {', '.join(said) or 'not scored'}."


def milestones_in_words(block: Timeline) -> str:
    """Say when the reviews are, and which day it is; empty where neither is known."""
    days = [f"day {label} on {long_day(day)}" for label, day in block.milestones]
    reviews = f"Reviews: {join_words(days, 'and')}." if days else ""
    today = f"Today is {long_day(block.today)}." if block.today else ""
    return f"{reviews} {today}".strip()


def hours_in_words(row: TimelineRow) -> str:
    return ", ".join(f"{count(hours, 'hour')} in week {week}" for week, hours in row.hours if hours)


def legend_of_tracks(block: Tracks, then: str, now: str, limit: str) -> str:
    before, after = map(harmless, block.sides)
    return f"{then} {before}, {now} {after}; within {limit} {block.legend}"


def task_due(task: ListedTask) -> str:
    """Say until when a piece of work is due, where that still matters."""
    if task.due is None or task.state in ("done", "dropped"):
        return ""
    return f"{'was due' if task.state == 'late' else 'by'} {short_day(task.due)}"
