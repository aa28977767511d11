"""`assess questionnaires` and `assess questionnaire`: what can be asked."""

import click

from assess.answers import format_template
from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_library, print_document, print_json
from assess.questionnaire import Questionnaire


@command("questionnaires", "assess questionnaires")
def questionnaires_command(settings: Settings) -> None:
    """List the questionnaires."""
    library = open_library(settings)
    found = [library.questionnaire(name) for name in library.questionnaire_ids()]
    if settings.json:
        print_json({"questionnaires": [_describe_head(q) for q in found]})
    else:
        from assess.pages.content import make_questionnaires_page

        open_console(settings).show_page(make_questionnaires_page(found))


@command(
    "questionnaire",
    "assess questionnaire marketing-team",
    "assess questionnaire marketing-team --template > answers.toml",
)
@click.argument("name", metavar="ID")
@click.option("--template", is_flag=True, help="Print an answers file to fill in.")
def questionnaire_command(settings: Settings, name: str, template: bool) -> None:
    """Show a questionnaire, or print an answers file to fill in."""
    if template and settings.json:
        raise click.UsageError("--template is TOML; leave out --json.")
    questionnaire = open_library(settings).questionnaire(name)
    if template:
        print_document(format_template(questionnaire, settings.team or "", settings.today))
    elif settings.json:
        print_json(_describe(questionnaire))
    else:
        from assess.pages.content import make_questionnaire_page

        open_console(settings).show_page(make_questionnaire_page(questionnaire))


def _describe_head(questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "questions": len(questionnaire.questions),
    }


def _describe(questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "title": questionnaire.title,
        "dimensions": [{"id": d.id, "title": d.title} for d in questionnaire.dimensions],
        "questions": [
            {"id": q.id, "dimension": q.dimension, "ask": q.ask, "levels": list(q.levels)}
            for q in questionnaire.questions
        ],
    }
