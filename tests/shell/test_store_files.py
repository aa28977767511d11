"""The file itself: opened, brought up to date, copied, or refused without a scratch."""

import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from assess.errors import StoreError
from assess.identity import TeamName
from assess.store import Store
from assess.store.database import Database
from assess.store.schema import STEPS, Migration
from tests.builders import LYON, make_assessment
from tests.shell.keeping import NAME, Q, keep_closed, written_plan

SECOND: Migration = (
    "ALTER TABLE team ADD COLUMN motto TEXT NOT NULL DEFAULT 'none yet'",
    "UPDATE team SET motto = 'Go, ' || name",
)
BROKEN: Migration = ("ALTER TABLE team ADD COLUMN motto TEXT", "SELECT no_such_column FROM team")


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(sql).fetchall()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size in bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return the path of a store of schema version 1 with a team in it."""
    path = tmp_path / "s.db"
    with Store(path) as store:
        store.add_team(LYON)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Opening


def test_a_new_store_makes_its_folders_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there" / "yet.db"
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_several_processes_can_begin_one_store(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    begin = "import sys; from pathlib import Path; from assess.store import Store\n"
    begin += "from assess.identity import TeamName\n"
    begin += "with Store(Path(sys.argv[1])) as store: store.add_team(TeamName(sys.argv[2]))"
    begun = [subprocess.Popen([sys.executable, "-c", begin, path, name]) for name in "ABC"]
    assert [process.wait() for process in begun] == [0, 0, 0]
    with Store(path) as store:
        assert [team.name for team in store.teams()] == ["A", "B", "C"]


def test_between_two_commands_the_store_is_one_file(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    assert names(store.path.parent) == ["assess.sqlite"]


def test_what_is_only_tried_never_reaches_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "s.db", STEPS, 1)
    before = database.path.read_bytes()
    with suppress(ZeroDivisionError), database.trying(), database.transaction("IMMEDIATE"):
        for number in range(5000):
            database.run("INSERT INTO team (key, name, added) VALUES (?, 'Long' , 1)", str(number))
        assert (names(tmp_path), database.path.read_bytes()) == (["s.db"], before)
        raise ZeroDivisionError
    assert database.rows("SELECT * FROM team") == []
    assert database.rows("PRAGMA journal_mode") == [("delete",)]
    database.close()


@pytest.mark.parametrize(
    "content", [b"x", b"stage = momentum\n" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_not_a_store_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert (caught.value.what, caught.value.where) == (
        "This file is not a store of assess.",
        str(path),
    )
    assert (path.read_bytes(), names(tmp_path)) == (content, ["notes.txt"])


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE bookmarks (url)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"],
)
def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "places.sqlite"
    query(path, statement)
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert caught.value.what == "This file is not a store of assess."
    assert caught.value.where == str(path)
    assert (path.read_bytes(), names(tmp_path)) == (before, ["places.sqlite"])


def test_a_store_of_a_newer_program_is_refused_untouched(old: Path) -> None:
    query(old, "PRAGMA user_version = 99")
    before = old.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store(old)
    assert caught.value.what == (
        "The store was written by a newer assess: its schema is 99, this program knows 1."
    )
    assert caught.value.where == str(old)
    assert caught.value.fix.startswith("Update assess")
    assert (old.read_bytes(), names(old.parent)) == (before, ["s.db"])


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store(tmp_path)
    assert (caught.value.what, caught.value.where) == ("The store cannot be opened.", str(tmp_path))
    assert caught.value.fix.startswith("Check that it is a file")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "file" / "s.db")
    assert caught.value.what == "This file cannot be used: Not a directory."
    assert caught.value.where == str(tmp_path / "file" / "s.db")


def test_a_place_where_nothing_can_be_made_is_named() -> None:
    with pytest.raises(StoreError) as caught:
        Store(Path("/proc/assess/s.db"))
    assert caught.value.what == "This file cannot be used: No such file or directory."


def test_a_damaged_store_is_named(tmp_path: Path, old: Path) -> None:
    content = bytearray(old.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    old.write_bytes(content)
    with pytest.raises(StoreError) as caught, Store(old) as store:
        store.teams()
    assert caught.value.what == "The store is damaged."
    assert caught.value.fix.endswith("assess import COPY")
    assert "--backup" in caught.value.fix


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', "7"])
@pytest.mark.parametrize("place", ["questionnaire SET document", "assessment SET manager"])
def test_a_damaged_entry_is_named(store: Store, place: str, damage: str) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    query(store.path, f"UPDATE {place} = '{damage}'")
    with pytest.raises(StoreError) as caught:
        store.load_assessment(NAME)
    assert caught.value.what == "The store is damaged here."
    assert caught.value.where.startswith(f"{store.path}, ")


# Nothing half-written


def test_a_full_disk_loses_nothing_and_stores_nothing_by_halves(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    with room_for(store.path.stat().st_size), pytest.raises(StoreError) as caught:
        store.keep_plan(NAME, written_plan("# A long plan\n" * 10_000))
    assert caught.value.where == str(store.path)
    assert "what was confirmed before is kept" in caught.value.fix
    assert store.load_plan(NAME) is None
    assert store.keep_plan(NAME, written_plan()) == "new"


def test_a_store_that_may_not_grow_says_that_there_is_no_room(tmp_path: Path) -> None:
    steps = (*STEPS, ("PRAGMA max_page_count = 30",))
    with Store(tmp_path / "s.db", steps=steps) as store:
        store.keep_assessment(make_assessment(Q, 2))
        with pytest.raises(StoreError) as caught:
            store.keep_plan(NAME, written_plan("# A long plan\n" * 50_000))
        assert caught.value.what == "There is no room left for the store."
        assert store.load_assessment(NAME) == make_assessment(Q, 2)


def test_a_store_cannot_begin_on_a_full_disk(tmp_path: Path) -> None:
    with room_for(0), pytest.raises(StoreError):
        Store(tmp_path / "s.db")
    with Store(tmp_path / "s.db") as store:
        assert store.teams() == ()


def test_a_store_in_use_says_so(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store(old, busy_seconds=0.01) as store:
            assert [team.name for team in store.teams()] == ["Lyon"]
            with pytest.raises(StoreError) as caught:
                store.add_team(TeamName("Oslo"))
    assert caught.value.what == "The store is in use by another program."
    assert caught.value.where == str(old)


def test_a_store_that_cannot_be_written_can_be_read(old: Path) -> None:
    """SQLite refuses to write where another file has taken the place of the one it opened."""
    with Store(old) as store:
        old.rename(old.with_name("moved.db"))
        assert [team.name for team in store.teams()] == ["Lyon"]
        with pytest.raises(StoreError) as caught:
            store.add_team(TeamName("Oslo"))
    assert caught.value.what == "The store cannot be written."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_can_be_read(old: Path) -> None:
    old.chmod(0o400)
    with Store(old) as store:
        assert [team.name for team in store.teams()] == ["Lyon"]
        with pytest.raises(StoreError) as caught:
            store.add_team(TeamName("Oslo"))
    assert caught.value.what == "The store cannot be written."


# Schema versions


def test_an_older_store_is_brought_up_to_date_after_a_backup(old: Path) -> None:
    before = query(old, "SELECT * FROM team")
    with Store(old, steps=(*STEPS, SECOND)) as store:
        assert [team.name for team in store.teams()] == ["Lyon"]
    assert query(old, "SELECT motto FROM team") == [("Go, Lyon",)]
    backup = old.with_name("s.db.v1.bak")
    assert query(backup, "SELECT * FROM team") == before
    assert query(backup, "PRAGMA user_version") == [(1,)]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_several_versions_are_caught_up_in_order(old: Path) -> None:
    third: Migration = ("UPDATE team SET motto = motto || '!'",)
    Store(old, steps=(*STEPS, SECOND, third)).close()
    assert query(old, "SELECT motto FROM team") == [("Go, Lyon!",)]
    assert query(old, "PRAGMA user_version") == [(3,)]
    assert names(old.parent) == ["s.db", "s.db.v1.bak"]


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(StoreError):
        Store(old, steps=(*STEPS, BROKEN))
    assert old.read_bytes() == before
    with Store(old) as store:
        assert [team.name for team in store.teams()] == ["Lyon"]


def test_an_earlier_backup_is_never_overwritten(old: Path) -> None:
    old.with_name("s.db.v1.bak").write_bytes(b"kept")
    Store(old, steps=(*STEPS, SECOND)).close()
    assert old.with_name("s.db.v1.bak").read_bytes() == b"kept"
    assert query(old.with_name("s.db.v1.2.bak"), "PRAGMA user_version") == [(1,)]


def test_a_store_that_is_up_to_date_needs_no_backup(old: Path) -> None:
    Store(old).close()
    assert names(old.parent) == ["s.db"]


def test_a_full_disk_leaves_an_older_store_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with room_for(4096), pytest.raises(StoreError):
        Store(old, steps=(*STEPS, SECOND))
    assert (old.read_bytes(), names(old.parent)) == (before, ["s.db"])


# Copies


def test_a_backup_holds_everything_members_too(store: Store, tmp_path: Path) -> None:
    kept = keep_closed(store, make_assessment(Q, 2, members=[(0,), (1,), (2,)]))
    target = tmp_path / "copy.db"
    store.backup(target)
    with Store(target) as copy:
        assert copy.load_assessment(NAME) == kept
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"something else")
    with pytest.raises(StoreError) as caught:
        store.backup(target)
    assert (caught.value.what, caught.value.where) == (
        "This file cannot be used: it is there already.",
        str(target),
    )
    assert target.read_bytes() == b"something else"


def test_a_backup_that_fails_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        store.backup(store.path / "copy.db")
    with room_for(8192), pytest.raises(StoreError):
        store.backup(tmp_path / "copy.db")
    assert names(tmp_path) == ["store"]


def test_a_backup_waits_for_a_writer_but_not_for_ever(old: Path, tmp_path: Path) -> None:
    with Store(old, busy_seconds=0.01) as store, closing(sqlite3.connect(old)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as caught:
            store.backup(tmp_path / "copy.db")
    assert caught.value.what == "The store is in use by another program."
    assert names(tmp_path) == ["s.db"]
