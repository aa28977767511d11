"""Documents and copies that carry what is kept from one store to another."""

from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

from assess.documents.exported import FORMAT, NO_EXPORT
from assess.documents.parts import NotJsonError, Part, read_parts
from assess.errors import Problem, StoreError
from assess.library.files import exists, open_text, writing_pieces
from assess.store import Imported, Store

_SQLITE = b"SQLite format 3\x00"


def write_export(
    store: Store, path: Path, *, plans: bool, backup: Path | None
) -> tuple[Problem, ...]:
    """Write the document of an export, and a copy of the store beside it; both or neither.

    Only an earlier export is written over.

    Returns:
        What cannot be read in the store, and is not in the document.

    Raises:
        StoreError: Another file is there, or one of them cannot be written.
    """
    if exists(path) and not _is_readable_export(path):
        what = "This file is there already, and assess export did not write it."
        raise StoreError(Problem(what, str(path), "Choose another name."))
    if backup is not None and backup.absolute() == path.absolute():
        what = "The document and the copy cannot be one file."
        raise StoreError(Problem(what, str(path), "Choose another name for one of them."))
    made = False
    try:
        with writing_pieces(path) as write:
            problems = store.export(write, plans=plans)
            if backup is not None:
                store.backup(backup)
                made = True
    except BaseException:
        if made and backup is not None:
            backup.unlink(missing_ok=True)
        raise
    return problems


def is_backup(path: Path) -> bool:
    """Tell whether a file that is to be imported is a backup, else an export.

    Raises:
        StoreError: It is neither, or cannot be read.
    """
    if _begins_with(path, _SQLITE):
        return True
    if not _is_export(path):
        fix = f'Use a file with "format": "{FORMAT}", or a backup.'
        raise StoreError(Problem(NO_EXPORT, str(path), fix))
    return False


def import_file(store: Store, path: Path, *, backup: bool, replace: bool) -> Imported:
    """Take in an export or a backup, all or nothing; an error names the file that it is in."""
    try:
        if backup:
            return store.import_backup(path, replace=replace)
        return store.import_parts(lambda: _read_parts(path), replace=replace)
    except StoreError as error:
        raise StoreError(*(_in_file(p, path, store.path) for p in error.problems)) from error


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
    """Tell whether an export is here."""
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
