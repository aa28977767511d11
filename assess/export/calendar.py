"""A plan as a calendar: steps on the days they are due, check-ins, and reviews.

The same entry has the same UID in every export of a plan, so that importing again updates
instead of doubling. Nothing in the file depends on the clock.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Calendar, Event

from assess.document.reading import PlanDocument
from assess.document.reviews import list_reviews
from assess.export.entries import Entry, list_entries
from assess.planning.plan import Plan

_PRODUCT: Final = "-//team-assess//90-day plan//EN"


def format_calendar(plan: Plan, document: PlanDocument | None = None) -> str:
    """Return the plan as an iCalendar text, with all-day entries that block no time.

    Args:
        document: The plan as people edited it, whose wordings, dates and ticks then count.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in (*_steps(plan, document), *_checkins(plan), *_reviews(plan)):
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _steps(plan: Plan, document: PlanDocument | None) -> Iterator[Event]:
    for entry in list_entries(plan, document):
        event = _event(plan, entry.step.id, entry.due, _summary(entry))
        event.add("description", f"{entry.priority.work.title}\n{entry.priority.objective}")
        yield event


def _summary(entry: Entry) -> str:
    done = "Done: " if entry.is_done else ""
    return f"{done}{entry.wording} ({entry.owner})"


def _checkins(plan: Plan) -> Iterator[Event]:
    """Yield one weekly entry, without the weeks off."""
    days = [week.monday for week in plan.weeks if not week.off]
    if not days:
        return
    event = _event(plan, "check-in", days[0], f"Weekly check-in: {plan.team}")
    event.add("description", "What is done, what is late, who helps. 15 minutes.")
    event.add("rrule", {"freq": "weekly", "until": days[-1]})
    for week in plan.weeks:
        if week.off and days[0] < week.monday < days[-1]:
            event.add("exdate", week.monday, parameters={"value": "DATE"})
    yield event


def _reviews(plan: Plan) -> Iterator[Event]:
    for review in list_reviews(plan.reviews):
        title = f"Day {review.day} review: {plan.team}"
        event = _event(plan, f"review/{review.day}", review.date, title)
        event.add("description", "\n".join(review.questions))
        yield event


def _event(plan: Plan, name: str, day: date, summary: str) -> Event:
    event = Event()
    event.add("uid", _uid(plan, name))
    event.add("dtstamp", datetime.combine(plan.start, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event


def _uid(plan: Plan, name: str) -> str:
    """Return an id from what stays when a plan changes: team, questionnaire, start and step."""
    questionnaire = plan.profile.questionnaire.id
    key = "\n".join((plan.team.key, questionnaire, plan.start.isoformat(), name))
    return f"{sha256(key.encode()).hexdigest()[:32]}@team-assess"
