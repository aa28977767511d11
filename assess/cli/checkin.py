"""`assess checkin`: the week looked at, and the plan brought up to it."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.options import ALL, SHARED, WRITE_IT, OutFile
from assess.cli.settings import Settings
from assess.cli.wiring import can_ask, on_errand, open_asker
from assess.workflow.checkin.holding import hold_checkin, keep_report, show_checkin, show_message
from assess.workflow.checkin.reading import read_plan
from assess.workflow.outcome import Outcome, tell, write_outcome


@command(
    "assess checkin",
    "assess checkin Lyon-2026-11-23.md --no-input",
    "assess checkin --message",
    "assess checkin --from export.csv",
)
@click.argument("plan", metavar="[PLAN.md]", required=False, type=click.Path(path_type=Path))
@click.option("--message", is_flag=True, help="Only print the message for the team again.")
@click.option(
    "--from", "export", type=click.Path(path_type=Path), help="Take in a tracker's export first."
)
@click.option("--out", type=OutFile(SHARED), help=WRITE_IT)
@ALL
def checkin_command(
    settings: Settings, plan: Path | None, message: bool, export: Path | None, out: Path | None
) -> Outcome:
    """Look at the week: what is done, what is late, what is agreed.

    In a terminal it asks, and writes ticks, dates and owners into the plan's file. Enter passes
    each question. Without a terminal it reads what was ticked in the file, or with --from in a
    tracker: states, dates and owners, from a table or a workbook.
    """
    with on_errand(settings) as errand:
        store, taken = errand.store, None
        if message:
            return show_message(read_plan(errand, plan))
        if export is not None:
            from assess.workflow.checkin.tracker_exports import take_in_export

            taken = take_in_export(store, read_plan(errand, plan), export)
        reading = read_plan(errand, plan)
        if not can_ask(settings):
            outcome = show_checkin(store, reading)
            if out is not None:
                # Where it cannot be written nothing is kept either.
                write_outcome(outcome, out)
            keep_report(store, reading)
            return taken.add_to(outcome) if taken else outcome
        asker = open_asker(settings)
        if taken is not None:
            asker.say(*taken.told)
        held = hold_checkin(errand, asker, reading)
        if held is not None and out is not None:
            write_outcome(show_checkin(store, read_plan(errand, plan)), out)
        return held or tell("Nothing was written; what was said is forgotten.")
