"""`assess check`: are questionnaires, actions, rules and templates without holes?"""

from pathlib import Path

import click

from assess.answers import format_answers
from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, print_json
from assess.library import Library
from assess.rulecheck import Issue, render_table
from assess.workflow.checking import Checked, check_library, write_witnesses


@command(
    "check",
    "assess check",
    "assess check my-data --thorough --witness witnesses",
    "assess check --table > rules.md",
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--thorough", is_flag=True, help="Also prove that every team finds a way on.")
@click.option(
    "--witness", type=click.Path(path_type=Path), help="Write the answers that show each issue."
)
@click.option("--table", is_flag=True, help="Print the rules as a Markdown table instead.")
def check_command(
    settings: Settings, folder: Path | None, thorough: bool, witness: Path | None, table: bool
) -> int:
    """Check a folder of questionnaires and plans, or those in use.

    Every issue comes with a team that shows it. The exit code is 1 if there is an error;
    with --json the report is printed in that case too, since it is the result.
    """
    if table and settings.json:
        raise click.UsageError("--table is Markdown; leave out --json.")
    data = folder or settings.data
    checked = check_library(Library(data), thorough=thorough)
    if table:
        tables = [render_table(one.data.rules) for one in checked if one.data is not None]
        click.echo("\n".join(tables), nl=False)
    elif settings.json:
        print_json({"questionnaires": [_describe(one) for one in checked]})
    else:
        from assess.pages.check_report import Folders, make_check_page

        folders = Folders(str(witness) if witness else None, str(data) if data else None)
        for one in checked:
            page = make_check_page(one.questionnaire, one.report, folders)
            open_console(settings).show_page(page)
    if witness is not None:
        for one in checked:
            write_witnesses(one.report, witness)
    return 0 if all(one.report.is_sound for one in checked) else 1


def _describe(checked: Checked) -> dict[str, object]:
    return {
        "questionnaire": checked.questionnaire,
        "sound": checked.report.is_sound,
        "issues": [_describe_issue(issue) for issue in checked.report.issues],
    }


def _describe_issue(issue: Issue) -> dict[str, object]:
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
                "hours_per_week": team.circumstances.hours_per_week,
                "besides": list(team.besides),
            }
            for name, team in zip(issue.file_names, issue.witnesses, strict=True)
        ],
    }
