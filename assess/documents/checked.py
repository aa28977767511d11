"""The JSON document of `assess check`: what is wrong with data files, and with what is kept."""

from collections.abc import Mapping
from typing import Any

from assess.answers_file import format_answers
from assess.documents.encoding import as_json
from assess.errors import Problem
from assess.figures import json_hours
from assess.record import record
from assess.rulecheck import Issue, Report, Severity


@record
class StoreCheck:
    """What a check found about a store: `whole` counts what can be read, by kind.

    What is damaged is an error, and what others can read a warning; `removed` was left over.
    """

    path: str
    whole: Mapping[str, int]
    removed: tuple[str, ...]
    issues: tuple[tuple[Severity, Problem], ...]

    @property
    def sound(self) -> bool:
        return all(severity != "error" for severity, _ in self.issues)


def describe_report(questionnaire: str, report: Report) -> dict[str, Any]:
    issues = [
        {**as_json(issue, "what where fix severity name"), "witnesses": _describe_witnesses(issue)}
        for issue in report.issues
    ]
    return {"questionnaire": questionnaire, "sound": report.is_sound, "issues": issues}


def describe_stored(check: StoreCheck) -> dict[str, Any]:
    issues = [{**as_json(problem), "severity": severity} for severity, problem in check.issues]
    return {**as_json(check, "path sound whole removed"), "issues": issues}


def _describe_witnesses(issue: Issue) -> list[dict[str, Any]]:
    """Return the teams that show an issue: answers file, hours, and what has to be so besides."""
    return [
        {
            "file": name,
            "answers": format_answers(team.answers),
            "hours_per_week": json_hours(team.situation.hours_per_week),
            "besides": list(team.besides),
        }
        for name, team in zip(issue.file_names, issue.witnesses, strict=True)
    ]
