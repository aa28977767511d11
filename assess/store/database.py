"""One SQLite file: opening, transactions, and errors that a person can act on.

The file is in rollback-journal mode: between two commands it is one file, which can be
copied, and nothing that was deleted lingers in a write-ahead log beside it. A commit has
reached the disk when it returns.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from errno import EEXIST
from pathlib import Path
from typing import Any, Final, Literal

from assess.errors import AnswersError, DataFileError, Problem, StoreError
from assess.misfit import show_value
from assess.patterns import pattern
from assess.store.schema import APPLICATION_ID, STEPS, Migration

_DAMAGED: Final = "The store is damaged."
_BACKUP: Final = (
    "See what is whole: assess check --store. Take it out with assess export. "
    "Or restore a copy (assess export --backup makes them)."
)
_PART: Final = pattern(r"\.[0-9a-f]{8}\.part$")
_NOT_A_STORE: Final = "This file is not a store of assess."
_ANOTHER: Final = "Use another --store."
_NOT_ALLOWED: Final = (
    "The store may not be used.",
    "Check that you may read and write the file and its folder.",
)
_ADVICE: Final = {
    sqlite3.SQLITE_BUSY: (
        "The store is in use by another program.",
        "Wait until the other assess is done, or close what has the file open, and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The store cannot be written.",
        "Allow writing to the file and its folder, or use another --store.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The store cannot be opened.",
        "Check that it is a file, and that you may read and write it and its folder.",
    ),
    sqlite3.SQLITE_PERM: _NOT_ALLOWED,
    sqlite3.SQLITE_AUTH: _NOT_ALLOWED,
    sqlite3.SQLITE_FULL: (
        "There is no room left for the store.",
        "Make room on the disk and try again; what was confirmed before is kept.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk does not read or write the store.",
        "Check the disk and the room on it; what was confirmed before is kept.",
    ),
    sqlite3.SQLITE_NOTADB: (_NOT_A_STORE, _ANOTHER),
    # Reading entry by entry, as a check and an export do, ends here too.
    sqlite3.SQLITE_CORRUPT: (
        _DAMAGED,
        "Move the file away, and take in a copy (assess export --backup makes them): "
        "assess import COPY",
    ),
}

# What reading raises when a row does not hold what was written there.
_DAMAGE: Final = (DataFileError, AnswersError, AttributeError, LookupError, TypeError, ValueError)

# The folder is synced too, so that a power cut cannot bring a journal back.
_SYNCED: Final = "synchronous = EXTRA"

_MISUSE: Final = (sqlite3.ProgrammingError, sqlite3.InterfaceError)


class Database:
    """An open store file of the schema that `steps` describe."""

    def __init__(self, path: Path, steps: Sequence[Migration], busy_seconds: float) -> None:
        self.path = path.absolute()
        self._busy_seconds = busy_seconds
        with _told(self.path):
            self._made = tuple(p for p in (self.path, *self.path.parents) if not p.exists())
            # Only the store gets a folder made: a backup's is misspelt when it is not there.
            with suppress(FileExistsError):
                self.path.parent.mkdir(mode=0o700, parents=True)
            _create_privately(self.path)
            self._connection = self._connect()
        try:
            self._version(steps)
            self._tune()
            self._migrate(steps)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def take_back(self) -> None:
        """Remove the file and the folders that opening made, if nothing is kept there yet.

        A command that fails has changed nothing; what another one keeps meanwhile stays.
        """
        if self.path not in self._made:
            return
        with suppress(StoreError, OSError):
            self.run("BEGIN EXCLUSIVE")
            tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not any(self.row(f'SELECT 1 FROM "{table}"') for (table,) in tables):
                self.path.unlink()
                for folder in self._made[1:]:
                    folder.rmdir()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with _told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def each(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a query one by one, however many there are."""
        with _told(self.path):
            yield from self._connection.execute(sql, values)

    def run(self, sql: str, *values: object) -> int:
        """Change something, and return the row id of what was inserted last."""
        with _told(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def insert(self, table: str, *values: object) -> None:
        """Add a row; None is the next number of a table that counts its rows."""
        self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", *values)

    def delete(self, table: str, **values: object) -> None:
        """Delete the rows that have these values."""
        found = " AND ".join(f"{name} = ?" for name in values)
        self.run(f"DELETE FROM {table} WHERE {found}", *values.values())

    @contextmanager
    def transaction(self, kind: Literal["DEFERRED", "IMMEDIATE"]) -> Iterator[None]:
        """Do all of the block or, when anything interrupts it, nothing.

        A deferred transaction sees one state of the store, whatever others write meanwhile.
        An immediate one is for writing: it waits for other writers at its start. Within
        another, the block is a part of it.
        """
        if self._connection.in_transaction:
            yield
            return
        self.run(f"BEGIN {kind}")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # A full disk may have rolled it back already.
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Let the block take back whatever it does: not a page of it reaches the disk."""
        self._set("cache_spill = OFF", "journal_mode = MEMORY")
        try:
            yield
        finally:
            self._set("journal_mode = DELETE", "cache_spill = ON")

    def problem(self, what: str, entry: str, fix: str) -> StoreError:
        """Return the error that names the store's file and an entry in it."""
        return StoreError(what, f"{self.path}, {entry}" if entry else str(self.path), fix)

    @contextmanager
    def undamaged(self, entry: str) -> Iterator[None]:
        """Read an entry in the block; that it cannot be read means that the file is damaged."""
        try:
            yield
        except _DAMAGE as error:
            raise self.problem("The store is damaged here.", entry, _BACKUP) from error

    def check_file(self) -> tuple[Problem, ...]:
        """Return what SQLite itself finds wrong with the file, at most a few lines of it."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(5)")]
            lost = self.rows("PRAGMA foreign_key_check")
        except StoreError as error:
            return error.problems
        told = [text for text in found if text != "ok"]
        told += [f"A row of '{table}' belongs to nothing" for table, *_ in lost[:5]]
        return tuple(Problem(f"{text}.", str(self.path), _BACKUP) for text in told)

    def remove_leftovers(self) -> tuple[Path, ...]:
        """Remove what an interrupted copy left beside the file, and say what."""
        left = sorted(p for p in self.path.parent.iterdir() if _PART.search(p.name))
        with _told(self.path):
            for path in left:
                path.unlink(missing_ok=True)
        return tuple(left)

    def owe_scrub(self) -> None:
        """Remember, with what is being deleted, that the file has to be rewritten."""
        self.run("INSERT OR IGNORE INTO scrub_owed VALUES (1)")

    def scrub(self) -> None:
        """Rewrite the file if that is owed, so that it holds nothing but its rows, by key.

        Deleted content is overwritten with zeros at once, but SQLite may have moved rows
        before, and rows lie in a page in the order in which they came. Rewriting ends both.
        Where it is not possible now (a full disk, a reader), it stays owed to the next
        opening: what was asked for is done, so this is no reason to fail.
        """
        if self._connection.in_transaction:
            return  # The end of the outer transaction does it.
        with suppress(StoreError):
            if self.row("SELECT 1 FROM scrub_owed"):
                self.run("VACUUM")
                self.run("DELETE FROM scrub_owed")

    def copy_to(self, target: Path) -> None:
        """Copy what is committed into a new file, whole or not at all."""
        part = target.with_name(f"{target.name}.{os.urandom(4).hex()}.part")
        with _told(target):
            if target.exists():
                raise FileExistsError(EEXIST, "it is there already")
            _create_privately(part)
            try:
                self._copy_all(part)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)

    def _connect(self) -> sqlite3.Connection:
        # Without an isolation level, transactions begin and end only where we say so.
        return sqlite3.connect(self.path, timeout=self._busy_seconds, isolation_level=None)

    def _copy_all(self, part: Path) -> None:
        # A connection of its own, since SQLite copies nothing from one that is writing.
        with closing(self._connect()) as source, closing(sqlite3.connect(part)) as copy:
            # Reading first holds off writers: the copying itself would wait for them for ever.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchall()
            source.backup(copy)

    def _migrate(self, steps: Sequence[Migration]) -> None:
        if self._version(steps) == len(steps):
            return
        if self._version(steps) == 0:
            # Nothing is kept in it yet; the first that is takes all of it to the disk.
            self._set("synchronous = OFF")
        with self.transaction("IMMEDIATE"):
            # Another process may have been faster since.
            version = self._version(steps)
            if 0 < version < len(steps):
                self.copy_to(self._free_backup_path(version))
            for step in steps[version:]:
                for statement in step:
                    self.run(statement)
            self.run(f"PRAGMA application_id = {APPLICATION_ID}")
            self.run(f"PRAGMA user_version = {len(steps)}")
        self._set(_SYNCED)

    def _version(self, steps: Sequence[Migration]) -> int:
        """Return how many steps the file has taken; refuse files that are not ours."""
        # Asked first: another process may be filling the file right now.
        with _told(self.path):
            is_new = self.path.stat().st_size == 0
        version = int(self.rows("PRAGMA user_version")[0][0])
        if self.rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
            if not is_new:
                raise self.problem(_NOT_A_STORE, "", _ANOTHER)
        elif version > len(steps):
            raise self.problem(
                f"The store was written by a newer assess: its schema is {version}, "
                f"this program knows {len(steps)}.",
                "",
                f"Update assess. {_ANOTHER} The file was not touched.",
            )
        return version

    def _free_backup_path(self, version: int) -> Path:
        names = (
            f"{self.path.name}.v{version}.bak",
            *(f"{self.path.name}.v{version}.{n}.bak" for n in range(2, 1000)),
        )
        return next(p for name in names if not (p := self.path.with_name(name)).exists())

    def _tune(self) -> None:
        # Rewriting the file must not leave a copy of it among the temporary files.
        self._set("journal_mode = DELETE", _SYNCED, "secure_delete = ON", "temp_store = MEMORY")
        self._set("foreign_keys = ON")

    def _set(self, *pragmas: str) -> None:
        for pragma in pragmas:
            self.run(f"PRAGMA {pragma}")


class DatabaseCopy(Database):
    """A copy of a store, open to be read; nothing of it, or beside it, changes."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        with _told(self.path):
            # Immutable: a copy has no journal, and its folder may not be ours to write in.
            uri = f"{self.path.as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        try:
            if self._version(STEPS) != len(STEPS):
                fix = f"Bring it up to date first: assess history --store {self.path}"
                raise self.problem("This copy was made by an older assess.", "", fix)
        except BaseException:
            self.close()
            raise


def _create_privately(path: Path) -> None:
    """Make the file, readable by its owner only, unless there is one."""
    # Opening a file that another connection of this process uses would drop its locks.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system report into what a person can do about it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The lower byte is the kind, the others say more: SQLITE_READONLY_DBMOVED and so on.
        advice = _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if advice is None and (isinstance(error, _MISUSE) or "syntax error" in str(error)):
            raise
        # Our statements are right for our tables, so what else fails lies in the file: its
        # tables are others, or a text in it is none.
        what, fix = advice or (_DAMAGED, _BACKUP)
        raise StoreError(what, str(path), fix) from error
    except UnicodeDecodeError as error:
        # Not even the reason can be read: it quotes what lies in the file.
        raise StoreError(_DAMAGED, str(path), _BACKUP) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"The text {show_value(error.object)} cannot be kept: it is not valid Unicode.",
            str(path),
            "Write it anew.",
        ) from error
    except OSError as error:
        raise StoreError(
            f"This file cannot be used: {error.strerror}.",
            str(path),
            "Check the path, and that you may read and write there; or use another file.",
        ) from error
