"""What the records of this room have in common."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StrictInt

from assess.datafile import Id, Many, Record

StageName = Literal["momentum", "maturity", "mastery"]
Words = Many[str]
Ids = Many[Id]
StepId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[1-9][0-9]*$", max_length=70)]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]
WholeHours = Annotated[StrictInt, Field(ge=0, le=10_000)]
TeamSizeNumber = Annotated[StrictInt, Field(ge=1, le=500)]
Week = Annotated[StrictInt, Field(ge=1, le=53)]
LevelNumber = Annotated[StrictInt, Field(ge=0, le=3)]
ShareNumber = Annotated[float, Field(ge=0, le=1)]


class Document(Record):
    """A record that is a JSON document, or a part of one."""

    @classmethod
    def empty(cls) -> Self:
        """Return one with nothing but defaults, which need no check and no validator."""
        return cls.model_construct()  # type: ignore[return-value]  # mypy's plugin says Document.


class TeamFacts(Document):
    """What is kept of a team beside its assessments, one of each kind."""

    kind: ClassVar[str]
    """The key under which it is kept and exported."""
