"""Bring an edited plan up to date: a three-way merge, task by task.

What people did since the tool last wrote the plan wins over what the tool has to say.
Lines are spliced; the document is never written anew. Doing it twice changes nothing.

Source: docs/decisions/0007-plan-document.md, with the table of who wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from assess.document.blocks import block_checksum, format_block
from assess.document.changes import Change, Step
from assess.document.merge import merge_tasks, parked_lines
from assess.document.reading import Heading, PlanDocument, read_document, restore_ids
from assess.document.splice import apply_edits, replace_lines
from assess.document.versions import Versions
from assess.errors import DataFileError, Problem

_GONE: Final = "**Not in the plan any more:** what was still open stands under “Not now”."
_HEAD_KEY: Final = re.compile(r"^(?P<key>assessment|start|format):\s*(?P<value>.*?)\s*$")
_LEAST_TAIL: Final = 3
"""Whoever deletes so many sections at the end together with tasks has probably lost them."""


@dataclass(frozen=True, slots=True)
class Update:
    """An updated plan, not yet written.

    `base` is what to keep as last written for the next update: the tool's own new text,
    where tasks that people deleted are marked as such, and those under "Not now" are added.
    """

    text: str
    base: str
    changes: tuple[Change, ...]


def update_document(current: str, last_written: str | None, new: str) -> Update:
    """Merge a newly rendered plan into the file that people have edited.

    `last_written` is the `base` of the last update, or the plan as first rendered; without
    it every line counts as edited by a person.

    Raises:
        DataFileError: The file is cut, far too long, or written by a newer program.
    """
    old = None if last_written is None else read_document(last_written)
    fresh = read_document(new)
    found = read_document(current)
    _refuse_cut(found, old or fresh)
    known = {n: task.text for n, task in (old or fresh).by_id.items() if task.state != "deleted"}
    versions = Versions(found, restore_ids(found, known), old, fresh)
    steps = [*_update_head(versions), *_update_blocks(versions), *merge_tasks(versions)]
    text = apply_edits(found.source, (edit for step in steps for edit in step.edits))
    changes = tuple(step.change for step in steps if step.change)
    return Update(text, _make_base(versions, new, changes), changes)


def _refuse_cut(found: PlanDocument, whole: PlanDocument) -> None:
    if found.is_cut or _lacks_its_end(found, whole):
        raise DataFileError(
            Problem(
                "The plan ends in the middle, so what is missing cannot be told from "
                "what was deleted.",
                f"line {len(found.source.lines)}",
                "Bring the whole file back, or write the plan to another file with --out.",
            )
        )


def _lacks_its_end(found: PlanDocument, whole: PlanDocument) -> bool:
    """Tell whether a file stops at a line that the tool wrote, with nothing of what followed."""
    written = [line for line in found.source.lines if line.strip()]
    if not written:
        return True
    last = written[-1].strip("\r\n")
    places = (n for n in range(len(whole.source.lines)) if whole.source.line(n).startswith(last))
    return any(_lost_all_after(place, found, whole) for place in places)


def _lost_all_after(line: int, found: PlanDocument, whole: PlanDocument) -> bool:
    # Whoever deletes the last sections on purpose loses no task, and may go on. The task of
    # the line itself is lost where the cut went through it.
    here = set(found.by_id)
    tasks = {
        n for n, t in whole.by_id.items() if t.first > line or (t.first == line and n not in here)
    }
    headings = {h.text for h in whole.headings if h.line > line}
    is_gone = not (tasks & here or headings & {h.text for h in found.headings})
    return bool(tasks) and len(headings) >= _LEAST_TAIL and is_gone


def _update_head(versions: Versions) -> Iterator[Step]:
    fresh_lines = {key: (line, value) for _, line, key, value in _head_lines(versions.fresh)}
    for number, _, key, value in _head_lines(versions.now):
        line, wanted = fresh_lines.get(key, ("", value))
        if wanted != value:
            text = f"The head of the file now says {line}."
            yield Step(Change("new-head", key, text), (replace_lines(number, number, line),))
    title, before, fresh = (_title(v) for v in (versions.now, versions.old, versions.fresh))
    if title and before and fresh and title.text == before.text != fresh.text:
        line = versions.fresh.source.line(fresh.line)
        change = Change("new-head", "title", f"The title is now “{fresh.text}”.")
        yield Step(change, (replace_lines(title.line, title.line, line),))


def _head_lines(document: PlanDocument) -> Iterator[tuple[int, str, str, str]]:
    """Yield number, line, key and value of what the tool owns in the front matter."""
    for number in range(1, document.body_start):
        line = document.source.line(number)
        if found := _HEAD_KEY.match(line):
            yield number, line, found["key"], found["value"].strip("'\"")


def _title(document: PlanDocument | None) -> Heading | None:
    """Return the first heading of level 1 that is written with a #, on one line."""
    if document is None:
        return None
    lines = document.source.line
    return next((h for h in document.headings if lines(h.line).startswith("# ")), None)


def _update_blocks(versions: Versions) -> Iterator[Step]:
    for name, block in versions.now.blocks.items():
        text = _fresh_text(versions, name)
        if text is None or block_checksum(text) == block_checksum(block.text):
            continue
        if not block.is_edited:
            lines = format_block(name, text).split("\n")
            change = Change("new-block", name, f"The part “{name}” is brought up to date.")
            yield Step(change, (replace_lines(block.first, block.last, *lines),))
        elif not _is_as_before(versions, name, text):
            text = f"Your changes to the part “{name}” stay; it no longer follows the plan."
            yield Step(Change("kept-block", name, text))


def _fresh_text(versions: Versions, name: str) -> str | None:
    """Return what a block should say now, or None where the tool has nothing to say to it."""
    if name in versions.fresh.blocks:
        return versions.fresh.blocks[name].text
    was_ours = versions.old is not None and name in versions.old.blocks
    is_dropped = name.startswith("why/") and name.removeprefix("why/") not in versions.gone
    return _GONE if was_ours and is_dropped else None


def _is_as_before(versions: Versions, name: str, text: str) -> bool:
    before = versions.old.blocks.get(name) if versions.old else None
    return before is not None and block_checksum(before.text) == block_checksum(text)


def _make_base(versions: Versions, new: str, changes: Iterable[Change]) -> str:
    """Return the new plan with a note of what people deleted, and what stands under "Not now"."""
    deleted = {*versions.said, *(c.id for c in changes if c.kind == "stays-deleted")}
    for name in deleted:
        new = new.replace(f"<!-- assess:{name} -->", f"<!-- assess:{name} deleted -->")
    parked = (
        line.removesuffix(" -->").removesuffix(" parked") + " parked -->"
        for line in parked_lines(versions)
    )
    return "\n".join((new.rstrip("\n"), "", *parked)).rstrip("\n") + "\n"
