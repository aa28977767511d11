"""`assess result`: a result again, in the terminal or as Markdown to share."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from assess.cli.command import command
from assess.cli.outfile import SHARED, OutFile, is_json, write_json
from assess.cli.settings import Day, Settings
from assess.cli.showing import find_result_page
from assess.cli.wiring import for_next, open_console, open_kept, open_library, print_json
from assess.library.files import write_new
from assess.media.markdown import render_markdown
from assess.pages.checkin import past_checkins_section
from assess.scoring.assessment import Result, score_assessment
from assess.workflow.checkins import list_past_checkins
from assess.workflow.history import load_plan
from assess.workflow.teams import find_assessment


@command("result", "assess result", "assess result --date 2026-11-22 --out result.md")
@click.option("--date", "day", type=Day(), help="The assessment; else the latest.")
@click.option("--out", type=OutFile(SHARED), help="Write it to share: .md or .json.")
def result_command(settings: Settings, day: date | None, out: Path | None) -> None:
    """Show a result again, with the check-ins since, or write it to share."""
    library = open_library(settings)
    with open_kept(settings) as store:
        assessment = find_assessment(library, store, settings.team, settings.questionnaire, day)
        kept = load_plan(store, assessment)
        settings = for_next(settings, store, assessment.team, assessment.questionnaire.id)
    result = score_assessment(assessment)
    page = find_result_page(result, None, past_checkins_section(list_past_checkins(kept)))
    if out is not None and is_json(out):
        write_json(out, _describe(result))
    elif out is not None:
        write_new(out, render_markdown(page))
    if settings.json:
        print_json(_describe(result))
        return
    console = open_console(settings)
    console.show_page(page)
    if out is not None:
        console.say(f"Written to {out}")


def _describe(result: Result) -> Mapping[str, Any]:
    from assess.documents.score import describe_profile

    return describe_profile(result.profile, team=result.assessment.team, day=result.assessment.date)
