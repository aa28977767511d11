"""`assess` alone: the teams, what is due, and the next command to type."""

from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import has_store, open_kept
from assess.workflow.agenda import show_home


def show_home_screen(settings: Settings, *, everything: bool = False) -> None:
    """Show where every team stands and what comes next; a new store is only greeted."""
    if not has_store(settings):
        present(settings, show_home((), settings.needed))
        return
    from assess.workflow.agenda import list_standings

    with open_kept(settings) as store:
        standings = list_standings(store, settings.team, settings.today)
    present(settings, show_home(standings, settings.needed), everything=everything)
