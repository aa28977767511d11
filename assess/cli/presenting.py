"""The one place that presents what a command comes to: as a screen, as JSON, as a file."""

from pathlib import Path

from assess.cli.settings import Settings
from assess.cli.wiring import open_console, print_json
from assess.errors import AssessError
from assess.workflow.outcome import Outcome, write_outcome


def present(
    settings: Settings, outcome: Outcome, out: Path | None = None, *, everything: bool = False
) -> None:
    """Show an outcome, and write it to a file if there is to be one.

    With `everything` its pages are shown whole, and one can scroll in them on a terminal.
    """
    if out is not None:
        write_outcome(outcome, out)
    console = open_console(settings.with_needed(outcome.options))
    for text in outcome.messages:
        console.say(text)
    for text in outcome.warnings:
        console.warn(text)
    if outcome.problems:
        console.show_error(AssessError(*outcome.problems))
    if settings.json:
        print_json(outcome.describe())
        return
    after = (*outcome.after, *((f"Written to {out}",) if out is not None else ()))
    if everything:
        console.scroll_pages(outcome.pages)
    elif outcome.screen is not None:
        console.show_page(outcome.screen, everything=False, below=len(after))
    else:
        for page in outcome.pages:
            console.show_page(page)
    for text in after:
        console.say(text)
