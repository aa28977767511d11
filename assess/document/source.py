"""A text file taken apart so that every byte which is not replaced survives."""

import re
from typing import Final

from assess.errors import DataFileError, Problem
from assess.record import record

MOST_CHARACTERS: Final = 500_000
"""A plan has some 20 000; whatever is so much longer is another file."""

MOST_LINES: Final = 20_000
"""A plan has some 500."""

MOST_IN_A_LINE: Final = 20_000
"""A paragraph pasted as one line has a few thousand characters."""

# Not `splitlines`, which also breaks at characters that Markdown takes as text.
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
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
        Problem(
            f"{what}; a plan has at most {most:,}.",
            "",
            "Name the plan's own Markdown file, or move what was pasted into it elsewhere.",
        )
    )
