"""`assess score`: an answers file scored, nothing kept."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_library, print_json
from assess.library import read_answers_file
from assess.scoring import score_answers
from assess.workflow.answer_files import refuse_other_team


@command("score", "assess score answers.toml", "assess score answers.toml --json")
@click.argument("file", type=click.Path(path_type=Path))
def score_command(settings: Settings, file: Path) -> None:
    """Score an answers file and show the result; nothing is kept."""
    answers, questionnaire = read_answers_file(file, open_library(settings))
    refuse_other_team(file, answers.team, settings.team)
    profile = score_answers(questionnaire, answers)
    if settings.json:
        from assess.documents.score import describe_profile

        print_json(describe_profile(profile, team=answers.team, day=answers.date))
    else:
        from assess.pages.result import make_result_page

        page = make_result_page(answers.team, answers.date, profile)
        open_console(settings).show_page(page)
