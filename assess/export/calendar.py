"""A plan as a calendar: its rhythm, and where it is asked for each task on the day it is due.

The same entry has the same UID in every export of a plan, so that importing again updates
instead of doubling. What is gone is cancelled, so that importing removes it: steps that
people deleted, and entries of an earlier export that has the same place. SEQUENCE counts
days, which rise without anything being kept; a second change on one day adds one.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from assess.document.reading import PlanReading
from assess.document.reviews import list_reviews
from assess.export.entries import ExportedTask, list_tasks
from assess.people import Person, find_person
from assess.planning.plan import Plan

_PRODUCT: Final = "-//team-assess//90-day plan//EN"
_STAMPS: Final = ("dtstamp", "last-modified", "sequence")
_FIRST_DAY: Final = date(2000, 1, 1)


def find_organizer(people: Iterable[Person]) -> Person | None:
    """Return the manager in whose name people are asked to come, or None."""
    return next((p for p in people if p.email and "manager" in p.roles), None)


def format_calendar(
    plan: Plan,
    document: PlanReading | None = None,
    *,
    steps: bool = False,
    attendees: bool = False,
    today: date | None = None,
    before: str = "",
) -> str:
    """Return the plan as an iCalendar text, with all-day entries that block no time.

    Beside the rhythm, which is the weekly check-in and the three reviews, single `steps` are in
    it where wanted. Attendees are those whose e-mail address is known, and need a manager who has
    one.

    What people edited counts, and what is not there any more of an earlier export, the text
    `before`, is cancelled; that of another plan counts for nothing.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if not attendees:  # What is published may have no attendees.
        calendar.add("method", "PUBLISH")
    calendar.add("x-wr-relcalid", _uid(plan, ""))
    earlier = _read_events(before, _uid(plan, ""))
    events = {str(event["uid"]): event for event in _events(plan, document, steps, attendees)}
    gone = {uid: _cancelled(event) for uid, event in earlier.items() if uid not in events}
    for uid, event in (events | gone).items():
        calendar.add_component(_stamped(event, earlier.get(uid), today or plan.start))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _events(
    plan: Plan, document: PlanReading | None, steps: bool, attendees: bool
) -> Iterator[Event]:
    invited = plan.people if attendees else ()
    members = [person for person in invited if person.is_member]
    for event in (*_checkins(plan), *_reviews(plan)):
        yield _with_attendees(event, members, invited)
    if not steps:
        return
    there = list_tasks(plan, document)
    for task in there:
        owner = find_person(invited, task.owner)
        for event in _task_events(plan, task):
            yield _with_attendees(event, [owner] if owner else (), invited)
    names = {task.id for task in there}
    for task in list_tasks(plan, None):
        if task.id not in names:
            yield from map(_cancelled, _task_events(plan, task))


def _with_attendees(event: Event, wanted: Iterable[Person], invited: Iterable[Person]) -> Event:
    """Return an event to which people are asked to come, as far as their address is known."""
    known = [person for person in wanted if person.email]
    organizer = find_organizer(invited)
    if organizer is not None and known:
        event.add("organizer", _address(organizer))
        for person in known:
            event.add("attendee", _address(person))
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    return address


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
    gone = _copy(event, "status")
    gone.add("status", "CANCELLED")
    return gone


def _stamped(event: Event, earlier: Event | None, today: date) -> Event:
    """Return an entry that says when it was written, and when it last changed."""
    number, changed = (today - _FIRST_DAY).days, datetime.combine(today, time(), UTC)
    stamped = _copy(event, *_STAMPS)
    if earlier is not None:
        last = int(earlier.get("sequence", 0))
        if stamped.to_ical() == _copy(earlier, *_STAMPS).to_ical():
            number, changed = last, earlier.decoded("last-modified")
        else:
            number = max(number, last + 1)
    stamped.add("dtstamp", datetime.combine(today, time(), UTC))
    stamped.add("last-modified", changed)
    stamped.add("sequence", number)
    return stamped


def _copy(event: Event, *left_out: str) -> Event:
    copy = Event()
    copy.update(event)
    for name in left_out:
        copy.pop(name, None)
    return copy


def _task_events(plan: Plan, task: ExportedTask) -> Iterator[Event]:
    """Yield the entry of a task; an own task without a date has none."""
    if task.due is not None:
        done = "Done: " if task.is_done else ""
        owner = f" ({task.owner})" if task.owner else ""
        event = _event(plan, task.id, task.due, f"{done}{task.wording}{owner}")
        event.add("description", "\n".join(filter(None, (task.section, task.about))))
        yield event


def _checkins(plan: Plan) -> Iterator[Event]:
    """Yield one weekly entry, without the weeks off."""
    days = [week.monday for week in plan.weeks if not week.off]
    if not days:
        return
    event = _event(plan, "check-in", days[0], f"Weekly check-in: {plan.whose}")
    event.add("description", "What is done, what is late, who helps. 15 minutes.")
    event.add("rrule", {"freq": "weekly", "until": days[-1]})
    for week in plan.weeks:
        if week.off and days[0] < week.monday < days[-1]:
            event.add("exdate", week.monday, parameters={"value": "DATE"})
    yield event


def _reviews(plan: Plan) -> Iterator[Event]:
    for review in list_reviews(plan.reviews):
        title = f"Day {review.day} review: {plan.whose}"
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
