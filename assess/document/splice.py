"""Replace, insert and take out lines of a file; every other byte stays as it is.

Lines are those of the source as it is, counted from 0. New lines have no line ends; they
get those of the file.
"""

from collections.abc import Iterable

from assess.document.source import Source
from assess.record import record


@record
class Edit:
    """Lines to put in place of those from `first` up to `end`, which is not included."""

    first: int
    end: int
    lines: tuple[str, ...]


def replace_lines(first: int, last: int, *lines: str) -> Edit:
    """Put lines in place of those from `first` to `last`, both included."""
    return Edit(first, last + 1, lines)


def insert_lines(before: int, *lines: str) -> Edit:
    """Put lines in front of a line; behind the last one is the end of the file."""
    return Edit(before, before, lines)


def take_out_lines(source: Source, first: int, last: int) -> Edit:
    """Take lines out, and an empty line where otherwise two would meet."""
    if source.is_empty(first - 1) and source.is_empty(last + 1):
        if last + 1 < len(source.lines):
            last += 1
        else:
            first -= 1
    return Edit(first, last + 1, ())


def apply_edits(source: Source, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; those at the same line keep their order."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.first, e.end)):
        pieces.extend(source.lines[position : edit.first])
        if edit.lines and pieces and not pieces[-1].endswith(("\r", "\n")):
            pieces.append(source.line_end)
        pieces.extend(line + source.line_end for line in edit.lines)
        position = edit.end
    pieces.extend(source.lines[position:])
    return source.bom + "".join(pieces)
