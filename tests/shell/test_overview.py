"""`assess overview`: several teams side by side, in every medium, without ranks."""

import csv
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import DAY
from tests.typing_in import CommandLine

LATER = DAY + timedelta(weeks=3)


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with four teams, the best of them last by name."""
    assess.use_small_data()
    for team, level in {"Oslo": 1, "Bern": 0, "Lyon": 2, "Zürich": 3}.items():
        file = assess.write_answers("answers.toml", level, team=team)
        assert assess("run", "--answers", file, "--today", str(DAY)).code == 0
    return assess


def looked(assess: CommandLine, *options: str) -> Any:
    return assess("overview", *options, "--json", "--today", str(LATER)).document


def names(document: Any) -> list[str]:
    return [team["team"] for team in document["teams"]]


def test_teams_stand_by_name_whatever_their_scores(assess: CommandLine) -> None:
    assert names(looked(assess)) == ["Bern", "Lyon", "Oslo", "Zürich"]


def test_one_screen_has_the_grid_and_ends_with_the_next_command(assess: CommandLine) -> None:
    rows = assess("overview", "--today", str(LATER)).out.splitlines()
    assert len(rows) <= 23
    assert any(row.split()[:2] == ["Bern", "Momentum"] for row in rows)
    assert rows[-1].startswith("  assess ")


def test_teams_can_be_left_out(assess: CommandLine) -> None:
    document = looked(assess, "--without", "bern", "--without", "Oslo")
    assert names(document) == ["Lyon", "Zürich"]
    assert document["left_out"] == ["Bern", "Oslo"]
    assert document["lacking"][0]["of"] == 2


def test_teams_that_were_put_aside_are_not_there(assess: CommandLine) -> None:
    assess("teams", "archive", "Bern")
    assert names(looked(assess)) == ["Lyon", "Oslo", "Zürich"]


def test_team_without_an_assessment_is_there_and_empty(assess: CommandLine) -> None:
    assess("teams", "add", "Aarhus")
    first = looked(assess)["teams"][0]
    assert (first["team"], first["stage"], first["complete"]) == ("Aarhus", None, None)


@pytest.mark.parametrize(
    ("option", "said"), [("--without", "Brn"), ("--questionnaire", "smal")], ids=["team", "asked"]
)
def test_what_is_not_there_is_named_with_what_is_near(
    assess: CommandLine, option: str, said: str
) -> None:
    ran = assess("overview", option, said)
    assert ran.code == 1
    assert said in ran.said
    assert "Did you mean" in ran.said


def test_table_has_a_row_for_each_team(assess: CommandLine) -> None:
    out = assess.folder / "teams.csv"
    assert assess("overview", "--out", out, "--today", str(LATER)).code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["team"] for row in rows] == ["Bern", "Lyon", "Oslo", "Zürich"]
    assert (rows[0]["stage"], rows[0]["goals.stage"]) == ("momentum", "momentum")


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_every_medium_names_every_team(assess: CommandLine, ending: str) -> None:
    out = assess.folder / f"teams.{ending}"
    assert assess("overview", "--out", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert all(team in text for team in ("Bern", "Lyon", "Oslo", "Zürich"))


def test_what_was_written_of_very_many_teams_is_written_anew(assess: CommandLine) -> None:
    out = assess.folder / "teams.html"
    assess("overview", "--out", out)
    once = out.read_text(encoding="utf-8")
    out.write_text(once + "<p>One more team.</p>" * 200_000, encoding="utf-8")
    assert assess("overview", "--out", out).code == 0
    assert out.read_text(encoding="utf-8") == once


def test_what_is_late_is_what_the_check_in_says(assess: CommandLine) -> None:
    for today in (DAY + timedelta(weeks=2), LATER):
        checked = assess("checkin", "--team", "Bern", "--json", "--no-input", "--today", str(today))
        late = sum(step["state"] == "late" for step in checked.document["steps"])
        assert late > 0
        there = assess("overview", "--json", "--today", str(today)).document
        assert there["teams"][0]["late"] == late


def test_nothing_is_late_when_the_weeks_are_over(assess: CommandLine) -> None:
    later = str(DAY + timedelta(weeks=20))
    first = assess("overview", "--json", "--today", later).document["teams"][0]
    assert (first["late"], first["over"]) == (None, True)


def test_step_that_was_moved_since_is_not_late(assess: CommandLine) -> None:
    def late() -> Any:
        return looked(assess)["teams"][0]["late"]

    before = late()
    listed = assess("checkin", "--team", "Bern", "--json", "--no-input", "--today", str(LATER))
    step = next(s["id"] for s in listed.document["steps"] if s["state"] == "late")
    to = str(LATER + timedelta(weeks=2))
    moved = assess("step", step, "--team", "Bern", "--to", to, "--today", str(LATER))
    assert moved.code == 0
    assert late() == before - 1
