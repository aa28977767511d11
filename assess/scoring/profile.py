"""What scoring makes of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.margin import Margin
from assess.scoring.stage import Shares

View = Literal["manager", "members", "consensus"]
Status = Literal["scored", "not-scored", "not-applicable"]
Level = int | Literal["dont-know", "not-applicable"]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: how many of its questions have a level, and its shares when scored."""

    id: str
    status: Status
    answered: int
    shares: Shares | None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three shares, from 0 to 1."""
        return None if self.shares is None else sum(self.shares, Fraction(0)) / 3


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """Strong claims (levels 2 and 3), those with evidence, and the stage on evidence alone."""

    strong_claims: int
    backed: int
    stage: str | None


@dataclass(frozen=True, slots=True)
class UnknownCheck:
    """How many questions nobody could answer, and the stage if each were at level 0."""

    dont_know: int
    stage: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A score for each dimension and stage, the team's stage, and how sure we are.

    `dimensions` and `levels` follow the questionnaire. `levels` has, for every question,
    its level or why it has none. `scores` and `stage` are None when nothing is scored.
    `margin` is None when nothing is scored and in the members' view.
    """

    questionnaire: Questionnaire
    view: View
    managers: int
    members: int
    dimensions: Mapping[str, DimensionScore]
    levels: Mapping[str, Level]
    scores: Shares | None
    stage: str | None
    complete: bool
    margin: Margin | None
    evidence: EvidenceCheck
    unknown: UnknownCheck

    @property
    def index(self) -> Fraction | None:
        """The mean of the three stage scores, from 0 to 1."""
        return None if self.scores is None else sum(self.scores, Fraction(0)) / 3

    @property
    def stage_number(self) -> int:
        """1 to 3; the level that the work of the current stage reaches. There is a stage."""
        return STAGES.index(self.stage or STAGES[0]) + 1

    @property
    def unscored(self) -> tuple[str, ...]:
        """The dimensions that need more answers, in the order of the questionnaire."""
        return tuple(d.id for d in self.dimensions.values() if d.status == "not-scored")
