"""How long whole commands take, as ratios to what their imports alone cost.

Each command runs in turn with its yardstick, many times, in one run: machines differ and
drift, ratios hardly do. Medians are of whole processes.

    python -m benchmarks.commands [--rounds N]
"""

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assess.record import record

MODEL = "class M(pydantic.BaseModel):\n    a: int\nM(a=1)"
YARDSTICKS = {
    "pass": "pass",
    "click, pydantic": f"import click, pydantic\n{MODEL}",
    "click, pydantic, jinja2, markdown-it-py": (
        f"import click, pydantic, jinja2, markdown_it\n{MODEL}"
    ),
    "questionary": "import questionary",
}
EXAMPLE = Path(__file__).parent.parent / "plans/marketing-team/example/first.toml"
FIRST_QUESTION = b"1 of 41"


@record
class Case:
    """A command, what it is measured against, and the ratio that it may reach."""

    name: str
    yardstick: str
    limit: float
    run: Callable[[Path], float]


def time_process(arguments: Sequence[str], folder: Path) -> float:
    """Return the seconds that a whole process takes; it has to succeed."""
    started = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True, cwd=folder)
    return time.perf_counter() - started


def time_command(*arguments: str) -> Callable[[Path], float]:
    """Return what times `assess` with these arguments in a folder of its own."""
    return lambda folder: time_process([sys.executable, "-m", "assess", *arguments], folder)


def time_first_question(folder: Path) -> float:
    """Return the seconds until the first question stands on a real terminal."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["TERM"] = "xterm"
        arguments = ["run", "--team", "Lyon", "--hours", "6", "--store", "first.sqlite"]
        os.execv(sys.executable, [sys.executable, "-m", "assess", *arguments])
    seen = b""
    while FIRST_QUESTION not in seen:
        seen += os.read(terminal, 65536)
    seconds = time.perf_counter() - started
    os.close(terminal)
    os.waitpid(child, 0)
    return seconds


CASES = (
    Case("assess --help", "pass", 6, time_command("--help")),
    Case(
        "assess score FILE --json",
        "click, pydantic",
        1.3,
        time_command("score", str(EXAMPLE), "--json"),
    ),
    Case(
        "assess run --answers FILE --out plan.md",
        "click, pydantic, jinja2, markdown-it-py",
        1.5,
        time_command(
            *("run", "--answers", str(EXAMPLE), "--out", "plan.md", "--store", "store.sqlite")
        ),
    ),
    Case("first question of assess run", "questionary", 1.5, time_first_question),
)


def measure(case: Case, rounds: int) -> tuple[float, float]:
    """Return the median seconds of a command and of its yardstick, run in turn."""
    yardstick = [sys.executable, "-c", YARDSTICKS[case.yardstick]]
    ours, theirs = [], []
    for counted in range(-1, rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            seconds = case.run(folder), time_process(yardstick, folder)
        if counted >= 0:
            ours.append(seconds[0])
            theirs.append(seconds[1])
    return statistics.median(ours), statistics.median(theirs)


def main() -> None:
    """Print one row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print("| command | median ms | yardstick | its median ms | ratio | at most |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for case in CASES:
        ours, theirs = measure(case, rounds)
        print(
            f"| {case.name} | {ours * 1000:.0f} | {case.yardstick} | {theirs * 1000:.0f} "
            f"| {ours / theirs:.2f} | {case.limit} |"
        )


if __name__ == "__main__":
    main()
