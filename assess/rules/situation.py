"""All that rules may ask about, and the values that they look at.

A subject is one such value. It may not exist (a dimension that is not scored has no
share); then it is None, which is not 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Protocol

from assess.figures import Hours, hours_text, percent
from assess.questionnaire import STAGES
from assess.scoring import Profile


@dataclass(frozen=True, slots=True)
class Situation:
    """A team's profile and the circumstances that no answer tells.

    `rose` and `fell` hold dimensions with a clear change since last time; `carried` says how
    often an action was carried over (never, where it is not named); `agreement` holds the
    word of each dimension for which members agree or not; `hours_freed` are those a week that
    recurring work no longer takes; `goals_open_findings` counts what the check of the goals
    still finds; `about` holds what the start profile was answered with.
    """

    profile: Profile
    hours_per_week: Hours
    team_size: int | None = None
    rose: frozenset[str] = frozenset()
    fell: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)
    agreement: Mapping[str, str] = field(default_factory=dict)
    hours_freed: Hours | None = None
    goals_count: int | None = None
    goals_open_findings: int | None = None
    about: Mapping[str, str] = field(default_factory=dict)


class Subject(Protocol):
    """A number that a condition can look at; None where it does not exist."""

    def value(self, situation: Situation) -> Fraction | int | None: ...


@dataclass(frozen=True, slots=True)
class ScoreSubject:
    """The team's score of a stage, 1 to 3."""

    stage: int

    def value(self, situation: Situation) -> Fraction | None:
        scores = situation.profile.scores
        return None if scores is None else scores[self.stage - 1]


@dataclass(frozen=True, slots=True)
class Index:
    """The team's index."""

    def value(self, situation: Situation) -> Fraction | None:
        return situation.profile.index


@dataclass(frozen=True, slots=True)
class ShareSubject:
    """A dimension's share of a stage, 1 to 3, or of the team's current stage."""

    dimension: str
    stage: int | None

    def value(self, situation: Situation) -> Fraction | None:
        shares = situation.profile.dimensions[self.dimension].shares
        if shares is None:
            return None
        return shares[(self.stage or situation.profile.stage_number) - 1]


@dataclass(frozen=True, slots=True)
class DimensionIndex:
    """A dimension's index."""

    dimension: str

    def value(self, situation: Situation) -> Fraction | None:
        return situation.profile.dimensions[self.dimension].index


@dataclass(frozen=True, slots=True)
class LevelSubject:
    """The level of a question; don't-know and not-applicable have none."""

    question: str

    def value(self, situation: Situation) -> int | None:
        level = situation.profile.levels[self.question]
        return level if isinstance(level, int) else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The share of strong claims that have evidence.

    There is none without strong claims, and none in the members' view.
    """

    def value(self, situation: Situation) -> Fraction | None:
        check = situation.profile.evidence
        if check is None or not check.strong_claims:
            return None
        return Fraction(check.backed, check.strong_claims)


@dataclass(frozen=True, slots=True)
class MarginDown:
    """The fewest notches down that lose the stage."""

    def value(self, situation: Situation) -> int | None:
        margin = situation.profile.margin
        return None if margin is None else margin.down


@dataclass(frozen=True, slots=True)
class MarginUp:
    """The fewest notches up that finish the stage."""

    def value(self, situation: Situation) -> int | None:
        margin = situation.profile.margin
        return None if margin is None else margin.up


@dataclass(frozen=True, slots=True)
class Distance:
    """How many questions still have to reach the stage's level to finish it."""

    def value(self, situation: Situation) -> int | None:
        return situation.profile.distance


@dataclass(frozen=True, slots=True)
class Members:
    """How many members answered."""

    def value(self, situation: Situation) -> int:
        return situation.profile.members


@dataclass(frozen=True, slots=True)
class HoursPerWeek:
    """The hours a week that the whole team can invest."""

    def value(self, situation: Situation) -> Hours:
        return situation.hours_per_week


@dataclass(frozen=True, slots=True)
class HoursPerHead:
    """The hours a week that each person of the team can invest."""

    def value(self, situation: Situation) -> Fraction | None:
        size = situation.team_size
        return None if size is None else Fraction(situation.hours_per_week) / size


@dataclass(frozen=True, slots=True)
class HoursFreed:
    """The hours a week that were freed for the plan."""

    def value(self, situation: Situation) -> Hours | None:
        return situation.hours_freed


@dataclass(frozen=True, slots=True)
class GoalsCount:
    """How many goals the team has."""

    def value(self, situation: Situation) -> int | None:
        return situation.goals_count


@dataclass(frozen=True, slots=True)
class GoalsOpenFindings:
    """How much the check of the goals still finds."""

    def value(self, situation: Situation) -> int | None:
        return situation.goals_open_findings


@dataclass(frozen=True, slots=True)
class TeamSizeSubject:
    """How many people the team has, where somebody said so."""

    def value(self, situation: Situation) -> int | None:
        return situation.team_size


@dataclass(frozen=True, slots=True)
class Carried:
    """How often an action was carried over from plan to plan."""

    action: str

    def value(self, situation: Situation) -> int:
        return situation.carried.get(self.action, 0)


def is_share(subject: Subject) -> bool:
    """Tell whether a value runs from 0 to 1, and is shown in percent."""
    return isinstance(subject, ScoreSubject | Index | ShareSubject | DimensionIndex | Evidence)


def show_value(subject: Subject, situation: Situation) -> str:
    """Return a value as people see it, rounded down: to whole percent, or to two decimals."""
    value = subject.value(situation)
    if value is None:
        return "unknown"
    if is_share(subject):
        return percent(Fraction(value))
    return hours_text(Fraction(floor(value * 100), 100))


def stage_word(stage: int) -> str:
    """Return the name of stage 1, 2 or 3 as a word for people."""
    return STAGES[stage - 1].capitalize()
