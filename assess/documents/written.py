"""A plan as the tool wrote it last, as it is kept."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day, HoursSource
from assess.datafile import Many
from assess.documents.plan import OwnerName, PlanDocument, PromisedDocument
from assess.documents.record import Document, HoursNumber, Ids, StepId, Week


class FixedPromise(Document):
    """What a plan promised on the day from which on new plans change it no more."""

    on: Day
    promised: Many[PromisedDocument]


class WrittenPlan(Document):
    """A plan as the tool last wrote it.

    `document` is the plan as JSON, `text` the Markdown, `path` the file it went to (empty
    when it went to none). `wants` and `skips` are the person's own musts and avoids. `answers`
    is a hash of the levels that it was made from; `promise` is None until it is fixed. `by_hand`
    has the owners of the steps that people gave to somebody themselves.
    """

    document: PlanDocument
    text: str
    path: Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
    start: Day
    hours_per_week: HoursNumber
    hours_source: HoursSource
    weeks_off: Many[Week] = ()
    days_off: Many[Day] = ()
    wants: Ids = ()
    skips: Ids = ()
    answers: Annotated[str, Field(pattern="^[0-9a-f]*$", max_length=64)] = ""
    promise: FixedPromise | None = None
    by_hand: Mapping[StepId, OwnerName] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_plan(self) -> Self:
        if self.start != self.document.start:
            raise PydanticCustomError("start", "The plan's document begins on another day.")
        return self
