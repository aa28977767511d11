"""A team's goals: shown, checked, ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from assess.commands import join_command
from assess.documents.encoding import as_json
from assess.errors import AssessError
from assess.goals.course import find_grade, judge_by_figures
from assess.goals.families import FigureCatalogue
from assess.goals.goal import Closing, Measured
from assess.goals.smart import GoalFinding, check_goals
from assess.pages.blocks import Page, next_section
from assess.pages.goals import (
    KEY_RESULT_COLUMNS,
    describe_ended,
    list_key_results,
    make_check_of_goals_page,
    make_goals_page,
    make_okr_page,
)
from assess.workflow.aims.desk import Desk
from assess.workflow.aims.followed import (
    change_one,
    find_findings,
    find_goal,
    find_priorities,
    require_open,
    tell_goals,
)
from assess.workflow.aims.importing import list_odd, read_goals_file
from assess.workflow.outcome import Outcome, write_rows


def show_goals(desk: Desk, *, okr: bool) -> Outcome:
    """Return every goal as it stands today."""
    if okr:
        page = make_okr_page(desk.team, desk.goals, desk.today)
    else:
        titles, found = find_priorities(desk, with_done=True), find_findings(desk)
        page = make_goals_page(desk.team, desk.followed, desk.today, found=found, titles=titles)
    end = next_section((), _find_next(desk))
    odd = tuple(f"Line {note.line} of the plan: {note.text}" for note in desk.aims.notes)
    screen = Page(page.title, (*page.sections, end))
    rows = list_key_results(desk.goals, desk.today)
    files = {".csv": partial(write_rows, columns=KEY_RESULT_COLUMNS, rows=rows)}
    told = tell_goals(desk, desk.followed, warnings=odd)
    return replace(told, pages=(page,), screen=screen, files=files)


def _find_next(desk: Desk) -> tuple[str, str]:
    if bare := next((goal.id for goal in desk.open_goals if not goal.figures), None):
        return (
            "Add the KPI (key figure) by which it is seen:",
            join_command("goals", "edit", bare),
        )
    if figure := next((f.id for g in desk.open_goals for f in g.figures), None):
        return ("Record a value:", join_command("goals", "record", figure))
    return ("Set a goal:", join_command("goals", "add"))


def check_kept_goals(desk: Desk) -> Outcome:
    """Return what the check asks about the goals that are under way."""
    return _tell_findings(find_findings(desk), len(desk.open_goals))


def check_goals_file(path: Path, catalogue: FigureCatalogue, today: date) -> Outcome:
    """Return what the check asks about the goals of a file; nothing is kept."""
    goals = read_goals_file(path)
    outcome = _tell_findings(check_goals(goals, catalogue.words, today), len(goals))
    return replace(outcome, warnings=tuple(list_odd(goals, catalogue, path)))


def _tell_findings(found: Sequence[GoalFinding], number: int) -> Outcome:
    page = make_check_of_goals_page(found, number)
    return Outcome((page,), lambda: {"findings": as_json(found)})


def end_goal(desk: Desk, name: str, learned: str, *, reached: bool | None, okr: bool) -> Outcome:
    """End a goal: reached when every figure is at its target."""
    goal = require_open(find_goal(desk.goals, name))
    is_told = judge_by_figures(goal, desk.today) is not None
    if not is_told and reached is None:
        what = f"No figure tells whether '{goal.id}' was reached."
        fix = "Say --reached or --missed."
        if goal.figures:
            record = join_command("goals", "record", goal.figures[0].id)
            fix = f"{fix} Or record a value first: {record}"
        raise AssessError(what, goal.id, fix)
    said = None if is_told else reached
    return _end(desk, goal, Closing(on=desk.today, learned=learned, reached=said), okr=okr)


def give_up(desk: Desk, name: str, because: str) -> Outcome:
    """End a goal, or a measure, that nobody wants to hear of; it stays in what is kept."""
    goal = require_open(find_goal(desk.followed, name))
    return _end(desk, goal, Closing(on=desk.today, learned=because, dropped=True), okr=False)


def _end(desk: Desk, one: Measured, closing: Closing, *, okr: bool) -> Outcome:
    _, ended = change_one(
        desk, one, lambda now: require_open(now).model_copy(update={"closed": closing})
    )
    grades = [
        f"{figure.label}: grade {float(grade):.2f}"
        for figure in ended.figures
        if okr and (grade := find_grade(ended, figure)) is not None
    ]
    return tell_goals(desk, (ended,), describe_ended(ended), *grades)
