"""How small the letters of a first page get on paper, so that it stands on one sheet.

What it takes is estimated in lines of ten points, for letters as wide as the widest that browsers
bring; A4 and Letter, the shorter, have room for it.
"""

from collections.abc import Iterable, Sequence
from math import inf
from typing import Any, Final

from assess.cells import cell_width, harmless, wrap
from assess.media.tabular import cell_text
from assess.pages.blocks import Table

_ACROSS, _DOWN = 96, 71
"""Cells and lines of a sheet between its margins."""
_SIZES: Final = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
_LINE: Final = 1.45
_SHORT: Final = 15
Shown = Iterable[tuple[str, Sequence[tuple[str, Any]]]]


def fit_sheet(title: str, sections: Shown) -> float:
    """Return the largest size at which all of it fits; 1 where it is no page of one sheet."""
    shown = list(sections)
    fitting = (s for s in _SIZES if _height(title, shown, int(_ACROSS / s)) <= _DOWN / s)
    return next(fitting, 1)


def _height(title: str, sections: Shown, cells: int) -> float:
    tall = 2.0 + 1.8 * _lines(title, cells * 2 // 3)
    for heading, blocks in sections:
        tall += 0.6 + bool(heading) * 1.6 * _lines(heading, cells)
        tall += sum(_block_height(kind, block, cells) for kind, block in blocks)
    return tall


def _block_height(kind: str, block: Any, cells: int) -> float:
    match kind:
        case "figure":
            return 0.82 * float(block["wide"].height) + 1.8 * len(block["legend"]) + 0.5
        case "table":
            return _table_height(block, cells)
        case "tasks":
            return sum(_LINE * _lines(task.text, cells - 32) + 0.7 for task in block.tasks) + 0.5
        case _:
            texts = block.texts if kind == "items" else (block.text,)
            return sum(_LINE * _lines(text, cells - 3) + 0.15 for text in texts) + 0.5


def _table_height(block: Table, cells: int) -> float:
    """Share out the width as browsers do: what is long gives way; letters are smaller here."""
    if len(block.rows) > _DOWN / min(_SIZES):
        return inf  # No sheet holds so many, whatever stands in them.
    rows = [[column.title for column in block.columns], *([*map(cell_text, r)] for r in block.rows)]
    widths = [max(map(cell_width, column)) + 2 for column in zip(*rows, strict=True)]
    long = sum(width for width in widths if width > _SHORT)
    part = min((1.08 * cells - sum(widths) + long) / max(long, 1), 1)
    places = [int(width * part) if width > _SHORT else width for width in widths]
    lines = (max(map(_lines, row, places)) for row in rows)
    return sum(1.3 * number + 0.7 for number in lines) + 0.5


def _lines(text: str, cells: int) -> int:
    return len(wrap(harmless(text), max(cells, 1)))
