"""How long whole commands take, as ratios to what their imports alone cost.

Each command runs in turn with its yardstick, many times, in one run: machines differ and
drift, ratios hardly do. Medians are of whole processes.

    python -m benchmarks.commands [--rounds N]

With another checkout each command runs in turn with the same command there:

    python -m benchmarks.commands --against ../checkout-of-before
"""

import argparse
import os
import pty
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assess.record import record

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "plans/marketing-team/example/first.toml"
STORE = ("--store", "store.sqlite")
ASSESSED, TODAY = ("--today", "2026-05-18"), ("--today", "2026-05-25")
FIRST_QUESTION = "How many people are in the team"
MODEL = "class M(pydantic.BaseModel):\n    a: int\nM(a=1)"
RUN = ("run", "--answers", str(EXAMPLE), "--out", "new.md", "--store", "new.sqlite")
RESULT = ("result", *STORE, *TODAY)

Timer = Callable[[Path], float]
"""Gives the seconds that something takes in a folder, where a team was assessed a week ago."""


@record
class Case:
    """A command, what it is measured against, and the ratio that it may reach."""

    name: str
    limit: float
    yardstick: str
    time: Timer
    time_yardstick: Timer


def time_process(arguments: Sequence[str], folder: Path, tree: Path = ROOT) -> float:
    """Return the seconds that a whole process takes; it has to succeed."""
    started = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True, cwd=folder, env=_environment(tree))
    return time.perf_counter() - started


def time_command(*arguments: str, tree: Path = ROOT) -> Timer:
    """Return what times `assess` with these arguments."""
    command = [sys.executable, "-m", "assess", *arguments]
    return lambda folder: time_process(command, folder, tree)


def time_code(code: str) -> Timer:
    """Return what times Python with a few statements."""
    return lambda folder: time_process([sys.executable, "-c", code], folder)


def time_first_question(folder: Path) -> float:
    """Return the seconds until the first question stands on a real terminal."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(_environment(ROOT), TERM="xterm")
        arguments = ["run", "--team", "Lyon", "--hours", "6", "--store", "first.sqlite"]
        os.execv(sys.executable, [sys.executable, "-m", "assess", *arguments])
    seen = b""
    while FIRST_QUESTION.encode() not in seen:
        seen += os.read(terminal, 65536)
    seconds = time.perf_counter() - started
    os.close(terminal)
    os.waitpid(child, 0)
    return seconds


def time_copier(folder: Path) -> float:
    """Return the seconds that copier takes for a template of one file."""
    template = folder / "template"
    template.mkdir(exist_ok=True)
    (template / "copier.yml").write_text("team: Lyon\n", encoding="utf-8")
    (template / "plan.md.jinja").write_text("# The plan of {{ team }}\n", encoding="utf-8")
    copier = shutil.which("copier") or ""
    return time_process([copier, "copy", "--defaults", str(template), str(folder / "out")], folder)


def list_cases() -> Sequence[Case]:
    """Return what is measured, by yardsticks; copier's where it is installed."""
    run = time_command(*RUN)
    models, all_four = "click, pydantic", "click, pydantic, jinja2, markdown-it-py"
    imports = {
        models: time_code(f"import click, pydantic\n{MODEL}"),
        all_four: time_code(f"import click, pydantic, jinja2, markdown_it\n{MODEL}"),
        "questionary": time_code("import questionary"),
        "pass": time_code("pass"),
    }

    def case(name: str, limit: float, yardstick: str, timer: Timer) -> Case:
        return Case(name, limit, yardstick, timer, imports[yardstick])

    score = time_command("score", str(EXAMPLE), "--json")
    result = time_command(*RESULT)
    report = time_command("report", "--out", "report.html", *STORE, *TODAY)
    cases = [
        case("assess --help", 6, "pass", time_command("--help")),
        case("assess score FILE --json", 1.3, models, score),
        case("assess run --answers FILE --out plan.md", 1.8, all_four, run),
        case("first question of assess run", 1.5, "questionary", time_first_question),
        Case("assess report", 1.2, "assess result", report, result),
    ]
    if shutil.which("copier"):
        cases.append(Case("assess run", 0.75, "copier copy", run, time_copier))
    return cases


def compare_with(tree: Path) -> Sequence[Case]:
    """Return every usual command with itself in another checkout as its yardstick."""
    commands: Mapping[str, Sequence[str]] = {
        "assess": (*STORE, *TODAY),
        "assess checkin": ("checkin", "--no-input", *STORE, *TODAY),
        "assess run": RUN,
        "assess plan": ("plan", *STORE, *TODAY),
        "assess score": ("score", str(EXAMPLE), "--json"),
        "assess result": RESULT,
    }
    return [
        Case(name, 1, "before", time_command(*words), time_command(*words, tree=tree))
        for name, words in commands.items()
    ]


def measure(case: Case, rounds: int, tree: Path = ROOT) -> tuple[float, float]:
    """Return the median seconds of a command and of its yardstick, run in turn."""
    ours, theirs = [], []
    for counted in range(-1, rounds):
        with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as other:
            prepare(Path(own), ROOT)
            prepare(Path(other), tree)
            seconds = case.time(Path(own)), case.time_yardstick(Path(other))
        if counted >= 0:
            ours.append(seconds[0])
            theirs.append(seconds[1])
    return statistics.median(ours), statistics.median(theirs)


def prepare(folder: Path, tree: Path) -> None:
    """Make a store in which a team was assessed, as the program of a checkout keeps it."""
    if tree not in PREPARED:
        PREPARED[tree] = Path(tempfile.mkdtemp())
        made = ("run", "--answers", str(EXAMPLE), "--out", "plan.md", *STORE, *ASSESSED)
        time_command(*made, tree=tree)(PREPARED[tree])
    shutil.copytree(PREPARED[tree], folder, dirs_exist_ok=True)


PREPARED: dict[Path, Path] = {}


def _environment(tree: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(tree)}


def main() -> None:
    """Print one row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    given = parser.parse_args()
    tree = given.against.resolve() if given.against else ROOT
    print("| command | median ms | yardstick | its median ms | ratio | at most |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for case in compare_with(tree) if given.against else list_cases():
        ours, theirs = measure(case, given.rounds, tree)
        print(
            f"| {case.name} | {ours * 1000:.0f} | {case.yardstick} | {theirs * 1000:.0f} "
            f"| {ours / theirs:.2f} | {case.limit} |",
            flush=True,
        )
    for folder in PREPARED.values():
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
