"""What runs queries: DuckDB, which is the extra `bulk`; without it SQLite, which takes longer.

Nothing is kept: tables live as long as the connection.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Protocol


class _Cursor(Protocol):
    @property
    def description(self) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def fetchone(self) -> Any: ...
    def fetchmany(self, size: int = ..., /) -> list[tuple[Any, ...]]: ...


class Engine(Protocol):
    """What runs queries: a connection of DuckDB or of SQLite."""

    def execute(self, query: str, parameters: Any = ..., /) -> _Cursor: ...
    def executemany(self, query: str, parameters: Iterable[Any], /) -> Any: ...


def open_engine() -> Engine:
    """Return DuckDB where it is installed, else SQLite."""
    with suppress(ImportError):
        import duckdb

        connection: Engine = duckdb.connect()
        # Whole numbers stay whole, as in SQLite.
        connection.execute("SET integer_division = true")
        return connection
    return open_slow_engine()


def open_slow_engine() -> sqlite3.Connection:
    return sqlite3.connect("", isolation_level=None, factory=_Scratch)


class _Scratch(sqlite3.Connection):
    """Ends with whoever reads from it last: an outcome reads rows when it is presented."""

    def __del__(self) -> None:
        self.close()


def is_fast(engine: Engine) -> bool:
    return not isinstance(engine, sqlite3.Connection)


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
