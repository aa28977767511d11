"""Where the lines of a task go in a file that people have laid out in their own way."""

from collections.abc import Iterator, Sequence
from typing import Final

from assess.document.reading import PlanReading
from assess.document.source import Edit, insert_lines
from assess.document.tasks import Task
from assess.document.versions import (
    Change,
    Merged,
    Stretch,
    Versions,
    heading_of,
    month_of,
    section_end,
    section_of,
    text_of,
)
from assess.patterns import pattern

_LEAD: Final = pattern(r"^(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*")
_MARKER: Final = pattern(r"[-*+]|\d{1,9}[.)]")


def insert_tasks(
    versions: Versions, action: str, tasks: Sequence[Task], new: Sequence[Task]
) -> Iterator[Edit]:
    """Put new tasks of a priority, of which `tasks` is the whole, beside those in the file.

    Where none of them is, they go below its reasons; and where its heading is not there either,
    the priority comes with them.
    """
    anchors = [versions.now.by_id[str(t.id)] for t in tasks if t.id in versions.now.by_id]
    section = section_of(versions.now, action)
    if anchors:
        order = [task.id for task in tasks]
        for task in new:
            yield _insert_beside(versions, task, anchors, order)
    elif section is not None:
        lines = [f"- [ ] {words_of(task)}" for task in new]
        why = versions.now.blocks.get(f"why/{action}")
        yield insert_lines((why.last if why else section[0]) + 1, "", *lines)
    else:
        yield _insert_priority(versions, action, new)


def _insert_beside(
    versions: Versions, task: Task, anchors: Sequence[Task], order: Sequence[str | None]
) -> Edit:
    """Insert a task after its predecessor, or else before its successor."""
    place = order.index(task.id)
    before = [anchor for anchor in anchors if order.index(anchor.id) < place]
    anchor = before[-1] if before else anchors[0]
    lead = _new_lead(versions.now, anchor)
    line = f"{lead}[ ] {words_of(task)}"
    return insert_lines(anchor.end + 1 if before else anchor.first, line)


def _insert_priority(versions: Versions, action: str, new: Sequence[Task]) -> Edit:
    part = section_of(versions.fresh, action)
    names = {task.id for task in new}
    left_out = {t.first for t in versions.fresh.tasks if t.id not in names}
    lines = [] if part is None else list(text_of(versions.fresh, part, left_out))
    place = _place_for(versions, action)
    if place == len(versions.now.source.lines):
        return insert_lines(place, "", *lines)
    return insert_lines(place, *lines, "")


def _place_for(versions: Versions, action: str) -> int:
    """Return the line before which a priority goes: in its month, behind the one it follows."""
    order = list(dict.fromkeys(task.action for task in versions.fresh.tasks if task.action))
    month = month_of(versions.fresh, action)
    order = [a for a in order if a == action or month_of(versions.fresh, a) == month]
    place = order.index(action)
    now = versions.now
    beside = {a: section_of(now, a) for a in order if month_of(now, a) == month}
    if before := [section for a in order[:place] if (section := beside.get(a))]:
        return before[-1][1]
    if behind := [section for a in order[place + 1 :] if (section := beside.get(a))]:
        return behind[0][0]
    heading = next((h for h in now.headings if h.text == month), None)
    return section_end(now, heading.line) if heading else versions.line_after_priorities


def move_priorities(versions: Versions) -> Iterator[Merged]:
    """Move the priorities that begin in another month now, with all that people did to them.

    Where somebody has put one elsewhere, it stays there.
    """
    old, now, fresh = versions.old, versions.now, versions.fresh
    headings = {heading.text for heading in now.headings}
    for action in dict.fromkeys(t.action for t in fresh.tasks if t.action):
        month, section = month_of(fresh, action), section_of(versions.now, action)
        before = month_of(old, action) if old else None
        if section is None or before is None or before == month or month not in headings:
            continue
        if month_of(now, action) != before or not _is_alone(now, action, section):
            continue
        lines = [now.source.line(n) for n in range(*section)]
        text = f"“{heading_of(now, action)}” now begins in another month: {month}."
        yield Change("new-month", action, text)
        yield Edit(*section, ())
        end = [""] if lines[-1].strip() else []
        yield insert_lines(_place_for(versions, action), *lines, *end)


def _is_alone(document: PlanReading, action: str, section: Stretch) -> bool:
    """Tell whether no task of another priority stands in a part of the file."""
    first, end = section
    return all(t.action in (action, None) for t in document.tasks if first <= t.first < end)


def words_of(task: Task) -> str:
    """Return a task of the tool's own behind its box, with its comment."""
    return f"{task.text} <!-- assess:{task.id} -->"


def _new_lead(document: PlanReading, beside: Task) -> str:
    found = _LEAD.match(document.source.line(beside.first))
    lead = found[0] if found else ""
    markers = list(_MARKER.finditer(lead))
    if not markers:
        return "- "
    # Of "- - [ ]" only the inner bullet begins a new item.
    inner = markers[-1].start()
    return _MARKER.sub(lambda marker: " " * len(marker[0]), lead[:inner]) + lead[inner:]
