"""A plan as a file for another program: calendar, spreadsheet or JSON."""

import json
from pathlib import Path

from assess.planning.plan import Plan
from assess.planning.record import describe_plan

FORMATS = ("md", "ics", "csv", "json")


def find_format(wanted: str | None, out: Path | None) -> str:
    """Return the format that is asked for, else that of the file's ending, else Markdown."""
    if wanted is not None:
        return wanted
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else "md"


def export_plan(plan: Plan, form: str) -> str:
    """Return the plan as the text of a calendar, a table or a JSON document."""
    if form == "ics":
        from assess.export.calendar import format_calendar

        return format_calendar(plan)
    if form == "csv":
        from assess.export.table import format_table

        return format_table(plan)
    return json.dumps(describe_plan(plan), ensure_ascii=False, indent=2) + "\n"
