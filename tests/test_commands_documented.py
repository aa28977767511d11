"""docs/commands.md names every command, option, key and example, and all examples run."""

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import click
import pytest

from assess.answers_file import format_answers
from assess.cli import cli, main
from assess.cli.settings import common_names
from assess.commands import COMMANDS
from assess.library import Library
from tests.builders import make_answers
from tests.goals import GOALS_FILE, HOURS_FILE
from tests.typing_in import CommandLine, Ran

pytestmark = pytest.mark.one_python

DOC = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
OF_SOME = {"everything", "shared_as"}  # Options that not every command takes.
COMMON = DOC.split("## Options of every command")[1].split("\n## ")[0]
TODAY = ("--today", "2026-12-01")

THAT_ASK = {
    "assess run",
    "assess run --edit 2026-11-22",
    "assess run --as member",
    "assess close",
    "assess delete --date 2026-11-22",
    "assess people add",
    "assess goals add",
    "assess goals edit leads",
}
"""Examples that need somebody to answer."""


def _command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Return every command, and those below it, by what is typed after `assess`."""
    for name in COMMANDS:
        command = _command(name)
        yield name, command
        if isinstance(command, click.Group):
            for below, subcommand in command.commands.items():
                yield f"{name} {below}", subcommand


def _examples(command: click.Command) -> list[str]:
    return re.findall(r"^  (assess.*)$", command.help or "", flags=re.MULTILINE)


EVERY = list(_commands())
EXAMPLES = [(name, example) for name, c in EVERY for example in _examples(c)]


def _section(name: str) -> str:
    """Return what the page says of a command; of one below another, with that one."""
    return DOC.split(f"### `assess {name.split()[0]}`\n")[1].split("\n## ")[0].split("\n### ")[0]


def _documented_keys(text: str) -> list[str]:
    (line,) = re.findall(r"^`--json`: (.*)$", text, flags=re.MULTILINE)
    return re.findall(r"`(\w+)`", re.split(r";|\.$", line)[0])


# --- Named ---


def test_every_command_has_a_section() -> None:
    named = re.findall(r"^### `assess (\S+)`$", DOC, flags=re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize(("name", "command"), EVERY)
def test_every_option_is_named(name: str, command: click.Command) -> None:
    section = _section(name)
    assert f"`assess {name}" in DOC
    for parameter in command.params:
        place = COMMON if parameter.name in common_names() - OF_SOME else section
        if isinstance(parameter, click.Option):
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"`{option}\b", place), option


@pytest.mark.parametrize(("name", "command"), EVERY)
def test_no_option_is_named_that_is_not_there(name: str, command: click.Command) -> None:
    if " " in name:
        return
    there = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    rows = re.findall(r"^\| (`--.*?) \|", _section(name), flags=re.MULTILINE)
    for row in rows:
        assert set(re.findall(r"`(--[\w-]+)", row)) <= there


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_of_a_help_stands_on_the_page(name: str, example: str) -> None:
    assert " " in name or f"\n{example}\n" in _section(name)


def test_every_command_has_an_example() -> None:
    assert {name for name, _ in EXAMPLES} == {name for name, _ in EVERY}


@pytest.mark.parametrize("variable", ["ASSESS_STORE", "ASSESS_DATA", "NO_COLOR", "COLUMNS"])
def test_environment_variables_are_named(variable: str) -> None:
    assert f"| `{variable}` |" in DOC


# --- Run ---


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which each example has what it is about; made once, then copied."""
    folder = tmp_path_factory.mktemp("world")
    questionnaire = Library().questionnaire("marketing-team")
    for name, level, day, who in (
        ("spring", 0, date(2026, 5, 18), "manager"),
        ("answers", 1, date(2026, 11, 22), "manager"),
    ):
        given = make_answers(questionnaire, level, date=day, respondent=who)
        (folder / f"{name}.toml").write_text(format_answers(given), encoding="utf-8")
    store = ("--store", str(folder / "store.sqlite"), "--today", "2026-11-23")
    for answers, plan in (("spring.toml", "spring.md"), ("answers.toml", "Lyon-2026-11-23.md")):
        files = ("--answers", str(folder / answers), "--out", str(folder / plan))
        assert main(["run", *files, *store]) == 0
    assert main(["export", str(folder / "everything.json"), *store]) == 0
    assert main(["export", "--backup", str(folder / "copy.sqlite"), *store]) == 0
    return folder


@pytest.fixture
def assess(assess: CommandLine, world: Path) -> CommandLine:
    """Return the command line in a copy of that world."""
    shutil.copytree(world, assess.folder, dirs_exist_ok=True)
    return assess


def _move_plans(assess: CommandLine) -> None:
    """Let the copy's plans lie in the copy; else each test would work on the files of all."""
    with closing(sqlite3.connect(assess.store)) as connection, connection:
        for rowid, written in connection.execute("SELECT rowid, written FROM plan").fetchall():
            there = json.loads(written)
            there["path"] = str(assess.folder / Path(there["path"]).name)
            moved = json.dumps(there, ensure_ascii=False)
            connection.execute("UPDATE plan SET written = ? WHERE rowid = ?", (moved, rowid))


def _prepare(assess: CommandLine, name: str) -> None:
    """Do what somebody has done before they type an example of this command."""
    if name != "import":  # What it brings is the same as what is there.
        _move_plans(assess)
    if name in ("collect", "close", "run", "form"):
        codes = assess("open", "--invite", "6", *TODAY, "--json").document["codes"]
        for number, code in enumerate(codes[:2], start=1):
            head = {"date": date(2026, 12, 1), "respondent": "member", "code": code}
            given = make_answers(Library().questionnaire("marketing-team"), number, **head)
            text = format_answers(given)
            (assess.folder / f"member-{number}.toml").write_text(text, encoding="utf-8")
    if name.startswith("teams"):
        assert assess("teams", "add", "Harbour").code == 0
    if name in ("people", "people edit", "people remove"):
        assert assess("people", "add", "Ben").code == 0
    if name == "people remove":
        assert assess("people", "add", "Ana").code == 0
    if name == "checkin":
        assert assess("plan", "--out", "export.csv", *TODAY).code == 0
    if name.startswith("goals"):
        (assess.folder / "goals.toml").write_text(GOALS_FILE, encoding="utf-8")
        (assess.folder / "values.csv").write_text("figure,on,value\nleads,2026-12-01,11\n")
        assert assess("goals", "import", "goals.toml").code == 0
        if name == "goals close":
            assert assess("goals", "import", "values.csv", *TODAY).code == 0
    if name.startswith("hours"):
        (assess.folder / "hours.toml").write_text(HOURS_FILE, encoding="utf-8")
        if name != "hours add":
            assert assess("hours", "import", "hours.toml").code == 0
        if name == "hours":
            (assess.folder / "hours.toml").unlink()
    if name == "check":
        assess.use_small_data()
        shutil.copytree(assess.folder / "data", assess.folder / "my-data")


def _run(assess: CommandLine, example: str) -> Ran:
    """Type an example; where it ends in `> FILE`, a shell would write the file."""
    typed = shlex.split(example.split(" > ")[0])[1:]
    return assess(*typed, *TODAY)


@pytest.mark.parametrize(("name", "example"), [e for e in EXAMPLES if "--thorough" not in e[1]])
def test_every_example_runs(assess: CommandLine, name: str, example: str) -> None:
    _prepare(assess, name)
    ran = _run(assess, example)
    if example in THAT_ASK:
        assert ran.code == 1
        assert "there is no terminal" in ran.err
    else:
        assert ran.code == 0, ran.err


def test_the_one_example_that_takes_long_is_right_usage() -> None:
    (example,) = (example for _, example in EXAMPLES if "--thorough" in example)
    _, name, *arguments = shlex.split(example)
    assert _command(name).make_context(name, arguments).params["thorough"]


WITH_JSON = {
    **{name: next(e for n, e in EXAMPLES if n == name and e not in THAT_ASK) for name in COMMANDS},
    "check": "assess check my-data",
    "export": "assess export",
}
"""An example of each command that gives a document."""


@pytest.mark.parametrize(("name", "example"), WITH_JSON.items())
def test_the_keys_of_every_document_are_named(assess: CommandLine, name: str, example: str) -> None:
    _prepare(assess, name)
    document = _run(assess, f"{example} --json").document
    assert list(document) == _documented_keys(_section(name))


# --- Completion ---


@pytest.mark.parametrize(
    ("words", "position", "found"),
    [
        ("assess co", 1, ["compare", "collect"]),
        ("assess teams un", 2, ["unarchive"]),
        ("assess run --an", 2, ["--answers"]),
        ("assess run --as me", 3, ["member"]),
        ("assess --pl", 1, ["--plain"]),
        ("assess why lift-goals-1-", 2, [f"lift-goals-1-{level}" for level in (1, 2, 3)]),
        ("assess plan --what-if goals-2=", 3, [f"goals-2={level}" for level in range(4)]),
        ("assess actions --question roles-2", 3, ["roles-2"]),
        ("assess questionnaire sma", 2, ["small"]),
        ("assess compare --team l", 3, ["Lyon"]),
        ("assess teams archive o", 3, ["Oslo"]),
        ("assess --store nothing.sqlite compare --team l", 5, []),
    ],
)
def test_the_tab_key_completes(
    assess: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    position: int,
    found: list[str],
) -> None:
    assess.use_small_data()
    for team in ("Lyon", "Oslo", "Bern"):
        assess("teams", "add", team)
    assess("teams", "archive", "Bern")
    monkeypatch.setenv("_ASSESS_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(position))
    assert [word for word in assess.complete().split("\n")[1::3] if word] == found


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_shells_get_their_script(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("_ASSESS_COMPLETE", f"{shell}_source")
    assert "_ASSESS_COMPLETE" in assess.complete()
    assert f"_ASSESS_COMPLETE={shell}_source assess" in DOC


def test_completing_a_command_s_name_imports_no_command() -> None:
    code = (
        "import sys; from assess.cli import cli; import click; "
        "print([i.value for i in cli.shell_complete(click.Context(cli), 'co')], "
        "[m for m in sys.modules if m in ('assess.cli.run', 'pydantic', 'rich')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "['compare', 'collect'] []\n"
