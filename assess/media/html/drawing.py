"""What a picture is drawn with: boxes, strokes, dots and letters.

Across, places are in percent of the width, so that a picture fills any screen without its
letters growing or shrinking; down, they are in lines of text (em).
"""

from typing import Literal

from assess.cells import cut, harmless, wrap
from assess.record import record

Anchor = Literal["start", "middle", "end"]
DotShape = Literal["circle", "ring", "square", "diamond"]


@record
class Shape:
    """An element of a picture; places across are in percent, down in lines of text."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


def box(x: float, y: float, width: float, height: float, look: str) -> Shape:
    """Return a filled rectangle; its place is its upper left corner."""
    size = {"width": _across(width), "height": _down(height)}
    return Shape("rect", {"class": look, "x": _across(x), "y": _down(y), **size})


def stroke(x: float, y: float, to_x: float, to_y: float, look: str) -> Shape:
    """Return a straight line."""
    end = {"x2": _across(to_x), "y2": _down(to_y)}
    return Shape("line", {"class": look, "x1": _across(x), "y1": _down(y), **end})


def dot(x: float, y: float, shape: DotShape, look: str) -> Shape:
    """Return a small sign; its shape tells apart what colour alone would not."""
    look = f"{look} {shape}"
    if shape in ("circle", "ring"):
        return Shape("circle", {"class": look, "cx": _across(x), "cy": _down(y), "r": "4.5"})
    size = {"width": "8", "height": "8"}
    return Shape("rect", {"class": look, "x": _across(x), "y": _down(y), **size})


def letters(x: float, y: float, text: str, look: str = "", anchor: Anchor = "start") -> Shape:
    """Return one line of text; its place is on the line that letters stand on."""
    place = {"x": _across(x), "y": _down(y), "text-anchor": anchor}
    return Shape("text", {"class": look, **place}, text)


@record
class Drawing:
    """Shapes, the hindmost first, and how many lines of text they are high."""

    shapes: tuple[Shape, ...]
    height: float


@record
class Frame:
    """How much room a drawing gets: cells of text across, and whether labels stand apart."""

    cells: int
    is_narrow: bool

    def fitting(self, percent: float) -> int:
        """Return how many cells of text fit into a part of the width."""
        return int(self.cells * percent / 100)


WIDE = Frame(96, is_narrow=False)
NARROW = Frame(42, is_narrow=True)
"""A phone of 320 pixels; letters are seven pixels wide on average."""

LINE = 1.3
"""From one line of text to the next."""

BASE = 0.36
"""From the middle of a line of text down to what its letters stand on."""

GAP = 0.75
"""Between two rows."""


def draw_label(
    text: str, frame: Frame, part: float, y: float, look: str = ""
) -> tuple[list[Shape], float]:
    """Return a label from a height downwards in at most three lines, and how high it is.

    Narrow, it has the whole width, else a part of it; what is cut, its table has in full.
    """
    cells = frame.cells if frame.is_narrow else frame.fitting(part)
    lines = wrap(harmless(text), cells)
    lines[2:] = [cut(" ".join(lines[2:]), cells)] if lines[2:] else []
    bases = [y + (number + 0.5) * LINE + BASE for number in range(len(lines))]
    shapes = [letters(0, at, line, f"label {look}") for at, line in zip(bases, lines, strict=True)]
    return shapes, len(lines) * LINE


def _across(percent: float) -> str:
    return f"{percent:.2f}%"


def _down(lines: float) -> str:
    return f"{lines:.2f}em"
