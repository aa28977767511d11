"""`assess check`: are questionnaires, actions, rules and templates without holes?"""

from pathlib import Path

import click
from click.core import ParameterSource

from assess.cli.command import command
from assess.cli.settings import USUAL_STORE, Settings
from assess.cli.wiring import find_store, has_store, open_kept
from assess.documents.checked import StoreCheck
from assess.workflow.checking import check_library, check_store, show_checked, show_rules
from assess.workflow.outcome import Outcome

_STORE = click.option(
    "--store",
    is_flag=False,
    flag_value=str(USUAL_STORE),
    metavar="[PATH]",
    type=click.Path(path_type=Path),
    help="Also read everything that is kept, there or where it is usually.",
)


@command(
    "assess check",
    "assess check my-data --thorough --witness witnesses",
    "assess check --table > rules.md",
    "assess check --store",
    store=_STORE,
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--thorough", is_flag=True, help="Also prove what holds for every team.")
@click.option(
    "--witness", type=click.Path(path_type=Path), help="Write the answers that show each issue."
)
@click.option("--table", is_flag=True, help="Print the rules as a Markdown table instead.")
def check_command(
    settings: Settings, folder: Path | None, thorough: bool, witness: Path | None, table: bool
) -> Outcome:
    """Check a folder of questionnaires and plans, or those in use.

    Issues come with a team that shows them. The exit code is 1 if there is an error;
    with --json the report is printed in that case too, since it is the result. With --store
    everything that is kept is read too, and what interrupted writes left is removed.
    """
    if table and settings.json:
        raise click.UsageError("--table is Markdown; leave out --json.")
    data = folder or settings.data
    checked = check_library(data, thorough=thorough)
    if table:
        return show_rules(checked)
    return show_checked(checked, _check_store(settings), data=data, witnesses=witness)


def _check_store(settings: Settings) -> StoreCheck | Path | None:
    """Check the store if that was asked for behind the command's name, or say where none is."""
    source = click.get_current_context().get_parameter_source("store")
    if source is not ParameterSource.COMMANDLINE:
        return None
    if not has_store(settings):
        return find_store(settings)
    with open_kept(settings) as store:
        return check_store(store)
