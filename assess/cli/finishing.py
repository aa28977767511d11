"""What follows from answers in a terminal: the result, the plan, and both of them kept."""

from pathlib import Path
from typing import Any

from assess.answers import Assessment
from assess.care import CareCheck
from assess.cli.outfile import is_json, write_json
from assess.cli.settings import Settings
from assess.cli.showing import find_result_page, offer_consensus, show_changes, why_no_plan
from assess.cli.wiring import for_next, open_console, print_json
from assess.commands import join_command
from assess.library import Library
from assess.pages.plan import make_plan_page
from assess.planning.calendar import crosses_new_year
from assess.scoring.assessment import Result, score_assessment
from assess.store import Store
from assess.workflow.answer_files import complete_assessment
from assess.workflow.history import has_result
from assess.workflow.plan_exports import Export, find_format, write_plan_export
from assess.workflow.plans import Wishes
from assess.workflow.running import Drawn, draw_plan, is_ready, writing


def finish_run(
    settings: Settings,
    library: Library,
    store: Store,
    given: Assessment,
    hours: int | None,
    out: Path | None,
    *,
    replace: bool,
    care: CareCheck | None = None,
) -> None:
    """Show the result, make the plan, and keep both: all of it or nothing.

    `care` says how the answers were given, where somebody has just given them.
    """
    store.check_assessment(given, replace=replace)
    assessment = complete_assessment(store, given)
    if assessment.members and not has_result(assessment):
        _keep_silently(settings, store, given, replace=replace)
        return
    result = score_assessment(assessment)
    form = find_format(None, out)
    if not is_ready(result):
        with store.together():
            store.keep_assessment(given, replace=replace)
            if out is not None and is_json(out):
                write_json(out, _describe(result, None))
        _show(settings, result, None, care)
        return
    file = out if form == "md" else None
    drawn = draw_plan(library, store, assessment, Wishes(hours=hours), file, settings.today)
    show_changes(open_console(settings), drawn)
    with writing(store, assessment, drawn):
        store.keep_assessment(given, replace=replace)
        if out is not None and file is None:
            _write_beside(out, Export(form, settings.today), result, drawn)
    settings = for_next(settings, store, assessment.team, assessment.questionnaire.id)
    _show(settings, result, drawn, care)


def _keep_silently(settings: Settings, store: Store, given: Assessment, *, replace: bool) -> None:
    """Keep the answers of so few members that no result may be shown."""
    store.keep_assessment(given, replace=replace)
    if settings.json:
        print_json({"score": None, "plan": None})
    open_console(settings).say(offer_consensus(given, settings.today))


def _write_beside(out: Path, export: Export, result: Result, drawn: Drawn) -> None:
    """Write what other programs take, beside the plan's own file."""
    if is_json(out):
        write_json(out, _describe(result, drawn))
    else:
        write_plan_export(out, drawn.plan, export, drawn.file.document)


def _describe(result: Result, drawn: Drawn | None) -> dict[str, Any]:
    from assess.documents.plan import describe_plan
    from assess.documents.score import describe_profile

    assessment = result.assessment
    return {
        "score": describe_profile(result.profile, team=assessment.team, day=assessment.date),
        "plan": describe_plan(drawn.plan).as_json() if drawn else None,
    }


def _show(settings: Settings, result: Result, drawn: Drawn | None, care: CareCheck | None) -> None:
    if settings.json:
        print_json(_describe(result, drawn))
        return
    console = open_console(settings)
    console.show_page(find_result_page(result, care))
    if drawn is None:
        console.say(why_no_plan(result))
        return
    console.show_page(make_plan_page(drawn.plan))
    console.say(f"Written to {drawn.file.path}")
    if crosses_new_year(drawn.plan.start, drawn.plan.end):
        away = f"{drawn.plan.start.year}-12-21..{drawn.plan.end.year}-01-03"
        off = join_command("plan", "--off", away)
        console.say(f"The plan runs over the turn of the year. To take weeks off: {off}")
    if drawn.follows_another:
        console.say("Next: see what moved since last time: assess compare")
    console.say("Next: read the plan, then every week: assess checkin")
