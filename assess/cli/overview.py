"""`assess overview`: several teams side by side."""

from typing import Final

import click

from assess.cli.command import command
from assess.cli.completion import complete_teams
from assess.cli.options import ALL, SHARED, OutFile
from assess.cli.settings import Settings
from assess.cli.wiring import on_errand
from assess.identity import TeamName
from assess.workflow.outcome import Outcome
from assess.workflow.overview import Extent, show_overview

_PAGES: Final = (".md", ".html")


@command("assess overview", "assess overview --out teams.html")
@click.option(
    "--without",
    multiple=True,
    type=TeamName,
    metavar="TEAM",
    help="Leave a team out; repeatable.",
    shell_complete=complete_teams,
)
@click.option(
    "--out",
    "shared_as",
    type=OutFile((*SHARED, ".csv")),
    help="Write it to share: .md, .html, .json or .csv.",
)
@ALL
def overview_command(settings: Settings, without: tuple[TeamName, ...]) -> Outcome:
    """Put several teams side by side: their stages, what is late, what most of them lack.

    For who looks after them. Teams stand by name, never by score; of members only what every
    result shows, and levels of single questions from managers' and joint answers alone.
    """
    out = settings.shared_as
    is_page = settings.everything or (out is not None and out.suffix.lower() in _PAGES)
    extent: Extent = "page" if is_page else "data" if settings.json or out else "screen"
    with on_errand(settings) as errand:
        return show_overview(errand, without, extent)
