"""The figures of a picture as a table, for media that draw none and for people who see none."""

from collections.abc import Iterable
from datetime import date
from functools import singledispatch

from assess.figures import describe_weeks, hours_text, long_day, percent, points
from assess.media.words import Picture, hours_in_words
from assess.pages.blocks import (
    BarRow,
    Bars,
    Cell,
    Chart,
    Column,
    Points,
    Share,
    Table,
    Timeline,
    Tracks,
    table,
)


@singledispatch
def tabulate(block: Picture) -> Table:
    """Return every figure that a picture shows."""
    raise NotImplementedError(type(block).__name__)


@tabulate.register
def _(block: Bars) -> Table:
    shares = (Column(column.title, number=True) for column in block.columns)
    remark = ("Remark",) if any(row.remark for row in block.rows) else ()
    rows = (_bar_cells(row, block)[: 1 + len(block.columns) + len(remark)] for row in block.rows)
    return table(("", *shares, *remark), rows)


def _bar_cells(row: BarRow, block: Bars) -> tuple[Cell, ...]:
    shares: Iterable[Cell] = (
        (Share(None),) * len(block.columns) if row.shares is None else map(Share, row.shares)
    )
    return (row.label, *shares, row.remark)


@tabulate.register
def _(block: Tracks) -> Table:
    sides = (f"{side[:1].upper()}{side[1:]}" for side in block.sides)
    numbers = (Column(title, number=True) for title in (*sides, "Points"))
    rows = (
        (row.label, Share(row.before), Share(row.after), Points(row.after - row.before), row.word)
        for row in block.rows
    )
    return table(("", *numbers, "Verdict"), rows)


@tabulate.register
def _(block: Chart) -> Table:
    lines = (Column(line.label, number=True) for line in block.lines)
    rows: Iterable[tuple[Cell, ...]] = (
        (long_day(day), *(Share(line.values[place]) for line in block.lines))
        for place, day in enumerate(block.days)
    )
    return table(("Date", *lines), rows)


@tabulate.register
def _(block: Timeline) -> Table:
    rows = (
        (
            row.label,
            describe_weeks(range(row.first_week, row.last_week + 1)),
            hours_text(sum(hours for _, hours in row.hours)),
            hours_in_words(row),
        )
        for row in block.rows
    )
    return table(("", "Weeks", "#Hours", "Week by week"), rows)


def cell_text(cell: Cell) -> str:
    match cell:
        case Share():
            return "–" if cell.value is None else percent(cell.value)
        case Points():
            return "–" if cell.value is None else points(cell.value)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
