"""What a comparison says. Indices, scores and changes are exact fractions of 1.

In the members' view they follow from the shares in steps of five points that are shown, and so
do the words.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assess.comparison.matching import Matching
from assess.comparison.noise import SIGNIFICANCE, Word
from assess.comparison.promise import FollowedPromise
from assess.identity import TeamName
from assess.record import record
from assess.scoring.profile import Profile
from assess.scoring.records import View

Quarter = tuple[date, Profile]
"""The day of an assessment, and what scoring makes of it in one view."""


@record
class ScoreChange:
    """A figure then and now; either is None where it was not scored."""

    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@record
class IndexChange:
    """The team's index over the compared dimensions, then and now."""

    before: Fraction
    after: Fraction
    mdc: float
    word: Word

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@record
class DimensionChange:
    """A dimension's index on the compared questions, then and now.

    `rest` is how the others changed, and `mdc` how far from it a change is clear on its own.
    `questions` counts those compared.
    """

    dimension: str
    before: Fraction
    after: Fraction
    questions: int
    rest: Fraction
    mdc: float
    p: float
    p_adjusted: float
    word: Word

    @property
    def change(self) -> Fraction:
        return self.after - self.before

    @property
    def only_stands_out(self) -> bool:
        """Whether it is clearly apart from the others without a clear change of its own."""
        return self.p_adjusted <= SIGNIFICANCE and self.word == "no clear change"


@record
class Move:
    """A compared question whose level changed."""

    question: str
    before: int
    after: int


@record
class PlannedAction:
    """An action of the plan in between: whether it was done, and the levels it was to reach.

    `steps` are those done and those there were, `owners` who had them.
    """

    action: str
    title: str
    done: bool
    steps: tuple[int, int]
    owners: tuple[str, ...]
    lifts: Mapping[str, int]


@record
class ComparedFigure:
    """A key figure at both dates, and the `action` that was to move it, if one was named.

    It is that of a `goal`, or else the measure of the action. `helped_by` is the action's title,
    where the plan had it; `progress` is where the figure is today on its way, from 0 to 1, and
    `aim` what is said of a target that is no number. What moved it nobody claims to know.
    """

    goal: str | None
    action: str | None
    figure: str
    name: str
    unit: str
    before: Decimal | None
    after: Decimal | None
    target: Decimal | None
    progress: Fraction | None
    aim: str = ""
    helped_by: str = ""


@record
class Comparison:
    """Two assessments side by side: what moved, and whether it is more than noise.

    `before` and `after` are the whole profiles, in the view that is compared. `dimensions`
    holds those with enough compared questions, in the order of the later questionnaire; `index`
    is None when there is none. `planned` is what came of the promise of the plan in between, None
    without one; `moves` follow the kind of answers that this plan was made from. `respondents`
    counts those whose answers are compared, then and now. `other_team` is the second of two teams
    that were put side by side, else None. `figures` are those of the goals between the dates.
    """

    team: TeamName
    start: date
    end: date
    same_respondents: bool
    before: Profile
    after: Profile
    matching: Matching
    scores: Mapping[str, ScoreChange]
    index: IndexChange | None
    dimensions: Mapping[str, DimensionChange]
    moves: tuple[Move, ...]
    actions: tuple[PlannedAction, ...]
    respondents: tuple[int, int]
    planned: FollowedPromise | None = None
    other_team: TeamName | None = None
    figures: tuple[ComparedFigure, ...] = ()

    @property
    def view(self) -> View:
        """Whose answers are compared, then and now."""
        return self.after.view

    @property
    def rose(self) -> frozenset[str]:
        """The dimensions with a clear rise."""
        return frozenset(d.dimension for d in self.dimensions.values() if d.word == "clear rise")

    @property
    def fell(self) -> frozenset[str]:
        """The dimensions with a clear fall."""
        return frozenset(d.dimension for d in self.dimensions.values() if d.word == "clear fall")

    def moves_of(self, action: PlannedAction) -> tuple[Move, ...]:
        """Return what moved of that which an action was to lift."""
        return tuple(move for move in self.moves if move.question in action.lifts)
