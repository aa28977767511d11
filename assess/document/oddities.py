"""What is odd in a file, told once for each cause and not for each line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from assess.record import record

OddityCause = Literal["comment", "box", "mark", "date", "start", "double", "hidden", "step"]

_MANY: Final[Mapping[OddityCause, str]] = {
    "comment": "{count} tasks had lost their comments; they are known by their words.",
    "box": "{count} tasks have lost their boxes; they count as open.",
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
