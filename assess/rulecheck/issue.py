"""What a check reports: faults, doubts, and the teams that show them.

Such a witness is real: its answers are a file that `assess score` and `assess plan` accept.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any, Final, Literal, get_args

from assess.answers import Answer, Answers
from assess.figures import Hours
from assess.identity import TeamName
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.rules.condition import Condition, parts_of
from assess.rules.model import Limits, Rule
from assess.rules.situation import Situation
from assess.rules.wording import say_condition
from assess.scoring.profile import score_answers
from assess.scoring.records import Level

_DAY: Final = date(2026, 1, 5)
_MADE_UP: Final = "made up to show what the rules do"


@record
class Witness:
    """A witness: answers with their hours, and the situation that rules see."""

    answers: Answers
    situation: Situation

    @property
    def besides(self) -> tuple[str, ...]:
        """What has to be so besides the answers file; mostly nothing."""
        situation = self.situation
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


def make_team(
    questionnaire: Questionnaire,
    levels: Mapping[str, Level],
    hours_per_week: Hours,
    team_size: int,
    *,
    backed: Collection[str] = (),
    members: int = 0,
    about: Mapping[str, str] | None = None,
    **more: Any,
) -> Witness:
    """Return a team with these levels, one for every question that is asked of it.

    `backed` are the questions whose claims can be checked, `members` counts those who have
    answered, and `more` is what else a situation tells.
    """
    asked = questionnaire.fitted(about or {})
    answers = Answers(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        team=TeamName("Witness"),
        date=_DAY,
        respondent="manager",
        by_question={q: _answer(q, levels[q], q in backed) for q in asked.by_id},
        hours_per_week=ceil(hours_per_week),
        team_size=team_size,
        about=asked.said,
    )
    profile = replace(score_answers(asked, answers), members=members)
    situation = Situation(profile, hours_per_week, team_size, about=asked.said, **more)
    return Witness(answers, situation)


def make_usual_team(
    questionnaire: Questionnaire, levels: Mapping[str, Level], limits: Limits
) -> Witness:
    """Return a team with these levels, of which nobody said anything else."""
    return make_team(questionnaire, levels, ceil(limits.default_hours()), limits.default_team_size)


def _answer(question: str, level: Level, backed: bool) -> Answer:
    if isinstance(level, int):
        # A text without a date, or one that several claims share, would show nothing.
        return Answer(level, f"{_MADE_UP}: {question}, {_DAY}" if backed else "")
    return Answer(not_applicable=_MADE_UP) if level == "not-applicable" else Answer()


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
