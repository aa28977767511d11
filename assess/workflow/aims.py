"""What a team wants to reach and to stop: kept, and typed and ticked in its plan's file."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from assess.document.figure_table import format_measure, put_table, take_edits
from assess.document.managed import GOALS, renew_parts
from assess.document.marking import TaskEdit, edit_tasks
from assess.document.marks import TaskState
from assess.document.oddities import Note
from assess.document.reading import PlanReading, read_document
from assess.document.tasks import HOURS
from assess.documents.goals import KeptGoals, KeptHours
from assess.documents.kept import KeptPlan, WrittenPlan
from assess.errors import AssessError
from assess.goals.families import FigureCatalogue
from assess.goals.goal import Goal, Measured
from assess.goals.recurring import FREES, RecurringWork, sum_freed
from assess.identity import AssessmentKey, TeamName
from assess.library import Library
from assess.library.files import write_text
from assess.library.plan_data import find_actions, read_key_figures
from assess.pages.goals import write_goals
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store import Store
from assess.workflow.finding import find_questionnaire, find_team, find_usual
from assess.workflow.papers import Paper, read_paper


@record
class TeamAims:
    """Goals, measures and recurring work, with all that people typed into the plan's file."""

    goals: KeptGoals
    works: tuple[RecurringWork, ...] = ()
    notes: tuple[Note, ...] = ()

    def keep(self, store: Store, team: TeamName) -> None:
        store.keep_facts(team, self.goals)
        store.keep_facts(team, KeptHours(recurring=self.works))


@record
class AimsFile:
    """The file of a team's latest plan, and what the tool wrote into it last."""

    key: AssessmentKey
    kept: KeptPlan
    paper: Paper

    def write(
        self, store: Store, goals: KeptGoals, ticks: Mapping[str, TaskState], today: date
    ) -> None:
        """Bring goals, measures and some tasks up to date, and keep what was written."""
        text, base = _renew(self.paper.text, self.kept.written.text, goals, today)
        if base != self.kept.written.text:
            store.keep_plan(self.key, self.kept.written.model_copy(update={"text": base}))
        edits = [TaskEdit(task, state) for task, state in ticks.items()]
        text = edit_tasks(read_document(text, base), base, edits) if edits else text
        if text != self.paper.text:
            write_text(self.paper.path, text)


def _renew(text: str, last_written: str, goals: KeptGoals, today: date) -> tuple[str, str]:
    """Return a plan's file with its figures as they are now, and what the tool wrote last."""
    changes = {
        f"why/{work.id}": partial(put_table, table=format_measure(work, today))
        for work in goals.measured
    }
    told = write_goals(goals.goals, today)
    return renew_parts(text, last_written, {GOALS: lambda _: told, **changes})


def _tick_works(before: TeamAims, now: TeamAims) -> Mapping[str, TaskState]:
    """Return how the tasks to stop, halve or hand over a work are marked, of those that changed."""
    changed = (work for work in now.works if work not in before.works)
    return {f"{HOURS}/{work.id}": _state_of(work) for work in changed}


def _state_of(work: RecurringWork) -> TaskState:
    if work.back is not None or not FREES[work.decision]:
        return "dropped"
    return "done" if work.done else "open"


@record
class Desk:
    """What one team wants to reach and to stop, to be looked at or changed.

    `plan` is the latest of its plans, and `file` the file of that, where it can be read.
    """

    library: Library
    store: Store
    team: TeamName
    questionnaire: str | None
    today: date
    aims: TeamAims
    plan: KeptPlan | None
    file: AimsFile | None

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
        """The recurring work."""
        return self.aims.works

    @cached_property
    def figures(self) -> FigureCatalogue:
        """The key figures that go with what the team is asked."""
        return load_figures(self.library, self.store, self.team, self.questionnaire)

    def reload(self) -> "Desk":
        """Return the desk with all as it is kept, typed and ticked now."""
        return open_desk(self.library, self.store, self.team, self.questionnaire, self.today)

    def change(self, changing: Callable[[TeamAims], TeamAims]) -> "Desk":
        """Keep what a change makes of all as it is now, in the plan's file too.

        Whoever is asked answers for minutes, and others work meanwhile: so what lies on the
        desk is only looked at, and what is changed is read anew.
        """
        with self.store.together():
            now = self.reload()
            aims = changing(now.aims)
            aims.keep(self.store, self.team)
            if now.file is not None:
                ticks = {**_tick_works(now.aims, aims), **now.tick_what_frees(aims)}
                now.file.write(self.store, aims.goals, ticks, self.today)
        return replace(now, aims=aims)

    def tick_what_frees(self, aims: TeamAims) -> Mapping[str, TaskState]:
        """Return the steps of the work that was to find hours, where the first were found.

        It is done then, whatever became of its steps; and open again when all came back.
        """
        is_freed = bool(sum_freed(aims.works))
        if self.file is None or is_freed is bool(sum_freed(self.works)):
            return {}
        actions = find_actions(self.library, self.store.load_assessment(self.file.key))
        frees = {action.id for action in actions.values() if action.frees_hours}
        tasks = self.file.paper.document.by_id.values()
        return {t.id: "done" if is_freed else "open" for t in tasks if t.id and t.action in frees}


def open_desk(
    library: Library, store: Store, team: TeamName | None, questionnaire: str | None, today: date
) -> Desk:
    """Return the desk of the team that is named, or of the only one."""
    name = find_team(store, team)
    key, plan = _find_latest_plan(store, name, questionnaire)
    file = _read_aims_file(key, plan) if key and plan else None
    document, last = (file.paper.document, file.kept.written.text) if file else (None, None)
    aims = read_aims(store, name, document, last, today)
    return Desk(library, store, name, questionnaire, today, aims, plan, file)


def begin_team(store: Store, team: TeamName | None) -> None:
    """Add the team that is named to a store in which there is none yet."""
    if team is not None and not store.teams():
        store.add_team(team)


def load_figures(
    library: Library, store: Store | None, team: TeamName | None, questionnaire: str | None
) -> FigureCatalogue:
    """Return the key figures that go with what a team is asked; none where that is not clear."""
    try:
        if store is not None and team is not None:
            name = find_questionnaire(library, store, team, questionnaire)
        else:
            (name,) = filter(None, (questionnaire or library.usual_questionnaire(),))
    except (AssessError, ValueError):
        if questionnaire is not None:
            raise
        return FigureCatalogue()
    return read_key_figures(library, library.questionnaire(name))


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


def _find_latest_plan(
    store: Store, team: TeamName, questionnaire: str | None
) -> tuple[AssessmentKey | None, KeptPlan | None]:
    history = store.history(team)
    asked = questionnaire or find_usual(history)
    for one in sorted(history, key=lambda one: one.date, reverse=True):
        if one.questionnaire == asked and one.plan:
            return one.key, store.load_plan(one.key)
    return None, None


def _read_aims_file(key: AssessmentKey, plan: KeptPlan) -> AimsFile | None:
    try:
        paper = read_paper(Path(plan.written.path), plan.written.text)
    except AssessError:
        # What is wrong with the file is told by the commands that need it.
        return None
    return None if paper is None else AimsFile(key, plan, paper)
