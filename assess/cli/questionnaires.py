"""`assess questionnaires`, `questionnaire` and `new`: what can be asked."""

from contextlib import nullcontext

import click

from assess.answers import Respondent
from assess.cli.command import command
from assess.cli.completion import (
    complete_actions,
    complete_dimensions,
    complete_questionnaires,
    complete_questions,
)
from assess.cli.settings import Settings
from assess.cli.wiring import has_store, open_kept, open_library
from assess.workflow.content import (
    begin_questionnaire,
    show_action,
    show_actions,
    show_example,
    show_questionnaire,
    show_questionnaires,
    show_template,
)
from assess.workflow.outcome import Outcome


@command("assess questionnaires")
def questionnaires_command(settings: Settings) -> Outcome:
    """List the questionnaires."""
    return show_questionnaires(open_library(settings))


@command(
    "assess questionnaire marketing-team",
    "assess questionnaire marketing-team --template > answers.toml",
    "assess questionnaire marketing-team --template --as member > answers.toml",
)
@click.argument("name", metavar="ID", shell_complete=complete_questionnaires)
@click.option("--template", is_flag=True, help="Print an answers file to fill in.")
@click.option(
    "--as",
    "respondent",
    type=click.Choice(["manager", "member", "consensus"]),
    default="manager",
    help="Who will fill it in; the manager, unless said otherwise.",
)
def questionnaire_command(
    settings: Settings, name: str, template: bool, respondent: Respondent
) -> Outcome:
    """Show a questionnaire, or print an answers file to fill in."""
    if template and settings.json:
        raise click.UsageError("--template is TOML; leave out --json.")
    questionnaire = open_library(settings).questionnaire(name)
    if template:
        # Members of an open assessment are all asked the same, on its day.
        opened = respondent == "member" and settings.team and has_store(settings)
        store = open_kept(settings) if opened else nullcontext()
        with store as kept:
            return show_template(kept, questionnaire, settings.team, respondent, settings.today)
    return show_questionnaire(questionnaire)


@command("assess new kitchen", "assess new kitchen --data my-data")
@click.argument("name")
def new_command(settings: Settings, name: str) -> Outcome:
    """Begin a questionnaire of one's own: small files that work, to change until they fit.

    They are written into a folder of that name, or into the one of --data.
    """
    return begin_questionnaire(name, settings.data)


@command(
    "assess actions",
    "assess actions --dimension goals",
    "assess actions --question roles-owner",
    "assess actions write-three-goals",
)
@click.argument("name", metavar="[ACTION]", required=False, shell_complete=complete_actions)
@click.option(
    "--dimension",
    metavar="ID",
    help="Only what lifts a question of this dimension.",
    shell_complete=complete_dimensions,
)
@click.option(
    "--question",
    metavar="ID",
    help="Only what lifts this question.",
    shell_complete=complete_questions,
)
def actions_command(
    settings: Settings, name: str | None, dimension: str | None, question: str | None
) -> Outcome:
    """Browse the catalogue of actions, or show one of them in full."""
    library = open_library(settings)
    if name is not None:
        return show_action(library, settings.questionnaire, name)
    return show_actions(library, settings.questionnaire, dimension, question)


@command("assess example", "assess example brief", "assess example brief > brief.md")
@click.argument("name", metavar="[PAGE]", default="README")
def example_command(settings: Settings, name: str) -> Outcome:
    """Print one of the worked examples that steps of a plan name, or the list of them."""
    return show_example(open_library(settings), name)
