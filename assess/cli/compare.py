"""`assess compare`: this quarter against the last."""

from datetime import date

import click

from assess.cli.command import command
from assess.cli.completing import complete_teams
from assess.cli.options import ALL, TO_SHARE
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import on_errand
from assess.identity import TeamName
from assess.scoring.records import VIEWS, View
from assess.workflow.comparing import Sides, compare
from assess.workflow.outcome import Outcome


@command(
    "compare",
    "assess compare",
    "assess compare --from 2026-05-18 --to 2026-11-22 --out comparison.md",
)
@click.option("--from", "start", type=DAY, help="The earlier assessment; else the one before.")
@click.option("--to", "end", type=DAY, help="The later assessment; else the latest.")
@click.option(
    "--with",
    "other",
    type=TeamName,
    metavar="TEAM",
    help="Another team, side by side.",
    shell_complete=complete_teams,
)
@click.option("--view", type=click.Choice(VIEWS), help="Whose answers; else the strongest view.")
@TO_SHARE
@ALL
def compare_command(
    settings: Settings,
    start: date | None,
    end: date | None,
    other: TeamName | None,
    view: View | None,
) -> Outcome:
    """Compare this quarter with the last: what moved, and whether it is more than noise."""
    if other is not None and start is not None:
        raise click.UsageError("--with compares two teams today; --from goes without it.")
    with on_errand(settings) as errand:
        return compare(errand, Sides(start, end, other, view))
