"""What people ticked in a plan in which they did nothing else, told without a Markdown parser.

A file that differs from what the tool wrote by single marks in the boxes of steps alone has the
structure that the tool gave it. Whoever only asks what is done needs no more; all else is read.
"""

from collections.abc import Mapping
from typing import Final

from assess.document.marks import TaskState, read_mark
from assess.document.tasks import ID_COMMENT
from assess.patterns import pattern

_ITEM: Final = pattern(r"[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?P<content>.*)")
_STEP: Final = pattern(rf"- \[ \] (?P<text>\S.* {ID_COMMENT.pattern})")


def read_ticks(text: str, last_written: str) -> Mapping[str, TaskState] | None:
    """Return the state of each step; None where there is more to read than ticks of steps."""
    lines, written = text.split("\n"), last_written.split("\n")
    states: dict[str, TaskState] = {}
    if len(lines) != len(written):
        return None
    for line, before in zip(lines, written, strict=True):
        named, item = ID_COMMENT.search(line), _ITEM.fullmatch(line)
        mark = read_mark(item["content"], is_ours=named is not None) if item else None
        if named is None and mark is None and line == before:
            continue
        step = _STEP.fullmatch(before)
        if step is None or step["state"] or step["id"] in states or mark is None:
            return None
        if mark.state is None or f"- [{mark.text}] {step['text']}" != line or len(mark.text) != 1:
            return None
        states[step["id"]] = mark.state
    return states
