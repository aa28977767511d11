"""`assess` alone: the teams, what is due, and the next command to type."""

from assess.cli.settings import Settings
from assess.cli.wiring import has_store, open_console, open_kept, print_json
from assess.commands import complete_commands, join_command
from assess.pages.kept import TeamAtHome, make_home_page
from assess.workflow.agenda import Due, Standing, list_standings


def show_home(settings: Settings) -> None:
    """Show where every team stands and what comes next; a new store is only greeted."""
    standings: tuple[Standing, ...] = ()
    if has_store(settings):
        with open_kept(settings) as store:
            standings = list_standings(store, settings.team, settings.today)
    if settings.json:
        print_json({"teams": [_describe(standing, settings) for standing in standings]})
    else:
        page = make_home_page([_at_home(standing) for standing in standings])
        open_console(settings).show_page(page)


def _at_home(standing: Standing) -> TeamAtHome:
    profile = standing.result.profile if standing.result else None
    return TeamAtHome(
        name=standing.team,
        due=" ".join(due.text for due in standing.due),
        command=join_command(*standing.due[0].command),
        stage=profile.stage if profile else None,
        complete=profile is not None and profile.complete,
        assessed=standing.assessed,
    )


def _describe(standing: Standing, settings: Settings) -> dict[str, object]:
    profile = standing.result.profile if standing.result else None
    return {
        "team": standing.team,
        "assessed": standing.assessed.isoformat() if standing.assessed else None,
        "stage": profile.stage if profile else None,
        "complete": profile is not None and profile.complete,
        "due": [
            {"task": due.task, "text": due.text, "command": _command(due, settings)}
            for due in standing.due
        ],
    }


def _command(due: Due, settings: Settings) -> str:
    return complete_commands(join_command(*due.command), settings.needed)
