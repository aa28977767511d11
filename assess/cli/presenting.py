"""The one place that presents what a command comes to: as a screen, as JSON, as a file."""

from functools import cache

from assess.cli.settings import Settings
from assess.cli.wiring import open_console, print_document, print_json
from assess.errors import AssessError
from assess.workflow.outcome import Outcome, write_outcome


def present(settings: Settings, outcome: Outcome) -> int:
    """Show an outcome, write it to a file if there is to be one, and return the exit code.

    Where everything is wanted its pages are shown whole, and one can scroll in them on a terminal.
    """
    out = settings.shared_as
    if out is not None:
        write_outcome(outcome, out)
    # What is printed as JSON, without a word beside it, needs nothing that lays out pages.
    console = cache(lambda: open_console(settings.with_needed(outcome.options)))
    for text in outcome.messages:
        console().say(text)
    for text in outcome.warnings:
        console().warn(text)
    if outcome.problems:
        console().show_error(AssessError(*outcome.problems))
    code = 0 if outcome.is_sound else 1
    if settings.json and (document := outcome.describe()):
        print_json(document)
        return code
    after = (*outcome.after, *((f"Written to {out}",) if out is not None else ()))
    if settings.everything:
        console().scroll_pages(outcome.pages)
    elif outcome.screen is not None:
        console().show_page(outcome.screen, everything=False, below=len(after) + outcome.below)
    else:
        for page in outcome.pages:
            console().show_page(page)
    if outcome.text:
        print_document(outcome.text)
    for text in after:
        console().say(text)
    return code
