"""Asking before what cannot be undone."""

from dataclasses import replace

from assess.cli.settings import Settings
from assess.cli.wiring import open_asker
from assess.errors import NotInteractiveError


def confirm(settings: Settings, question: str, *, yes: bool) -> bool:
    """Return whether to go on: `yes` was said on the command line, or is said now.

    Raises:
        NotInteractiveError: It was not said, and nobody can be asked.
    """
    if yes:
        return True
    try:
        asker = open_asker(settings)
    except NotInteractiveError as error:
        fix = "Run it in a terminal, or say --yes to do it without being asked."
        raise NotInteractiveError(replace(error.problems[0], fix=fix)) from error
    from assess.interview import ask_yes_no

    return ask_yes_no(asker, question, default=False)
