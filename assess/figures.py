"""Exact numbers, dates, plurals and lists, as people and programs get to see them.

Scores are rounded down, so that 79.9 % never prints as 80 %; changes towards zero;
noise up for people. JSON has four decimals: scores down, changes towards zero,
noise and p-values half up.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor, trunc

_FOUR = Decimal("0.0001")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_QUARTERS = ("", "¼", "½", "¾")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


Hours = Fraction | int
"""Hours of people's work, exact to a quarter of an hour."""


def json_hours(hours: Hours) -> int | float:
    """Return hours as a number of JSON, whole where they are."""
    whole = Fraction(hours)
    return whole.numerator if whole.denominator == 1 else float(whole)


def percent(share: Fraction) -> str:
    """Show a share from 0 to 1 as whole percent, rounded down."""
    return f"{floor(share * 100)} %"


def points(change: Fraction) -> str:
    """Show a change of a share as signed whole points, rounded towards zero."""
    whole = trunc(change * 100)
    return f"{whole:+d}" if whole else "0"


def noise_points(noise: float) -> int:
    """Return what a change must reach, in whole points, rounded up."""
    return ceil(Decimal(repr(noise)) * 100)


def json_score(share: Fraction | None) -> float | None:
    return None if share is None else share.numerator * 10000 // share.denominator / 10000


def json_change(change: Fraction | None) -> float | None:
    return None if change is None else trunc(change * 10000) / 10000


def json_noise(value: float | None) -> float | None:
    if value is None:
        return None
    return float(Decimal(repr(value)).quantize(_FOUR, ROUND_HALF_UP))


def short_day(day: date) -> str:
    """Show a date as in `Fri 4 Dec`, whatever the language of the machine."""
    return f"{_DAYS[day.weekday()]} {day.day} {month_name(day)}"


def long_day(day: date) -> str:
    """Show a date as in `4 December 2026`, whatever the language of the machine."""
    return f"{day_of_year(day)} {day.year}"


def day_of_year(day: date) -> str:
    """Show a date as in `4 December`, where the year goes without saying."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_name(day: date) -> str:
    """Show the month of a date with three letters, as in `Dec`."""
    return _MONTHS[day.month - 1][:3]


def amount_text(amount: Decimal) -> str:
    """Show the number of a key figure, thousands apart, as in `12.5` and `1,250`."""
    return f"{amount.normalize() + 0:,f}"


def json_amount(amount: Decimal | None) -> int | float | None:
    """Return the number of a key figure as one of JSON, whole where it is."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def hours_text(hours: Hours) -> str:
    """Show hours with at most two decimals, as in `2`, `2.5` and `0.25`."""
    return f"{float(hours):.2f}".rstrip("0").rstrip(".")


def short_hours(hours: Hours) -> str:
    """Show hours where there is hardly room, as in `2`, `2½` and `¼`."""
    whole, quarters = divmod(round(hours * 4), 4)
    return f"{whole or ('' if quarters else 0)}{_QUARTERS[quarters]}"


def count(number: int | Fraction, noun: str) -> str:
    return f"{hours_text(number)} {noun}{'' if number == 1 else 's'}"


def in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def name_some(names: Sequence[str]) -> str:
    """Name the first five of several, and say how many more there are."""
    more = len(names) - 5
    return ", ".join(names[:5]) + (f" and {more:,} more" if more > 0 else "")


def join_words(words: Iterable[str], last: str) -> str:
    """Return words as a list in a sentence; `last` stands before the last one."""
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def describe_weeks(weeks: Iterable[int]) -> str:
    """Name weeks, runs as ranges: `week 3`, `weeks 3 to 5 and 9`."""
    runs: list[list[int]] = []
    for week in sorted(weeks):
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    names = [str(r[0]) if len(r) == 1 else f"{r[0]} to {r[-1]}" for r in runs]
    is_one = len(runs) == 1 and len(runs[0]) == 1
    return f"week{'' if is_one else 's'} {join_words(names, 'and')}"
