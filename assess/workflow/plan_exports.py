"""A plan as a file for another program: calendar, spreadsheet or JSON."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assess.document.reading import PlanReading
from assess.documents.plan import describe_plan
from assess.errors import AssessError
from assess.library.files import exists, read_text, write_new
from assess.planning.plan import Plan

FORMATS = ("md", "html", "ics", "csv", "json")


def find_format(wanted: str | None, out: Path | None) -> str:
    """Return the format that is asked for, else that of the file's ending, else Markdown."""
    if wanted is not None:
        return wanted
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else "md"


def is_export(form: str, text: str) -> bool:
    """Tell whether a text is an earlier export of a form, which nobody edits by hand."""
    marks = {
        "ics": r"PRODID:-//team-assess//",
        "csv": r"id[,;\t]title[,;\t]description",
        "json": r'"team":',
    }
    return re.search(marks[form], text[:400]) is not None


@dataclass(frozen=True, slots=True)
class Export:
    """How a plan is written for another program: `ics`, `csv` or `json`, and on which day."""

    form: str
    today: date
    separator: str = ","


def write_plan_export(
    out: Path, plan: Plan, export: Export, document: PlanReading | None = None
) -> None:
    """Write a plan for another program, never over what is no earlier export of that form.

    Args:
        out: The file; a calendar that is there already tells what has to be cancelled.
        plan: The plan.
        export: How to write it.
        document: The plan as people edited it, whose wordings, owners, dates and ticks
            count in calendars and tables.
    """
    before = read_text(out, AssessError) if exists(out) else ""
    text = _format(plan, export, document, before)
    write_new(out, text, lambda there: is_export(export.form, there))


def _format(plan: Plan, export: Export, document: PlanReading | None, before: str) -> str:
    if export.form == "ics":
        from assess.export.calendar import format_calendar

        return format_calendar(plan, document, today=export.today, before=before)
    if export.form == "csv":
        from assess.export.table import format_table

        return format_table(plan, document, export.separator)
    return json.dumps(describe_plan(plan).as_json(), ensure_ascii=False, indent=2) + "\n"
