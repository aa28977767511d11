"""What a rules file says: weights, limits, rules and examples."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from assess.catalogue.action import Cause
from assess.datafile import Exact, Id, Line, Names, QuarterHours, Record, TeamSize
from assess.figures import Hours
from assess.record import record
from assess.rules.condition import AnyOf, Condition
from assess.rules.placeholder import PlaceholderWord
from assess.scoring.records import Level

Positive = Annotated[StrictInt, Field(ge=1, le=1_000_000)]


class Weights(Record):
    """What winning one rung is worth, by where its stage lies from the current one."""

    finished_stages: Positive = 3
    current_stage: Positive = 4
    next_stage: Positive = 1

    def of_rung(self, level: int, stage_number: int) -> int:
        """Return the weight of a rung at a level, 1 to 3, for a team in stage 1, 2 or 3."""
        if level < stage_number:
            return self.finished_stages
        if level == stage_number:
            return self.current_stage
        return self.next_stage if level == stage_number + 1 else 0


class Limits(Record):
    """How much fits into a plan.

    `priorities` and `decisions` count in all; `at_once` and `starts_per_week` count actions
    that take hours. `fill` is the part of the quarter's hours that is planned at most.
    Where nobody said how many hours a week has, they are `hours_per_head` for each of a team,
    of `default_team_size` where nobody said how large; or `hours_per_week` where the plan is one
    person's, however large the team is.
    """

    priorities: Annotated[StrictInt, Field(ge=1, le=100)] = 8
    decisions: Annotated[StrictInt, Field(ge=0, le=100)] = 3
    at_once: Annotated[StrictInt, Field(ge=1, le=100)] = 3
    starts_per_week: Annotated[StrictInt, Field(ge=1, le=100)] = 2
    fill: Annotated[Exact, Field(gt=0, le=1)] = Decimal("0.8")
    weeks: Annotated[StrictInt, Field(ge=1, le=13)] = 13
    hours_per_head: QuarterHours = 1
    hours_per_week: QuarterHours | None = None
    default_team_size: TeamSize = 5

    def default_hours(self, team_size: int | None = None) -> Hours:
        """Return the hours a week of a team of so many people, or of the default size."""
        if self.hours_per_week is not None:
            return self.hours_per_week
        return self.hours_per_head * (team_size or self.default_team_size)


@record
class Case:
    """One way in which a rule can fire: the only one, or the one for a dimension.

    `words` holds what stands behind each placeholder of the rule's texts.
    """

    dimension: str | None
    condition: Condition
    boosts: Mapping[str, int]
    words: Mapping[str, PlaceholderWord]


class RuleTable(Record):
    """A rule as it is written: when it fires, and what it brings."""

    id: Id
    for_each: Literal["dimension"] | None = None
    when: Mapping[str, Any]
    must: Names = ()
    avoid: Names = ()
    boost: Any = None
    risk: Cause | None = None
    note: Line | None = None
    because: Line


class Rule(RuleTable):
    """A rule that was read, with the ways in which it can fire.

    A rule for each dimension has a case for every one, in the order of the questionnaire;
    any other has one case.
    """

    cases: tuple[Case, ...]

    @property
    def condition(self) -> Condition:
        """Holds where the rule fires, for whatever dimension."""
        return AnyOf(tuple(case.condition for case in self.cases))

    @property
    def boosts(self) -> Mapping[str, int]:
        """What the rule boosts, in whatever case."""
        return {key: factor for case in self.cases for key, factor in case.boosts.items()}


class ExampleTable(Record):
    """An example as it is written: a team described in short, and what has to come out."""

    given: Mapping[str, Any]
    stage: str | None = None
    plan_has: Names = ()
    plan_lacks: Names = ()


class Example(ExampleTable):
    """An example that was read; `number` counts from 1.

    `given` has an answer for every question that is asked of a team that says `about` of itself.
    """

    number: int
    given: Mapping[str, Level]
    about: Mapping[str, str]
    hours_per_week: Hours
    team_size: int


@record
class Rules:
    """The decision table of one questionnaire; rules and examples in file order."""

    weights: Weights
    limits: Limits
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
