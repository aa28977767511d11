"""Measure rules on the shipped files: all findings of one profile, and the whole check.

    python -m benchmarks.rules [--thorough]

Processor time of this process, medians; profiles are drawn with a fixed seed.
"""

import argparse
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from assess.answers import Answer, Answers
from assess.catalogue.action import Catalogue
from assess.catalogue.reading import read_catalogue
from assess.identity import TeamName
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.rulecheck import Report, Setting, check_rules
from assess.rules.finding import find_findings
from assess.rules.model import Rules
from assess.rules.reading import read_rules
from assess.rules.situation import Situation
from assess.scoring.profile import score_answers

_ROOT = Path(__file__).parent.parent
_DAY = date(2026, 1, 5)
_TEAM = TeamName("Lyon")
_PROFILES = 300
_ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thorough", action="store_true", help="measure the thorough check too")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    options = parser.parse_args()
    questionnaire, catalogue, rules = _load()
    situations = _draw_situations(questionnaire)
    findings = [_time(partial(find_findings, rules, s))[0] for s in situations]
    print(f"rules {len(rules.rules)}, actions {len(catalogue.actions)}")
    print(f"findings of one profile: median {median(findings) * 1000:.2f} ms, ", end="")
    print(f"most {max(findings) * 1000:.2f} ms")
    setting = Setting(questionnaire, catalogue, rules)
    checks = [_time(lambda: check_rules(setting))[0] for _ in range(options.rounds)]
    print(f"check: median {median(checks):.2f} s")
    if options.thorough:
        seconds, report = _time(lambda: check_rules(setting, thorough=True))
        print(f"thorough check: {seconds:.1f} s")
        _print_report(report)


def _time(run: Callable[[], Any]) -> tuple[float, Any]:
    start = process_time()
    result = run()
    return process_time() - start, result


def _load() -> tuple[Questionnaire, Catalogue, Rules]:
    questionnaire = read_questionnaire(_read("questionnaires/marketing-team.toml"))
    catalogue = read_catalogue(_read("plans/marketing-team/actions.toml"), questionnaire)
    rules = read_rules(_read("plans/marketing-team/rules.toml"), questionnaire, catalogue)
    return questionnaire, catalogue, rules


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((_ROOT / path).read_text(encoding="utf-8"), parse_float=Decimal)


def _draw_situations(questionnaire: Questionnaire) -> list[Situation]:
    random = Random("rules")
    situations = []
    for _ in range(_PROFILES):
        top = random.choice((1, 2, 3))
        given = {q: Answer(random.randint(max(0, top - 2), top)) for q in questionnaire.by_id}
        answers = Answers(questionnaire.id, questionnaire.version, _TEAM, _DAY, "manager", given)
        profile = score_answers(questionnaire, answers)
        situations.append(Situation(profile, random.randint(0, 12), random.randint(1, 9)))
    return situations


def _print_report(report: Report) -> None:
    for issue in report.issues:
        print(f"  {issue.severity} {issue.name}: {issue.what}")


if __name__ == "__main__":
    main()
