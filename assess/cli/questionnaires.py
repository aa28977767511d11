"""`assess questionnaires` and `assess questionnaire`: what can be asked."""

import click

from assess.answers import Respondent, format_template
from assess.cli.command import command
from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import open_library, print_document
from assess.workflow.browsing import show_questionnaire, show_questionnaires


@command("questionnaires", "assess questionnaires")
def questionnaires_command(settings: Settings) -> None:
    """List the questionnaires."""
    present(settings, show_questionnaires(open_library(settings)))


@command(
    "questionnaire",
    "assess questionnaire marketing-team",
    "assess questionnaire marketing-team --template > answers.toml",
    "assess questionnaire marketing-team --template --as member > answers.toml",
)
@click.argument("name", metavar="ID")
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
) -> None:
    """Show a questionnaire, or print an answers file to fill in."""
    if template and settings.json:
        raise click.UsageError("--template is TOML; leave out --json.")
    questionnaire = open_library(settings).questionnaire(name)
    if template:
        print_document(
            format_template(questionnaire, settings.team or "", settings.today, respondent)
        )
    else:
        present(settings, show_questionnaire(questionnaire))
