"""A team's goals: shown, checked, measured, taken in from files, ended."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Final, TypeVar

from assess.commands import join_command
from assess.document.dates import read_day
from assess.documents.encoding import as_json
from assess.documents.goals import KeptGoals, describe_goals
from assess.errors import AssessError, Problem, nearest
from assess.figures import count, long_day, name_some
from assess.goals.amounts import Misread, read_amount
from assess.goals.course import find_grade, judge_by_figures
from assess.goals.families import FigureCatalogue
from assess.goals.goal import (
    Closing,
    ConfidenceNote,
    FigureValue,
    Goal,
    KeyFigure,
    Measured,
    find_oddities,
    fold_title,
    name_twice,
    read_goals,
    value_outside,
)
from assess.goals.measures import MeasuredWork
from assess.goals.smart import GoalFinding, check_goals
from assess.library.files import at, read_bytes, read_toml
from assess.pages.blocks import Page, next_section
from assess.pages.goals import (
    KEY_RESULT_COLUMNS,
    describe_ended,
    describe_figure,
    list_key_results,
    make_check_of_goals_page,
    make_goals_page,
    make_okr_page,
)
from assess.trackers.sheet import read_sheet
from assess.workflow.aims.desk import Desk
from assess.workflow.history import list_done_actions
from assess.workflow.outcome import Outcome, write_rows

_FIGURE_COLUMNS: Final = ("figure", "kpi", "key figure", "key result", "id", "name")
_DAY_COLUMNS: Final = ("on", "date", "day", "datum", "fecha")
_VALUE_COLUMNS: Final = ("value", "now", "number", "wert", "valeur", "valor")


M = TypeVar("M", bound=Measured)


def find_findings(desk: Desk) -> tuple[GoalFinding, ...]:
    """Return what the check asks about the goals that are under way."""
    return check_goals(desk.open_goals, desk.figures.words, desk.today)


def change_goals(desk: Desk, changing: Callable[[KeptGoals], KeptGoals]) -> Desk:
    """Keep what a change makes of the goals and measures as they are now."""
    return desk.change(lambda aims: replace(aims, goals=changing(aims.goals)))


def change_one(desk: Desk, one: M, changing: Callable[[M], M]) -> tuple[Desk, M]:
    """Keep what a change makes of one thing that is followed, as it is now."""
    after = change_goals(desk, lambda kept: kept.put(changing(find_again(kept.followed, one))))
    return after, find_again(after.followed, one)


def find_again(followed: Iterable[Measured], one: M) -> M:
    """Return what has the address of another."""
    return next(
        known for known in followed if known.address == one.address and isinstance(known, type(one))
    )


def tell_goals(
    desk: Desk, followed: Iterable[Measured], *after: str, warnings: Iterable[str] = ()
) -> Outcome:
    """Return what is said in a few sentences, with goals and measures as the document."""
    shown = tuple(followed)
    return Outcome(
        (),
        lambda: describe_goals(desk.team, shown, desk.today),
        warnings=tuple(warnings),
        after=after,
    )


# --- Shown and checked ---


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
    return replace(outcome, warnings=tuple(_odd(goals, catalogue, path)))


def _tell_findings(found: Sequence[GoalFinding], number: int) -> Outcome:
    page = make_check_of_goals_page(found, number)
    return Outcome((page,), lambda: {"findings": as_json(found)})


def _odd(goals: Sequence[Goal], catalogue: FigureCatalogue, path: Path) -> Iterator[str]:
    for goal in goals:
        for problem in find_oddities(goal, dict(catalogue.better)):
            yield f"{problem.what} {problem.fix} ({path}, {problem.where})"


# --- Found ---


def find_priorities(desk: Desk, *, with_done: bool = False) -> Mapping[str, str]:
    """Return the titles of what the latest plan has and nobody has done, by action."""
    priorities = desk.plan.written.document.priorities if desk.plan else ()
    done = () if with_done or desk.plan is None else list_done_actions(desk.plan)
    work = (p for p in priorities if p.kind != "decision" and p.action not in done)
    return {priority.action: priority.title for priority in work}


def find_goal(goals: Iterable[M], name: str) -> M:
    """Return the goal of an id or a title, open ones first, and goals before measures."""
    in_turn = sorted(goals, key=lambda goal: not goal.is_open)
    for goal in in_turn:
        if name in (goal.id, goal.address) or fold_title(name) == fold_title(goal.title):
            return goal
    fix = nearest(name, (g.id for g in in_turn)) if in_turn else "Set one with: assess goals add"
    raise AssessError(f"There is no goal '{name}'.", "ID", fix)


def find_figure(followed: Iterable[Measured], name: str) -> tuple[Measured, KeyFigure]:
    """Return the figure of an id, of `goal/figure`, of a name, or the only one of a goal."""
    pairs = [(held, figure) for held in followed for figure in held.figures]
    open_first = [p for p in pairs if p[0].is_open] or pairs
    wanted, ranks = fold_title(name), zip(*starmap(_called, open_first), strict=True)
    matches = (
        [pair for pair, known in zip(open_first, names, strict=True) if known == wanted]
        for names in ranks
    )
    found = next(filter(None, matches), [])
    if len(found) == 1:
        return found[0]
    what = f"There is no figure '{name}'."
    fix = nearest(name, (_known_by(held, figure.id) for held, figure in pairs))
    if found:
        ids = name_some([_known_by(held, f"{held.id}/{figure.id}") for held, figure in found])
        what, fix = f"'{name}' names {len(found)} figures.", f"Say which: {ids}."
    elif not pairs:
        fix = "Set a goal with a figure first: assess goals add"
    raise AssessError(what, "ID", fix)


def _called(held: Measured, figure: KeyFigure) -> tuple[str, ...]:
    """Return what a figure may be called, the clearest first."""
    whole = (f"{held.address}/{figure.id}", f"{held.id}/{figure.id}")
    return (*whole, figure.id, fold_title(figure.label), held.id)


def _known_by(held: Measured, figure: str) -> str:
    """Return what to call a figure by: the measure of work goes by the id of its action."""
    return held.id if isinstance(held, MeasuredWork) else figure


# --- Measured ---


def record_value(desk: Desk, name: str, typed: str, day: date, confidence: int | None) -> Outcome:
    """Keep what a figure was on a day, and say where that is beside the straight line."""

    def measure(kept: KeptGoals) -> KeptGoals:
        held, figure = find_figure(kept.followed, name)
        value = FigureValue(on=day, value=_read_value(figure, typed, f"{held.id}/{figure.id}"))
        changed = with_value(held, figure, value)
        if confidence is not None:
            known = changed.figure(figure.id)
            notes = (*known.confidence, ConfidenceNote(on=day, points=confidence))
            changed = changed.with_figure(known.model_copy(update={"confidence": notes}))
        return kept.put(changed)

    held, figure = find_figure(change_goals(desk, measure).followed, name)
    said = describe_figure(held, figure, desk.today)
    if day > desk.today:
        said = f"{said} What was recorded counts from {long_day(day)} on."
    warned = value_outside(held, day, figure.label) if held.is_outside(day) else None
    warnings = (f"{warned.what} {warned.fix}",) if warned else ()
    return tell_goals(desk, (held,), said, warnings=warnings)


def with_value(held: Measured, figure: KeyFigure, value: FigureValue) -> Measured:
    """Return a goal or measure with one more value; the last one again changes nothing."""
    if held.closed is not None:
        what = f"“{held.title}” ended on {long_day(held.closed.on)}."
        fix = "Set a new goal for the next quarter: assess goals add"
        raise AssessError(what, f"{held.id}/{figure.id}", fix)
    same_day = [known for known in figure.values if known.on == value.on]
    return held if same_day and same_day[-1] == value else held.with_value(figure, value)


def _read_value(figure: KeyFigure, typed: str, where: str) -> Decimal:
    found = read_amount(typed, figure.unit, figure.amounts)
    if isinstance(found, Misread):
        raise AssessError(found.what, where, found.fix)
    return found


# --- Taken in ---


def import_file(desk: Desk, path: Path, *, replace_kept: bool) -> Outcome:
    """Take in goals (TOML) or values of figures (a table), all or nothing.

    The desk is opened in the transaction that keeps them.
    """
    if path.suffix.lower() == ".toml":
        return _import_goals(desk, path, replace_kept=replace_kept)
    return _import_values(desk, path)


def read_goals_file(path: Path) -> tuple[Goal, ...]:
    """Return the goals of a TOML file."""
    problems: list[Problem] = []
    goals = read_goals(read_toml(path, AssessError), problems)
    if problems:
        raise AssessError(*problems).located(str(path))
    return goals


def _import_goals(desk: Desk, path: Path, *, replace_kept: bool) -> Outcome:
    given, problems = read_goals_file(path), list[Problem]()
    kept = {goal.id: goal for goal in desk.goals}
    joined = {g.id: _join(kept[g.id], g, problems) if g.id in kept else g for g in given}
    changed = [name for name, goal in joined.items() if kept.get(name, goal) != goal]
    for name in () if replace_kept else changed:
        what = f"The goal '{name}' is kept already, and says something else."
        fix = "Use --replace to put the file's in its place; values that are kept stay."
        problems.append(Problem(what, f"goal[id={name}]", fix))
    goals = {**kept, **joined}
    problems.extend(name_twice(goal for goal in goals.values() if goal.is_open))
    if problems:
        raise AssessError(*problems).located(str(path))
    after = change_goals(desk, lambda now: KeptGoals.of((*goals.values(), *now.measured)))
    said = f"{count(len(goals) - len(kept), 'goal')} taken in, {len(changed)} changed."
    asked = len(find_findings(after))
    hint = (f"{count(asked, 'thing')} to ask about. See: assess goals check",) if asked else ()
    return tell_goals(desk, after.goals, said, *hint, warnings=_odd(given, desk.figures, path))


def _join(kept: Goal, given: Goal, problems: list[Problem]) -> Goal:
    """Return what is given, with every value that is kept; a unit stays what it is."""
    figures = {figure.id: figure for figure in given.figures}
    for before in kept.figures:
        now = figures.get(before.id)
        if now is None:
            figures |= {before.id: before} if before.values else {}
            continue
        problems.extend(unit_changed(before, now, f"goal[id={kept.id}].figure[id={before.id}]"))
        more = tuple(value for value in now.values if value not in before.values)
        # Where it was counted first is no other baseline than none.
        baseline = before.baseline if now.baseline is None else now.baseline
        facts = {"values": (*before.values, *more), "confidence": before.confidence}
        figures[before.id] = now.model_copy(update={**facts, "baseline": baseline})
    own = {"closed": kept.closed, "helped_by": given.helped_by or kept.helped_by}
    return given.model_copy(update={**own, "figures": tuple(figures.values())})


def unit_changed(before: KeyFigure, now: KeyFigure, where: str) -> Iterator[Problem]:
    """Refuse another unit for a figure that has values: they would mean something else."""
    if before.values and before.unit and before.unit.casefold() != now.unit.casefold():
        what = f"“{before.label}” was measured in {before.unit}, and now says {now.unit or 'none'}."
        fix = "Add another figure with an id of its own for the other unit; the values stay."
        yield Problem(what, f"{where}.unit", fix)


def _import_values(desk: Desk, path: Path) -> Outcome:
    rows = at(path, lambda: read_sheet(read_bytes(path, AssessError))).rows
    columns = _find_columns(rows[0][1] if rows else (), path)
    changed, problems, taken = desk.aims.goals, list[Problem](), 0
    for number, row in rows[1:]:
        cells = [row[at].strip() if at < len(row) else "" for at in columns]
        if not any(cells) or not cells[2]:
            continue  # An empty cell is left as it is, never a zero.
        try:
            held, figure = find_figure(changed.followed, cells[0])
            day = _read_day(cells[1], desk.today)
            value = FigureValue(on=day, value=_read_value(figure, cells[2], ""))
            measured = with_value(held, figure, value)
        except AssessError as error:
            found = error.problems
            problems += [replace(p, where=f"{path}, row {number}") for p in found]
            continue
        taken += measured is not held
        changed = changed.put(measured)
    if problems:
        raise AssessError(*problems)
    change_goals(desk, lambda _: changed)
    return tell_goals(desk, changed.followed, f"{count(taken, 'value')} taken in.")


def _find_columns(head: Sequence[str], path: Path) -> tuple[int, int, int]:
    titles = [cell.strip().casefold() for cell in head]
    wanted = (_FIGURE_COLUMNS, _DAY_COLUMNS, _VALUE_COLUMNS)
    places = [next((n for n, t in enumerate(titles) if t in names), None) for names in wanted]
    missing = [names[0] for names, place in zip(wanted, places, strict=True) if place is None]
    if missing:
        what = f"The table has no column for {', '.join(missing)}."
        fix = "Begin it with the line: figure,on,value"
        raise AssessError(what, f"{path}, row 1", fix)
    first, second, third = (place or 0 for place in places)
    return first, second, third


def _read_day(text: str, near: date) -> date:
    found = read_day(text, near)
    if found is None:
        fix = "Write it as 2026-12-04, or as 4 December 2026."
        raise AssessError(f"“{text}” is not a date.", "the date", fix)
    return found


# --- Ended ---


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


def require_open(goal: M) -> M:
    """Return a goal that has not ended."""
    if goal.closed is not None:
        what = f"“{goal.title}” ended on {long_day(goal.closed.on)} already."
        raise AssessError(what, goal.id, "See all with: assess goals")
    return goal


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
