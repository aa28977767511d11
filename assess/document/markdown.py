"""Markdown as this product writes it: a fixed point of the common formatters where possible.

Dashes for lists, stars for emphasis, padded tables, no more escapes than are needed.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from assess.cells import cell_width
from assess.patterns import pattern

_ANYWHERE: Final = pattern(
    r"[\\`*\[\]|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # An underscore inside a word means nothing.
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
)
_AT_START: Final = pattern(r"^(?:>|[-+](?=\s|$)|(?:-+|=+)$|#{1,6}(?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))")
_AT_END: Final = pattern(r"(?<=\s)#(?=#*$)")
_ESCAPED_EVERYWHERE: Final = pattern(r"[\\`*\[\]|~_<&#>=+-]|\d[.)]")
_MERMAID_SYNTAX: Final = pattern(r"[:;#%\"`{}<>\\]+")
_MERMAID_WORD: Final = pattern(
    r"(?:acc(?:title|descr)|axisformat|call|click|dateformat|excludes|gantt|href|includes"
    r"|inclusiveenddates|section|tickinterval|title|todaymarker|topaxis|weekday|weekend)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # Plans are made of the same texts of one catalogue.
def escape_markdown(text: str) -> str:
    """Return free text that stays text wherever it is put: in a line, a heading or a table."""
    text = " ".join(text.split())
    if not _ESCAPED_EVERYWHERE.search(text):
        return text
    text = _ANYWHERE.sub(lambda found: "\\" + found[0], text)
    text = _AT_START.sub(_escape_start, text)
    return _AT_END.sub(r"\\#", text)


def escape_mermaid(text: str) -> str:
    """Return free text as the name of a bar, where a colon or a semicolon would end it."""
    text = " ".join(_MERMAID_SYNTAX.sub(" ", text).split())
    return f"– {text}" if _MERMAID_WORD.match(text) else text


def format_table(header: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """Return a table padded as formatters pad it.

    `align` has one letter for each column, `l` or `r`; missing letters mean left. Cells
    are Markdown already.
    """
    table = [tuple(header), *(tuple(row) for row in rows)]
    right = [letter == "r" for letter in align.ljust(len(header), "l")]
    widths = [max(3, *(cell_width(cell) for cell in column)) for column in zip(*table, strict=True)]
    rule = [
        "-" * (width - 1) + ":" if is_right else "-" * width
        for width, is_right in zip(widths, right, strict=True)
    ]
    lines = [[_pad(*cell) for cell in zip(row, widths, right, strict=True)] for row in table]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:]))


def _pad(cell: str, width: int, is_right: bool) -> str:
    space = " " * (width - cell_width(cell))
    return space + cell if is_right else cell + space


def _escape_start(found: re.Match[str]) -> str:
    # "1." is escaped at its dot, which is where a list would begin.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
