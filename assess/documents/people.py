"""The people of a team as JSON: with what they have to do, and as they are kept."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day
from assess.datafile import TeamSize
from assess.documents.encoding import as_json
from assess.documents.record import TeamFacts
from assess.identity import PersonName
from assess.people import Person

if TYPE_CHECKING:
    from assess.document.tasks import Task


class PeopleDocument(TeamFacts):
    """The people of a team in the order in which they were named.

    `size` is how many the team has by them, said on the day `said_on`; None where nothing that
    was said of people tells.
    """

    kind: ClassVar[str] = "people"

    people: Annotated[tuple[Person, ...], Field(strict=False, max_length=500)] = ()
    size: TeamSize | None = None
    said_on: Day | None = None

    @model_validator(mode="after")
    def _has_each_name_once(self) -> Self:
        if len({PersonName(person.name) for person in self.people}) < len(self.people):
            raise PydanticCustomError("people", "Two people have one name.")
        return self


def describe_people(team: str, size: int, rows: Iterable[tuple[Person, int]]) -> dict[str, Any]:
    """Return the people of a team, each with the number of steps that are open."""
    people = [{**as_json(person), "open_steps": steps} for person, steps in rows]
    return {"team": team, "size": size, "people": people}


def describe_leaving(
    team: str, person: Person, handed: Iterable[tuple["Task", str]]
) -> dict[str, Any]:
    """Return who left a team, and who has the open steps now."""
    steps = [{**as_json(task, "id=key do=wording due"), "owner": owner} for task, owner in handed]
    return {"team": team, "removed": person.name, "steps": steps}
