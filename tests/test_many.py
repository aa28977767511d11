"""Stores of many teams, and assessments of many members: counted, never timed."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assess.scoring import members
from benchmarks.scale import TODAY, fill_members, fill_teams
from tests.typing_in import CommandLine


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with stores of 30 and of 60 teams, with two quarters each."""
    folder = tmp_path_factory.mktemp("many")
    for teams in (30, 60):
        fill_teams(folder / f"{teams}.sqlite", teams, 2)
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every statement is added that a store is asked."""
    statements: list[str] = []
    connect = sqlite3.connect

    def watched(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    return statements


def look(assess: CommandLine, store: Path, *command: str) -> str:
    ran = assess(*command, "--store", store, "--today", str(TODAY))
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize(
    "command",
    [
        *((), ("teams",), ("teams", "--all"), ("history",), ("history", "--all")),
        *(("--json",), ("teams", "--json"), ("history", "--json"), ("overview", "--json")),
    ],
)
def test_twice_as_many_teams_take_no_more_queries(
    assess: CommandLine, stores: Path, asked: list[str], command: tuple[str, ...]
) -> None:
    numbers = []
    for teams in (30, 60):
        asked.clear()
        look(assess, stores / f"{teams}.sqlite", *command)
        numbers.append(len([text for text in asked if "SELECT" in text]))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("command", [(), ("teams",), ("history",)])
def test_one_screen_tells_how_many_more_there_are(
    assess: CommandLine, stores: Path, command: tuple[str, ...]
) -> None:
    lines = look(assess, stores / "60.sqlite", *command).splitlines()
    assert len(lines) <= 23
    assert any(line.startswith("… and ") and line.endswith("with --all") for line in lines)


def test_all_shows_every_team(assess: CommandLine, stores: Path) -> None:
    for command in ((), ("teams",), ("history",)):
        text = look(assess, stores / "60.sqlite", *command, "--all")
        assert all(f"Team {number}" in text for number in range(60))


def test_home_shows_first_for_whom_something_is_due(assess: CommandLine, stores: Path) -> None:
    store = assess.folder / "copy.sqlite"
    shutil.copy(stores / "30.sqlite", store)
    quiet = ("--store", store, "--today", "2026-04-07")
    before = assess(*quiet).out
    assert "Team 0 ·" in before
    assess("teams", "add", "Zürich", *quiet)
    assert assess(*quiet).out.startswith("Zürich · not assessed yet")


def test_which_of_many_teams_is_asked_with_five_of_them(assess: CommandLine, stores: Path) -> None:
    ran = assess("plan", "--store", stores / "60.sqlite")
    assert ran.code == 1
    assert "Team 0, Team 1, Team 10, Team 11, Team 12 and 55 more." in " ".join(ran.err.split())


def test_a_plan_scores_its_members_as_they_are_and_as_they_would_be(
    assess: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_members(tmp_path / "members.sqlite", 12)
    measure, measured = members.measure_members, []

    def counted(*given: Any) -> Any:
        measured.append(given)
        return measure(*given)

    monkeypatch.setattr("assess.scoring.assessment.measure_members", counted)
    look(assess, tmp_path / "members.sqlite", "plan", "--out", str(tmp_path / "plan.md"))
    assert len(measured) == 2


def test_a_run_commits_once_and_once_more_where_it_makes_the_store(
    assess: CommandLine, asked: list[str]
) -> None:
    assess.use_small_data()
    commits = []
    for day in (date(2026, 5, 18), date(2026, 8, 24)):
        file = assess.write_answers("answers.toml", 1, day=day)
        asked.clear()
        assert assess("run", "--answers", file, "--today", str(day)).code == 0
        commits.append(len(list(written(asked))))
    assert commits == [2, 1]


def written(asked: list[str]) -> Iterator[str]:
    """Yield the commits of transactions that were begun to write."""
    begun = ""
    for statement in asked:
        if statement.startswith("BEGIN"):
            begun = statement
        if statement == "COMMIT" and begun == "BEGIN IMMEDIATE":
            yield statement
