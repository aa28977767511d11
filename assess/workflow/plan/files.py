"""The plan on paper: rendered, merged into a file that people edit, and kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from assess.document.marking import carry_over
from assess.document.oddities import Note
from assess.document.reading import PlanReading, read_document
from assess.document.tails import words_key
from assess.document.tasks import HOURS
from assess.document.update import Update, begin_anew, update_document
from assess.document.verify import verify_plan
from assess.document.versions import Change
from assess.errors import AssessError
from assess.figures import count as count_of
from assess.identity import TeamName
from assess.library import Library
from assess.library.files import at, exists, read_text, writing
from assess.planning.plan import Plan
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store import Store
from assess.workflow.papers import Paper, name_plan_file, name_whose, read_paper, refuse_other_plan

if TYPE_CHECKING:
    # Most of those who ask for the file of a plan write none.
    from assess.documents.kept import KeptPlan
    from assess.pages.board import Beside


@record
class Place:
    """Where a plan goes, and where it is: `paper` is None where there is no file of it yet.

    `lost` is the file in which it was last known, when that is not there any more.
    """

    target: Path
    paper: Paper | None
    lost: Path | None = None

    @property
    def document(self) -> PlanReading | None:
        """What its file says, if there is one."""
        return self.paper.document if self.paper else None


@record
class PlanFile:
    """A plan that is about to be written.

    `base` is what the tool itself has to say, to be kept for the next update; `text` is that
    merged with what people did to the file. `before` is the text that stands at `path`; None
    where there is no file yet. `changes` tells what the update does or leaves, `notes` what
    was odd.
    """

    path: Path
    base: str
    text: str
    before: str | None
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_written(self) -> bool:
        """Whether the file says all of it already."""
        return self.text == self.before

    @property
    def document(self) -> PlanReading:
        """What the file says once it is written."""
        return read_document(self.text, self.base)


def choose_plan_file(
    store: Store, team: TeamName, questionnaire: Questionnaire, start: date
) -> Path:
    """Return the plan's file name, another one where that is the file of another plan."""
    whose = name_whose(team, questionnaire)
    names = (name_plan_file(whose, start, number) for number in count(1))
    return next(path for path in names if not _is_of_another(store, path, team, questionnaire.id))


def _is_of_another(store: Store, path: Path, team: TeamName, questionnaire: str) -> bool:
    """Tell whether a file that is there is another plan, by its head or by the store."""
    if not path.is_file():
        return False
    named = read_document(read_text(path, AssessError)).head.team
    if named not in (None, team):
        return True
    return str(path.absolute()) in store.other_plan_files(team, questionnaire)


def find_place(out: Path | None, kept: "KeptPlan", default: Path) -> Place:
    """Return where a plan that is kept goes and is: the file that is named, else the known one.

    Where both are there, what is named is read; where only the known one is, the plan moves
    with all its edits. `default` is for a plan of whose file even the folder is gone.
    """
    known = Path(kept.written.path) if kept.written.path else None
    last_written = kept.written.text
    is_there = known is not None and _is_reachable(known)
    if out is not None and (paper := read_paper(out, last_written)):
        return Place(out, paper)
    if known is not None and is_there and (paper := read_paper(known, last_written)):
        return Place(out or known, paper)
    stays = known if known is not None and _is_reachable(known.parent) else default
    target = out or stays
    return Place(target, read_paper(target, last_written), known)


def _is_reachable(path: Path) -> bool:
    """Tell whether a file can be used; one of another machine may not even be looked for."""
    try:
        return exists(path)
    except AssessError:
        return False


def prepare_plan_file(
    plan: Plan,
    library: Library,
    place: Place,
    kept: "KeptPlan | None" = None,
    beside: "Beside | None" = None,
    today: date | None = None,
) -> PlanFile:
    """Return what is to be written, with every edit of a file that is there."""
    from assess.compiled import compiled_templates
    from assess.pages.plan_paper import render_plan

    questionnaire, name = plan.profile.questionnaire, "plan.md.j2"
    template = library.template(questionnaire, name)
    new = render_plan(plan, template, beside, compiled_templates())
    if library.own_template(questionnaire, name):
        verify_plan(new, plan)  # Of the shipped one the tests know that it loses nothing.
    told = tuple(_tell_place(place))
    last_written = kept.written.text if kept else None
    paper = place.paper
    if paper is None:
        begun = _begin(new, kept)
        return PlanFile(place.target, begun.base, begun.text, None, told)
    refuse_other_plan(paper, plan.team, plan.actions)
    update = at(paper.path, lambda: update_document(paper.text, last_written, new, today))
    before = paper.text if place.target == paper.path else None
    changes = (*told, *update.changes)
    return PlanFile(place.target, update.base, update.text, before, changes, paper.document.notes)


def _begin(new: str, kept: "KeptPlan | None") -> Update:
    """Return a plan that has no file yet, with what is known of one that was lost."""
    if kept is None:
        return Update(new, new, ())
    done = {name for name, is_done in kept.marks.items() if is_done}
    return begin_anew(kept.written.text, new, done)


def carry_own_tasks(file: PlanFile, last: "KeptPlan | None") -> PlanFile:
    """Return a new plan's file with what people still have to do of their own in the last one."""
    try:
        paper = read_paper(Path(last.written.path), last.written.text) if last else None
    except AssessError:
        return file  # What cannot be read any more was told when it was read last.
    if last is None or paper is None:
        return file
    steps = {step.id for action in last.written.document.priorities for step in action.steps}
    # The new plan asks by itself for what is to stop, and for steps that it has in these words.
    asked = {words_key(task.wording) for task in read_document(file.text).tasks}
    tasks = [
        task
        for task in paper.document.own_beside(steps)
        if task.state in ("open", "begun") and task.action != HOURS
        if task.id is None or words_key(task.wording) not in asked
    ]
    if not tasks:
        return file
    text = f"Carried over from {paper.path}: {count_of(len(tasks), 'task')} of your own."
    change = Change("own-tasks", "", text)
    return replace(file, text=carry_over(file.text, tasks), changes=(*file.changes, change))


def _tell_place(place: Place) -> Iterator[Change]:
    """Say where a plan was when it is not there any more, and when it moves."""
    if place.lost is not None and place.lost != place.target:
        begins = f"A new one begins at {place.target}"
    else:
        begins = "A new one begins there"
    if place.lost is not None and place.paper is None:
        text = (
            f"The plan's file is not there any more: {place.lost}. {begins}, with the ticks that "
            "are known. If it was only moved, name it instead: assess checkin FILE"
        )
        yield Change("new-place", "", text)
    elif place.paper is not None and place.paper.path != place.target:
        text = (
            f"The plan goes to {place.target} from now on; {place.paper.path} stays as it is, "
            "and is not read any more."
        )
        yield Change("new-place", "", text)


@contextmanager
def writing_plan(file: PlanFile) -> Iterator[None]:
    """Write the file once the block has succeeded; one that says it already is left alone."""
    if file.is_written:
        yield
        return
    with writing(file.path, file.text):
        yield
