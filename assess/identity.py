"""What makes two names one, of a team or of a person, and what names one assessment."""

from datetime import date
from typing import Final, Self
from unicodedata import category, normalize

from assess.record import record

MOST_LETTERS: Final = 100
USABLE_NAME: Final = f"Use a name of 1 to {MOST_LETTERS} printable characters."

_JOINERS: Final = "\u200c\u200d"
"""Of the invisible characters those that are part of writing: Persian, Hindi, emoji."""

_WITHOUT_JOINERS: Final = str.maketrans("", "", _JOINERS)


class SpokenName(str):
    """A name as people say it: equal whatever the case, the composition of accents, the spaces.

    It is shown as it was given, without the spaces around it, wherever text is shown; spaces
    that a word processor made wide, narrow or unbreakable are plain ones, and invisible marks
    that came along when it was pasted are gone. A set or a dictionary of names holds names
    only: as text a name has another hash.
    """

    key: str
    """What is the same in all spellings of one name."""

    __slots__ = ("key",)

    def __new__(cls, given: str) -> Self:
        if isinstance(given, cls):
            return given
        plain = _plain(given)
        name = super().__new__(cls, plain)
        name.key = _fold(plain)
        return name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.key == SpokenName(other).key

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key)


class TeamName(SpokenName):
    """The name of a team."""

    __slots__ = ()


class PersonName(SpokenName):
    """The name of a person in a team, or of its sponsor."""

    __slots__ = ()


@record
class AssessmentKey:
    """What names one assessment: there is one for each team, questionnaire and day."""

    team: TeamName
    questionnaire: str
    day: date

    def __str__(self) -> str:
        return f"{self.team}, {self.questionnaire}, {self.day}"


def name_problem(name: str, whose: str = "team") -> str | None:
    plain = _plain(name)
    if not plain.strip(_JOINERS):
        return f"The {whose} has no name."
    if len(plain) > MOST_LETTERS:
        return f"The {whose}'s name has {len(plain)} characters; {MOST_LETTERS} are allowed."
    if not all(letter.isprintable() or letter in _JOINERS for letter in plain):
        return f"The {whose}'s name {name!r} holds characters that cannot be printed."
    return None


def _plain(name: str) -> str:
    """Return a name with plain spaces only, and without what cannot be seen in it."""
    if name.isprintable():
        return name.strip()
    return "".join(map(_plain_letter, name)).strip()


def _plain_letter(letter: str) -> str:
    kind = category(letter)
    if kind == "Zs":
        return " "
    return "" if kind == "Cf" and letter not in _JOINERS else letter


def _fold(name: str) -> str:
    # Decomposed first and last, as Unicode's canonical caseless matching has it (D145). Through
    # the upper case as well: some letters meet there only, such as the dotless i of ISPARTA.
    words = " ".join(name.translate(_WITHOUT_JOINERS).split())
    folded = normalize("NFD", words).upper().casefold()
    return normalize("NFD", folded)
