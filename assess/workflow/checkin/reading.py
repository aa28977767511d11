"""A plan read back: where it stands, what people say of it, and what is kept of that."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from assess.answers import Assessment
from assess.catalogue.action import Action
from assess.checkin.pace import Pace, PlanStanding, find_pace
from assess.checkin.status import ActionFacts, CheckIn, FileState, PastCheckIn, review_progress
from assess.document.head import Head, read_head
from assess.document.marking import TaskBelow, TaskEdit, edit_tasks
from assess.document.reading import read_document
from assess.document.source import take_apart
from assess.documents.checkin import keep_found
from assess.documents.kept import KeptCheckin, KeptPlan
from assess.documents.plan import read_plan_record
from assess.documents.said import Said, StepAgreement
from assess.errors import AssessError
from assess.identity import TeamName
from assess.library.files import at, exists, read_text, refuse_other_team
from assess.library.plan_data import find_actions
from assess.pages.checkin import describe_agreement, describe_blocker
from assess.planning.calendar import review_dates
from assess.planning.candidates import list_done_when
from assess.planning.plan import PlanRecord
from assess.record import record
from assess.scoring.assessment import score_assessment
from assess.scoring.profile import Profile
from assess.store import Store
from assess.workflow.aims.desk import read_aims, renew_written
from assess.workflow.finding import WHEN_ANSWERED, Errand, find_assessment, find_planned
from assess.workflow.papers import Paper, read_paper, refuse_other_plan
from assess.workflow.plan.replanning import find_holding, fix_promise, list_own_done, list_unsure


class LostPlanError(AssessError):
    """The plan's file is not where it was written."""


@record
class Reading:
    """A plan's file as it was read, beside what is kept of the plan.

    `actions` is the catalogue, empty where it is of another version by now.
    """

    paper: Paper
    assessment: Assessment
    kept: KeptPlan
    actions: Mapping[str, Action]
    today: date

    @property
    def is_last_day(self) -> bool:
        """Whether no day of the plan is left but today, or none at all."""
        return self.today >= self.kept.written.document.end

    @property
    def path(self) -> Path:
        return self.paper.path

    @cached_property
    def profile(self) -> Profile:
        """What the plan was made from."""
        result = score_assessment(self.assessment)
        return result.plan_profile or result.profile

    @cached_property
    def checkin(self) -> CheckIn:
        record = read_plan_record(self.kept.written.document)
        ticks = self.paper.ticks or {}
        is_told = ticks.keys() == {step.id for step in record.steps}
        return self.review(ticks if is_told else self.paper.document, record, Said())

    def edited(self, said: Said) -> str:
        """Return the text of the file with what was said and is not written yet."""
        edits = (
            TaskEdit(one.step, one.state, one.due, one.owner)
            for one in said.by_step.values()
            if not one.written
        )
        owners = {a.id: a.steps[-1].owner for a in self.checkin.actions}
        below = (
            TaskBelow(one.action, one.missing, owners.get(one.action, ""), _next_friday(one.on))
            for one in said.confirmed
            if one.missing
        )
        return edit_tasks(self.paper.document, self.kept.written.text, edits, below)

    def after(self, said: Said) -> CheckIn:
        document = read_document(self.edited(said), self.kept.written.text)
        record = read_plan_record(self.kept.written.document)
        return self.review(document, record, said)

    def review(self, document: FileState, record: PlanRecord, said: Said) -> CheckIn:
        """Return where a plan stands that may have been made anew."""
        past = (*(one.said for one in self.kept.checkins), self.kept.said, said)
        used = [self.actions[a.id] for a in record.actions if a.id in self.actions]
        facts = ActionFacts(
            levers={action.id: action.levers for action in used},
            done_when={action.id: list_done_when(self.profile, action) for action in used},
            holds=dict(find_holding(past, list_own_done(document))),
            unsure=list_unsure(past),
        )
        last = max((c.date for c in self.kept.checkins if c.date < self.today), default=None)
        whose = self.assessment.questionnaire.whose(self.assessment.team)
        reviews = review_dates(record.start, self.kept.written)
        found = review_progress(
            document, record, self.today, reviews=reviews, facts=facts, last=last
        )
        return replace(found, of=whose)

    def find_pace(self, after: CheckIn) -> Pace | None:
        """Return how fast the team was over three working weeks, with what is ticked by now."""
        written = self.kept.written
        first = self.kept.as_first_written
        steps = (step for priority in first.priorities for step in priority.steps)
        began = PlanStanding(written.start, 0, tuple((step.due, step.hours) for step in steps))
        later = (
            PlanStanding(
                one.date,
                one.found.done,
                tuple(
                    (step.due, step.hours)
                    for step in one.found.steps
                    if step.due is not None and step.state in ("open", "late")
                ),
            )
            for one in self.kept.checkins
            if one.date >= written.start
        )
        return find_pace(after, written.start, written.weeks_off, (began, *later))

    def is_pace_news(self, pace: Pace | None) -> bool:
        """Tell whether a pace is too slow, and nobody was told so at these hours."""
        hours = self.kept.written.hours_per_week
        told = any(one.said.pace_told == hours for one in self.kept.checkins)
        return not told and pace is not None and pace.is_slow and pace.weekly < hours

    def is_without_tick(self, after: CheckIn) -> bool:
        """Tell whether this is the second check-in in a row at which nothing more is done."""
        found = (one.found for one in self.kept.checkins if one.date < self.today)
        before = [sum(s.state == "done" for s in (*one.steps, *one.own)) for one in found]
        done = [0, *before, len(after.in_state("done"))]
        has_due = any(s.due and s.due <= self.today for s in after.tasks) or bool(after.hours_due)
        return has_due and len(done) > 2 and done[-3] == done[-1] and done[-4:-3] != [done[-1]]


def read_plan(errand: Errand, path: Path | None = None, *, with_catalogue: bool = True) -> Reading:
    """Return where a plan stands: the one in a file, or the team's latest.

    Reading the catalogue takes longer than all the rest; whoever only wants to know what is due
    does without.
    """
    assessed = None
    if path is not None:
        named = _read_provenance(path)
        refuse_other_team(path, named.team, errand.named)
        assessed, errand = named.assessed, replace(errand, named=errand.named or named.team)
        asked = errand.asked or _find_questionnaire_of(errand.store, errand.team, path)
        errand = replace(errand, asked=asked)
    assessment, kept = _find_plan(errand, assessed)
    actions = find_actions(errand.library, assessment) if with_catalogue else {}
    return read_kept(actions, assessment, kept, errand.today, path)


def read_kept(
    actions: Mapping[str, Action],
    assessment: Assessment,
    kept: KeptPlan,
    today: date,
    path: Path | None = None,
) -> Reading:
    """Return where a plan stands that was loaded already, by its usual file or another one."""
    file = path or Path(kept.written.path)
    last_written = kept.written.text
    paper = read_paper(file, last_written)
    if paper is None:
        what = "The plan's file is not there any more."
        fix = "Name it (assess checkin PLAN.md), or write it anew with: assess plan"
        raise LostPlanError(what, str(file), fix)
    if not paper.ticks:
        refuse_other_plan(paper, assessment.team, read_document(last_written).by_id)
    return Reading(paper, assessment, kept, actions, today)


def keep_checkin(store: Store, reading: Reading, checkin: CheckIn, said: Said) -> None:
    """Keep what a check-in found and what was said, and the file as the place of the plan.

    From its first check-in on, what the plan promises is fixed.
    """
    key = reading.assessment.key
    kept = store.load_plan(key) or reading.kept
    path = str(reading.path.absolute())
    promise = kept.written.promise or fix_promise(reading.kept, checkin.date, is_worked_on=True)
    aims = read_aims(
        store, key.team, reading.paper.document, reading.kept.written.text, reading.today
    )
    aims.keep(store, key.team)
    written = renew_written(kept.written, reading.paper, aims.goals, reading.today)
    written = written.model_copy(update={"path": path, "promise": promise})
    if written != kept.written:
        store.keep_plan(key, written)
    store.keep_marks(key, checkin.marks)
    whole = said.model_copy(update={"asked": (), "marked": {}})
    store.add_checkin(key, KeptCheckin(date=checkin.date, found=keep_found(checkin), said=whole))


def list_past_checkins(plan: KeptPlan | None) -> tuple[PastCheckIn, ...]:
    """Return the check-ins of a plan, the oldest first; none where there is no plan."""
    return tuple(
        PastCheckIn(
            date=kept.date,
            hours_done=kept.found.done,
            hours_due=kept.found.due,
            late=sum(step.state == "late" for step in kept.found.steps),
            wins=kept.said.wins,
            ticked=sum(one.state == "done" for one in kept.said.by_step.values()),
            agreed=tuple(map(describe_agreement, list_agreed(kept.said))),
            answers=kept.said.answers,
            blockers=tuple(map(describe_blocker, kept.said.blockers)),
        )
        for kept in (plan.checkins if plan else ())
    )


def list_agreed(said: Said) -> tuple[StepAgreement, ...]:
    """Return what was agreed beyond what was only ticked."""
    every = said.by_step.values()
    return tuple(a for a in every if a.state != "done" or a.due or a.owner or a.note)


def join_said(kept: KeptPlan) -> Said:
    """Return all that was said since the plan began, the oldest first."""
    every = (*(one.said for one in kept.checkins), kept.said)
    return Said(
        agreements=tuple(one for said in every for one in said.agreements),
        confirmed=tuple(one for said in every for one in said.confirmed),
        wins=tuple(win for said in every for win in said.wins),
        blockers=tuple(one for said in every for one in said.blockers),
        answers=tuple(one for said in every for one in said.answers),
    )


def _next_friday(day: date) -> date:
    """Return the Friday of the week after a day."""
    return day + timedelta(days=11 - day.weekday())


def _read_provenance(path: Path) -> Head:
    """Return whose plan a file is, as far as it tells; what is in it is read when that is known."""
    if not exists(path):
        fix = "Name the plan's file (assess checkin PLAN.md), or leave it out: assess checkin"
        raise AssessError("There is no such file.", str(path), fix)
    return at(path, lambda: read_head(take_apart(read_text(path, AssessError))))


def _find_questionnaire_of(store: Store, team: TeamName, path: Path) -> str | None:
    """Return the questionnaire of the plan in a file, by its tasks; None where there is one alone.

    A team and its manager may have been assessed on the same day.
    """
    planned = [kept for kept in store.history(team) if kept.plan]
    if len({kept.questionnaire for kept in planned}) < 2:
        return None
    there = {task.action for task in read_document(read_text(path, AssessError)).tasks}
    for kept in planned:
        plan = store.load_plan(kept.key)
        if plan and any(p.action in there for p in plan.written.document.priorities):
            return kept.questionnaire
    return None


def _find_plan(errand: Errand, assessed: date | None) -> tuple[Assessment, KeptPlan]:
    """Return the assessment of a day and its plan, or the latest that has one."""
    store, assessment = errand.store, find_assessment(errand, assessed)
    kept = store.load_plan(assessment.key)
    if kept is None and assessed is None:
        history = store.history(assessment.team)
        if planned := find_planned(history, assessment.questionnaire.id):
            assessment, kept = store.load_assessment(planned.key), store.load_plan(planned.key)
    if kept is None:
        what = f"There is no plan for the assessment of {assessment.team} on {assessment.date}."
        raise AssessError(what, str(store.path), _how_to_plan(assessment))
    return assessment, kept


def _how_to_plan(assessment: Assessment) -> str:
    """Say what leads from an assessment without a plan to one."""
    if not assessment.closed:
        return WHEN_ANSWERED
    missing = score_assessment(assessment).missing
    return missing.fix if missing else "Make one with: assess plan"
