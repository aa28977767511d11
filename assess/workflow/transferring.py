"""Documents that carry what is kept from one store to another."""

import json
from collections.abc import Mapping
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

from assess.errors import Problem, StoreError
from assess.library.files import exists, read_json, write_text
from assess.store import Imported, Store


def write_export(document: Mapping[str, Any], path: Path) -> None:
    """Write the document of an export; only an earlier one is written over.

    Raises:
        StoreError: Another file is there.
    """
    if exists(path) and not _is_export(path):
        raise StoreError(
            Problem(
                "This file is there already, and assess export did not write it.",
                str(path),
                "Choose another name.",
            )
        )
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def read_transfer(path: Path) -> object:
    """Return what a file holds; whether it is an export is checked when it is taken in."""
    return read_json(path, StoreError)


def import_file(store: Store, path: Path, document: object, *, replace: bool) -> Imported:
    """Take in a document, all or nothing; an error names the file that it came from."""
    try:
        return store.import_document(document, replace=replace)
    except StoreError as error:
        raise StoreError(*(_in_file(p, path, store.path) for p in error.problems)) from error


def _in_file(problem: Problem, path: Path, store: Path) -> Problem:
    """Name the file, unless the problem lies in the store."""
    if problem.where.startswith(str(store)):
        return problem
    return changed(problem, where=f"{path}, {problem.where}")


def _is_export(path: Path) -> bool:
    try:
        document = read_json(path, StoreError)
    except StoreError:
        return False
    return isinstance(document, dict) and document.get("format") == "assess-export"
