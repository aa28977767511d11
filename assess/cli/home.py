"""`assess` alone: this week, what is due, and the next command; Enter starts it."""

from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import can_ask, has_store, on_errand, open_asker
from assess.commands import join_command
from assess.pages.home import MINUTES, Due
from assess.workflow.agenda import MOST_AT_HOME, Standings, list_standings, show_home


def show_home_screen(settings: Settings) -> tuple[str, ...]:
    """Show where every team stands; a new store is only greeted.

    Returns:
        The words of the command that somebody wants to start, behind `assess`; none where
        nobody was there to want it.
    """
    if not has_store(settings):
        present(settings, show_home(Standings(), settings.needed))
        return ()
    most = None if settings.everything or settings.json else MOST_AT_HOME
    with on_errand(settings) as errand:
        standings = list_standings(errand, most)
    present(settings, show_home(standings, settings.needed))
    due = standings.pressing
    if due is None or not can_ask(settings):
        return ()
    return _offer(settings, due)


def _offer(settings: Settings, due: Due) -> tuple[str, ...]:
    from assess.interview.prompts import ask_line

    minutes = MINUTES[due.task]
    question = f"Start “{join_command(*due.command)}” now? It takes about {minutes} minutes."
    if ask_line(open_asker(settings), question, "Enter starts; anything else leaves."):
        return ()
    needed = (word for option in settings.needed for word in option)
    plain = ("--plain",) if settings.plain else ()
    day = ("--today", settings.today.isoformat())
    return (*due.command, *needed, *day, *plain)
