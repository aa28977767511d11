"""What a profile is made of."""

from fractions import Fraction
from typing import Final, Literal

from assess.record import record
from assess.scoring.stage import Shares, mean_index

View = Literal["manager", "members", "consensus"]
VIEWS: Final[tuple[View, ...]] = ("consensus", "members", "manager")
"""The first of them that may be shown drives stage, plan and comparison."""

Status = Literal["scored", "not-scored", "not-applicable"]
Level = int | Literal["dont-know", "not-applicable"]
Agreement = Literal["aligned", "mixed", "split"]
Guard = Literal["not-applicable"]
"""Why answers have shares but no stage: too much of the questionnaire does not apply."""

MOST_NOT_APPLICABLE: Final = Fraction(1, 3)
"""Beyond this part of the asked questions, a stage would speak of too little."""


@record
class DimensionScore:
    """One dimension: how many of its questions have a level, and its shares when scored.

    In the members' view `answered` is None: it would tell of single answers; the others have no
    `agreement`.
    """

    id: str
    status: Status
    answered: int | None
    shares: Shares | None
    agreement: Agreement | None = None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three shares, from 0 to 1."""
        return None if self.shares is None else mean_index(self.shares)


@record
class SpotCheck:
    """Answers of the current stage's level that were drawn, and how many have shown evidence."""

    questions: tuple[str, ...]
    shown: int


@record
class EvidenceCheck:
    """Strong claims (levels 2 and 3), and what is left when only shown evidence counts.

    `unbacked` holds the questions with a strong claim and no shown evidence, in file order: the
    reading list for the next check-in; `named` those of them that have a text all the same.
    `scores` and `stage` count each unbacked claim one level lower. `spot` is None where there is
    no stage, and for one of several members.
    """

    strong_claims: int
    unbacked: tuple[str, ...]
    named: tuple[str, ...]
    scores: Shares | None
    stage: str | None
    spot: SpotCheck | None

    @property
    def backed(self) -> int:
        return self.strong_claims - len(self.unbacked)


@record
class UnknownCheck:
    """How many questions nobody could answer, and the stage if each were at level 0."""

    dont_know: int
    stage: str | None


def is_guarded(not_applicable: int, asked: int) -> bool:
    """Tell whether so much of what was asked does not apply that there is no stage."""
    return not_applicable > MOST_NOT_APPLICABLE * asked
