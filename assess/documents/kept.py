"""What the store keeps as JSON, in the form in which an export carries it too."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import FEWEST_MEMBERS, AssessmentState, Day, HoursSource
from assess.datafile import Many
from assess.documents.checkin import CheckinDocument
from assess.documents.plan import OwnerName, PlanDocument, PromisedDocument
from assess.documents.record import (
    Document,
    HoursNumber,
    Ids,
    StepId,
    TeamFacts,
    TeamSizeNumber,
    Week,
)
from assess.documents.said import Said
from assess.identity import PersonName
from assess.invitation import MOST_INVITED
from assess.people import Person


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


class KeptCheckin(Document):
    """One check-in: what was found in the plan when it ended, and what people had said."""

    date: Day
    found: CheckinDocument
    said: Said = Field(default_factory=Said.empty)


class KeptPlan(Document):
    """The plan of an assessment.

    `first` is its document as first written, None while that is
    the one that was written last. `marks` says of every step and action that was
    last read whether it is done. Check-ins are in the order in which they were kept; `said`
    is what was said since the last of them.
    """

    first: PlanDocument | None
    written: WrittenPlan
    marks: Mapping[str, StrictBool]
    checkins: Many[KeptCheckin]
    said: Said = Field(default_factory=Said.empty)

    @property
    def as_first_written(self) -> PlanDocument:
        return self.first or self.written.document


class AssessmentFacts(Document):
    """An assessment as it is or was, but for its team, date and members' answers.

    `questionnaire` is the hash of the questionnaire as it was. The answers are checked
    against it by whoever has it.
    """

    questionnaire: str
    state: AssessmentState
    minimum: Annotated[StrictInt, Field(ge=FEWEST_MEMBERS, le=1_000_000)]
    same_manager: StrictBool
    same_members: StrictBool
    invited: Annotated[StrictInt, Field(ge=0, le=MOST_INVITED)]
    closed: Day | None
    manager: dict[str, Any] | None
    consensus: dict[str, Any] | None
    plan: KeptPlan | None


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
