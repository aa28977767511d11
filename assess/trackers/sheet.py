"""The rows of a table, whatever separates its cells and however its letters are written."""

import codecs
import csv
import io
import re
from typing import Final

from assess.errors import AssessError
from assess.patterns import pattern
from assess.record import record

MOST_ROWS: Final = 50_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_SEPARATOR_LINE: Final = pattern(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which a spreadsheet says what separates its cells."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_CELL: Final = 1_000_000


@record
class ExportSheet:
    """The rows of a table with the numbers that they have in its file, counted from 1.

    `encoding` is told where it had to be guessed, and empty otherwise.
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str = ""


def read_sheet(data: bytes) -> ExportSheet:
    """Return the rows of separated values; empty rows are left out.

    Raises:
        AssessError: It is no text, or far too long.
    """
    text, encoding = _decode(data)
    if "\0" in text or text.lstrip()[:1] in ("{", "[", "<"):
        raise AssessError(
            "This is no table with rows of text.",
            "the file",
            "Export it as CSV, with commas, semicolons or tabs between the cells.",
        )
    said = _SEPARATOR_LINE.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _find_separator(text)
    rows = _split(text, separator)
    if len(rows) > MOST_ROWS:
        what = f"The table has {len(rows):,} rows; {MOST_ROWS:,} are allowed."
        raise AssessError(what, "the file", "Leave out the rows that have nothing to do with it.")
    shift = 1 if said else 0
    filled = ((n + shift, row) for n, row in rows if any(cell.strip() for cell in row))
    return ExportSheet(tuple((n, tuple(map(_bare, row))) for n, row in filled), encoding)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ""
    # Text in two bytes a letter has a zero in every other one, as long as it is mostly Latin.
    if data[1:200:2].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le", errors="replace"), "UTF-16"
    if data[:200:2].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-be", errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _find_separator(text: str) -> str:
    """Return what separates the cells: with it most rows have as many as the widest."""

    def evenness(separator: str) -> tuple[int, int]:
        widths = [len(row) for _, row in _split(text[:50_000], separator)[:50]]
        widest = max(widths, default=0)
        return (widths.count(widest) if widest > 1 else 0), widest

    # A separator that makes no second cell is none; of two that do the evener one is meant.
    return max(_SEPARATORS, key=evenness)


def _split(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the rows with the lines on which they begin."""
    csv.field_size_limit(_MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        line = 1
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        where = f"line {reader.line_num}"
        fix = "Export it again, as CSV with text in double quotes."
        raise AssessError(f"The table cannot be read: {error}.", where, fix) from error
    return rows


def _bare(cell: str) -> str:
    """Return a cell without what keeps a spreadsheet from taking it for a formula."""
    text = cell.replace("\u00a0", " ").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text
