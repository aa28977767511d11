"""What the Tab key offers beside commands and options: teams, questionnaires, questions, actions.

A shell asks while somebody types, so whatever cannot be read now is nothing to offer, never an
error; and nothing is opened that would be made by it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Offered = tuple[str, str]
"""A value, and what it stands for."""
TabCompletion = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _completes(find: Callable[[click.Context], Iterator[Offered]]) -> TabCompletion:
    """Make what click asks of what there is to offer."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        begun = incomplete.casefold()
        try:
            offered = dict(find(ctx))
        except Exception:
            # A damaged store, a data file that is being edited: then there is nothing to offer.
            return []
        return [
            CompletionItem(value, help=about)
            for value, about in offered.items()
            if value.casefold().startswith(begun)
        ]

    return complete


def _said(ctx: click.Context | None, name: str, variable: str) -> Path | None:
    """Return what an option of the command, or one before it, says, else the environment."""
    while ctx is not None:
        if value := ctx.params.get(name):
            return Path(value)
        ctx = ctx.parent
    return Path(value) if (value := os.environ.get(variable)) else None


@_completes
def complete_teams(ctx: click.Context) -> Iterator[Offered]:
    """Offer the teams that are kept and not put aside."""
    import sqlite3  # As what else is imported late here: no command starts later for it.

    from assess.library.files import default_store

    path = _said(ctx, "store", "ASSESS_STORE") or default_store()
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
        for (name,) in store.execute("SELECT name FROM team WHERE NOT archived ORDER BY key"):
            yield name, ""


@_completes
def complete_questionnaires(ctx: click.Context) -> Iterator[Offered]:
    """Offer the questionnaires that can be read."""
    for path in _find_data(ctx, "questionnaires/*.toml"):
        yield path.stem, ""


@_completes
def complete_suppositions(ctx: click.Context) -> Iterator[Offered]:
    """Offer the questions with each level."""
    for question, ask in _read_entries(ctx, "questionnaires/*.toml", "question", "ask"):
        yield from ((f"{question}={level}", ask) for level in range(4))


def _find_data(ctx: click.Context, pattern: str) -> Iterator[Path]:
    from assess.library.files import shipped_data

    own = _said(ctx, "data", "ASSESS_DATA")
    for folder in (*((own,) if own else ()), shipped_data()):
        yield from sorted(folder.glob(pattern))


def _read_entries(ctx: click.Context, pattern: str, kind: str, about: str) -> Iterator[Offered]:
    from assess.library.files import read_data

    for path in _find_data(ctx, pattern):
        for entry in read_data(path).get(kind, ()):
            yield entry["id"], entry.get(about, "")


def _offering(pattern: str, kind: str, about: str) -> TabCompletion:
    """Offer the entries of one kind in all files of a form."""
    return _completes(lambda ctx: _read_entries(ctx, pattern, kind, about))


complete_questions = _offering("questionnaires/*.toml", "question", "ask")
complete_dimensions = _offering("questionnaires/*.toml", "dimension", "title")
complete_actions = _offering("plans/*/actions.toml", "action", "title")
