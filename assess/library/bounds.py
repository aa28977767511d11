"""How much a TOML or JSON text may hold, judged in one pass before it is parsed.

Parsers of nested text recurse, and numbers of any length cost the square of it. So depth
and digits are bounded here, by a scan that looks at each character once: strings and
comments are skipped, and the pattern never goes back: whatever may follow a repeated group
matches where the group ends. The group itself is not possessive, because Python 3.11.0 to
3.11.4 err there (python/cpython#106052).
"""

import re
from typing import Final

from assess.patterns import pattern

DEEPEST: Final = 32
"""Our own files nest five levels; nobody follows thirty."""

MOST_DIGITS: Final = 18
"""Every whole number of so many digits fits where numbers are kept."""

MOST_DECIMALS: Final = 30
MOST_LETTERS: Final = 200
"""Of a name without quotes; ids have 60."""

_TOKEN: Final = pattern(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*(?:"{3,5}|\\?\Z)'''
    r"""|'''(?:[^']++|'(?!''))*(?:'{3,5}|\Z)"""
    r"""|"(?:[^"\\\n]++|\\.)*"?"""
    r"""|'[^'\n]*+'?"""
    r"""|\#[^\n]*+"""
    r"""|(?P<opening>[\[{])|(?P<closing>[\]}])|(?P<dot>\.)|(?P<end>[=,:\n])"""
    r"""|(?P<word>[^\s"'\#\[\]{}=,:.]++)""",
    re.DOTALL,
)
_NUMBER: Final = pattern(r"[+-]?(?:0[xob][0-9a-fA-F_]+|[0-9][0-9_]*)")
_LARGE_EXPONENT: Final = pattern(r"[+-]?[0-9][0-9_]*[eE][+-]?[0-9_]{3,}")


def find_excess(text: str, most_values: int | None = None) -> tuple[int, str] | None:
    """Return the line, from 1, and what is too much there; None where all is within bounds."""
    depth = dots = values = 0
    for token in _TOKEN.finditer(text):
        what = None
        match token.lastgroup:
            case "opening":
                depth, dots = depth + 1, 0
            case "closing":
                depth, dots = max(0, depth - 1), 0
            case "dot":
                dots += 1
            case "end":
                dots = 0
                values += token[0] in "=,"
            case "word":
                before = text[max(0, token.start() - 1) : token.start()]
                what = _excess_of(token[0], is_fraction=before == ".")
        if depth + dots > DEEPEST:
            what = f"This is nested more than {DEEPEST} levels deep"
        if most_values is not None and values > most_values:
            what = f"There are more than {most_values:,} values"
        if what is not None:
            return text.count("\n", 0, token.start()) + 1, what
    return None


def _excess_of(word: str, *, is_fraction: bool) -> str | None:
    most = MOST_DECIMALS if is_fraction else MOST_DIGITS
    if _NUMBER.fullmatch(word) and len(word) > most + 3:
        return f"This number has {len(word)} digits; {most} are allowed"
    if _LARGE_EXPONENT.fullmatch(word):
        return "This number is too large or too small; its exponent has more than two digits"
    if len(word) > MOST_LETTERS:
        return f"This name or value has {len(word)} characters; {MOST_LETTERS} are allowed"
    return None
