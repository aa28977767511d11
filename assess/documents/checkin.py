"""A check-in as a JSON document: as it is kept, and with all around it for `--json`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt

from assess.answers import Day
from assess.datafile import Id, Many
from assess.documents.encoding import as_json
from assess.documents.record import Count, Counts, Document, HoursNumber, Words, found_at
from assess.documents.said import Said, TaskKey
from assess.figures import json_hours

if TYPE_CHECKING:
    # Whoever has a check-in has loaded what reads plans; opening a store should not.
    from assess.checkin.pace import Pace
    from assess.checkin.status import CheckIn
    from assess.document.reviews import Review

Signed = Annotated[StrictInt, Field(ge=-60, le=60)]


class CheckinHoursDocument(Document):
    planned: HoursNumber
    due: HoursNumber
    done: HoursNumber


class StepStatusDocument(Document):
    """A step, or a person's own task; `number` is what `assess step` takes for its id."""

    id: TaskKey
    number: Annotated[Count, Field(validation_alias=found_at("place", "number"))]
    state: Literal["done", "open", "late", "dropped"]
    wording: str
    owner: str
    due: Day | None
    hours: HoursNumber
    begun: Annotated[StrictBool, Field(validation_alias=found_at("is_begun", "begun"))]
    done_on: Day | None


class ActionStatusDocument(Document):
    action: Annotated[Id, Field(validation_alias=found_at("id", "action"))]
    title: str
    state: Literal["done", "started", "open", "dropped"]
    steps: Annotated[Counts, Field(validation_alias=found_at("done_of", "steps"))]
    levers: Words
    done_when: Words
    holds: StrictBool | None


class ReviewDocument(Document):
    day: Annotated[StrictInt, Field(ge=30, le=90)]
    date: Day
    questions: Words


class NoteDocument(Document):
    line: Count
    text: str


class CheckinDocument(Document):
    """What was found in a plan's file on a day."""

    team: str
    date: Day
    week: Signed
    team_week: Signed
    hours: CheckinHoursDocument
    steps: Many[StepStatusDocument]
    own: Many[StepStatusDocument]
    actions: Many[ActionStatusDocument]
    review: ReviewDocument | None
    notes: Many[NoteDocument]


def describe_checkin(checkin: "CheckIn") -> CheckinDocument:
    hours = {"planned": checkin.hours_planned, "due": checkin.hours_due, "done": checkin.hours_done}
    return CheckinDocument.describe(checkin, hours=hours)


def describe_checkin_report(
    checkin: "CheckIn",
    said: Said,
    pace: "Pace | None",
    reviews: Sequence["Review"],
    message: Sequence[str],
) -> dict[str, Any]:
    """Return the document of a check-in with what was agreed since the plan began."""
    from assess.checkin.pace import count_by_owner, is_on_course

    agreed = [one.as_json() for one in said.agreements]
    true, of = checkin.true_of
    # What was dropped leaves the plan when that is made anew.
    last = said.by_step.values()
    dropped = {one.step: one.wording for one in last if one.state == "dropped"}
    dropped |= {status.id: status.wording for status in checkin.in_state("dropped")}
    return {
        **describe_checkin(checkin).as_json(),
        "on_course": is_on_course(checkin),
        "is_over": checkin.is_over,
        "pace": _describe_pace(pace) if pace else None,
        "agreements": agreed,
        "moved": [one for one in agreed if one["due"]],
        "handed_over": [one for one in agreed if one["owner"]],
        "dropped": [{"id": name, "wording": text} for name, text in dropped.items()],
        "people": [{"name": name, **n} for name, n in count_by_owner(checkin).items()],
        "to_be_confirmed": [a.id for a in checkin.actions if a.is_to_be_confirmed],
        "confirmed": [one.as_json() for one in said.confirmed],
        "done_when": {"true": true, "of": of},
        "wins": list(said.wins),
        "answers": list(said.answers),
        "blockers": [one.as_json() for one in said.blockers],
        "reviews": [
            {**as_json(review), "has_come": review.date <= checkin.date} for review in reviews
        ],
        "message": list(message),
    }


def _describe_pace(pace: "Pace") -> dict[str, Any]:
    return {
        "since": pace.since.isoformat(),
        "done": json_hours(pace.done),
        "due": json_hours(pace.due),
        "slow": pace.is_slow,
        "hours_per_week": pace.weekly,
    }
