"""A plan as another file than its own: calendar, spreadsheet, page or JSON."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from assess.document.reading import PlanReading
from assess.documents.encoding import as_json
from assess.documents.plan import describe_plan
from assess.errors import AssessError
from assess.export.entries import list_tasks
from assess.export.table import TABLES, Tracker, format_table
from assess.figures import count
from assess.library.files import exists, read_text, write_new
from assess.pages.plan import make_plan_page
from assess.planning.plan import Plan
from assess.record import record
from assess.workflow.outcome import Outcome, write_outcome

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
        "csv": "|".join("[,;\t]".join([*table][:3]) for table in TABLES.values()),
    }
    return re.search(marks[form], text[:400]) is not None


@record
class Export:
    """How a plan is written beside its own file: as one of the formats, and on which day.

    A table can be for a `tracker`; beside the rhythm a calendar can have `steps` and `attendees`.
    """

    form: str
    today: date
    separator: str = ","
    tracker: Tracker | None = None
    steps: bool = False
    attendees: bool = False


def write_plan_export(
    out: Path, plan: Plan, export: Export, document: PlanReading | None = None
) -> None:
    """Write a plan beside its own file, never over what is no earlier export of that form.

    A calendar that is there tells what has to be cancelled. What people edited in the `document`
    counts in calendars and tables: wordings, owners, dates and ticks.
    """
    if export.form in ("html", "json"):
        pages = (make_plan_page(plan),)
        write_outcome(Outcome(pages, lambda: as_json(describe_plan(plan))), out)
        return
    before = read_text(out, AssessError) if exists(out) else ""
    text = _format(plan, export, document, before)
    write_new(out, text, lambda there: is_export(export.form, there))


def describe_export(plan: Plan, export: Export, document: PlanReading | None) -> tuple[str, ...]:
    """Say what is to be known of a table before a tracker reads it."""
    if export.tracker is None:
        return ()
    tasks = [task for task in list_tasks(plan, document) if not task.is_done]
    nobody = sum(not task.email for task in tasks)
    said = [f"{count(len(tasks), 'task')}, without what is done. {_HOW[export.tracker]}", _ONCE]
    if nobody:
        said.append(
            f"{count(nobody, 'task')} go to nobody: their owner has no e-mail address. Name one "
            "with: assess people edit NAME --email EMAIL"
        )
    return tuple(said)


_ONCE: Final = "Import it once: the same table twice makes every task twice."
_HOW: Final[Mapping[Tracker, str]] = {
    "asana": "In Asana: add a project, then import a spreadsheet.",
    "jira": "In Jira: import issues from CSV, with the date format yyyy-MM-dd.",
}


def _format(plan: Plan, export: Export, document: PlanReading | None, before: str) -> str:
    if export.form == "ics":
        from assess.export.calendar import find_organizer, format_calendar

        if export.attendees and find_organizer(plan.people) is None:
            what = "Nobody can ask the others to come: no manager has an e-mail address."
            fix = "Say it once: assess people edit NAME --role manager --email EMAIL"
            raise AssessError(what, "--attendees", fix)
        wishes = {"steps": export.steps, "attendees": export.attendees}
        return format_calendar(plan, document, **wishes, today=export.today, before=before)
    return format_table(plan, document, export.separator, export.tracker)
