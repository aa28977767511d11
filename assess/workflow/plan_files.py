"""The plan on paper: rendered, merged into a file that people edit, and kept."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assess.answers import Assessment
from assess.document.carried import LeftOpen
from assess.document.changes import Change
from assess.document.reading import PlanDocument, read_document
from assess.document.render import render_plan
from assess.document.tasks import Note
from assess.document.verify import verify_plan
from assess.documents.kept import WrittenPlan
from assess.documents.plan import describe_plan
from assess.errors import AssessError, Problem
from assess.library import Library
from assess.library.files import at, exists, read_text, writing
from assess.planning.plan import Plan
from assess.store import Store
from assess.workflow.plans import Wishes


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that is about to be written.

    `base` is what the tool itself has to say, to be kept for the next update; `text` is that
    merged with what people did to the file, of which `before` is the text; None where there
    is no file yet. `changes` tells what the update does or leaves, `notes` what was odd.
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


def name_plan_file(team: str, start: date) -> Path:
    """Return the plan's file name, `<team>-<start>.md`, safe on every system."""
    name = unicodedata.normalize("NFC", team)
    safe = re.sub(r"[^\w-]+", "-", name).strip("-_") or "team"
    short = safe.encode()[:120].decode(errors="ignore")
    return Path(f"{short}-{start.isoformat()}.md")


def prepare_plan_file(
    plan: Plan,
    library: Library,
    path: Path,
    last_written: str | None,
    left_open: Iterable[LeftOpen] = (),
) -> PlanFile:
    """Return what is to be written, with every edit of a file that is there.

    Raises:
        AssessError: The file that is there is no plan for this team.
    """
    template = library.template(plan.profile.questionnaire, "plan.md.j2")
    new = render_plan(plan, template, left_open)
    verify_plan(new, plan)
    if not exists(path):
        return PlanFile(path, new, new, None)
    current = read_text(path, AssessError)
    document = at(path, lambda: read_document(current, last_written))
    _refuse_foreign(path, document, plan)
    # A plan that is written for the first time has nothing to be merged with.
    from assess.document.update import update_document

    update = at(path, lambda: update_document(current, last_written, new))
    return PlanFile(path, update.base, update.text, current, update.changes, document.notes)


def read_plan_file(path: Path) -> PlanDocument | None:
    """Return the plan in a file, or None where there is no such file."""
    if not exists(path):
        return None
    return at(path, lambda: read_document(read_text(path, AssessError)))


def read_marks(path: Path) -> Mapping[str, bool]:
    """Return which steps are ticked in a plan's file; nothing where there is no such file."""
    document = read_plan_file(path)
    return {step: task.is_done for step, task in document.by_id.items()} if document else {}


@contextmanager
def writing_plan(file: PlanFile) -> Iterator[None]:
    """Write the file once the block has succeeded; one that says it already is left alone."""
    if file.is_written:
        yield
        return
    with writing(file.path, file.text):
        yield


def keep_plan(
    store: Store, assessment: Assessment, plan: Plan, file: PlanFile, wishes: Wishes
) -> None:
    """Keep the plan as it was written, with the person's own choices."""
    store.keep_plan(
        assessment.team,
        assessment.questionnaire.id,
        assessment.date,
        WrittenPlan(
            document=describe_plan(plan),
            text=file.base,
            path=str(file.path.absolute()),
            start=plan.start,
            hours_per_week=plan.capacity.hours_per_week,
            hours_source=plan.capacity.source,
            weeks_off=plan.capacity.weeks_off,
            wants=wishes.wants,
            skips=wishes.skips,
        ),
    )


def _refuse_foreign(path: Path, document: PlanDocument, plan: Plan) -> None:
    if document.team is None and not document.by_id:
        raise AssessError(
            Problem(
                "This file is there already, and it is not a plan of assess.",
                str(path),
                "Choose another name with --out.",
            )
        )
    named = {step.split("/")[0] for step in document.by_id}
    if named and named.isdisjoint(plan.actions):
        raise AssessError(
            Problem(
                "This file is a plan for another questionnaire.",
                str(path),
                "Choose another name with --out.",
            )
        )
    if document.team is not None and document.team.casefold() != plan.team.casefold():
        raise AssessError(
            Problem(
                f"This file is the plan of another team, '{document.team}'.",
                str(path),
                "Choose another name with --out.",
            )
        )
