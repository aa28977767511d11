"""A plan as a file for another program: calendar, spreadsheet or JSON."""

import json
from pathlib import Path

from assess.document.reading import PlanDocument
from assess.documents.plan import describe_plan
from assess.planning.plan import Plan

FORMATS = ("md", "ics", "csv", "json")


def find_format(wanted: str | None, out: Path | None) -> str:
    """Return the format that is asked for, else that of the file's ending, else Markdown."""
    if wanted is not None:
        return wanted
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else "md"


def is_export(form: str, text: str) -> bool:
    """Tell whether a text is an earlier export of a form, which nobody edits by hand."""
    marks = {"ics": "PRODID:-//team-assess//", "csv": "id,title,description,", "json": '"team":'}
    return marks[form] in text[:400]


def export_plan(plan: Plan, form: str, document: PlanDocument | None = None) -> str:
    """Return the plan as the text of a calendar, a table or a JSON document.

    Args:
        plan: The plan.
        form: `ics`, `csv` or `json`.
        document: The plan as people edited it, whose wordings, owners, dates and ticks
            count in calendars and tables.
    """
    if form == "ics":
        from assess.export.calendar import format_calendar

        return format_calendar(plan, document)
    if form == "csv":
        from assess.export.table import format_table

        return format_table(plan, document)
    return json.dumps(describe_plan(plan).as_json(), ensure_ascii=False, indent=2) + "\n"
