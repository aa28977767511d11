"""Everything that can be checked of a folder of questionnaires and plans, with witnesses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from assess.answers import Answers, format_answers
from assess.document.verify import list_lost_tails, verify_plan
from assess.errors import AssessError, DataFileError
from assess.figures import Hours, count
from assess.library import Library
from assess.library.files import write_text
from assess.library.plan_data import PlanData, read_plan_data
from assess.pages.plan_paper import render_plan
from assess.planning import calendar
from assess.planning.build import Basis, Request, build_plan
from assess.planning.plan import Capacity, Plan
from assess.questionnaire import Questionnaire
from assess.rulecheck import (
    Issue,
    Report,
    check_rules,
    check_thoroughly,
    make_report,
    make_usual_team,
)
from assess.rules import Situation
from assess.scoring import score_answers

PLAN_TEMPLATE = "plan.md.j2"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found about one questionnaire; `data` is None where it cannot be read."""

    questionnaire: str
    report: Report
    data: PlanData | None = None


def check_library(library: Library, *, thorough: bool) -> tuple[Checked, ...]:
    """Check the questionnaires of one's own folder, or the shipped ones, with all they need."""
    names = library.first_questionnaire_ids()
    return tuple(_check(library, name, thorough=thorough) for name in names)


def write_witnesses(report: Report, folder: Path) -> None:
    """Write the answers file of every witness into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for issue in report.issues:
        for name, witness in zip(issue.file_names, issue.witnesses, strict=True):
            write_text(folder / name, format_answers(witness.answers))


def _check(library: Library, name: str, *, thorough: bool) -> Checked:
    try:
        questionnaire = library.questionnaire(name)
        data = read_plan_data(library, questionnaire)
    except DataFileError as error:
        return Checked(name, make_report(list(_as_issues(error))))
    planner = _Planner(questionnaire, data)
    parts = (questionnaire, data.catalogue, data.rules)
    if thorough:
        report = check_thoroughly(*parts, planner.list_actions)
    else:
        report = check_rules(*parts, plan_actions=planner.list_actions)
    issues = [*report.issues, *_template_issues(library, planner, data)]
    return Checked(name, make_report(issues), data)


def _template_issues(library: Library, planner: "_Planner", data: PlanData) -> Iterator[Issue]:
    """Try the template of the plan on a team at the very beginning."""
    questionnaire = planner.questionnaire
    levels = dict.fromkeys(questionnaire.by_id, 0)
    team = make_usual_team(questionnaire, levels, data.rules.limits)
    plan = planner.make_plan(team.answers, team.situation.hours_per_week)
    try:
        text = render_plan(plan, library.template(questionnaire, PLAN_TEMPLATE))
        verify_plan(text, plan)
    except DataFileError as error:
        yield from _as_issues(error.located(PLAN_TEMPLATE))
        return
    if lost := list_lost_tails(text, plan):
        yield Issue(
            "error" if lost[0].is_written else "warning",
            "unreadable-tail",
            f"Owner and date of {count(len(lost), 'step')} do not read back as they were planned, "
            f"first of {lost[0].step}, so a check-in would not see when somebody changes them.",
            PLAN_TEMPLATE,
            "Write them behind a dash, the owner between stars and the date by short_day: "
            "— *{{ priority.owner }}*, by {{ step.due | short_day }}",
        )


def _as_issues(error: AssessError) -> Iterator[Issue]:
    for problem in error.problems:
        yield Issue("error", "unusable-file", problem.what, problem.where, problem.fix)


class _Planner:
    """Plans for witnesses and examples, as `assess plan --answers` would."""

    def __init__(self, questionnaire: Questionnaire, data: PlanData) -> None:
        self.questionnaire = questionnaire
        self._data = data

    def make_plan(self, answers: Answers, hours: Hours) -> Plan:
        profile = score_answers(self.questionnaire, answers)
        request = Request(
            team=answers.team,
            assessed=answers.date,
            start=calendar.next_monday(answers.date),
            capacity=Capacity(hours, "asked"),
        )
        return build_plan(
            Basis(
                request,
                Situation(profile, hours, answers.team_size),
                self._data.catalogue,
                self._data.rules,
                lambda levels: score_answers(self.questionnaire, answers.raised_to(levels)),
            )
        )

    def list_actions(self, answers: Answers, hours: Hours) -> Collection[str]:
        """Return the ids of the actions that a plan holds."""
        return {p.action.id for p in self.make_plan(answers, hours).priorities}
