"""`assess checkin`: the plan read back."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.options import ALL, TO_SHARE
from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import can_ask, open_asker, open_console, open_kept, open_library
from assess.workflow.checking_in import ask_and_keep, keep_said, offer_replan, show_checkin
from assess.workflow.checkins import Said, read_plan


@command(
    "checkin",
    "assess checkin",
    "assess checkin Lyon-2026-11-23.md --no-input",
    "assess checkin --out checkin-2026-12-04.md",
)
@click.argument("plan", metavar="[PLAN.md]", required=False, type=click.Path(path_type=Path))
@TO_SHARE
@ALL
def checkin_command(
    settings: Settings, plan: Path | None, out: Path | None, everything: bool
) -> None:
    """Read the plan back: what is done, open and late, against the schedule.

    In a terminal it asks for wins and blockers, and offers to plan the rest anew.
    """
    library = open_library(settings)
    with open_kept(settings) as store:
        about = (settings.team, settings.questionnaire, settings.today)
        reading = read_plan(library, store, plan, *about)
        if not can_ask(settings):
            keep_said(store, reading, Said(), out)
            present(settings, show_checkin(store, reading), everything=everything)
            return
        present(settings, show_checkin(store, reading), everything=everything)
        asker = open_asker(settings)
        ask_and_keep(store, asker, reading, out)
        late = reading.checkin.in_state("late")
        for text in offer_replan(library, store, asker, reading) if late else ():
            open_console(settings).say(text)
