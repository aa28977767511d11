"""Intervals on exact numbers, as rules write them: `"< 0.5"`, `">= 3"`, `"[0.5, 0.8)"`.

Bounds have at most two decimals and are kept in hundredths, so that a comparison is one of
whole numbers and a condition never disagrees with a printed percentage.
"""

import re
from fractions import Fraction
from typing import Final

from assess.errors import Problem
from assess.misfit import show_value
from assess.patterns import pattern
from assess.record import record

_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_ONE_SIDED: Final = pattern(rf"(<=|>=|<|>|=)\s*{_NUMBER}")
_TWO_SIDED: Final = pattern(rf"([\[(])\s*{_NUMBER}\s*,\s*{_NUMBER}\s*([\])])")
_FIX: Final = 'Write "< 0.5", "<= 0.5", "> 3", ">= 3", "= 2", or two bounds: "[0.5, 0.8)".'


@record
class Interval:
    """All numbers between two bounds, in hundredths; a bound of None is open to infinity."""

    low: int | None
    high: int | None
    holds_low: bool = True
    holds_high: bool = True

    def __contains__(self, value: Fraction | int) -> bool:
        hundreds, unit = value.numerator * 100, value.denominator
        if self.low is not None:
            bound = self.low * unit
            if hundreds < bound or (hundreds == bound and not self.holds_low):
                return False
        if self.high is not None:
            bound = self.high * unit
            if hundreds > bound or (hundreds == bound and not self.holds_high):
                return False
        return True

    @property
    def is_empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        both = self.holds_low and self.holds_high
        return self.low > self.high or (self.low == self.high and not both)

    def meets(self, low: int, high: int | None) -> bool:
        """Tell whether a number between two bounds, in hundredths and included, lies in it."""
        least = low if self.low is None else max(low, self.low)
        most = min((end for end in (self.high, high) if end is not None), default=None)
        if most is None or least < most:
            return True
        return least == most and Fraction(least, 100) in self


def read_interval(value: object, where: str, problems: list[Problem]) -> Interval | None:
    """Return the interval that a text describes, or None after adding what is wrong with it."""
    if not isinstance(value, str):
        problems.append(Problem(f"{show_value(value)} is not an interval.", where, _FIX))
        return None
    numbers = re.findall(_NUMBER, value)
    if any(len(number.partition(".")[2]) > 2 for number in numbers):
        what = f"The interval '{value}' has a bound with more than two decimals."
        problems.append(Problem(what, where, "Round it to two decimals."))
        return None
    interval = _parse(value.strip())
    if interval is None:
        problems.append(Problem(f"'{value}' is not an interval.", where, _FIX))
    elif interval.is_empty:
        what = f"No number lies in the interval '{value}'."
        problems.append(Problem(what, where, "Put the lower bound first, and let it be lower."))
        return None
    return interval


def _parse(text: str) -> Interval | None:
    if match := _ONE_SIDED.fullmatch(text):
        sign, bound = match[1], _hundredths(match[2])
        low = None if sign in ("<", "<=") else bound
        high = None if sign in (">", ">=") else bound
        return Interval(low, high, holds_low=sign != ">", holds_high=sign != "<")
    if match := _TWO_SIDED.fullmatch(text):
        low, high = _hundredths(match[2]), _hundredths(match[3])
        return Interval(low, high, holds_low=match[1] == "[", holds_high=match[4] == "]")
    return None


def _hundredths(number: str) -> int:
    return int(Fraction(number) * 100)
