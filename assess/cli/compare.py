"""`assess compare`: this quarter against the last."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from assess.answers import Assessment
from assess.cli.command import command
from assess.cli.outfile import SHARED, OutFile, is_json, write_json
from assess.cli.settings import Day, Settings
from assess.cli.wiring import for_next, open_console, open_kept, open_library, print_json
from assess.comparison import Comparison, follow_quarters
from assess.identity import TeamName
from assess.library import Library
from assess.library.files import write_new
from assess.library.plans import read_plan_data
from assess.media.markdown import render_markdown
from assess.pages.blocks import Section
from assess.pages.comparison import course_sections, make_comparison_page
from assess.scoring import VIEWS, View
from assess.workflow.checkins import list_past_checkins
from assess.workflow.comparing import compare_in_store, compare_with_team, find_plan_between
from assess.workflow.history import has_result
from assess.workflow.teams import find_assessment


@command(
    "compare",
    "assess compare",
    "assess compare --from 2026-05-18 --to 2026-11-22 --out comparison.md",
)
@click.option("--from", "start", type=Day(), help="The earlier assessment; else the one before.")
@click.option("--to", "end", type=Day(), help="The later assessment; else the latest.")
@click.option("--with", "other", type=TeamName, metavar="TEAM", help="Another team, side by side.")
@click.option("--view", type=click.Choice(VIEWS), help="Whose answers; else the strongest view.")
@click.option("--out", type=OutFile(SHARED), help="Write it to share: .md or .json.")
def compare_command(
    settings: Settings,
    start: date | None,
    end: date | None,
    other: TeamName | None,
    view: View | None,
    out: Path | None,
) -> None:
    """Compare this quarter with the last: what moved, and whether it is more than noise."""
    if other is not None and start is not None:
        raise click.UsageError("--with compares two teams today; --from goes without it.")
    library = open_library(settings)
    with open_kept(settings) as store:
        latest = find_assessment(library, store, settings.team, settings.questionnaire, end)
        every = store.load_assessments(latest.team, latest.questionnaire.id)
        if other is not None:
            comparison = compare_with_team(library, store, latest, other, view)
        else:
            comparison = compare_in_store(store, every, start, end, view)
        checkins = list_past_checkins(
            None if other else find_plan_between(store, comparison, every)
        )
        settings = for_next(settings, store, latest.team, latest.questionnaire.id)
    titles = _titles(library, latest) if comparison.actions else {}
    course = _course(latest, every) if other is None else ()
    page = make_comparison_page(comparison, titles, checkins, course)
    if out is not None and is_json(out):
        write_json(out, _describe(comparison))
    elif out is not None:
        write_new(out, render_markdown(page))
    if settings.json:
        print_json(_describe(comparison))
        return
    console = open_console(settings)
    console.show_page(page)
    if out is not None:
        console.say(f"Written to {out}")


def _describe(comparison: Comparison) -> Mapping[str, Any]:
    from assess.documents.comparison import describe_comparison

    return describe_comparison(comparison)


def _course(latest: Assessment, every: Iterable[Assessment]) -> tuple[Section, ...]:
    quarters = [one for one in every if has_result(one)]
    return course_sections(latest.questionnaire, follow_quarters(quarters))


def _titles(library: Library, assessment: Assessment) -> dict[str, str]:
    """Return the titles of the actions that may stand in a plan."""
    actions = read_plan_data(library, library.questionnaire(assessment.questionnaire.id)).catalogue
    return {action.id: action.title for action in actions.actions}
