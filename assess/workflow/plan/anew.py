"""A plan made anew: for what is kept, with its file, or for answers not kept or supposed."""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from assess.answers import Assessment
from assess.commands import join_command
from assess.document.reading import PlanReading
from assess.documents.encoding import as_json
from assess.documents.plan import describe_plan, read_plan_record
from assess.errors import AssessError, Problem, nearest
from assess.figures import count, long_day
from assess.library import Library
from assess.library.plan_data import load_plan_data
from assess.pages.blocks import Page, Section, next_section
from assess.pages.plan import make_over_page, make_plan_page, way_section
from assess.planning.build import build_plan
from assess.planning.plan import Plan
from assess.planning.way import find_faster_way, find_way
from assess.record import record
from assess.scoring.assessment import score_assessment
from assess.workflow.finding import Errand, find_assessment
from assess.workflow.history import Past
from assess.workflow.outcome import Outcome
from assess.workflow.papers import read_paper
from assess.workflow.plan.basis import Wishes, find_basis
from assess.workflow.plan.drawing import (
    Drawn,
    describe_changes,
    describe_replan,
    draw_plan,
    survey_ground,
    writing,
)
from assess.workflow.plan.exports import Export, describe_export, write_plan_export
from assess.workflow.plan.files import Place, prepare_plan_file, writing_plan
from assess.workflow.plan.replanning import is_over, renew_wishes


@record
class PlanOrder:
    """What plan is wanted: with which wishes, as if what, and in which file.

    `with_way` asks for the quarters that lead to the next stage, which takes several plans.
    """

    wishes: Wishes
    export: Export
    out: Path | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    with_way: bool = False


def plan_kept(errand: Errand, order: PlanOrder) -> Outcome:
    """Plan for a team's latest assessment, and keep the plan with its file.

    What is only supposed or only written out for another program is not kept.
    """
    store, today, assessment = errand.store, errand.today, find_assessment(errand)
    supposed = suppose(assessment, order.levels)
    form, kept = order.export.form, store.load_plan(assessment.key)
    goes_on = order.wishes.start is None and not order.levels
    if kept is not None and is_over(kept, today) and goes_on:
        return _tell_over(errand, assessment).about(store, assessment.key)
    drawn = draw_plan(errand, supposed, order.wishes, order.out if form == "md" else None)
    if order.levels or form != "md":
        return _write_out(errand.library, order, drawn).about(store, assessment.key)
    with writing(store, assessment, drawn):
        pass
    end = next_section(
        (f"Written to {drawn.file.path}",), ("Every week, read it back:", join_command("checkin"))
    )
    outcome = _show(drawn.plan, end, *_way(drawn, order))
    changed = describe_changes(drawn) if order.with_way else describe_replan(drawn)
    is_other = drawn.standing is not None and not drawn.goes_on
    weeks = count((today - assessment.date).days // 7, "week")
    said = f"the answers of {long_day(assessment.date)}, {weeks} old"
    age = (f"It goes on from {said}, and from what was done since.",) if is_other else ()
    return replace(outcome, messages=(*age, *changed), warnings=drawn.warnings).about(
        store, assessment.key
    )


def plan_given(
    library: Library, assessment: Assessment, previous: Assessment | None, order: PlanOrder
) -> Outcome:
    """Plan for answers that are not in the store; nothing is kept."""
    supposed = suppose(assessment, order.levels)
    data = load_plan_data(library, supposed)
    past = Past(previous=previous)
    wishes = renew_wishes(order.wishes, None)
    plan = build_plan(find_basis(data, supposed, wishes, past, order.export.today))
    if order.out is not None:
        _write(library, plan, order.export, order.out)
    return _show(plan, _written(order.out))


def _tell_over(errand: Errand, assessment: Assessment) -> Outcome:
    """Say what a plan whose weeks have passed left open; nothing of it is dated anew."""
    standing = survey_ground(errand, assessment).standing
    if standing is None:
        raise ValueError("there is a plan")
    record = read_plan_record(standing.kept.written.document)
    left = [
        (action.title, sum(standing.states.get(s.id) in ("open", "begun") for s in action.steps))
        for action in record.actions
    ]
    left = [(title, number) for title, number in left if number]
    page = make_over_page(record.team, record.end, left, errand.today)
    document, became = standing.kept.written.document, standing.became
    priorities = (p.model_copy(update={"state": became(p)}) for p in document.priorities)
    return Outcome(
        (page,), lambda: as_json(document.model_copy(update={"priorities": (*priorities,)}))
    )


def _write_out(library: Library, order: PlanOrder, drawn: Drawn) -> Outcome:
    ending = f"-{order.export.tracker}" if order.export.tracker else ""
    name = f"{drawn.file.path.stem}{ending}.{order.export.form}"
    named = None if order.levels else drawn.file.path.with_name(name)
    out = order.out or named
    if out is not None:
        _write(library, drawn.plan, order.export, out, drawn.file.document)
    told = "Only supposed" if order.levels else "Only written out"
    outcome = _show(drawn.plan, _written(out))
    said = describe_export(drawn.plan, order.export, drawn.file.document)
    kept = f"{told}: nothing of it is kept."
    # Only where the plan's file was, if it is not there any more.
    place = (f"- {change.text}" for change in drawn.file.changes if change.kind == "new-place")
    return replace(outcome, messages=(*place, kept, *said))


def _write(
    library: Library, plan: Plan, export: Export, out: Path, edited: PlanReading | None = None
) -> None:
    if export.form == "md":
        with writing_plan(prepare_plan_file(plan, library, Place(out, read_paper(out, None)))):
            pass
    else:
        write_plan_export(out, plan, export, edited)


def _written(out: Path | None) -> Section:
    return next_section((f"Written to {out}",) if out is not None else ())


def _way(drawn: Drawn, order: PlanOrder) -> tuple[Section, ...]:
    if not order.with_way:
        return ()
    way = find_way(drawn.basis, drawn.plan)
    return (way_section(way, find_faster_way(drawn.basis, way)),)


def _show(plan: Plan, end: Section, *way: Section) -> Outcome:
    page = make_plan_page(plan, *way)
    screen = Page(page.title, (*page.sections, end))
    return Outcome((screen,), lambda: as_json(describe_plan(plan)), screen=screen)


# --- As if ---


def suppose(assessment: Assessment, levels: Mapping[str, int]) -> Assessment:
    """Return the assessment with these questions at these levels for the manager and the team.

    Nothing is supposed of members: with three of four questions at a known level, the figures
    would tell the fourth.

    Source: docs/decisions/0005-confidentiality.md
    """
    if not levels:
        return assessment
    known = assessment.questionnaire.by_id
    problems = [
        Problem(f"Unknown question '{question}'.", "--what-if", nearest(question, known))
        for question in levels
        if question not in known
    ]
    planned = score_assessment(assessment).plan_profile
    if planned is not None and planned.view == "members":
        problems.append(
            Problem(
                "Members' answers are looked at once, so nothing can be supposed of them.",
                "--what-if",
                "Suppose it of the manager's answers: assess plan --answers FILE --what-if ...",
            )
        )
    if problems:
        raise AssessError(*problems)
    return replace(
        assessment,
        manager=assessment.manager and assessment.manager.with_levels(levels),
        consensus=assessment.consensus and assessment.consensus.with_levels(levels),
    )
