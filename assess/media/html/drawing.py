"""What a picture is drawn with: boxes, strokes, dots and letters.

Across, places are in percent of the width, so that a picture fills any screen without its
letters growing or shrinking; down, they are in lines of text (em).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from assess.cells import cut, harmless, wrap

Anchor = Literal["start", "middle", "end"]
DotShape = Literal["circle", "ring", "square", "diamond"]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; its place is its upper left corner."""

    kind: ClassVar = "box"
    x: float
    y: float
    width: float
    height: float
    look: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    kind: ClassVar = "stroke"
    x: float
    y: float
    to_x: float
    to_y: float
    look: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A small sign around its place; its shape tells apart what colour alone would not."""

    kind: ClassVar = "dot"
    x: float
    y: float
    shape: DotShape
    look: str


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of text; its place is on the line that letters stand on."""

    kind: ClassVar = "letters"
    x: float
    y: float
    text: str
    look: str = ""
    anchor: Anchor = "start"


Shape = Box | Stroke | Dot | Letters


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes, the hindmost first, and how many lines of text they are high."""

    shapes: tuple[Shape, ...]
    height: float


@dataclass(frozen=True, slots=True)
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
