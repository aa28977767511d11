"""One-time codes of invitations: easy to read aloud, and a slip is told from a wrong code.

A code is eleven letters drawn at random, 54 bits, and one that checks them. The 31 letters
leave out those that look alike (0 and O, 1, I and L). Their number is prime, and each place
has a weight of its own, so that any one wrong letter and any two exchanged ones are noticed.
"""

import unicodedata
from hashlib import pbkdf2_hmac
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DRAWN: Final = 11
FEWEST_INVITED: Final = 3
MOST_INVITED: Final = 500
_GROUP: Final = 4
IGNORED: Final = " -‐‑‒–—."
CODE_ROUNDS: Final = 20_000
"""With 54 bits a guess at each code of a stolen store takes tens of thousands of GPU years."""


def count_codes() -> int:
    return len(LETTERS) ** DRAWN


def make_code(number: int) -> str:
    """Return the code with this number, from 0 to `count_codes()` - 1, in groups of four."""
    letters = []
    for _ in range(DRAWN):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    text = "".join(letters)
    # The last weight is 12; its inverse turns what is missing into the letter.
    missing = -_weigh(text) * pow(DRAWN + 1, -1, len(LETTERS))
    return show_code(text + LETTERS[missing % len(LETTERS)])


def show_code(code: str) -> str:
    """Return a plain code in groups, as it is printed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def plain_code(typed: str) -> str:
    """Return a code as it counts: in capitals, without what people put between letters."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in text if letter not in IGNORED)


def code_problem(typed: str) -> str | None:
    """Say what makes this no code at all, whoever was invited; None if it may be one."""
    code = plain_code(typed)
    if not code:
        return "There is no code."
    if len(code) != DRAWN + 1:
        return f"A code has {DRAWN + 1} letters and digits; this has {len(code)}."
    if wrong := [letter for letter in code if letter not in LETTERS]:
        return f"No code has the letter '{wrong[0]}'."
    if _weigh(code) % len(LETTERS):
        return "A letter of this code is mistyped."
    return None


def hash_code(typed: str, salt: bytes) -> str:
    """Return what is kept of a code."""
    return pbkdf2_hmac("sha256", plain_code(typed).encode(), salt, CODE_ROUNDS).hex()


def _weigh(code: str) -> int:
    return sum(place * LETTERS.index(letter) for place, letter in enumerate(code, start=1))
