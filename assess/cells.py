"""How text fills the cells of a terminal: its width, where it wraps, what is kept out.

A cell holds one Latin letter; letters of East Asian scripts take two, combining marks none.
"""

import re
from unicodedata import category, east_asian_width

_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_JOINERS = "\u200c\u200d"  # Python calls them unprintable; Persian and Hindi need them.
_SPACE = re.compile(" (?!%)")
"""Where a line may break: a number keeps its percent sign."""

REPLACEMENT = "\ufffd"
"""Stands where a character was that a terminal would obey instead of show."""

# One cell for one cell, so that what stood in columns stays in columns.
_ASCII = str.maketrans(
    "█▌░│─━┄╭╮╰╯▸›✓×○·→▶◀…–—’‘“”▁▂▃▄▅▆▇",
    "#=.|--...''>>+xo->><~--''\"\"__--==#",
)


def cell_width(text: str) -> int:
    """Return how many cells a line of text takes."""
    if text.isascii():
        return len(text)
    return sum(_letter_width(letter) for letter in text)


def harmless(text: str) -> str:
    """Return one line of text without anything that a terminal would obey instead of show.

    White space becomes single spaces; escape, control and direction characters become a
    replacement sign.
    """
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(
        letter if letter.isprintable() or letter in _JOINERS else REPLACEMENT for letter in line
    )


def encodable(text: str, encoding: str | None) -> str:
    """Return the text with letters that an encoding has; None has them all.

    Lines, arrows and quotes get a stand-in of the same width, other letters a question mark.
    """
    if encoding is None:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text


def cut(text: str, width: int) -> str:
    """Return the text, its end replaced by an ellipsis where it takes more than `width` cells."""
    if cell_width(text) <= width:
        return text
    return _head(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """Return the text in exactly `width` cells, cut or filled with spaces at the end."""
    shown = cut(text, width)
    return shown + " " * (width - cell_width(shown))


def wrap(text: str, width: int, *, whole_words: bool = False) -> list[str]:
    """Return the text in lines of at most `width` cells, broken between words where possible.

    With `whole_words` a longer word, such as a path to copy, sticks out instead.
    """
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(harmless(text)):
        if line and cell_width(line) + 1 + cell_width(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while not whole_words and cell_width(word) > width:
            start = _head(word, max(width, 2))
            lines.append(start)
            word = word[len(start) :]
        line = word
    return [*lines, line] if line or not lines else lines


def _letter_width(letter: str) -> int:
    if category(letter) in _UNSEEN:
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _head(text: str, width: int) -> str:
    taken = 0
    for place, letter in enumerate(text):
        taken += _letter_width(letter)
        if taken > width:
            return text[:place]
    return text
