"""What a picture is drawn with: boxes, strokes, dots and letters.

Across, places are in percent of the width, so that a picture fills any screen without its
letters growing or shrinking; down, they are in lines of text (em).
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

from assess.cells import cut, harmless, wrap
from assess.record import record

Anchor = Literal["start", "middle", "end"]
DotShape = Literal["circle", "ring", "square", "diamond"]


Attributes = tuple[tuple[str, str], ...]


@record
class Box:
    """A filled rectangle; its place is its upper left corner."""

    tag: ClassVar = "rect"
    text: ClassVar = ""
    x: float
    y: float
    width: float
    height: float
    look: str

    @property
    def attributes(self) -> Attributes:
        size = (("width", _across(self.width)), ("height", _down(self.height)))
        return (("class", self.look), ("x", _across(self.x)), ("y", _down(self.y)), *size)


@record
class Stroke:
    """A straight line."""

    tag: ClassVar = "line"
    text: ClassVar = ""
    x: float
    y: float
    to_x: float
    to_y: float
    look: str

    @property
    def attributes(self) -> Attributes:
        end = (("x2", _across(self.to_x)), ("y2", _down(self.to_y)))
        return (("class", self.look), ("x1", _across(self.x)), ("y1", _down(self.y)), *end)


@record
class Dot:
    """A small sign around its place; its shape tells apart what colour alone would not."""

    text: ClassVar = ""
    x: float
    y: float
    shape: DotShape
    look: str

    @property
    def tag(self) -> str:
        return "circle" if self.shape in ("circle", "ring") else "rect"

    @property
    def attributes(self) -> Attributes:
        look = ("class", f"{self.look} {self.shape}")
        if self.tag == "circle":
            return (look, ("cx", _across(self.x)), ("cy", _down(self.y)), ("r", "4.5"))
        size = (("width", "8"), ("height", "8"))
        return (look, ("x", _across(self.x)), ("y", _down(self.y)), *size)


@record
class Letters:
    """One line of text; its place is on the line that letters stand on."""

    tag: ClassVar = "text"
    x: float
    y: float
    text: str
    look: str = ""
    anchor: Anchor = "start"

    @property
    def attributes(self) -> Attributes:
        place = (("x", _across(self.x)), ("y", _down(self.y)), ("text-anchor", self.anchor))
        return (("class", self.look), *place)


Shape = Box | Stroke | Dot | Letters


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


def label_lines(label: str, cells: int, most: int = 2) -> list[str]:
    """Return a label in at most so many lines; its table has it in full."""
    lines = wrap(harmless(label), cells)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), cells)]


def letters_below(lines: list[str], y: float, look: str = "", x: float = 0) -> Iterator[Letters]:
    """Return lines of text from a height downwards."""
    for number, line in enumerate(lines):
        yield Letters(x, y + (number + 0.5) * LINE + BASE, line, f"label {look}")


def _across(percent: float) -> str:
    return f"{percent:.2f}%"


def _down(lines: float) -> str:
    return f"{lines:.2f}em"
