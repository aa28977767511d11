"""`assess why ACTION`: why it is in the plan, or why not."""

from dataclasses import replace
from pathlib import Path

import click

from assess.catalogue import find_action
from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_kept, open_library, print_json
from assess.documents.explanation import describe_explanation
from assess.planning.build import build_plan
from assess.planning.explanation import explain_action
from assess.planning.plan import Plan
from assess.rules.miss import find_bearing
from assess.workflow.answer_files import read_assessment
from assess.workflow.plans import Past, Wishes, find_basis, find_situation, find_team_size
from assess.workflow.running import find_plan_inputs, load_plan_data
from assess.workflow.teams import find_assessment


@command("why", "assess why write-three-goals", "assess why free-two-hours --answers answers.toml")
@click.argument("action")
@click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the whole team.")
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="For this file instead."
)
def why_command(
    settings: Settings, action: str, hours: int | None, answers: tuple[Path, ...]
) -> None:
    """Say why an action is in the plan, or why not, and what it would take.

    Name it by its id, its title, or a part of the title.
    """
    library = open_library(settings)
    wishes, past = Wishes(hours=hours), Past()
    if answers:
        assessment = read_assessment(answers, library)
    else:
        with open_kept(settings) as store:
            assessment = find_assessment(
                library, store, settings.team, settings.questionnaire, None
            )
            wishes, past = find_plan_inputs(store, assessment, wishes, settings.today)
    data = load_plan_data(library, assessment)
    chosen = find_action(data.catalogue, action, "ACTION")

    def plan_with(*wants: str) -> Plan:
        wished = replace(wishes, wants=(*wishes.wants, *wants))
        return build_plan(find_basis(data, assessment, wished, past, settings.today))

    plan = plan_with()
    size = find_team_size(assessment, data.rules.limits)
    situation = find_situation(assessment, past, plan.capacity.hours_per_week, size)
    explanation = explain_action(
        chosen, plan, find_bearing(data.rules, situation, chosen), plan_with
    )
    if settings.json:
        print_json(describe_explanation(explanation))
        return
    from assess.pages.explanation import make_explanation_page

    open_console(settings).show_page(make_explanation_page(explanation))
