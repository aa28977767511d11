"""Many teams side by side, and many answers at once: processor time and memory.

Run it as `python -m benchmarks.crowds --teams 10000 --respondents 1000000`; each line is a process
of its own, and its processor time is that of all its threads.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from assess.answers import Answer, Answers, Assessment
from assess.identity import TeamName
from assess.library import Library
from assess.store import Store
from benchmarks.teams import LEVELS

TODAY = "2026-11-26"
DAYS = (date(2026, 2, 3), date(2026, 5, 3), date(2026, 8, 3), date(2026, 11, 3))
SAID = ("0", "1", "1", "2", "2", "3", "dont-know", "not-applicable")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=10_000)
    parser.add_argument("--quarters", type=int, choices=(1, 2, 3, 4), default=1)
    parser.add_argument("--respondents", type=int, default=1_000_000)
    given = parser.parse_args()
    print("| command | processor seconds | peak memory, MB |")
    print("| --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for words in commands(Path(folder), given.teams, given.quarters, given.respondents):
            told = [word.removeprefix(f"{folder}/") for word in words]
            ran = [sys.executable, "-m", "benchmarks.crowds", "--run", *words]
            done = subprocess.run(ran, check=True, capture_output=True, text=True)
            found = json.loads(done.stdout.splitlines()[-1])
            print(f"| {' '.join(told)} | {found['seconds']:.1f} | {found['megabytes']:.0f} |")


def commands(folder: Path, teams: int, quarters: int, respondents: int) -> Iterator[Sequence[str]]:
    """Yield what is measured, once its files are there."""
    if teams:
        store = folder / "store.sqlite"
        keep_teams(store, teams, quarters)
        looked = ("overview", "--today", TODAY, "--store", str(store))
        yield looked
        yield (*looked, "--json")
        yield (*looked, "--out", str(folder / "teams.html"))
    if respondents:
        table = folder / "answers.csv"
        write_table(table, respondents)
        yield "score", str(table)
        yield "score", str(table), "--table", str(folder / "scores.csv")


def measure(words: Sequence[str]) -> None:
    """Run one command in this process, and print what it took."""
    from assess.cli import main as run

    began = time.process_time()
    assert run(list(words)) == 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.process_time() - began, "megabytes": peak}))


def keep_teams(path: Path, teams: int, quarters: int) -> None:
    """Keep so many teams with as many quarters, each answered by its manager."""
    random, asked = Random(1), Library().questionnaire("marketing-team")
    with Store(path) as store, store.together():
        for number in range(teams):
            levels = random.choice(LEVELS)
            for day in DAYS[-quarters:]:
                given = {q: Answer(random.choice(levels)) for q in asked.by_id}
                name = TeamName(f"Team {number:05}")
                said = Answers(asked.id, asked.version, name, day, "manager", given)
                store.keep_assessment(Assessment(asked, name, day, said))


def write_table(path: Path, respondents: int) -> None:
    """Write a row for each of so many respondents."""
    random, asked = Random(1), Library().questionnaire("marketing-team")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("team", "date", "respondent", *asked.by_id))
        for number in range(respondents):
            cells = random.choices(SAID, k=len(asked.by_id))
            writer.writerow((f"Team {number % 5000}", "2026-11-22", "manager", *cells))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        measure(sys.argv[2:])
    else:
        main()
