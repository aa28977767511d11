"""`assess run`: the answers, the result, the 90-day plan."""

from datetime import date
from pathlib import Path

import click

from assess.answers import Assessment, Respondent
from assess.cli.command import command
from assess.cli.settings import Day, Settings
from assess.cli.showing import show_assessment, show_changes, why_no_plan
from assess.cli.wiring import open_asker, open_console, open_library, open_store, print_json
from assess.console.plan import show_plan
from assess.library import Library
from assess.scoring import Result, score_assessment
from assess.store import Store
from assess.workflow.answering import (
    Sitting,
    complete_assessment,
    read_assessment,
    sit_down,
)
from assess.workflow.history import has_result
from assess.workflow.plans import Wishes
from assess.workflow.running import Drawn, draw_plan, is_ready, writing


@command(
    "run",
    "assess run",
    "assess run --answers answers.toml --out plan.md",
    "assess run --edit 2026-11-22",
)
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Read them; never ask."
)
@click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the whole team.")
@click.option(
    "--as",
    "respondent",
    type=click.Choice(["manager", "member", "consensus"]),
    default="manager",
    help="Who answers.",
)
@click.option("--edit", type=Day(), help="Change the answers of this date.")
@click.option("--replace", is_flag=True, help="Put other answers in the place of those kept.")
@click.option("--out", type=click.Path(path_type=Path), help="The plan's file.")
def run_command(
    settings: Settings,
    answers: tuple[Path, ...],
    hours: int | None,
    respondent: Respondent,
    edit: date | None,
    replace: bool,
    out: Path | None,
) -> None:
    """Answer the questionnaire, see the stage, get the 90-day plan.

    Each answer is kept as it is given: stop with Ctrl-C, and go on with the same command.
    """
    library = open_library(settings)
    if answers:
        given = read_assessment(answers, library)
        with open_store(settings) as store:
            _finish(settings, library, store, given, Wishes(hours=hours), out, replace=replace)
        return
    asker = open_asker(settings)
    with open_store(settings) as store:
        sitting = Sitting(respondent, edit or settings.today, edit is not None, hours)
        assessment = sit_down(library, store, asker, settings.team, settings.questionnaire, sitting)
        _finish(settings, library, store, assessment, Wishes(hours=hours), out, replace=False)


def _finish(
    settings: Settings,
    library: Library,
    store: Store,
    given: Assessment,
    wishes: Wishes,
    out: Path | None,
    *,
    replace: bool,
) -> None:
    """Show the result, make the plan, and keep both: all of it or nothing."""
    assessment = complete_assessment(store, given)
    if assessment.members and not has_result(assessment):
        _keep_silently(settings, store, given, replace=replace)
        return
    result = score_assessment(assessment)
    if not is_ready(result):
        store.keep_assessment(given, replace=replace)
        _show(settings, result, None)
        return
    drawn = draw_plan(library, store, assessment, wishes, out, settings.today)
    if not settings.json:
        show_changes(open_console(settings), drawn)
    with writing(store, assessment, drawn):
        store.keep_assessment(given, replace=replace)
    _show(settings, result, drawn)


def _keep_silently(settings: Settings, store: Store, given: Assessment, *, replace: bool) -> None:
    """Keep members' answers of which no result may be shown yet."""
    store.keep_assessment(given, replace=replace)
    if settings.json:
        print_json({"score": None, "plan": None})
    open_console(settings).say(
        "Your answers are kept. Members' results are shown once the assessment is closed and "
        f"at least {given.minimum} of them have answered."
    )


def _show(settings: Settings, result: Result, drawn: Drawn | None) -> None:
    if settings.json:
        from assess.export.documents import describe_profile
        from assess.planning.record import describe_plan

        plan = describe_plan(drawn.plan) if drawn else None
        score = describe_profile(
            result.profile, team=result.assessment.team, day=result.assessment.date
        )
        print_json({"score": score, "plan": plan})
        return
    console = open_console(settings)
    show_assessment(console, result)
    if drawn is None:
        console.say(why_no_plan(result))
        return
    show_plan(console, drawn.plan, str(drawn.file.path))
    console.say("Next: read the plan, then every week: assess checkin")
