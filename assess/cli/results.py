"""What came of an assessment: `assess result`, `compare`, `report` and `why`.

The steps of each are imported where it is called, so that none waits for those of another.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.command import command
from assess.cli.completion import complete_actions, complete_teams
from assess.cli.options import ALL, ASSESSMENT, HOURS, TO_SHARE, OutFile
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import on_errand, open_library
from assess.identity import TeamName
from assess.scoring.records import VIEWS, View
from assess.workflow.outcome import Outcome

if TYPE_CHECKING:
    from assess.workflow.results.reporting import Readers


@command(
    "assess result", "assess result --answers", "assess result --date 2026-11-22 --out result.html"
)
@ASSESSMENT
@click.option("--answers", "in_words", is_flag=True, help="The answers in words instead.")
@TO_SHARE
@ALL
def result_command(settings: Settings, day: date | None, in_words: bool) -> Outcome:
    """Show a result again, with the check-ins since, or write it to share.

    A terminal shows one screen of it first.

    With --answers: each question with the sentence that was chosen, its evidence, the next level
    and last quarter's answer. Members' answers are shown to nobody.
    """
    from assess.workflow.results.result import find_result

    with on_errand(settings) as errand:
        outcome = find_result(errand, day, in_words=in_words)
    # Who reads on has all of it; on a terminal the stage would scroll away.
    return outcome if sys.stdout.isatty() else replace(outcome, screen=None)


@command("assess compare", "assess compare --from 2026-05-18 --to 2026-11-22 --out comparison.md")
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
    from assess.workflow.results.comparing import Sides, compare

    with on_errand(settings) as errand:
        return compare(errand, Sides(start, end, other, view))


@command("assess report", "assess report --for board", "assess report --for team --out team.html")
@ASSESSMENT
@click.option(
    "--for",
    "readers",
    type=click.Choice(["board", "team"]),
    help="The first page alone; or without what the manager answered.",
)
@click.option("--out", type=OutFile((".html", ".md")), help="The file to write.")
def report_command(
    settings: Settings, day: date | None, readers: "Readers | None", out: Path | None
) -> Outcome:
    """Write all of it as one HTML file to hand on, its first page for the board.

    It opens in any browser, prints on paper, needs no network and runs no script.
    """
    from assess.workflow.results.reporting import make_report

    with on_errand(settings) as errand:
        return make_report(errand, day, readers or "everybody", out)


@command("assess why write-three-goals", "assess why free-two-hours --answers answers.toml")
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
    from assess.workflow.assessing.answer_files import read_assessment
    from assess.workflow.plan.explaining import explain_beside, explain_in_store

    if answers:
        library = open_library(settings)
        assessment = read_assessment(answers, library)
        return explain_beside(library, assessment, action, hours, settings.today)
    with on_errand(settings) as errand:
        return explain_in_store(errand, action, hours)
