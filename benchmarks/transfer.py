"""How much memory and time `export` and `import` take, as the store grows.

Run it as `python -m benchmarks.transfer --teams 1000`; each step is a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from assess.answers import Answer, Answers, Assessment
from assess.documents.plan import WrittenPlan, describe_plan
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.planning import calendar
from assess.planning.build import build_plan
from assess.questionnaire import Questionnaire
from assess.store import Store
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis

QUARTERS = 4
STEPS = ("fill", "export", "import")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        run_step(given.step, given.folder, given.teams)
        return
    print("| teams | file MB | step | seconds | peak memory, MB |")
    print("| ---: | ---: | --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.transfer", "--step", step]
            command += ["--folder", folder, "--teams", str(given.teams)]
            ran = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(ran.stdout.splitlines()[-1])
            if step != "fill":
                size = (Path(folder) / "all.json").stat().st_size / 1e6
                print(
                    f"| {given.teams} | {size:.0f} | {step} | {found['seconds']:.0f} "
                    f"| {found['megabytes']:.0f} |"
                )


def run_step(step: str, folder: Path, teams: int) -> None:
    """Do one step, and print how long it took and how much memory at most."""
    began = time.perf_counter()
    if step == "fill":
        fill(folder / "s.db", teams)
    else:
        from assess.cli import main as run

        store = folder / ("s.db" if step == "export" else "new.db")
        assert run([step, str(folder / "all.json"), "--store", str(store)]) == 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.perf_counter() - began, "megabytes": peak}))


def fill(path: Path, teams: int) -> None:
    """Keep plans of the usual size: four quarters of each team."""
    library = Library(None)
    questionnaire = library.questionnaire("marketing-team")
    with Store(path) as store:
        for first in range(0, teams, 50):
            with store.together():
                for number in range(first, min(first + 50, teams)):
                    keep_team(store, library, questionnaire, f"Team {number}", QUARTERS)


def keep_team(
    store: Store, library: Library, questionnaire: Questionnaire, team: str, quarters: int
) -> None:
    for quarter in range(quarters):
        day = date(2026, 1, 5) + timedelta(weeks=13 * quarter)
        answers = Answers(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            team=TeamName(team),
            date=day,
            respondent="manager",
            by_question={q: Answer(n % 3) for n, q in enumerate(questionnaire.by_id)},
        )
        assessment = Assessment(questionnaire, TeamName(team), day, manager=answers)
        store.keep_assessment(assessment)
        store.keep_plan(assessment.key, plan_of(library, assessment))


PLANS: dict[date, WrittenPlan] = {}
"""One for each quarter is enough; a plan is read and written whole whatever it says."""


def plan_of(library: Library, assessment: Assessment) -> WrittenPlan:
    if assessment.date not in PLANS:
        data = read_plan_data(library, assessment.questionnaire)
        basis = find_basis(data, assessment, Wishes(), Past(), assessment.date)
        plan = build_plan(basis)
        PLANS[assessment.date] = WrittenPlan(
            document=describe_plan(plan),
            text="A line of a plan, as long as lines of plans usually are.\n" * 450,
            path=f"/home/{assessment.team}/plan.md",
            start=calendar.next_monday(assessment.date),
            hours_per_week=plan.capacity.hours_per_week,
            hours_source="default",
        )
    return PLANS[assessment.date]


if __name__ == "__main__":
    main()
