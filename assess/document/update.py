"""Bring an edited plan up to date: a three-way merge, task by task.

What people did since the tool last wrote the plan wins over what the tool has to say.
Lines are spliced; the document is never written anew. Doing it twice changes nothing.

Source: docs/decisions/0007-plan-document.md, with the table of who wins.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from assess.document.dates import read_iso
from assess.document.figure_table import list_deleted_rows, mark_deleted
from assess.document.managed import merge_parts
from assess.document.merge import merge_tasks
from assess.document.placing import move_priorities
from assess.document.reading import Heading, PlanReading, read_document, refuse_cut
from assess.document.source import Edit, apply_edits, replace_lines, take_out_lines
from assess.document.versions import Change, Merged, Versions, heading_above
from assess.record import record

_PART: Final = 2


@record
class Update:
    """An updated plan, not yet written.

    `base` is what to keep as last written for the next update: the tool's own new text,
    where tasks that people deleted are marked as such.
    """

    text: str
    base: str
    changes: tuple[Change, ...]


def update_document(
    current: str, last_written: str | None, new: str, today: date | None = None
) -> Update:
    """Merge a newly rendered plan into the file that people have edited.

    `last_written` is the `base` of the last update, or the plan as first rendered; without
    it every line counts as edited by a person. A person's date before `today` has passed.

    Raises:
        DataFileError: The file is cut, far too long, or written by a newer program.
    """
    old = None if last_written is None else read_document(last_written)
    fresh = read_document(new)
    now = read_document(current, last_written or new)
    refuse_cut(now, old or fresh)
    versions = Versions(now, old, fresh, today)
    steps = [
        *_update_head(versions),
        *_update_headings(versions),
        *merge_parts(versions),
        *merge_tasks(versions),
    ]
    text = apply_edits(now.source, (s for s in steps if isinstance(s, Edit)))
    moves = list(move_priorities(replace(versions, now=read_document(text, last_written or new))))
    if moves:
        text = apply_edits(read_document(text).source, (s for s in moves if isinstance(s, Edit)))
    steps += moves
    changes = tuple(step for step in steps if isinstance(step, Change))
    deleted = {*versions.said, *(c.id for c in changes if c.kind == "stays-deleted")}
    deleted |= list_deleted_rows(now, old).keys()
    return Update(text, mark_deleted(new, deleted), changes)


def _update_head(versions: Versions) -> Iterator[Merged]:
    head, fresh_head = versions.now.head, versions.fresh.head
    for key in ("assessment", "start", "format"):
        number, wanted = head.lines.get(key), fresh_head.values.get(key)
        is_other = wanted is not None and _meaning(head.values.get(key, "")) != wanted
        if number is not None and is_other:
            line = f"{key}: {wanted}"
            text = f"The head of the file now says {line}."
            yield Change("new-head", key, text)
            yield replace_lines(number, number, line)
    title, before, fresh = (_title(v) for v in (versions.now, versions.old, versions.fresh))
    if title and before and fresh and title.text == before.text != fresh.text:
        line = versions.fresh.source.line(fresh.line)
        yield Change("new-head", "title", f"The title is now “{fresh.text}”.")
        yield replace_lines(title.line, title.line, line)


def _update_headings(versions: Versions) -> Iterator[Merged]:
    """Renew the heading of a part, such as one with a date, where nobody changed it."""
    for name in versions.now.blocks:
        documents = (versions.now, versions.old, versions.fresh)
        title, before, fresh = (_heading_of(document, name) for document in documents)
        if title and before and fresh and title.text == before.text != fresh.text:
            line = versions.fresh.source.line(fresh.line)
            yield replace_lines(title.line, title.line, line)


def _heading_of(document: PlanReading | None, name: str) -> Heading | None:
    """Return the heading of level 2 right above a managed part."""
    block = document.blocks.get(name) if document else None
    heading = heading_above(document, block.first) if document and block else None
    return heading if heading and heading.level == _PART else None


def _meaning(value: str) -> str:
    """Return a value of the head without the time of day that some tools add to a date."""
    day = read_iso(value)
    return day.isoformat() if day else value


def _title(document: PlanReading | None) -> Heading | None:
    """Return the first heading of level 1 that is written with a #, on one line."""
    if document is None:
        return None
    lines = document.source.line
    return next((h for h in document.headings if lines(h.line).startswith("# ")), None)


def begin_anew(last_written: str, new: str, done: Collection[str]) -> Update:
    """Begin a plan whose file is lost: with its known ticks, and without what was deleted."""
    fresh = read_document(new)
    old = read_document(last_written).by_id
    deleted = {name for name, task in old.items() if task.fate == "deleted"}
    edits = []
    for name, task in fresh.by_id.items():
        if name in deleted:
            edits.append(take_out_lines(fresh.source, task.first, task.last))
        elif name in done:
            line = fresh.source.line(task.first).replace("[ ]", "[x]", 1)
            edits.append(replace_lines(task.first, task.first, line))
    return Update(apply_edits(fresh.source, edits), mark_deleted(new, deleted), ())
