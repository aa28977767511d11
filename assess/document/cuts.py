"""Whether a plan's file is the whole of it."""

from typing import Final

from assess.document.reading import PlanReading
from assess.errors import DataFileError, Problem

_LEAST_TAIL: Final = 3
"""Whoever deletes so many sections at the end together with tasks has probably lost them."""


def refuse_cut(found: PlanReading, whole: PlanReading) -> None:
    """Refuse a file that ends in the middle of a plan.

    Raises:
        DataFileError: What is missing cannot be told from what was deleted.
    """
    if found.is_cut or _lacks_its_end(found, whole):
        raise DataFileError(
            Problem(
                "The plan ends in the middle, so what is missing cannot be told from "
                "what was deleted.",
                f"line {len(found.source.lines)}",
                "Bring the whole file back, or write the plan to another file with --out.",
            )
        )


def _lacks_its_end(found: PlanReading, whole: PlanReading) -> bool:
    """Tell whether a file stops at a line that the tool wrote, with nothing of what followed."""
    written = [line for line in found.source.lines if line.strip()]
    if not written:
        return True
    last = written[-1].strip("\r\n")
    places = (n for n in range(len(whole.source.lines)) if whole.source.line(n).startswith(last))
    return any(_lost_all_after(place, found, whole) for place in places)


def _lost_all_after(line: int, found: PlanReading, whole: PlanReading) -> bool:
    # Whoever deletes the last sections on purpose loses no task, and may go on. The task of
    # the line itself is lost where the cut went through it.
    here = set(found.by_id)
    tasks = {
        n for n, t in whole.by_id.items() if t.first > line or (t.first == line and n not in here)
    }
    headings = {h.text for h in whole.headings if h.line > line}
    is_gone = not (tasks & here or headings & {h.text for h in found.headings})
    return bool(tasks) and len(headings) >= _LEAST_TAIL and is_gone
