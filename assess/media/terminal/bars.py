"""Rows of bars in columns, or a sentence for each row where there is no room for them."""

from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.figures import percent
from assess.media.terminal.bar import MARK, draw_bar
from assess.media.terminal.lines import (
    EMPTY,
    GAP,
    Look,
    ScreenLine,
    ScreenLines,
    items,
    joined,
    paragraph,
    spaced,
    styled,
)
from assess.media.words import COLUMN_SIGNS, FLAG, picture_in_words
from assess.pages.blocks import BarColumn, BarRow, Bars, Tone

_PERCENT_WIDTH: Final = 6
_NO_FLAG: Final = "  "
_NARROWEST_NAME: Final = 12
_WIDE: Final = 78
"""From so many cells on, bars are twice as long."""


def draw_bars(block: Bars, look: Look) -> ScreenLines:
    """Return the rows under the titles of their columns, and what the signs mean."""
    cells = 10 if look.width >= _WIDE else 5
    name = _name_width(block, look, cells)
    if look.linear or name < min(_longest_label(block), _NARROWEST_NAME):
        return items(picture_in_words(block), look)
    has_titles = any(column.title for column in block.columns)
    lines = [_titles(block, name, cells)] if has_titles else []
    for row in block.rows:
        lines += [EMPTY] if row.is_total and len(block.rows) > 1 else []
        lines.append(_row(row, block, name, cells))
    texts = [f"{MARK} {block.legend}"] if block.legend else []
    if block.flag and any(row.remark and row.shares for row in block.rows):
        texts.append(f"{FLAG}{block.flag}")
    return lines + [
        line for text in texts for line in paragraph(text, look, indent=2, tone="quiet")
    ]


def _name_width(block: Bars, look: Look, cells: int) -> int:
    """Return how many cells a label gets beside its bars."""
    count = len(block.columns)
    bars = count * _column_width(cells) + (count - 1) * len(GAP)
    return min(_longest_label(block), look.width - len(FLAG) - 1 - bars)


def _longest_label(block: Bars) -> int:
    return max(cell_width(harmless(row.label)) for row in block.rows)


def _column_width(cells: int) -> int:
    return cells + len(MARK) + _PERCENT_WIDTH


def _titles(block: Bars, name: int, cells: int) -> ScreenLine:
    titles = (
        styled(fit(COLUMN_SIGNS[c.sign] + c.title, _column_width(cells)), _title_tone(c))
        for c in block.columns
    )
    return joined(styled(" " * (name + len(FLAG) + 1)), *spaced(titles))


def _title_tone(column: BarColumn) -> Tone:
    return "strong" if column.sign == "current" else "quiet"


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
