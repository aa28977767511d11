"""What the catalogue says of an action, as records of its data file."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StrictBool, StrictInt

from assess.datafile import Id, Line, Names, QuarterHours, Record
from assess.errors import AssessError, nearest
from assess.figures import Hours

Cause = Literal["resources", "talent", "training", "culture", "alignment"]
Role = Literal["manager", "team", "specialist", "sponsor"]
ROLES: Final[Mapping[Role, str]] = {
    "manager": "the manager",
    "team": "the team",
    "specialist": "a specialist",
    "sponsor": "the sponsor",
}
"""How a task names who leads it."""
Kind = Literal["priority", "decision", "preparation"]
Rung = tuple[str, int]

CAUSES: Final[tuple[Cause, ...]] = ("resources", "talent", "training", "culture", "alignment")
PLACEHOLDERS: Final = frozenset({"team", "start_date", "end_date"})
"""What an objective may name between braces."""
MOST_PEOPLE: Final = 8
"""A larger team sends so many people."""


Lift = Annotated[StrictInt, Field(ge=1, le=3)]
Lines = Annotated[tuple[Line, ...], Field(strict=False, max_length=50)]


class Measure(Record):
    """A key figure of an action, with where it stands and where it should go."""

    name: Line
    baseline: Line
    target: Line
    unit: Annotated[str, Field(min_length=1, max_length=20)] | None = None


Measures = Annotated[tuple[Measure, ...], Field(strict=False, max_length=50)]


class Upkeep(Record):
    """What a habit takes a week once it stands, all in all and for each person in it."""

    hours: QuarterHours = 0
    each: QuarterHours = 0

    def hours_of(self, team_size: int) -> Hours:
        """Return what it takes a team of so many people."""
        return self.hours + self.each * min(team_size, MOST_PEOPLE)


class Step(Upkeep):
    """One piece of an action; `week` counts from the action's first week, from 1.

    A step that serves only some lifts (`for` in the file) is left out where these are reached.
    """

    # `for` is no name in Python, and the name that stands for it none of the file.
    model_config = ConfigDict(populate_by_name=False)

    week: Annotated[StrictInt, Field(ge=1, le=53)]
    hours: QuarterHours
    do: Line
    serves: Names | None = Field(default=None, alias="for", min_length=1)


class Only(Record):
    """The words of an action for the case that just one of its lifts is left."""

    title: Line | None = None
    objective: Line | None = None
    measures: Measures | None = None


class Action(Record):
    """A piece of work from the catalogue.

    `needs` are levels that must hold before it begins; `only` has words by the lift that is
    left; `supports` is who supports the work until it is done. What `frees_hours` is done once
    recurring work gave some back.
    """

    id: Id
    title: Line
    objective: Line
    lifts: Mapping[str, Lift] = Field(default_factory=dict)
    needs: Mapping[str, Lift] = Field(default_factory=dict)
    role: Role
    supports: Role | None = None
    causes: Annotated[tuple[Cause, ...], Field(strict=False, max_length=50)] = ()
    measures: Measures = ()
    levers: Lines = ()
    upkeep: Upkeep | None = None
    frees_hours: StrictBool = False
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1, max_length=50)]
    only: Mapping[str, Only] = Field(default_factory=dict)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The rungs that the action offers, in the order of its `lifts`."""
        return tuple(self.lifts.items())

    @property
    def needed_rungs(self) -> tuple[Rung, ...]:
        """All rungs up to the levels that the action needs."""
        return tuple((q, level) for q, most in self.needs.items() for level in range(1, most + 1))

    @property
    def kind(self) -> Kind:
        """A preparation lifts nothing itself; a decision takes no hours; all else is work."""
        if not self.lifts:
            return "preparation"
        return "priority" if any(step.hours or step.each for step in self.steps) else "decision"


class Catalogue(Record):
    """All actions for one questionnaire, in file order."""

    actions: tuple[Action, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Action]:
        return {action.id: action for action in self.actions}


def find_action(catalogue: Catalogue, wanted: str, where: str) -> Action:
    """Return the action of an id, a title, or a part of a title that only one has.

    Raises:
        AssessError: None has it, or several do.
    """
    if wanted in catalogue.by_id:
        return catalogue.by_id[wanted]
    text = wanted.casefold().strip()
    named = [a for a in catalogue.actions if a.title.casefold() == text]
    found = named or [a for a in catalogue.actions if text and text in a.title.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"'{wanted}' stands in {len(found)} titles."
        fix = f"Use one of these ids: {', '.join(action.id for action in found)}."
        raise AssessError(what, where, fix)
    fix = f"{nearest(wanted, catalogue.by_id)} See them all with: assess actions"
    raise AssessError(f"Unknown action '{wanted}'.", where, fix)
