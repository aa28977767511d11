"""What scoring makes of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assess.errors import Problem
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.margin import Margin
from assess.scoring.stage import Shares, mean_index

View = Literal["manager", "members", "consensus"]
VIEWS: Final[tuple[View, ...]] = ("consensus", "members", "manager")
"""The first of them that may be shown drives stage, plan and comparison."""

Status = Literal["scored", "not-scored", "not-applicable"]
Level = int | Literal["dont-know", "not-applicable"]
Guard = Literal["not-applicable"]
"""Why answers have shares but no stage: too much of the questionnaire does not apply."""

MOST_NOT_APPLICABLE: Final = Fraction(1, 3)
"""Beyond this part of the asked questions, a stage would speak of too little."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: how many of its questions have a level, and its shares when scored.

    In the members' view `answered` is None: it would tell of single answers.
    """

    id: str
    status: Status
    answered: int | None
    shares: Shares | None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three shares, from 0 to 1."""
        return None if self.shares is None else mean_index(self.shares)


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """Answers of the current stage's level that were drawn, and how many have shown evidence."""

    questions: tuple[str, ...]
    shown: int


@dataclass(frozen=True, slots=True)
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
    then names what needs answers. With a guard there are scores but no `stage`, `margin` and
    `distance`. `distance` counts the questions that have to reach the stage's level until it is
    finished; `not_applicable` those that were answered so. In the members' view everything that
    would tell of single answers is None: `margin`, `distance`, `not_applicable`, `evidence` and
    `unknown`; the figures are the members' means in steps of five points; a level is the
    middle one, or "dont-know" where it is withheld: below twice the minimum,
    everywhere. `members` counts all who answered, also while their view is withheld.
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
    distance: int | None
    not_applicable: int | None
    evidence: EvidenceCheck | None
    unknown: UnknownCheck | None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three stage scores, from 0 to 1."""
        return None if self.scores is None else mean_index(self.scores)

    @property
    def stage_number(self) -> int:
        """1 to 3; the level that the work of the current stage reaches. There is a stage."""
        return STAGES.index(self.stage or STAGES[0]) + 1

    @property
    def guard(self) -> Guard | None:
        """Why there is no stage although dimensions are scored; else None."""
        silent = self.not_applicable
        return "not-applicable" if silent and is_guarded(silent, len(self.levels)) else None

    @property
    def unscored(self) -> tuple[str, ...]:
        """The dimensions that need more answers, in the order of the questionnaire."""
        return tuple(d.id for d in self.dimensions.values() if d.status == "not-scored")


def is_guarded(not_applicable: int, asked: int) -> bool:
    """Tell whether so much of what was asked does not apply that there is no stage."""
    return not_applicable > MOST_NOT_APPLICABLE * asked


def why_no_stage(profile: Profile) -> Problem:
    """Say why answers have no stage, and so no plan, and what to do."""
    if profile.guard:
        what = (
            f"{profile.not_applicable} of {len(profile.levels)} questions are answered with "
            '"does not apply", more than a third: too much for a stage and a plan.'
        )
        fix = "Answer more of them with a level, or use a questionnaire that fits the team."
        return Problem(what, "the answers", fix)
    titles = (profile.questionnaire.titles[d] for d in profile.unscored)
    return Problem(
        "There is no stage yet, and so no plan: no dimension has enough answers.",
        "the answers",
        f"Answer at least half of the questions on: {', '.join(titles)}."
        if profile.unscored
        else "Answer the questions of at least one dimension with a level.",
    )
