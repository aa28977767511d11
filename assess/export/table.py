"""A plan as a table of tasks, for spreadsheets and for trackers.

A cell that a spreadsheet would take for a formula gets an apostrophe in front. Trackers only
create: what is done is not in their tables, and the same table twice makes each task twice. Our
id stands in a label or tag and in the description, because few trackers keep all of a table.

Source: docs/decisions/0017-people.md, for the forms that trackers want
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, Literal

from assess.cells import FORMULA_SIGNS
from assess.document.reading import PlanReading
from assess.export.entries import ExportedTask, list_tasks
from assess.figures import hours_text
from assess.planning.plan import Plan

Tracker = Literal["asana", "jira"]
Cells = Callable[[ExportedTask], str]

_BOM: Final = "\ufeff"
"""Without it a well-known spreadsheet takes the text for another encoding; trackers want none."""
_MOST_SUMMARY: Final = 250


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _about(task: ExportedTask) -> str:
    return f"{task.section}: {task.about}" if task.about else task.section


def _notes(task: ExportedTask) -> str:
    owner = () if task.email or not task.owner else (f"Owner: {task.owner}",)
    return "\n".join((_about(task), *owner, f"assess:{task.id}"))


_PLAIN: Final[Mapping[str, Cells]] = {
    "id": lambda task: task.id,
    "title": lambda task: task.wording,
    "description": _about,
    "due_date": lambda task: _iso(task.due),
    "assignee": lambda task: task.owner,
    "labels": lambda task: task.action,
    "hours": lambda task: hours_text(task.hours),
    "week": lambda task: str(task.week or ""),
    "done": lambda task: "yes" if task.is_done else "no",
    "start_date": lambda task: _iso(task.begins),
    "section": lambda task: task.section,
    "email": lambda task: task.email,
}
_ASANA: Final[Mapping[str, Cells]] = {
    "Name": lambda task: task.wording,
    "Notes": _notes,
    "Section/Column": lambda task: task.section,
    "Assignee": lambda task: task.email,
    "Due Date": lambda task: task.due.strftime("%m/%d/%Y") if task.due else "",
    "Tags": lambda task: task.id,
}
_JIRA: Final[Mapping[str, Cells]] = {
    "Summary": lambda task: task.wording[:_MOST_SUMMARY],
    "Issue Type": lambda _: "Task",
    "Assignee": lambda task: task.email,
    "Due date": lambda task: _iso(task.due),
    "Labels": lambda task: task.id,
    "Description": _notes,
}
TABLES: Final[Mapping[Tracker | None, Mapping[str, Cells]]] = {
    None: _PLAIN,
    "asana": _ASANA,
    "jira": _JIRA,
}
"""The columns of a table, by the tracker that it is for; those of a plain one have common names."""


def format_table(
    plan: Plan,
    document: PlanReading | None = None,
    separator: str = ",",
    tracker: Tracker | None = None,
) -> str:
    """Return the tasks of a plan as separated values, one line for each.

    As people edited it, wordings, owners, dates, ticks and their own tasks count. Spreadsheets in
    many countries want `;`. For a tracker what is done is left out.
    """
    columns = TABLES[tracker]
    rows = (
        [cell(task) for cell in columns.values()]
        for task in list_tasks(plan, document)
        if tracker is None or not task.is_done
    )
    text = format_rows(columns, rows, separator)
    return text.removeprefix(_BOM) if tracker else text


def format_rows(columns: Iterable[str], rows: Iterable[Iterable[str]], separator: str = ",") -> str:
    """Return rows under their columns as separated values, without a formula in any cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(columns)
    writer.writerows(_harmless(row) for row in rows)
    return _BOM + stream.getvalue()


def _harmless(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in cells)
