"""One team in every spelling of its name, and every plan in a file of its own."""

from datetime import date, timedelta
from unicodedata import normalize

import pytest

from tests.builders import DAY
from tests.typing_in import CommandLine

TEAM = normalize("NFC", "Équipe  Rhône")
SPELLINGS = [normalize("NFD", "Équipe  Rhône"), "ÉQUIPE RHÔNE", " équipe   rhône "]
LATER = DAY + timedelta(weeks=13)


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    assess.use_small_data()
    return assess


def run(assess: CommandLine, team: str, level: int, day: date = DAY, *more: str) -> None:
    assess.write_answers(f"{level}-{day}.toml", level, team=team, day=day, hours_per_week=4)
    name = f"{level}-{day}.toml"
    ran = assess("run", "--answers", name, "--today", (day + timedelta(days=1)).isoformat(), *more)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_second_quarter_under_another_spelling_goes_on_with_the_first(
    assess: CommandLine, spelling: str
) -> None:
    run(assess, TEAM, 0)
    assess.write_answers("second.toml", 2, team=spelling, day=LATER)
    ran = assess("run", "--answers", "second.toml", "--out", "second.md", "--today", "2027-02-22")
    assert "assess compare" in ran.out
    assert "Left open last time" in (assess.folder / "second.md").read_text()
    assert len(assess("teams", "--json").document["teams"]) == 1
    compared = assess("compare", "--team", spelling, "--json").document
    assert (compared["from"], compared["to"]) == (DAY.isoformat(), LATER.isoformat())


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_finds_the_team(assess: CommandLine, spelling: str) -> None:
    run(assess, TEAM, 1)
    for command in (["result"], ["plan"], ["history"], ["checkin", "--no-input"]):
        ran = assess(*command, "--team", spelling, "--today", "2026-11-23")
        assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    "command",
    [
        ["run", "--answers", "harbour.toml"],
        ["score", "harbour.toml"],
        ["plan", "--answers", "harbour.toml"],
        ["collect", "harbour.toml"],
    ],
)
def test_a_team_that_contradicts_a_file_is_an_error(
    assess: CommandLine, command: list[str]
) -> None:
    run(assess, "Lyon", 1)
    path = assess.write_answers("harbour.toml", 1, team="Harbour")
    ran = assess(*command, "--team", "Lyon")
    assert (ran.code, ran.out) == (1, "")
    assert "The file is of the team 'Harbour', but --team says 'Lyon'." in ran.said
    assert f"{path.name}, team" in ran.said
    assert "Leave out --team, or correct the team in the file." in ran.said
    assert [team["name"] for team in assess("teams", "--json").document["teams"]] == ["Lyon"]


def test_a_plan_of_another_team_is_no_check_in(assess: CommandLine) -> None:
    run(assess, "Lyon", 1)
    run(assess, "Harbour", 1)
    ran = assess("checkin", "Harbour-2026-11-23.md", "--team", "Lyon", "--no-input")
    assert ran.code == 1
    assert "The file is of the team 'Harbour', but --team says 'Lyon'." in ran.said


def test_two_teams_whose_names_make_one_file_name_get_two_files(assess: CommandLine) -> None:
    for team in ("A-B", "A B", "A/B"):
        run(assess, team, 1)
    files = sorted(path.name for path in assess.folder.glob("*.md"))
    assert files == ["A-B-2-2026-11-23.md", "A-B-2026-11-23.md", "A-B-3-2026-11-23.md"]
    for team, name in zip(("A-B", "A B", "A/B"), (files[1], files[0], files[2]), strict=True):
        before = {f: (assess.folder / f).read_text() for f in files if f != name}
        assert assess("plan", "--team", team, "--hours", "9", "--today", "2026-11-23").code == 0
        assert before == {f: (assess.folder / f).read_text() for f in before}


def test_a_file_that_lost_its_head_is_still_that_of_its_team(assess: CommandLine) -> None:
    run(assess, "A-B", 1)
    path = assess.folder / "A-B-2026-11-23.md"
    text = path.read_text().split("---\n", 2)[2]
    path.write_text(text)
    run(assess, "A B", 1)
    assert path.read_text() == text


def test_renaming_renews_the_head_of_the_plans_file_and_no_other_byte(assess: CommandLine) -> None:
    run(assess, "Lyon", 1)
    path = assess.folder / "Lyon-2026-11-23.md"
    before = path.read_text()
    assert assess("teams", "rename", "lyon", "Rhône: north").code == 0
    after = path.read_text()
    assert after == before.replace("team: Lyon\n", 'team: "Rhône: north"\n')
    ran = assess("checkin", path.name, "--no-input", "--json", "--today", "2026-11-30")
    assert ran.document["team"] == "Rhône: north"
    assert assess("plan", "--out", path.name, "--today", "2026-11-23").code == 0


# --- An assessment of the wrong team ---


def test_a_moved_assessment_takes_plan_ticks_and_check_ins_along(assess: CommandLine) -> None:
    run(assess, "Lyom", 1)
    assess("teams", "add", "Lyon")
    path = assess.folder / "Lyom-2026-11-23.md"
    path.write_text(path.read_text().replace("- [ ]", "- [x]", 1))
    assess("checkin", path.name, "--no-input", "--today", "2026-11-30")
    before = assess("result", "--team", "Lyom", "--json").document
    ran = assess("teams", "move", "--team", "lyom", "--date", "2026-11-22", "--to", "LYON")
    assert (ran.code, ran.out) == (0, "")
    assert "The assessment of Lyom, 2026-11-22, is one of Lyon now." in ran.said
    assert assess("result", "--json").document == {**before, "team": "Lyon"}
    (kept,) = assess("history", "--json").document["assessments"]
    assert (kept["team"], kept["plan"], kept["checkins"]) == ("Lyon", True, 1)
    assert [team["name"] for team in assess("teams", "--json").document["teams"]] == ["Lyon"]
    again = assess("checkin", path.name, "--no-input", "--json", "--today", "2026-12-01")
    assert again.document["team"] == "Lyon"
    assert any(step["state"] == "done" for step in again.document["steps"])


def test_an_assessment_is_not_moved_over_another(assess: CommandLine) -> None:
    run(assess, "Lyon", 1)
    run(assess, "Harbour", 2)
    ran = assess("teams", "move", "--team", "Lyon", "--date", "2026-11-22", "--to", "Harbour")
    assert ran.code == 1
    assert "Harbour has an assessment of 2026-11-22 with 'small'" in ran.said
    kept = assess("history", "--json").document["assessments"]
    assert [entry["team"] for entry in kept] == ["Harbour", "Lyon"]


def test_an_assessment_is_moved_to_a_team_that_is_there(assess: CommandLine) -> None:
    run(assess, "Lyom", 1)
    assess("teams", "add", "Lyon")
    move = ("teams", "move", "--team", "Lyom", "--date", "2026-11-22")
    ran = assess(*move, "--to", "Lion")
    assert ran.code == 1
    assert "There is no team 'Lion'. where: " in ran.said
    assert "Did you mean 'Lyon'?" in ran.said


def test_an_open_assessment_stays_with_its_team(assess: CommandLine) -> None:
    assess("teams", "add", "Harbour")
    assert assess.open_to().code == 0
    ran = assess("teams", "move", "--team", "Lyon", "--date", "2026-11-22", "--to", "Harbour")
    assert (ran.code, "Close it first: assess close" in ran.said) == (1, True)


def test_what_is_moved_leaves_no_file_behind(assess: CommandLine) -> None:
    run(assess, "Lyom", 1)
    assess("teams", "add", "Lyon")
    files = sorted(path.name for path in assess.folder.iterdir())
    assess("teams", "move", "--team", "Lyom", "--date", "2026-11-22", "--to", "Lyon")
    assert sorted(path.name for path in assess.folder.iterdir()) == files
