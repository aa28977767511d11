"""What a check found: errors, warnings and doubts, each with a team that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.console.lines import EMPTY, Lines, Look, Style, items, paragraph, styled
from assess.console.screen import Console
from assess.figures import count
from assess.rulecheck import Issue, Report, Severity

_STYLES: Final[dict[Severity, Style]] = {
    "error": "fall",
    "warning": "warning",
    "undecided": "quiet",
}


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the answers of witnesses were written to, and the data that they were made for.

    None stands for not written, and for the data in use.
    """

    witnesses: str | None = None
    data: str | None = None


def show_report(console: Console, questionnaire: str, report: Report, folders: Folders) -> None:
    """Print a report with the commands that show each issue."""
    console.show(report_lines(questionnaire, report, console.look, folders))


def report_lines(questionnaire: str, report: Report, look: Look, folders: Folders) -> Lines:
    """Return every issue as a block, and how many there are."""
    lines: Lines = []
    for issue in report.issues:
        lines += [*_issue(issue, look, folders), EMPTY]
    return [*lines, *paragraph(f"{questionnaire}: {_summary(report)}", look, style="strong")]


def _issue(issue: Issue, look: Look, folders: Folders) -> Lines:
    head = f"{issue.severity}: {issue.what} [{issue.name}]"
    return [
        *paragraph(head, look, style=_STYLES[issue.severity]),
        *paragraph(issue.where, look, first="  where:   "),
        *paragraph(issue.fix, look, first="  fix:     "),
        *_witness(issue, look, folders),
    ]


def _witness(issue: Issue, look: Look, folders: Folders) -> Lines:
    if not issue.witnesses:
        return []
    # Commands are not wrapped: they must survive a copy.
    data = f" --data {folders.data}" if folders.data else ""
    commands = issue.commands(folders.witnesses or "DIR")
    lines = [styled(f"  shows:   {command}{data}") for command in commands]
    besides = [text for team in issue.witnesses for text in team.besides]
    if besides:
        lines += items([f"besides: {'; '.join(dict.fromkeys(besides))}"], look)
    if folders.witnesses is None:
        lines += items(["DIR is where assess check --witness DIR writes the answers."], look)
    return lines


def _summary(report: Report) -> str:
    if not report.issues:
        return "nothing to mend."
    found: Sequence[tuple[Severity, str]] = (
        ("error", "error"),
        ("warning", "warning"),
        ("undecided", "undecided point"),
    )
    return (
        ", ".join(
            count(len(report.of(severity)), word) for severity, word in found if report.of(severity)
        )
        + "."
    )
