"""Late steps settled: done, this week, another date, another person, dropped, or planned anew."""

from collections.abc import Mapping, Sequence
from datetime import date

from assess.checkin.status import StepStatus, find_due
from assess.document.dates import read_day
from assess.documents.said import AgreedState, Blocker
from assess.errors import AssessError
from assess.interview.asker import Marked
from assess.interview.looking_back import EACH, ask_cause, ask_person, date_blank, late_sheet
from assess.pages.checkin import say_no_day, tell_own_late
from assess.pages.checkin_end import end_of_week, next_deadline
from assess.planning.calendar import WEEK, is_away
from assess.workflow.checkin.stepping import is_known, take_owner, tell_stranger
from assess.workflow.checkin.talk import Talk


def ask_late(talk: Talk) -> None:
    late = {
        status.id: status for status in find_due(talk.after, talk.today) if status.state == "late"
    }
    # On its last day a plan has no week left for anything.
    if not late or talk.reading.is_last_day:
        return
    talk.asked_late = True
    rows = [talk.row(status, late=False) for status in late.values()]
    given = {step: mark for step, mark in talk.said.marked.items() if step in late}
    sheet = late_sheet(rows, given, is_friday=talk.today == end_of_week(talk.today))
    marked = talk.asker.mark(sheet, lambda now: talk.keep(marked=dict(now)))
    is_left = len(marked) < len(late)
    _settle(talk, [late[step] for step in late if step in marked], marked)
    talk.keep(marked={}, replans=talk.said.replans or is_left)
    own = {s.id for s in talk.reading.checkin.own}
    still = [s.id for s in find_due(talk.after, talk.today) if s.state == "late" and s.id in own]
    if still:
        talk.asker.say(tell_own_late(still, next_deadline(talk.today)))


def _settle(talk: Talk, late: Sequence[StepStatus], marked: Marked) -> None:
    """Agree on late steps as they were marked; steps for another person are asked for at once."""
    states: Mapping[str, AgreedState] = {"done": "done", "drop": "dropped"}
    for status in late:
        if (state := states.get(marked[status.id])) is not None:
            talk.agree(status, state=state)
        elif marked[status.id] == "week":
            talk.agree(status, due=next_deadline(talk.today))
    _ask_why_dropped(talk)
    _hand_over(talk, [status for status in late if marked[status.id] == "person"])
    for status in (status for status in late if marked[status.id] == "date"):
        talk.agree(status, due=_ask_due(talk, status.wording))


def _ask_why_dropped(talk: Talk) -> None:
    """Ask for the cause where a whole action is dropped: what it promised is put aside then."""
    before = {action.id for action in talk.reading.checkin.actions if action.state == "dropped"}
    for action in talk.after.actions:
        text = f"Dropped: {action.title}"
        told = {blocker.text for blocker in talk.said.blockers}
        if action.state == "dropped" and action.id not in before and text not in told:
            keep_blocker(talk, text)


def keep_blocker(talk: Talk, text: str) -> None:
    """Keep what is in the way before its cause is asked for, and with it."""
    before = talk.said.blockers
    talk.keep(blockers=(*before, Blocker(text=text)))
    talk.keep(blockers=(*before, Blocker(text=text, cause=ask_cause(talk.asker, text))))


def _hand_over(talk: Talk, steps: Sequence[StepStatus]) -> None:
    """Ask who takes steps and until when: all of them, or each on its own."""
    left = [s for s in steps if s.id not in talk.handed_over]
    if not left:
        return
    several = len(left) > 1
    what = f"{len(left)} steps." if several else left[0].wording
    people = talk.store.load_people(talk.reading.assessment.team).people
    named = [person.name for person in people if person.is_member]
    told = sorted({s.owner for s in talk.after.tasks if s.owner and is_known(s.owner, people)})
    have = {s.owner for s in left}
    known = [name for name in dict.fromkeys((*named, *told)) if name not in have]
    owner = ""
    while (typed := ask_person(talk.asker, what, known[:8], several=several)) not in ("", EACH):
        try:
            owner = take_owner(typed, people)
        except AssessError as error:
            talk.asker.say(f"{error.what} {error.fix}")
            continue
        talk.asker.say(*tell_stranger(owner, people))
        break
    if typed == EACH:
        for status in left:
            _hand_over(talk, [status])
        return
    due = _ask_due(talk, what)
    talk.keep(talk.said.agree(*(talk.agreement(s, owner=owner, due=due) for s in left)))


def _ask_due(talk: Talk, what: str) -> date:
    written = talk.reading.kept.written
    friday = next_deadline(talk.today)
    while is_away(written.start, written, friday):
        friday += WEEK

    while typed := talk.asker.write(date_blank(what, friday)):
        day = read_day(typed, written.start)
        if day and day >= talk.today:
            return day
        talk.asker.say(say_no_day(typed, day, next_deadline(talk.today)))
    return friday
