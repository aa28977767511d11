"""`assess run`: the answers, the result, the 90-day plan."""

from datetime import date
from pathlib import Path

import click

from assess.answers import Assessment, Respondent
from assess.cli.command import command
from assess.cli.settings import Day, Settings
from assess.cli.showing import offer_consensus, show_assessment, show_changes, why_no_plan
from assess.cli.wiring import (
    open_asker,
    open_console,
    open_kept,
    open_library,
    open_store,
    print_json,
)
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
from assess.workflow.membership import answer_as_member
from assess.workflow.plans import Wishes
from assess.workflow.running import Drawn, draw_plan, is_ready, writing


@command(
    "run",
    "assess run",
    "assess run --answers answers.toml --out plan.md",
    "assess run --edit 2026-11-22",
    "assess run --as member",
)
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Read them; never ask."
)
@click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the whole team.")
@click.option(
    "--as",
    "respondent",
    type=click.Choice(["manager", "member", "consensus"]),
    help="Who answers; the manager, unless said otherwise.",
)
@click.option("--edit", type=Day(), help="Change the answers of this date.")
@click.option("--replace", is_flag=True, help="Put other answers in the place of those kept.")
@click.option("--out", type=click.Path(path_type=Path), help="The plan's file.")
def run_command(
    settings: Settings,
    answers: tuple[Path, ...],
    hours: int | None,
    respondent: Respondent | None,
    edit: date | None,
    replace: bool,
    out: Path | None,
) -> None:
    """Answer the questionnaire, see the stage, get the 90-day plan.

    Each answer is kept as it is given: stop with Ctrl-C, and go on with the same command.
    A member is asked no name, and sees no result.
    """
    library = open_library(settings)
    if answers:
        given = read_assessment(answers, library)
        _refuse_other(given, respondent)
        with open_store(settings) as store:
            _finish(settings, library, store, given, Wishes(hours=hours), out, replace=replace)
        return
    if respondent == "member":
        _ask_member(settings, edit)
        return
    asker = open_asker(settings)
    with open_store(settings) as store:
        sitting = Sitting(respondent or "manager", edit or settings.today, edit is not None, hours)
        assessment = sit_down(library, store, asker, settings.team, settings.questionnaire, sitting)
        _finish(settings, library, store, assessment, Wishes(hours=hours), out, replace=False)


def _refuse_other(given: Assessment, respondent: Respondent | None) -> None:
    """Refuse files that say that somebody else answered than the command line does."""
    said = {"manager": given.manager, "member": given.members, "consensus": given.consensus}
    others = [who for who, answers in said.items() if answers and who != respondent]
    if respondent is not None and others:
        raise click.UsageError(
            f"The answers are those of the {others[0]}, not of the {respondent}: leave out --as."
        )


def _ask_member(settings: Settings, edit: date | None) -> None:
    """Ask one member, and show nothing but thanks."""
    if edit is not None:
        raise click.UsageError("A member's answers cannot be changed once they are sent.")
    asker = open_asker(settings)
    with open_kept(settings) as store:
        answer_as_member(store, asker, settings.team, settings.questionnaire)
    open_console(settings).say(
        "Thank you. Your answers are kept without your name, their order or their time. They "
        "are confidential: nobody is shown them, and they cannot be changed any more."
    )


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
    """Keep the answers of so few members that no result may be shown."""
    store.keep_assessment(given, replace=replace)
    if settings.json:
        print_json({"score": None, "plan": None})
    open_console(settings).say(offer_consensus(given, settings.today))


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
