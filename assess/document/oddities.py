"""What is odd in a file, told once for each cause, and what would swallow the rest of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from assess.document.source import Source
from assess.errors import DataFileError
from assess.patterns import pattern
from assess.record import record

OddityCause = Literal["comment", "box", "mark", "date", "start", "double", "hidden", "step"]

_MANY: Final[Mapping[OddityCause, str]] = {
    "comment": "{count} tasks had lost their comments; they are known by their words.",
    "box": "{count} tasks have lost their boxes; without a word for it they count as open.",
    "mark": "{count} tasks have marks that are unknown; they count as open.",
    "date": "{count} dates cannot be read; the first is {name}.",
    "double": "{count} tasks have the id of an earlier one; they count as own ones.",
    "hidden": "{count} tasks stand in code or HTML and do not count.",
    "step": "{count} tasks have ids that are those of no step of the plan; the first is {name}.",
    "start": "{count} dates have no year, and the head of the file does not tell the start.",
}


@record
class Note:
    """Something odd that a person should know; `line` counts from 1."""

    line: int
    text: str


@record
class Oddity:
    """One odd place: its cause, what it is about, and how it is told when it is alone."""

    cause: OddityCause
    line: int
    name: str
    text: str


def tell_once(oddities: Iterable[Oddity]) -> Iterator[Note]:
    """Yield one note for each cause, at the line where it is met first."""
    by_cause: dict[OddityCause, list[Oddity]] = {}
    for oddity in oddities:
        by_cause.setdefault(oddity.cause, []).append(oddity)
    for cause, places in by_cause.items():
        first = min(places, key=lambda place: place.line)
        many = _MANY[cause].format(count=len(places), name=first.name)
        yield Note(first.line, first.text if len(places) == 1 else many)


# --- What would swallow the rest of a file ---

# Markdown lets a comment, a style, a script or a code fence run to the end of the text where nobody
# closes it, and so hides every task below. A line that begins one without an end is read as text.

_OPENING: Final = pattern(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?P<opening><!--|<\?|<!\[CDATA\[|<![A-Za-z]|<(?:script|style|pre|textarea)(?=[\s>]|$))",
    re.IGNORECASE,
)
_CLOSINGS: Final = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>"}
_FENCE: Final = pattern(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_CONFLICT: Final = pattern(r"(?:<{7}|\|{7}|>{7})(?: |$)")


def find_unclosed(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and the opening of each line that begins HTML or code which has no end.

    An end behind the next beginning of the same kind is that one's.
    """
    opened: dict[str, tuple[int, str]] = {}  # By the opening in lower case.
    fence, fenced = "", 0
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["fence"].startswith(fence):
                if mark["info"].strip():  # No end has a language: another one begins.
                    yield fenced, fence
                fence, fenced = (mark["fence"], number) if mark["info"].strip() else ("", 0)
            continue
        small = line.lower()
        for opening in list(opened):
            again, end = small.find(opening), small.find(_closing(opening))
            if again >= 0 and (again < end or end < 0):
                yield opened.pop(opening)
            elif end >= 0:
                del opened[opening]
        found = _OPENING.match(line)
        if found and _closing(found["opening"].lower()) not in small[found.end() :]:
            if _closing(found["opening"].lower()) == ">":
                yield number, found["opening"]  # Its end would be that of any comment below.
            else:
                opened.setdefault(found["opening"].lower(), (number, found["opening"]))
        elif mark and not found and not opened:
            fence, fenced = mark["fence"], number
    yield from opened.values()
    if fence:
        yield fenced, fence


def _closing(opening: str) -> str:
    if opening[1].isalpha():
        return f"</{opening[1:]}>"
    return _CLOSINGS.get(opening, ">")


def refuse_conflicts(source: Source) -> None:
    """Refuse a file in which a merge left two versions side by side.

    Raises:
        DataFileError: It has conflict markers; the first is named.
    """
    for number in range(len(source.lines)):
        if _CONFLICT.match(source.line(number)):
            raise DataFileError(
                f"The file has conflict markers of a merge ({source.line(number)[:7]}), so two "
                "versions of the plan stand in it; nothing of it is read.",
                f"line {number + 1}",
                "Choose what is to stay at each such place, delete the markers, and save.",
            )
