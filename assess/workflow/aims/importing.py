"""Goals and values of figures taken in from files, all or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from assess.document.dates import read_day
from assess.documents.goals import KeptGoals
from assess.errors import AssessError, Problem
from assess.figures import count
from assess.goals.families import FigureCatalogue
from assess.goals.goal import FigureValue, Goal, KeyFigure, find_oddities, name_twice, read_goals
from assess.library.files import at, read_bytes, read_toml
from assess.trackers.sheet import read_sheet
from assess.workflow.aims.desk import Desk
from assess.workflow.aims.followed import change_goals, find_figure, find_findings, tell_goals
from assess.workflow.aims.recording import read_value, with_value
from assess.workflow.outcome import Outcome

_FIGURE_COLUMNS: Final = ("figure", "kpi", "key figure", "key result", "id", "name")
_DAY_COLUMNS: Final = ("on", "date", "day", "datum", "fecha")
_VALUE_COLUMNS: Final = ("value", "now", "number", "wert", "valeur", "valor")


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


def list_odd(goals: Sequence[Goal], catalogue: FigureCatalogue, path: Path) -> Iterator[str]:
    for goal in goals:
        for problem in find_oddities(goal, dict(catalogue.better)):
            yield f"{problem.what} {problem.fix} ({path}, {problem.where})"


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
    return tell_goals(desk, after.goals, said, *hint, warnings=list_odd(given, desk.figures, path))


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
            value = FigureValue(on=day, value=read_value(figure, cells[2], ""))
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
