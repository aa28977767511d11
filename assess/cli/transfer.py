"""`assess export` and `assess import`: everything but members' answers, and back."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_kept, open_output, open_store
from assess.workflow.outcome import Outcome
from assess.workflow.transferring import backup_kept, export_kept, import_file, is_backup


@command(
    "assess export everything.json",
    "assess export > everything.json",
    "assess export --without-plans figures.json",
    "assess export --backup store-backup.sqlite",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--backup", type=click.Path(path_type=Path), help="Copy the whole store there.")
@click.option("--without-plans", is_flag=True, help="Leave out plans, check-ins, and their names.")
def export_command(
    settings: Settings, file: Path | None, backup: Path | None, without_plans: bool
) -> Outcome:
    """Write everything that is kept as one JSON document, to FILE or to stdout.

    Members' answers are confidential and left out. A backup holds them too: it is as
    confidential as the store. Of a damaged store all that can be read is written, the rest
    is named, and the exit code is 1.
    """
    if file is not None and backup is not None:
        raise click.UsageError("A document and a backup are two files: say one after the other.")
    with open_kept(settings) as store:
        if backup is not None:
            return backup_kept(store, backup)
        return export_kept(store, file, open_output, plans=not without_plans)


@command(
    "assess import everything.json",
    "assess import everything.json --replace",
    "assess import copy.sqlite",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Put what the file says in the place of what is kept."
)
def import_command(settings: Settings, file: Path, replace: bool) -> Outcome:
    """Read what assess export wrote, a document or a backup: all of it, or nothing.

    Reading it twice changes nothing.
    """
    backup = is_backup(file)
    with open_store(settings) as store:
        return import_file(store, file, backup=backup, replace=replace)
