"""`assess checkin`: the plan read back."""

from pathlib import Path

import click

from assess.checkin import CheckIn, describe_checkin
from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.showing import show_changes
from assess.cli.wiring import (
    can_ask,
    open_asker,
    open_console,
    open_library,
    open_store,
    print_json,
)
from assess.console.checkin import CheckInRow, show_checkin, show_reading_list
from assess.interview import Asker, ask_line, ask_yes_no
from assess.interview.looking_back import ask_blockers, ask_lines
from assess.library import Library
from assess.store import Blocker, Store
from assess.store import CheckIn as KeptCheckIn
from assess.workflow.checkins import (
    Reading,
    Said,
    keep_checkin,
    list_unbacked_claims,
    read_plan,
)
from assess.workflow.plans import Wishes
from assess.workflow.running import draw_plan, writing


@command("checkin", "assess checkin", "assess checkin Lyon-2026-11-23.md --no-input")
@click.argument("plan", metavar="[PLAN.md]", required=False, type=click.Path(path_type=Path))
def checkin_command(settings: Settings, plan: Path | None) -> None:
    """Read the plan back: what is done, open and late, against the schedule.

    In a terminal it asks for wins and blockers, and offers to plan the rest anew.
    """
    library = open_library(settings)
    with open_store(settings) as store:
        reading = read_plan(
            library, store, plan, settings.team, settings.questionnaire, settings.today
        )
        if settings.json:
            keep_checkin(store, reading, Said())
            print_json(describe_checkin(reading.checkin))
            return
        console = open_console(settings)
        show_checkin(console, reading.checkin)
        show_reading_list(console, list_unbacked_claims(reading.assessment))
        if not can_ask(settings):
            keep_checkin(store, reading, Said())
            return
        asker = open_asker(settings)
        keep_checkin(store, reading, _ask(asker, reading.checkin))
        if reading.checkin.in_state("late"):
            _offer_replan(settings, library, store, asker, reading)


def make_row(kept: KeptCheckIn) -> CheckInRow:
    """Return an earlier check-in as it is listed."""
    return CheckInRow(
        date=kept.date,
        hours_done=kept.found["hours"]["done"],
        hours_due=kept.found["hours"]["due"],
        late=sum(step["state"] == "late" for step in kept.found["steps"]),
        wins=kept.wins,
        blockers=tuple(
            f"{blocker.text} ({blocker.cause})" if blocker.cause else blocker.text
            for blocker in kept.blockers
        ),
    )


def _ask(asker: Asker, checkin: CheckIn) -> Said:
    wins = ask_lines(asker, "What went well since last time?")
    blockers = ask_blockers(asker)
    notes = [
        f"{status.wording} Next: {said}"
        for status in checkin.in_state("late")
        if (said := ask_line(asker, f"Late: {status.wording} What is the next step, and when?"))
    ]
    for question in checkin.review.questions if checkin.review else ():
        if said := ask_line(asker, question):
            notes.append(f"{question} {said}")
    return Said(
        wins, tuple(Blocker(text=text, cause=cause) for text, cause in blockers), "\n".join(notes)
    )


def _offer_replan(
    settings: Settings, library: Library, store: Store, asker: Asker, reading: Reading
) -> None:
    if not ask_yes_no(asker, "Plan the rest anew from this week on?", default=False):
        return
    drawn = draw_plan(library, store, reading.assessment, Wishes(), reading.path, settings.today)
    console = open_console(settings)
    show_changes(console, drawn)
    with writing(store, reading.assessment, drawn):
        pass
    console.say(f"Written to {drawn.file.path}")
