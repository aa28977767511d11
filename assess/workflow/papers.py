"""A plan's file: its name, and whether it is a plan of ours, a whole one, and of this team."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from assess.document.marks import TaskState
from assess.document.reading import PlanReading, read_document, refuse_cut
from assess.document.ticks import read_ticks
from assess.errors import AssessError
from assess.library.files import at, exists, read_text
from assess.questionnaire import Questionnaire
from assess.record import record

_ANOTHER_FILE: Final = "Name the plan's own file, or choose another name with --out."


@record
class Paper:
    """A plan's file as it is, beside what the tool wrote into it last."""

    path: Path
    text: str
    last_written: str | None

    @cached_property
    def document(self) -> PlanReading:
        return at(self.path, lambda: read_document(self.text, self.last_written))

    @cached_property
    def ticks(self) -> Mapping[str, TaskState] | None:
        """The state of each step, where nobody did more to the file than to tick."""
        return read_ticks(self.text, self.last_written) if self.last_written else None


def name_plan_file(team: str, start: date, number: int = 1) -> Path:
    """Return a plan's file name, `<team>-<start>.md`, safe on every system.

    `number` counts names from 1 on, for teams whose names differ only in what is left out.
    """
    name = unicodedata.normalize("NFC", team)
    # Signs above and below letters are part of them; many scripts have no word without.
    kept = (
        c if c in "-_" or c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in name
    )
    safe = "-".join("".join(kept).split()).strip("-_") or "team"
    short = safe.encode()[:120].decode(errors="ignore")
    again = f"-{number}" if number > 1 else ""
    return Path(f"{short}{again}-{start.isoformat()}.md")


def name_whose(team: str, questionnaire: Questionnaire) -> str:
    """Return whose files they are, for their names: a team's, or its manager's."""
    return team if questionnaire.subject == "team" else f"{team} {questionnaire.subject}"


def read_paper(path: Path, last_written: str | None) -> Paper | None:
    """Return the plan in a file, or None where there is no such file.

    This is the one door for every command that reads a plan.
    """
    if not exists(path):
        return None
    paper = Paper(path, read_text(path, AssessError), last_written)
    if paper.ticks:
        return paper  # It is what the tool wrote: a plan, and whole.
    document = paper.document
    if not document.is_ours:
        raise AssessError(
            "This file is there already, and it is not a plan of assess.", str(path), _ANOTHER_FILE
        )
    whole = read_document(last_written) if last_written is not None else document
    at(path, lambda: refuse_cut(document, whole))
    return paper


def refuse_other_plan(paper: Paper, team: str, known: Collection[str]) -> None:
    """Refuse the plan of another team, or one with nothing in common with this one."""
    document, there = paper.document, set(paper.document.by_id)
    named = there | {step.split("/")[0] for step in there}
    if named and named.isdisjoint(known):
        what = (
            "None of its tasks is from this plan: it is a plan for another questionnaire or time."
        )
    elif document.head.team is not None and document.head.team != team:
        what = f"This file is the plan of another team, '{document.head.team}'."
    else:
        return
    raise AssessError(what, str(paper.path), _ANOTHER_FILE)
