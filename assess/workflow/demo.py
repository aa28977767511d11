"""The built-in example: a team in two quarters, and what it did with the plan in between."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assess.answers import Assessment
from assess.catalogue.action import Lines
from assess.checkin.status import CheckIn
from assess.commands import join_command
from assess.datafile import Many, Record, read_record
from assess.document.reading import read_document
from assess.documents.checkin import describe_checkin
from assess.documents.plan import PlanDocument
from assess.documents.said import Blocker, Said
from assess.errors import DataFileError, Problem
from assess.figures import count, long_day
from assess.library import Library
from assess.library.files import read_text, read_toml, write_text
from assess.media.markdown import render_markdown
from assess.pages.blocks import Page, Section, Sentence, next_section
from assess.pages.checkin import describe_progress, make_checkin_page
from assess.pages.standing import describe_standing
from assess.scoring.assessment import score_assessment
from assess.store import Store
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.assessing.finishing import RunEnd, finish_run
from assess.workflow.checkin.reading import keep_checkin, read_plan
from assess.workflow.finding import Errand
from assess.workflow.outcome import Outcome
from assess.workflow.results.comparing import Sides, compare

EXAMPLE = "marketing-team"
STORE = "demo.sqlite"
OWN_TEAM = "Begin with your own team: assess run"


class DemoProgress(Record):
    """What happened to the first plan: the steps ticked by a check-in, and what was said there."""

    checkin: date
    done: Many[str]
    wins: Lines = ()
    blocker: Many[Blocker] = ()


def play_demo(library: Library, folder: Path) -> Outcome:
    """Carry the example team through two quarters, and write its files into a folder.

    A page is one step of the way; the screen sums all of them up.
    """
    example = library.plan_folder(library.questionnaire(EXAMPLE)) / "example"
    progress = read_progress(example / "progress.toml")
    first, second = (read_assessment([example / f"{n}.toml"], library) for n in ("first", "second"))
    folder.mkdir(parents=True, exist_ok=True)
    with Store(folder / STORE) as store:
        errand = Errand(library, store, first.date, first.team)
        began = play_quarter(errand, first, folder)
        one, path = _tell_quarter(store, first)
        checkin = play_checkin(errand, progress, path)
        ended = play_quarter(errand, second, folder)
        two, _ = _tell_quarter(store, second)
        moved = compare(errand, Sides(first.date, second.date))
    write_text(folder / "comparison.md", render_markdown(moved.pages[0]))
    on = long_day(checkin.date)
    steps = (*one, f"On {on} the plan is read back. {describe_progress(checkin)}", *two)
    titles = (f"{n}. {text}" for n, text in enumerate(steps, start=1))
    end = next_section(
        (f"All files are in {folder}.",),
        ("See what moved between the two:", join_command("compare")),
    )

    def describe() -> dict[str, Any]:
        read_back, quarter = describe_checkin(checkin), ended.describe()
        before = {"first": began.describe(), "checkin": read_back, "second": quarter}
        return {**before, "comparison": moved.describe()}

    return Outcome(
        (*began.pages, make_checkin_page(checkin), *moved.pages, ended.pages[1]),
        describe,
        screen=Page("A team in two quarters", (Section("", tuple(map(Sentence, titles))), end)),
    )


def read_progress(path: Path) -> DemoProgress:
    """Return what happened between the two quarters."""
    problems: list[Problem] = []
    progress = read_record(DemoProgress, read_toml(path), "", problems)
    if progress is None:
        raise DataFileError(*problems).located(str(path))
    return progress


def play_quarter(errand: Errand, given: Assessment, folder: Path) -> Outcome:
    """Keep an assessment on its own day, and write its plan and its result into a folder."""
    name = f"{given.team}-{given.date}"
    end = RunEnd(out=folder / f"{name}.md")
    outcome = finish_run(replace(errand, today=given.date), given, end)
    write_text(folder / f"{name}-result.md", render_markdown(outcome.pages[0]))
    # What comes next is another step of the demo.
    result, plan = outcome.pages
    return replace(outcome, pages=(result, replace(plan, sections=plan.sections[:-1])))


def _tell_quarter(store: Store, given: Assessment) -> tuple[tuple[str, str], Path]:
    """Return the stage and the plan of a quarter in a sentence each, and the plan's file."""
    kept = store.load_plan(given.key)
    if kept is None:
        raise ValueError("a quarter of the demo has a plan")
    plan = kept.written.document
    standing = describe_standing(given.team, score_assessment(given).profile)
    return (standing, _in_short(plan)), Path(kept.written.path)


def _in_short(plan: PlanDocument) -> str:
    titles = "; ".join(priority.title for priority in plan.priorities[:3])
    return (
        f"The plan from {long_day(plan.start)} has {count(len(plan.priorities), 'action')} in "
        f"{count(sum(plan.hours_by_week), 'hour')}. It begins with: {titles}."
    )


def play_checkin(errand: Errand, progress: DemoProgress, path: Path) -> CheckIn:
    """Tick what the team has done in the plan's file, and read it back on the day."""
    write_text(path, tick_tasks(read_text(path), progress.done))
    reading = read_plan(replace(errand, today=progress.checkin), path)
    said = Said(wins=progress.wins, blockers=progress.blocker)
    keep_checkin(errand.store, reading, reading.checkin, said)
    return reading.checkin


def tick_tasks(text: str, steps: Collection[str]) -> str:
    """Return a plan with these steps ticked, as a person would."""
    lines = text.splitlines(keepends=True)
    for name, task in read_document(text).by_id.items():
        if name in steps:
            lines[task.first] = lines[task.first].replace("[ ]", "[x]", 1)
    return "".join(lines)
