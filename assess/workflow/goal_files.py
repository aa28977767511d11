"""Goals and recurring work beside the plan's file, in which people type values and tick too."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assess.document.goal_table import renew_goals, take_edits
from assess.document.marking import TaskEdit, edit_tasks
from assess.document.marks import TaskState
from assess.document.oddities import Note
from assess.document.reading import PlanReading
from assess.document.tasks import HOURS
from assess.documents.goals import KeptGoals, KeptHours
from assess.documents.kept import KeptPlan, WrittenPlan
from assess.errors import AssessError
from assess.goals import Goal, RecurringWork
from assess.goals.recurring import FREES
from assess.identity import AssessmentKey, TeamName
from assess.library.files import write_text
from assess.pages.goals import write_goals
from assess.record import record
from assess.store import Store
from assess.workflow.papers import Paper, read_paper


@record
class TeamAims:
    """What a team wants to reach and to stop, with all that people typed into its plan's file."""

    goals: tuple[Goal, ...] = ()
    works: tuple[RecurringWork, ...] = ()
    notes: tuple[Note, ...] = ()

    def keep(self, store: Store, team: TeamName) -> None:
        store.keep_facts(team, KeptGoals(goals=self.goals))
        store.keep_facts(team, KeptHours(recurring=self.works))


@record
class AimsFile:
    """The file of a team's latest plan, and what the tool wrote into it last."""

    key: AssessmentKey
    kept: KeptPlan
    paper: Paper

    def write(self, store: Store, goals: Sequence[Goal], today: date) -> None:
        """Bring the goals of the file up to date, and keep what was written."""
        written = self.kept.written
        text, base, _ = renew_goals(self.paper.text, written.text, write_goals(goals, today))
        if base != written.text:
            store.keep_plan(self.key, written.model_copy(update={"text": base}))
        if text != self.paper.text:
            write_text(self.paper.path, text)

    def tick(self, before: Sequence[RecurringWork], now: Sequence[RecurringWork]) -> None:
        """Mark in the file what was decided or confirmed of works: file and store say the same."""
        changed = [work for work in now if work not in before]
        edits = [TaskEdit(f"{HOURS}/{work.id}", _state_of(work)) for work in changed]
        text = edit_tasks(self.paper.document, self.kept.written.text, edits)
        if text != self.paper.text:
            write_text(self.paper.path, text)


def _state_of(work: RecurringWork) -> TaskState:
    """Return how the task to stop, halve or hand over a work is marked."""
    if work.back is not None or not FREES[work.decision]:
        return "dropped"
    return "done" if work.done else "open"


def read_aims(
    store: Store,
    team: TeamName,
    document: PlanReading | None,
    last_written: str | None,
    today: date,
) -> TeamAims:
    """Return the goals and the recurring work of a team, as kept and as its plan's file says."""
    goals = store.load_facts(team, KeptGoals).goals
    works = store.load_facts(team, KeptHours).recurring
    if document is None or last_written is None:
        return TeamAims(goals, works)
    edits = take_edits(document, last_written, goals, today)
    return TeamAims(edits.goals, _take_ticks(works, document), edits.notes)


def _take_ticks(works: Sequence[RecurringWork], document: PlanReading) -> tuple[RecurringWork, ...]:
    """Return the works with what was ticked: that a decision really holds."""
    states = {name: task.is_done for name, task in document.by_id.items() if task.action == HOURS}

    def take(work: RecurringWork) -> RecurringWork:
        is_done = states.get(f"{HOURS}/{work.id}", work.done)
        if not FREES[work.decision] or work.back is not None or is_done == work.done:
            return work
        return work.model_copy(update={"done": is_done})

    return tuple(map(take, works))


def renew_written(
    written: WrittenPlan, paper: Paper, goals: Sequence[Goal], today: date
) -> WrittenPlan:
    """Return what the tool wrote last with the goals as people typed them: nobody's edit now."""
    base = renew_goals(paper.text, written.text, write_goals(goals, today))[1]
    return written.model_copy(update={"text": base})


def read_aims_now(store: Store, team: TeamName, today: date) -> tuple[AimsFile | None, TeamAims]:
    """Return the file of a team's latest plan, and the goals and work that it and the store say."""
    file = _find_aims_file(store, team)
    document, last = (file.paper.document, file.kept.written.text) if file else (None, None)
    return file, read_aims(store, team, document, last, today)


def _find_aims_file(store: Store, team: TeamName) -> AimsFile | None:
    """Return the file of a team's latest plan, or None where there is none that can be read."""
    for one in sorted(store.history(team), key=lambda one: one.date, reverse=True):
        kept = store.load_plan(one.key)
        if kept is None:
            continue
        try:
            paper = read_paper(Path(kept.written.path), kept.written.text)
        except AssessError:
            # What is wrong with the file is told by the commands that need it.
            return None
        return None if paper is None else AimsFile(one.key, kept, paper)
    return None
