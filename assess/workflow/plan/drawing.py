"""From answers to everything that follows: the result, the plan, its file, all of it kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assess.answers import Assessment
from assess.document.reading import PlanReading
from assess.documents.goals import KeptGoals
from assess.documents.plan import FixedPromise, WrittenPlan, describe_plan
from assess.errors import AssessError, first_told
from assess.figures import count, describe_weeks
from assess.goals.measures import follow_measures
from assess.library.plan_data import PlanData, load_plan_data
from assess.pages.replan import sum_up, tell_changes
from assess.planning.build import Basis, build_plan
from assess.planning.calendar import next_monday
from assess.planning.owners import NOBODY_NAMED, Staffing
from assess.planning.plan import Plan
from assess.planning.progress import NOTHING_BEGUN
from assess.record import record
from assess.store import Store
from assess.workflow.aims.desk import TeamAims, read_aims, tell_beside
from assess.workflow.finding import WHEN_ANSWERED, Errand
from assess.workflow.history import Past, find_last_plan, find_past
from assess.workflow.papers import Paper, read_paper
from assess.workflow.plan.basis import Wishes, find_basis, judge_goals
from assess.workflow.plan.files import (
    Place,
    PlanFile,
    carry_own_tasks,
    choose_plan_file,
    find_place,
    prepare_plan_file,
    writing_plan,
)
from assess.workflow.plan.replanning import (
    Underway,
    find_progress,
    find_staffing,
    fix_promise,
    hash_answers,
    is_chosen_anew,
    is_over,
    read_names,
    read_standing,
    recover_progress,
    renew_wishes,
    skip_deleted,
)

if TYPE_CHECKING:
    from assess.documents.kept import KeptPlan


@record
class Ground:
    """What a plan for an assessment is made on, beside what a person wishes.

    `standing` is the plan that is there already, `lost` one that only a file knows, and `place`
    where the file of either is. `staffing` says who there is to carry it out.
    """

    data: PlanData
    assessment: Assessment
    past: Past
    today: date
    standing: Underway | None = None
    lost: PlanReading | None = None
    place: Place | None = None
    staffing: Staffing = NOBODY_NAMED

    def renew(self, wishes: Wishes) -> Wishes:
        """Return the wishes with what still holds of those before."""
        wishes = renew_wishes(wishes, self.standing)
        if self.lost is not None and wishes.start is None:
            return replace(wishes, start=self.lost.start)
        return wishes

    def find_basis(self, renewed: Wishes) -> Basis:
        """Return what the plan follows from: with what goes on, and what was announced."""
        standing, today = self.standing, self.today
        wishes = skip_deleted(renewed, standing) if standing else renewed
        basis = find_basis(self.data, self.assessment, wishes, self.past, today)
        progress = NOTHING_BEGUN
        if standing is not None:
            progress = find_progress(standing, basis, today)
            if is_chosen_anew(basis, renewed, standing):
                progress = replace(progress, announced=frozenset())
        elif self.lost is not None:
            progress = recover_progress(self.lost, self.data.catalogue, basis.team_size, today)
        request = replace(basis.request, progress=progress, staffing=self.staffing)
        return replace(basis, request=request)


@record
class Drawn:
    """A plan that was made from what is kept, and the file that it goes into.

    `aims` reads goals and recurring work anew.
    """

    ground: Ground
    basis: Basis
    plan: Plan
    wishes: Wishes
    file: PlanFile
    fixed: FixedPromise | None
    aims: Callable[[], TeamAims]

    @property
    def standing(self) -> Underway | None:
        """How the plan stood that was there before."""
        return self.ground.standing

    @property
    def goes_on(self) -> bool:
        """Whether it is the rest of a plan that was there, and no other one."""
        before = self.standing
        return before is not None and before.kept.written.start == self.plan.start

    @property
    def promise(self) -> FixedPromise | None:
        """What the plan promises for good, if it is fixed by now."""
        return self.fixed if self.goes_on else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of the wishes could not be met: actions, and hours that what was begun exceeds."""
        request, capacity = self.basis.request, self.plan.capacity
        unmet = (
            f"“{out.action.title}” is wanted, but not in the plan. {out.text}"
            for out in self.plan.not_now
            if out.action.id in request.wants
        )
        overfull = [
            week.number
            for week in self.plan.weeks
            if week.number >= request.progress.week and week.hours > capacity.hours_in(week.number)
        ]
        if not overfull:
            return tuple(unmet)
        most = count(capacity.hours_per_week, "hour")
        full = (
            f"What was begun takes more than the {most} that there are in "
            f"{describe_weeks(overfull)}: say more hours, or drop something."
        )
        return (*unmet, full)


def describe_changes(drawn: Drawn) -> tuple[str, ...]:
    """Say what was odd in a plan's file, and what an update does to it."""
    notes = first_told(f"Line {note.line}: {note.text}" for note in drawn.file.notes)
    changes = first_told(change.text for change in drawn.file.changes)
    return tuple(f"- {text}" for text in (*notes, *changes))


def describe_replan(drawn: Drawn) -> tuple[str, ...]:
    """Say what changed since the plan was made last, in at most five lines."""
    before = drawn.standing.kept.written.document if drawn.standing and drawn.goes_on else None
    told = tell_changes(before, drawn.plan) if before else ()
    return sum_up(told, drawn.file.changes, drawn.file.notes)


def survey_ground(
    errand: Errand,
    assessment: Assessment,
    start: date | None = None,
    out: Path | None = None,
    paper: Paper | None = None,
) -> Ground:
    """Return what the plan of an assessment is made on: what is kept, and what its file says.

    `paper` is the file where somebody has read it already.
    """
    library, store, today = errand.library, errand.store, errand.today
    past = judge_goals(library, assessment, find_past(store, assessment), today)
    ground = Ground(load_plan_data(library, assessment), assessment, past, today)
    kept = store.load_plan(assessment.key)
    people = store.load_people(assessment.team).people
    if kept is None:
        lost = _find_lost_plan(out, assessment)
        staffing = Staffing(people, by_hand=read_names(lost) if lost else {})
        return replace(ground, lost=lost, staffing=staffing)
    if paper is not None:
        place = Place(paper.path, paper)
    else:
        start = next_monday(start or kept.written.start)
        name = choose_plan_file(store, assessment.team, assessment.questionnaire, start)
        # A plan whose weeks have passed keeps its file; the next one goes into another.
        place = find_place(None if is_over(kept, today) else out, kept, name)
    standing = read_standing(kept, place.document, today)
    staffing = find_staffing(people, standing, place.document)
    return replace(ground, standing=standing, place=place, staffing=staffing)


def draw_plan(
    errand: Errand,
    assessment: Assessment,
    wishes: Wishes,
    out: Path | None = None,
    paper: Paper | None = None,
) -> Drawn:
    """Make the plan that follows from an assessment and from what is kept of the team.

    A plan of this assessment that is under way is planned on: what was done is reached, what
    was begun goes on, and the person's own choices stay. Nothing is written yet. `paper` is its
    file where somebody has read it, and perhaps changed it, already.
    """
    _refuse_open(assessment)
    store, today = errand.store, errand.today
    ground = survey_ground(errand, assessment, wishes.start, out, paper)
    wishes = ground.renew(wishes)
    basis = ground.find_basis(wishes)
    plan = build_plan(basis)
    # What people named by its title is kept by its id.
    named = replace(wishes, wants=basis.request.wants, skips=basis.request.skips)
    standing, place = ground.standing, ground.place
    kept = standing.as_kept if standing else None
    begins = standing is None or standing.is_over
    if place is None or begins:
        path = out or choose_plan_file(store, plan.team, assessment.questionnaire, plan.start)
        place = Place(path, read_paper(path, None))
    read_now = partial(_read_aims, store, plan, place, kept, today)
    aims = read_now()
    left_open = ground.past.left_open
    beside = tell_beside(aims, assessment.questionnaire, plan.people, today, left_open)
    file = prepare_plan_file(plan, errand.library, place, kept, beside, today)
    file = replace(file, notes=(*file.notes, *aims.notes))
    if place.paper is None and begins:
        file = carry_own_tasks(file, find_last_plan(store, assessment, today))
    fixed = fix_promise(standing.kept, today, standing.is_worked_on) if standing else None
    return Drawn(ground, basis, plan, named, file, fixed, read_now)


def _read_aims(
    store: Store, plan: Plan, place: Place, kept: "KeptPlan | None", today: date
) -> TeamAims:
    aims = read_aims(store, plan.team, place.document, kept.written.text if kept else None, today)
    measured = follow_measures(plan, aims.goals.measured)
    return replace(aims, goals=KeptGoals(goals=aims.goals.goals, measured=measured))


@contextmanager
def writing(store: Store, assessment: Assessment, drawn: Drawn) -> Iterator[None]:
    """Write the plan's file and keep the plan with what the block keeps: all of it or nothing."""
    with writing_plan(drawn.file), store.together():
        yield
        keep_drawn(store, assessment, drawn)


def keep_drawn(store: Store, assessment: Assessment, drawn: Drawn) -> None:
    """Keep a plan whose file is written beside it, and what people typed into that."""
    # A plan takes its time, and others may have set or measured goals meanwhile.
    drawn.aims().keep(store, assessment.team)
    plan, wishes = drawn.plan, drawn.wishes
    store.keep_plan(
        assessment.key,
        WrittenPlan(
            document=describe_plan(plan),
            text=drawn.file.base,
            path=str(drawn.file.path.absolute()),
            start=plan.start,
            hours_per_week=plan.capacity.said,
            hours_source=plan.capacity.source,
            weeks_off=plan.capacity.weeks_off,
            days_off=plan.capacity.days_off,
            wants=wishes.wants,
            skips=wishes.skips,
            answers=hash_answers(plan.profile),
            promise=drawn.promise,
            by_hand=drawn.basis.request.staffing.by_hand,
        ),
    )


def _refuse_open(assessment: Assessment) -> None:
    if not assessment.closed:
        what = "The plan comes when the members have answered."
        where = f"assessment of {assessment.team}, {assessment.date}"
        raise AssessError(what, where, WHEN_ANSWERED)


def _find_lost_plan(out: Path | None, assessment: Assessment) -> PlanReading | None:
    """Return the plan in a file that the store knows nothing of any more, or None."""
    paper = read_paper(out, None) if out is not None else None
    if paper is None or paper.document.start is None:
        return None
    return paper.document if paper.document.head.assessed == assessment.date else None
