"""What the records of this room have in common."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, StrictInt
from pydantic_core import PydanticCustomError

from assess.answers import EARLIEST, LATEST
from assess.catalogue import QuarterHours
from assess.datafile import Id, Record


def _read_day(value: object) -> date:
    """Return a date; a number, which pydantic would take for seconds, is none."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if isinstance(day, date) and not isinstance(day, datetime) and EARLIEST <= day <= LATEST_DAY:
        return day
    raise PydanticCustomError("day", "This is not a day from 2000 to 2200, as 2026-11-22.")


LATEST_DAY: Final = date(LATEST.year + 1, LATEST.month, LATEST.day)
"""A plan that begins on the last day of all still ends."""

Day = Annotated[date, BeforeValidator(_read_day)]
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

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold: equal records give equal documents."""
        return self.model_dump(mode="json", by_alias=True)
