"""What the store keeps as JSON, in the form in which an export carries it too."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt

from assess.answers import FEWEST_MEMBERS, AssessmentState, Day
from assess.datafile import Many
from assess.documents.checkin import FoundDocument
from assess.documents.plan import PlanDocument, WrittenPlan
from assess.documents.record import Document
from assess.documents.said import Said
from assess.invitation import MOST_INVITED


class KeptCheckin(Document):
    """One check-in: what was found in the plan when it ended, and what people had said."""

    date: Day
    found: FoundDocument
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
