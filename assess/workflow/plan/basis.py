"""From an assessment to the plan for its next 13 weeks."""

from dataclasses import replace
from datetime import date

from assess.answers import Answers, Assessment
from assess.catalogue.action import Catalogue, find_action
from assess.errors import AnswersError, AssessError, MismatchError
from assess.figures import Hours
from assess.goals.goal import Goal
from assess.goals.recurring import free_by_week, sum_freed
from assess.library import Library
from assess.library.plan_data import PlanData, read_key_figures
from assess.planning import calendar
from assess.planning.build import Basis, Request
from assess.planning.plan import Capacity
from assess.record import record
from assess.rules.finding import find_findings
from assess.rules.model import Limits, Rules
from assess.rules.situation import Situation
from assess.scoring.assessment import nothing_to_plan_from, score_assessment
from assess.scoring.projection import project_profile
from assess.workflow.history import Past


@record
class Wishes:
    """What a person asks of a plan; what is left out is as before, or as usual.

    `afresh` lets go of what was announced before.
    """

    start: date | None = None
    hours: Hours | None = None
    off: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    afresh: bool = False


def find_basis(
    data: PlanData, assessment: Assessment, wishes: Wishes, past: Past, today: date
) -> Basis:
    """Return what the plan for an assessment follows from."""
    wishes = _name_actions(wishes, data.catalogue)
    size = find_team_size(assessment, past, data.rules.limits)
    capacity = _find_capacity(assessment, wishes, past, data.rules.limits.default_hours(size))
    start = _find_start(wishes.start or max(today, assessment.date))
    weeks = data.rules.limits.weeks
    said = next((a.off for a in _list_said(assessment) if a.off), ())
    given = wishes.off or calendar.keep_inside(said, start, weeks)
    off = calendar.read_time_off(given, start, weeks)
    freed = free_by_week(past.recurring, start, weeks) if past.recurring else ()
    hours = capacity.hours_per_week + (freed[-1] if freed else 0)
    # The work that was to find hours is done once some were found.
    has_freed = bool(sum_freed(past.recurring))
    freeing = (action.id for action in data.catalogue.actions if action.frees_hours and has_freed)
    request = Request(
        team=assessment.team,
        assessed=assessment.date,
        start=start,
        capacity=Capacity(hours, capacity.source, off.weeks, off.days, freed),
        wants=wishes.wants,
        skips=wishes.skips,
        done=past.done.union(freeing),
    )
    return Basis(
        request,
        find_situation(assessment, past, hours, size),
        data.catalogue,
        data.rules,
        lambda levels: project_profile(assessment, levels),
    )


def find_situation(
    assessment: Assessment, past: Past, hours_per_week: Hours, team_size: int
) -> Situation:
    """Return all that rules may ask about."""
    result = score_assessment(assessment)
    if result.plan_profile is None:
        raise AnswersError(nothing_to_plan_from(assessment))
    rose, fell = _clear_changes(past, assessment)
    return Situation(
        profile=result.plan_profile,
        hours_per_week=hours_per_week,
        team_size=team_size,
        rose=rose,
        fell=fell,
        carried=past.carried,
        agreement=result.agreement,
        hours_freed=sum_freed(past.recurring) if past.recurring else None,
        goals_count=None if past.goals is None else len(_open_goals(past)),
        goals_open_findings=past.open_findings,
        about=assessment.questionnaire.said,
    )


def list_goal_notes(rules: Rules, situation: Situation) -> tuple[str, ...]:
    """Return what rules note because of the goals that are kept, or because none is.

    So answers and goals that do not go together are told beside the result already.
    """
    bare = replace(situation, goals_count=None, goals_open_findings=None)
    anyway = {finding.rule for finding in find_findings(rules, bare)}
    found = find_findings(rules, situation)
    return tuple(f.note for f in found if f.note and f.rule not in anyway)


def judge_goals(library: Library, assessment: Assessment, past: Past, today: date) -> Past:
    """Return the past with how much the check of the goals still asks."""
    if past.goals is None:
        return past
    if not (goals := _open_goals(past)):
        return replace(past, open_findings=0)
    from assess.goals.smart import check_goals

    words = read_key_figures(library, assessment.questionnaire).words
    return replace(past, open_findings=len(check_goals(goals, words, today)))


def _open_goals(past: Past) -> tuple[Goal, ...]:
    return tuple(goal for goal in past.goals or () if goal.is_open)


def _name_actions(wishes: Wishes, catalogue: Catalogue) -> Wishes:
    """Return the wishes with the ids of the actions, which people may name by their titles."""
    wants = tuple(find_action(catalogue, want, "--want").id for want in wishes.wants)
    skips = tuple(find_action(catalogue, skip, "--skip").id for skip in wishes.skips)
    if both := [action for action in wants if action in skips]:
        raise AssessError(
            f"'{both[0]}' is wanted and skipped.", "--want, --skip", "Choose one of them."
        )
    return replace(wishes, wants=wants, skips=skips)


def _find_capacity(
    assessment: Assessment, wishes: Wishes, past: Past, default_hours: Hours
) -> Capacity:
    if wishes.hours is not None:
        return Capacity(wishes.hours, "asked")
    hours = (answers.hours_per_week for answers in _list_said(assessment))
    if (said := next((h for h in hours if h is not None), None)) is not None:
        return Capacity(said, "answers")
    if past.last_hours is not None:
        return Capacity(past.last_hours, "last")
    return Capacity(default_hours, "default")


def _find_start(day: date) -> date:
    if problem := calendar.start_problem(day):
        raise AssessError(problem, "--start", "Choose a day within these years.")
    return calendar.next_monday(day)


def find_team_size(assessment: Assessment, past: Past, limits: Limits) -> int:
    """Return how many people the team has, as far as anybody said so; what was said last holds."""
    said = (past.team_size, *(answers.team_size for answers in _list_said(assessment)))
    return next((size for size in said if size), limits.default_team_size)


def _list_said(assessment: Assessment) -> list[Answers]:
    """Return what was said for the whole team, the shared answer first."""
    return [answers for answers in (assessment.consensus, assessment.manager) if answers]


def _clear_changes(past: Past, assessment: Assessment) -> tuple[frozenset[str], frozenset[str]]:
    if past.previous is None:
        return frozenset(), frozenset()
    # A first assessment, the commonest, needs none of the comparison.
    from assess.comparison.compare import compare_assessments

    try:
        comparison = compare_assessments(past.previous, assessment)
    except (MismatchError, AnswersError):
        # Nothing can be compared, so nothing rose or fell; `assess compare` says why.
        return frozenset(), frozenset()
    return frozenset(comparison.rose), frozenset(comparison.fell)
