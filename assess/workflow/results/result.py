"""A result with all that stands beside it: other views, signs of haste, check-ins, answers."""

from dataclasses import replace
from datetime import date

from assess.answers import Answers, Assessment, KeptAssessment
from assess.care import CareCheck, check_care
from assess.documents.score import describe_closed, describe_result
from assess.errors import AnswersError, DataFileError, MismatchError
from assess.figures import count, long_day
from assess.library.plan_data import find_missing_files, load_plan_data
from assess.pages.answers import care_section, make_answers_page
from assess.pages.blocks import Page, Section, listed
from assess.pages.goals import list_under_way
from assess.pages.result import make_result_page, make_result_screen
from assess.scoring.assessment import Result, score_assessment
from assess.store import Store
from assess.workflow.finding import Errand, find_assessment, find_planned
from assess.workflow.frozen import joint_answer_until
from assess.workflow.history import find_past, list_goals, load_earlier
from assess.workflow.keeping import score_kept
from assess.workflow.outcome import Outcome


def find_result(errand: Errand, day: date | None = None, *, in_words: bool = False) -> Outcome:
    """Return a kept result again, beside the team's goals as they are; `in_words` its answers."""
    from assess.pages.checkin import past_checkins_section
    from assess.workflow.checkin.reading import list_past_checkins

    store, assessment = errand.store, find_assessment(errand, day)
    result = score_assessment(assessment)
    past = past_checkins_section(list_past_checkins(store.load_plan(assessment.key)))
    screen = None
    if in_words:
        page = find_answers_page(store, assessment)
    else:
        kept = _find_kept_promise(store, assessment)
        goals = list_under_way(list_goals(store, assessment), errand.today)
        beside = (goals, _find_goal_notes(errand, result))
        page = find_result_page(result, None, *beside, past)
        screen = make_result_screen(page, assessment.team, result.profile, kept, day)
        page = replace(page, sections=(kept, *page.sections))
    outcome = Outcome((page,), lambda: describe_result(result), screen=screen)
    return outcome.about(store, assessment.key)


def _find_goal_notes(errand: Errand, result: Result) -> Section:
    """Return where the answers do not go with the goals that are kept."""
    library, assessment = errand.library, result.assessment
    if not result.is_ready or find_missing_files(library, assessment.questionnaire):
        return Section("", ())
    try:
        rules = load_plan_data(library, assessment).rules
    except (DataFileError, MismatchError):
        return Section("", ())  # Whoever plans is told.
    # What only closes or lists results needs no planner.
    from assess.workflow.plan.basis import (
        find_situation,
        find_team_size,
        judge_goals,
        list_goal_notes,
    )

    past = judge_goals(library, assessment, find_past(errand.store, assessment), assessment.date)
    size = find_team_size(assessment, past, rules.limits)
    situation = find_situation(assessment, past, rules.limits.default_hours(size), size)
    return listed("Beside the goals that are kept", list_goal_notes(rules, situation))


def _find_kept_promise(store: Store, assessment: Assessment) -> Section:
    """Return what came of the plan before, which stands first; a first result has none."""
    before = (one for one in store.history(assessment.team) if one.date < assessment.date)
    if find_planned(before, assessment.questionnaire.id) is None:
        return Section("", ())
    # A first result, the commonest, needs none of the comparison.
    from assess.pages.promise import kept_section
    from assess.workflow.results.comparing import compare_in_store

    try:
        every = (*load_earlier(store, assessment), assessment)
        comparison = compare_in_store(store, every, None, assessment.date)
    except (AnswersError, MismatchError):
        return Section("", ())
    return kept_section(comparison.planned)


def close_kept(store: Store, kept: KeptAssessment, today: date) -> Outcome:
    """Close an assessment for good, and return what may be shown of it."""
    store.close_assessment(kept.key, today)
    assessment = store.load_assessment(kept.key)
    result = score_kept(store, kept)
    is_shown = result is not None and result.members is not None
    pages = (find_result_page(result),) if result is not None else ()
    said = (offer_joint(today),) if is_shown else (offer_consensus(assessment, today),)
    is_ready = result is not None and result.is_ready
    missing = (why_no_plan(result),) if result is not None and is_shown else ()
    ready = ("Next: assess plan",) if is_ready else missing
    outcome = Outcome(pages, lambda: describe_closed(result, assessment), after=(*said, *ready))
    return outcome.about(store, kept.key)


def find_answers_page(store: Store, assessment: Assessment) -> Page:
    """Return the answers in words: the shared ones, else the manager's, beside those before."""
    answers = shown_answers(assessment)
    if answers is None:
        what = "Only members answered, and what they answered is shown to nobody."
        fix = "See the result of all of them with: assess result"
        raise AnswersError(what, f"assessment of {assessment.team}, {assessment.date}", fix)
    earlier = (shown_answers(one) for one in reversed(load_earlier(store, assessment)))
    same = (one for one in earlier if one is not None and one.respondent == answers.respondent)
    return make_answers_page(assessment.questionnaire, answers, next(same, None))


def shown_answers(assessment: Assessment) -> Answers | None:
    """Return the answers that may be read: the shared ones, else the manager's."""
    return assessment.consensus or assessment.manager


def find_result_page(result: Result, care: CareCheck | None = None, *extra: Section) -> Page:
    """Return the driving view of a result, the others beside it, and signs of haste.

    Without `care` those that the answers themselves show.
    """
    assessment = result.assessment
    answers = shown_answers(assessment)
    if answers is not None and result.view != "members":
        found = care or check_care(assessment.questionnaire, answers.by_question)
        extra = (care_section(found, assessment.questionnaire, assessment.date), *extra)
    return make_result_page(assessment.team, assessment.date, result.profile, result, *extra)


def why_no_plan(result: Result) -> str:
    """Say what is missing before a plan can be made."""
    if not result.assessment.closed:
        return "The plan comes when the members have answered and the assessment is closed."
    return f"{missing.what} {missing.fix}" if (missing := result.missing) else ""


def offer_joint(today: date) -> str:
    """Say after closing that the team can still answer once together."""
    return (
        "Now the team can agree on one answer, in an hour that begins where you and the members "
        f"differ, until {long_day(joint_answer_until(today))}: assess open --as consensus"
    )


def offer_consensus(assessment: Assessment, today: date) -> str:
    """Say that too few members answered for a result, and what the team can do instead."""
    edit = "" if assessment.date == today else f" --edit {assessment.date}"
    return (
        f"{count(len(assessment.members), 'member')} answered, and their results are shown from "
        f"{assessment.minimum} on, so nothing of what they said is shown, now or later. "
        "Instead, the team can discuss the questions and give one shared answer: "
        f"assess run --as consensus{edit}"
    )
