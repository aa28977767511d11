"""Dates as people write them into a plan, in English."""

import re
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_NUMBERS: Final = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_EARLIER: Final = timedelta(days=90)
"""A date without a year is looked for from so long before the plan starts."""

_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WORDS: Final = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<month>[a-z]{3,9})\.?"
    r"|(?P<month_first>[a-z]{3,9})\.?\s+(?P<day_last>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)


def read_day(text: str, start: date | None) -> date | None:
    """Return the date that a person wrote, or None where it cannot be told.

    `2026-12-04`, `Fri 4 Dec`, `4 December 2026` and `Dec 4` are understood. Without a
    year it is the first such day from 90 days before `start` on. Numbers alone
    (`4/12`) are not guessed at.
    """
    text = text.strip().rstrip(".")
    if found := _ISO.fullmatch(text):
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    month = _MONTH_NUMBERS.get((found["month"] or found["month_first"])[:3].lower())
    day = int(found["day"] or found["day_last"])
    if month is None:
        return None
    if found["year"]:
        return _day(int(found["year"]), month, day)
    return _next_day(month, day, start) if start else None


def _next_day(month: int, day: int, start: date) -> date | None:
    years = (start.year - 1, start.year, start.year + 1)
    days = (_day(year, month, day) for year in years)
    return next((one for one in days if one is not None and one - start >= -_EARLIER), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
