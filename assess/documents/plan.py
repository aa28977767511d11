"""A plan as a JSON document: of `assess plan --json`, and as it is kept.

This is the one place that knows its keys; `read_plan_record` is what a later check-in, plan
or comparison needs of it.
"""

from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from assess.answers import Day
from assess.catalogue import Kind, Role
from assess.datafile import Id
from assess.documents.record import (
    Count,
    Document,
    HoursNumber,
    Ids,
    ShareNumber,
    StageName,
    StepId,
    TeamSizeNumber,
    Week,
    Words,
)
from assess.figures import json_score
from assess.questionnaire import STAGES
from assess.scoring import View

if TYPE_CHECKING:
    # Whoever has a plan has loaded the planner; opening a store should not.
    from assess.planning.plan import Plan, Priority
    from assess.planning.record import PlanRecord
    from assess.scoring import Margin


LONGEST_OWNER: Final = 400
OwnerName = Annotated[str, Field(min_length=1, max_length=LONGEST_OWNER)]
LevelNumber = Annotated[StrictInt, Field(ge=0, le=3)]


class StepDocument(Document):
    id: StepId
    do: str
    week: Week
    due: Day
    hours: HoursNumber
    owner: OwnerName


class PriorityDocument(Document):
    """A chosen action with its steps; weeks are calendar weeks of the plan.

    An owner is a role, by its id, or the name of a person; `role` is the one that leads.
    """

    action: Id
    kind: Kind
    state: Literal["new", "begun", "done"]
    must: StrictBool
    title: str
    first_week: Week
    last_week: Week
    hours: HoursNumber
    owner: OwnerName
    role: Role
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


class ScoresDocument(Document):
    momentum: ShareNumber
    maturity: ShareNumber
    mastery: ShareNumber


class NotchesDocument(Document):
    """A question moved from a level to another."""

    question: Id
    start: Annotated[LevelNumber, Field(alias="from")]
    end: Annotated[LevelNumber, Field(alias="to")]


class PlanMarginDocument(Document):
    """The margin as in the score document."""

    down: Count | None
    up: Count | None
    odds: Annotated[float, Field(ge=0, le=1)] | None
    unscored: Ids
    path: Annotated[tuple[NotchesDocument, ...], Field(strict=False)]


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
    scores: ScoresDocument
    stage: StageName
    complete: StrictBool
    margin: PlanMarginDocument | None


class NotNowDocument(Document):
    action: Id
    reason: Id
    text: str


class RungDocument(Document):
    question: Id
    level: LevelNumber
    weight: Count


class CandidateDocument(Document):
    action: Id
    must: StrictBool
    avoid: StrictBool
    rungs: Annotated[tuple[RungDocument, ...], Field(strict=False)]


class PlanDocument(Document):
    """All that a plan says, without its sentences for people."""

    team: str
    team_size: TeamSizeNumber
    made_from: View
    start: Day
    end: Day
    hours_per_week: HoursNumber
    stage: StageName
    proven: StrictBool
    value: Count
    musts: Count
    distance: DistanceDocument
    hours: PlanHoursDocument
    priorities: Annotated[tuple[PriorityDocument, ...], Field(strict=False)]
    hours_by_week: Annotated[
        tuple[HoursNumber, ...], Field(strict=False, min_length=1, max_length=53)
    ]
    promised: Annotated[tuple[PromisedDocument, ...], Field(strict=False)]
    projected: ProjectedDocument
    not_now: Annotated[tuple[NotNowDocument, ...], Field(strict=False)]
    candidates: Annotated[tuple[CandidateDocument, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _is_a_plan(self) -> Self:
        if not 0 < (self.end - self.start).days < 7 * 53:
            raise PydanticCustomError("dates", "The plan ends before it begins, or years later.")
        ids = [step.id for priority in self.priorities for step in priority.steps]
        if len(ids) != len(set(ids)):
            raise PydanticCustomError("steps", "Two steps have the same id.")
        return self


def describe_plan(plan: "Plan") -> PlanDocument:
    """Return the document of a plan."""
    projected = plan.projected
    return PlanDocument.model_validate(
        {
            "team": plan.team,
            "team_size": plan.team_size,
            "made_from": plan.profile.view,
            "start": plan.start,
            "end": plan.end,
            "hours_per_week": plan.capacity.hours_per_week,
            "stage": plan.profile.stage,
            "proven": plan.proven,
            "value": plan.value,
            "musts": plan.musts,
            "distance": dict(zip(("before", "after"), plan.distance, strict=True)),
            "hours": {"room": plan.hours_room, "planned": sum(plan.hours_by_week)},
            "priorities": [_describe_priority(priority) for priority in plan.priorities],
            "hours_by_week": plan.hours_by_week,
            "promised": [_describe_move(p.question, p.start, p.end) for p in plan.promised],
            "projected": {
                "scores": dict(zip(STAGES, map(json_score, projected.scores), strict=True)),
                "stage": projected.stage,
                "complete": projected.complete,
                "margin": _describe_margin(projected.margin),
            },
            "not_now": [
                {"action": out.action.id, "reason": out.reason, "text": out.text}
                for out in plan.not_now
            ],
            "candidates": [
                {
                    "action": candidate.action.id,
                    "must": candidate.must,
                    "avoid": candidate.avoid,
                    "rungs": [
                        {"question": rung.question, "level": rung.level, "weight": rung.weight}
                        for rung in candidate.rungs
                    ],
                }
                for candidate in plan.candidates
            ],
        }
    )


def read_plan_record(document: PlanDocument) -> "PlanRecord":
    """Return what a plan said when it was written."""
    from assess.planning.plan import PlannedStep
    from assess.planning.record import ActionRecord, PlanRecord

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


def _describe_move(question: str, start: int | str, end: int) -> dict[str, object]:
    return {"question": question, "from": start, "to": end}


def _describe_margin(margin: "Margin | None") -> dict[str, object] | None:
    if margin is None:
        return None
    return {
        "down": margin.down,
        "up": margin.up,
        "odds": margin.odds,
        "unscored": margin.unscored,
        "path": [_describe_move(n.question, n.start, n.end) for n in margin.path],
    }


def _describe_priority(priority: "Priority") -> dict[str, object]:
    return {
        "action": priority.action.id,
        "kind": priority.kind,
        "state": priority.state,
        "must": priority.must,
        "title": priority.work.title,
        "first_week": priority.first_week,
        "last_week": priority.last_week,
        "hours": priority.hours,
        "owner": priority.lead,
        "role": priority.action.role,
        "value": priority.value,
        "steps": [
            {
                "id": s.id,
                "do": s.do,
                "week": s.week,
                "due": s.due,
                "hours": s.hours,
                "owner": s.owner,
            }
            for s in priority.steps
        ],
        "because": priority.because,
    }
