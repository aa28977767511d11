"""Text for a screen: lines of styled pieces, laid out once, shown with or without colour.

Every picture is readable without its styles; they only make it quicker to read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assess.cells import cell_width, harmless, wrap
from assess.pages.blocks import Tone
from assess.record import record

Piece = tuple[str, Tone]
ScreenLine = tuple[Piece, ...]
ScreenLines = list[ScreenLine]

EMPTY: ScreenLine = ()
GAP: Final = "  "
"""Between two columns."""


@record
class Look:
    """How much room there is, and whether to tell in words what is drawn otherwise.

    `linear` is for those who hear the screen: no pictures, no columns, one fact a line.
    """

    width: int = 80
    linear: bool = False


def styled(text: str, tone: Tone = "") -> ScreenLine:
    return ((text, tone),)


def joined(*parts: ScreenLine) -> ScreenLine:
    return tuple(piece for part in parts for piece in part)


def spaced(columns: Iterable[ScreenLine]) -> Iterator[ScreenLine]:
    for number, column in enumerate(columns):
        if number:
            yield styled(GAP)
        yield column


def heading(text: str, look: Look) -> ScreenLines:
    return [EMPTY, *paragraph(text, look, tone="strong")]


def paragraph(text: str, look: Look, *, indent: int = 0, tone: Tone = "") -> ScreenLines:
    rows = wrap(text, look.width - indent)
    return [joined(styled(" " * indent), styled(row, tone)) for row in rows]


def items(texts: Iterable[str], look: Look, *, indent: int = 2, tone: Tone = "") -> ScreenLines:
    """Return one hanging paragraph for each text."""
    return [line for text in texts for line in paragraph(text, look, indent=indent, tone=tone)]


def line_width(line: ScreenLine) -> int:
    return sum(cell_width(text) for text, _ in line)


def plain_text(lines: Sequence[ScreenLine]) -> str:
    """Return what the lines say, without styles and without spaces at their ends."""
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def safe_piece(piece: Piece) -> Piece:
    """Return the piece without anything that a terminal would obey; its spaces stay."""
    text, tone = piece
    if text.isprintable():
        return piece
    return (" ".join(harmless(part) for part in text.split(" ")), tone)
