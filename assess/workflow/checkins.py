"""A plan read back: where it stands, what people say of it, and what is kept of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assess.answers import Assessment
from assess.catalogue import Action
from assess.checkin import CheckIn, PastCheckIn, review_progress
from assess.document.reading import PlanDocument, read_document
from assess.documents.checkin import describe_checkin
from assess.documents.kept import Blocker, KeptCheckin, KeptPlan
from assess.documents.plan import read_plan_record
from assess.errors import AssessError, DataFileError, MismatchError, Problem
from assess.library import Library
from assess.library.files import at, exists, read_text
from assess.scoring.assessment import score_assessment
from assess.store import Store
from assess.workflow.history import load_plan
from assess.workflow.running import load_plan_data
from assess.workflow.teams import find_assessment


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan's file as it was read, beside what is kept of the plan."""

    path: Path
    assessment: Assessment
    kept: KeptPlan
    checkin: CheckIn


@dataclass(frozen=True, slots=True)
class Said:
    """What people said at a check-in: wins, blockers with their causes, and notes."""

    wins: tuple[str, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    notes: tuple[str, ...] = ()


def read_plan(
    library: Library,
    store: Store,
    path: Path | None,
    team: str | None,
    questionnaire: str | None,
    today: date,
) -> Reading:
    """Return where a plan stands: the one in a file, or the team's latest.

    Raises:
        AssessError: The store has no such plan, or the file is no plan of this team.
    """
    found = _read(path, None) if path is not None else None
    named = found.team if found is not None else None
    assessment, kept = _find_plan(library, store, team or named, questionnaire, found)
    file = path or Path(kept.written.path)
    if found is not None:
        _refuse_other_plan(file, found, kept)
    checkin = review_progress(
        _read(file, kept.written.text),
        read_plan_record(kept.written.document),
        today,
        actions=_find_actions(library, assessment),
        last=max((c.date for c in kept.checkins if c.date < today), default=None),
    )
    return Reading(file, assessment, kept, checkin)


def keep_checkin(store: Store, reading: Reading, said: Said) -> None:
    """Keep what was read and what was said."""
    key = (reading.assessment.team, reading.assessment.questionnaire.id, reading.assessment.date)
    store.keep_marks(*key, reading.checkin.marks)
    store.add_checkin(
        *key,
        KeptCheckin(
            date=reading.checkin.date,
            found=describe_checkin(reading.checkin),
            wins=said.wins,
            blockers=said.blockers,
            notes="\n".join(said.notes),
        ),
    )


def _refuse_unreadable(path: Path, found: PlanDocument) -> None:
    """Refuse a file that is no plan, or not a whole one: what is missing was not dropped."""
    if found.team is None and not found.by_id:
        what, fix = "This is not a plan of assess.", "Name the plan's file."
    elif found.is_cut:
        what = "The plan ends in the middle, so what is missing cannot be told from what was done."
        fix = "Bring the whole file back, or write it anew with: assess plan --out ANOTHER.md"
    else:
        return
    raise AssessError(Problem(what, str(path), fix))


def _refuse_other_plan(path: Path, found: PlanDocument, kept: KeptPlan) -> None:
    known = read_document(kept.written.text).by_id
    if found.by_id and found.by_id.keys().isdisjoint(known):
        raise AssessError(
            Problem(
                "None of the tasks in this file is from the plan that is kept.",
                str(path),
                "Name the file of that plan, or say which with --questionnaire.",
            )
        )


def list_past_checkins(kept: KeptPlan | None) -> tuple[PastCheckIn, ...]:
    """Return the check-ins of a plan, the oldest first; none where there is no plan."""
    return tuple(_past(checkin) for checkin in (kept.checkins if kept else ()))


def _past(kept: KeptCheckin) -> PastCheckIn:
    return PastCheckIn(
        date=kept.date,
        hours_done=kept.found.hours.done,
        hours_due=kept.found.hours.due,
        late=sum(step.state == "late" for step in kept.found.steps),
        wins=kept.wins,
        notes=tuple(kept.notes.splitlines()),
        blockers=tuple(
            f"{blocker.text.rstrip('.')} ({blocker.cause})" if blocker.cause else blocker.text
            for blocker in kept.blockers
        ),
    )


def list_unbacked_claims(assessment: Assessment) -> tuple[str, ...]:
    """Return what is asked by the questions with a strong claim and no evidence."""
    profile = score_assessment(assessment).profile
    asks = {q.id: q.ask for q in assessment.questionnaire.questions}
    return tuple(asks[q] for q in profile.evidence.unbacked) if profile.evidence else ()


def _read(path: Path, last_written: str | None) -> PlanDocument:
    """Return the plan in a file; what was last written finds the ids of tasks that lost them."""
    if not exists(path):
        raise AssessError(
            Problem(
                "The plan's file is not there any more.",
                str(path),
                "Name it (assess checkin PLAN.md), or write it anew with: assess plan",
            )
        )
    found = at(path, lambda: read_document(read_text(path, AssessError), last_written))
    _refuse_unreadable(path, found)
    return found


def _find_plan(
    library: Library,
    store: Store,
    team: str | None,
    questionnaire: str | None,
    document: PlanDocument | None,
) -> tuple[Assessment, KeptPlan]:
    """Return the assessment and the plan that a document belongs to, or the latest."""
    assessed = document.assessed if document is not None else None
    assessment = find_assessment(library, store, team, questionnaire, assessed)
    if document is None and load_plan(store, assessment) is None:
        assessment = _find_planned(store, assessment)
    kept = load_plan(store, assessment)
    if kept is None:
        raise AssessError(
            Problem(
                f"There is no plan for the assessment of {assessment.team} on {assessment.date}.",
                str(store.path),
                "Make one with: assess plan",
            )
        )
    return assessment, kept


def _find_planned(store: Store, latest: Assessment) -> Assessment:
    """Return the latest assessment that has a plan, else the latest of all."""
    every = store.load_assessments(latest.team, latest.questionnaire.id)
    planned = [one for one in every if load_plan(store, one) is not None]
    return planned[-1] if planned else latest


def _find_actions(library: Library, assessment: Assessment) -> Mapping[str, Action]:
    """Return the catalogue by action; empty where it is of another version."""
    try:
        return load_plan_data(library, assessment).catalogue.by_id
    except (DataFileError, MismatchError):
        return {}
