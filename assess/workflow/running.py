"""From answers to everything that follows: the result, the plan, its file, all of it kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assess.answers import Assessment
from assess.document.reading import PlanDocument
from assess.documents.kept import KeptPlan
from assess.errors import AssessError, MismatchError, Problem, first_told
from assess.figures import hours_text
from assess.library import Library
from assess.library.plans import PlanData, read_plan_data
from assess.planning.build import Basis, build_plan
from assess.planning.calendar import next_monday
from assess.planning.plan import Plan
from assess.planning.progress import NOTHING_BEGUN
from assess.scoring.assessment import Result
from assess.store import Store
from assess.workflow.history import find_past, load_plan
from assess.workflow.plan_files import (
    Place,
    PlanFile,
    choose_plan_file,
    find_place,
    keep_plan,
    prepare_plan_file,
    read_paper,
    writing_plan,
)
from assess.workflow.plans import Past, Wishes, find_basis
from assess.workflow.replanning import (
    find_progress,
    is_over,
    list_tasks,
    recover_progress,
    renew_wishes,
    skip_deleted,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan that was made from what is kept, and the file that it goes into.

    `follows_another` says that there is an earlier assessment to compare with.
    """

    basis: Basis
    plan: Plan
    wishes: Wishes
    file: PlanFile
    follows_another: bool

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of the wishes could not be met: actions, and hours that what was begun exceeds."""
        request, most = self.basis.request, self.plan.capacity.hours_per_week
        unmet = (
            f"“{out.action.title}” is wanted, but not in the plan. {out.text}"
            for out in self.plan.not_now
            if out.action.id in request.wants
        )
        overfull = (
            f"Week {week.number} takes {hours_text(week.hours)} hours, and there are "
            f"{hours_text(most)}: what was begun keeps its place."
            for week in self.plan.weeks
            if week.number >= request.progress.week and week.hours > most
        )
        return (*unmet, *overfull)


def describe_changes(drawn: Drawn) -> tuple[str, ...]:
    """Say what was odd in a plan's file, and what an update does to it."""
    notes = first_told(f"Line {note.line}: {note.text}" for note in drawn.file.notes)
    changes = first_told(change.text for change in drawn.file.changes)
    return tuple(f"- {text}" for text in (*notes, *changes))


def describe_place(drawn: Drawn) -> tuple[str, ...]:
    """Say only where the plan's file was, if it is not there any more."""
    return tuple(f"- {c.text}" for c in drawn.file.changes if c.kind == "new-place")


def load_plan_data(library: Library, assessment: Assessment) -> PlanData:
    """Return the catalogue and the rules for an assessment's questionnaire.

    Raises:
        MismatchError: The actions are for another version of the questionnaire.
    """
    asked = assessment.questionnaire
    now = library.questionnaire(asked.id)
    if now.version != asked.version:
        raise MismatchError(
            Problem(
                f"The answers are for version {asked.version} of '{asked.id}', the actions for "
                f"version {now.version}.",
                f"assessment of {assessment.team}, {assessment.date}",
                "Assess again with the new version: assess run",
            )
        )
    return read_plan_data(library, asked)


def is_ready(result: Result) -> bool:
    """Tell whether a plan can be made: there is a stage, and nobody is still to answer."""
    return result.profile.stage is not None and result.assessment.closed


def find_plan_inputs(
    store: Store, assessment: Assessment, wishes: Wishes, today: date
) -> tuple[Wishes, Past]:
    """Return what the plan of an assessment is made from, beside its answers."""
    kept = _load_standing(store, assessment, today)
    return renew_wishes(wishes, kept), find_past(store, assessment)


def draw_plan(
    library: Library,
    store: Store,
    assessment: Assessment,
    wishes: Wishes,
    out: Path | None,
    today: date,
) -> Drawn:
    """Make the plan that follows from an assessment and from what is kept of the team.

    A plan of this assessment that is under way is planned on: what was done or started
    keeps its place, and so do the person's own choices. Nothing is written yet.

    Raises:
        AssessError: Members may still answer; or what the other steps cannot use.
    """
    _refuse_open(assessment)
    data = load_plan_data(library, assessment)
    kept = _load_standing(store, assessment, today)
    wishes = renew_wishes(wishes, kept)
    past = find_past(store, assessment)
    if kept is None:
        lost = _find_lost_plan(out, assessment)
        if lost is not None and wishes.start is None:
            wishes = replace(wishes, start=lost.start)
        progress = recover_progress(lost, data.catalogue, today) if lost else NOTHING_BEGUN
        basis = find_basis(data, assessment, wishes, past, today, progress)
        plan = build_plan(basis)
        path = out or choose_plan_file(store, plan.team, plan.start)
        place = Place(path, read_paper(path, None))
    else:
        start = next_monday(wishes.start or kept.written.start)
        place = find_place(out, kept, choose_plan_file(store, assessment.team, start))
        tasks = list_tasks(place.paper.document if place.paper else None, kept)
        wishes = skip_deleted(wishes, kept, tasks)
        marks = {name: task.is_done for name, task in tasks.items()} if place.paper else {}
        progress = find_progress(kept, start, {**kept.marks, **marks}, today)
        basis = find_basis(data, assessment, wishes, past, today, progress)
        plan = build_plan(basis)
    # What people named by its title is kept by its id.
    named = replace(wishes, wants=basis.request.wants, skips=basis.request.skips)
    file = prepare_plan_file(plan, library, place, kept, past.left_open, today)
    return Drawn(basis, plan, named, file, past.previous is not None)


@contextmanager
def writing(store: Store, assessment: Assessment, drawn: Drawn) -> Iterator[None]:
    """Write the plan's file and keep the plan with what the block keeps: all of it or nothing."""
    with writing_plan(drawn.file), store.together():
        yield
        keep_plan(store, assessment, drawn.plan, drawn.file, drawn.wishes)


def _refuse_open(assessment: Assessment) -> None:
    if not assessment.closed:
        raise AssessError(
            Problem(
                "The plan comes when the members have answered.",
                f"assessment of {assessment.team}, {assessment.date}",
                "Close the assessment first: assess close",
            )
        )


def _find_lost_plan(out: Path | None, assessment: Assessment) -> PlanDocument | None:
    """Return the plan in a file that the store knows nothing of any more, or None."""
    paper = read_paper(out, None) if out is not None else None
    if paper is None or paper.document.start is None:
        return None
    return paper.document if paper.document.assessed == assessment.date else None


def _load_standing(store: Store, assessment: Assessment, today: date) -> KeptPlan | None:
    """Return the plan of an assessment, unless there is none or its weeks have passed."""
    kept = load_plan(store, assessment)
    return None if kept is None or is_over(kept, today) else kept
