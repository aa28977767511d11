"""What a check of data files found: errors, warnings and doubts, each with a team that shows it."""

from collections.abc import Iterator
from typing import Final

from assess.figures import count
from assess.pages.blocks import Block, Command, Items, Page, Section, Sentence, Tone
from assess.record import record
from assess.rulecheck import Issue, Report, Severity
from assess.rules import Situation

_TONES: Final[dict[Severity, Tone]] = {"error": "fall", "warning": "warning", "undecided": "quiet"}
_NAMES: Final[dict[Severity, str]] = {
    "error": "error",
    "warning": "warning",
    "undecided": "undecided point",
}


@record
class Folders:
    """Where the answers of witnesses were written to, and the data that they were made for.

    None stands for not written, and for the data in use.
    """

    witnesses: str | None = None
    data: str | None = None


def make_check_page(questionnaire: str, report: Report, folders: Folders) -> Page:
    """Return every issue with the commands that show it, under how many there are."""
    issues = tuple(Section("", tuple(_issue(issue, folders))) for issue in report.issues)
    return Page(f"{questionnaire}: {_summary(report)}", issues)


def _issue(issue: Issue, folders: Folders) -> Iterator[Block]:
    yield Sentence(f"{issue.severity}: {issue.what} [{issue.name}]", _TONES[issue.severity])
    yield Items((f"where: {issue.where}", f"fix: {issue.fix}"))
    if not issue.witnesses:
        return
    data = f" --data {folders.data}" if folders.data else ""
    for name, team in zip(issue.file_names, issue.witnesses, strict=True):
        file, hours = f"{folders.witnesses or 'DIR'}/{name}", team.situation.hours_per_week
        yield Command(f"assess plan --answers {file} --hours {hours}{data}")
    besides = dict.fromkeys(text for t in issue.witnesses for text in say_besides(t.situation))
    if besides:
        yield Items((f"besides: {'; '.join(besides)}",))
    if folders.witnesses is None:
        yield Items(("DIR is where assess check --witness DIR writes the answers.",))


def say_besides(situation: Situation) -> tuple[str, ...]:
    """Return what has to be so besides the answers file of a witness; mostly nothing."""
    noted = {
        "hours.freed": situation.hours_freed,
        "goals.count": situation.goals_count,
        "goals.open_findings": situation.goals_open_findings,
    }
    members = situation.profile.members
    return (
        *((f"{members} members answered",) if members else ()),
        *(f"members are {word} on {d}" for d, word in sorted(situation.agreement.items())),
        *(f"{d} rose clearly since last time" for d in sorted(situation.rose)),
        *(f"{d} fell clearly since last time" for d in sorted(situation.fell)),
        *(f"{a} was carried over {n} times" for a, n in sorted(situation.carried.items())),
        *(f"{key} is {number}" for key, number in noted.items() if number is not None),
        *(f"about.{name} is {word}" for name, word in sorted(situation.about.items())),
    )


def _summary(report: Report) -> str:
    counts = [
        count(len(report.of(severity)), noun)
        for severity, noun in _NAMES.items()
        if report.of(severity)
    ]
    return f"{', '.join(counts)}." if counts else "nothing to mend."
