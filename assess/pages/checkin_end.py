"""The end of a check-in: what will change, what deserves a word, and the message for the team."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from assess.cells import cell_width, cut
from assess.checkin.status import CheckIn, StepStatus, find_due
from assess.documents.said import Said, StepAgreement
from assess.figures import count, join_words, long_day, short_day
from assess.pages.blocks import Items, Page, Section, Sentence, listed
from assess.pages.checkin import agreed_terms, describe_blocker

_MOST_CHANGES: Final = 5
_MOST_PRAISE: Final = 3
_MOST_LINES: Final = 12
_MOST_TASKS: Final = 8
_WIDTH: Final = 78
_MESSAGE_WIDTH: Final = 120
"""A chat wraps by itself."""

_LEAST_WORDING: Final = 20
_FRIDAY: Final = 4
_WEEK: Final = timedelta(days=7)
_MESSAGE: Final = {True: "For the team's chat", False: "For the team's chat, if you like"}
"""By whether the plan is the team's own."""
_NOTHING: Final = "Nothing is due this week."


def end_of_week(day: date) -> date:
    """Return the Friday until which a check-in looks: on a weekend the next one."""
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)


def next_deadline(day: date) -> date:
    """Return the Friday until which work can be agreed on: on a Friday the next one."""
    return end_of_week(day + timedelta(days=1))


def describe_said(said: Said) -> tuple[str, ...]:
    """Return in at most five lines what will change by what was said and is not written yet."""
    new = [one for one in said.by_step.values() if not one.written]
    terms = [one for one in new if one.due or one.owner]
    others = [*map(_describe_terms, terms)]
    others += [f"Not true yet; to be done: {c.missing}" for c in said.confirmed if c.missing]
    marked = [
        (label, [one.wording.rstrip(".") for one in new if one.state == state])
        for label, state in (("Done", "done"), ("Dropped", "dropped"))
    ]
    lines = [_name_steps(label, [name]) for label, names in marked for name in names] + others
    if len(lines) > _MOST_CHANGES:
        lines = [_name_steps(label, names) for label, names in marked if names] + others
    if len(lines) > _MOST_CHANGES:
        more = len(lines) - _MOST_CHANGES + 1
        lines = [*lines[: _MOST_CHANGES - 1], f"… and {count(more, 'more change')}."]
    return tuple(cut(line, _WIDTH) for line in lines)


def _name_steps(label: str, names: Sequence[str]) -> str:
    """Return one line with at most two of these steps, in the width that there is."""
    return f"{label}: {_join_names(names, _WIDTH - cell_width(f'{label}: .'), '“{}”')}."


def _join_names(names: Sequence[str], width: int, form: str = "{}") -> str:
    """Return at most two names and how many more, each cut to its share of the width."""
    shown, left = names[:2], len(names) - 2
    more = (f"{left} more",) if left > 0 else ()
    frame = cell_width(join_words((*(form.format("") for _ in shown), *more), "and"))
    room = (width - frame) // len(shown)
    return join_words((*(form.format(cut(name, room)) for name in shown), *more), "and")


def _describe_terms(agreed: StepAgreement) -> str:
    terms = agreed_terms(agreed)
    room = _WIDTH - cell_width(f"“”: {terms}")
    return f"“{cut(agreed.wording.rstrip('.'), max(room, _LEAST_WORDING))}”: {terms}"


def praise(
    before: Mapping[str, bool], began: CheckIn, after: CheckIn, agreed: Mapping[str, StepAgreement]
) -> Section:
    """Return what deserves a word: a finished priority, a kept agreement, a clear week.

    `before` says what was done at the last check-in, by the ids of steps and actions; `began` is
    where the plan stood when this one began.
    """
    return listed("", tuple(_tell_praise(before, began, after, agreed))[:_MOST_PRAISE])


def _tell_praise(
    before: Mapping[str, bool], began: CheckIn, after: CheckIn, agreed: Mapping[str, StepAgreement]
) -> Iterator[str]:
    for action in after.actions:
        if action.state == "done" and not before.get(action.id):
            true, left = (
                "is finished, and it is true. Well done",
                "has no step left; to be confirmed",
            )
            yield f"“{action.title}” {true if action.holds else left}."
    done = after.in_state("done")
    new = [status for status in done if not before.get(status.id)]
    for status in new:
        one = agreed.get(status.id)
        is_kept = one is not None and (one.due or one.owner) and (one.due or date.max) >= after.date
        if one and is_kept and one.on < after.date:
            who = status.owner or "Somebody"
            yield f"{who} kept what was agreed on {short_day(one.on)}: “{cut(status.short, 40)}”."
    # What is late and gets another date was late all the same.
    late = {status.id for status in (*began.in_state("late"), *after.in_state("late"))}
    if new and late <= {status.id for status in done}:
        yield "A clear week: nothing is late."


def make_message(checkin: CheckIn, before: Mapping[str, bool], said: Said) -> tuple[str, ...]:
    """Return the message for the team's chat, in at most twelve short lines.

    `before` says what was done at the last check-in, by the ids of steps and actions.
    """
    place = f"week {checkin.week} of 13" if 1 <= checkin.week <= 13 else "our plan"
    lines = [f"{checkin.team}, {place}, {long_day(checkin.date)}"]
    new = [s for s in checkin.in_state("done") if not before.get(s.id)]
    if new:
        names = [status.short for status in new]
        lines.append(f"Finished: {_join_names(names, _MESSAGE_WIDTH - 10)}")
    lines += [f"Good: {win}" for win in said.wins[:1]]
    lines += [f"In the way: {describe_blocker(one)}" for one in said.blockers[:1]]
    waits = len(checkin.in_state("late"))
    last = [f"Waits: {count(waits, 'late step')}"] if waits else []
    room = _MOST_LINES - len(lines) - len(last) - 2
    week = [] if checkin.is_over else _week_lines(checkin, min(room, _MOST_TASKS))
    return tuple(cut(line, _MESSAGE_WIDTH) for line in (*lines, *week, *last))


def _week_lines(checkin: CheckIn, most: int) -> list[str]:
    """Return in at most two more lines what is due this week, then what was due before."""
    # On a Friday the work that people look forward to is that of the next week, if there is one.
    until = end_of_week(checkin.date + timedelta(days=int(checkin.week < 13)))
    is_next = until - checkin.date >= _WEEK
    tasks = find_due(checkin, until)
    if not tasks:
        return [f"Nothing is due until {short_day(until)}." if is_next else _NOTHING]
    soon = [task for task in tasks if task.state != "late"]
    late = [task for task in tasks if task.state == "late"]
    # What does not fit takes a line to be counted in.
    room = most if len(tasks) <= most else most - 1
    late_room = max(room - len(soon), room // 2)
    shown_late = late[:late_room]
    shown = soon[: room - len(shown_late)]
    heading = f"Until {short_day(until)}:" if is_next else "This week:"
    lines = [heading, *map(_task_line, shown)] if shown else []
    lines += ["Still open:", *map(_task_line, shown_late)] if shown_late else []
    left = len(tasks) - len(shown) - len(shown_late)
    return [*lines, f"- and {left} more"] if left else lines


def _task_line(status: StepStatus) -> str:
    word = "was due" if status.state == "late" else "by"
    due = f", {word} {short_day(status.due)}" if status.due else ""
    who = f"{status.owner}: " if status.owner else ""
    room = _MESSAGE_WIDTH - cell_width(f"- {who}{due}")
    return f"- {who}{cut(status.short, max(room, _LEAST_WORDING))}{due}"


def make_end_page(
    checkin: CheckIn, told: Iterable[str], word: Section, message: Sequence[str], end: Section
) -> Page:
    """Return what a check-in ends with: what changes, praise, the message, what comes next."""
    return Page(
        f"Check-in of {checkin.whose}, {long_day(checkin.date)}",
        (
            word,
            Section("", tuple(map(Sentence, told))),
            # A heading alone is no message.
            Section(_MESSAGE[checkin.is_of_team], (Items(tuple(message)),) if message[1:] else ()),
            end,
        ),
        rest="with: assess checkin --message",
    )
