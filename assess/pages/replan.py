"""What changed when a plan was made anew, in at most five lines."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assess.cells import cell_width, cut
from assess.document.oddities import Note
from assess.document.versions import Change, ChangeKind
from assess.documents.plan import PlanDocument
from assess.figures import count, join_words, short_day
from assess.pages.plan import tell_reason
from assess.planning.plan import Plan, Priority

_MOST_LINES: Final = 5

_TOLD_BY_THE_PLAN: Final[frozenset[ChangeKind]] = frozenset(
    {
        "new-place",
        "own-tasks",
        "new-wording",
        "new-task",
        "new-priority",
        "taken-out",
        "new-month",
        "new-block",
    }
)
"""Of the file's changes those that follow from the plan's, or are told first."""

_TITLE: Final = 34
_LINE: Final = 77
"""So wide is a line of 80 columns behind its dash."""


def tell_changes(before: PlanDocument, plan: Plan) -> Iterator[str]:
    """Yield what is done, new and out, what has other dates, and what does not end in time."""
    was = {action.action: action for action in before.priorities}
    due = {step.id: step.due for action in before.priorities for step in action.steps}
    known = [p for p in plan.priorities if p.action.id in was]
    done = [p for p in known if p.state == "done" and was[p.action.id].state != "done"]
    if done:
        yield _list("Done", _names(done))
    if new := [p for p in plan.priorities if p not in known]:
        yield _list("New", _names(new))
    if gone := [action for action in was if action not in {p.action.id for p in known}]:
        reasons = {out.action.id: tell_reason(plan, out) for out in plan.not_now}
        names = [f"{_quote(was[a].title)} ({reasons.get(a, 'nothing asks for it')})" for a in gone]
        yield _list("Out", names)
    going = (step for p in known if p.state != "done" for step in p.steps)
    if moved := [step for step in going if due.get(step.id, step.due) != step.due]:
        first = short_day(min(step.due for step in moved))
        yield f"{count(len(moved), 'step')} with another date, the first by {first}."
    if late := [p for p in plan.priorities if p.overruns]:
        yield _list(f"Carried, not done by {short_day(plan.end)}", _names(late))


def sum_up(
    told: Iterable[str], changes: Sequence[Change], notes: Sequence[Note]
) -> tuple[str, ...]:
    """Return what is told of the plan, and as much of its file as five lines hold.

    `changes` are those of the file, `notes` what is odd in it.
    """
    places = [c.text for c in changes if c.kind in ("new-place", "own-tasks")]
    others = (c.text for c in changes if c.kind not in _TOLD_BY_THE_PLAN)
    odd = (f"Line {note.line}: {note.text}" for note in notes)
    lines = [*places, *told, *(cut(text, _LINE) for text in (*others, *odd))]
    if len(lines) > _MOST_LINES:
        more = len(lines) - _MOST_LINES + 1
        lines = [*lines[: _MOST_LINES - 1], f"… and {more} more in the plan's file."]
    return tuple(f"- {line}" for line in lines)


def _names(priorities: Iterable[Priority]) -> list[str]:
    return [_quote(priority.work.title) for priority in priorities]


def _quote(title: str) -> str:
    return f"“{cut(title, _TITLE)}”"


def _list(word: str, names: Sequence[str]) -> str:
    """Return as many names as one line holds, the first in any case, and how many more."""
    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        rest = (f"{more} more",) if more else ()
        line = f"{word}: {join_words((*names[:shown], *rest), 'and')}."
        if cell_width(line) <= _LINE:
            break
    return line
