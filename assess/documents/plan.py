"""A plan as a JSON document: of `assess plan --json`, and as it is kept.

This is the one place that knows its keys; `read_plan_record` is what a later check-in, plan
or comparison needs of it.
"""

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from assess.catalogue import Role
from assess.datafile import Id
from assess.documents.record import (
    Count,
    Day,
    Document,
    Hours,
    Ids,
    Share,
    Stage,
    StepId,
    Week,
    Words,
)
from assess.figures import json_score
from assess.questionnaire import STAGES

if TYPE_CHECKING:
    # Whoever has a plan has loaded the planner; opening a store should not.
    from assess.planning.plan import Plan, Priority
    from assess.planning.record import PlanRecord


class StepDocument(Document):
    id: StepId
    do: str
    week: Week
    due: Day
    hours: Hours


class PriorityDocument(Document):
    """A chosen action with its steps; weeks are calendar weeks of the plan."""

    action: Id
    title: str
    first_week: Week
    last_week: Week
    hours: Hours
    owner: Role
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
    momentum: Share
    maturity: Share
    mastery: Share


class ProjectedDocument(Document):
    scores: ScoresDocument
    stage: Stage


class NotNowDocument(Document):
    action: Id
    reason: Id
    text: str


class RungDocument(Document):
    question: Id
    level: Annotated[StrictInt, Field(ge=1, le=3)]
    weight: Count


class CandidateDocument(Document):
    action: Id
    must: StrictBool
    avoid: StrictBool
    rungs: Annotated[tuple[RungDocument, ...], Field(strict=False)]


class PlanDocument(Document):
    """All that a plan says, without its sentences for people."""

    team: str
    start: Day
    end: Day
    hours_per_week: Hours
    stage: Stage
    focus: Ids
    proven: StrictBool
    value: Count
    musts: Count
    priorities: Annotated[tuple[PriorityDocument, ...], Field(strict=False)]
    hours_by_week: Annotated[tuple[Hours, ...], Field(strict=False, min_length=1, max_length=53)]
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
            "start": plan.start,
            "end": plan.end,
            "hours_per_week": plan.capacity.hours_per_week,
            "stage": plan.profile.stage,
            "focus": plan.focus,
            "proven": plan.proven,
            "value": plan.value,
            "musts": plan.musts,
            "priorities": [_describe_priority(priority) for priority in plan.priorities],
            "hours_by_week": plan.hours_by_week,
            "projected": {
                "scores": dict(zip(STAGES, map(json_score, projected.scores), strict=True)),
                "stage": projected.stage,
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
        focus=document.focus,
        actions=tuple(
            ActionRecord(
                id=priority.action,
                title=priority.title,
                first_week=priority.first_week,
                last_week=priority.last_week,
                steps=tuple(
                    PlannedStep(step.id, step.do, step.week, step.due, step.hours)
                    for step in priority.steps
                ),
            )
            for priority in document.priorities
        ),
    )


def _describe_priority(priority: "Priority") -> dict[str, object]:
    return {
        "action": priority.action.id,
        "title": priority.action.title,
        "first_week": priority.first_week,
        "last_week": priority.last_week,
        "hours": priority.hours,
        "owner": priority.action.role,
        "value": priority.value,
        "steps": [
            {"id": s.id, "do": s.do, "week": s.week, "due": s.due, "hours": s.hours}
            for s in priority.steps
        ],
        "because": priority.because,
    }
