"""Large JSON documents part by part, written and read in memory that does not grow with them.

A document of parts is one JSON object. Its lists and tables are written one entry a line, and
handed out entry by entry when they are read, however the text is laid out.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal

from assess.documents.encoding import as_json
from assess.record import record

PartKind = Literal["value", "list", "table"]

_PIECE: Final = 1 << 20
MOST_LETTERS: Final = 20_000_000
"""Of one entry; what is larger was not written here."""
MOST_DIGITS: Final = 18
"""Every whole number of so many digits fits where numbers are kept."""


class NotJsonError(ValueError):
    """A text is no JSON document; says why, and in which line."""


@record
class ExportSection:
    """One key of a document: a single value, or the entries of a list or table.

    An entry of a table has its name first; that of anything else is empty.
    """

    key: str
    kind: PartKind
    entries: Iterable[tuple[str, object]]


@record
class Part:
    """One entry of a section as it was read.

    `is_head` is the beginning of a list or table, and comes before its entries. `twice` has
    the keys that stand in it more than once.
    """

    key: str
    value: Any = None
    name: str = ""
    number: int = 0
    is_head: bool = False
    kind: PartKind = "value"
    twice: tuple[str, ...] = ()


def write_parts(sections: Iterable[ExportSection]) -> Iterator[str]:
    """Return the text of a document, piece by piece."""
    yield "{"
    for place, section in enumerate(sections):
        yield f"{',' if place else ''}\n{_text(section.key)}: "
        if section.kind == "value":
            yield from (_text(value) for _, value in section.entries)
            continue
        opening, closing = "[]" if section.kind == "list" else "{}"
        yield opening
        for number, (name, value) in enumerate(section.entries):
            label = f"{_text(name)}: " if section.kind == "table" else ""
            yield f"{',' if number else ''}\n{label}{_text(value)}"
        yield f"\n{closing}"
    yield "\n}\n"


def parts_of(sections: Iterable[ExportSection]) -> Iterator[Part]:
    """Return the parts of a document that was never a text."""
    for section in sections:
        if section.kind != "value":
            yield Part(section.key, kind=section.kind, is_head=True)
        for number, (name, value) in enumerate(section.entries, start=1):
            yield Part(section.key, value, name, number, kind=section.kind)


def read_parts(read: Callable[[int], str]) -> Iterator[Part]:
    """Return the parts of a document in its order; `read` returns at most so many characters of it.

    Raises:
        NotJsonError: The text is not one JSON value, or a key of the object stands twice.
    """
    window = _Window(read)
    if window.peek() not in ("{", ""):
        return  # What is no object has no parts; whoever needs some says so.
    seen: set[str] = set()
    for key in window.members():
        if key in seen:
            raise window.error(f"the key '{key[:80]}' stands twice")
        seen.add(key)
        yield from _read_section(window, key)
    if window.peek():
        raise window.error("something follows its end")


def _read_section(window: "_Window", key: str) -> Iterator[Part]:
    opening = window.peek()
    if opening not in ("[", "{"):
        yield Part(key, window.value())
        return
    kind: PartKind = "list" if opening == "[" else "table"
    yield Part(key, kind=kind, is_head=True)
    names = window.items() if kind == "list" else window.members()
    for number, name in enumerate(names, start=1):
        yield Part(key, window.value(), name, number, kind=kind, twice=window.twice)


def _text(value: object) -> str:
    # One call for each entry: streaming encoders and indentation are several times slower.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_json)


class _Window:
    """What was read of a text and not used yet; `twice` are double keys of the last value."""

    def __init__(self, read: Callable[[int], str]) -> None:
        self._read = read
        self._text = ""
        self._at = 0
        self._lines = 1
        self._ended = False
        self.twice: tuple[str, ...] = ()
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._table, parse_int=_read_number, parse_constant=_refuse_constant
        )

    def peek(self) -> str:
        """Return the next character that is not white space, or nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def items(self, closing: str = "]") -> Iterator[str]:
        """Stop before each item of a list, which has no name, and behind it when all were taken."""
        self._at += 1
        found = self.peek()
        if found == closing:
            self._at += 1
        while found != closing:
            yield ""
            found = self.peek()
            if found not in (",", closing) or not found:
                raise self.error(f"a comma or {closing} is expected here")
            self._at += 1

    def members(self) -> Iterator[str]:
        """Return each key of a table, and stop before its value."""
        if self.peek() != "{":
            raise self.error("it is empty")
        for _ in self.items("}"):
            key = self.value()
            if not isinstance(key, str) or self.peek() != ":":
                raise self.error("a key is expected here")
            self._at += 1
            yield key

    def value(self) -> Any:
        """Take the next value, whole."""
        self.peek()
        while True:
            self.twice = ()
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # It may only be cut here; what is read next shows that.
                if len(self._text) - self._at > MOST_LETTERS or not self._more():
                    raise self.error(error.msg) from error
                continue
            except RecursionError as error:
                raise self.error("it is nested too deeply") from error
            except ValueError as error:
                raise self.error(str(error)) from error
            if end < len(self._text) or not self._more():
                self._refuse_halves(value, end)
                self._at = end
                return value

    def error(self, why: str) -> NotJsonError:
        line = self._lines + self._text.count("\n", 0, self._at)
        return NotJsonError(f"{why} (line {line})")

    def _more(self) -> bool:
        """Read on, and say whether there was anything."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        # Twice as much each time, so that a long entry is not begun anew too often.
        piece = self._read(max(_PIECE, len(rest)))
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = rest + piece, 0
        self._ended = not piece
        return bool(piece)

    def _table(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            keys = [key for key, _ in pairs]
            self.twice += tuple(dict.fromkeys(k for k in keys if keys.count(k) > 1))
        return table

    def _refuse_halves(self, value: object, end: int) -> None:
        """Refuse half a character (an unpaired surrogate), which no file can hold."""
        if "\\ud" in self._text[self._at : end].lower():
            try:
                _text(value).encode()
            except UnicodeEncodeError as error:
                raise self.error("half a character stands in a text") from error


def _read_number(digits: str) -> int:
    length = len(digits.lstrip("-"))
    if length > MOST_DIGITS:
        raise ValueError(f"this number has {length} digits; {MOST_DIGITS} are allowed")
    return int(digits)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
