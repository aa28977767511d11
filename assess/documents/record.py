"""What the records of this room have in common."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field, StrictInt

from assess.datafile import Id, Many, QuarterHours, Record
from assess.figures import json_score
from assess.questionnaire import STAGES

StageName = Literal["momentum", "maturity", "mastery"]
Words = Many[str]
Ids = Many[Id]
StepId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[1-9][0-9]*$", max_length=70)]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]
HoursNumber = QuarterHours
WholeHours = Annotated[StrictInt, Field(ge=0, le=10_000)]
TeamSizeNumber = Annotated[StrictInt, Field(ge=1, le=500)]
Week = Annotated[StrictInt, Field(ge=1, le=53)]
LevelNumber = Annotated[StrictInt, Field(ge=0, le=3)]


def taken_from(kind: type, how: Callable[[Any], object]) -> BeforeValidator:
    """Turn what is computed into what JSON has; what is read has that form already."""
    return BeforeValidator(lambda value: how(value) if isinstance(value, kind) else value)


ShareNumber = Annotated[float, taken_from(Fraction, json_score), Field(ge=0, le=1)]


def keyed(*keys: str) -> BeforeValidator:
    """Take a tuple as a table with these keys."""
    return taken_from(tuple, lambda value: dict(zip(keys, value, strict=True)))


def found_at(*places: str) -> AliasChoices:
    """Name the attributes that a key may be taken from, such as `action.id`; the key last."""
    return AliasChoices(*(AliasPath(*place.split(".")) for place in places))


class Document(Record):
    """A record that is a JSON document, or a part of one."""

    @classmethod
    def describe(cls, value: object, **others: object) -> Self:
        """Return the document of a value: what `others` do not say are its attributes.

        Parts are taken from attributes likewise. `found_at` says where a key is called otherwise.
        """
        return cls.model_validate(_Told(value, others), from_attributes=True)

    @classmethod
    def empty(cls) -> Self:
        """Return one with nothing but defaults, which need no check and no validator."""
        return cls.model_construct()  # type: ignore[return-value]  # mypy's plugin says Document.

    def as_json(self) -> dict[str, Any]:
        """Return what JSON can hold: equal records give equal documents."""
        return self.model_dump(mode="json", by_alias=True)


class TeamFacts(Document):
    """What is kept of a team beside its assessments, one of each kind."""

    kind: ClassVar[str]
    """The key under which it is kept and exported."""


class ScoresDocument(Document):
    momentum: ShareNumber | None
    maturity: ShareNumber | None
    mastery: ShareNumber | None


Scores = Annotated[ScoresDocument, keyed(*STAGES)]


class StepCounts(Document):
    done: Count
    of: Count


Counts = Annotated[StepCounts, keyed("done", "of")]


class NotchesDocument(Document):
    question: Id
    start: Annotated[LevelNumber, Field(alias="from")]
    end: Annotated[LevelNumber, Field(alias="to")]


class MarginDocument(Document):
    """The fewest answers on which a stage hangs."""

    down: Count | None
    up: Count | None
    odds: Annotated[float, Field(ge=0, le=1)] | None
    unscored: Ids
    path: Many[NotchesDocument]


class RungDocument(Document):
    """A level that an action offers; `weight` includes boosts."""

    question: Id
    level: LevelNumber
    weight: Count


class _Told:
    """A value, and what is said of it otherwise."""

    def __init__(self, value: object, others: Mapping[str, object]) -> None:
        self._value = value
        self._others = others

    def __getattr__(self, name: str) -> object:
        return self._others[name] if name in self._others else getattr(self._value, name)
