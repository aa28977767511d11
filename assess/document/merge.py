"""Merge the tasks of a plan, one by one, by the table of docs/decisions/0007-plan-document.md."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from assess.cells import cut
from assess.document.dates import read_iso
from assess.document.placing import insert_tasks
from assess.document.reading import PlanReading
from assess.document.source import Edit, replace_lines, take_out_lines
from assess.document.tails import Tail
from assess.document.tasks import Task
from assess.document.versions import Change, Merged, Versions, heading_of, section_of
from assess.figures import short_day

_SHORT: Final = 50


def merge_tasks(versions: Versions) -> Iterator[Merged]:
    """Yield what is to be done about each task, first those in the file, then those missing."""
    for name, task in versions.now.by_id.items():
        if name in versions.fresh.by_id:
            yield from _merge_wanted(versions, task, versions.fresh.by_id[name])
        elif name in versions.old_tasks:
            yield from _merge_dropped(versions, task)
    yield from _take_out_dropped(versions)
    for action, tasks in groupby(versions.fresh.by_id.values(), key=lambda task: task.action):
        yield from _add_missing(versions, str(action), tuple(tasks))


def _merge_wanted(versions: Versions, task: Task, fresh: Task) -> Iterator[Merged]:
    """Merge words, owner and date, each on its own: what a person changed is the person's."""
    name, before = str(task.id), versions.old_tasks.get(str(task.id))
    was = before.content if before else (None, None, None)
    owned = [now != old or before is None for now, old in zip(task.content, was, strict=True)]
    differs = [now != new for now, new in zip(task.content, fresh.content, strict=True)]
    moved = [old != new for old, new in zip(was, fresh.content, strict=True)]
    is_due = owned[2] and differs[2] and _has_passed(task, fresh, versions.today)
    owned[2] = owned[2] and not is_due
    renews = [is_new and not mine for is_new, mine in zip(differs, owned, strict=True)]
    words = fresh.tail.words if renews[0] else task.tail.words
    line = words + _renew_tail(task.tail, fresh, owner=renews[1], due=renews[2])
    told = [*renews[:2], renews[2] and not is_due]
    if line != task.text:
        text = f"{task.lead}{line} <!-- assess:{name} -->"
        yield replace_lines(task.first, task.last, text)
        if before is not None and any(told):
            yield Change("new-wording", name, _tell_difference(before, fresh, *told))
    elif name in versions.now.restored:
        yield from _restore_comment(versions.now, task)
    if is_due and task.due and fresh.due:
        passed = f"Your date for {name}, {short_day(task.due)}, has passed"
        yield Change("new-date", name, f"{passed}; it is {short_day(fresh.due)} now.")
    if any(all(part) for part in zip(owned, differs, moved, strict=True)):
        text = f"{name} stays as you wrote it; the plan would say: {fresh.text}"
        yield Change("kept-wording", name, text)


def _has_passed(task: Task, fresh: Task, today: date | None) -> bool:
    """Tell whether a date has passed: it helps nobody, whoever wrote it, if there is a better."""
    return (
        task.state in ("open", "begun")
        and (today is not None and task.due is not None and fresh.due is not None)
        and task.due < today <= fresh.due
    )


def _renew_tail(tail: Tail, fresh: Task, *, owner: bool, due: bool) -> str:
    """Return a tail with owner and date renewed in their places, and all else as it is."""
    if not tail.text.strip():
        return fresh.tail.text if owner or due else tail.text
    spans = []
    if owner and tail.owner_at and fresh.tail.owner_at:
        spans.append((tail.owner_at, fresh.tail.text[slice(*fresh.tail.owner_at)]))
    if due and tail.due_at and fresh.tail.due_at and fresh.due:
        is_iso = read_iso(tail.text[slice(*tail.due_at)]) is not None
        date_text = fresh.tail.text[slice(*fresh.tail.due_at)]
        spans.append((tail.due_at, fresh.due.isoformat() if is_iso else date_text))
    text = tail.text
    for (first, end), new in sorted(spans, reverse=True):
        text = text[:first] + new + text[end:]
    return text


def _tell_difference(before: Task, fresh: Task, words: bool, owner: bool, due: bool) -> str:
    """Tell what an update changes about a task; of owner and date only these."""
    if words or not (before.due and fresh.due):
        return f"{fresh.id} now reads: {fresh.text}"
    moves = [(before.owner, fresh.owner)] if owner else []
    if due:
        moves.append((short_day(before.due), short_day(fresh.due)))
    ways = ", ".join(f"from {old} to {new}" for old, new in moves)
    return f"“{cut(fresh.wording, _SHORT)}”: {ways}"


def _restore_comment(document: PlanReading, task: Task) -> Iterator[Merged]:
    line = f"{document.source.line(task.last).rstrip()} <!-- assess:{task.id} -->"
    yield Change("restored-id", str(task.id), f"{task.id} gets its comment back: {task.wording}")
    yield replace_lines(task.last, task.last, line)


def _merge_dropped(versions: Versions, task: Task) -> Iterator[Merged]:
    name = str(task.id)
    if versions.is_untouched(task):
        yield Change("taken-out", name, f"{name} is taken out of the plan: {task.wording}")
        return
    if name in versions.now.restored:
        yield from _restore_comment(versions.now, task)
    if task.state in ("open", "begun"):
        text = f"{name} is not recommended any more; it stays because you changed it."
        yield Change("kept-task", name, text)


def _take_out_dropped(versions: Versions) -> Iterator[Edit]:
    """Take out the priorities that are dropped as a whole, and single tasks of others.

    Tasks that follow each other go as one run.
    """
    single = (
        task
        for name, task in versions.now.by_id.items()
        if name not in versions.fresh.by_id
        and versions.is_untouched(task)
        and task.action not in versions.gone
    )
    lines = sorted(n for task in single for n in range(task.first, task.last + 1))
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield take_out_lines(versions.now.source, numbers[0], numbers[-1])
    for first, end in versions.gone.values():
        yield take_out_lines(versions.now.source, first, end - 1)


def _add_missing(versions: Versions, action: str, tasks: Sequence[Task]) -> Iterator[Merged]:
    """Add to a priority what is new, or the priority; what people deleted stays deleted."""
    new = []
    for task in tasks:
        name = str(task.id)
        if name in versions.now.by_id:
            continue
        if not _was_deleted(versions, task):
            new.append(task)
        elif name not in versions.said:
            text = f"{name} stays deleted, although the plan has it: {task.wording}"
            yield Change("stays-deleted", name, text)
    if not new:
        return
    yield from insert_tasks(versions, action, tasks, new)
    if section_of(versions.now, action) is None:
        title = heading_of(versions.fresh, action)
        yield Change("new-priority", action, f"The plan has a new part: {title}")
    yield from (Change("new-task", str(t.id), f"{t.id} is new: {t.wording}") for t in new)


def _was_deleted(versions: Versions, task: Task) -> bool:
    """Tell whether a missing task was in the file once, as far as that is known."""
    is_here = section_of(versions.now, str(task.action)) is not None
    if versions.old is None:
        return is_here
    known = {*versions.old_tasks, *versions.said}
    was_here = any(name.split("/")[0] == task.action for name in known)
    return task.id in known or (was_here and not is_here)
