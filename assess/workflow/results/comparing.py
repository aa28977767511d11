"""Which assessments to compare, and what the plan in between has to do with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assess.answers import Assessment
from assess.commands import join_command
from assess.comparison.compare import (
    compare_assessments,
    compare_teams,
    find_common_views,
    follow_quarters,
)
from assess.comparison.records import ComparedFigure, Comparison
from assess.documents.comparison import describe_comparison
from assess.documents.goals import KeptGoals
from assess.errors import MismatchError
from assess.goals.course import figure_progress, latest_value
from assess.goals.goal import Goal, Measured
from assess.identity import TeamName
from assess.pages.blocks import Page, next_section
from assess.pages.comparison import course_sections, make_comparison_page
from assess.record import record
from assess.scoring.records import View
from assess.store import Store
from assess.workflow.checkin.reading import list_past_checkins
from assess.workflow.finding import Errand, find_assessment, find_kept, one_of
from assess.workflow.history import has_result
from assess.workflow.outcome import Outcome
from assess.workflow.plan.promising import find_plan_between, list_planned_actions, read_promise


@record
class Sides:
    """What to compare, as far as somebody said it; the rest is found."""

    start: date | None = None
    end: date | None = None
    other: TeamName | None = None
    view: View | None = None


def compare(errand: Errand, sides: Sides) -> Outcome:
    """Compare two quarters of a team, or two teams today."""
    store, latest = errand.store, find_assessment(errand, sides.end)
    every = store.load_assessments(latest.team, latest.questionnaire.id)
    if sides.other is not None:
        comparison = _compare_with_team(errand, latest, sides.other, sides.view)
        page = make_comparison_page(comparison)
    else:
        comparison = compare_in_store(store, every, sides.start, sides.end, sides.view)
        page = find_comparison_page(store, comparison, every)
    kept = find_kept(store, latest.key)
    to_do = ("Hand all of it on in one file:", join_command("report"))
    end = next_section(
        (), to_do if kept and kept.plan else ("Plan the next quarter:", join_command("plan"))
    )
    screen = Page(page.title, (*page.sections, end))
    outcome = Outcome((page,), lambda: describe_comparison(comparison), screen=screen)
    return outcome.about(store, latest.key)


def find_comparison_page(store: Store, comparison: Comparison, every: Sequence[Assessment]) -> Page:
    """Return a comparison with the plan in between, and how all quarters went."""
    plan = find_plan_between(store, every, comparison.start, comparison.end)
    quarters = follow_quarters([one for one in every if has_result(one)])
    course = course_sections(comparison.after.questionnaire, quarters)
    return make_comparison_page(comparison, list_past_checkins(plan), course)


def compare_in_store(
    store: Store,
    assessments: Sequence[Assessment],
    start: date | None,
    end: date | None,
    view: View | None = None,
) -> Comparison:
    """Compare two assessments of a team: the last two with a common view, or of two dates.

    They are chosen from all of the team with one questionnaire, the oldest first.
    """
    usable = [one for one in assessments if has_result(one)]
    before, after = _choose_pair(usable, start, end, view)
    if before.date > after.date:
        before, after = after, before
    plan = find_plan_between(store, assessments, before.date, after.date)
    comparison = compare_assessments(
        before,
        after,
        promise=read_promise(plan) if plan else None,
        actions=list_planned_actions(plan) if plan else (),
        between=[one for one in usable if before.date < one.date < after.date],
        view=view,
    )
    goals = store.load_facts(after.team, KeptGoals)
    followed = goals.followed if after.questionnaire.subject == "team" else goals.measured
    return replace(comparison, figures=tuple(_compare_figures(followed, comparison)))


def _compare_figures(
    followed: Iterable[Measured], comparison: Comparison
) -> Iterator[ComparedFigure]:
    """Return the figures that were under way between two dates, with what they were.

    Those of goals, and the measures of the work that was in the plan, where somebody counted.
    """
    titles = {action.action: action.title for action in comparison.actions}
    start, end = comparison.start, comparison.end
    for held in followed:
        is_goal = isinstance(held, Goal)
        # The next plan begins work anew that it takes over, and its measure goes on.
        begins_later = is_goal and held.start is not None and held.start > end
        ended_before = held.closed is not None and held.closed.on < start
        action = held.helped_by if isinstance(held, Goal) else held.id
        is_counted = is_goal or (held.id in titles and latest_value(held.figures[0], end))
        for figure in () if begins_later or ended_before or not is_counted else held.figures:
            before, after = latest_value(figure, start), latest_value(figure, end)
            # What was counted once is where it began.
            is_once = not is_goal and len(figure.values) == 1
            now = None if is_once and after and after.value == figure.baseline else after
            yield ComparedFigure(
                goal=held.id if is_goal else None,
                action=action,
                figure=figure.id,
                name=figure.label,
                unit=figure.unit,
                before=before.value if before else figure.baseline,
                after=now.value if now else None,
                target=figure.target,
                aim=held.words[1],
                progress=figure_progress(figure, end),
                helped_by=titles.get(action or "", ""),
            )


def _compare_with_team(
    errand: Errand, assessment: Assessment, other: TeamName, view: View | None
) -> Comparison:
    if assessment.team == other:
        what = f"{assessment.team} is the team itself."
        fix = "Name another team; two quarters of one team are compared without --with."
        raise MismatchError(what, "--with", fix)
    beside = find_assessment(replace(errand.about(assessment), named=other))
    return compare_teams(assessment, beside, view)


def _choose_pair(
    usable: Sequence[Assessment], start: date | None, end: date | None, view: View | None
) -> tuple[Assessment, Assessment]:
    """Return the two of the given dates, or the last two that can be compared.

    Where none can be, the last two: comparing them says why not.
    """
    if not usable:
        raise MismatchError(
            "There is no assessment with a result yet.", "the store", "Begin with: assess run"
        )
    earlier = [_on(usable, start, "--from")] if start else usable
    later = [_on(usable, end, "--to")] if end else usable
    if start and end and start == end:
        raise MismatchError("Both are the same assessment.", "--from, --to", "Name two dates.")
    pairs = [
        (before, after)
        for after in reversed(later)
        for before in reversed(earlier)
        if (before.date != after.date if start else before.date < after.date)
    ]
    if not pairs:
        what = f"There is no assessment of {later[-1].team} before {later[-1].date}."
        fix = "Assess again after the quarter (assess run); then there is one to compare with."
        raise MismatchError(what, "--from", fix)

    def is_comparable(pair: tuple[Assessment, Assessment]) -> bool:
        common = find_common_views(*pair)
        return bool(common) if view is None else view in common

    return next(filter(is_comparable, pairs), pairs[0])


def _on(assessments: Sequence[Assessment], day: date, option: str) -> Assessment:
    found = [one for one in assessments if one.date == day]
    if not found:
        what = f"There is no assessment with a result on {day}."
        fix = one_of(one.date for one in assessments)
        raise MismatchError(what, option, fix)
    return found[0]
