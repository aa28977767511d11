"""Numbers as people type them: other decimal marks, spaces between thousands, units beside them.

Nothing is guessed: what can be read in two ways is decided by the values that the figure has
already, and refused without them.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assess.patterns import pattern
from assess.record import record

MOST_DIGITS: Final = 15
"""So many are exact wherever a number goes on its way."""
MOST_DECIMALS: Final = 6

_SPACES: Final = pattern(r"[\s\u00a0\u202f\u2009]+")
_DATE: Final = pattern(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{1,2}/\d{1,2}/\d+")
_BODY: Final = pattern(r"[+-]?[0-9][0-9 .,'’]*")
_GROUPED: Final = pattern(r"[0-9]{1,3}(?:[ '’.,][0-9]{3})+")
_MONEY: Final = {"€": ("eur", "euro"), "$": ("usd", "dollar"), "£": ("gbp", "pound")}


@record
class Misread:
    """Why a text is no number of a figure, and what to write instead."""

    what: str
    fix: str


def read_amount(text: str, unit: str = "", former: Sequence[Decimal] = ()) -> Decimal | Misread:
    """Return the number that a text says, with or without the figure's own unit beside it.

    By the figure's `former` values `1.234` is told from `1,234`.
    """
    shown = _SPACES.sub(" ", text).strip()
    plain = re.sub(r"[*`~]|\b_|_\b", "", shown).strip().replace("−", "-").replace("–", "-")
    if not plain:
        return Misread("There is no number.", "Write one, as in 120 or 12.5.")
    if _DATE.fullmatch(plain):
        return Misread(f"“{shown}” is a date, not a number.", "Write the number, as in 22.5.")
    bare = _without_unit(plain, unit)
    if isinstance(bare, Misread) and plain[:1].isdigit():
        return bare
    if isinstance(bare, Misread) or not _BODY.fullmatch(bare):
        return Misread(f"“{shown}” is not a number.", "Write digits only, as in 120 or 12.5.")
    return _read_marks(bare, shown, former)


def _without_unit(text: str, unit: str) -> str | Misread:
    """Take the figure's own unit off; another one means another figure."""
    own = unit.casefold()
    folded = text.casefold()
    if own and folded.endswith(own):
        text = text[: len(text) - len(own)]
    elif own and folded.startswith(own):
        text = text[len(own) :]
    for sign, names in _MONEY.items():
        if sign in text and (sign in own or any(name in own for name in names)):
            text = text.replace(sign, "")
    text = text.strip().removesuffix(",-").removesuffix(".-")
    if "%" in text and ("percent" in own or "%" in own):
        text = text.replace("%", "").strip()
    if other := re.search(r"[^\d\s.,'’+-]+", text):
        counted = f"the figure counts {unit}" if unit else "the figure has no unit"
        what = f"“{text}” says “{other[0]}”, and {counted}."
        return Misread(what, "Write the number alone; what counts otherwise is another figure.")
    return text


def _read_marks(text: str, shown: str, former: Sequence[Decimal]) -> Decimal | Misread:
    """Tell marks between thousands from the decimal one."""
    sign, body = ("-" if text[0] == "-" else ""), text.lstrip("+-").strip()
    last = max(body.rfind("."), body.rfind(","))
    kinds = {mark for mark in ".," if mark in body}
    is_single = len(kinds) == 1 and body.count(body[last]) == 1
    if is_single and 0 < last <= 3 and len(body) - last == 4 and body[0] != "0":
        return _decide(sign, body, last, shown, former)
    # Of two marks the last is the decimal one; one that stands several times is none.
    has_decimals = is_single or len(kinds) == 2
    whole, decimals = (body[:last], body[last + 1 :]) if has_decimals else (body, "")
    is_whole = whole.isdigit() or _GROUPED.fullmatch(whole)
    if not is_whole or (has_decimals and not decimals.isdigit()):
        return Misread(f"“{shown}” is not a number.", "Write it without marks between thousands.")
    digits = re.sub(r"[ '’.,]", "", whole)
    if len(digits) + len(decimals) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        fix = f"Use at most {MOST_DIGITS} digits, {MOST_DECIMALS} of them behind the point."
        return Misread(f"“{shown}” has too many digits.", fix)
    return Decimal(f"{sign}{digits}.{decimals or '0'}").normalize() + 0


def _decide(
    sign: str, body: str, place: int, shown: str, former: Sequence[Decimal]
) -> Decimal | Misread:
    """Decide between 1234 and 1.234: the one that lies nearer to what the figure had before."""
    large = Decimal(f"{sign}{body[:place]}{body[place + 1 :]}")
    small = Decimal(f"{sign}{body[:place]}.{body[place + 1 :]}")
    known = [abs(value) for value in former if value]
    if not known:
        fix = f"Write {large:f}, or {small.normalize():f} with another digit: {small:f}0."
        return Misread(f"“{shown}” can be {large:f} or {small:f}.", fix)
    # A thousand lies between the two readings, so the middle of that is far from both.
    middle = abs(large * small).sqrt()
    return large if sum(value > middle for value in known) * 2 >= len(known) else small
