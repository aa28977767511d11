"""All that rules may ask about, and the values that they look at.

A subject is one such value. It may not exist (a dimension that is not scored has no
share); then it is None, which is not 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from functools import partial
from math import floor
from typing import Final, Literal

from assess.figures import Hours, hours_text, percent
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile


@record
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


def _evidence(situation: Situation) -> Fraction | None:
    """Return the share of strong claims that have evidence.

    There is none without strong claims, and none in the members' view.
    """
    check = situation.profile.evidence
    if check is None or not check.strong_claims:
        return None
    return Fraction(check.backed, check.strong_claims)


def _hours_per_head(situation: Situation) -> Fraction | None:
    size = situation.team_size
    return None if size is None else Fraction(situation.hours_per_week) / size


def _score(situation: Situation, place: int) -> Fraction | None:
    scores = situation.profile.scores
    return None if scores is None else scores[place]


TEAM_SHARES: Final[Mapping[str, Callable[[Situation], Fraction | None]]] = {
    **{stage: partial(_score, place=place) for place, stage in enumerate(STAGES)},
    "index": lambda situation: situation.profile.index,
    "evidence": _evidence,
}
"""What runs from 0 to 1 for the whole team, by its key."""

TEAM_NUMBERS: Final[Mapping[str, Callable[[Situation], Fraction | int | None]]] = {
    **TEAM_SHARES,
    "margin.down": lambda situation: m.down if (m := situation.profile.margin) else None,
    "margin.up": lambda situation: m.up if (m := situation.profile.margin) else None,
    "distance": lambda situation: situation.profile.distance,
    "members": lambda situation: situation.profile.members,
    "hours_per_week": lambda situation: situation.hours_per_week,
    "hours_per_head": _hours_per_head,
    "hours.freed": lambda situation: situation.hours_freed,
    "goals.count": lambda situation: situation.goals_count,
    "goals.open_findings": lambda situation: situation.goals_open_findings,
    "team_size": lambda situation: situation.team_size,
}
"""Every number of the whole team, by its key."""


@record
class Subject:
    """A number that a condition can look at; None where it does not exist.

    It is one of the whole team, by its key; the share or the index of a dimension; the level of a
    question, which don't-know and not-applicable have none of; or how often an action was carried
    over from plan to plan. A share is of a stage, 1 to 3, or of the team's current one.
    """

    kind: Literal["team", "share", "index", "level", "carried"]
    of: str
    stage: int | None = None

    @property
    def key(self) -> str:
        """The key under which it stands in `when`; `goals` for a share of the current stage."""
        match self.kind:
            case "share" if self.stage:
                return f"{self.of}.{STAGES[self.stage - 1]}"
            case "index":
                return f"{self.of}.index"
            case "level":
                return f"question.{self.of}"
            case "carried":
                return f"carried.{self.of}"
            case _:
                return self.of

    @property
    def is_share(self) -> bool:
        """Whether it runs from 0 to 1, and is shown in percent."""
        return self.kind in ("share", "index") or self.key in TEAM_SHARES

    def value(self, situation: Situation) -> Fraction | int | None:
        profile = situation.profile
        match self.kind:
            case "team":
                return TEAM_NUMBERS[self.of](situation)
            case "share":
                shares = profile.dimensions[self.of].shares
                return shares and shares[(self.stage or profile.stage_number) - 1]
            case "index":
                return profile.dimensions[self.of].index
            case "level":
                level = profile.level(self.of)
                return level if isinstance(level, int) else None
            case "carried":
                return situation.carried.get(self.of, 0)


def show_value(subject: Subject, situation: Situation) -> str:
    """Return a value as people see it, rounded down: to whole percent, or to two decimals."""
    value = subject.value(situation)
    if value is None:
        return "unknown"
    if subject.is_share:
        return percent(Fraction(value))
    return hours_text(Fraction(floor(value * 100), 100))


def stage_word(stage: int) -> str:
    """Return the name of stage 1, 2 or 3 as a word for people."""
    return STAGES[stage - 1].capitalize()
