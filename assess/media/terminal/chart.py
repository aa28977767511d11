"""Lines over the quarters, drawn with letters; in words for those who hear the screen."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Final

from assess.cells import cell_width
from assess.figures import percent
from assess.media.terminal.lines import (
    Look,
    Piece,
    ScreenLine,
    ScreenLines,
    items,
    joined,
    paragraph,
    styled,
)
from assess.media.words import picture_in_words
from assess.pages.blocks import Chart, ChartLine, Tone

_ROWS: Final = 10
_AXIS: Final = 6
_STEP: Final = 12
"""So many cells lie between two quarters where there is room."""

_GOAL: Final = "┄"
_Cells = dict[tuple[int, int], Piece]


def draw_chart(block: Chart, look: Look) -> ScreenLines:
    """Return the lines of a chart, each named at its end."""
    if look.linear or len(block.days) < 2:
        return items(picture_in_words(block), look)
    label = max(cell_width(line.label) for line in block.lines)
    width = min(look.width - _AXIS - label - 2, _STEP * (len(block.days) - 1) + 1)
    last = len(block.days) - 1
    places = [round(n * (width - 1) / last) for n in range(len(block.days))]
    cells: _Cells = {}
    if block.goal:
        row = ceil(block.goal[0] * _ROWS)
        cells |= {(row, column): (_GOAL, "quiet") for column in range(width)}
    labels: dict[int, list[str]] = {}
    # The last line first: where two share a cell, the earlier one is on top.
    for line in reversed(block.lines):
        _draw_line(cells, line, places)
        labels.setdefault(floor(line.values[-1] * _ROWS), []).insert(0, line.label)
    rows = [_row(row, width, cells, labels) for row in range(_ROWS, -1, -1)]
    legend = paragraph(f"{_GOAL} {block.goal[1]}", look, tone="quiet") if block.goal else []
    return [*rows, _days(block, places), *legend]


def _draw_line(cells: _Cells, line: ChartLine, places: Sequence[int]) -> None:
    for (start, before), (end, after) in pairwise(zip(places, line.values, strict=True)):
        steps = max(end - start, 1)
        heights = [floor((before + (after - before) * k / steps) * _ROWS) for k in range(steps + 1)]
        _draw_way(cells, start, heights, line.tone)


def _draw_way(cells: _Cells, start: int, heights: Sequence[int], tone: Tone) -> None:
    for column, row in enumerate(heights, start):
        before = heights[max(column - start - 1, 0)]
        if row == before:
            cells[row, column] = ("─", tone)
            continue
        up = row > before
        cells[before, column] = ("╯" if up else "╮", tone)
        cells[row, column] = ("╭" if up else "╰", tone)
        for between in range(min(row, before) + 1, max(row, before)):
            cells[between, column] = ("│", tone)


def _row(row: int, width: int, cells: _Cells, labels: dict[int, list[str]]) -> ScreenLine:
    axis = f"{percent(Fraction(row, _ROWS)):>5} " if row % 2 == 0 else " " * _AXIS
    drawn = tuple(cells.get((row, column), (" ", "")) for column in range(width))
    return joined(styled(axis, "quiet"), drawn, styled(f" {', '.join(labels.get(row, []))}"))


def _days(block: Chart, places: Sequence[int]) -> ScreenLine:
    text = " " * _AXIS
    for day, place in zip(block.days, places, strict=True):
        # Where quarters stand closer than their dates are long, some dates are left out.
        if len(text) <= _AXIS + place:
            text = text.ljust(_AXIS + place) + f"{day.isoformat()[:7]} "
    return styled(text, "quiet")
