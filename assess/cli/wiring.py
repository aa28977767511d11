"""The real parts that a command works with."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from assess.cli.settings import Settings
from assess.errors import NotInteractiveError, StoreError
from assess.library import Library
from assess.library.files import default_store

if TYPE_CHECKING:
    from assess.interview.asker import Asker
    from assess.media.terminal import Console
    from assess.store import Store
    from assess.workflow.aims.desk import Desk
    from assess.workflow.finding import Errand


def open_library(settings: Settings) -> Library:
    """Return the library, the person's own data folder in front."""
    return Library(settings.data)


def open_console(settings: Settings) -> "Console":
    """Return what prints results and messages."""
    from assess.media.terminal import Console

    return Console(sys.stdout, sys.stderr, plain=settings.plain, options=settings.needed)


def open_asker(settings: Settings) -> "Asker":
    """Return what asks the person.

    Raises:
        NotInteractiveError: There is no terminal, or nobody is to be asked.
    """
    if settings.no_input or settings.json:
        option = "--no-input" if settings.no_input else "--json"
        what = "Somebody must answer, but nobody is to be asked."
        fix = f"Leave out {option}, or say everything on the command line (see --help)."
        raise NotInteractiveError(what, option, fix)
    from assess.interview.terminal import open_asker as open_terminal

    return open_terminal(sys.stdin, sys.stderr, plain=settings.plain)


def can_ask(settings: Settings) -> bool:
    """Tell whether there is somebody to ask, and whether that is wanted."""
    from assess.interview.terminal import is_interactive

    wanted = not settings.no_input and not settings.json
    return wanted and is_interactive(sys.stdin, sys.stderr)


def find_asker(settings: Settings) -> "Asker | None":
    """Return what asks the person, where that is wanted and somebody is there."""
    return open_asker(settings) if can_ask(settings) else None


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
    from assess.interview.prompts import ask_yes_no

    return ask_yes_no(asker, question, default=False)


def open_store(settings: Settings) -> "Store":
    """Return the store where this person keeps assessments; it has to be closed."""
    from assess.store import Store

    return Store(find_store(settings))


def open_kept(settings: Settings) -> "Store":
    """Return the store that is there; it has to be closed. Looking never makes one.

    Raises:
        StoreError: There is none yet.
    """
    if not has_store(settings):
        raise StoreError(
            "Nothing is kept yet.", str(find_store(settings)), "Begin with: assess run"
        )
    return open_store(settings)


@contextmanager
def on_errand(settings: Settings, *, makes_store: bool = False) -> Iterator["Errand"]:
    """Open what a command works with; only where it `makes_store` may there be nothing yet."""
    from assess.workflow.finding import Errand

    library, named, asked = open_library(settings), settings.team, settings.questionnaire
    with (open_store if makes_store else open_kept)(settings) as store:
        yield Errand(library, store, settings.today, named, asked)


@contextmanager
def open_team_desk(
    settings: Settings, *, kept: bool = False, at_once: bool = False
) -> Iterator["Desk"]:
    """Open what a team wants to reach and to stop.

    `kept` means that looking never makes a store, `at_once` that nothing is kept where it fails.
    """
    from assess.workflow.aims.desk import open_desk

    with on_errand(settings, makes_store=not kept) as errand:
        store = errand.store
        with store.together() if at_once else nullcontext():
            if not kept and errand.named and not store.teams():
                store.add_team(errand.named)
            yield open_desk(errand)


def has_store(settings: Settings) -> bool:
    """Tell whether anything is where the store would be; opening says what is wrong with it."""
    try:
        find_store(settings).stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def find_store(settings: Settings) -> Path:
    """Return where the store is or would be."""
    return settings.store or default_store()


def print_json(document: Mapping[str, Any]) -> None:
    """Print the one JSON document that `--json` promises."""
    from assess.documents.encoding import format_json

    print_document(format_json(document))


def print_document(text: str) -> None:
    """Print what is read by programs."""
    open_output().write(text)


def open_output() -> TextIO:
    """Return stdout for what is read by programs: UTF-8, whatever the terminal's encoding is."""
    if isinstance(sys.stdout, TextIOWrapper):
        # What cannot stand in UTF-8 becomes an escape that JSON knows too.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout
