"""Where a plan stands: hours, what is late with its levers, what is next, what was said."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Final, get_args

from assess.cells import cut
from assess.checkin.pace import Pace, is_on_course
from assess.checkin.status import ActionStatus, CheckIn, PastCheckIn, StepState, StepStatus
from assess.commands import join_command
from assess.documents.said import Blocker, Said, StepAgreement
from assess.errors import first_told
from assess.figures import Hours, count, hours_text, long_day, short_day
from assess.pages.blocks import (
    BarColumn,
    BarRow,
    Bars,
    Block,
    ListedTask,
    Page,
    Section,
    Sentence,
    Tasks,
    listed,
)

_MOST_TASKS: Final = 3
_SOON_DAYS: Final = 14
_ABSENCE_DAYS: Final = 10
_WORDING: Final = 50
_BEHIND: Final = "the work behind"
_SOON_TO_TELL: Final = 3
"""After so many weeks a pace says where it leads."""


def make_checkin_page(
    checkin: CheckIn, said: Said | None = None, so_far: str = "", *weeks: Section
) -> Page:
    """Return where a plan stands, what was said up to now, and how much of it is true.

    `weeks` stand behind what comes next.
    """
    said = said or Said()
    done, dropped = checkin.in_state("done"), checkin.in_state("dropped")
    unconfirmed = (action for action in checkin.actions if action.is_to_be_confirmed)
    standing = (describe_progress(checkin), so_far, _counts(checkin))
    levers = (f"{a.title}: {lever}" for a in checkin.actions for lever in a.levers)
    notes = first_told(f"Line {note.line}: {note.text}" for note in checkin.notes)
    review = checkin.review
    reviewed = f"Review of day {review.day}, {long_day(review.date)}" if review else ""
    return Page(
        f"Check-in of {checkin.whose}, {long_day(checkin.date)}",
        (
            Section("", tuple(Sentence(text) for text in standing if text)),
            Section("", _hours(checkin), detail=True),
            listed("Wins", said.wins),
            _tasks("Late", checkin.in_state("late"), said),
            listed("What can be adjusted at once", levers, detail=True),
            listed("What holds us up", map(describe_blocker, said.blockers)),
            _tasks("Next", _next_steps(checkin), said),
            *weeks,
            listed("To be confirmed", map(_to_confirm, unconfirmed), most=_MOST_TASKS),
            _tasks("Done so far", done, said, detail=True),
            _tasks("Deleted or dropped", dropped, said, detail=True),
            listed("Priorities", map(_priority, checkin.actions), detail=True),
            listed(reviewed, review.questions if review else ()),
            listed("Answers to the review", said.answers, most=_MOST_TASKS),
            listed("What was odd in the file", notes, detail=True),
        ),
    )


def describe_progress(checkin: CheckIn) -> str:
    """Say in one sentence where the plan is, how much is done, and where that pace leads."""
    if checkin.week < 1:
        return "The plan has not begun yet."
    if not any(status.state in ("open", "late") for status in checkin.steps):
        return "Nothing of the plan is left to do."
    done, due = count(checkin.hours_done, "hour"), hours_text(checkin.hours_due)
    planned = checkin.hours_planned
    if checkin.is_over:
        hours = f": {done} of {hours_text(planned)} done" if planned else ""
        return f"The weeks of the plan are over{hours}."
    place, end = _find_place(checkin), ""
    if place == _BEHIND and checkin.week > _SOON_TO_TELL:
        reached = Fraction(checkin.hours_done) / Fraction(checkin.hours_due) * Fraction(planned)
        end = f"; at this pace {floor(reached)} of {hours_text(planned)} are done in the end"
    return f"The plan is in week {checkin.week}, {place}: {done} done, {due} due by now{end}."


def _find_place(checkin: CheckIn) -> str:
    if is_on_course(checkin):
        is_ahead = checkin.hours_done > checkin.hours_due
        return "the work ahead of it" if is_ahead else "the work on course"
    return "its decisions wait" if checkin.hours_done >= checkin.hours_due else _BEHIND


def tell_beginning(checkin: CheckIn, last: date | None, *, is_resumed: bool) -> Iterator[str]:
    """Say where the plan stands, and what an absence since the `last` check-in, or a beginning,
    means.
    """
    yield f"{checkin.team}, {long_day(checkin.date)}. {describe_progress(checkin)}"
    if is_resumed:
        yield "This check-in was begun before; what was said is kept, and it goes on."
    elif last is not None and checkin.date - last > timedelta(days=_ABSENCE_DAYS):
        yield f"One check-in covers all since {short_day(last)}."


def tell_own_late(tasks: Iterable[str], until: date) -> str:
    """Say what becomes of late tasks that are no steps of the plan, by their ids."""
    command = join_command("step", *tasks, "--to", str(until))
    return f"Your own tasks are not planned anew; give them a new date: {command}"


def say_no_day(typed: str, day: date | None, example: date) -> str:
    """Say why what somebody typed is no day until which something can be done."""
    if day is None:
        return f"'{typed}' is no date; write it as in {short_day(example)} or {example}."
    return f"{long_day(day)} has passed already."


def tell_pace(pace: Pace) -> str:
    done, due = count(pace.done, "hour"), hours_text(pace.due)
    return f"In three working weeks {done} were done of {due}."


def advise_without_tick(reason: str, hours: Hours, first: StepStatus | None) -> str:
    """Say what follows from why nothing was ticked.

    The plan was made for so many hours a week; `first` is the step of it that is due first.
    """
    if reason == "no-time":
        plan = join_command("plan", "--hours", str(max(1, int(hours / 2))))
        return f"Then fewer hours are true hours, such as half: {plan}. Or something stops."
    if reason == "other-work":
        return "Then say what waits for whom, in one sentence, to those who bring that work."
    if first is None:
        return "Then leave it open; nothing of the plan is due."
    drop = join_command("step", first.id, "--drop")
    return f"Then drop it: {drop}, or all: {join_command('plan', '--skip', first.action)}."


def offer_lever(title: str, lever: str) -> str:
    """Offer another way for an action of which nothing more is done for weeks."""
    return f"“{title}” stands still. What can be changed at once: {lever}"


def describe_past(past: PastCheckIn) -> str:
    found = f"{hours_text(past.hours_done)} of {count(past.hours_due, 'hour')} due done"
    ticked = f", {count(past.ticked, 'step')} ticked" if past.ticked else ""
    late = f", {count(past.late, 'step')} late" if past.late else ""
    told = (
        ("Wins", past.wins),
        ("Held up by", past.blockers),
        ("Agreed", past.agreed),
        ("Review", past.answers),
    )
    said = "".join(f" {label}: {_joined(texts)}." for label, texts in told if texts)
    return f"{long_day(past.date)}: {found}{ticked}{late}.{said}"


def describe_blocker(blocker: Blocker) -> str:
    """Return what held the team up, with the cause where it is known."""
    return f"{blocker.text.rstrip('.')} ({blocker.cause})" if blocker.cause else blocker.text


def describe_agreement(agreed: StepAgreement) -> str:
    return f"“{cut(agreed.wording.rstrip('.'), _WORDING)}”: {agreed_terms(agreed)}"


def agreed_terms(agreed: StepAgreement) -> str:
    """Return who and until when, as it was agreed, and what was noted."""
    state = "opened again" if agreed.state == "open" else agreed.state
    due = f"by {short_day(agreed.due)}" if agreed.due else ""
    return ", ".join(part for part in (state, agreed.owner, due, agreed.note) if part)


def describe_terms(terms: Iterable[StepAgreement]) -> str:
    """Return what was agreed on a step over several days, each with its own; may be empty."""
    days = "; ".join(f"{short_day(one.on)}: {agreed_terms(one)}" for one in terms)
    return f"agreed {days}" if days else ""


def describe_tasks_done(action: ActionStatus) -> str:
    """Return how many steps of an action are done, and of how many."""
    done, of = action.done_of
    return f"{done} of {count(of, 'step')}"


def past_checkins_section(past: Iterable[PastCheckIn]) -> Section:
    """Return a paragraph for each earlier check-in of a plan, the oldest first."""
    return listed("Check-ins", map(describe_past, past), detail=True)


def _joined(texts: Sequence[str]) -> str:
    """Join what people wrote, some of it as sentences, into one."""
    return "; ".join(text.rstrip(" .;,") for text in texts)


def _counts(checkin: CheckIn) -> str:
    states = ", ".join(f"{len(checkin.in_state(s))} {s}" for s in get_args(StepState))
    own = f", {len(checkin.own)} of them your own" if checkin.own else ""
    true, of = checkin.true_of
    holding = f" {true} of {of} “done when” are true." if true else ""
    return f"Steps: {states}{own}.{holding}"


def _hours(checkin: CheckIn) -> tuple[Block, ...]:
    planned = checkin.hours_planned
    if not planned:
        return ()
    done = Fraction(checkin.hours_done) / planned
    due = min(Fraction(checkin.hours_due) / planned, Fraction(1))
    row = BarRow("Hours done", (done,), due)
    return (Bars((BarColumn("", "accent"),), (row,), "is what is due by now."),)


def _tasks(
    heading: str, steps: Sequence[StepStatus], said: Said, *, detail: bool = False
) -> Section:
    """Return tasks with the numbers that `assess step` takes, and what was agreed on them."""
    tasks = tuple(
        ListedTask(
            f"{s.place} · {s.wording}{_agreed_on(said.terms_of(s.id))}", s.owner, s.due, s.state
        )
        for s in steps
    )
    return Section(heading, (Tasks(tasks, _MOST_TASKS),) if tasks else (), detail=detail)


def _agreed_on(terms: Sequence[StepAgreement]) -> str:
    days = (f"{short_day(one.on)}: {one.note}" if one.note else short_day(one.on) for one in terms)
    return f" (agreed {'; '.join(days)})" if terms else ""


def _to_confirm(action: ActionStatus) -> str:
    return f"{action.title}: {' '.join(action.done_when)}".strip(": ")


def _priority(action: ActionStatus) -> str:
    holds = {True: ", true", False: ", not true yet", None: ""}[action.holds]
    return f"{action.title}: {describe_tasks_done(action)}{holds}"


def _next_steps(checkin: CheckIn) -> tuple[StepStatus, ...]:
    """Return the open steps of this week and the next, or else the first that come."""
    last = date.max
    steps = sorted(checkin.in_state("open"), key=lambda status: status.due or last)
    soon = checkin.date + timedelta(days=_SOON_DAYS)
    return tuple(s for s in steps if s.due and s.due < soon) or tuple(steps[:1])
