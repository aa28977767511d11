"""`assess result`: a result again, in the terminal or as a file to share."""

from datetime import date

import click

from assess.cli.command import command
from assess.cli.options import ASSESSMENT, TO_SHARE
from assess.cli.settings import Settings
from assess.cli.wiring import on_errand
from assess.workflow.outcome import Outcome
from assess.workflow.results import find_result


@command(
    "result",
    "assess result",
    "assess result --answers",
    "assess result --date 2026-11-22 --out result.html",
)
@ASSESSMENT
@click.option("--answers", "in_words", is_flag=True, help="The answers in words instead.")
@TO_SHARE
def result_command(settings: Settings, day: date | None, in_words: bool) -> Outcome:
    """Show a result again, with the check-ins since, or write it to share.

    With --answers: each question with the sentence that was chosen, its evidence, the next level
    and last quarter's answer. Members' answers are shown to nobody.
    """
    with on_errand(settings) as errand:
        return find_result(errand, day, in_words=in_words)
