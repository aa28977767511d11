"""Shares as bars, a row for each dimension and a column for each stage."""

from collections.abc import Iterator
from typing import Final

from assess.cells import cut
from assess.figures import percent, points
from assess.media.html.drawing import (
    BASE,
    GAP,
    LINE,
    Anchor,
    Drawing,
    Frame,
    Shape,
    box,
    dot,
    draw_label,
    letters,
    stroke,
)
from assess.media.words import COLUMN_SIGNS, FLAG
from assess.pages.blocks import BarRow, Bars, TrackRow, Tracks

_BAR = 0.8


def draw_bars(block: Bars, frame: Frame) -> Drawing:
    """Return a bar for each column in each row; narrow, the labels stand above their bars."""
    start = 0 if frame.is_narrow else 30
    step = (100 - start) / max(len(block.columns), 1)
    shapes: list[Shape] = list(_bar_titles(block, frame, start, step))
    y = LINE + 0.5 if any(column.title for column in block.columns) else 0.0
    for row in block.rows:
        if row.is_total and len(block.rows) > 1:
            shapes.append(stroke(0, y, 100, y, "grid"))
            y += 0.5
        drawn, y = _bar_row(row, block, frame, y)
        shapes += drawn
    return Drawing(tuple(shapes), y)


def _bar_titles(block: Bars, frame: Frame, start: float, step: float) -> Iterator[Shape]:
    for place, column in enumerate(block.columns):
        text = cut(COLUMN_SIGNS[column.sign] + column.title, frame.fitting(step) - 1)
        look = "strong" if column.sign == "current" else "quiet"
        yield letters(start + place * step, LINE / 2 + BASE, text, look)


def _bar_row(row: BarRow, block: Bars, frame: Frame, y: float) -> tuple[list[Shape], float]:
    flag = FLAG if row.remark and row.shares and block.flag else ""
    look = "strong" if row.is_total else "warning" if flag else ""
    shapes, tall = draw_label(flag + row.label, frame, 29, y, look)
    middle = y + (tall + 0.75 if frame.is_narrow else tall / 2)
    end = (middle + 0.6 if frame.is_narrow else y + tall) + GAP
    start = 0.0 if frame.is_narrow else 30.0
    if row.shares is None:
        remark = cut(row.remark, frame.fitting(100 - start))
        return [*shapes, letters(start, middle + BASE, remark, "quiet")], end
    step = (100 - start) / len(block.columns)
    length = step - (17 if frame.is_narrow else 8.5)
    for place, (column, share) in enumerate(zip(block.columns, row.shares, strict=True)):
        x, top = start + place * step, middle - _BAR / 2
        mark = x + float(row.mark) * length
        shapes += [
            box(x, top, length, _BAR, "rail"),
            box(x, top, float(share) * length, _BAR, f"fill {column.tone}"),
            stroke(mark, top - 0.22, mark, top + _BAR + 0.22, "mark"),
            letters(x + length + 1, middle + BASE, percent(share), "strong" * row.is_total),
        ]
    return shapes, end


# --- Tracks ---


_ENDS: Final[tuple[tuple[int, Anchor], ...]] = ((0, "start"), (50, "middle"), (100, "end"))


def draw_tracks(block: Tracks, frame: Frame) -> Drawing:
    """Return a track from 0 to 100 % for each row, with where it was and where it is."""
    start, length = (0, 100) if frame.is_narrow else (28, 27)
    shapes: list[Shape] = [
        letters(start + at * length / 100, LINE / 2 + BASE, f"{at} %", "quiet", anchor)
        for at, anchor in _ENDS
    ]
    y = LINE + 0.5
    for row in block.rows:
        drawn, y = _track_row(row, frame, y, start, length)
        shapes += drawn
    return Drawing(tuple(shapes), y)


def _track_row(
    row: TrackRow, frame: Frame, y: float, start: float, length: float
) -> tuple[list[Shape], float]:
    shapes, tall = draw_label(row.label, frame, 28, y)
    middle = y + (tall + 0.75 if frame.is_narrow else tall / 2)

    def place(share: float) -> float:
        return start + min(max(share, 0), 1) * length

    before, after = place(float(row.before)), place(float(row.after))
    low, high = place(row.low), place(row.high)
    tone = row.tone or "quiet"
    shapes += [
        stroke(start, middle, start + length, middle, "grid"),
        box(low, middle - 0.5, high - low, 1, "chance"),
        stroke(before, middle, after, middle, f"way {tone}"),
        dot(before, middle, "ring", tone),
        dot(after, middle, "circle", f"fill {tone}"),
    ]
    base = middle + LINE + BASE if frame.is_narrow else middle + BASE
    way = f"{percent(row.before)} → {percent(row.after)}"
    change = points(row.after - row.before)
    at = (0.0, 42.0, 48.0) if frame.is_narrow else (57.0, 74.5, 76.5)
    shapes += [
        letters(at[0], base, way, "quiet"),
        letters(at[1], base, change, "strong", "end"),
        letters(at[2], base, cut(row.word, frame.fitting(99 - at[2])), f"tone {tone}"),
    ]
    return shapes, (base + 0.5 if frame.is_narrow else y + tall) + GAP
