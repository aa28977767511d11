"""A plan as a JSON document, and what of it a later check-in, plan or comparison needs.

The keys are those of `assess plan --json`. Documents that come back were written here, so
they are not checked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assess.figures import json_score
from assess.planning.plan import Plan, PlannedStep, Priority
from assess.questionnaire import STAGES


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action of a past plan; weeks are calendar weeks of that plan."""

    id: str
    title: str
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What a plan said when it was written."""

    team: str
    start: date
    end: date
    hours_per_week: int
    focus: tuple[str, ...]
    actions: tuple[ActionRecord, ...]

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        return tuple(step for action in self.actions for step in action.steps)


def describe_plan(plan: Plan) -> dict[str, Any]:
    """Return the plan as the JSON document of `assess plan --json`."""
    return {
        "team": plan.team,
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "hours_per_week": plan.capacity.hours_per_week,
        "stage": plan.profile.stage,
        "focus": list(plan.focus),
        "proven": plan.proven,
        "value": plan.value,
        "musts": plan.musts,
        "priorities": [_describe_priority(priority) for priority in plan.priorities],
        "hours_by_week": list(plan.hours_by_week),
        "projected": {
            "scores": {
                stage: json_score(score)
                for stage, score in zip(STAGES, plan.projected.scores, strict=True)
            },
            "stage": plan.projected.stage,
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


def read_plan_record(document: Mapping[str, Any]) -> PlanRecord:
    """Return what a document of `describe_plan` said."""
    return PlanRecord(
        team=document["team"],
        start=date.fromisoformat(document["start"]),
        end=date.fromisoformat(document["end"]),
        hours_per_week=document["hours_per_week"],
        focus=tuple(document["focus"]),
        actions=tuple(
            ActionRecord(
                id=priority["action"],
                title=priority["title"],
                first_week=priority["first_week"],
                last_week=priority["last_week"],
                steps=tuple(
                    PlannedStep(
                        id=step["id"],
                        do=step["do"],
                        week=step["week"],
                        due=date.fromisoformat(step["due"]),
                        hours=step["hours"],
                    )
                    for step in priority["steps"]
                ),
            )
            for priority in document["priorities"]
        ),
    )


def _describe_priority(priority: Priority) -> dict[str, Any]:
    return {
        "action": priority.action.id,
        "title": priority.action.title,
        "first_week": priority.first_week,
        "last_week": priority.last_week,
        "hours": priority.hours,
        "owner": priority.action.role,
        "value": priority.value,
        "steps": [
            {
                "id": step.id,
                "do": step.do,
                "week": step.week,
                "due": step.due.isoformat(),
                "hours": step.hours,
            }
            for step in priority.steps
        ],
        "because": list(priority.because),
    }
