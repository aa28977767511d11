"""What makes two names one team, and what names one assessment."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

MOST_TEAM_LETTERS: Final = 100
USABLE_NAME: Final = f"Use a name of 1 to {MOST_TEAM_LETTERS} printable characters."


class TeamName(str):
    """A team's name: equal whatever the case, the composition of accents and the spaces.

    It is shown as it was given, without the spaces around it, wherever text is shown. A set or
    a dictionary of teams holds names only: as text a name has another hash.
    """

    key: str
    """What is the same in all spellings of one name."""

    __slots__ = ("key",)

    def __new__(cls, given: str) -> "TeamName":
        """Return the name that somebody gave."""
        name = super().__new__(cls, given.strip())
        name.key = given.key if isinstance(given, TeamName) else _fold(given)
        return name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.key == TeamName(other).key

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class AssessmentKey:
    """What names one assessment: there is one for each team, questionnaire and day."""

    team: TeamName
    questionnaire: str
    day: date

    def __str__(self) -> str:
        return f"{self.team}, {self.questionnaire}, {self.day}"


def team_name_problem(name: str) -> str | None:
    """Say what makes a team's name unusable, or return None."""
    if not name.strip():
        return "The team has no name."
    if len(name.strip()) > MOST_TEAM_LETTERS:
        return (
            f"The team's name has {len(name.strip())} characters; {MOST_TEAM_LETTERS} are allowed."
        )
    if not name.isprintable():
        return f"The team's name {name!r} holds characters that cannot be printed."
    return None


def _fold(name: str) -> str:
    # Decomposed first and last, as Unicode's canonical caseless matching has it (D145). Through
    # the upper case as well: some letters meet there only, such as the dotless i of ISPARTA.
    folded = normalize("NFD", " ".join(name.split())).upper().casefold()
    return normalize("NFD", folded)
