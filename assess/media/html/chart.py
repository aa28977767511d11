"""Shares over the quarters: a line for each view, told apart by dashes and dots as well."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from assess.cells import cut, harmless
from assess.figures import month_name, percent
from assess.media.html.drawing import (
    BASE,
    LINE,
    DotShape,
    Drawing,
    Frame,
    Shape,
    dot,
    letters,
    stroke,
)
from assess.pages.blocks import Chart, ChartLine

_TALL: Final = 13.0
_SHAPES: Final[tuple[DotShape, ...]] = ("circle", "square", "diamond")


def draw_chart(block: Chart, frame: Frame) -> Drawing:
    """Return lines over days, named at their ends, or narrow below the picture."""
    left, right = (16.0, 95.0) if frame.is_narrow else (8.0, 68.0)
    places = _day_places(block.days, left, right)
    top = LINE / 2
    shapes = [*_chart_grid(block, left, right, top), *_day_names(block.days, places, frame, top)]
    for number, line in enumerate(block.lines):
        shapes += _chart_line(line, number, places, top)
    names, end = _line_names(block, frame, top, right)
    return Drawing((*shapes, *names), end)


def _height(share: Fraction, top: float) -> float:
    return top + (1 - float(share)) * _TALL


def _day_places(days: Sequence[date], left: float, right: float) -> list[float]:
    span = (days[-1] - days[0]).days if days else 0
    if not span:
        return [(left + right) / 2] * len(days)
    return [left + (right - left) * (day - days[0]).days / span for day in days]


def _chart_grid(block: Chart, left: float, right: float, top: float) -> Iterator[Shape]:
    for fifth in range(6):
        share = Fraction(fifth, 5)
        y = _height(share, top)
        yield stroke(left, y, right, y, "grid")
        yield letters(left - 1.5, y + BASE, percent(share), "quiet", "end")
    if block.goal:
        y = _height(block.goal[0], top)
        yield stroke(left, y, right, y, "goal")


def _day_names(
    days: Sequence[date], places: Sequence[float], frame: Frame, top: float
) -> Iterator[Shape]:
    """Name the months where there is room for their names; the first always."""
    free = 0.0
    half = 500 / frame.cells
    for day, place in zip(days, places, strict=True):
        if place - half >= free or day == days[0]:
            text = f"{month_name(day)} {day.year}"
            middle = min(max(place, half), 100 - half)
            yield letters(middle, top + _TALL + LINE + BASE, text, "quiet", "middle")
            free = middle + half


def _chart_line(
    line: ChartLine, number: int, places: Sequence[float], top: float
) -> Iterator[Shape]:
    known = [(x, _height(value, top)) for x, value in zip(places, line.values, strict=True)]
    for (x, y), (to_x, to_y) in pairwise(known):
        yield stroke(x, y, to_x, to_y, f"course dash-{number % 3} {line.tone}")
    for x, y in known:
        yield dot(x, y, _SHAPES[number % 3], f"fill {line.tone}")


def _line_names(block: Chart, frame: Frame, top: float, right: float) -> tuple[list[Shape], float]:
    end = top + _TALL + 2.2 * LINE
    ends = {n: line.values[-1] for n, line in enumerate(block.lines) if line.values}
    if frame.is_narrow:
        heights = {number: end + (row + 0.5) * LINE for row, number in enumerate(ends)}
        end += len(ends) * LINE
    else:
        heights = _apart({n: _height(value, top) for n, value in ends.items()}, LINE)
    x = 2.0 if frame.is_narrow else right + 3
    shapes: list[Shape] = []
    for number, y in heights.items():
        line = block.lines[number]
        shapes.append(dot(x, y, _SHAPES[number % 3], f"fill {line.tone}"))
        room = frame.fitting(98 - x) - 6
        text = f"{cut(harmless(line.label), room)} {percent(ends[number])}"
        shapes.append(letters(x + (3 if frame.is_narrow else 1.5), y + BASE, text))
    return shapes, end


def _apart(heights: dict[int, float], least: float) -> dict[int, float]:
    """Move names down until none stands on another; at the bottom, back up."""
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for number, y in sorted(heights.items(), key=lambda item: item[1]):
        lowest = max(y, lowest + least)
        placed[number] = lowest
    surplus = max(lowest - (_TALL + LINE), 0) if placed else 0
    return {number: y - surplus for number, y in placed.items()}
