"""`assess plan`: plan anew, or update a plan without losing an edit."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from assess.cli.command import command
from assess.cli.completion import complete_actions, complete_suppositions
from assess.cli.options import ALL, HOURS, PLANS, WEEKS_OFF, OutFile
from assess.cli.settings import DAY, Settings, TypedParam
from assess.cli.wiring import on_errand, open_library
from assess.export.table import Tracker
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.outcome import Outcome
from assess.workflow.plan.anew import PlanOrder, plan_given, plan_kept
from assess.workflow.plan.basis import Wishes
from assess.workflow.plan.exports import FORMATS, Export, find_format


def _read_supposition(typed: str) -> tuple[str, int]:
    question, _, level = typed.partition("=")
    if level.strip() not in ("0", "1", "2", "3"):
        raise ValueError(f"{typed!r} is not like goals-written=2, with a level from 0 to 3.")
    return question.strip(), int(level)


@command(
    "assess plan",
    "assess plan --hours 8 --off 2026-12-21..2027-01-03",
    "assess plan --what-if goals-written=2 --what-if roles-owner=1",
    "assess plan --format ics --steps",
    "assess plan --for asana",
)
@click.option("--start", type=DAY, help="First day; moves to the next Monday.")
@HOURS
@click.option("--off", multiple=True, type=WEEKS_OFF, help="Weeks off: 3,4, DATE..DATE or none.")
@click.option(
    "--want",
    "wants",
    multiple=True,
    metavar="ACTION",
    help="Your own must, or none.",
    shell_complete=complete_actions,
)
@click.option(
    "--skip",
    "skips",
    multiple=True,
    metavar="ACTION",
    help="Your own avoid, or none.",
    shell_complete=complete_actions,
)
@click.option("--afresh", is_flag=True, help="Choose anew, whatever was announced before.")
@click.option(
    "--what-if",
    multiple=True,
    type=TypedParam("Q=N", _read_supposition),
    help="As if question Q were at level N.",
    shell_complete=complete_suppositions,
)
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Plan for this file instead."
)
@click.option("--before", type=click.Path(path_type=Path), help="With --answers: the last ones.")
@click.option("--format", "wanted_format", type=click.Choice(FORMATS), help="Of the file.")
@click.option(
    "--separator",
    type=click.Choice([",", ";", "tab"]),
    default=",",
    show_default=True,
    help="Between the cells of a table.",
)
@click.option("--for", "tracker", type=click.Choice(get_args(Tracker)), help="A table for it.")
@click.option("--steps", is_flag=True, help="Single tasks in a calendar too.")
@click.option("--attendees", is_flag=True, help="In a calendar, who is to come; by e-mail.")
@click.option("--out", type=OutFile(PLANS), help="The file to write; its ending says what.")
@ALL
def plan_command(
    settings: Settings,
    start: date | None,
    hours: int | None,
    off: tuple[str, ...],
    wants: tuple[str, ...],
    skips: tuple[str, ...],
    afresh: bool,
    what_if: tuple[tuple[str, int], ...],
    answers: tuple[Path, ...],
    before: Path | None,
    out: Path | None,
    **form: Any,
) -> Outcome:
    """Plan the next 13 weeks, or what is left of them; a plan file keeps every edit.

    What was begun goes on from this week, what was announced stays as much as it fits.

    With --answers or --what-if nothing is kept, and a file is written only with --out.
    """
    if before is not None and not answers:
        raise click.UsageError("--before goes with --answers.")
    wishes = Wishes(start, hours, off, wants, skips, afresh)
    export = _read_export(settings.today, out, **form)
    order = PlanOrder(wishes, export, out, dict(what_if), with_way=settings.everything)
    if answers:
        library = open_library(settings)
        given = read_assessment(answers, library, settings.team)
        previous = read_assessment([before], library, settings.team) if before else None
        return plan_given(library, given, previous, order)
    with on_errand(settings) as errand:
        return plan_kept(errand, order)


def _read_export(
    today: date,
    out: Path | None,
    wanted_format: str | None,
    separator: str,
    tracker: Tracker | None,
    steps: bool,
    attendees: bool,
) -> Export:
    """Return how a plan is to be written, where what is said of it goes together."""
    if tracker is not None and separator != ",":
        raise click.UsageError(f"{tracker.capitalize()} wants commas: leave out --separator.")
    form = find_format(wanted_format or ("csv" if tracker else None), out)
    if tracker is not None and form != "csv":
        raise click.UsageError(f"--for {tracker} is a table: leave out --format {form}.")
    if (steps or attendees) and form != "ics":
        raise click.UsageError("--steps and --attendees are for a calendar: add --format ics.")
    if out is not None and out.suffix.lower() != f".{form}":
        raise click.UsageError(f"--format {form} and --out {out} say two things: leave out one.")
    between = "\t" if separator == "tab" else separator
    return Export(form, today, between, tracker, steps, attendees)
