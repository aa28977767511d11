"""`assess why ACTION`: why it is in the plan, or why not."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.completing import complete_actions
from assess.cli.options import HOURS
from assess.cli.settings import Settings
from assess.cli.wiring import on_errand, open_library
from assess.workflow.answer_files import read_assessment
from assess.workflow.explaining import explain_beside, explain_in_store
from assess.workflow.outcome import Outcome


@command("why", "assess why write-three-goals", "assess why free-two-hours --answers answers.toml")
@click.argument("action", shell_complete=complete_actions)
@HOURS
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="For this file instead."
)
def why_command(
    settings: Settings, action: str, hours: int | None, answers: tuple[Path, ...]
) -> Outcome:
    """Say why an action is in the plan, or why not, and what it would take.

    Name it by its id, its title, or a part of the title.
    """
    if answers:
        library = open_library(settings)
        assessment = read_assessment(answers, library)
        return explain_beside(library, assessment, action, hours, settings.today)
    with on_errand(settings) as errand:
        return explain_in_store(errand, action, hours)
