"""Tables: columns where there is room for them, one sentence a row where there is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from assess.cells import cell_width, fit, harmless
from assess.console.lines import GAP, Line, Lines, Look, Style, items, joined, spaced, styled

_NARROWEST_FIRST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and whether its cells stand at the right, as numbers do."""

    title: str
    right: bool = False
    style: Style = ""


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> Lines:
    """Return the rows under their titles; each row has a cell for every column.

    The first column gives way where the screen is narrow. Where even that does not fit, and
    for those who hear the screen, each row becomes a sentence.
    """
    clean = [[harmless(cell) for cell in row] for row in rows]
    widths = [
        max(cell_width(cell) for cell in (column.title, *(row[n] for row in clean)))
        for n, column in enumerate(columns)
    ]
    spare = look.width - len(GAP) * len(columns) - sum(widths[1:])
    if look.linear or spare < min(widths[0], _NARROWEST_FIRST):
        return items([_sentence(columns, row) for row in clean], look)
    widths[0] = min(widths[0], spare)
    titles = [Column(c.title, c.right, "quiet") for c in columns]
    return [
        _row(titles, [c.title for c in columns], widths),
        *(_row(columns, row, widths) for row in clean),
    ]


def _row(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> Line:
    fitted = (
        styled(_fit(cell, width, right=column.right), column.style)
        for column, cell, width in zip(columns, cells, widths, strict=True)
    )
    return joined(styled(GAP), *spaced(fitted))


def _fit(cell: str, width: int, *, right: bool) -> str:
    return " " * (width - cell_width(cell)) + cell if right else fit(cell, width)


def _sentence(columns: Sequence[Column], row: Sequence[str]) -> str:
    facts = [
        f"{column.title} {cell}" if column.title else cell
        for column, cell in zip(columns[1:], row[1:], strict=True)
        if cell
    ]
    return f"{row[0]}: {', '.join(facts)}." if facts else f"{row[0]}."
