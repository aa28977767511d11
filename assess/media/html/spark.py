"""A small line in a cell of a table: how a share went."""

from itertools import pairwise

from assess.media.html.drawing import Dot, Drawing, Shape, Stroke
from assess.pages.blocks import Course

_TALL = 1.2
_EDGE = 0.3


def draw_spark(course: Course) -> Drawing:
    """Return the line, with a dot at its end; a gap where nothing was scored."""
    steps = max(len(course.values) - 1, 1)
    points = [
        None
        if value is None
        else (5 + 90 * place / steps, _EDGE + (1 - float(value)) * (_TALL - 2 * _EDGE))
        for place, value in enumerate(course.values)
    ]
    shapes: list[Shape] = [
        Stroke(*start, *end, "course") for start, end in pairwise(points) if start and end
    ]
    known = [point for point in points if point]
    return Drawing((*shapes, *(Dot(*point, "circle", "fill") for point in known[-1:])), _TALL)
