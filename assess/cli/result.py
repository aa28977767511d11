"""`assess result`: a result again, in the terminal or as Markdown to share."""

from datetime import date
from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Day, Settings
from assess.cli.showing import find_result_page
from assess.cli.wiring import open_console, open_kept, open_library, print_json
from assess.library.files import write_new
from assess.media.markdown import render_markdown
from assess.pages.checkin import past_checkins_section
from assess.scoring.assessment import score_assessment
from assess.workflow.checkins import list_past_checkins
from assess.workflow.history import load_plan
from assess.workflow.teams import find_assessment


@command("result", "assess result", "assess result --date 2026-11-22 --out result.md")
@click.option("--date", "day", type=Day(), help="The assessment; else the latest.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it as Markdown to share.")
def result_command(settings: Settings, day: date | None, out: Path | None) -> None:
    """Show a result again, with the check-ins since, or write it as Markdown to share."""
    library = open_library(settings)
    with open_kept(settings) as store:
        assessment = find_assessment(library, store, settings.team, settings.questionnaire, day)
        kept = load_plan(store, assessment)
    result = score_assessment(assessment)
    page = find_result_page(result, None, past_checkins_section(list_past_checkins(kept)))
    if out is not None:
        write_new(out, render_markdown(page))
    if settings.json:
        from assess.documents.score import describe_profile

        print_json(
            describe_profile(
                result.profile, team=result.assessment.team, day=result.assessment.date
            )
        )
        return
    console = open_console(settings)
    console.show_page(page)
    if out is not None:
        console.say(f"Written to {out}")
