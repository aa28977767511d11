"""What would swallow the rest of a file: HTML or code without an end, and conflicts.

Markdown lets a comment, a style, a script or a code fence run to the end of the text where
nobody closes it, and so hides every task below. A line that begins one without an end is read
as text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assess.document.source import Source
from assess.errors import DataFileError
from assess.patterns import pattern

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
