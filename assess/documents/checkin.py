"""A check-in as a JSON document: of `assess checkin --json`, and as it is kept."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from assess.answers import Day
from assess.datafile import Id
from assess.documents.record import Count, Document, HoursNumber, StepId, Words

if TYPE_CHECKING:
    # Whoever has a check-in has loaded what reads plans; opening a store should not.
    from assess.checkin import CheckIn

Signed = Annotated[StrictInt, Field(ge=-60, le=60)]


class CheckinHoursDocument(Document):
    planned: HoursNumber
    due: HoursNumber
    done: HoursNumber


class StepStatusDocument(Document):
    id: StepId
    state: Literal["done", "open", "late", "dropped"]
    wording: str
    owner: str
    due: Day
    hours: HoursNumber
    begun: StrictBool
    done_on: Day | None


class OwnTaskDocument(Document):
    wording: str
    done: StrictBool
    owner: str
    due: Day | None


class ActionStatusDocument(Document):
    action: Id
    state: Literal["done", "started", "open", "dropped"]
    levers: Words


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
    steps: Annotated[tuple[StepStatusDocument, ...], Field(strict=False)]
    own: Annotated[tuple[OwnTaskDocument, ...], Field(strict=False)]
    actions: Annotated[tuple[ActionStatusDocument, ...], Field(strict=False)]
    review: ReviewDocument | None
    notes: Annotated[tuple[NoteDocument, ...], Field(strict=False)]


def describe_checkin(checkin: "CheckIn") -> CheckinDocument:
    """Return the document of a check-in."""
    review = checkin.review
    return CheckinDocument(
        team=checkin.team,
        date=checkin.date,
        week=checkin.week,
        team_week=checkin.team_week,
        hours=CheckinHoursDocument(
            planned=checkin.hours_planned, due=checkin.hours_due, done=checkin.hours_done
        ),
        steps=tuple(
            StepStatusDocument(
                id=status.step.id,
                state=status.state,
                wording=status.wording,
                owner=status.owner,
                due=status.due,
                hours=status.step.hours,
                begun=status.is_begun,
                done_on=status.done_on,
            )
            for status in checkin.steps
        ),
        own=tuple(
            OwnTaskDocument(wording=t.wording, done=t.is_done, owner=t.owner, due=t.due)
            for t in checkin.own
        ),
        actions=tuple(
            ActionStatusDocument(action=a.id, state=a.state, levers=a.levers)
            for a in checkin.actions
        ),
        review=ReviewDocument(day=review.day, date=review.date, questions=review.questions)
        if review
        else None,
        notes=tuple(NoteDocument(line=note.line, text=note.text) for note in checkin.notes),
    )
