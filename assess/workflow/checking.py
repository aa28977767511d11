"""Everything that can be checked of a folder of questionnaires and plans, with witnesses."""

from collections.abc import Iterator
from pathlib import Path

from assess.answers import format_answers
from assess.document.verify import list_lost_tails, verify_plan
from assess.errors import AssessError, DataFileError
from assess.figures import count
from assess.library import Library
from assess.library.files import write_text
from assess.library.plan_data import PlanData, read_key_figures, read_plan_data
from assess.pages.plan_paper import render_plan
from assess.record import record
from assess.rulecheck import Issue, Report, Setting, check_rules, make_report, make_usual_team

PLAN_TEMPLATE = "plan.md.j2"


@record
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
        read_key_figures(library, questionnaire)
    except DataFileError as error:
        return Checked(name, make_report(list(_as_issues(error))))
    setting = Setting(questionnaire, data.catalogue, data.rules)
    report = check_rules(setting, thorough=thorough)
    issues = [*report.issues, *_template_issues(library, setting)]
    return Checked(name, make_report(issues), data)


def _template_issues(library: Library, setting: Setting) -> Iterator[Issue]:
    """Try the template of the plan on a team at the very beginning."""
    questionnaire = setting.questionnaire
    levels = dict.fromkeys(questionnaire.by_id, 0)
    plan = setting.make_plan(make_usual_team(questionnaire, levels, setting.rules.limits))
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
