"""What follows from answers in a terminal: the result, the plan, and both of them kept."""

from pathlib import Path

from assess.answers import Assessment
from assess.care import CareCheck
from assess.cli.settings import Settings
from assess.cli.showing import find_result_page, offer_consensus, show_changes, why_no_plan
from assess.cli.wiring import open_console, print_json
from assess.library import Library
from assess.pages.plan import make_plan_page
from assess.planning.calendar import crosses_new_year
from assess.scoring.assessment import Result, score_assessment
from assess.store import Store
from assess.workflow.answer_files import complete_assessment
from assess.workflow.history import has_result
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
    if not is_ready(result):
        store.keep_assessment(given, replace=replace)
        _show(settings, result, None, care)
        return
    drawn = draw_plan(library, store, assessment, Wishes(hours=hours), out, settings.today)
    show_changes(open_console(settings), drawn)
    with writing(store, assessment, drawn):
        store.keep_assessment(given, replace=replace)
    _show(settings, result, drawn, care)


def _keep_silently(settings: Settings, store: Store, given: Assessment, *, replace: bool) -> None:
    """Keep the answers of so few members that no result may be shown."""
    store.keep_assessment(given, replace=replace)
    if settings.json:
        print_json({"score": None, "plan": None})
    open_console(settings).say(offer_consensus(given, settings.today))


def _show(settings: Settings, result: Result, drawn: Drawn | None, care: CareCheck | None) -> None:
    if settings.json:
        from assess.documents.plan import describe_plan
        from assess.documents.score import describe_profile

        plan = describe_plan(drawn.plan).as_json() if drawn else None
        score = describe_profile(
            result.profile, team=result.assessment.team, day=result.assessment.date
        )
        print_json({"score": score, "plan": plan})
        return
    console = open_console(settings)
    console.show_page(find_result_page(result, care))
    if drawn is None:
        console.say(why_no_plan(result))
        return
    console.show_page(make_plan_page(drawn.plan))
    console.say(f"Written to {drawn.file.path}")
    if crosses_new_year(drawn.plan.start, drawn.plan.end):
        console.say(
            "The plan runs over the turn of the year; take weeks off with assess plan --off."
        )
    if drawn.follows_another:
        console.say("Next: see what moved since last time: assess compare")
    console.say("Next: read the plan, then every week: assess checkin")
