"""`assess actions` and `assess example`: the catalogue, and the pages that its steps name."""

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_library
from assess.workflow.browsing import show_action, show_actions, show_example
from assess.workflow.outcome import Outcome


@command(
    "actions",
    "assess actions",
    "assess actions --dimension goals",
    "assess actions --question roles-owner",
    "assess actions write-three-goals",
)
@click.argument("name", metavar="[ACTION]", required=False)
@click.option("--dimension", metavar="ID", help="Only what lifts a question of this dimension.")
@click.option("--question", metavar="ID", help="Only what lifts this question.")
def actions_command(
    settings: Settings, name: str | None, dimension: str | None, question: str | None
) -> Outcome:
    """Browse the catalogue of actions, or show one of them in full."""
    library = open_library(settings)
    if name is not None:
        return show_action(library, settings.questionnaire, name)
    return show_actions(library, settings.questionnaire, dimension, question)


@command("example", "assess example", "assess example brief", "assess example brief > brief.md")
@click.argument("name", metavar="[PAGE]", default="README")
def example_command(settings: Settings, name: str) -> Outcome:
    """Print one of the worked examples that steps of a plan name, or the list of them."""
    return show_example(open_library(settings), name)
