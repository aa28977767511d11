"""`assess report`: everything about a quarter as one HTML file."""

from datetime import date
from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.options import ASSESSMENT, OutFile
from assess.cli.settings import Settings
from assess.cli.wiring import on_errand
from assess.workflow.outcome import Outcome
from assess.workflow.reporting import Readers, make_report


@command(
    "report",
    "assess report",
    "assess report --for board",
    "assess report --for team --out team.html",
)
@ASSESSMENT
@click.option(
    "--for",
    "readers",
    type=click.Choice(["board", "team"]),
    help="The first page alone; or without what the manager answered.",
)
@click.option("--out", type=OutFile((".html", ".md")), help="The file to write.")
def report_command(
    settings: Settings, day: date | None, readers: Readers | None, out: Path | None
) -> Outcome:
    """Write all of it as one HTML file to hand on, its first page for the board.

    It opens in any browser, prints on paper, needs no network and runs no script.
    """
    with on_errand(settings) as errand:
        return make_report(errand, day, readers or "everybody", out)
