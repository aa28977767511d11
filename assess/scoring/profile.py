"""What scoring makes of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.margin import Margin
from assess.scoring.stage import Shares, mean_index

View = Literal["manager", "members", "consensus"]
VIEWS: Final[tuple[View, ...]] = ("consensus", "members", "manager")
"""The first of them that may be shown drives stage, plan and comparison."""

Status = Literal["scored", "not-scored", "not-applicable"]
Level = int | Literal["dont-know", "not-applicable"]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: how many of its questions have a level, and its shares when scored.

    In the members' view `answered` is None: it would tell of single answers. `coarse_index` is
    set there alone, where shares in steps of five points no longer give the index.
    """

    id: str
    status: Status
    answered: int | None
    shares: Shares | None
    coarse_index: Fraction | None = None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three shares, from 0 to 1."""
        if self.coarse_index is not None or self.shares is None:
            return self.coarse_index
        return mean_index(self.shares)


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """Strong claims (levels 2 and 3), and what is left when only evidence counts.

    `unbacked` holds the questions with a strong claim and no evidence, in file order: the
    reading list for the next check-in. `scores` and `stage` count each of them one level lower.
    """

    strong_claims: int
    unbacked: tuple[str, ...]
    scores: Shares | None
    stage: str | None

    @property
    def backed(self) -> int:
        return self.strong_claims - len(self.unbacked)


@dataclass(frozen=True, slots=True)
class UnknownCheck:
    """How many questions nobody could answer, and the stage if each were at level 0."""

    dont_know: int
    stage: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A score for each dimension and stage, the team's stage, and how sure we are.

    `dimensions` and `levels` follow the questionnaire. `levels` has, for every question,
    its level or why it has none. `scores` and `stage` are None when nothing is scored; `margin`
    then names what needs answers. In the members' view everything that would tell of single
    answers is None: `margin`, `evidence` and `unknown`; the figures are the members' means in
    steps of five points, and a level is the middle one, or "dont-know" where it is withheld.
    `members` counts all who answered, also while their view is withheld.
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
    evidence: EvidenceCheck | None
    unknown: UnknownCheck | None
    coarse_index: Fraction | None = None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three stage scores, from 0 to 1."""
        if self.coarse_index is not None or self.scores is None:
            return self.coarse_index
        return mean_index(self.scores)

    @property
    def stage_number(self) -> int:
        """1 to 3; the level that the work of the current stage reaches. There is a stage."""
        return STAGES.index(self.stage or STAGES[0]) + 1

    @property
    def unscored(self) -> tuple[str, ...]:
        """The dimensions that need more answers, in the order of the questionnaire."""
        return tuple(d.id for d in self.dimensions.values() if d.status == "not-scored")
