"""Actions: what each lifts, needs and costs.

A rung is one (question, level) with a level of 1 to 3. An action offers the rungs of its
`lifts`. Weeks count from the action's first week, which is 1; hours are whole, and for
the whole team.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from string import Formatter
from typing import Annotated, Final, Literal

from pydantic import Field, StrictInt

from assess.datafile import (
    Id,
    Line,
    Names,
    Record,
    Table,
    entry_ids,
    read_entries,
    refuse_duplicates,
    refuse_unknown_keys,
)
from assess.errors import AssessError, DataFileError, Problem, nearest
from assess.questionnaire import Questionnaire

Cause = Literal["resources", "talent", "training", "culture", "alignment"]
Role = Literal["manager", "team", "specialist", "sponsor"]
Rung = tuple[str, int]

CAUSES: Final[tuple[Cause, ...]] = ("resources", "talent", "training", "culture", "alignment")
PLACEHOLDERS: Final = frozenset({"team", "start_date", "end_date"})
"""What an objective may name between braces."""

Lift = Annotated[StrictInt, Field(ge=1, le=3)]
Lines = Annotated[tuple[Line, ...], Field(strict=False, max_length=50)]


class Measure(Record):
    """A key figure of an action, with where it stands and where it should go."""

    name: Line
    baseline: Line
    target: Line


class Step(Record):
    """One piece of an action; `week` counts from the action's first week, from 1."""

    week: Annotated[StrictInt, Field(ge=1, le=53)]
    hours: Annotated[StrictInt, Field(ge=0, le=1000)]
    do: Line


class Action(Record):
    """A piece of work from the catalogue. Zero hours are a decision, not work."""

    id: Id
    title: Line
    objective: Line
    lifts: Mapping[str, Lift] = Field(default_factory=dict)
    needs: Names = ()
    role: Role
    causes: Annotated[tuple[Cause, ...], Field(strict=False, max_length=50)] = ()
    measures: Annotated[tuple[Measure, ...], Field(strict=False, max_length=50)] = ()
    levers: Lines = ()
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=1, max_length=50)]

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The rungs that the action offers, in the order of its `lifts`."""
        return tuple(self.lifts.items())

    @property
    def duration(self) -> int:
        """The week of the last step."""
        return max(step.week for step in self.steps)

    @property
    def effort(self) -> int:
        """The hours of all steps, for the whole team."""
        return sum(step.hours for step in self.steps)

    @cached_property
    def hours_by_week(self) -> tuple[int, ...]:
        """The hours of each week of the duration."""
        return tuple(
            sum(step.hours for step in self.steps if step.week == week)
            for week in range(1, self.duration + 1)
        )


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
        raise AssessError(
            Problem(
                f"'{wanted}' stands in {len(found)} titles.",
                where,
                f"Use one of these ids: {', '.join(action.id for action in found)}.",
            )
        )
    fix = f"{nearest(wanted, catalogue.by_id)} See them all with: assess actions"
    raise AssessError(Problem(f"Unknown action '{wanted}'.", where, fix))


def read_catalogue(table: Table, questionnaire: Questionnaire) -> Catalogue:
    """Return the catalogue that a data file holds.

    Raises:
        DataFileError: With every problem of the file, each naming its action.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, ("action",), "", problems)
    actions = read_entries(Action, table, "action", problems)
    refuse_duplicates(table, "action", problems)
    known = set(entry_ids(table, "action"))
    for action in actions:
        problems.extend(_reference_problems(action, known, questionnaire))
    problems.extend(_cycle_problems(actions))
    if problems:
        raise DataFileError(*problems)
    return Catalogue.model_construct(actions=actions)


def unknown_placeholders(text: str, known: Iterable[str]) -> list[str]:
    """Return the names between braces that are not known; a broken brace counts as one."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return [text]
    return [name for name in names if name not in set(known)]


def _reference_problems(
    action: Action, known: set[str], questionnaire: Questionnaire
) -> list[Problem]:
    where = f"action[id={action.id}]"
    retired = {q.id: q for q in questionnaire.all_questions if q.retired is not None}
    problems = [
        Problem(
            f"The question '{q}' is retired.",
            f"{where}.lifts",
            f"Lift '{retired[q].replaced_by}' instead, or leave it out."
            if retired[q].replaced_by
            else "Leave it out.",
        )
        if q in retired
        else Problem(f"Unknown question '{q}'.", f"{where}.lifts", nearest(q, questionnaire.by_id))
        for q in action.lifts
        if q not in questionnaire.by_id
    ]
    problems += [
        Problem(f"Unknown action '{need}'.", f"{where}.needs", nearest(need, known - {action.id}))
        for need in action.needs
        if need not in known
    ]
    problems += [
        Problem(f"Unknown placeholder '{name}'.", f"{where}.objective", nearest(name, PLACEHOLDERS))
        for name in unknown_placeholders(action.objective, PLACEHOLDERS)
    ]
    return problems


def _cycle_problems(actions: tuple[Action, ...]) -> list[Problem]:
    try:
        TopologicalSorter({action.id: action.needs for action in actions}).prepare()
    except CycleError as error:
        # graphlib lists each node before the one that needs it.
        chain = list(reversed(error.args[1]))
        return [
            Problem(
                f"The needs run in a circle: {' needs '.join(chain)}.",
                f"action[id={chain[0]}].needs",
                "Take one of these needs out.",
            )
        ]
    return []
