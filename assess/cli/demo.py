"""`assess demo`: the whole way with a built-in example team."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from assess.cli.command import command
from assess.cli.options import ALL
from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import can_ask, open_asker, open_console, open_library
from assess.interview.prompts import ask_line
from assess.pages.blocks import Page
from assess.workflow.demo import OWN_TEAM, STORE, play_demo

_ASKED: Final = 4
"""So many lines the question below a step takes."""


@command("assess demo", "assess demo --out somewhere")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("assess-demo"),
    show_default=True,
    help="The folder for its files and its own store.",
)
@ALL
def demo_command(settings: Settings, out: Path) -> None:
    """Walk the whole way with an example team: two quarters, plan, check-in, comparison.

    In a terminal it goes step by step. Nothing of it touches your own store.
    """
    demo = play_demo(open_library(settings), out)
    # What is printed to look around belongs to the demo's store, and to no other.
    needed = tuple(option for option in settings.needed if option[0] == "--data")
    around = replace(settings, needed=(*needed, ("--store", str(out / STORE))))
    if can_ask(settings) and not settings.everything:
        _walk(around, demo.pages)
    present(around, demo)
    if not settings.json:
        open_console(settings).say(OWN_TEAM)


def _walk(settings: Settings, pages: tuple[Page, ...]) -> None:
    """Show one screen for each step, and wait."""
    console, asker = open_console(settings), open_asker(settings)
    for number, page in enumerate(pages, start=1):
        console.show_page(page, everything=False, below=_ASKED)
        ask_line(asker, f"Step {number} of {len(pages)}. Enter goes on.", hint="")
