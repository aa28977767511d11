"""`assess step`: what is to be said of single steps, for scripts and quick hands."""

from datetime import date

import click

from assess.catalogue.action import CAUSES, Cause
from assess.cli.command import command
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import find_asker, on_errand
from assess.workflow.checkin.reading import read_plan
from assess.workflow.checkin.stepping import StepChange, change_steps
from assess.workflow.outcome import Outcome


@command(
    "assess step 3 --done",
    "assess step 3 4 --owner Ana --to 2026-12-18",
    'assess step 5 --note "waits for the budget"',
    "assess step 5 --drop --cause resources",
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--done", is_flag=True, help="It is done.")
@click.option("--open", "is_open", is_flag=True, help="It is open again.")
@click.option("--drop", is_flag=True, help="Nobody will do it.")
@click.option("--cause", type=click.Choice(CAUSES), help="Why a whole piece of work is dropped.")
@click.option("--to", "due", type=DAY, help="Until when it is to be done.")
@click.option("--owner", default="", help="Who does it.")
@click.option("--note", default="", help="What was agreed; shown at the next check-in.")
def step_command(
    settings: Settings,
    ids: tuple[str, ...],
    done: bool,
    is_open: bool,
    drop: bool,
    cause: Cause | None,
    due: date | None,
    owner: str,
    note: str,
) -> Outcome:
    """Say what became of steps, in the plan's file and for the next check-in.

    An ID is that of a step's comment, or the number that `assess checkin` prints.
    """
    states = [
        state
        for state, is_said in (("done", done), ("open", is_open), ("dropped", drop))
        if is_said
    ]
    if len(states) > 1:
        raise click.UsageError("Say one of --done, --open and --drop.")
    if not (states or due or owner.strip() or note.strip()):
        raise click.UsageError("Say what: --done, --open, --drop, --to, --owner or --note.")
    if due is not None and (done or drop):
        raise click.UsageError("--to is for what is still to be done: leave out one of the two.")
    if cause is not None and not drop:
        raise click.UsageError("--cause says why something is dropped: say --drop, too.")
    said = {"cause": cause, "due": due, "owner": owner.strip(), "note": note.strip()}
    change = StepChange.model_validate({"state": states[0] if states else None, **said})
    with on_errand(settings) as errand:
        asker = find_asker(settings) if drop else None
        return change_steps(errand.store, read_plan(errand), ids, change, asker)
