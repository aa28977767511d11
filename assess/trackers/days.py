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
    "jan ene gen",
    "feb fev",
    "mar mrz mae maa",
    "apr avr abr",
    "may mai mag maj mei",
    "jun juin giu",
    "jul juil lug",
    "aug aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez dic",
)
_MONTH_OF: Final[Mapping[str, int]] = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
DateOrder = tuple[int, int, int]
"""At which places of three numbers year, month and day stand."""

_ORDERS: Final[tuple[DateOrder, ...]] = ((2, 1, 0), (2, 0, 1))
_YEAR_FIRST: Final[DateOrder] = (0, 1, 2)


def read_days(
    cells: Iterable[tuple[int, str]], column: str, problems: list[Problem]
) -> dict[int, date]:
    """Return the day of each cell that has one, by its row; `column` is what theirs is called.

    A problem is what cannot be read, and a column that can be read in two ways.
    """
    texts = {row: _without_time(text) for row, text in cells if text}
    named = {row: day for row, text in texts.items() if (day := _read_named(text)) is not None}
    numbered = {row: text for row, text in texts.items() if row not in named}
    found = {row: match for row, text in numbered.items() if (match := _NUMBERS.fullmatch(text))}
    for row in numbered.keys() - found.keys():
        problems.append(_unreadable(row, column, texts[row]))
    # With dots the day comes first everywhere, and a year of four digits tells its place.
    plain = {r: m for r, m in found.items() if len(m[1]) == 4 or "." in m[0]}
    fixed = {
        row: _day(match, _YEAR_FIRST if len(match[1]) == 4 else _ORDERS[0])
        for row, match in plain.items()
    }
    open_ones = {row: match for row, match in found.items() if row not in plain}
    readings = [{row: _day(match, order) for row, match in open_ones.items()} for order in _ORDERS]
    whole = [reading for reading in readings if None not in reading.values()]
    if open_ones and len(whole) == 2 and whole[0] != whole[1]:
        problems.append(_two_ways(open_ones, whole[0], whole[1], column))
        return {}
    days = named | fixed | (whole[0] if whole else readings[0] if open_ones else {})
    for row, day in days.items():
        if day is None:
            problems.append(_unreadable(row, column, texts[row]))
    return {row: day for row, day in days.items() if day is not None}


def list_readings(text: str) -> tuple[date, ...]:
    """Return every day that a text may mean; none where it is no date."""
    bare = _without_time(text)
    if (named := _read_named(bare)) is not None:
        return (named,)
    match = _NUMBERS.fullmatch(bare)
    days = (_day(match, order) for order in (_YEAR_FIRST, *_ORDERS)) if match else ()
    return tuple(day for day in days if day is not None)


def _without_time(text: str) -> str:
    return _TIME.sub("", text.strip()).strip()


def _read_named(text: str) -> date | None:
    """Return the day of a date whose month has a name."""
    for part in (text, _WEEKDAY.sub("", text)):
        if found := _DAY_FIRST.fullmatch(part):
            day, name, year = found.groups()
        elif found := _MONTH_FIRST.fullmatch(part):
            name, day, year = found.groups()
        else:
            continue
        return _make(_full_year(year), _month(name), int(day))
    return None


def _month(name: str) -> int:
    parts = normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in parts if not combining(letter))
    return _MONTH_OF.get(bare[:4], _MONTH_OF.get(bare[:3], 0))


def _day(match: re.Match[str], order: DateOrder) -> date | None:
    numbers = match.groups()
    year, month, day = (numbers[place] for place in order)
    return None if len(year) in (1, 3) else _make(_full_year(year), int(month), int(day))


def _full_year(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unreadable(row: int, column: str, text: str) -> Problem:
    return Problem(
        f"The date {text!r} cannot be read.",
        f"line {row}, column “{column}”",
        "Write it as 2026-12-18, or clear the cell.",
    )


def _two_ways(
    cells: Mapping[int, re.Match[str]],
    one: Mapping[int, date | None],
    other: Mapping[int, date | None],
    column: str,
) -> Problem:
    row = next(row for row in cells if one[row] != other[row])
    return Problem(
        f"The dates can be read in two ways: {cells[row][0]} is {one[row]} or {other[row]}.",
        f"line {row}, column “{column}”",
        "Export them as 2026-12-18; in a spreadsheet, give the column that form and save again.",
    )
