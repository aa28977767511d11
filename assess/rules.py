"""Profile -> findings, each knowing the rule and evidence behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assess.scoring import Profile


@dataclass(frozen=True, slots=True)
class Situation:
    """All that rules may ask about.

    `rose` and `fell` hold dimensions with a clear change since last time; `carried` says how
    often an action was carried over.
    """

    profile: Profile
    hours_per_week: int
    team_size: int | None = None
    rose: frozenset[str] = frozenset()
    fell: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)
    agreement: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, with what it brings; `because` is the sentence for the plan.

    `dimension` is the one it fired for, where the rule is for each dimension. `boosts` maps a
    dimension, or `question.<id>`, to a positive factor.
    """

    rule: str
    because: str
    dimension: str | None = None
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    boosts: Mapping[str, int] = field(default_factory=dict)
    risk: str | None = None
    note: str | None = None
