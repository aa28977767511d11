"""Tables: columns where there is room for them, one sentence a row where there is not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.media.tabular import cell_text
from assess.media.terminal.lines import (
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
from assess.pages.blocks import Column, Table

_NARROWEST_FIRST: Final = 12


def draw_table(block: Table, look: Look) -> ScreenLines:
    """Return the rows under their titles.

    The first column gives way where the screen is narrow, and long titles to short ones, which are
    told above. Where even that does not fit, and for those who hear the screen, each row becomes
    a sentence.
    """
    if not block.rows:
        return []
    shown = [[harmless(cell_text(cell)) for cell in row] for row in block.rows]
    key = ", ".join(f"{column.short} {column.title}" for column in block.columns if column.short)
    short = tuple(replace(c, title=c.short or c.title) for c in block.columns)
    for columns, above in ((block.columns, ""), (short, key)):
        widths = [
            max(cell_width(cell) for cell in (column.title, *(row[n] for row in shown)))
            for n, column in enumerate(columns)
        ]
        spare = look.width - len(GAP) * len(columns) - sum(widths[1:])
        if look.linear or spare < min(widths[0], _NARROWEST_FIRST):
            continue
        widths[0] = min(widths[0], spare)
        titles = [Column(c.title, c.number, "quiet") for c in columns]
        has_titles = any(column.title for column in columns)
        head = [_row(titles, [c.title for c in columns], widths)] if has_titles else []
        told = paragraph(above, look, tone="quiet") if above else []
        return told + head + [_row(columns, row, widths) for row in shown]
    return items([_sentence(block.columns, row) for row in shown], look)


def _row(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> ScreenLine:
    fitted = (
        styled(_fit(cell, width, is_number=column.number), column.tone)
        for column, cell, width in zip(columns, cells, widths, strict=True)
    )
    return joined(styled(GAP), *spaced(fitted))


def _fit(cell: str, width: int, *, is_number: bool) -> str:
    return " " * (width - cell_width(cell)) + cell if is_number else fit(cell, width)


def _sentence(columns: Sequence[Column], row: Sequence[str]) -> str:
    facts = [
        f"{column.title} {cell}" if column.title else cell
        for column, cell in zip(columns[1:], row[1:], strict=True)
        if cell
    ]
    return f"{row[0]}: {', '.join(facts)}." if facts else f"{row[0]}."
