"""`assess export` and `assess import`: everything but members' answers, and back."""

from dataclasses import asdict
from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_kept, open_output, open_store, print_json
from assess.documents.exported import NO_PLANS, WITH_PLANS, WITHOUT_MEMBERS, WITHOUT_PLANS
from assess.errors import StoreError
from assess.figures import count
from assess.store import Imported
from assess.workflow.transferring import import_file, is_backup, write_export


@command(
    "export",
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
) -> None:
    """Write everything that is kept as one JSON document, to FILE or to stdout.

    Members' answers are confidential and left out. A backup holds them too: it is as
    confidential as the store. Of a damaged store all that can be read is written, the rest
    is named, and the exit code is 1.
    """
    console = open_console(settings)
    plans = not without_plans
    with open_kept(settings) as store:
        if file is not None:
            damaged = write_export(store, file, plans=plans, backup=backup)
        elif backup is not None:
            store.backup(backup)
            damaged = ()
        else:
            damaged = store.export(open_output().write, plans=plans)
    if file or not backup:
        left_out, holds = (WITHOUT_MEMBERS, WITH_PLANS) if plans else (WITHOUT_PLANS, NO_PLANS)
        console.say(f"{left_out} {holds} A backup holds everything: assess export --backup FILE")
    if backup is not None:
        console.say(f"Copied to {backup}. It holds members' answers: keep it confidential.")
    if damaged:
        console.say("What could be read was written; the following is not in it.")
        raise StoreError(*damaged)
    if settings.json and (file or backup):
        print_json({"file": file and str(file), "backup": backup and str(backup)})


@command(
    "import",
    "assess import everything.json",
    "assess import everything.json --replace",
    "assess import copy.sqlite",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Put what the file says in the place of what is kept."
)
def import_command(settings: Settings, file: Path, replace: bool) -> None:
    """Read what assess export wrote, a document or a backup: all of it, or nothing.

    Reading it twice changes nothing.
    """
    backup = is_backup(file)
    with open_store(settings) as store:
        imported = import_file(store, file, backup=backup, replace=replace)
    if settings.json:
        print_json(asdict(imported))
    else:
        open_console(settings).say(_told(imported))


def _told(imported: Imported) -> str:
    parts = [
        *([count(imported.teams, "team")] if imported.teams else []),
        *([count(imported.assessments, "assessment")] if imported.assessments else []),
        *([count(imported.drafts, "draft")] if imported.drafts else []),
        *([f"{imported.replaced} replaced"] if imported.replaced else []),
    ]
    new = f"Taken in: {', '.join(parts)}." if parts else "Nothing new is in this file."
    return (
        f"{new} {count(imported.same, 'assessment')} were there already." if imported.same else new
    )
