"""How often a second a process gets from answers to a plan in Markdown, and with what memory.

python -m benchmarks.pipeline [--plans N]
"""

import argparse
import random
import resource
import statistics
import time
from datetime import date

from assess.answers import Answer, Answers, Assessment
from assess.document.reading import read_document
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.pages.plan_paper import render_plan
from assess.planning.build import build_plan
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis

TEAMS = {
    "beginning": (0, 0, 0, 1),
    "in momentum": (0, 0, 1, 1),
    "mixed": (0, 1, 2, 3),
    "in maturity": (1, 1, 2),
    "in mastery": (2, 2, 3),
}
DAY = date(2026, 11, 22)


def main() -> None:
    """Print one row for each kind of team."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=60, help="for each kind of team")
    count = parser.parse_args().plans
    library = Library()
    questionnaire = library.questionnaire("marketing-team")
    data = read_plan_data(library, questionnaire)
    template = library.template(questionnaire, "plan.md.j2")
    chance = random.Random(20261122)
    print("| team | plans a second | with the check |")
    print("| --- | ---: | ---: |")
    for name, levels in TEAMS.items():
        plain, checked = [], []
        for number in range(-3, count):
            by_question = {q: Answer(chance.choice(levels)) for q in questionnaire.by_id}
            answers = Answers(
                questionnaire.id,
                questionnaire.version,
                TeamName("Lyon"),
                DAY,
                "manager",
                by_question,
                6,
            )
            assessment = Assessment(questionnaire, TeamName("Lyon"), DAY, answers)
            started = time.perf_counter()
            plan = build_plan(find_basis(data, assessment, Wishes(), Past(), DAY))
            text = render_plan(plan, template)
            rendered = time.perf_counter()
            tasks = read_document(text).by_id
            done = time.perf_counter()
            if set(tasks) != {step.id for p in plan.priorities for step in p.steps}:
                raise SystemExit("the plan does not hold its own steps")
            if number >= 0:
                plain.append(rendered - started)
                checked.append(done - started)
        rates = (1 / statistics.median(seconds) for seconds in (plain, checked))
        print(f"| {name} | {' | '.join(f'{rate:.0f}' for rate in rates)} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nPeak memory: {peak} MB.")


if __name__ == "__main__":
    main()
