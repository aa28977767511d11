"""`assess check`: are questionnaires, actions, rules and templates without holes?"""

from pathlib import Path

import click
from click.core import ParameterSource

from assess.answers import format_answers
from assess.cli.command import command
from assess.cli.settings import USUAL_STORE, Settings
from assess.cli.wiring import find_store, has_store, open_console, open_kept, print_json
from assess.figures import count
from assess.library import Library
from assess.rulecheck import Issue
from assess.rules.table import render_table
from assess.workflow.checking import Checked, check_library, write_witnesses
from assess.workflow.store_check import StoreReport, check_store

_STORE = click.option(
    "--store",
    is_flag=False,
    flag_value=str(USUAL_STORE),
    metavar="[PATH]",
    type=click.Path(path_type=Path),
    help="Also read everything that is kept, there or where it is usually.",
)


@command(
    "check",
    "assess check",
    "assess check my-data --thorough --witness witnesses",
    "assess check --table > rules.md",
    "assess check --store",
    store=_STORE,
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--thorough", is_flag=True, help="Also prove what holds for every team.")
@click.option(
    "--witness", type=click.Path(path_type=Path), help="Write the answers that show each issue."
)
@click.option("--table", is_flag=True, help="Print the rules as a Markdown table instead.")
def check_command(
    settings: Settings, folder: Path | None, thorough: bool, witness: Path | None, table: bool
) -> int:
    """Check a folder of questionnaires and plans, or those in use.

    Issues come with a team that shows them. The exit code is 1 if there is an error;
    with --json the report is printed in that case too, since it is the result. With --store
    everything that is kept is read too, and what interrupted writes left is removed.
    """
    if table and settings.json:
        raise click.UsageError("--table is Markdown; leave out --json.")
    data = folder or settings.data
    checked = check_library(Library(data), thorough=thorough)
    if table:
        tables = [render_table(one.data.rules) for one in checked if one.data is not None]
        click.echo("\n".join(tables), nl=False)
        return 0 if all(one.report.is_sound for one in checked) else 1
    kept = _check_store(settings)
    if settings.json:
        store = {"store": _describe_store(kept)} if kept else {}
        print_json({"questionnaires": [_describe(one) for one in checked], **store})
    else:
        from assess.pages.check_report import Folders, make_check_page

        folders = Folders(str(witness) if witness else None, str(data) if data else None)
        for one in checked:
            page = make_check_page(one.questionnaire, one.report, folders)
            open_console(settings).show_page(page)
        if kept is not None:
            click.echo("\n".join(_store_lines(kept)))
    if witness is not None:
        for one in checked:
            write_witnesses(one.report, witness)
    is_whole = kept is None or not kept.damaged
    return 0 if is_whole and all(one.report.is_sound for one in checked) else 1


def _check_store(settings: Settings) -> StoreReport | None:
    """Check the store if that was asked for behind the command's name, and there is one."""
    source = click.get_current_context().get_parameter_source("store")
    if source is not ParameterSource.COMMANDLINE:
        return None
    if not has_store(settings):
        open_console(settings).say(f"Nothing is kept yet in {find_store(settings)}.")
        return None
    with open_kept(settings) as store:
        return check_store(store)


def _store_lines(report: StoreReport) -> list[str]:
    whole = ", ".join(count(number, kind) for kind, number in report.whole.items())
    damaged = f"{len(report.damaged)} damaged" if report.damaged else "nothing is damaged"
    return [
        *(str(problem) for problem in report.damaged),
        *(str(problem).replace("error", "warning", 1) for problem in report.exposed),
        *(f"Removed what an interrupted write left: {path}" for path in report.removed),
        f"{report.path}: {damaged}. Whole: {whole or 'nothing is kept yet'}.",
    ]


def _describe_store(report: StoreReport) -> dict[str, object]:
    found = (("error", report.damaged), ("warning", report.exposed))
    return {
        "path": str(report.path),
        "sound": not report.damaged,
        "whole": dict(report.whole),
        "removed": [str(path) for path in report.removed],
        "issues": [
            {"severity": severity, "what": p.what, "where": p.where, "fix": p.fix}
            for severity, problems in found
            for p in problems
        ],
    }


def _describe(checked: Checked) -> dict[str, object]:
    return {
        "questionnaire": checked.questionnaire,
        "sound": checked.report.is_sound,
        "issues": [_describe_issue(issue) for issue in checked.report.issues],
    }


def _describe_issue(issue: Issue) -> dict[str, object]:
    from assess.pages.check_report import say_besides

    return {
        "severity": issue.severity,
        "name": issue.name,
        "what": issue.what,
        "where": issue.where,
        "fix": issue.fix,
        "witnesses": [
            {
                "file": name,
                "answers": format_answers(team.answers),
                "hours_per_week": team.situation.hours_per_week,
                "besides": list(say_besides(team.situation)),
            }
            for name, team in zip(issue.file_names, issue.witnesses, strict=True)
        ],
    }
