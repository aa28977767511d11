"""A tracker's export taken into a plan: states, dates and owners, as if people had said so.

Whatever cannot be understood refuses the whole file, and nothing is written. What the plan knows
better stays: a tick is not taken back, and no date that has passed comes in.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from assess.cells import cut
from assess.commands import join_command
from assess.document.marking import TaskEdit, clean_name, edit_tasks
from assess.document.tasks import Task
from assess.documents.encoding import as_json
from assess.documents.said import StepAgreement
from assess.errors import AssessError, missing_extra
from assess.figures import count, join_words
from assess.identity import PersonName
from assess.library.files import at, read_bytes, read_data, shipped_data
from assess.people import Person, find_person
from assess.record import record
from assess.store import Store
from assess.trackers.reading import KnownTask, TrackedTask, TrackerExport, read_tracker_export
from assess.trackers.sheet import ExportSheet, read_sheet
from assess.trackers.words import TrackerWords, read_tracker_words
from assess.workflow.checkin.reading import Reading
from assess.workflow.checkin.stepping import write_agreements
from assess.workflow.outcome import Outcome

_MOST_BYTES: Final = 20_000_000
_MOST_NAMED: Final = 5
_TITLE: Final = 50
_ASANA_ENDS: Final = 2_000


@record
class TakenIn:
    """What there is to tell of an export that was taken in, in words and as a document."""

    told: tuple[str, ...]
    document: Mapping[str, Any]

    def add_to(self, outcome: Outcome) -> Outcome:
        """Return a check-in that tells what was taken in too."""

        def describe() -> Mapping[str, Any]:
            return {**outcome.describe(), "taken_in": self.document}

        return replace(outcome, messages=self.told, describe=describe)


def take_in_export(store: Store, reading: Reading, path: Path) -> TakenIn:
    """Write what a tracker's export says into the plan's file, and keep it for the check-in."""
    people = store.load_people(reading.assessment.team).people
    data = read_bytes(path, AssessError, _MOST_BYTES)
    read = _read_workbook if data.startswith(b"PK\x03\x04") else read_sheet
    sheet = at(path, lambda: read(data))
    tasks = {task.key: task for task in reading.paper.document.tasks}
    known = [KnownTask(key, task.wording, task.due) for key, task in tasks.items()]
    names = [name for one in people for name in (one.name, one.email) if name]
    export = at(path, lambda: read_tracker_export(sheet, known, tracker_words(), names))
    judge = _Judge(tasks, people, reading.today)
    edits = tuple(filter(None, (judge.edit(said) for said in export.tasks)))
    rest = _tell_rest(export, tasks, len(sheet.rows))
    told = (_sum_up(path, edits), *judge.notes(), *rest, *export.notes)
    if edits:
        _write(store, reading, edits, tasks)
    changed = [{**as_json(one, "id=key state due"), "owner": one.owner or None} for one in edits]
    names = as_json(export, "missing others")
    return TakenIn(told, {"changed": changed, **names, "notes": list(told)})


def tracker_words() -> TrackerWords:
    """Return what trackers call things, in the languages that are shipped."""
    return read_tracker_words(read_data(shipped_data() / "plans" / "trackers.toml"))


def _read_workbook(data: bytes) -> ExportSheet:
    fix = "Save it as CSV, and name that."
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]  # It has no types.
    except ImportError as error:
        what = missing_extra("A workbook", "xlsx")
        raise AssessError(what, "the file", f"Install it. Or: {fix}") from error
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = [tuple(map(_cell_text, row)) for row in sheet.iter_rows(values_only=True)]
    except Exception as error:
        # A damaged workbook fails in whichever part of it comes first.
        raise AssessError("This workbook cannot be read.", "the file", fix) from error
    return ExportSheet(tuple((n, row) for n, row in enumerate(rows, start=1) if any(row)))


def _cell_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


class _Judge:
    """Says what of an export becomes a change, and remembers what does not."""

    def __init__(self, tasks: Mapping[str, Task], people: Sequence[Person], today: date) -> None:
        self._tasks, self._people, self._today = tasks, people, today
        self._by_email = {one.email.casefold(): one for one in people if one.email}
        self._stays: list[str] = []
        self._passed = 0
        self._nobody: dict[str, None] = {}
        self._unclear: dict[str, None] = {}

    def edit(self, said: TrackedTask) -> TaskEdit | None:
        """Return what is to be written at a task, or None where all is as it was."""
        task = self._tasks[said.id]
        state = said.state
        if state in ("open", "begun") and task.state in ("done", "dropped"):
            self._stays.append(f"“{cut(task.wording, _TITLE)}” ({task.state})")
            return None
        if state == "open" or state == task.state:
            state = None
        if (state or task.state) in ("done", "dropped"):
            return TaskEdit(task.key, state) if state else None
        due, owner = self._due(said, task), self._owner(said, task)
        return TaskEdit(task.key, state, due, owner) if state or due or owner else None

    def notes(self) -> Iterator[str]:
        if self._stays:
            yield f"Open in the tracker, and left as the plan has it: {_some(self._stays)}."
        if self._passed:
            tasks = count(self._passed, "task")
            yield f"{tasks} with a date before today: the plan's own stays."
        for text in self._unclear:
            yield f"{text}: owners stay as they are. An e-mail address would tell."
        for email in self._nobody:
            command = join_command("people", "add", "NAME", "--email", email)
            yield f"{email} is nobody of the team, so their tasks keep their owners: {command}"

    def _due(self, said: TrackedTask, task: Task) -> date | None:
        if said.due is None or said.due == task.due:
            return None
        if said.due < self._today:
            self._passed += 1
            return None
        return said.due

    def _owner(self, said: TrackedTask, task: Task) -> str:
        """Return who has a task now, or nothing where that is as it was or cannot be told."""
        person = self._by_email.get(said.email.casefold()) or find_person(self._people, said.owner)
        likely = [] if person else [p for p in self._people if _may_be(p.name, said.owner)]
        if len(likely) > 1:
            names = join_words((one.name for one in likely), "or")
            self._unclear[f"“{said.owner}” may be {names}"] = None
            return ""
        if person is None and not likely and said.email and not said.owner:
            self._nobody[said.email] = None
        person = person or next(iter(likely), None)
        owner = person.name if person else clean_name(said.owner)
        return owner if owner and owner != task.owner else ""


def _may_be(name: str, said: str) -> bool:
    """Tell whether one of two names has all words of the other, as `Ana` and `Ana Lima`."""
    one, other = (set(PersonName(text).key.split()) for text in (name, said))
    return bool(other) and (one <= other or other <= one)


def _write(
    store: Store, reading: Reading, edits: Sequence[TaskEdit], tasks: Mapping[str, Task]
) -> None:
    agreed = [
        StepAgreement(
            step=edit.key,
            wording=tasks[edit.key].wording,
            on=reading.today,
            state=None if edit.state == "begun" else edit.state,
            due=edit.due,
            owner=edit.owner,
        )
        for edit in edits
        if edit.state != "begun" or edit.due or edit.owner
    ]
    text = edit_tasks(reading.paper.document, reading.kept.written.text, edits)
    write_agreements(store, reading, text, agreed)


def _sum_up(path: Path, edits: Sequence[TaskEdit]) -> str:
    counts = {
        "ticked": sum(edit.state == "done" for edit in edits),
        "begun": sum(edit.state == "begun" for edit in edits),
        "dropped": sum(edit.state == "dropped" for edit in edits),
        "moved": sum(edit.due is not None for edit in edits),
        "handed over": sum(bool(edit.owner) for edit in edits),
    }
    said = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    return f"From {path.name}: {said or 'nothing that the plan does not say already'}."


def _tell_rest(export: TrackerExport, tasks: Mapping[str, Task], rows: int) -> Iterator[str]:
    """Say what the export has no row for, and what it has rows for beside the plan."""
    left = [tasks[name] for name in export.missing if tasks[name].state in ("open", "begun")]
    if left:
        names = _some(f"“{cut(task.wording, _TITLE)}”" for task in left)
        yield f"Not in the export, and left as they are: {names}."
    if export.others:
        others = _some(f"“{cut(name, _TITLE)}”" for name in export.others)
        yield f"{count(len(export.others), 'row')} of other work: {others}."
    if left and rows - 1 == _ASANA_ENDS:
        yield "Asana ends an export at 2,000 tasks: what is missing may only be cut off."


def _some(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _MOST_NAMED} more" if len(every) > _MOST_NAMED else ""
    return ", ".join(every[:_MOST_NAMED]) + more
