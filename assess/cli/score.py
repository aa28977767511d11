"""`assess score`: an answers file scored, nothing kept."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_library
from assess.library import read_answers_file
from assess.workflow.answer_files import refuse_other_team
from assess.workflow.outcome import Outcome
from assess.workflow.score_alone import score_alone


@command("score", "assess score answers.toml", "assess score answers.toml --json")
@click.argument("file", type=click.Path(path_type=Path))
def score_command(settings: Settings, file: Path) -> Outcome:
    """Score an answers file and show the result; nothing is kept."""
    answers, questionnaire = read_answers_file(file, open_library(settings))
    refuse_other_team(file, answers.team, settings.team)
    return score_alone(questionnaire, answers)
