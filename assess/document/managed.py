"""Managed parts of a plan's file brought up to date, and the key figures in them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from assess.document.blocks import block_checksum, format_block
from assess.document.figure_table import (
    find_rows,
    frame_checksum,
    leave_out_rows,
    list_deleted_rows,
    mark_deleted,
    renew_cells,
)
from assess.document.reading import ManagedBlock, read_document
from assess.document.source import Edit, apply_edits, replace_lines
from assess.document.versions import Change, Merged, Versions

GOALS: Final = "goals"
_GONE: Final = "**Not in the plan any more.**"


def merge_parts(versions: Versions) -> Iterator[Merged]:
    """Yield what is to be done about the managed parts of a file.

    A part of which nobody changed more than the cells of figures is written anew; rows that
    people deleted stay deleted. Of one that somebody edited only the values are renewed.
    """
    fresh_rows = find_rows(versions.fresh.source)[0]
    gone = {
        name: row
        for name, row in list_deleted_rows(versions.now, versions.old).items()
        if name in fresh_rows
    }
    for name in sorted(name for name, row in gone.items() if not row.is_deleted):
        said = f"The row of {name.rpartition('/')[2]} stays deleted; its values are kept."
        yield Change("stays-deleted", name, said)
    for name, block in versions.now.blocks.items():
        text = _fresh_text(versions, name)
        wanted = None if text is None else leave_out_rows(text, gone)
        if wanted is None or block_checksum(wanted) == block_checksum(block.text):
            continue
        before = versions.old.blocks.get(name) if versions.old else None
        frame = frame_checksum(leave_out_rows(before.text, gone)) if before else None
        if not block.is_edited or frame_checksum(block.text) == frame:
            yield Change("new-block", name, f"The part “{name}” is brought up to date.")
            yield from _replace_block(block, wanted)
            continue
        yield from renew_cells(versions, block)
        if frame != frame_checksum(wanted):
            said = f"Your changes to the part “{name}” stay; it no longer follows the plan."
            yield Change("kept-block", name, said)


def _replace_block(block: ManagedBlock, text: str) -> Iterator[Edit]:
    """Put new text in the place of a block; tasks that were moved into it stay, behind it."""
    lines = _format_lines(block.name, text)
    starts = [block.first, *(last + 1 for _, last in block.guests)]
    ends = [*(first - 1 for first, _ in block.guests), block.last]
    yield replace_lines(starts[0], ends[0], *lines, *([""] if block.guests else []))
    for first, last in zip(starts[1:], ends[1:], strict=True):
        if first <= last:
            yield replace_lines(first, last)


def _fresh_text(versions: Versions, name: str) -> str | None:
    """Return what a block should say now, or None where the tool has nothing to say to it."""
    if name in versions.fresh.blocks:
        return versions.fresh.blocks[name].text
    was_ours = versions.old is not None and name in versions.old.blocks
    is_dropped = name.startswith("why/") and name.removeprefix("why/") not in versions.gone
    return _GONE if was_ours and is_dropped else None


def renew_parts(
    current: str, last_written: str, changes: Mapping[str, Callable[[str], str]]
) -> tuple[str, str]:
    """Return a plan's file with some parts as they are now, and what the tool wrote last of it.

    `changes` have, by the name of a part, what makes its new text of the one that was written.
    """
    old = read_document(last_written)
    edits = (
        replace_lines(part.first, part.last, *_format_lines(name, changes[name](part.text)))
        for name, part in old.blocks.items()
        if name in changes
    )
    fresh = apply_edits(old.source, edits)
    now = read_document(current, last_written)
    steps = merge_parts(Versions(now, old, read_document(fresh)))
    text = apply_edits(now.source, (step for step in steps if isinstance(step, Edit)))
    return text, mark_deleted(fresh, list_deleted_rows(now, old))


def _format_lines(name: str, text: str) -> list[str]:
    return format_block(name, text).split("\n")
