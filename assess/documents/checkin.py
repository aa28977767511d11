"""A check-in as a JSON document: what is kept of it, and all of it for `--json`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from assess.answers import Day
from assess.datafile import Id, Many, QuarterHours
from assess.documents.encoding import as_json
from assess.documents.record import Count, Document
from assess.documents.said import Said, TaskKey
from assess.figures import json_hours

if TYPE_CHECKING:
    # Whoever has a check-in has loaded what reads plans; opening a store should not.
    from assess.checkin.pace import Pace
    from assess.checkin.status import ActionStatus, CheckIn, StepStatus
    from assess.document.reviews import Review


class FoundTask(Document):
    """A step, or a person's own task; `number` is what `assess step` takes for its id."""

    id: TaskKey
    number: Count
    state: Literal["done", "open", "late", "dropped"]
    owner: str
    due: Day | None
    hours: QuarterHours


class FoundAction(Document):
    """An action, and how many of its steps are done."""

    action: Id
    state: Literal["done", "started", "open", "dropped"]
    done: Count


class FoundDocument(Document):
    """What is kept of a plan as it was found in its file on a day, in hours, steps and actions."""

    due: QuarterHours
    done: QuarterHours
    steps: Many[FoundTask]
    own: Many[FoundTask]
    actions: Many[FoundAction]


def keep_found(checkin: "CheckIn") -> FoundDocument:
    tasks = "id number=place state owner due hours"
    return FoundDocument.model_validate(
        {
            **as_json(checkin, "due=hours_due done=hours_done"),
            "steps": as_json(checkin.steps, tasks),
            "own": as_json(checkin.own, tasks),
            "actions": [
                {**as_json(action, "action=id state"), "done": action.done_of[0]}
                for action in checkin.actions
            ],
        }
    )


def describe_task(status: "StepStatus") -> dict[str, Any]:
    return {
        **as_json(status, "id number=place state wording owner due"),
        "hours": json_hours(status.hours),
        **as_json(status, "begun=is_begun done_on"),
    }


def describe_steps(
    checkin: "CheckIn",
    file: str,
    changed: Iterable["StepStatus"],
    confirm: Iterable["ActionStatus"],
) -> dict[str, Any]:
    """Return what was changed about single steps of a plan, and what is to be confirmed."""
    return {
        "team": checkin.team,
        "file": file,
        "steps": list(map(describe_task, changed)),
        "to_be_confirmed": [action.id for action in confirm],
    }


def describe_checkin(checkin: "CheckIn") -> dict[str, Any]:
    """Return what was found in a plan's file on a day."""
    hours = {"planned": checkin.hours_planned, "due": checkin.hours_due, "done": checkin.hours_done}
    return {
        **as_json(checkin, "team date week"),
        "hours": {key: json_hours(number) for key, number in hours.items()},
        "steps": list(map(describe_task, checkin.steps)),
        "own": list(map(describe_task, checkin.own)),
        "actions": [
            {
                **as_json(action, "action=id title state"),
                "steps": dict(zip(("done", "of"), action.done_of, strict=True)),
                **as_json(action, "levers done_when holds"),
            }
            for action in checkin.actions
        ],
        "review": as_json(checkin.review),
        "notes": as_json(checkin.notes),
    }


def describe_checkin_report(
    checkin: "CheckIn",
    said: Said,
    pace: "Pace | None",
    reviews: Sequence["Review"],
    message: Sequence[str],
) -> dict[str, Any]:
    """Return the document of a check-in with what was agreed since the plan began."""
    from assess.checkin.pace import count_by_owner, is_on_course

    # What was dropped leaves the plan when that is made anew.
    last = said.by_step.values()
    dropped = {one.step: one.wording for one in last if one.state == "dropped"}
    dropped |= {status.id: status.wording for status in checkin.in_state("dropped")}
    return {
        **describe_checkin(checkin),
        "on_course": is_on_course(checkin),
        "is_over": checkin.is_over,
        "pace": _describe_pace(pace) if pace else None,
        "agreements": said.agreements,
        "moved": [one for one in said.agreements if one.due],
        "handed_over": [one for one in said.agreements if one.owner],
        "dropped": [{"id": name, "wording": text} for name, text in dropped.items()],
        "people": [{"name": name, **n} for name, n in count_by_owner(checkin).items()],
        "to_be_confirmed": [a.id for a in checkin.actions if a.is_to_be_confirmed],
        "confirmed": said.confirmed,
        "done_when": dict(zip(("true", "of"), checkin.true_of, strict=True)),
        "wins": said.wins,
        "answers": said.answers,
        "blockers": said.blockers,
        "reviews": [
            {**as_json(review), "has_come": review.date <= checkin.date} for review in reviews
        ],
        "message": message,
    }


def _describe_pace(pace: "Pace") -> dict[str, Any]:
    return {
        **as_json(pace, "since"),
        "done": json_hours(pace.done),
        "due": json_hours(pace.due),
        **as_json(pace, "slow=is_slow hours_per_week=weekly"),
    }
