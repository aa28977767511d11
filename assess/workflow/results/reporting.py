"""The report: everything about a quarter as one file, for one of three kinds of readers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assess.answers import Assessment
from assess.catalogue.action import Action
from assess.checkin.status import CheckIn
from assess.documents.kept import KeptPlan
from assess.documents.score import describe_report_file
from assess.errors import AnswersError, AssessError, MismatchError
from assess.figures import long_day
from assess.goals.goal import Goal
from assess.library.plan_data import find_actions
from assess.pages.blocks import Page, Section
from assess.pages.board import Beside, make_board_page
from assess.pages.checkin import describe_progress, make_checkin_page, past_checkins_section
from assess.pages.content import make_method_page
from assess.pages.goals import make_goals_page
from assess.pages.plan import make_timeline
from assess.pages.promise import describe_last
from assess.pages.result import make_result_page
from assess.planning.calendar import review_dates
from assess.scoring.assessment import Result, score_assessment
from assess.scoring.profile import Profile
from assess.store import Store
from assess.workflow.aims.desk import followed_in, read_aims, tell_beside
from assess.workflow.checkin.reading import join_said, list_past_checkins, read_kept
from assess.workflow.finding import Errand, find_assessment, find_planned
from assess.workflow.outcome import Outcome, write_outcome
from assess.workflow.papers import name_plan_file, name_whose
from assess.workflow.plan.promising import tell_so_far
from assess.workflow.results.result import find_answers_page, find_result_page, shown_answers

if TYPE_CHECKING:
    from assess.comparison.promise import FollowedPromise
    from assess.comparison.records import Comparison

Readers = Literal["everybody", "board", "team"]


def make_report(
    errand: Errand, day: date | None = None, readers: Readers = "everybody", out: Path | None = None
) -> Outcome:
    """Write the report of an assessment, and return what it holds.

    The board gets the first page alone; the team gets nothing that the manager answered.
    """
    store, assessment = errand.store, find_assessment(errand, day)
    result = score_assessment(assessment)
    found = _find_pages(errand, result, readers)
    pages = tuple(replace(page, name=name) for name, page in found)
    if not pages:
        raise AssessError(
            "There is nothing in this report for the team: no plan, and no answers but the "
            "manager's.",
            f"assessment of {assessment.team}, {assessment.date}",
            "Make a plan first (assess plan), or write the whole report: assess report",
        )
    whose = name_whose(assessment.team, assessment.questionnaire)
    name = name_plan_file(whose, assessment.date).stem
    # Each kind of readers has a file of its own, so that none takes the place of another.
    file = out or Path(f"{name}-{'report' if readers == 'everybody' else readers}.html")
    document = partial(describe_report_file, str(file), result)
    write_outcome(Outcome(pages, document), file)
    outcome = Outcome((), document, after=(f"Written to {file}",))
    return outcome.about(store, assessment.key)


def _find_pages(errand: Errand, result: Result, readers: Readers) -> Iterator[tuple[str, Page]]:
    """Yield the page for the board, which without a plan is the result, and all others."""
    store, assessment, today = errand.store, result.assessment, errand.today
    team, questionnaire = assessment.team, assessment.questionnaire
    every = store.load_assessments(team, questionnaire.id)
    actions = find_actions(errand.library, assessment)
    kept, may_see = store.load_plan(assessment.key), readers != "team" or result.view != "manager"
    comparison = _compare(store, assessment, every, readers)
    aims = read_aims(store, team, None, None, today)
    checkin = _read_checkin(errand, assessment, kept, actions) if kept else None
    if kept is not None:
        beside = tell_beside(aims, questionnaire, store.load_people(team).people, today)
        followed = comparison.planned if comparison else None
        source = result.plan_profile
        is_hidden = readers == "team" and source is not None and source.view == "manager"
        profile = None if is_hidden else source
        yield "On one page", _board_page(profile, kept, checkin, followed, beside, today)
    if may_see and (kept is None or readers != "board"):
        if readers == "team":
            # Without the manager's figures beside it.
            yield "Result", make_result_page(team, assessment.date, result.profile)
        else:
            yield "Result", find_result_page(result)
    if readers == "board":
        return
    if comparison is not None:
        from assess.workflow.results.comparing import find_comparison_page

        yield "What moved", find_comparison_page(store, comparison, every)
    if kept is not None:
        yield "The plan", _plan_page(kept, checkin, today)
    followed_now = followed_in(aims.goals, questionnaire, actions)
    is_told = (isinstance(one, Goal) or one.figures[0].values for one in followed_now)
    if any(is_told):
        yield "Goals and KPIs", make_goals_page(team, followed_now, today)
    if readers == "everybody" and shown_answers(assessment) is not None:
        yield "The answers in words", find_answers_page(store, assessment)
    if may_see or kept is not None:
        yield "How this comes about", make_method_page(questionnaire)


def _board_page(
    profile: Profile | None,
    kept: KeptPlan,
    checkin: CheckIn | None,
    followed: "FollowedPromise | None",
    beside: Beside,
    today: date,
) -> Page:
    """Return the page for the board as of today: what is done, and what is true of the promise."""
    plan, marks = kept.written, checkin.marks if checkin else kept.marks
    promise = [describe_last(followed)] if followed else []
    if today >= plan.start:  # Before its first day nothing of a plan can be true.
        promise += [tell_so_far(kept, marks), describe_progress(checkin) if checkin else ""]
    beside = replace(beside, done={name for name, is_done in marks.items() if is_done})
    return make_board_page(profile, plan.document, review_dates(plan.start, plan), beside, promise)


def _read_checkin(
    errand: Errand, assessment: Assessment, kept: KeptPlan, actions: Mapping[str, Action]
) -> CheckIn | None:
    """Return how the latest plan stands by its file, unless that is lost or holds another plan."""
    history = errand.store.history(assessment.team)
    latest = find_planned(history, assessment.questionnaire.id)
    if latest is None or latest.key != assessment.key:
        return None
    try:
        return read_kept(actions, assessment, kept, errand.today).checkin
    except AssessError:
        return None


def _plan_page(kept: KeptPlan, checkin: CheckIn | None, today: date) -> Page:
    document = kept.written.document
    timeline = Section("Week by week", (make_timeline(document, kept.written, today, checkin),))
    past = past_checkins_section(list_past_checkins(kept))
    title = f"The plan from {long_day(document.start)} to {long_day(document.end)}"
    if checkin is None:
        return Page(title, (timeline, past))
    so_far = tell_so_far(kept, checkin.marks)
    page = make_checkin_page(checkin, join_said(kept), so_far, timeline)
    return Page(title, (*page.sections, past))


def _compare(
    store: Store, assessment: Assessment, every: Sequence[Assessment], readers: Readers
) -> "Comparison | None":
    """Return the comparison with the last quarter, as far as there is one that may be seen."""
    if len(every) < 2:
        return None
    # A first report needs none of the comparison.
    from assess.workflow.results.comparing import compare_in_store

    try:
        comparison = compare_in_store(store, every, None, assessment.date)
    except (AnswersError, MismatchError):
        return None
    if readers != "team":
        return comparison
    if comparison.after.view == "manager":
        return None
    promise = comparison.planned
    if promise is not None and promise.made_from == "manager":
        # What came of it, and single moves, are the manager's answers.
        actions = tuple(replace(action, lifts={}) for action in comparison.actions)
        return replace(comparison, planned=None, moves=(), actions=actions)
    return comparison
