"""Where a plan stands: hours, what is late with its levers, what is next, what was said."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, get_args

from assess.checkin import CheckIn, PastCheckIn, StepState, StepStatus
from assess.errors import first_told
from assess.figures import count, hours_text, long_day
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

_MOST_CLAIMS: Final = 5
_MOST_TASKS: Final = 3
_SOON_DAYS: Final = 14


def make_checkin_page(
    checkin: CheckIn,
    *,
    wins: Sequence[str] = (),
    blockers: Sequence[tuple[str, str]] = (),
    claims: Sequence[str] = (),
) -> Page:
    """Return where a plan stands.

    Args:
        wins: What people are glad of, in their words.
        blockers: What held them up, each with its cause, or an empty text.
        claims: The questions with a strong claim and no evidence.
    """
    done, dropped = checkin.in_state("done"), checkin.in_state("dropped")
    held_up = tuple(f"{text} ({cause})" if cause else text for text, cause in blockers)
    return Page(
        f"Check-in of {checkin.team}, {long_day(checkin.date)}",
        (
            Section("", (Sentence(describe_progress(checkin)), Sentence(_counts(checkin)))),
            Section("", _hours(checkin), detail=True),
            listed("Wins", wins),
            _tasks("Late", checkin.in_state("late")),
            _levers(checkin),
            listed("What holds us up", held_up),
            _tasks("Next", _next_steps(checkin)),
            _tasks("Done so far", done, detail=True),
            _tasks("Deleted from the plan", dropped, detail=True),
            _own(checkin),
            _review(checkin),
            _reading_list(claims),
            _notes(checkin),
        ),
    )


def describe_progress(checkin: CheckIn) -> str:
    """Say in one sentence where the plan is, and where the team is in it."""
    if checkin.week < 1:
        return "The plan has not begun yet."
    if not any(status.state in ("open", "late") for status in checkin.steps):
        return "Nothing of the plan is left to do."
    place = "over" if checkin.is_over else f"in week {checkin.week}"
    done, due = count(checkin.hours_done, "hour"), hours_text(checkin.hours_due)
    hours = f"{done} done, {due} due by now"
    if checkin.team_week < checkin.week:
        return f"The plan is {place}, the team in week {checkin.team_week}: {hours}."
    ahead = "ahead of it" if checkin.team_week > checkin.week else "on course"
    return f"The plan is {place}, the team {ahead}: {hours}."


def describe_past(past: PastCheckIn) -> str:
    """Return an earlier check-in as one line."""
    found = f"{hours_text(past.hours_done)} of {count(past.hours_due, 'hour')} due done"
    late = f", {count(past.late, 'step')} late" if past.late else ""
    told = (("Wins", past.wins), ("Held up by", past.blockers), ("Agreed", past.notes))
    said = "".join(f" {label}: {_joined(texts)}." for label, texts in told if texts)
    return f"{long_day(past.date)}: {found}{late}.{said}"


def past_checkins_section(past: Iterable[PastCheckIn]) -> Section:
    """Return a paragraph for each earlier check-in of a plan, the oldest first."""
    return listed("Check-ins", map(describe_past, past), detail=True)


def _joined(texts: Sequence[str]) -> str:
    """Join what people wrote, some of it as sentences, into one."""
    return "; ".join(text.rstrip(" .;,") for text in texts)


def _counts(checkin: CheckIn) -> str:
    states = ", ".join(f"{len(checkin.in_state(s))} {s}" for s in get_args(StepState))
    own = f", {count(len(checkin.own), 'task')} of your own" if checkin.own else ""
    return f"Steps: {states}{own}."


def _hours(checkin: CheckIn) -> tuple[Block, ...]:
    planned = checkin.hours_planned
    if not planned:
        return ()
    done = Fraction(checkin.hours_done) / planned
    due = min(Fraction(checkin.hours_due) / planned, Fraction(1))
    row = BarRow("Hours done", (done,), due)
    return (Bars((BarColumn("", "accent"),), (row,), "is what is due by now."),)


def _tasks(heading: str, steps: Sequence[StepStatus], *, detail: bool = False) -> Section:
    tasks = tuple(ListedTask(s.wording, s.owner, s.due, s.state) for s in steps)
    return Section(heading, (Tasks(tasks, _MOST_TASKS),) if tasks else (), detail=detail)


def _next_steps(checkin: CheckIn) -> tuple[StepStatus, ...]:
    """Return the open steps of this week and the next, or else the first that come."""
    steps = sorted(checkin.in_state("open"), key=lambda status: status.due)
    soon = tuple(s for s in steps if (s.due - checkin.date).days < _SOON_DAYS)
    return soon or tuple(steps[:1])


def _levers(checkin: CheckIn) -> Section:
    texts = tuple(f"{a.title}: {lever}" for a in checkin.actions for lever in a.levers)
    return listed("What can be adjusted at once", texts, detail=True)


def _own(checkin: CheckIn) -> Section:
    texts = tuple(f"{'done: ' if task.is_done else ''}{task.wording}" for task in checkin.own)
    return listed("Your own tasks", texts, detail=True)


def _review(checkin: CheckIn) -> Section:
    if checkin.review is None:
        return Section("", ())
    heading = f"Review of day {checkin.review.day}, {long_day(checkin.review.date)}"
    return listed(heading, checkin.review.questions)


def _reading_list(claims: Sequence[str]) -> Section:
    heading = "To look at until next time: what shows that these are so?"
    return listed(heading, claims, most=_MOST_CLAIMS, detail=True)


def _notes(checkin: CheckIn) -> Section:
    texts = first_told(f"Line {note.line}: {note.text}" for note in checkin.notes)
    return listed("What was odd in the file", texts, detail=True)
