"""What tests share: a store, and whole texts under tests/expected, rewritten on demand."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from assess import invitation
from assess.store import Store, seals
from tests.typing_in import CommandLine

# A machine that does something else meanwhile is slow; that says nothing of the code.
hypothesis.settings.register_profile("no-deadline", deadline=None)
hypothesis.settings.load_profile("no-deadline")

# Thousands of stores are kept, each change of them down to the disk; memory is as good for that.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**31:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

EXPECTED = Path(__file__).parent / "expected"

MatchExpected = Callable[[str, str], None]
"""Compares a text with the file of that name."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="rewrite the texts under tests/expected instead of comparing with them",
    )


@pytest.fixture(scope="session", autouse=True)
def shipped_rounds() -> Iterator[tuple[int, int]]:
    """Keep what makes guessing slow from slowing tests, which guess nothing; return what ships."""
    shipped = invitation.CODE_ROUNDS, seals.DRAFT_ROUNDS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invitation, "CODE_ROUNDS", 20)
        patch.setattr(seals, "DRAFT_ROUNDS", 20)
        yield shipped


@pytest.fixture
def match_expected(request: pytest.FixtureRequest) -> MatchExpected:
    """Compare a text with a file under tests/expected, or write it there."""
    update = bool(request.config.getoption("--update-expected"))

    def match(name: str, text: str) -> None:
        path = EXPECTED / name
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return match


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a new store in a folder of its own."""
    with Store(tmp_path / "store" / "assess.sqlite") as store:
        yield store


@pytest.fixture
def assess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """Return the command line, in an empty folder and with a store of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ASSESS_STORE", str(folder / "store.sqlite"))
    monkeypatch.delenv("ASSESS_DATA", raising=False)
    return CommandLine(folder, monkeypatch, capsys)
