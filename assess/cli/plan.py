"""`assess plan`: plan anew, or update a plan without losing an edit."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from assess.answers import Assessment
from assess.cli.command import command
from assess.cli.outfile import PLANS, OutFile
from assess.cli.settings import Day, Settings
from assess.cli.showing import show_changes, show_place
from assess.cli.wiring import for_next, open_console, open_kept, open_library, print_json
from assess.document.reading import PlanDocument
from assess.documents.plan import describe_plan
from assess.library import Library
from assess.pages.plan import make_plan_page
from assess.pages.way import way_section
from assess.planning.build import build_plan
from assess.planning.calendar import weeks_off_problem
from assess.planning.plan import Plan
from assess.planning.way import find_faster_way, find_way
from assess.workflow.answer_files import read_assessment
from assess.workflow.plan_exports import FORMATS, Export, find_format, write_plan_export
from assess.workflow.plan_files import Place, prepare_plan_file, read_paper, writing_plan
from assess.workflow.plans import Past, Wishes, find_basis
from assess.workflow.running import Drawn, draw_plan, load_plan_data, writing
from assess.workflow.supposing import suppose
from assess.workflow.teams import find_assessment


class Supposition(click.ParamType):  # type: ignore[type-arg]  # Generic only in newer releases.
    """A question at a level, as Q=N."""

    name = "Q=N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        question, _, level = str(value).partition("=")
        if level.strip() not in ("0", "1", "2", "3"):
            self.fail(
                f"{value!r} is not like goals-written=2, with a level from 0 to 3.", param, ctx
            )
        return question.strip(), int(level)


class WeeksOff(click.ParamType):  # type: ignore[type-arg]  # Generic only in newer releases.
    """Weeks, dates or ranges of dates; whether the plan has them only the plan can tell."""

    name = "WEEKS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        for part in str(value).split(","):
            if (problem := weeks_off_problem(part.strip())) is not None:
                self.fail(problem, param, ctx)
        return str(value)


@command(
    "plan",
    "assess plan",
    "assess plan --hours 8 --off 2026-12-21..2027-01-03",
    "assess plan --what-if goals-written=2 --what-if roles-owner=1",
    "assess plan --format ics",
)
@click.option("--start", type=Day(), help="First day; moves to the next Monday.")
@click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the whole team.")
@click.option("--off", multiple=True, type=WeeksOff(), help="Weeks off: 3,4, DATE..DATE or none.")
@click.option("--want", "wants", multiple=True, metavar="ACTION", help="Your own must.")
@click.option("--skip", "skips", multiple=True, metavar="ACTION", help="Your own avoid.")
@click.option(
    "--what-if", multiple=True, type=Supposition(), help="As if question Q were at level N."
)
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Plan for this file instead."
)
@click.option("--before", type=click.Path(path_type=Path), help="With --answers: the last ones.")
@click.option("--format", "wanted_format", type=click.Choice(FORMATS), help="Of the file.")
@click.option(
    "--separator",
    type=click.Choice([",", ";", "tab"]),
    default=",",
    show_default=True,
    help="Between the cells of a table.",
)
@click.option("--out", type=OutFile(PLANS), help="The file to write; its ending says what.")
def plan_command(
    settings: Settings,
    start: date | None,
    hours: int | None,
    off: tuple[str, ...],
    wants: tuple[str, ...],
    skips: tuple[str, ...],
    what_if: tuple[tuple[str, int], ...],
    answers: tuple[Path, ...],
    before: Path | None,
    wanted_format: str | None,
    separator: str,
    out: Path | None,
) -> None:
    """Plan the next 13 weeks; a plan file that is there keeps every edit.

    With --answers or --what-if nothing is kept, and a file is written only with --out.
    """
    if before is not None and not answers:
        raise click.UsageError("--before goes with --answers.")
    library = open_library(settings)
    wishes = Wishes(start, hours, off, wants, skips)
    form = find_format(wanted_format, out)
    if out is not None and out.suffix.lower() != f".{form}":
        raise click.UsageError(f"--format {form} and --out {out} say two things: leave out one.")
    export = Export(form, settings.today, "\t" if separator == "tab" else separator)
    if answers:
        assessment = suppose(read_assessment(answers, library, settings.team), dict(what_if))
        previous = read_assessment([before], library, settings.team) if before else None
        plan = _plan_beside(library, assessment, previous, wishes, settings.today)
        _export(settings, library, plan, export, out)
        return
    with open_kept(settings) as store:
        assessment = find_assessment(library, store, settings.team, settings.questionnaire, None)
        supposed = suppose(assessment, dict(what_if))
        file = out if form == "md" else None
        drawn = draw_plan(library, store, supposed, wishes, file, settings.today)
        settings = for_next(settings, store, assessment.team, assessment.questionnaire.id)
        if what_if or form != "md":
            named = None if what_if else drawn.file.path.with_suffix(f".{form}")
            _export(settings, library, drawn.plan, export, out or named, drawn.file.document)
            show_place(open_console(settings), drawn)
            told = "Only supposed" if what_if else "Only written out"
            open_console(settings).say(f"{told}: nothing of it is kept.")
            return
        show_changes(open_console(settings), drawn)
        with writing(store, assessment, drawn):
            pass
    _show(settings, drawn)


def _plan_beside(
    library: Library,
    assessment: Assessment,
    previous: Assessment | None,
    wishes: Wishes,
    today: date,
) -> Plan:
    """Plan for answers that are not in the store."""
    data = load_plan_data(library, assessment)
    return build_plan(find_basis(data, assessment, wishes, Past(previous=previous), today))


def _show(settings: Settings, drawn: Drawn) -> None:
    """Show a kept plan, and the way to the next stage."""
    if settings.json:
        print_json(describe_plan(drawn.plan).as_json())
        return
    way = find_way(drawn.basis)
    faster = find_faster_way(drawn.basis, way)
    console = open_console(settings)
    console.show_page(make_plan_page(drawn.plan, way_section(way, faster)))
    console.say(f"Written to {drawn.file.path}")


def _export(
    settings: Settings,
    library: Library,
    plan: Plan,
    export: Export,
    out: Path | None,
    edited: PlanDocument | None = None,
) -> None:
    """Write a plan that is not kept, if there is to be a file, and show it."""
    if out is not None and export.form == "md":
        with writing_plan(prepare_plan_file(plan, library, Place(out, read_paper(out, None)))):
            pass
    elif out is not None:
        write_plan_export(out, plan, export, edited)
    if settings.json:
        print_json(describe_plan(plan).as_json())
    else:
        console = open_console(settings)
        console.show_page(make_plan_page(plan))
        if out is not None:
            console.say(f"Written to {out}")
