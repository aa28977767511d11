"""What a comparison says. Indices, scores and changes are exact fractions of 1.

In the members' view they are differences of figures in steps of five points, as shown, while
the words are decided on the unrounded ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assess.comparison.matching import Matching
from assess.comparison.noise import Word
from assess.identity import TeamName
from assess.scoring import Profile, View


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A figure then and now; either is None where it was not scored."""

    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class IndexChange:
    """The team's index over the compared dimensions, then and now."""

    before: Fraction
    after: Fraction
    mdc: float
    word: Word

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """A dimension's index on the compared questions, then and now.

    `respondents` counts those who have it scored, then and now. A focus dimension is judged
    alone, so `p_adjusted` is None. In the members' view both p-values are None: they would
    give the exact change away.
    """

    dimension: str
    before: Fraction
    after: Fraction
    respondents: tuple[int, int]
    mdc: float
    focus: bool
    p: float | None
    p_adjusted: float | None
    word: Word

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """A compared question whose level changed."""

    question: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of the plan in between: whether it was done, and the levels it was to reach."""

    action: str
    done: bool
    lifts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments side by side: what moved, and whether it is more than noise.

    `before` and `after` are the whole profiles, in the view that is compared. `dimensions`
    holds those with enough compared questions, in the order of the later questionnaire; `index`
    is None when there is none. `moves` is empty in the members' view, where single levels are
    not shown. `other_team` is the second of two teams that were put side by side, else None.
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
    other_team: TeamName | None = None

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
