"""One bar made of letters: readable without colour, exact to half a cell, rounded down."""

from fractions import Fraction
from math import ceil, floor

from assess.media.terminal.lines import ScreenLine
from assess.pages.blocks import Tone

FULL, HALF, NONE, MARK = "█", "▌", "░", "│"


def draw_bar(share: Fraction, cells: int, mark: Fraction, tone: Tone) -> ScreenLine:
    """Return a bar of `cells` cells for a share from 0 to 1, plus one that marks a limit."""
    halves = floor(share * cells * 2)
    filled = FULL * (halves // 2) + HALF * (halves % 2)
    whole = filled + NONE * (cells - len(filled))
    place = ceil(mark * cells)
    pieces: list[tuple[str, Tone]] = [
        (filled[:place], tone),
        (whole[len(filled) : place], "quiet"),
        (MARK, "strong"),
        (filled[place:], tone),
        (whole[max(place, len(filled)) :], "quiet"),
    ]
    return tuple((text, kind) for text, kind in pieces if text)
