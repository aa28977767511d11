"""People's own tasks of one plan in the file of the next one."""

from collections.abc import Sequence
from typing import Final

from assess.document.reading import read_document
from assess.document.splice import apply_edits, insert_lines
from assess.document.tasks import Task

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
