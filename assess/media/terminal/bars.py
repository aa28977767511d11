"""Rows of bars in columns, or a sentence for each row where there is no room for them."""

from fractions import Fraction
from math import ceil, floor
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.figures import percent, points
from assess.media.terminal.lines import (
    EMPTY,
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
from assess.media.words import COLUMN_SIGNS, FLAG, legend_of_tracks, picture_in_words
from assess.pages.blocks import BarRow, Bars, Tone, TrackRow, Tracks

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


_PERCENT_WIDTH: Final = 6
_NO_FLAG: Final = "  "
_NARROWEST_NAME: Final = 12
_WIDE: Final = 78
"""From so many cells on, bars are twice as long."""


def draw_bars(block: Bars, look: Look) -> ScreenLines:
    """Return the rows under the titles of their columns, and what the signs mean."""
    cells = 10 if look.width >= _WIDE else 5
    each, columns = cells + len(MARK) + _PERCENT_WIDTH, len(block.columns)
    longest = max(cell_width(harmless(row.label)) for row in block.rows)
    bars = columns * each + (columns - 1) * len(GAP)
    name = min(longest, look.width - len(FLAG) - 1 - bars)
    if look.linear or name < min(longest, _NARROWEST_NAME):
        return items(picture_in_words(block), look)
    has_titles = any(column.title for column in block.columns)
    lines = [_titles(block, name, each)] if has_titles else []
    for row in block.rows:
        lines += [EMPTY] if row.is_total and len(block.rows) > 1 else []
        lines.append(_row(row, block, name, cells))
    texts = [f"{MARK} {block.legend}"] if block.legend else []
    if block.flag and any(row.remark and row.shares for row in block.rows):
        texts.append(f"{FLAG}{block.flag}")
    return lines + [
        line for text in texts for line in paragraph(text, look, indent=2, tone="quiet")
    ]


def _titles(block: Bars, name: int, width: int) -> ScreenLine:
    titles = (
        styled(
            fit(COLUMN_SIGNS[c.sign] + c.title, width), "strong" if c.sign == "current" else "quiet"
        )
        for c in block.columns
    )
    return joined(styled(" " * (name + len(FLAG) + 1)), *spaced(titles))


def _row(row: BarRow, block: Bars, name: int, cells: int) -> ScreenLine:
    flag = FLAG if row.remark and block.flag else _NO_FLAG
    head = joined(
        styled(flag, "warning"),
        styled(fit(harmless(row.label), name), "strong" if row.is_total else ""),
    )
    if row.shares is None:
        return joined(head, styled(f" {row.remark}", "quiet"))
    bars = (
        joined(
            draw_bar(share, cells, row.mark, column.tone),
            styled(f"{percent(share):>{_PERCENT_WIDTH}}"),
        )
        for column, share in zip(block.columns, row.shares, strict=True)
    )
    return joined(head, styled(" "), *spaced(bars))


# --- Tracks ---


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
