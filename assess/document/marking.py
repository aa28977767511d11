"""Write marks, dates and owners of single tasks into a plan, and no other byte.

What a task says is found again in the file as it is typed, with its own line breaks, quotes
and bullets. Whatever cannot be replaced in its place is written anew as one line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from assess.cells import harmless
from assess.document.dates import find_phrases, read_iso
from assess.document.markdown import escape_markdown
from assess.document.marks import TaskState
from assess.document.reading import PlanReading, read_document
from assess.document.source import Edit, apply_edits, insert_lines, replace_lines
from assess.document.tails import split_task, words_key
from assess.document.tasks import ID_COMMENT, Task, read_inline
from assess.figures import short_day
from assess.patterns import pattern
from assess.record import record

_BOX: Final = pattern(r"(\\?\[)[^\[\]\\\n]{0,9}(\\?\](?=\s|$|\w))")
_SIGN: Final = pattern(r"[☐⬜🔲✓✔✅☑☒🗹]\ufe0f?(?=\s|$)")
_WORD: Final = pattern(r"\b(?:TODO|LATER|NOW|DOING|DONE|CANCELL?ED)\b(?=:?\s|$)")
_MARKS: Final[Mapping[TaskState, tuple[str, str, str]]] = {
    "open": (" ", "☐", "TODO"),
    "begun": ("/", "[/]", "DOING"),
    "done": ("x", "☑", "DONE"),
    "dropped": ("-", "[-]", "CANCELED"),
}
"""In a box, in the place of a sign, and as a word."""

_COMMENT: Final = pattern(rf"[ \t]*(?:`?{ID_COMMENT.pattern}`?(?:\{{=html\}})?)?\s*$")
_NO_NAME: Final = pattern(r"[*`\\<>\[\]|]|--+|[—–]")
"""What would end a name, or begin something else, when it is read back."""

_ANY_DAY: Final = date(2026, 12, 4)
_LONGEST_NAME: Final = 80
_DOTTED: Final = pattern(r"(\d{1,2})\.(\d{1,2})\.")


@record
class TaskEdit:
    """What is to stand at a task, known by its key; None and empty leave it as it is."""

    key: str
    state: TaskState | None = None
    due: date | None = None
    owner: str = ""


@record
class TaskBelow:
    """An own task to be written below the last step of an action."""

    action: str
    words: str
    owner: str
    due: date


def edit_tasks(
    document: PlanReading,
    last_written: str | None,
    edits: Iterable[TaskEdit],
    below: Iterable[TaskBelow] = (),
) -> str:
    """Return the text of a plan with these tasks edited; tasks that it has not are left out.

    There is at most one edit for each; own tasks `below` are added unless they stand there already.
    """
    by_key = {edit.key: edit for edit in edits}
    tasks = {task.key: task for task in document.tasks}
    wanted = {
        key: wanted
        for key, task in tasks.items()
        if key in by_key and (wanted := _wanted(task, by_key[key])) != _says(task)
    }
    in_place = {key: _in_place(document, tasks[key], by_key[key]) for key in wanted}
    text = apply_edits(document.source, in_place.values())
    again = {task.key: task for task in read_document(text, last_written).tasks}
    anew = {
        key: _anew(tasks[key], wanted[key])
        for key in wanted
        if key not in again or _says(again[key]) != wanted[key]
    }
    known = {words_key(task.wording) for task in document.own_tasks}
    new = [
        _write_below(document, one)
        for one in below
        if words_key(plain_words(one.words)) not in known
    ]
    return apply_edits(document.source, [*{**in_place, **anew}.values(), *new])


_Content = tuple[TaskState, date | None, str]


def _says(task: Task) -> _Content:
    return task.state, task.due, task.owner


def _wanted(task: Task, edit: TaskEdit) -> _Content:
    return edit.state or task.state, edit.due or task.due, clean_name(edit.owner) or task.owner


def plain_words(text: str) -> str:
    """Return words on one line, without a dash that would take them apart when they are read."""
    return re.sub(r"\s+(?:[—–-]|--)\s+", ", ", " ".join(text.split()))


def _in_place(document: PlanReading, task: Task, edit: TaskEdit) -> Edit:
    text = "\n".join(document.source.line(n) for n in range(task.first, task.last + 1))
    place, start = len(task.lead), document.start
    lead, rest = text[:place], text[place:]
    if edit.state is not None and edit.state != task.state:
        lead = _mark(lead, edit.state)
        if edit.state != "done" and task.done_on is not None:
            rest = _without_done(rest, start)
    tail, has_tail = task.tail, bool(task.tail.text.strip(" ,;"))
    if (name := clean_name(edit.owner)) and name != task.owner:
        spot = tail.text[slice(*tail.owner_at)] if tail.owner_at else "*"
        name = escape_markdown(name)
        name = f"*{name}*" if spot[:1] in "*_" else name
        rest = _replace(rest, task, tail.owner_at, name) or _append(rest, name, has_tail)
        has_tail = True
    if edit.due is not None and edit.due != task.due:
        spot = tail.text[slice(*tail.due_at)] if tail.due_at else ""
        day = _day_like(edit.due, spot, start)
        rest = _replace(rest, task, tail.due_at, day) or _append(rest, f"by {day}", has_tail)
    return replace_lines(task.first, task.last, *(lead + rest).split("\n"))


def clean_name(name: str) -> str:
    """Return a name as it can stand in a plan, on one line.

    What would be read back as something else, such as a date, is no name: the text is empty.
    """
    cleaned = " ".join(_NO_NAME.sub(" ", harmless(name)).split()).strip(" _,;:.@#!-")
    tail = f"w — *{escape_markdown(cleaned)}*, by {_ANY_DAY}"
    found = split_task(tail, _ANY_DAY, words="w", is_ours=True)
    is_read = (read_inline(found.owner), found.due) == (cleaned, _ANY_DAY)
    return cleaned if is_read and len(cleaned) <= _LONGEST_NAME else ""


def _mark(lead: str, state: TaskState) -> str:
    """Return what stands before a task with another mark, in the way in which it is marked."""
    box, sign, word = _MARKS[state]
    marked = lead
    if _BOX.search(marked):
        marked = _BOX.sub(lambda found: f"{found[1]}{box}{found[2]}", marked, count=1)
    elif not (_SIGN.search(marked) or _WORD.search(marked)):
        marked = f"{marked}[{box}] "
    marked = _SIGN.sub(sign, marked, count=1)
    return _WORD.sub(word, marked, count=1)


def _replace(rest: str, task: Task, span: tuple[int, int] | None, new: str) -> str:
    """Return a task as it is typed with a part of its tail replaced; empty if it is not found."""
    if span is None:
        return ""
    normal, first = task.text, len(task.tail.words) + span[0]
    part = normal[first : len(task.tail.words) + span[1]]
    before = len(re.findall(re.escape(part), normal[:first]))
    # Where the line was broken, and in quotes, more than a space stands between words.
    spread = r"[\s>]+".join(map(re.escape, part.split(" ")))
    found = list(re.finditer(spread, rest))
    if before >= len(found):
        return ""
    spot = found[before]
    return rest[: spot.start()] + new + rest[spot.end() :]


def _append(rest: str, addition: str, has_tail: bool) -> str:
    """Return a task with something at its end, before its comment."""
    found = _COMMENT.search(rest)
    place = found.start() if found else len(rest)
    link = ", " if has_tail else " — "
    return rest[:place].rstrip(",; ") + link + addition + rest[place:]


def _without_done(rest: str, start: date | None) -> str:
    done = [p for p in find_phrases(rest, start) if p.purpose == "done"]
    for phrase in reversed(done):
        rest = rest[: phrase.first].rstrip(" ,") + rest[phrase.end :]
    return rest


def _day_like(day: date, before: str, start: date | None) -> str:
    """Return a date in the form of the one before; with its year where it might be another."""
    near = start is not None and -80 <= (day - start).days <= 270
    if read_iso(before) is not None or not near:
        return day.isoformat()
    return f"{day.day}.{day.month}." if _DOTTED.fullmatch(before) else short_day(day)


def _anew(task: Task, wanted: _Content) -> Edit:
    state, due, owner = wanted
    parts = [f"*{escape_markdown(owner)}*"] if owner else []
    parts += [f"by {due.isoformat()}"] if due else []
    tail = f" — {', '.join(parts)}" if parts else ""
    comment = f" <!-- assess:{task.id} -->" if task.id else ""
    line = f"{_mark(task.lead, state)}{task.tail.words}{tail}{comment}"
    return replace_lines(task.first, task.last, line)


def _write_below(document: PlanReading, new: TaskBelow) -> Edit:
    """Return a new task in the form of the last one of its action, or at the end of the file."""
    steps = [task for task in document.tasks if task.action == new.action]
    line = f"{escape_markdown(plain_words(new.words))} — *{escape_markdown(clean_name(new.owner))}*"
    line = f"{line}, by {_day_like(new.due, '', document.start)}"
    if not steps:
        return insert_lines(len(document.source.lines), f"- [ ] {line}")
    last = max(steps, key=lambda task: task.end)
    lead = re.sub(r"\d+(?=[.)]\s)", lambda n: str(int(n[0]) + 1), last.lead, count=1)
    return insert_lines(last.end + 1, f"{_mark(lead, 'open')}{line}")


# --- Tasks of the plan before ---


OWN_TASKS: Final = "Our own tasks"


def carry_over(text: str, tasks: Sequence[Task]) -> str:
    """Return a new plan with tasks as they were typed, in a part of their own behind its steps."""
    if not tasks:
        return text
    plan = read_document(text)
    last = max((task.first for task in plan.tasks), default=0)
    behind = (h.line for h in plan.headings if h.level == 2 and h.line > last)
    place = next(behind, len(plan.source.lines))
    lines = (f"- [{'/' if task.state == 'begun' else ' '}] {task.text}" for task in tasks)
    return apply_edits(plan.source, [insert_lines(place, f"## {OWN_TASKS}", "", *lines, "")])
