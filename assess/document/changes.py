"""What an update does or leaves, told before anything is written."""

from typing import Literal

from assess.document.source import Edit
from assess.record import record

ChangeKind = Literal[
    "new-wording",
    "new-date",
    "kept-wording",
    "new-task",
    "new-priority",
    "stays-deleted",
    "taken-out",
    "new-month",
    "kept-task",
    "restored-id",
    "new-block",
    "kept-block",
    "new-head",
    "new-place",
    "own-tasks",
]


@record
class Change:
    """One thing that an update does or leaves, as a sentence.

    `id` is that of a task, an action or a block.
    """

    kind: ChangeKind
    id: str
    text: str


@record
class Merged:
    """What is told, if anything, and the edits that belong to it."""

    change: Change | None
    edits: tuple[Edit, ...] = ()


def renewed_block(name: str) -> Change:
    """Say that a managed part is written anew."""
    return Change("new-block", name, f"The part “{name}” is brought up to date.")


def kept_block(name: str) -> Change:
    """Say that a managed part stays as somebody edited it."""
    text = f"Your changes to the part “{name}” stay; it no longer follows the plan."
    return Change("kept-block", name, text)
