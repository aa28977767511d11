"""A text file taken apart so that every byte which is not replaced survives."""

import re
from dataclasses import dataclass
from typing import Final

from assess.errors import DataFileError, Problem

MOST_CHARACTERS: Final = 500_000
"""A plan has some 20 000; whatever is so much longer is another file."""

# Not `splitlines`, which also breaks at characters that Markdown takes as text.
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
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
        raise DataFileError(
            Problem(
                f"The file has {len(text)} characters; a plan has at most {MOST_CHARACTERS}.",
                "",
                "Name the plan's own Markdown file, or move what was pasted into it elsewhere.",
            )
        )
    bom = _BOM if text.startswith(_BOM) else ""
    return Source(bom, tuple(_LINE.findall(text[len(bom) :])))
