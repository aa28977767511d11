"""The living plan: written once, edited by people, read back, and merged without losing an edit.

A plan is Markdown. The comment at the end of a task is its identity, the mark and the
wording belong to people, and the tool renews only managed blocks that nobody edited.

Source: docs/decisions/0007-plan-document.md
"""

from assess.document.carried import LeftOpen
from assess.document.changes import Change
from assess.document.reading import (
    Block,
    PlanDocument,
    read_document,
    restore_ids,
)
from assess.document.render import render_plan
from assess.document.sharing import render_comparison, render_result
from assess.document.tasks import Note, Task
from assess.document.update import Update, update_document

__all__ = [
    "Block",
    "Change",
    "LeftOpen",
    "Note",
    "PlanDocument",
    "Task",
    "Update",
    "read_document",
    "render_comparison",
    "render_plan",
    "render_result",
    "restore_ids",
    "update_document",
]
