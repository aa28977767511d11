"""Bad input, command by command: what is wrong, where, how to mend it, and nothing happened."""

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

NOTHING_SAID = re.compile(r"error: .+\n  where: .+\n  fix:   .+\n")


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire and an answers file."""
    assess.use_small_data()
    assess.write_answers("answers.toml", 1)
    return assess


def _refused(assess: CommandLine, *command: str | Path) -> Ran:
    """Run a command that fails, and see that it only says so."""
    before = _files(assess.folder)
    ran = assess(*command)
    assert ran.code == 1
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "mistake of ours" not in ran.err
    assert NOTHING_SAID.search(ran.err)
    assert _files(assess.folder) - before <= {assess.store}
    return ran


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- Answers files ---


@pytest.mark.parametrize(
    ("old", "new", "what", "where"),
    [
        ("goals-1 = 1", "goals-1 = 7", "7 is not a level.", "answers.goals-1"),
        ("goals-1 = 1", "goals-1 = true", "true is not a level.", "answers.goals-1"),
        ("goals-1 = 1", "goals-1 = 1.0", "1.0 is not a level.", "answers.goals-1"),
        ("goals-1 = 1", 'goals-1 = ""', "This question is not answered yet.", "answers.goals-1"),
        ("goals-1 = 1", "goals-1 = {}", "There is no level.", "answers.goals-1"),
        ("goals-1 = 1\n", "", "The question 'goals-1' is missing.", "answers.goals-1"),
        ("goals-1", "gaols-1", "Unknown question 'gaols-1'.", "answers.gaols-1"),
        ("version = 1", "version = 2", "The answers are for version 2 of 'small'", "version"),
        ("version = 1", "version = true", "It is true.", "version"),
        ('"small"', '"smal"', "Unknown questionnaire 'smal'.", "questionnaire"),
        ('"small"', "3", "does not say which questionnaire", "questionnaire"),
        ("2026-11-22", "0000-11-22", "This is not valid TOML", "answers.toml"),
        ("2026-11-22", "0001-11-22", "does not lie between", "date"),
        ("2026-11-22", '"yesterday"', "'yesterday' is not a date.", "date"),
        ('"Lyon"', '" "', "The team has no name.", "team"),
        ('"Lyon"', '"' + "ö" * 10_000 + '"', "has 10000 characters; 100 are allowed", "team"),
        ('"Lyon"', '"a\\u001bb"', "cannot be printed", "team"),
        ('"manager"', '"boss"', "'boss'", "respondent"),
        ("[answers]", "[answers", "Correct the line that is named", "answers.toml"),
        ("[answers]", 'x = """', "Complete what is begun at its end", "answers.toml"),
        ("[answers]", "answers", "This is not valid TOML", "answers.toml"),
        ("[answers]", "[answer]", "There is no [answers] table.", "answers"),
    ],
)
@pytest.mark.parametrize("command", [("run", "--answers"), ("score",), ("plan", "--answers")])
def test_a_wrong_answers_file_is_refused(
    assess: CommandLine, command: tuple[str, ...], old: str, new: str, what: str, where: str
) -> None:
    _change(assess.folder / "answers.toml", old, new)
    ran = _refused(assess, *command, "answers.toml")
    assert what in ran.err
    assert re.search(f"where: answers.toml.*{re.escape(where)}|where: {where}", ran.err)
    assert not assess.store.exists()


def test_every_problem_of_a_file_is_told_at_once(assess: CommandLine) -> None:
    path = assess.folder / "answers.toml"
    _change(path, "goals-1 = 1", "goals-1 = 7\ngaols-9 = 1")
    _change(path, "version = 1", "version = 2")
    assert _refused(assess, "score", path).err.count("error: ") == 3


@pytest.mark.parametrize("command", [("run", "--answers"), ("score",), ("plan", "--answers")])
def test_a_file_that_cannot_be_read_is_refused(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    (assess.folder / "latin.toml").write_bytes(b'team = "Stra\xdfe"')
    with (assess.folder / "large.toml").open("wb") as file:
        file.truncate(50_000_000)
    if command != ("score",):  # It takes folders.
        assert "This is a folder, not a file." in _refused(assess, *command, assess.folder).err
    assert "not UTF-8 text" in _refused(assess, *command, "latin.toml").err
    assert "larger than 2 MB" in _refused(assess, *command, "large.toml").err
    assert "No such file" in _refused(assess, *command, "none.toml").err
    assert "too long" in _refused(assess, *command, "x" * 5000).err


@pytest.mark.parametrize("team", ["../../x", "A | B # C", "Ω" * 100, "<b>`x`</b>", "CON"])
def test_a_team_can_be_called_what_it_likes(assess: CommandLine, team: str) -> None:
    assess.write_answers("answers.toml", 1, team=team)
    ran = assess("run", "--answers", "answers.toml", "--json")
    assert ran.code == 0
    assert ran.document["score"]["team"] == team
    assert assess("result", "--json").document["team"] == team
    assert [path.parent for path in assess.folder.rglob("*.md")] == [assess.folder]


# --- Stores ---

KEPT = [
    (),
    ("run", "--answers", "answers.toml"),
    ("result",),
    ("plan",),
    ("checkin",),
    ("compare",),
    ("why", "lift-goals-1-1"),
    ("open", "--team", "Lyon", "--questionnaire", "small", "--invite", "5"),
    ("collect", "answers.toml"),
    ("close", "--yes"),
    ("history",),
    ("overview",),
    ("teams",),
    ("teams", "add", "Lyon"),
    ("delete", "--date", "2026-11-22", "--yes"),
    ("export",),
    ("import", "all.json"),
]


@pytest.mark.parametrize("command", KEPT, ids=" ".join)
def test_what_is_no_store_is_refused_by_every_command(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    (assess.folder / "all.json").write_text('{"format": "assess-export", "version": 1}')
    (assess.folder / "text.db").write_text("This is no database. " * 100)
    (assess.folder / "folder.db").mkdir()
    for store in ("text.db", "folder.db", "answers.toml/store.db"):
        ran = _refused(assess, *command, "--store", store)
        assert store in ran.err
    assert (assess.folder / "text.db").read_text().startswith("This is no database.")


def test_a_database_of_another_program_is_refused(assess: CommandLine) -> None:
    with sqlite3.connect(assess.folder / "other.db") as other:
        other.execute("CREATE TABLE music (title)")
    other.close()
    assert "not a store of assess" in _refused(assess, "history", "--store", "other.db").err


def test_a_store_cut_short_is_refused(assess: CommandLine) -> None:
    assess("run", "--answers", "answers.toml")
    assess.store.write_bytes(assess.store.read_bytes()[:5000])
    assert "damaged" in _refused(assess, "history").err


# --- Files to write ---


@pytest.mark.parametrize(
    "command",
    [
        ("run", "--answers", "other.toml", "--out"),
        ("plan", "--out"),
        ("plan", "--answers", "answers.toml", "--out"),
        ("plan", "--format", "csv", "--out"),
        ("result", "--out"),
        ("compare", "--out"),
        ("export",),
        ("export", "--backup"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("json", [(), ("--json",)], ids=["", "json"])
def test_where_nothing_can_be_written_nothing_is_kept_or_shown(
    assess: CommandLine, command: tuple[str, ...], json: tuple[str, ...]
) -> None:
    assess("run", "--answers", "answers.toml", "--out", "plan.md")
    assess("run", "--answers", assess.write_answers("next.toml", 2, day=date(2027, 2, 22)))
    assess.write_answers("other.toml", 3, team="Paris")
    before = assess.store.read_bytes()
    ending = "csv" if "csv" in command else "md"
    (assess.folder / f"folder.{ending}").mkdir()
    for name in ("missing/out", "answers.toml/out", "folder"):
        path = f"{name}.{ending}"
        _refused(assess, *command, path, *json)
    assert assess.store.read_bytes() == before


def test_a_file_of_somebody_else_is_not_written_over(assess: CommandLine) -> None:
    (assess.folder / "letter.md").write_text("Dear all,\n")
    ran = _refused(assess, "run", "--answers", "answers.toml", "--out", "letter.md")
    assert "it is not a plan of assess" in ran.err
    assert (assess.folder / "letter.md").read_text() == "Dear all,\n"
    assert assess("history", "--json").document == {"assessments": []}


# --- Data files ---


@pytest.mark.parametrize("command", [("questionnaires",), ("questionnaire", "small"), ("actions",)])
def test_a_questionnaire_with_an_id_twice_is_refused(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    _change(path, 'id = "roles-2"', 'id = "roles-1"')
    ran = _refused(assess, *command)
    assert "The id 'roles-1' is used twice." in ran.err
    assert f"where: {path}, question[id=roles-1]" in ran.err


def test_a_data_folder_has_to_be_there(assess: CommandLine) -> None:
    ran = _refused(assess, "questionnaires", "--data", "nowhere")
    assert "There is no such data folder." in ran.err


# --- Nobody to ask ---


@pytest.mark.parametrize("option", [(), ("--no-input",), ("--json",), ("--plain",)])
@pytest.mark.parametrize("who", ["manager", "member", "consensus"])
def test_without_a_terminal_nothing_waits_for_an_answer(
    assess: CommandLine, who: str, option: tuple[str, ...]
) -> None:
    _refused(assess, "run", "--as", who, *option)
    assert not assess.store.exists()


# --- Usage ---


@pytest.mark.parametrize(
    "command",
    [
        ("--today", "0000-01-01"),
        ("--today", "0001-01-01"),
        ("--today", "9999-12-31"),
        ("--today", "tomorrow"),
        ("rnu",),
        ("run", "--rows"),
        ("run", "--hours", "-1"),
        ("run", "--as", "boss"),
        ("run", "--as", "member", "--edit", "2026-11-22"),
        ("delete",),
        ("teams", "rename", "Lyon"),
        ("teams", "remove", "Lyon"),
        ("collect",),
        ("import",),
        ("score",),
        ("open", "--minimum", "few"),
        ("open",),
        ("open", "--invite", "5", "--add", "2"),
        ("open", "--add", "2", "--minimum", "3"),
        ("run", "--code", "K7MQ-4XWP-9T2H"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_exit_code_2(assess: CommandLine, command: tuple[str, ...]) -> None:
    ran = assess(*command)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: assess" in ran.err
    assert not assess.store.exists()


def test_a_misspelt_command_gets_the_nearest_one(assess: CommandLine) -> None:
    assert "Did you mean 'compare'?" in assess("compere").err


# --- Ctrl-C ---


def test_an_interrupted_command_is_exit_code_130(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("assess.interview.plain.PlainAsker.choose", interrupt)
    ran = assess.type_in("\n", "run", "--team", "Lyon", "--questionnaire", "small")
    assert (ran.code, ran.out) == (130, "")


def test_list_of_examples_is_none_of_them(assess: CommandLine) -> None:
    assert "README" not in _refused(assess, "example", "nosuch").said
