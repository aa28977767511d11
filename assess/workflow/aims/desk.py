"""What a team wants to reach and to stop: kept, and typed and ticked in its plan's file."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assess.document.figure_table import format_measure, put_table, take_edits
from assess.document.managed import GOALS, renew_parts
from assess.document.marking import TaskEdit, edit_tasks
from assess.document.marks import TaskState
from assess.document.oddities import Note
from assess.document.reading import PlanReading, read_document
from assess.document.tasks import HOURS
from assess.documents.goals import KeptGoals, KeptHours
from assess.documents.plan import WrittenPlan
from assess.errors import AssessError
from assess.goals.families import FigureCatalogue
from assess.goals.goal import Goal, Measured
from assess.goals.recurring import FREES, RecurringWork, sum_freed
from assess.identity import AssessmentKey, TeamName
from assess.library import Library
from assess.library.files import write_text
from assess.library.plan_data import find_actions, read_key_figures
from assess.pages.goals import write_goals
from assess.people import Person
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store import Store
from assess.workflow.finding import Errand, find_planned, find_questionnaire, find_usual
from assess.workflow.papers import Paper, read_paper

if TYPE_CHECKING:
    from assess.documents.kept import KeptPlan
    from assess.pages.board import Beside
    from assess.pages.carried import LeftOpen


@record
class TeamAims:
    """Goals, measures and recurring work, with all that people typed into the plan's file."""

    goals: KeptGoals
    works: tuple[RecurringWork, ...] = ()
    notes: tuple[Note, ...] = ()

    def keep(self, store: Store, team: TeamName) -> None:
        store.keep_facts(team, self.goals)
        store.keep_facts(team, KeptHours(recurring=self.works))


def _renew(text: str, last_written: str, goals: KeptGoals, today: date) -> tuple[str, str]:
    """Return a plan's file with its figures as they are now, and what the tool wrote last."""
    changes = {
        f"why/{work.id}": partial(put_table, table=format_measure(work, today))
        for work in goals.measured
    }
    told = write_goals(goals.goals, today)
    return renew_parts(text, last_written, {GOALS: lambda _: told, **changes})


def _state_of(work: RecurringWork) -> TaskState:
    if work.back is not None or not FREES[work.decision]:
        return "dropped"
    return "done" if work.done else "open"


@record
class Desk:
    """What one team wants to reach and to stop, to be looked at or changed.

    `plan` is the latest of its plans, that of `planned`; `paper` is its file, if it can be read.
    """

    errand: Errand
    aims: TeamAims
    planned: AssessmentKey | None
    plan: "KeptPlan | None"
    paper: Paper | None

    @property
    def store(self) -> Store:
        return self.errand.store

    @property
    def team(self) -> TeamName:
        return self.errand.team

    @property
    def today(self) -> date:
        return self.errand.today

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.aims.goals.goals

    @property
    def open_goals(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if goal.is_open)

    @property
    def followed(self) -> tuple[Measured, ...]:
        """Everything that has key figures: goals, and work with its measure."""
        return self.aims.goals.followed

    @property
    def works(self) -> tuple[RecurringWork, ...]:
        return self.aims.works

    @cached_property
    def figures(self) -> FigureCatalogue:
        errand = self.errand
        try:
            asked = find_questionnaire(errand, self.team)
        except AssessError:
            if errand.asked is not None:
                raise
            asked = None
        return load_figures(errand.library, asked)

    def reload(self) -> "Desk":
        """Return the desk with all as it is kept, typed and ticked now."""
        return open_desk(self.errand)

    def change(self, changing: Callable[[TeamAims], TeamAims]) -> "Desk":
        """Keep what a change makes of all as it is now, in the plan's file too.

        Whoever is asked answers for minutes, and others work meanwhile: so what lies on the
        desk is only looked at, and what is changed is read anew.
        """
        with self.store.together():
            now = self.reload()
            aims = changing(now.aims)
            aims.keep(self.store, self.team)
            now.write_file(aims)
        return replace(now, aims=aims)

    def write_file(self, aims: TeamAims) -> None:
        """Bring goals, measures and some tasks up to date in the plan's file."""
        if self.planned is None or self.plan is None or self.paper is None:
            return
        written = self.plan.written
        text, base = _renew(self.paper.text, written.text, aims.goals, self.today)
        if base != written.text:
            self.store.keep_plan(self.planned, written.model_copy(update={"text": base}))
        changed = (work for work in aims.works if work not in self.works)
        ticks = {f"{HOURS}/{work.id}": _state_of(work) for work in changed}
        ticks |= self._tick_what_frees(self.planned, self.paper, aims)
        edits = [TaskEdit(task, state) for task, state in ticks.items()]
        text = edit_tasks(read_document(text, base), base, edits) if edits else text
        if text != self.paper.text:
            write_text(self.paper.path, text)

    def _tick_what_frees(
        self, planned: AssessmentKey, paper: Paper, aims: TeamAims
    ) -> dict[str, TaskState]:
        """Return the steps of the work that was to find hours, where the first were found.

        It is done then, whatever became of its steps; and open again when all came back.
        """
        is_freed = bool(sum_freed(aims.works))
        if is_freed is bool(sum_freed(self.works)):
            return {}
        actions = find_actions(self.errand.library, self.store.load_assessment(planned))
        frees = {action.id for action in actions.values() if action.frees_hours}
        tasks = paper.document.by_id.values()
        return {t.id: "done" if is_freed else "open" for t in tasks if t.id and t.action in frees}


def open_desk(errand: Errand) -> Desk:
    """Return the desk of the team that is named, or of the only one."""
    store, team = errand.store, errand.team
    history = store.history(team)
    asked = errand.asked or find_usual(history)
    latest = find_planned(history, asked) if asked else None
    plan = store.load_plan(latest.key) if latest else None
    paper = _read_paper_of(plan) if plan else None
    document, last = (paper.document, plan.written.text) if plan and paper else (None, None)
    aims = read_aims(store, team, document, last, errand.today)
    return Desk(errand, aims, latest.key if latest else None, plan, paper)


def load_figures(library: Library, questionnaire: str | None) -> FigureCatalogue:
    """Return the key figures of a questionnaire, else of the usual one; none without either."""
    name = questionnaire or library.usual_questionnaire()
    return read_key_figures(library, library.questionnaire(name)) if name else FigureCatalogue()


def read_aims(
    store: Store,
    team: TeamName,
    document: PlanReading | None,
    last_written: str | None,
    today: date,
) -> TeamAims:
    """Return what a team wants to reach and to stop, as kept and as one file says."""
    goals = store.load_facts(team, KeptGoals)
    works = store.load_facts(team, KeptHours).recurring
    if document is None or last_written is None:
        return TeamAims(goals, works)
    edits = take_edits(document, last_written, goals.followed, today)
    return TeamAims(KeptGoals.of(edits.followed), _take_ticks(works, document), edits.notes)


def tell_beside(
    aims: TeamAims,
    questionnaire: Questionnaire,
    people: Sequence[Person],
    today: date,
    left_open: "Sequence[LeftOpen]" = (),
) -> "Beside":
    """Return what stands in a plan's file beside the plan; a manager's has no goals."""
    from assess.pages.board import Beside

    goals, works = aims.goals.goals, aims.works
    if questionnaire.subject == "manager":
        goals, works = (), ()
    return Beside(left_open, goals, aims.goals.measured, works, people, today)


def _take_ticks(works: Sequence[RecurringWork], document: PlanReading) -> tuple[RecurringWork, ...]:
    """Return the works with what was ticked: that a decision really holds."""
    states = {name: task.is_done for name, task in document.by_id.items() if task.action == HOURS}

    def take(work: RecurringWork) -> RecurringWork:
        is_done = states.get(f"{HOURS}/{work.id}", work.done)
        if not FREES[work.decision] or work.back is not None or is_done == work.done:
            return work
        return work.model_copy(update={"done": is_done})

    return tuple(map(take, works))


def followed_in(
    kept: KeptGoals, questionnaire: Questionnaire, actions: Collection[str]
) -> tuple[Measured, ...]:
    """Return what is followed in a questionnaire's plan: its work, and the team's goals.

    Without `actions`, the ids of its catalogue, all work is.
    """
    goals = kept.goals if questionnaire.subject == "team" else ()
    return (*goals, *(work for work in kept.measured if not actions or work.id in actions))


def renew_written(written: WrittenPlan, paper: Paper, goals: KeptGoals, today: date) -> WrittenPlan:
    """Return what the tool wrote last with the figures as people typed them: nobody's edit now."""
    base = _renew(paper.text, written.text, goals, today)[1]
    return written.model_copy(update={"text": base})


def _read_paper_of(plan: "KeptPlan") -> Paper | None:
    try:
        return read_paper(Path(plan.written.path), plan.written.text)
    except AssessError:
        return None  # What is wrong with the file is told by the commands that need it.
