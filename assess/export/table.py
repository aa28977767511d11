"""A plan as a table of steps, for spreadsheets and issue trackers.

The names of the columns are those that issue trackers look for. A cell that a spreadsheet
would take for a formula gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable
from typing import Final

from assess.document.reading import PlanReading
from assess.export.entries import ExportedStep, list_entries
from assess.figures import hours_text
from assess.planning.calendar import monday_of
from assess.planning.plan import Plan

_COLUMNS: Final = (
    *("id", "title", "description", "due_date", "assignee"),
    *("labels", "hours", "week", "done", "start_date", "section"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM: Final = "\ufeff"
"""Without it a well-known spreadsheet takes the text for another encoding."""


def format_table(plan: Plan, document: PlanReading | None = None, separator: str = ",") -> str:
    """Return the steps of a plan as separated values, one line for each.

    Args:
        document: The plan as people edited it, whose wordings, owners, dates and ticks then
            count.
        separator: What stands between two cells; spreadsheets in many countries want `;`.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(_COLUMNS)
    writer.writerows(_harmless(_row(plan, entry)) for entry in list_entries(plan, document))
    return _BOM + stream.getvalue()


def _row(plan: Plan, entry: ExportedStep) -> tuple[str, ...]:
    return (
        entry.step.id,
        entry.wording,
        f"{entry.priority.work.title}: {entry.priority.objective}",
        entry.due.isoformat(),
        entry.owner,
        entry.priority.action.id,
        hours_text(entry.step.hours),
        str(entry.step.week),
        "yes" if entry.is_done else "no",
        min(monday_of(plan.start, entry.step.week), entry.due).isoformat(),
        entry.priority.work.title,
    )


def _harmless(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
