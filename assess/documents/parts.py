"""Large JSON documents part by part, written and read in memory that does not grow with them.

A document of parts is one JSON object. Its lists and tables are written one entry a line, and
read line by line; what another program laid out anew is read as a whole.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final, Literal, TextIO

from assess.documents.encoding import as_json
from assess.record import record

PartKind = Literal["value", "list", "table"]

_BRACKETS: Final[dict[PartKind, str]] = {"list": "[]", "table": "{}"}
_MOST_LETTERS: Final = 200_000_000
"""Of a line, and of a document that is read as a whole; what is larger was not written here."""
_MOST_DIGITS: Final = 18
"""Every whole number of so many digits fits where numbers are kept."""


class NotJsonError(ValueError):
    """A text is no JSON document; says why, and in which line."""


@record
class Part:
    """A value of a document, or an entry of one of its lists and tables, counted from 1.

    Number 0 is the beginning of a list or table, and comes before its entries. Those of a table
    have a name.
    """

    key: str
    value: Any = None
    name: str = ""
    number: int = 0
    kind: PartKind = "value"

    @property
    def is_entry(self) -> bool:
        return self.number > 0


def list_parts(key: str, kind: PartKind, entries: Iterable[tuple[str, object]]) -> Iterator[Part]:
    """Return a list or a table as parts; entries have a name, which is empty in a list."""
    yield Part(key, kind=kind)
    for number, (name, value) in enumerate(entries, start=1):
        yield Part(key, value, name, number, kind)


def write_parts(parts: Iterable[Part]) -> Iterator[str]:
    """Return the text of a document, piece by piece."""
    yield "{"
    comma = closing = ""
    for part in parts:
        text, brackets = _text(part.value), _BRACKETS.get(part.kind)
        if part.is_entry:
            label = f"{_text(part.name)}: " if part.kind == "table" else ""
            yield f"{',' if part.number > 1 else ''}\n{label}{text}"
        else:
            yield f"{closing}{comma}\n{_text(part.key)}: {brackets[0] if brackets else text}"
            comma, closing = ",", f"\n{brackets[1]}" if brackets else ""
    yield f"{closing}\n}}\n"


def read_parts(text: TextIO) -> Iterator[Part]:
    """Return the parts of a document in its order.

    Raises:
        NotJsonError: The text is not one JSON value, or a key stands twice.
    """
    start = text.read(2)
    if start.strip()[:1] not in ("{", ""):
        return  # What is no object has no parts; whoever needs some says so.
    second = text.readline(_MOST_LETTERS) if start == "{\n" else ""
    if second.startswith('"'):
        yield from _read_lines(chain([second], text))
        return
    whole = _read_value(start + second + text.read(_MOST_LETTERS), 1)
    for key, value in whole.items() if isinstance(whole, dict) else ():
        if isinstance(value, dict):
            yield from list_parts(key, "table", value.items())
        elif isinstance(value, list):
            yield from list_parts(key, "list", (("", one) for one in value))
        else:
            yield Part(key, value)


def _read_lines(lines: Iterable[str]) -> Iterator[Part]:
    seen: set[str] = set()
    section, is_open = Part(""), True
    for place, line in enumerate(lines, start=2):
        bare = line.strip().removesuffix(",")
        if not is_open:
            raise NotJsonError(f"something follows its end (line {place})")
        if bare == _BRACKETS.get(section.kind, "{}")[1]:
            is_open, section = section.kind != "value", Part("")
        elif section.kind == "list":
            section = Part(section.key, _read_value(bare, place), "", section.number + 1, "list")
            yield section
        elif section.kind == "table":
            for name, value in _read_value(f"{{{bare}}}", place).items():
                section = Part(section.key, value, name, section.number + 1, "table")
                yield section
        else:
            kind = next((k for k, pair in _BRACKETS.items() if bare.endswith(f": {pair[0]}")), None)
            bare += _BRACKETS[kind][1] if kind else ""
            for key, value in _read_value(f"{{{bare}}}", place).items():
                if key in seen:
                    raise NotJsonError(f"the key '{key[:80]}' stands twice (line {place})")
                seen.add(key)
                section = Part(key, kind=kind) if kind else Part(key, value)
                yield section
    if is_open:
        raise NotJsonError("it ends in the middle")


def _text(value: object) -> str:
    # One call for each entry: streaming encoders and indentation are several times slower.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=as_json)


def _read_value(text: str, line: int) -> Any:
    """Return a value that begins in a line."""
    try:
        value = _DECODER.decode(text)
        if "\\ud" in text.lower():
            _text(value).encode()
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{error.msg} (line {line + error.lineno - 1})") from error
    except UnicodeEncodeError as error:
        raise NotJsonError(f"half a character stands in a text (line {line})") from error
    except RecursionError as error:
        raise NotJsonError(f"it is nested too deeply (line {line})") from error
    except ValueError as error:
        raise NotJsonError(f"{error} (line {line})") from error
    return value


def _make_table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{twice[:80]}' stands twice")
    return table


def _read_number(digits: str) -> int:
    length = len(digits.lstrip("-"))
    if length > _MOST_DIGITS:
        raise ValueError(f"this number has {length} digits; {_MOST_DIGITS} are allowed")
    return int(digits)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_make_table, parse_int=_read_number, parse_constant=_refuse_constant
)
