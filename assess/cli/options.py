"""Options that several commands take alike."""

from typing import Any

import click

from assess.cli.outfile import SHARED, OutFile
from assess.cli.settings import DayArg
from assess.planning.calendar import weeks_off_problem

ALL = click.option("--all", "everything", is_flag=True, help="Show everything, to scroll in.")
"""For commands that show one screen first."""

ASSESSMENT = click.option("--date", "day", type=DayArg(), help="The assessment; else the latest.")
HOURS = click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the team.")
TO_SHARE = click.option(
    "--out", type=OutFile(SHARED), help="Write it to share: .md, .html or .json."
)
YES = click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")


class WeeksOff(click.ParamType):  # type: ignore[type-arg]  # Generic only in newer releases.
    """Weeks, dates or ranges of dates; whether the plan has them only the plan can tell."""

    name = "WEEKS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        for part in str(value).split(","):
            if (problem := weeks_off_problem(part.strip())) is not None:
                self.fail(problem, param, ctx)
        return str(value)
