"""The versions of a plan that an update compares, where things stand in them, what it changes."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from assess.document.blocks import block_checksum
from assess.document.reading import Heading, PlanReading
from assess.document.source import Edit
from assess.document.tasks import Task
from assess.record import record

Stretch = tuple[int, int]
"""The first line of a part, and the one after its last."""


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


Merged = Change | Edit
"""What is told of an update, or what it does to the lines of the file."""


@record
class Versions:
    """A plan as it is in its file, as last written, and as it would be now.

    `old` is None when nobody knows what was last written. A person's date before `today` has
    passed; without `today` none has.
    """

    now: PlanReading
    old: PlanReading | None
    fresh: PlanReading
    today: date | None = None

    @cached_property
    def old_tasks(self) -> Mapping[str, Task]:
        return self._old_with("")

    @cached_property
    def said(self) -> Mapping[str, Task]:
        """The tasks whose deletion was told in an earlier update."""
        return self._old_with("deleted")

    @property
    def line_after_priorities(self) -> int:
        """The line of the first heading that follows the priorities in the tool's own plan."""
        last = max((task.first for task in self.fresh.by_id.values()), default=0)
        names = {h.text for h in self.fresh.headings if h.line > last}
        lines = (h.line for h in self.now.headings if h.text in names)
        return next(lines, len(self.now.source.lines))

    @cached_property
    def gone(self) -> Mapping[str, Stretch]:
        """The dropped priorities in which nobody changed anything, which go as a whole."""
        if self.old is None:
            return {}
        sections = {}
        for action in actions_of(self.old) - actions_of(self.fresh):
            now, before = section_of(self.now, action), section_of(self.old, action)
            if now and before and _same_text(self.now, now, self.old, before):
                sections[action] = now
        return sections

    def is_untouched(self, task: Task) -> bool:
        """Tell whether a task is just as the tool wrote it, with nothing below it."""
        before = self.old_tasks.get(task.id or "")
        return (
            before is not None
            and task.state == "open"
            and task.end == task.last
            and task.content == before.content
        )

    def _old_with(self, fate: str) -> Mapping[str, Task]:
        tasks = self.old.by_id if self.old else {}
        return {name: task for name, task in tasks.items() if task.fate == fate}


def actions_of(document: PlanReading) -> set[str]:
    return {task.action for task in document.by_id.values() if task.action and not task.fate}


def section_of(document: PlanReading, action: str) -> Stretch | None:
    """Return the part from the heading of a priority to the next one, or None where it is not."""
    block = document.blocks.get(f"why/{action}")
    lines = [t.first for t in document.by_id.values() if t.action == action]
    line = block.first if block else next(iter(lines), None)
    heading = None if line is None else heading_above(document, line)
    return None if heading is None else (heading.line, section_end(document, heading.line))


def heading_of(document: PlanReading, action: str) -> str:
    """Return the heading above a priority, or its id where there is none."""
    section = section_of(document, action)
    heading = heading_above(document, section[0]) if section else None
    return heading.text if heading else action


def month_of(document: PlanReading, action: str) -> str | None:
    """Return the heading under which a priority stands beside others, which is its month."""
    section = section_of(document, action)
    own = heading_above(document, section[0]) if section else None
    above = (h for h in reversed(document.headings) if own and h.line < own.line)
    return next((h.text for h in above if own and h.level < own.level), None)


def section_end(document: PlanReading, line: int) -> int:
    """Return the line of the next heading that is no smaller than the one above a line."""
    above = heading_above(document, line)
    level = above.level if above else 6
    later = (h.line for h in document.headings if h.line > line and h.level <= level)
    return next(later, len(document.source.lines))


def text_of(document: PlanReading, part: Stretch, left_out: Collection[int] = ()) -> Iterator[str]:
    """Yield the lines of a part without those left out and the empty ones at its end."""
    lines = [document.source.line(n) for n in range(*part) if n not in left_out]
    while lines and not lines[-1].strip():
        lines.pop()
    yield from lines


def heading_above(document: PlanReading, line: int) -> Heading | None:
    return next((h for h in reversed(document.headings) if h.line <= line), None)


def _same_text(one: PlanReading, part: Stretch, other: PlanReading, its_part: Stretch) -> bool:
    texts = ("\n".join(text_of(*pair)) for pair in ((one, part), (other, its_part)))
    return len({block_checksum(text) for text in texts}) == 1
