"""`assess goals`: the team's own goals, and the key figures by which they are seen."""

from datetime import date
from pathlib import Path

import click

from assess.cli.command import command, group
from assess.cli.options import ALL, SHARED, OutFile
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import find_asker, open_asker, open_library, open_team_desk
from assess.workflow.aims.desk import load_figures
from assess.workflow.aims.goal_talks import add_goal, ask_value, close_goal, drop_goal, edit_goal
from assess.workflow.aims.goals import check_goals_file, check_kept_goals, show_goals
from assess.workflow.aims.importing import import_file
from assess.workflow.aims.recording import record_value
from assess.workflow.outcome import Outcome

_OKR = click.option("--okr", is_flag=True, help="As objectives, with confidence and grades.")


@group(
    "assess goals",
    "assess goals add",
    "assess goals record leads-per-article 12",
    "assess goals --okr --out objectives.csv",
)
@_OKR
@click.option("--out", "shared_as", type=OutFile((*SHARED, ".csv")), help="The file to write.")
@ALL
def goals_command(settings: Settings, okr: bool) -> Outcome:
    """Show the team's goals: how far each figure is, beside the straight line."""
    with open_team_desk(settings, kept=True) as desk:
        return show_goals(desk, okr=okr)


@command("assess goals add", within=goals_command)
def add_command(settings: Settings) -> Outcome:
    """Ask for a goal: title, why, who, when, and one to four KPIs (key figures).

    One can go back; what was typed is kept, and the same command goes on with it.
    """
    asker = open_asker(settings)
    with open_team_desk(settings) as desk:
        return add_goal(desk, asker)


@command("assess goals edit leads", within=goals_command)
@click.argument("name", metavar="ID")
def edit_command(settings: Settings, name: str) -> Outcome:
    """Change what a goal says, one thing after the other."""
    asker = open_asker(settings)
    with open_team_desk(settings, kept=True) as desk:
        return edit_goal(desk, asker, name)


@command("assess goals check", "assess goals check goals.toml", within=goals_command)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
def check_command(settings: Settings, file: Path | None) -> Outcome:
    """Say what the goals leave open: specific, measurable, achievable, relevant, time-bound, few.

    It asks and never refuses. With a file nothing is kept.
    """
    if file is None:
        with open_team_desk(settings, kept=True) as desk:
            return check_kept_goals(desk)
    catalogue = load_figures(open_library(settings), settings.questionnaire)
    return check_goals_file(file, catalogue, settings.today)


@command("assess goals record leads-per-article 12 --on 2026-12-04", within=goals_command)
@click.argument("name", metavar="ID")
@click.argument("value", metavar="[VALUE]", required=False)
@click.option("--on", "day", type=DAY, help="The day that it is of; today without it.")
@click.option("--confidence", type=click.IntRange(0, 10), help="That it is reached, 0 to 10.")
def record_command(
    settings: Settings, name: str, value: str | None, day: date | None, confidence: int | None
) -> Outcome:
    """Record what a figure is, and say on which side of the straight line that is.

    Without a value it asks.
    """
    with open_team_desk(settings, kept=True) as desk:
        if value is None:
            return ask_value(desk, open_asker(settings), name, day or desk.today, confidence)
        return record_value(desk, name, value, day or desk.today, confidence)


# A value below nothing begins like an option, and is none.
record_command.context_settings["ignore_unknown_options"] = True


@command("assess goals import goals.toml", "assess goals import values.csv", within=goals_command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put goals of the file in the place of those kept.")
def import_command(settings: Settings, file: Path, replace: bool) -> Outcome:
    """Take in goals from TOML, or values of figures from a table; all or nothing.

    The same file again changes nothing, and no value that is kept is ever lost.
    """
    with open_team_desk(settings, at_once=True) as desk:
        return import_file(desk, file, replace_kept=replace)


@command(
    'assess goals close leads --learned "Old articles bring more than new ones."',
    within=goals_command,
)
@click.argument("name", metavar="ID")
@click.option("--learned", help="What was learned, in one sentence.")
@click.option("--reached/--missed", default=None, help="Where no figure tells.")
@_OKR
def close_command(
    settings: Settings, name: str, learned: str | None, reached: bool | None, okr: bool
) -> Outcome:
    """End a goal, with its grade and one sentence of learning."""
    with open_team_desk(settings, kept=True) as desk:
        asker = find_asker(settings)
        return close_goal(desk, asker, name, learned, reached=reached, okr=okr)


@command(
    'assess goals drop leads --because "The product is not sold any more."', within=goals_command
)
@click.argument("name", metavar="ID")
@click.option("--because", help="Why, in one sentence.")
def drop_command(settings: Settings, name: str, because: str | None) -> Outcome:
    """Give a goal up; what is kept of it stays, and the next plan names it."""
    with open_team_desk(settings, kept=True) as desk:
        return drop_goal(desk, find_asker(settings), name, because)
