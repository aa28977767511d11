"""Everything that can be checked: a folder of questionnaires and plans, and what is kept."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assess.answers_file import format_answers
from assess.document.verify import list_lost_tails, verify_plan
from assess.documents.checked import StoreCheck, describe_report, describe_stored
from assess.errors import AssessError, DataFileError, Problem
from assess.figures import count
from assess.library import Library
from assess.library.files import remove_leftovers, write_text
from assess.library.plan_data import PlanData, read_key_figures, read_plan_data
from assess.pages.check_report import make_check_page, say_stored
from assess.pages.plan_paper import render_plan
from assess.record import record
from assess.rulecheck import Issue, Report, Setting, check_rules, make_report, make_usual_team
from assess.rules.wording import render_table
from assess.store import Store
from assess.workflow.outcome import Outcome

PLAN_TEMPLATE = "plan.md.j2"


@record
class Checked:
    """What a check found about one questionnaire; `data` is None where it cannot be read."""

    questionnaire: str
    report: Report
    data: PlanData | None = None


def check_library(data: Path | None, *, thorough: bool) -> tuple[Checked, ...]:
    """Check the questionnaires of one's own folder, or the shipped ones, with all they need."""
    library = Library(data)
    names = library.first_questionnaire_ids()
    return tuple(_check(library, name, thorough=thorough) for name in names)


def check_store(store: Store) -> StoreCheck:
    """Read everything that is kept, and remove what interrupted writes left."""
    removed = store.remove_leftovers()
    checkup = store.check()
    beside = [left for file in sorted(checkup.files) for left in remove_leftovers(Path(file))]
    copies = sorted(store.path.parent.glob(f"{store.path.name}.v*.bak"))
    exposed = (
        Problem(
            "Others on this machine can read this file.",
            str(path),
            f"Keep it to yourself: chmod 600 {path}",
        )
        for path in (store.path, *copies)
        if os.name == "posix" and path.stat().st_mode & 0o077
    )
    return StoreCheck(
        path=str(store.path),
        whole=checkup.whole,
        removed=tuple(map(str, (*removed, *beside))),
        issues=(
            *(("error", problem) for problem in checkup.problems),
            *(("warning", problem) for problem in exposed),
        ),
    )


def show_checked(
    checked: Sequence[Checked],
    stored: StoreCheck | Path | None,
    *,
    data: Path | None,
    witnesses: Path | None,
) -> Outcome:
    """Return what a check found, and write the answers that show it."""
    pages = [make_check_page(one.questionnaire, one.report, witnesses, data) for one in checked]
    if witnesses is not None:
        for one in checked:
            _write_witnesses(one.report, witnesses)
    found = stored if isinstance(stored, StoreCheck) else None
    nothing = (f"Nothing is kept yet in {stored}.",) if isinstance(stored, Path) else ()

    def describe() -> Mapping[str, Any]:
        reports = [describe_report(one.questionnaire, one.report) for one in checked]
        kept = {"store": describe_stored(found)} if found else {}
        return {"questionnaires": reports, **kept}

    return Outcome(
        tuple(pages),
        describe,
        messages=nothing,
        text=say_stored(found) if found else "",
        is_sound=all(one.report.is_sound for one in checked) and (found is None or found.sound),
    )


def show_rules(checked: Sequence[Checked]) -> Outcome:
    """Return the rules of what can be read as Markdown tables."""
    tables = [render_table(one.data.rules) for one in checked if one.data is not None]
    is_sound = all(one.report.is_sound for one in checked)
    return Outcome((), dict, text="\n".join(tables), is_sound=is_sound)


def _write_witnesses(report: Report, folder: Path) -> None:
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
            "error" if lost[0][1] else "warning",
            "unreadable-tail",
            f"Owner and date of {count(len(lost), 'step')} do not read back as they were planned, "
            f"first of {lost[0][0]}, so a check-in would not see when somebody changes them.",
            PLAN_TEMPLATE,
            "Write them behind a dash, the owner between stars and the date by short_day: "
            "— *{{ priority.owner }}*, by {{ step.due | short_day }}",
        )


def _as_issues(error: AssessError) -> Iterator[Issue]:
    for problem in error.problems:
        yield Issue("error", "unusable-file", problem.what, problem.where, problem.fix)
