"""The people of a team, as they are kept."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day
from assess.documents.record import TeamFacts, TeamSizeNumber
from assess.identity import PersonName
from assess.people import Person


class PeopleDocument(TeamFacts):
    """The people of a team in the order in which they were named.

    `size` is how many the team has by them, said on the day `said_on`; None where nothing that
    was said of people tells.
    """

    kind: ClassVar[str] = "people"

    people: Annotated[tuple[Person, ...], Field(strict=False, max_length=500)] = ()
    size: TeamSizeNumber | None = None
    said_on: Day | None = None

    @model_validator(mode="after")
    def _has_each_name_once(self) -> Self:
        if len({PersonName(person.name) for person in self.people}) < len(self.people):
            raise PydanticCustomError("people", "Two people have one name.")
        return self
