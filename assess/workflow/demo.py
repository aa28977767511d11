"""The built-in example: a team in two quarters, and what it did with the plan in between."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from assess.answers import Assessment
from assess.catalogue.action import Cause, Lines
from assess.checkin.status import CheckIn
from assess.commands import join_command
from assess.comparison.records import Comparison
from assess.datafile import Line, Many, Record, read_entries, read_record
from assess.document.reading import read_document
from assess.documents.checkin import describe_checkin
from assess.documents.comparison import describe_comparison
from assess.documents.plan import describe_plan
from assess.documents.said import Blocker, Said
from assess.errors import DataFileError, Problem
from assess.figures import count, long_day
from assess.library import Library
from assess.library.files import read_text, read_toml, write_text
from assess.media.markdown import render_markdown
from assess.pages.blocks import Page, Section, Sentence, next_section
from assess.pages.checkin import describe_progress, make_checkin_page
from assess.pages.plan import make_plan_page
from assess.pages.result import make_result_page
from assess.pages.standing import describe_standing
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.store import Store
from assess.workflow.answer_files import read_assessment
from assess.workflow.checkins import keep_checkin, read_plan
from assess.workflow.comparing import compare_in_store, find_comparison_page
from assess.workflow.drawing import Drawn, draw_plan, writing
from assess.workflow.plans import Wishes
from assess.workflow.results import describe_result, find_result_page

EXAMPLE = "marketing-team"
STORE = "demo.sqlite"


class _Progress(Record):
    checkin: date
    done: Many[str]
    wins: Lines = ()


class _Blocker(Record):
    text: Line
    cause: Cause | None = None


@record
class DemoExample:
    """Two assessments of one team, and what happened between them.

    `done` holds the ids of the steps that were ticked by the day of the check-in.
    """

    first: Assessment
    second: Assessment
    checkin: date
    done: frozenset[str]
    said: Said


@record
class DemoQuarter:
    """A result with the plan that follows from it."""

    result: Result
    drawn: Drawn


@record
class Demo:
    """The whole way, a page for each step of it, and a summary for one screen."""

    pages: tuple[Page, ...]
    summary: Page
    document: Mapping[str, Any]


def play_demo(library: Library, store: Store, folder: Path) -> Demo:
    """Carry the example team through two quarters, and write its files into a folder."""
    example = read_example(library)
    first = play_quarter(library, store, example.first, folder)
    checkin = play_checkin(library, store, example, first.drawn.file.path)
    second = play_quarter(library, store, example.second, folder)
    comparison, page = play_comparison(library, store, example, folder)
    pages = (
        find_result_page(first.result),
        make_plan_page(first.drawn.plan),
        make_checkin_page(checkin),
        page,
        make_plan_page(second.drawn.plan),
    )
    document = {
        "first": _describe_quarter(first),
        "checkin": describe_checkin(checkin).as_json(),
        "second": _describe_quarter(second),
        "comparison": describe_comparison(comparison),
    }
    steps = (
        describe_standing(first.result.assessment.team, first.result.profile),
        _in_short(first.drawn),
        f"On {long_day(checkin.date)} the plan is read back. {describe_progress(checkin)}",
        describe_standing(second.result.assessment.team, second.result.profile),
        _in_short(second.drawn),
    )
    titles = (f"{n}. {text}" for n, text in enumerate(steps, start=1))
    end = next_section(
        (f"All files are in {folder}.",),
        ("See what moved between the two:", join_command("compare")),
    )
    summary = Page("A team in two quarters", (Section("", tuple(map(Sentence, titles))), end))
    return Demo(pages, summary, document)


def _in_short(drawn: Drawn) -> str:
    plan = drawn.plan
    titles = "; ".join(priority.work.title for priority in plan.priorities[:3])
    return (
        f"The plan from {long_day(plan.start)} has {count(len(plan.priorities), 'action')} in "
        f"{count(sum(plan.hours_by_week), 'hour')}. It begins with: {titles}."
    )


def _describe_quarter(quarter: DemoQuarter) -> Mapping[str, Any]:
    return {
        "score": describe_result(quarter.result),
        "plan": describe_plan(quarter.drawn.plan).as_json(),
    }


def read_example(library: Library) -> DemoExample:
    """Return the example that comes with the shipped questionnaire."""
    folder = library.plan_folder(library.questionnaire(EXAMPLE)) / "example"
    table = read_toml(folder / "progress.toml")
    problems: list[Problem] = []
    head = {key: value for key, value in table.items() if key != "blocker"}
    progress = read_record(_Progress, head, "", problems)
    blockers = read_entries(_Blocker, table, "blocker", problems, required=False)
    if progress is None or problems:
        raise DataFileError(*problems).located(str(folder / "progress.toml"))
    return DemoExample(
        first=read_assessment([folder / "first.toml"], library),
        second=read_assessment([folder / "second.toml"], library),
        checkin=progress.checkin,
        done=frozenset(progress.done),
        said=Said(
            wins=progress.wins,
            blockers=tuple(Blocker(text=b.text, cause=b.cause) for b in blockers),
        ),
    )


@contextmanager
def open_demo(folder: Path) -> Iterator[Store]:
    """Open the demo's own store in a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    with Store(folder / STORE) as store:
        yield store


def play_quarter(
    library: Library, store: Store, assessment: Assessment, folder: Path
) -> DemoQuarter:
    """Keep an assessment on its own day, and write its plan and its result into a folder."""
    name = f"{assessment.team}-{assessment.date}"
    drawn = draw_plan(library, store, assessment, Wishes(), folder / f"{name}.md", assessment.date)
    with writing(store, assessment, drawn):
        store.keep_assessment(assessment)
    result = score_assessment(assessment)
    page = make_result_page(assessment.team, assessment.date, result.profile, result)
    write_text(folder / f"{name}-result.md", render_markdown(page))
    return DemoQuarter(result, drawn)


def play_checkin(library: Library, store: Store, example: DemoExample, path: Path) -> CheckIn:
    """Tick what the team has done in the plan's file, and read it back on the day."""
    write_text(path, tick_tasks(read_text(path), example.done))
    reading = read_plan(
        library, store, path, example.first.team, example.first.questionnaire.id, example.checkin
    )
    keep_checkin(store, reading, reading.checkin, example.said)
    return reading.checkin


def play_comparison(
    library: Library, store: Store, example: DemoExample, folder: Path
) -> tuple[Comparison, Page]:
    """Compare the two quarters, and write it into a folder."""
    every = store.load_assessments(example.second.team, example.second.questionnaire.id)
    comparison = compare_in_store(store, every, example.first.date, example.second.date)
    page = find_comparison_page(store, comparison, every)
    write_text(folder / "comparison.md", render_markdown(page))
    return comparison, page


def tick_tasks(text: str, steps: Collection[str]) -> str:
    """Return a plan with these steps ticked, as a person would."""
    lines = text.splitlines(keepends=True)
    for name, task in read_document(text).by_id.items():
        if name in steps:
            lines[task.first] = lines[task.first].replace("[ ]", "[x]", 1)
    return "".join(lines)
