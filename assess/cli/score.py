"""`assess score`: answers files, folders and tables scored, nothing kept."""

from pathlib import Path
from typing import Final

import click

from assess.cli.command import command
from assess.cli.options import OutFile
from assess.cli.settings import Settings
from assess.cli.wiring import open_library
from assess.errors import AnswersError
from assess.library import read_answers_file
from assess.library.files import list_folder, refuse_other_team
from assess.workflow.assessing.answer_files import score_alone
from assess.workflow.outcome import Outcome

_TABLES: Final = (".csv", ".parquet")
_NOT_READ: Final = (".xlsx", ".xls", ".ods", ".numbers", ".tsv", ".json", ".html")
_READ: Final = "Save answers as .toml, tables as .csv or .parquet."


@command(
    "assess score answers.toml",
    "assess score answers.toml --json",
    "assess score answers.toml --table scores.csv",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--table",
    type=OutFile((*_TABLES, ".xlsx")),
    help="Write a row of scores for each respondent: .csv, .parquet or .xlsx.",
)
def score_command(settings: Settings, files: tuple[Path, ...], table: Path | None) -> Outcome:
    """Score answers files, folders and tables, and show the result; nothing is kept.

    A table (.csv, or .parquet with the extra team-assess[bulk]) has a row for each respondent:
    team, date, respondent, and a column for each question.
    """
    if odd := next((one for one in files if one.suffix.lower() in _NOT_READ), None):
        raise AnswersError("A file of this kind is not read.", str(odd), _READ)
    first, *others = files
    is_table = first.suffix.lower() in _TABLES
    if others or table or is_table or list_folder(first, AnswersError) is not None:
        from assess.workflow.assessing.bulk_scoring import score_many

        if settings.team is not None:
            raise click.UsageError("--team goes with one answers file.")
        return score_many(files, open_library(settings), settings.questionnaire, table)
    # One file needs nothing of all that, and starts the faster.
    answers, questionnaire = read_answers_file(first, open_library(settings))
    refuse_other_team(first, answers.team, settings.team)
    return score_alone(questionnaire, answers)
