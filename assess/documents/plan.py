"""A plan as a JSON document: of `assess plan --json`, and as it is kept.

This is the one place that knows its keys; `read_plan_record` is what a later check-in, plan
or comparison needs of it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day, HoursSource
from assess.catalogue.action import Kind, Role
from assess.datafile import Id, Many
from assess.documents.record import (
    Count,
    Document,
    HoursNumber,
    Ids,
    LevelNumber,
    MarginDocument,
    RungDocument,
    Scores,
    StageName,
    StepId,
    TeamSizeNumber,
    Week,
    Words,
    found_at,
    keyed,
)
from assess.scoring.records import View

if TYPE_CHECKING:
    # Whoever has a plan has loaded the planner; opening a store should not.
    from assess.planning.plan import Plan, PlanRecord


LONGEST_OWNER: Final = 400
ActionId = Annotated[Id, Field(validation_alias=found_at("action.id", "action"))]
OwnerName = Annotated[str, Field(min_length=1, max_length=LONGEST_OWNER)]


class StepDocument(Document):
    id: StepId
    do: str
    week: Week
    due: Day
    hours: HoursNumber
    owner: OwnerName


class PriorityDocument(Document):
    """A chosen action with its steps; weeks are calendar weeks of the plan.

    An owner is a role, by its id, or the name of a person; `role` is the one that leads, and
    `supports` the one beside it. `upkeep` are the hours a week that it takes once it stands.
    """

    action: ActionId
    kind: Kind
    state: Literal["new", "begun", "done"]
    must: StrictBool
    title: Annotated[str, Field(validation_alias=found_at("work.title", "title"))]
    first_week: Week
    last_week: Week
    hours: HoursNumber
    owner: Annotated[OwnerName, Field(validation_alias=found_at("lead", "owner"))]
    role: Annotated[Role, Field(validation_alias=found_at("action.role", "role"))]
    supports: Annotated[
        Role | None, Field(validation_alias=found_at("action.supports", "supports"))
    ] = None
    upkeep: HoursNumber = 0
    value: Count
    steps: Annotated[tuple[StepDocument, ...], Field(strict=False, min_length=1)]
    because: Words

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.first_week > self.last_week:
            raise PydanticCustomError("weeks", "It ends before it begins.")
        if any(step.id.rpartition("/")[0] != self.action for step in self.steps):
            raise PydanticCustomError("steps", "A step has the id of another action.")
        return self


class PromisedDocument(Document):
    question: Id
    start: Annotated[LevelNumber | Literal["dont-know"], Field(alias="from")]
    end: Annotated[LevelNumber, Field(alias="to")]


class DistanceDocument(Document):
    before: Count
    after: Count


class PlanHoursDocument(Document):
    room: HoursNumber
    planned: HoursNumber


class ProjectedDocument(Document):
    scores: Scores
    stage: StageName
    complete: StrictBool
    margin: MarginDocument | None


class NotNowDocument(Document):
    action: ActionId
    reason: Id
    text: str


class CandidateDocument(Document):
    action: ActionId
    must: StrictBool
    avoid: StrictBool
    rungs: Many[RungDocument]


class PlanDocument(Document):
    """All that a plan says, without its sentences for people."""

    team: str
    team_size: TeamSizeNumber
    made_from: Annotated[View, Field(validation_alias=found_at("profile.view", "made_from"))]
    start: Day
    end: Day
    hours_per_week: Annotated[
        HoursNumber, Field(validation_alias=found_at("capacity.hours_per_week", "hours_per_week"))
    ]
    stage: Annotated[StageName, Field(validation_alias=found_at("profile.stage", "stage"))]
    proven: StrictBool
    value: Count
    musts: Count
    distance: Annotated[DistanceDocument, keyed("before", "after")]
    hours: PlanHoursDocument
    priorities: Many[PriorityDocument]
    hours_by_week: Annotated[
        tuple[HoursNumber, ...], Field(strict=False, min_length=1, max_length=53)
    ]
    promised: Many[PromisedDocument]
    projected: ProjectedDocument
    not_now: Many[NotNowDocument]
    candidates: Many[CandidateDocument]

    @model_validator(mode="after")
    def _is_a_plan(self) -> Self:
        if not 0 < (self.end - self.start).days < 7 * 53:
            raise PydanticCustomError("dates", "The plan ends before it begins, or years later.")
        ids = [step.id for priority in self.priorities for step in priority.steps]
        if len(ids) != len(set(ids)):
            raise PydanticCustomError("steps", "Two steps have the same id.")
        return self


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


def describe_plan(plan: "Plan") -> PlanDocument:
    hours = {"room": plan.hours_room, "planned": sum(plan.hours_by_week)}
    return PlanDocument.describe(plan, hours=hours)


def read_plan_record(document: PlanDocument) -> "PlanRecord":
    """Return what a plan said when it was written."""
    from assess.planning.plan import ActionRecord, PlannedStep, PlanRecord

    return PlanRecord(
        team=document.team,
        start=document.start,
        end=document.end,
        hours_per_week=document.hours_per_week,
        actions=tuple(
            ActionRecord(
                id=priority.action,
                title=priority.title,
                first_week=priority.first_week,
                last_week=priority.last_week,
                steps=tuple(
                    PlannedStep(step.id, step.do, step.week, step.due, step.hours, step.owner)
                    for step in priority.steps
                ),
            )
            for priority in document.priorities
        ),
    )
