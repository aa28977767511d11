"""What people install: the wheel with its data, and what a command loads."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.typing_in import CommandLine

ROOT = Path(__file__).parent.parent
FOR_FORMS = ("questionary", "cryptography")
HEAVY = ("pydantic", "questionary", "rich", "jinja2", "markdown_it", "sqlite3", "icalendar")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it into an empty folder, as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run_installed(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed package: its own files, and beside them only its dependencies."""
    libraries = sysconfig.get_paths()["purelib"]
    return subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(site), libraries))},
        capture_output=True,
        text=True,
        check=True,
    )


def test_wheel_brings_its_data_and_runs_the_whole_way(installed: Path, tmp_path: Path) -> None:
    place = run_installed(installed, tmp_path, "-c", "import assess; print(assess.__file__)")
    assert place.stdout.startswith(str(installed))
    run_installed(installed, tmp_path, "-m", "assess", "demo")
    assert {path.name for path in (tmp_path / "assess-demo").glob("*.md")} >= {"comparison.md"}
    run_installed(installed, tmp_path, "-m", "assess", "new", "kitchen")
    run_installed(installed, tmp_path, "-m", "assess", "check", "kitchen")


def test_wheel_brings_the_templates_of_html(installed: Path, tmp_path: Path) -> None:
    code = (
        "from assess.media.html import render_html; from assess.pages.blocks import Page;"
        "print(render_html([Page('Lyon', ())], title='Lyon'))"
    )
    assert '<h1 dir="auto">Lyon</h1>' in run_installed(installed, tmp_path, "-c", code).stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from assess.cli import main; main(['--help']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stderr.split()
    assert [name for name in HEAVY if name in loaded] == []


def test_score_loads_neither_planner_nor_prompts_nor_store() -> None:
    example = ROOT / "plans/marketing-team/example/first.toml"
    code = (
        f"import sys; from assess.cli import main; main(['score', {str(example)!r}, '--json']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stderr.split()
    unwanted = ("jinja2", "markdown_it", "questionary", "rich", "sqlite3", "assess.planning")
    assert [name for name in unwanted if name in loaded] == []


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        (
            ("run", "--answers", "FILE", "--out", "plan.md"),
            ("markdown_it", *FOR_FORMS, "wcwidth", "assess.documents.kept", "assess.rules.example"),
        ),
        (("result",), ("jinja2", "markdown_it", *FOR_FORMS, "assess.document.update")),
        (("why", "write-three-goals"), ("jinja2", "assess.pages.plan_paper")),
        (("compare",), ("jinja2", "markdown_it", "assess.planning.build")),
        (("teams",), ("jinja2", "markdown_it", "assess.planning", "assess.documents.kept")),
        (("history",), ("jinja2", "markdown_it", "assess.documents.kept", "assess.goals")),
    ],
)
def test_commands_load_only_what_they_need(
    assess: CommandLine, command: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    example = str(ROOT / "plans/marketing-team/example/first.toml")
    assess("run", "--answers", example, "--out", "old.md")
    words = [example if word == "FILE" else word for word in command]
    store = assess.store if command[0] != "run" else "new.sqlite"
    code = (
        f"import sys; from assess.cli import main; main([*{words!r}, '--store', {str(store)!r}]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=assess.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [name for name in unwanted if name in ran.stderr.split()] == []
