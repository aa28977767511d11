"""What a check of data files found: errors, warnings and doubts, each with a team that shows it."""

from collections.abc import Iterator
from typing import Final

from assess.documents.checked import StoreCheck
from assess.figures import count
from assess.pages.blocks import Block, Command, Items, Page, Section, Sentence, Tone
from assess.rulecheck import Issue, Report, Severity

_TONES: Final[dict[Severity, Tone]] = {"error": "fall", "warning": "warning", "undecided": "quiet"}
_NAMES: Final[dict[Severity, str]] = {
    "error": "error",
    "warning": "warning",
    "undecided": "undecided point",
}


def make_check_page(
    questionnaire: str, report: Report, witnesses: object = None, data: object = None
) -> Page:
    """Return every issue with the commands that show it, under how many there are.

    They name the folder that answers of witnesses were written to, if they were, and that of the
    data, if it is not what is in use.
    """
    issues = tuple(Section("", tuple(_issue(issue, witnesses, data))) for issue in report.issues)
    return Page(f"{questionnaire}: {_summary(report)}", issues)


def say_stored(stored: StoreCheck) -> str:
    """Return what a check found about a store, after what it took away; its paths are copied."""
    lines = [f"{kind}: {p.what}\n  where: {p.where}\n  fix:   {p.fix}" for kind, p in stored.issues]
    lines += [f"Removed what an interrupted write left: {path}" for path in stored.removed]
    number = sum(severity == "error" for severity, _ in stored.issues)
    damaged = f"{number} damaged" if number else "nothing is damaged"
    whole = ", ".join(count(number, kind) for kind, number in stored.whole.items())
    lines.append(f"{stored.path}: {damaged}. Whole: {whole or 'nothing is kept yet'}.")
    return "".join(f"{line}\n" for line in lines)


def _issue(issue: Issue, witnesses: object, data: object) -> Iterator[Block]:
    yield Sentence(f"{issue.severity}: {issue.what} [{issue.name}]", _TONES[issue.severity])
    yield Items((f"where: {issue.where}", f"fix: {issue.fix}"))
    if not issue.witnesses:
        return
    option = f" --data {data}" if data else ""
    for name, team in zip(issue.file_names, issue.witnesses, strict=True):
        file, hours = f"{witnesses or 'DIR'}/{name}", team.situation.hours_per_week
        yield Command(f"assess plan --answers {file} --hours {hours}{option}")
    besides = dict.fromkeys(text for team in issue.witnesses for text in team.besides)
    if besides:
        yield Items((f"besides: {'; '.join(besides)}",))
    if witnesses is None:
        yield Items(("DIR is where assess check --witness DIR writes the answers.",))


def _summary(report: Report) -> str:
    counts = [
        count(len(report.of(severity)), noun)
        for severity, noun in _NAMES.items()
        if report.of(severity)
    ]
    return f"{', '.join(counts)}." if counts else "nothing to mend."
