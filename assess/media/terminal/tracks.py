"""Changes as arrows on a track from 0 to 100 %, within the limits of chance."""

from fractions import Fraction
from math import floor
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.figures import points
from assess.media.terminal.lines import (
    GAP,
    Look,
    Piece,
    ScreenLine,
    ScreenLines,
    items,
    joined,
    paragraph,
    spaced,
    styled,
)
from assess.media.words import legend_of_tracks, picture_in_words
from assess.pages.blocks import TrackRow, Tracks

_FROM, _WAY, _UP, _DOWN, _LIMIT, _REST = "○", "━", "▶", "◀", "│", "·"
_NUMBERS_WIDTH: Final = len("100 → 100") + len(" +100")
_SHORTEST_TRACK: Final = 10


def draw_tracks(block: Tracks, look: Look) -> ScreenLines:
    """Return a line for each change, and what the signs on it mean."""
    if look.linear:
        return items(picture_in_words(block), look)
    if not block.rows:
        return []
    word = max(cell_width(row.word) for row in block.rows)
    longest = max(cell_width(harmless(row.label)) for row in block.rows)
    spare = look.width - _NUMBERS_WIDTH - word - 3 * len(GAP)
    track = spare - longest - len(GAP)
    track = 0 if track < _SHORTEST_TRACK else track
    name = longest if track else min(longest, spare)
    lines = [joined(styled(GAP), *spaced(_columns(row, name, track, word))) for row in block.rows]
    legend = legend_of_tracks(block, _FROM, _UP, _LIMIT) if track else ""
    return lines + (paragraph(legend, look, indent=2, tone="quiet") if legend else [])


def _columns(row: TrackRow, width: int, track: int, word: int) -> list[ScreenLine]:
    way = f"{floor(row.before * 100):>3} → {floor(row.after * 100):>3}"
    picture = [_track(row, track)] if track else []
    return [
        styled(fit(harmless(row.label), width)),
        *picture,
        styled(f"{way} {points(row.after - row.before):>4}"),
        styled(fit(row.word, word), row.tone),
    ]


def _track(row: TrackRow, cells: int) -> ScreenLine:
    """Draw 0 to 100 % in cells: where it was, the way to where it is, and the limits of chance."""

    def place(share: float | Fraction) -> int:
        return min(max(int(share * cells), 0), cells - 1)

    letters: list[Piece] = [(_REST, "quiet")] * cells
    start, end = place(row.before), place(row.after)
    for cell in range(min(start, end), max(start, end) + 1):
        letters[cell] = (_WAY, row.tone)
    for limit in (row.low, row.high):
        if 0 <= limit < 1:
            letters[place(limit)] = (_LIMIT, "strong")
    letters[start] = (_FROM, row.tone)
    if start != end:
        letters[end] = (_UP if end > start else _DOWN, row.tone)
    return tuple(letters)
