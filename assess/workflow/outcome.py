"""What a command comes to: pages to show, the document of `--json`, and what is said beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.commands import CommandOption
from assess.errors import AssessError, Problem
from assess.identity import AssessmentKey
from assess.library.files import write_new
from assess.pages.blocks import Page
from assess.record import record

if TYPE_CHECKING:
    from assess.store import Store  # Scoring a file needs none.

_JSON_MARK: Final = '"team":'
_HTML_MARK: Final = 'http-equiv="Content-Security-Policy"'
"""What the files that are written here begin with, and others hardly do."""


@record
class Outcome:
    """One answer of a command, whatever shows it.

    `describe` makes the JSON document, only where somebody wants it; an empty one is none.
    `messages` and `warnings` are
    said before the pages, `after` behind them; `problems` keep some of it from being done.
    `screen` stands for all where one screen is wanted; without it the pages are shown whole.
    `text` is printed as it is behind them, for what is copied or read by programs. `options` are
    those that the next commands need. `files` says by their endings how other files are written.
    What `is_sound` is as it should be. So many lines that are asked follow `below`.
    """

    pages: tuple[Page, ...]
    describe: Callable[[], Mapping[str, Any]]
    messages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    screen: Page | None = None
    options: tuple[CommandOption, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: str = ""
    files: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)
    is_sound: bool = True
    below: int = 0

    def about(self, store: "Store", key: AssessmentKey) -> "Outcome":
        """Return the same outcome, with what its next commands have to name.

        That is the team of an assessment and its questionnaire, where there are more of them.
        """
        used = {kept.questionnaire for kept in store.history(key.team)}
        team = (("--team", str(key.team)),) if len(store.teams()) > 1 else ()
        asked = (("--questionnaire", key.questionnaire),) if len(used) > 1 else ()
        return replace(self, options=(*team, *asked))


def tell(*said: str, **facts: object) -> Outcome:
    """Return an outcome that is no more than a few sentences, and the same as facts."""
    return Outcome((), lambda: facts, after=said)


def write_outcome(outcome: Outcome, out: Path) -> None:
    """Write an outcome to share, in the medium of the file's ending.

    Raises:
        AssessError: Another file has that name, which might hold somebody's work.
    """
    ending = out.suffix.lower()
    if ending in outcome.files:
        outcome.files[ending](out)
        return
    match ending:
        case ".json":
            from assess.documents.encoding import format_json

            text = format_json(outcome.describe())
            write_new(out, text, lambda there: _JSON_MARK in there[:400])
        case ".md":
            from assess.media.markdown import render_markdown

            write_new(out, "\n".join(map(render_markdown, outcome.pages)))
        case ".html":
            from assess.media.html import render_html

            text = render_html(outcome.pages, title=outcome.pages[0].title)
            write_new(out, text, lambda there: _HTML_MARK in there[:500])
        case _:
            what, fix = f"Nothing can be written as '{ending}'.", "Use .md, .html or .json."
            raise AssessError(what, str(out), fix)


def write_rows(out: Path, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Write rows for spreadsheets; only an earlier table with these columns is written over."""
    from assess.export.table import format_rows

    head = ",".join(columns)
    write_new(out, format_rows(columns, rows), lambda there: head in there)
