"""A text file taken apart so that every byte which is not replaced survives."""

from collections.abc import Iterable
from typing import Final

from assess.errors import DataFileError
from assess.patterns import pattern
from assess.record import record

MOST_CHARACTERS: Final = 500_000
"""A plan has some 20 000; whatever is so much longer is another file."""

MOST_LINES: Final = 20_000
"""A plan has some 500."""

MOST_IN_A_LINE: Final = 20_000
"""A paragraph pasted as one line has a few thousand characters."""

# Not `splitlines`, which also breaks at characters that Markdown takes as text.
_LINE: Final = pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOM: Final = "\ufeff"


@record
class Source:
    """The lines of a file with their line ends, and what stood before the first."""

    bom: str
    lines: tuple[str, ...]

    @property
    def line_end(self) -> str:
        """The line end of the first line, which new lines get too."""
        first = self.lines[0] if self.lines else ""
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def line(self, number: int) -> str:
        """Return a line, counted from 0, without its end."""
        return self.lines[number].rstrip("\r\n")

    def is_empty(self, number: int) -> bool:
        """Tell whether a line has nothing but white space; there is nothing outside the file."""
        return not 0 <= number < len(self.lines) or not self.lines[number].strip()


def take_apart(text: str) -> Source:
    """Split a text into lines as Markdown does.

    Raises:
        DataFileError: The text is far too long to be a plan.
    """
    if len(text) > MOST_CHARACTERS:
        raise _too_long(f"The file has {len(text):,} characters", MOST_CHARACTERS)
    bom = _BOM if text.startswith(_BOM) else ""
    lines = tuple(_LINE.findall(text[len(bom) :]))
    if len(lines) > MOST_LINES:
        raise _too_long(f"The file has {len(lines):,} lines", MOST_LINES)
    if (longest := max(map(len, lines), default=0)) > MOST_IN_A_LINE:
        raise _too_long(f"A line has {longest:,} characters", MOST_IN_A_LINE)
    return Source(bom, lines)


def _too_long(what: str, most: int) -> DataFileError:
    return DataFileError(
        f"{what}; a plan has at most {most:,}.",
        "",
        "Name the plan's own Markdown file, or move what was pasted into it elsewhere.",
    )


# --- Edits of lines ---

# Lines are those of the source as it is, counted from 0. New lines have no line ends; they get
# those of the file.


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
