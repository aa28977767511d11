"""Reads files with clear errors, and writes them whole or not at all."""

import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from errno import ENAMETOOLONG
from pathlib import Path
from typing import Any, TextIO, TypeVar

from assess.compiled import parse_once
from assess.errors import AnswersError, AssessError, DataFileError, Problem
from assess.identity import TeamName
from assess.library.bounds import find_excess

MOST_BYTES = 2_000_000
"""A data file above this size is a mistake; reading it would only delay saying so."""

_MOST_WRITTEN = 200_000_000
"""What was written of a hundred thousand teams is smaller, and is written anew."""

MOST_VALUES = 40_000
"""Of a TOML file; a catalogue of 90 actions has some 6 000."""

T = TypeVar("T")


def read_toml(path: Path, error: type[AssessError] = DataFileError) -> dict[str, Any]:
    """Return the tables of a TOML file, with every number exact."""
    text = read_text(path, error).removeprefix("\ufeff")  # Windows' editors put it there.
    if (excess := find_excess(text, MOST_VALUES)) is not None:
        line, what = excess
        fix = "Correct the line, or name another file."
        raise error(f"{what} (line {line}).", str(path), fix)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        is_cut = "at end of document" in str(problem)
        fix = "Complete what is begun at its end." if is_cut else "Correct the line that is named."
        raise error(f"This is not valid TOML: {problem}.", str(path), fix) from problem


def read_data(path: Path) -> dict[str, Any]:
    """Return the tables of a data file; those that come with the package are parsed once."""
    if not path.is_relative_to(shipped_data()):
        return read_toml(path)
    return parse_once(path, read_text(path, DataFileError), lambda _: read_toml(path))


def shipped_data() -> Path:
    """Return the folder that holds the shipped `questionnaires/` and `plans/`."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent


def default_store() -> Path:
    """Return where the platform keeps what a person's programs keep."""
    from platformdirs import user_data_path

    return user_data_path("assess", appauthor=False) / "assess.sqlite"


def read_text(path: Path, error: type[AssessError] = DataFileError, most: int = MOST_BYTES) -> str:
    """Return the text of a file, byte for byte but for the encoding.

    Raises:
        AssessError: Of the given class: the file is missing, a folder, a device, too large, or
            not UTF-8.
    """
    with _telling("read", path, error):
        return read_bytes(path, error, most).decode("utf-8")


def read_bytes(path: Path, error: type[AssessError], most: int = MOST_BYTES) -> bytes:
    """Return what a file holds.

    Raises:
        AssessError: Of the given class: the file is missing, a folder, a device, or too large.
    """
    with _telling("read", path, error):
        _refuse_kind(path, path.stat().st_mode, error)
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    if len(data) > most:
        what = f"The file is larger than {most // 1_000_000} MB."
        raise error(what, str(path), "Name the right file; none of ours grows that large.")
    return data


@contextmanager
def writing(path: Path, text: str) -> Iterator[None]:
    """Write a file whole once the block has succeeded, or leave everything as it was.

    All that can go wrong (no room, no permission) goes wrong before the block begins.
    """
    with _replacing(path) as part:
        with _telling("write", path), part.open("wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        yield


@contextmanager
def writing_pieces(path: Path) -> Iterator[Callable[[str], object]]:
    """Write a text piece by piece; the file is whole at its place once the block has succeeded.

    Only its owner can read it.
    """
    with (
        _telling("write", path),
        _replacing(path, private=True) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        yield stream.write
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def writing_beside(path: Path) -> Iterator[Path]:
    """Let the block write a file whose bytes are not ours; whole, it then takes its place."""
    with _telling("write", path), _replacing(path) as part:
        yield part


@contextmanager
def open_text(path: Path, error: type[AssessError]) -> Iterator[TextIO]:
    """Read a text of any size piece by piece; a mistake on the way is told of the file."""
    with _telling("read", path, error):
        _refuse_kind(path, path.stat().st_mode, error)
        stream = path.open(encoding="utf-8-sig")
    with stream:
        try:
            yield stream
        except (OSError, UnicodeDecodeError) as problem:
            raise error(_os_problem("read", path, problem)) from problem


def remove_leftovers(path: Path) -> tuple[Path, ...]:
    """Remove what interrupted writes of a file left beside it, and say what."""
    name = re.compile(re.escape(f".{_stem(path)}.") + r"[a-z0-9_]{8}")
    try:
        left = tuple(p for p in sorted(path.parent.iterdir()) if name.fullmatch(p.name))
        for one in left:
            one.unlink()
    except OSError:
        return ()  # The folder is gone, or not ours: then nothing of ours can be in it.
    return left


def write_text(path: Path, text: str) -> None:
    with writing(path, text):
        pass


def write_new(path: Path, text: str, is_own: Callable[[str], bool] = lambda _: False) -> None:
    """Write a file, but never over what somebody else wrote.

    `is_own` tells by its text whether a file that is there is an earlier one of the same kind, in
    which nobody writes by hand.
    """
    if exists(path):
        there = read_text(path, AssessError, _MOST_WRITTEN)
        if there == text:
            return
        if not is_own(there):
            what = "There is another file of this name already, and it might hold your work."
            fix = "Choose another name with --out, or move that file away."
            raise AssessError(what, str(path), fix)
    write_text(path, text)


def list_folder(path: Path, error: type[AssessError]) -> tuple[Path, ...] | None:
    """Return what lies in a folder, by name; None where it is none, and what it is is told later.

    Raises:
        AssessError: Of the given class: it may not be looked into.
    """
    with _telling("read", path, error), suppress(FileNotFoundError, NotADirectoryError):
        return tuple(sorted(path.iterdir()))
    return None


def exists(path: Path) -> bool:
    """Tell whether anything has this name.

    Raises:
        AssessError: No file can have it, or its folder may not be looked into.
    """
    with _telling("use", path), suppress(FileNotFoundError):
        path.stat()
        return True
    return False


def at(path: Path, read: Callable[[], T]) -> T:
    """Return what is read; an error on the way gets the file's name in front of its places."""
    try:
        return read()
    except AssessError as error:
        if error.where.startswith(str(path)):
            raise
        raise error.located(str(path)) from error.__cause__


@contextmanager
def _telling(act: str, path: Path, error: type[AssessError] = AssessError) -> Iterator[None]:
    """Turn what the system reports of a file into what a person can do about it."""
    try:
        yield
    except (OSError, ValueError) as problem:
        raise error(_os_problem(act, path, problem)) from problem


@contextmanager
def _replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Let the block fill a temporary file, which then takes a file's place and permissions."""
    import tempfile  # It brings much along that reading does not need.

    with _telling("write", path):
        target = path.resolve()
        _refuse_unwritable(path, target)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{_stem(target)}.")
        os.close(handle)
    part = Path(name)
    try:
        if not private:
            part.chmod(mode)
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _refuse_kind(path: Path, mode: int, error: type[AssessError]) -> None:
    """Refuse a path that is no file; a device or a pipe may have no end."""
    if stat.S_ISDIR(mode):
        raise error("This is a folder, not a file.", str(path), "Name a file in it.")
    if not stat.S_ISREG(mode):
        what = "This is a device or a pipe, not a file."
        raise error(what, str(path), "Save it as a file, and name that.")


def _refuse_unwritable(path: Path, target: Path) -> None:
    """Refuse to replace what is no file, or what somebody protected from being written."""
    if not exists(target):
        return
    mode = target.stat().st_mode
    _refuse_kind(path, mode, AssessError)
    # Only the folder decides whether a file can be replaced; its own mode says what is wanted.
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        what = "The file is protected from being written."
        fix = "Take the protection away, or name another file with --out."
        raise AssessError(what, str(path), fix)


def _stem(target: Path) -> str:
    # The name is cut by bytes: some systems count those, and a character may have four.
    return target.name.encode()[:40].decode(errors="ignore")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _os_problem(act: str, path: Path, problem: Exception) -> Problem:
    if isinstance(problem, UnicodeDecodeError):
        what = f"The file is not UTF-8 text (byte {problem.start})."
        return Problem(what, str(path), "Save it with the encoding UTF-8.")
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    fixes: dict[type[Exception], str] = {
        FileNotFoundError: "Check the spelling; the folder has to exist.",
        PermissionError: "Choose a place that you may use, or change its permissions.",
    }
    if isinstance(problem, ValueError) or getattr(problem, "errno", None) == ENAMETOOLONG:
        fix = "Choose another name; a shorter one, of letters."
    else:
        fix = fixes.get(type(problem), "Choose another place, or make room.")
    return Problem(f"Cannot {act} this file: {reason}.", str(path), fix)


def refuse_other_team(path: Path, said: TeamName | None, wanted: TeamName | None) -> None:
    """Refuse a file that names another team than the command line does."""
    if said is not None and wanted is not None and said != wanted:
        what = f"The file is of the team '{said}', but --team says '{wanted}'."
        fix = "Leave out --team, or correct the team in the file."
        raise AnswersError(what, f"{path}, team", fix)
