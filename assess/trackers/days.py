"""The dates of a column, read as a whole: one order of day and month for all of its cells."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from unicodedata import combining, normalize

from assess.errors import Problem
from assess.patterns import pattern

_NUMBERS: Final = pattern(r"(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,4})\.?")
_DAY_FIRST: Final = pattern(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?[\s/-]+(?:de )?([^\W\d]+)\.?[\s/,-]+(?:de )?(\d{2,4})"
)
_MONTH_FIRST: Final = pattern(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_WEEKDAY: Final = pattern(r"^[^\W\d]{2,10}\.?,? (?=\S+ )")
_TIME: Final = pattern(
    r"(?:T|,? +(?:at )?)\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?$",
    re.IGNORECASE,
)
_MONTHS: Final = (
    *("jan ene gen", "feb fev", "mar mrz mae maa", "apr avr abr", "may mai mag maj mei"),
    *("jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov"),
    "dec dez dic",
)
_MONTH_OF: Final[Mapping[str, int]] = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}


def read_days(
    cells: Iterable[tuple[int, str]], column: str, problems: list[Problem]
) -> dict[int, date]:
    """Return the day of each cell that has one, by its row; `column` is what theirs is called.

    A problem is what cannot be read, and a column that can be read in two ways.
    """
    texts = {row: _without_time(text) for row, text in cells if text}
    both = {row: _read_both(text) for row, text in texts.items()}
    fitting = [n for n in (0, 1) if all(pair[n] for pair in both.values() if any(pair))]
    apart = [row for row, (one, other) in both.items() if one != other]
    if apart and len(fitting) == 2:
        one, other = both[apart[0]]
        said = f"{texts[apart[0]]} is {one} or {other}"
        problems.append(
            Problem(
                f"The dates can be read in two ways: {said}.",
                f"line {apart[0]}, column “{column}”",
                "Export them as 2026-12-18; in a spreadsheet, give the column that form and save "
                "again.",
            )
        )
        return {}
    days = {row: pair[fitting[0] if fitting else 0] for row, pair in both.items()}
    problems.extend(
        Problem(
            f"The date {texts[row]!r} cannot be read.",
            f"line {row}, column “{column}”",
            "Write it as 2026-12-18, or clear the cell.",
        )
        for row, day in days.items()
        if day is None
    )
    return {row: day for row, day in days.items() if day is not None}


def list_readings(text: str) -> tuple[date, ...]:
    """Return every day that a text may mean; none where it is no date."""
    return tuple(day for day in _read_both(_without_time(text)) if day is not None)


def _read_both(text: str) -> tuple[date | None, date | None]:
    """Return the day of a text where the day comes first, and where the month does."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        day = _read_named(text)
        return day, day
    one, two, three = found.groups()
    if len(one) == 4 or "." in text:
        # With dots the day comes first everywhere, and a year of four digits tells its place.
        day = _make(one, two, three) if len(one) == 4 else _make(three, two, one)
        return day, day
    return _make(three, two, one), _make(three, one, two)


def _without_time(text: str) -> str:
    return _TIME.sub("", text.strip()).strip()


def _read_named(text: str) -> date | None:
    for part in (text, _WEEKDAY.sub("", text)):
        if found := _DAY_FIRST.fullmatch(part):
            day, name, year = found.groups()
        elif found := _MONTH_FIRST.fullmatch(part):
            name, day, year = found.groups()
        else:
            continue
        return _make(year, _month(name), day)
    return None


def _month(name: str) -> int:
    parts = normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in parts if not combining(letter))
    return _MONTH_OF.get(bare[:4], _MONTH_OF.get(bare[:3], 0))


def _make(year: str, month: int | str, day: str) -> date | None:
    try:
        whole = {2: 2000 + int(year), 4: int(year)}[len(year)]
        return date(whole, int(month), int(day))
    except (KeyError, ValueError):
        return None
