"""A plan read back: where it stands, what people say of it, and what is kept of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assess.answers import Assessment
from assess.catalogue import Action
from assess.checkin import CheckIn, PastCheckIn, review_progress
from assess.document.head import Head, read_head
from assess.document.reading import read_document
from assess.document.source import take_apart
from assess.documents.checkin import describe_checkin
from assess.documents.kept import Blocker, KeptCheckin, KeptPlan
from assess.documents.plan import read_plan_record
from assess.errors import AssessError, DataFileError, MismatchError, Problem
from assess.identity import TeamName
from assess.library import Library
from assess.library.files import at, exists, read_text
from assess.scoring.assessment import score_assessment
from assess.store import Store
from assess.workflow.answer_files import refuse_other_team
from assess.workflow.drawing import load_plan_data
from assess.workflow.finding import find_assessment
from assess.workflow.history import load_plan
from assess.workflow.plan_files import read_paper, refuse_other_plan
from assess.workflow.replanning import fix_promise


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
    team: TeamName | None,
    questionnaire: str | None,
    today: date,
) -> Reading:
    """Return where a plan stands: the one in a file, or the team's latest.

    Raises:
        AssessError: The store has no such plan, or the file is no plan of this team.
    """
    named = _read_provenance(path) if path is not None else None
    if path is not None and named is not None:
        refuse_other_team(path, named.team, team)
    team = team or (named.team if named else None)
    assessed = named.assessed if named else None
    assessment, kept = _find_plan(library, store, team, questionnaire, assessed)
    file = path or Path(kept.written.path)
    last_written = kept.written.text
    paper = read_paper(file, last_written)
    if paper is None:
        raise _missing(file)
    refuse_other_plan(paper, assessment.team, read_document(last_written).by_id)
    checkin = review_progress(
        paper.document,
        read_plan_record(kept.written.document),
        today,
        actions=_find_actions(library, assessment),
        last=max((c.date for c in kept.checkins if c.date < today), default=None),
    )
    return Reading(file, assessment, kept, checkin)


def keep_checkin(store: Store, reading: Reading, said: Said) -> None:
    """Keep what was read and what was said, and the file as the place of the plan.

    From its first check-in on, what the plan promises is fixed.
    """
    key = reading.assessment.key
    written, path = reading.kept.written, str(reading.path.absolute())
    promise = fix_promise(reading.kept, reading.checkin.date, is_worked_on=True)
    if (written.path, written.promise) != (path, promise):
        store.keep_plan(key, written.model_copy(update={"path": path, "promise": promise}))
    store.keep_marks(key, reading.checkin.marks)
    store.add_checkin(
        key,
        KeptCheckin(
            date=reading.checkin.date,
            found=describe_checkin(reading.checkin),
            wins=said.wins,
            blockers=said.blockers,
            notes="\n".join(said.notes),
        ),
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
    profile = score_assessment(assessment).plan_profile
    asks = {q.id: q.ask for q in assessment.questionnaire.questions}
    evidence = profile.evidence if profile else None
    return tuple(asks[q] for q in evidence.unbacked) if evidence else ()


def _read_provenance(path: Path) -> Head:
    """Return whose plan a file is, as far as it tells; what is in it is read when that is known."""
    if not exists(path):
        raise _missing(path)
    return at(path, lambda: read_head(take_apart(read_text(path, AssessError))))


def _missing(path: Path) -> AssessError:
    return AssessError(
        Problem(
            "The plan's file is not there any more.",
            str(path),
            "Name it (assess checkin PLAN.md), or write it anew with: assess plan",
        )
    )


def _find_plan(
    library: Library,
    store: Store,
    team: TeamName | None,
    questionnaire: str | None,
    assessed: date | None,
) -> tuple[Assessment, KeptPlan]:
    """Return the assessment of a day and its plan, or the latest that has one."""
    assessment = find_assessment(library, store, team, questionnaire, assessed)
    if assessed is None and load_plan(store, assessment) is None:
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
