"""Where a plan stands: hours, what is late with its levers, what is next, what was said."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, get_args

from assess.checkin import (
    CheckIn,
    PastCheckIn,
    StepState,
    StepStatus,
    describe_past,
    describe_progress,
)
from assess.console.bars import MARK, bar
from assess.console.lines import Lines, Look, Style, heading, items, joined, paragraph, styled
from assess.console.screen import Console
from assess.errors import first_told
from assess.figures import count, long_day, short_day

_MOST_CLAIMS: Final = 5
_SOON_DAYS: Final = 14
_TRACK: Final = 30


def show_checkin(console: Console, checkin: CheckIn) -> None:
    """Print where a plan stands."""
    console.show(checkin_lines(checkin, console.look))


def show_reading_list(console: Console, claims: Sequence[str]) -> None:
    """Print the questions with a strong claim and no evidence; nothing where there are none."""
    console.show(reading_list_lines(claims, console.look))


def reading_list_lines(claims: Sequence[str], look: Look) -> Lines:
    """Return the claims to look at together until the next check-in."""
    if not claims:
        return []
    title = "To look at until next time: what shows that these are so?"
    return [*heading(title, look), *items(claims[:_MOST_CLAIMS], look)]


def show_checkins(console: Console, checkins: Sequence[PastCheckIn]) -> None:
    """Print the earlier check-ins of a plan, the oldest first."""
    console.show(checkins_lines(checkins, console.look))


def checkins_lines(checkins: Sequence[PastCheckIn], look: Look) -> Lines:
    """Return a paragraph for each check-in; nothing where there is none."""
    if not checkins:
        return []
    return [*heading("Check-ins", look), *items(map(describe_past, checkins), look)]


def checkin_lines(checkin: CheckIn, look: Look) -> Lines:
    """Return the whole picture of a check-in."""
    done, late = checkin.in_state("done"), checkin.in_state("late")
    soon = [s for s in checkin.in_state("open") if (s.due - checkin.date).days < _SOON_DAYS]
    return [
        *paragraph(f"Check-in of {checkin.team}, {long_day(checkin.date)}", look, style="strong"),
        *paragraph(describe_progress(checkin), look),
        *_track(checkin, look),
        *paragraph(_counts(checkin), look),
        *_steps("Late", late, look, "warning"),
        *_levers(checkin, look),
        *_steps("Next", soon, look),
        *_steps("Done", done, look, "quiet"),
        *_steps("Deleted from the plan", checkin.in_state("dropped"), look, "quiet"),
        *_own(checkin, look),
        *_review(checkin, look),
        *_notes(checkin, look),
    ]


def _track(checkin: CheckIn, look: Look) -> Lines:
    """Draw the hours done against the hours due."""
    planned = checkin.hours_planned
    if look.linear or not planned:
        return []
    due = Fraction(min(checkin.hours_due, planned), planned)
    legend = f"  {MARK} is what is due by now"
    cells = min(_TRACK, look.width - len("  ") - len(MARK) - len(legend))
    done = bar(Fraction(checkin.hours_done, planned), cells, due, "momentum")
    return [joined(styled("  "), done, styled(legend, "quiet"))]


def _counts(checkin: CheckIn) -> str:
    parts = [f"{len(checkin.in_state(state))} {state}" for state in get_args(StepState)]
    own = f", {count(len(checkin.own), 'task')} of your own" if checkin.own else ""
    return f"Steps: {', '.join(parts)}{own}."


def _steps(title: str, steps: Iterable[StepStatus], look: Look, style: Style = "") -> Lines:
    texts = [_step(status) for status in steps]
    if not texts:
        return []
    lines = [line for text in texts for line in paragraph(text, look, indent=2, style=style)]
    return [*heading(title, look), *lines]


def _step(status: StepStatus) -> str:
    when = "was due" if status.state == "late" else "due"
    due = "" if status.state in ("done", "dropped") else f"{when} {short_day(status.due)}"
    who_and_when = ", ".join(part for part in (status.owner, due) if part)
    return f"{status.wording} – {who_and_when}" if who_and_when else status.wording


def _levers(checkin: CheckIn, look: Look) -> Lines:
    lines: Lines = []
    for action in checkin.actions:
        if action.levers:
            lines += paragraph(action.title, look, indent=2)
            lines += items(action.levers, look, indent=4)
    return [*heading("What can be adjusted at once", look), *lines] if lines else []


def _own(checkin: CheckIn, look: Look) -> Lines:
    texts = [f"{'done: ' if task.is_done else ''}{task.wording}" for task in checkin.own]
    return [*heading("Your own tasks", look), *items(texts, look)] if texts else []


def _review(checkin: CheckIn, look: Look) -> Lines:
    if checkin.review is None:
        return []
    title = f"Review of day {checkin.review.day}, {long_day(checkin.review.date)}"
    return [*heading(title, look), *items(checkin.review.questions, look)]


def _notes(checkin: CheckIn, look: Look) -> Lines:
    texts = first_told(f"Line {note.line}: {note.text}" for note in checkin.notes)
    return [*heading("What was odd in the file", look), *items(texts, look)] if texts else []
