"""What the records of this room have in common."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, StrictInt

from assess.datafile import Id, Many, Record

Words = Many[str]
Ids = Many[Id]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]


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
