"""Documents and copies that carry what is kept from one store to another."""

from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from pathlib import Path
from typing import TextIO

from assess.documents.encoding import as_json
from assess.documents.exported import (
    FORMAT,
    NO_EXPORT,
    NO_PLANS,
    WITH_PLANS,
    WITHOUT_MEMBERS,
    WITHOUT_PLANS,
)
from assess.documents.parts import NotJsonError, Part, read_parts
from assess.errors import Problem, StoreError
from assess.figures import count
from assess.library.files import exists, open_text, writing_pieces
from assess.store import Imported, Store
from assess.workflow.outcome import Outcome

_SQLITE = b"SQLite format 3\x00"


def export_kept(
    store: Store, file: Path | None, open_output: Callable[[], TextIO], *, plans: bool
) -> Outcome:
    """Write everything but members' answers to a file or an output.

    Only an earlier export is written over.
    """
    if file is None:
        damaged = store.export(open_output().write, plans=plans)
    elif exists(file) and not _is_readable_export(file):
        what = "This file is there already, and assess export did not write it."
        raise StoreError(what, str(file), "Choose another name.")
    else:
        with writing_pieces(file) as write:
            damaged = store.export(write, plans=plans)
    left_out, holds = (WITHOUT_MEMBERS, WITH_PLANS) if plans else (WITHOUT_PLANS, NO_PLANS)
    whole = f"{left_out} {holds} A backup holds everything: assess export --backup FILE"
    lost = ("What could be read was written; the following is not in it.",) if damaged else ()
    names = {"file": str(file), "backup": None} if file else {}
    said = (whole, *lost)
    return Outcome((), lambda: names, messages=said, problems=damaged, is_sound=not damaged)


def backup_kept(store: Store, backup: Path) -> Outcome:
    """Copy the whole store into a file."""
    store.backup(backup)
    copied = f"Copied to {backup}. It holds members' answers: keep it confidential."
    return Outcome((), lambda: {"file": None, "backup": str(backup)}, messages=(copied,))


def is_backup(path: Path) -> bool:
    """Tell whether a file that is to be imported is a backup, else an export."""
    if _begins_with(path, _SQLITE):
        return True
    if not _is_export(path):
        fix = f'Use a file with "format": "{FORMAT}", or a backup.'
        raise StoreError(NO_EXPORT, str(path), fix)
    return False


def import_file(store: Store, path: Path, *, backup: bool, replace: bool) -> Outcome:
    """Take in an export or a backup, all or nothing; an error names the file that it is in."""
    try:
        if backup:
            imported = store.import_backup(path, replace=replace)
        else:
            imported = store.import_parts(lambda: _read_parts(path), replace=replace)
        return Outcome((), lambda: as_json(imported), after=(_tell_imported(imported),))
    except StoreError as error:
        raise StoreError(*(_in_file(p, path, store.path) for p in error.problems)) from error


def _tell_imported(imported: Imported) -> str:
    parts = [
        *([count(imported.teams, "team")] if imported.teams else []),
        *([count(imported.assessments, "assessment")] if imported.assessments else []),
        *([count(imported.drafts, "draft")] if imported.drafts else []),
        *([f"{imported.replaced} replaced"] if imported.replaced else []),
    ]
    new = f"Taken in: {', '.join(parts)}." if parts else "Nothing new is in this file."
    same = f" {count(imported.same, 'assessment')} were there already." if imported.same else ""
    return new + same


def _read_parts(path: Path) -> Iterator[Part]:
    try:
        with open_text(path, StoreError) as text:
            yield from read_parts(text)
    except NotJsonError as error:
        problem = Problem(f"This is not valid JSON: {error}.", str(path), "Export it anew.")
        raise StoreError(problem) from error


def _in_file(problem: Problem, path: Path, store: Path) -> Problem:
    """Name the file, unless the problem lies in the store, or names it already."""
    if problem.where.startswith((str(store), str(path.absolute()), str(path))):
        return problem
    return changed(problem, where=f"{path}, {problem.where}")


def _is_export(path: Path) -> bool:
    return any((part.key, part.value) == ("format", FORMAT) for part in _read_parts(path))


def _is_readable_export(path: Path) -> bool:
    try:
        return _is_export(path)
    except StoreError:
        return False


def _begins_with(path: Path, mark: bytes) -> bool:
    try:
        if not path.is_file():
            return False  # Nobody waits for what a pipe may say.
        with path.open("rb") as stream:
            return stream.read(len(mark)) == mark
    except (OSError, ValueError):
        return False  # Reading it as a document says what is wrong.
