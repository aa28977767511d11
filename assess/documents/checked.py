"""The JSON document of `assess check`: what is wrong with data files, and with what is kept."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import StrictBool

from assess.answers import format_answers
from assess.datafile import Many
from assess.documents.record import Document, HoursNumber, Words
from assess.errors import Problem
from assess.rulecheck import Issue, Report, Severity
from assess.rulecheck.issue import Name


class ProblemDocument(Document):
    """What is to be mended."""

    what: str
    where: str
    fix: str


class WitnessDocument(Document):
    """A team that shows an issue: its answers file, and what has to be so besides."""

    file: str
    answers: str
    hours_per_week: HoursNumber
    besides: Words


class IssueDocument(ProblemDocument):
    severity: Severity
    name: Name
    witnesses: Many[WitnessDocument]


class CheckedDocument(Document):
    """What a check found about one questionnaire."""

    questionnaire: str
    sound: StrictBool
    issues: Many[IssueDocument]


class StoredIssue(ProblemDocument):
    severity: Severity


class CheckedStoreDocument(Document):
    """What a check found about a store: `whole` counts what can be read, by kind.

    What is damaged is an error, and what others can read a warning; `removed` was left over.
    """

    path: str
    sound: StrictBool
    whole: Mapping[str, int]
    removed: Words
    issues: Many[StoredIssue]


class CheckDocument(Document):
    """All that was checked; the store only where that was asked for."""

    questionnaires: Many[CheckedDocument]
    store: CheckedStoreDocument | None = None


def describe_report(questionnaire: str, report: Report) -> CheckedDocument:
    """Return what a check found about one questionnaire."""
    issues = (IssueDocument.describe(issue, witnesses=_witnesses(issue)) for issue in report.issues)
    sound = report.is_sound
    return CheckedDocument(questionnaire=questionnaire, sound=sound, issues=tuple(issues))


def describe_stored(severity: Severity, problems: Iterable[Problem]) -> tuple[StoredIssue, ...]:
    """Return what is wrong with a store as issues."""
    return tuple(StoredIssue.describe(problem, severity=severity) for problem in problems)


def _witnesses(issue: Issue) -> Iterator[WitnessDocument]:
    for name, team in zip(issue.file_names, issue.witnesses, strict=True):
        answers, hours = format_answers(team.answers), team.situation.hours_per_week
        yield WitnessDocument.describe(team, file=name, answers=answers, hours_per_week=hours)
