"""`assess history` and `assess delete`: what is kept, and what shall not be any more."""

from datetime import date

import click

from assess.cli.command import command
from assess.cli.options import ALL, YES
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import confirm, has_store, on_errand
from assess.workflow.keeping import delete_kept, find_kept_on, name_kept, show_history
from assess.workflow.outcome import Outcome, tell


@command("assess history", "assess history --team Lyon")
@ALL
def history_command(settings: Settings) -> Outcome:
    """List what is kept: each assessment with its stage and scores."""
    if settings.team is None and not has_store(settings):
        return show_history(None, whole=True)
    with on_errand(settings) as errand:
        return show_history(errand, whole=settings.everything or settings.json)


@command("assess delete --date 2026-11-22", "assess delete --team Lyon --date 2026-11-22 --yes")
@click.option("--date", "day", type=DAY, required=True, help="Of the assessment.")
@YES
def delete_command(settings: Settings, day: date, yes: bool) -> Outcome:
    """Delete an assessment for good: its answers, its plan and its check-ins.

    The plan's file stays where it is, and so do backups.
    """
    with on_errand(settings) as errand:
        kept = find_kept_on(errand, day)
        if not confirm(settings, f"Delete {name_kept(kept)}, for good?", yes=yes):
            return tell("Nothing was deleted.")
        return delete_kept(errand.store, kept)
