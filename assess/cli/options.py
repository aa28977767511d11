"""Options that several commands take alike."""

import click

from assess.cli.outfile import SHARED, OutFile
from assess.cli.settings import DayArg

ALL = click.option("--all", "everything", is_flag=True, help="Show everything, to scroll in.")
"""For commands that show one screen first."""

ASSESSMENT = click.option("--date", "day", type=DayArg(), help="The assessment; else the latest.")
HOURS = click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the team.")
TO_SHARE = click.option(
    "--out", type=OutFile(SHARED), help="Write it to share: .md, .html or .json."
)
YES = click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")
