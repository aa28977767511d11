"""Dates as people and other tools write them behind a task, in English or in numbers.

A phrase is a date with the word, sign or bracket that says what it is for: `by Fri 4 Dec`,
`(until 15 January)`, `📅 2026-12-18`, `✅ 2026-12-04`. Numbers alone count only where one
reading is possible: `18/12/2026` and `18.12.`, and not `4/12`.

The pattern looks at no more than a few dozen characters from each place, so that the
time grows in line with the text.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal

from assess.answers import EARLIEST, LATEST
from assess.patterns import pattern
from assess.record import record

Purpose = Literal["due", "done", "other"]

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_NUMBERS: Final = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_EARLIER: Final = timedelta(days=90)
"""A date without a year is looked for from so long before the plan starts."""

_ISO: Final = pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.DOTALL)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE: Final = (
    r"(?P<date>"
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:[T ]\d\d:\d\d[\d:.Z+]{0,12})?"
    rf"|{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)?[ -](?P<month>{_MONTH})"
    r"(?:,?[ -](?P<year>\d{4}))?"
    rf"|{_WEEKDAY}(?P<month_first>{_MONTH}) (?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,? (?P<year_last>\d{4}))?"
    rf"|{_WEEKDAY}(?P<one>\d{{1,2}})(?P<between>[./-])(?P<two>\d{{1,2}})"
    r"(?:(?P=between)(?P<year_of_numbers>\d{4}|\d\d)|(?P<dot>\.))?"
    r")(?![\w/])(?!-\d)"
)
_WORD: Final = (
    r"(?:by|by (?:the )?end of(?: day)?|due|due (?:on|by|date)|until|till|before|deadline|on"
    r"|(?:no|not) later than|latest"
    r"|done|done on|completed|completed on|completion|scheduled|start|starts|started|created)"
)
_PHRASE: Final = pattern(
    r"(?<!\w)(?P<open>[(\[{<])?"
    rf"(?:(?P<sign>[📅📆🗓⏰✅❌⏳🛫➕@→])\ufe0f? ?|@?(?P<word>{_WORD})(?::{{1,2}} ?|\(| ))?"
    rf"[*_]{{0,3}}(?<![\d.]){_DATE}[*_]{{0,3}}[)\]}}>]?",
    re.IGNORECASE,
)
_DONE_WORDS: Final = ("done", "comp", "✅")
_OTHER_WORDS: Final = ("sche", "star", "crea", *"❌⏳🛫➕")


@record
class Phrase:
    """A date found in a text; `day` is None where it cannot be told.

    `first` and `end` are the places of the whole phrase, `date_first` and `date_end` those
    of the date alone. `is_led` says that a word, a sign or a bracket introduces it.
    """

    purpose: Purpose
    day: date | None
    text: str
    is_led: bool
    first: int
    end: int
    date_first: int
    date_end: int


def find_phrases(text: str, start: date | None) -> Iterator[Phrase]:
    """Yield the dates in a text, whose white space is single spaces, in its order.

    Without a year a date is the first such day from 90 days before `start` on.
    """
    for found in _PHRASE.finditer(text):
        lead = (found["sign"] or found["word"] or "").lower()
        is_led = bool(lead or found["open"])
        if found["one"] and not (is_led or found["dot"] or found["year_of_numbers"]):
            continue  # `1/2` and `2.5` are quantities.
        if found["between"] == "-" and not found["year_of_numbers"]:
            continue
        if text.endswith("~~", 0, found.start("date")) and text.startswith("~~", found.end("date")):
            continue  # Struck out, for another one.
        is_done = lead.startswith(_DONE_WORDS)
        purpose: Purpose = (
            "done" if is_done else "other" if lead.startswith(_OTHER_WORDS) else "due"
        )
        yield Phrase(
            purpose, _find_day(found, start), found["date"], is_led, *found.span(),
            *found.span("date"),
        )  # fmt: skip


def read_iso(text: str) -> date | None:
    """Return the day of `2026-11-23`, with or without a time behind it, or None."""
    found = _ISO.fullmatch(text)
    return _day(*(int(number) for number in found.groups())) if found else None


def read_day(text: str, start: date | None) -> date | None:
    """Return the day that a text says in whatever form; near another one where it has no year."""
    plain = " ".join(text.split())
    return read_iso(plain) or next(
        (p.day for p in find_phrases(f"by {plain}", start) if p.day), None
    )


def _find_day(found: re.Match[str], start: date | None) -> date | None:
    if found["iso"]:
        return _day(*(int(number) for number in re.split("[-/.]", found["iso"])))
    if found["one"]:
        return _find_numbers(found, start)
    month = _MONTH_NUMBERS[(found["month"] or found["month_first"])[:3].lower()]
    day, year = int(found["day"] or found["day_last"]), found["year"] or found["year_last"]
    return _day(int(year), month, day) if year else _next_day(month, day, start)


def _find_numbers(found: re.Match[str], start: date | None) -> date | None:
    """Return the day of two numbers, where only one of them can be the month.

    Between dots the day always comes first.
    """
    one, two = int(found["one"]), int(found["two"])
    if found["between"] != "." and one != two and max(one, two) <= 12:
        return None
    day, month = (two, one) if found["between"] != "." and two > 12 else (one, two)
    year = found["year_of_numbers"]
    if not year:
        return _next_day(month, day, start)
    return _day(int(year) if len(year) == 4 else 2000 + int(year), month, day)


def _next_day(month: int, day: int, start: date | None) -> date | None:
    if start is None:
        return None
    years = (start.year - 1, start.year, start.year + 1)
    days = (_day(year, month, day) for year in years)
    return next((one for one in days if one is not None and one - start >= -_EARLIER), None)


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day within the years that can be planned, or None where there is none."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
