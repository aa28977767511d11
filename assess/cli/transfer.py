"""`assess export` and `assess import`: everything but members' answers, and back."""

from dataclasses import asdict
from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_kept, open_store, print_json
from assess.figures import count
from assess.store import Imported
from assess.workflow.transferring import import_file, read_transfer, write_export


@command(
    "export",
    "assess export everything.json",
    "assess export > everything.json",
    "assess export --backup store-backup.sqlite",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--backup", type=click.Path(path_type=Path), help="Copy the whole store there.")
def export_command(settings: Settings, file: Path | None, backup: Path | None) -> None:
    """Write everything that is kept as one JSON document, to FILE or to stdout.

    Members' answers are confidential and left out. A backup holds them too: it is as
    confidential as the store.
    """
    console = open_console(settings)
    with open_kept(settings) as store:
        if backup is not None:
            store.backup(backup)
        document = None if backup and not file else store.export_document()
        if document and file:
            write_export(document, file)
    if settings.json and (file or backup):
        print_json({"file": file and str(file), "backup": backup and str(backup)})
    elif document and not file:
        print_json(document)
    if document:
        console.say(f"{document['left_out']} A backup holds them: assess export --backup FILE")
    if backup is not None:
        console.say(f"Copied to {backup}. It holds members' answers: keep it confidential.")


@command("import", "assess import everything.json", "assess import everything.json --replace")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Put what the file says in the place of what is kept."
)
def import_command(settings: Settings, file: Path, replace: bool) -> None:
    """Read a document that assess export wrote: all of it, or nothing.

    Reading it twice changes nothing.
    """
    document = read_transfer(file)
    with open_store(settings) as store:
        imported = import_file(store, file, document, replace=replace)
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
