"""What follows from answers: the result, the plan, and both of them kept, all or nothing."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assess.answers import Assessment
from assess.care import CareCheck
from assess.commands import join_command
from assess.documents.plan import describe_run
from assess.errors import AssessError
from assess.figures import join_words
from assess.interview.asker import Asker
from assess.interview.prompts import ask_time_off
from assess.library.plan_data import find_missing_files, load_plan_data
from assess.pages.blocks import Next, Page, Section, next_section
from assess.pages.plan import make_plan_page, make_run_page, over_section
from assess.planning.calendar import next_monday, offer_holidays, read_time_off
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.store import Store
from assess.workflow.assessing.answer_files import complete_assessment
from assess.workflow.finding import Errand
from assess.workflow.frozen import refuse_frozen, refuse_members_files
from assess.workflow.history import has_result
from assess.workflow.outcome import Outcome, write_outcome
from assess.workflow.plan.basis import Wishes
from assess.workflow.plan.drawing import Drawn, describe_changes, draw_plan, writing
from assess.workflow.plan.exports import Export, find_format, write_plan_export
from assess.workflow.plan.replanning import is_over
from assess.workflow.results.result import find_result_page, offer_consensus, why_no_plan

if TYPE_CHECKING:
    from assess.documents.kept import KeptPlan


@record
class RunEnd:
    """How a run is to end: the hours and the file that were named, and whether to replace."""

    hours: int | None = None
    out: Path | None = None
    replace: bool = False


def finish_run(
    errand: Errand,
    given: Assessment,
    finish: RunEnd,
    care: CareCheck | None = None,
    asker: Asker | None = None,
) -> Outcome:
    """Score the answers, make the plan, and keep both: all of it or nothing.

    `care` says how the answers were given, where somebody has just given them; `asker` asks
    when the team is away, where a plan is first made.
    """
    store, today = errand.store, errand.today
    store.check_assessment(given, replace=finish.replace)
    assessment = complete_assessment(store, given)
    if assessment.members and not has_result(assessment):
        store.keep_assessment(given, replace=finish.replace)
        said = (offer_consensus(given, today),)
        return Outcome((), lambda: describe_run(None, None), messages=said)
    result, kept = score_assessment(assessment), store.load_plan(assessment.key)
    if (end := _end_without_plan(errand, given, result, kept)) is not None:
        return _keep_result(store, given, result, finish, care, end)
    form = find_format(None, finish.out)
    file = finish.out if form == "md" and _is_markdown(finish.out) else None
    # A plan that is there knows when the team is away.
    off = _ask_time_off(errand, assessment, asker) if asker and kept is None else ()
    drawn = draw_plan(errand, assessment, Wishes(hours=finish.hours, off=off), file)
    outcome = _describe_run(result, drawn, care, was_asked=asker is not None)
    with writing(store, assessment, drawn):
        store.keep_assessment(given, replace=finish.replace)
        if finish.out is not None and form in ("ics", "csv"):
            write_plan_export(finish.out, drawn.plan, Export(form, today), drawn.file.document)
        elif finish.out is not None and file is None:
            write_outcome(outcome, finish.out)
    return outcome.about(store, assessment.key)


def finish_files(
    errand: Errand, given: Assessment, end: RunEnd, *, same_person: bool | None
) -> Outcome:
    """Do the same for answers from files; `same_person` says who the manager is, if said."""
    refuse_members_files(given)
    if same_person is not None:
        given = replace(given, same_manager=same_person)
    kept = errand.store.find_assessment(given.key)
    if given.consensus is not None and (kept is None or kept.consensus != given.consensus):
        refuse_frozen(errand, given.key, "consensus")
    return finish_run(errand, given, end)


def _ask_time_off(errand: Errand, assessment: Assessment, asker: Asker) -> tuple[str, ...]:
    """Return when the team is away in its first plan."""
    start = next_monday(max(errand.today, assessment.date))
    weeks = load_plan_data(errand.library, assessment).rules.limits.weeks

    def find_problem(typed: str) -> str | None:
        try:
            read_time_off([typed], start, weeks)
        except AssessError as error:
            return error.what
        return None

    subject = assessment.questionnaire.subject
    return (ask_time_off(asker, offer_holidays(start, weeks), find_problem, subject),)


def _is_markdown(out: Path | None) -> bool:
    return out is None or out.suffix.lower() == ".md"


def _end_without_plan(
    errand: Errand, given: Assessment, result: Result, kept: "KeptPlan | None"
) -> Section | None:
    """Return why there is no plan to make, and the command that mends it; None if there is one."""
    assessment, today = result.assessment, errand.today
    if not result.is_ready:
        step = ("Once all have answered:", join_command("close"))
        if assessment.closed:
            step = ("Change the answers:", join_command("run", "--edit", str(assessment.date)))
        return next_section((why_no_plan(result),), step)
    if missing := find_missing_files(errand.library, assessment.questionnaire):
        files = join_words(missing, "and")
        text = f"These answers are kept. A plan needs what is not there yet: {files}."
        return next_section((text,), ("Once it is there:", join_command("plan")))
    if kept is not None and is_over(kept, today):
        # Old answers, or a late correction of them, are no new quarter.
        were_kept = errand.store.find_assessment(given.key) == assessment
        end = kept.written.document.end
        return over_section(assessment.date, end, today, were_kept=were_kept)
    return None


def _keep_result(
    store: Store,
    given: Assessment,
    result: Result,
    finish: RunEnd,
    care: CareCheck | None,
    end: Section,
) -> Outcome:
    """Keep answers of which no plan is made; `end` says why."""
    page = find_result_page(result, care)
    whole = Page(page.title, (*page.sections, end))
    outcome = Outcome((whole,), lambda: describe_run(result, None), screen=whole)
    with store.together():
        store.keep_assessment(given, replace=finish.replace)
        if finish.out is not None and not _is_markdown(finish.out):
            write_outcome(outcome, finish.out)
    return outcome


def _describe_run(
    result: Result, drawn: Drawn, care: CareCheck | None, *, was_asked: bool
) -> Outcome:
    page, plan = find_result_page(result, care), drawn.plan
    # At the terminal what moved was shown before anybody asked for a plan.
    is_new = drawn.ground.past.previous is not None and not was_asked
    end = next_section((f"Written to {drawn.file.path}",), *_next_steps(drawn, shows_moves=is_new))
    screen = make_run_page(page.title, plan.team, plan.profile, plan, end)
    return Outcome(
        pages=(page, make_plan_page(plan, end)),
        describe=lambda: describe_run(result, plan),
        messages=describe_changes(drawn),
        warnings=drawn.warnings,
        screen=screen,
    )


def _next_steps(drawn: Drawn, *, shows_moves: bool) -> tuple[Next, ...]:
    plan, steps = drawn.plan, []
    away = offer_holidays(plan.start, len(plan.weeks))
    was_said = drawn.wishes.off or plan.capacity.weeks_off or plan.capacity.days_off
    if away and not was_said:
        steps.append(("Away over the turn of the year:", join_command("plan", "--off", away)))
    if shows_moves:
        steps.append(("See what moved since last time:", join_command("compare")))
    steps.append(("Read the plan, then every week:", join_command("checkin")))
    return tuple(steps)
