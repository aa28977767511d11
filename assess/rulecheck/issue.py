"""What a check reports: faults, doubts, and the teams that show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, get_args

from assess.record import record
from assess.rulecheck.witness import Witness
from assess.rules import Rule
from assess.rules.condition import Condition, parts_of
from assess.rules.wording import say_condition

Severity = Literal["error", "warning", "undecided"]
Name = Literal[
    "impossible-condition",
    "must-meets-avoid",
    "must-needs-avoided",
    "uncovered-rung",
    "too-long",
    "failing-example",
    "gap",
    "never-fires",
    "always-fires",
    "contained-rule",
    "unselectable-action",
    "better-answer-adds-work",
    "step-count",
    "equal-levels",
    "empty-level",
    "tells-answers",
    "unsaid-need",
    "unusable-file",
    "unreadable-tail",
]


@record
class Issue:
    """One finding of a check, with a team that shows it where there can be one.

    `name` is its kind, for machines. `witnesses` holds one team, or two that differ in one
    raised level, the worse one first; it is empty where the fault lies in the files alone. An
    issue that is undecided says what could neither be proved nor refuted. `repeat` counts
    issues of the same name and place, from 0.
    """

    severity: Severity
    name: Name
    what: str
    where: str
    fix: str
    witnesses: tuple[Witness, ...] = ()
    repeat: int = 0

    @property
    def file_names(self) -> tuple[str, ...]:
        """Return a name for the answers file of each witness."""
        place = "".join(c if c.isalnum() or c == "-" else " " for c in self.where)
        stem = "-".join((self.name, *place.replace(" id ", " ").split()))
        if self.repeat:
            stem += f"-{self.repeat + 1}"
        if len(self.witnesses) == 2:
            return (f"{stem}-worse.toml", f"{stem}-better.toml")
        return (f"{stem}.toml",) * len(self.witnesses)


@record
class Report:
    """Everything that a check found, errors first; empty when all is proved to be well."""

    issues: tuple[Issue, ...]

    def of(self, severity: Severity) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity == severity)

    @property
    def is_sound(self) -> bool:
        """Whether there is no error; warnings and doubts may remain."""
        return not self.of("error")


def impossible(rule: Rule, condition: Condition) -> Issue:
    """Return the error that a rule can never fire, for what cannot hold."""
    reason = "cannot hold together" if len(parts_of(condition)) > 1 else "cannot hold"
    return Issue(
        "error",
        "impossible-condition",
        f"'{rule.id}' can never fire: {say_condition(condition)} {reason} for any team.",
        f"rule[id={rule.id}].when",
        "Correct a bound, or remove the rule.",
    )


def make_report(issues: Iterable[Issue]) -> Report:
    """Return issues as a report: errors, then warnings, then doubts, else in the order found."""
    order = get_args(Severity)
    places: Counter[tuple[str, str]] = Counter()
    counted = []
    for issue in sorted(issues, key=lambda issue: order.index(issue.severity)):
        counted.append(replace(issue, repeat=places[issue.name, issue.where]))
        places[issue.name, issue.where] += 1
    return Report(tuple(counted))
