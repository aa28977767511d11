"""A plan as a JSON document: of `assess plan --json`, and as it is kept.

This is the one place that knows its keys; `read_plan_record` is what a later check-in, plan
or comparison needs of it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day, HoursSource
from assess.catalogue.action import Kind, Role
from assess.datafile import Id, Many, QuarterHours, TeamSize
from assess.documents.encoding import as_json
from assess.documents.record import Count, Document, Ids, Words
from assess.documents.score import describe_result, tell_margin, tell_stages
from assess.scoring.records import View

if TYPE_CHECKING:
    # Whoever has a plan has loaded the planner; opening a store should not.
    from assess.planning.plan import Plan, PlanRecord
    from assess.scoring.assessment import Result


StageName = Literal["momentum", "maturity", "mastery"]
StepId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[1-9][0-9]*$", max_length=70)]
Week = Annotated[StrictInt, Field(ge=1, le=53)]
LevelNumber = Annotated[StrictInt, Field(ge=0, le=3)]
ShareNumber = Annotated[float, Field(ge=0, le=1)]
LONGEST_OWNER: Final = 400
OwnerName = Annotated[str, Field(min_length=1, max_length=LONGEST_OWNER)]


class StepDocument(Document):
    id: StepId
    do: str
    week: Week
    due: Day
    hours: QuarterHours
    owner: OwnerName


class PriorityDocument(Document):
    """A chosen action with its steps; weeks are calendar weeks of the plan.

    An owner is a role, by its id, or the name of a person; `role` is the one that leads, and
    `supports` the one beside it. `upkeep` are the hours a week that it takes once it stands.
    """

    action: Id
    kind: Kind
    state: Literal["new", "begun", "done"]
    must: StrictBool
    title: str
    first_week: Week
    last_week: Week
    hours: QuarterHours
    owner: OwnerName
    role: Role
    supports: Role | None = None
    upkeep: QuarterHours = 0
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


class MoveDocument(Document):
    """A question from where it stands to a level."""

    question: Id
    start: Annotated[LevelNumber | Literal["dont-know"], Field(alias="from")]
    end: Annotated[LevelNumber, Field(alias="to")]


class DistanceDocument(Document):
    before: Count
    after: Count


class PlanHoursDocument(Document):
    room: QuarterHours
    planned: QuarterHours


class ScoresDocument(Document):
    momentum: ShareNumber
    maturity: ShareNumber
    mastery: ShareNumber


class MarginDocument(Document):
    """The fewest answers on which a stage hangs."""

    down: Count | None
    up: Count | None
    odds: ShareNumber | None
    unscored: Ids
    path: Many[MoveDocument]


class ProjectedDocument(Document):
    scores: ScoresDocument
    stage: StageName
    complete: StrictBool
    margin: MarginDocument | None


class NotNowDocument(Document):
    action: Id
    reason: Id
    text: str


class RungDocument(Document):
    """A level that an action offers; `weight` includes boosts."""

    question: Id
    level: LevelNumber
    weight: Count


class CandidateDocument(Document):
    action: Id
    must: StrictBool
    avoid: StrictBool
    rungs: Many[RungDocument]


class PlanDocument(Document):
    """All that a plan says, without its sentences for people."""

    team: str
    team_size: TeamSize
    made_from: View
    start: Day
    end: Day
    hours_per_week: QuarterHours
    stage: StageName
    proven: StrictBool
    value: Count
    musts: Count
    distance: DistanceDocument
    hours: PlanHoursDocument
    priorities: Many[PriorityDocument]
    hours_by_week: Many[QuarterHours]
    promised: Many[MoveDocument]
    projected: ProjectedDocument
    not_now: Many[NotNowDocument]
    candidates: Many[CandidateDocument]

    @model_validator(mode="after")
    def _is_a_plan(self) -> Self:
        if not 0 < (self.end - self.start).days < 7 * 53:
            raise PydanticCustomError("dates", "The plan ends before it begins, or years later.")
        if len(self.hours_by_week) != (self.end - self.start).days // 7 + 1:
            raise PydanticCustomError("hours", "Its hours are those of more or fewer weeks.")
        ids = [step.id for priority in self.priorities for step in priority.steps]
        if len(ids) != len(set(ids)):
            raise PydanticCustomError("steps", "Two steps have the same id.")
        return self


class FixedPromise(Document):
    """What a plan promised on the day from which on new plans change it no more."""

    on: Day
    promised: Many[MoveDocument]


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
    hours_per_week: QuarterHours
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
    then = plan.projected
    told = (
        "team team_size made_from=profile.view start end hours_per_week=capacity.hours_per_week "
        "stage=profile.stage proven value musts hours_by_week"
    )
    told_of_each = (
        "action=action.id kind state must title=work.title first_week last_week hours owner=lead "
        "role=action.role supports=action.supports upkeep value steps because"
    )
    return PlanDocument.model_validate(
        {
            **as_json(plan, told),
            "distance": dict(zip(("before", "after"), plan.distance, strict=True)),
            "hours": {"room": plan.hours_room, "planned": sum(plan.hours_by_week)},
            "priorities": as_json(plan.priorities, told_of_each),
            "promised": as_json(plan.promised, "question from=start to=end"),
            "projected": {
                "scores": tell_stages(then.scores),
                **as_json(then, "stage complete"),
                "margin": tell_margin(then.margin),
            },
            "not_now": as_json(plan.not_now, "action=action.id reason text"),
            "candidates": as_json(plan.candidates, "action=action.id must avoid rungs"),
        }
    )


def describe_run(result: "Result | None", plan: "Plan | None") -> dict[str, Any]:
    """Return the document of `assess run --json`."""
    return {
        "score": None if result is None else describe_result(result),
        "plan": None if plan is None else as_json(describe_plan(plan)),
    }


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
