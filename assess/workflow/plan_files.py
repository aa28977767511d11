"""The plan on paper: rendered, merged into a file that people edit, and kept."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assess.answers import Assessment
from assess.document import Change, read_document, render_plan, update_document
from assess.errors import AssessError, Problem
from assess.library import Library
from assess.library.files import read_text, writing
from assess.planning.plan import Plan
from assess.planning.record import describe_plan
from assess.store import Store, WrittenPlan
from assess.workflow.plans import Wishes


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that is about to be written: where to, what the tool wrote, and the merged text.

    `changes` says what differs from the file that was there; None where there was none.
    """

    path: Path
    written: str
    text: str
    changes: tuple[Change, ...] | None


def name_plan_file(plan: Plan) -> Path:
    """Return the plan's file name, `<team>-<start>.md`, safe on every system."""
    name = unicodedata.normalize("NFC", plan.team)
    safe = re.sub(r"[^\w-]+", "-", name).strip("-_") or "team"
    short = safe.encode()[:120].decode(errors="ignore")
    return Path(f"{short}-{plan.start.isoformat()}.md")


def prepare_plan_file(
    plan: Plan, library: Library, path: Path, last_written: str | None
) -> PlanFile:
    """Return what is to be written, with every edit of a file that is there.

    Raises:
        AssessError: The file that is there is no plan for this team.
    """
    written = render_plan(plan, library.template(plan.profile.questionnaire, "plan.md.j2"))
    if not path.exists():
        return PlanFile(path, written, written, None)
    current = read_text(path, AssessError)
    _refuse_foreign(path, current, plan)
    update = update_document(current, last_written, written)
    return PlanFile(path, written, update.text, update.changes)


@contextmanager
def writing_plan(file: PlanFile) -> Iterator[None]:
    """Write the file once the block has succeeded; a file that says it already stays as it is."""
    if file.changes is not None and not file.changes and file.path.exists():
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
            text=file.written,
            path=str(file.path.absolute()),
            start=plan.start,
            hours_per_week=plan.capacity.hours_per_week,
            hours_source=plan.capacity.source,
            weeks_off=plan.capacity.weeks_off,
            wants=wishes.wants,
            skips=wishes.skips,
        ),
    )


def _refuse_foreign(path: Path, current: str, plan: Plan) -> None:
    document = read_document(current)
    if document.team is None:
        raise AssessError(
            Problem(
                "This file is there already, and it is not a plan of assess.",
                str(path),
                "Choose another name with --out.",
            )
        )
    if document.team.casefold() != plan.team.casefold():
        raise AssessError(
            Problem(
                f"This file is the plan of another team, '{document.team}'.",
                str(path),
                "Choose another name with --out.",
            )
        )
