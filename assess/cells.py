"""How text fills the cells of a terminal: its width, where it wraps, what is kept out.

A cell holds one Latin letter; letters of East Asian scripts and emoji take two, combining marks
none. What belongs together on the screen, such as a family emoji, is one letter here.
"""

from collections.abc import Iterator

from assess.commands import GLUE, glue_commands
from assess.patterns import pattern

_JOINERS = "\u200c\u200d"  # Python calls them unprintable; Persian and Hindi need them.
_SPACE = pattern(" (?!%)")
"""Where a line may break: a number keeps its percent sign."""

# What our own texts are made of, so that nothing is imported for them.
_ONE_CELL_EACH = pattern("[ -~\xa0-\u02af‐-‧←-↔─-▟▸○●✓✗]*")

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""

REPLACEMENT = "\ufffd"
"""Stands where a character was that a terminal would obey instead of show."""

# One cell for one cell, so that what stood in columns stays in columns.
_ASCII = str.maketrans(
    "█▌░│─━┄╭╮╰╯▸›✓×○·→▶◀…–—’‘“”▁▂▃▄▅▆▇¼½¾", "#=.|--...''>>+xo->><~--''\"\"__--==#+++"
)


def cell_width(text: str) -> int:
    if _ONE_CELL_EACH.fullmatch(text):
        return len(text)
    from wcwidth import width

    return width(text, control_codes="ignore")


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

    A command to paste is one word, and is never broken.

    With `whole_words` a longer word, such as a path to copy, sticks out instead.
    """
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(glue_commands(harmless(text))):
        if line and cell_width(line) + 1 + cell_width(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while not whole_words and cell_width(word) > width and GLUE not in word:
            start = _head(word, max(width, 2))
            lines.append(start)
            word = word[len(start) :]
        line = word
    rows = [*lines, line] if line or not lines else lines
    return [row.replace(GLUE, " ") for row in rows]


def _head(text: str, width: int) -> str:
    head = ""
    for letter in _letters(text):
        if cell_width(head + letter) > width:
            return head
        head += letter
    return text


def _letters(text: str) -> Iterator[str]:
    if text.isascii():
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)
