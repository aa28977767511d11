"""Shares as bars, a row for each dimension and a column for each stage."""

from collections.abc import Iterator

from assess.cells import cut
from assess.figures import percent
from assess.media.html.drawing import (
    BASE,
    GAP,
    LINE,
    Box,
    Drawing,
    Frame,
    Letters,
    Shape,
    Stroke,
    label_lines,
    letters_below,
)
from assess.media.words import COLUMN_SIGNS, FLAG
from assess.pages.blocks import BarRow, Bars

_BAR = 0.8


def draw_bars(block: Bars, frame: Frame) -> Drawing:
    """Return a bar for each column in each row; narrow, the labels stand above their bars."""
    start = 0 if frame.is_narrow else 30
    step = (100 - start) / max(len(block.columns), 1)
    shapes: list[Shape] = list(_bar_titles(block, frame, start, step))
    y = LINE + 0.5 if any(column.title for column in block.columns) else 0.0
    for row in block.rows:
        if row.is_total and len(block.rows) > 1:
            shapes.append(Stroke(0, y, 100, y, "grid"))
            y += 0.5
        drawn, y = _bar_row(row, block, frame, y)
        shapes += drawn
    return Drawing(tuple(shapes), y)


def _bar_titles(block: Bars, frame: Frame, start: float, step: float) -> Iterator[Shape]:
    for place, column in enumerate(block.columns):
        text = cut(COLUMN_SIGNS[column.sign] + column.title, frame.fitting(step) - 1)
        look = "strong" if column.sign == "current" else "quiet"
        yield Letters(start + place * step, LINE / 2 + BASE, text, look)


def _bar_row(row: BarRow, block: Bars, frame: Frame, y: float) -> tuple[list[Shape], float]:
    flag = FLAG if row.remark and row.shares and block.flag else ""
    lines = label_lines(flag + row.label, frame.cells if frame.is_narrow else frame.fitting(29))
    look = "strong" if row.is_total else "warning" if flag else ""
    tall = len(lines) * LINE
    middle = y + (tall + 0.6 if frame.is_narrow else tall / 2)
    end = (middle + 0.6 if frame.is_narrow else y + tall) + GAP
    shapes: list[Shape] = [*letters_below(lines, y, look)]
    start = 0.0 if frame.is_narrow else 30.0
    if row.shares is None:
        remark = cut(row.remark, frame.fitting(100 - start))
        return [*shapes, Letters(start, middle + BASE, remark, "quiet")], end
    step = (100 - start) / len(block.columns)
    length = step - (16 if frame.is_narrow else 7.5)
    for place, (column, share) in enumerate(zip(block.columns, row.shares, strict=True)):
        x, top = start + place * step, middle - _BAR / 2
        mark = x + float(row.mark) * length
        shapes += [
            Box(x, top, length, _BAR, "rail"),
            Box(x, top, float(share) * length, _BAR, f"fill {column.tone}"),
            Stroke(mark, top - 0.22, mark, top + _BAR + 0.22, "mark"),
            Letters(x + length + 1, middle + BASE, percent(share), "strong" * row.is_total),
        ]
    return shapes, end
