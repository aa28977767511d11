"""What the records of this room have in common."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictInt

from assess.catalogue import QuarterHours
from assess.datafile import Id, Record

StageName = Literal["momentum", "maturity", "mastery"]
Words = Annotated[tuple[str, ...], Field(strict=False)]
Ids = Annotated[tuple[Id, ...], Field(strict=False)]
StepId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[1-9][0-9]*$", max_length=70)]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]
HoursNumber = QuarterHours
WholeHours = Annotated[StrictInt, Field(ge=0, le=10_000)]
TeamSizeNumber = Annotated[StrictInt, Field(ge=1, le=500)]
Week = Annotated[StrictInt, Field(ge=1, le=53)]
ShareNumber = Annotated[float, Field(ge=0, le=1)]


class Document(Record):
    """A record that is a JSON document, or a part of one."""

    @classmethod
    def describe(cls, value: object, **others: object) -> Self:
        """Return the document of a value: each key that `others` do not say is its attribute.

        Parts are taken from attributes likewise; a part's key may name another one, or a path to
        it, as its `validation_alias`.
        """
        keys = [key for key in cls.model_fields if key not in others]
        told = {key: getattr(value, key) for key in keys if hasattr(value, key)}
        return cls.model_validate({**told, **others}, from_attributes=True)

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold: equal records give equal documents."""
        return self.model_dump(mode="json", by_alias=True)
