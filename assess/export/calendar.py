"""A plan as a calendar: steps on the days they are due, check-ins, and reviews.

The same entry has the same UID in every export of a plan, so that importing again updates
instead of doubling. What is gone is cancelled, so that importing removes it: steps that
people deleted, and entries of an earlier export that has the same place. SEQUENCE counts
days, which rise without anything being kept; a second change on one day adds one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Calendar, Event

from assess.document.reading import PlanReading
from assess.document.reviews import list_reviews
from assess.export.entries import ExportedStep, list_entries
from assess.planning.plan import Plan

_PRODUCT: Final = "-//team-assess//90-day plan//EN"
_FIRST_DAY: Final = date(2000, 1, 1)


def format_calendar(
    plan: Plan,
    document: PlanReading | None = None,
    *,
    today: date | None = None,
    before: str = "",
) -> str:
    """Return the plan as an iCalendar text, with all-day entries that block no time.

    Args:
        document: The plan as people edited it, whose wordings, dates and ticks then count.
        today: When it is written; the first day of the plan if nobody says.
        before: The text of an earlier export; that of another plan counts for nothing.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-relcalid", _uid(plan, ""))
    earlier = _read_events(before, _uid(plan, ""))
    events = {str(event["uid"]): event for event in _events(plan, document)}
    gone = {uid: _cancelled(event) for uid, event in earlier.items() if uid not in events}
    for uid, event in (events | gone).items():
        calendar.add_component(_stamped(event, earlier.get(uid), today or plan.start))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _events(plan: Plan, document: PlanReading | None) -> Iterator[Event]:
    yield from _steps(plan, document)
    yield from _checkins(plan)
    yield from _reviews(plan)
    if document is not None:
        for entry in list_entries(plan, None):
            if entry.step.id not in document.by_id:
                yield _cancelled(_event(plan, entry.step.id, entry.due, _summary(entry)))


def _read_events(text: str, plan: str) -> dict[str, Event]:
    """Return the entries of an earlier export of a plan by their ids."""
    try:
        calendar = Calendar.from_ical(text) if text else None
    except ValueError:
        return {}
    if calendar is None or str(calendar.get("x-wr-relcalid", "")) != plan:
        return {}
    events = (event for event in calendar.walk("VEVENT") if isinstance(event, Event))
    return {str(event["uid"]): event for event in events}


def _cancelled(event: Event) -> Event:
    gone = _copy(event)
    gone.pop("status", None)
    gone.add("status", "CANCELLED")
    return gone


def _stamped(event: Event, earlier: Event | None, today: date) -> Event:
    """Return an entry that says when it was written, and when it last changed."""
    number, changed = (today - _FIRST_DAY).days, datetime.combine(today, time(), UTC)
    stamped = _unstamped(event)
    if earlier is not None:
        last = int(earlier.get("sequence", 0))
        if stamped.to_ical() == _unstamped(earlier).to_ical():
            number, changed = last, earlier.decoded("last-modified")
        else:
            number = max(number, last + 1)
    stamped.add("dtstamp", datetime.combine(today, time(), UTC))
    stamped.add("last-modified", changed)
    stamped.add("sequence", number)
    return stamped


def _unstamped(event: Event) -> Event:
    plain = _copy(event)
    for name in ("dtstamp", "last-modified", "sequence"):
        plain.pop(name, None)
    return plain


def _copy(event: Event) -> Event:
    copy = Event()
    copy.update(event)
    return copy


def _steps(plan: Plan, document: PlanReading | None) -> Iterator[Event]:
    for entry in list_entries(plan, document):
        event = _event(plan, entry.step.id, entry.due, _summary(entry))
        event.add("description", f"{entry.priority.work.title}\n{entry.priority.objective}")
        yield event


def _summary(entry: ExportedStep) -> str:
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
