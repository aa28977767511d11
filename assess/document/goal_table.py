"""The goals of a plan as tables: written, read back row by row, and brought up to date.

A row is known by the comment inside its last cell; behind the last pipe formatters drop it or
make a column of it, so there it is only read. Columns are known by their headings, in the
languages that we know, else by the place in which they were last written. What somebody typed
into a cell is theirs: it is taken over into what is kept before anything new is written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from assess.document.blocks import block_checksum, format_block
from assess.document.changes import Change, Merged, kept_block, renewed_block
from assess.document.dates import find_phrases, read_iso
from assess.document.markdown import escape_markdown, format_table
from assess.document.oddities import Note
from assess.document.reading import PlanReading, read_document
from assess.document.source import Source
from assess.document.splice import apply_edits, replace_lines
from assess.document.versions import Versions
from assess.figures import amount_text, long_day
from assess.goals import FigureValue, Goal, KeyFigure, Misread, latest_value, read_amount
from assess.record import record

BLOCK: Final = "goals"
_COLUMNS: Final = ("KPI", "From", "To", "By", "Now")
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "KPI": frozenset(("kpi", "key figure", "measure", "kennzahl", "indicateur", "indicador")),
    "From": frozenset(("from", "baseline", "start", "von", "de", "départ", "base")),
    "To": frozenset(("to", "target", "goal", "bis", "ziel", "à", "cible", "objetivo", "meta")),
    "By": frozenset(("by", "until", "due", "date", "wann", "am", "échéance", "fecha")),
    "Now": frozenset(("now", "today", "value", "jetzt", "heute", "actuel", "ahora", "hoy")),
}
_ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_COMMENT: Final = re.compile(
    rf"<!--\s*assess:goals/(?P<goal>{_ID})/(?P<figure>{_ID})(?:\s+(?P<state>deleted))?\s*-->"
)
_RULE: Final = re.compile(r"^[\s|:-]*-[\s|:-]*$")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_EMPTY: Final = frozenset(("", "–", "-", "—", "?"))
_NO_GOAL: Final = "None yet."

RowId = tuple[str, str]


@record
class GoalRow:
    """A row as it stands in a text: what its cells say, by our names of the columns.

    `line` is counted from 0, and so is `now_at`, the place of the column *now*. Of a row that
    was deleted by hand the tool keeps a trace in what it wrote last, and nowhere else.
    """

    id: RowId
    cells: Mapping[str, str]
    line: int
    now_at: int = 0
    is_deleted: bool = False


@record
class GoalEdits:
    """Goals with all that people typed into a plan's file, and what could not be read of it."""

    goals: tuple[Goal, ...]
    notes: tuple[Note, ...] = ()


# --- Written ---


def format_goals(
    goals: Sequence[Goal], today: date, purpose: str = "", ended: Sequence[str] = ()
) -> str:
    """Return the goals that are under way, each with the table of its figures, as Markdown.

    Args:
        goals: Those of a team.
        today: The day whose values count.
        purpose: What goals are for, in a sentence.
        ended: How goals of late ended, a sentence each.
    """
    parts = [escape_markdown(purpose)] if purpose else []
    for goal in goals:
        if goal.is_open:
            parts.append(_heading(goal, today))
            rows = [_row(goal, figure, today) for figure in goal.figures]
            parts += [format_table(_COLUMNS, rows, "lrrlr")] if rows else []
    ended = [f"- {escape_markdown(text)}" for text in ended]
    parts += ["**Ended:**", "\n".join(ended)] if ended else []
    return "\n\n".join(parts) if len(parts) > bool(purpose) else _NO_GOAL


def _heading(goal: Goal, today: date) -> str:
    facts = [f"*{escape_markdown(goal.owner)}*"] if goal.owner else []
    until = "carried over, it was to end on" if goal.end and goal.end < today else "until"
    facts += [f"{until} {long_day(goal.end)}"] if goal.end else []
    tail = f" — {', '.join(facts)}" if facts else ""
    why = f". {escape_markdown(goal.why)}" if goal.why else ""
    return f"**{escape_markdown(goal.title)}**{tail}{why}"


def _row(goal: Goal, figure: KeyFigure, today: date) -> tuple[str, ...]:
    value, by = latest_value(figure, today), goal.due(figure)
    comment = f"<!-- assess:goals/{goal.id}/{figure.id} -->"
    now = amount_text(value.value) if value else "–"
    target = f"{amount_text(figure.target)} {figure.unit}" if figure.target is not None else "–"
    return (
        escape_markdown(figure.label),
        amount_text(figure.baseline) if figure.baseline is not None else "–",
        escape_markdown(target.strip()),
        long_day(by) if by else "–",
        f"{now} {comment}",
    )


# --- Read back ---


def find_rows(source: Source) -> tuple[Mapping[RowId, GoalRow], tuple[Note, ...]]:
    """Return every row with a comment of ours, and what is odd about their tables."""
    rows: dict[RowId, GoalRow] = {}
    notes: list[Note] = []
    for number in range(len(source.lines)):
        found = _COMMENT.search(source.line(number))
        if found is None:
            continue
        name = (found["goal"], found["figure"])
        if name in rows:
            text = f"The row of {name[1]} stands twice; the first one counts."
            notes.append(Note(number + 1, text))
            continue
        cells, now_at, note = _read_cells(source, number)
        rows[name] = GoalRow(name, cells, number, now_at, found["state"] is not None)
        notes += [Note(number + 1, note)] if note else []
    return rows, tuple(notes)


def take_edits(
    document: PlanReading, last_written: str, goals: Sequence[Goal], today: date
) -> GoalEdits:
    """Take over what people typed into the rows since the tool last wrote them.

    A cell that says what was last written is nobody's edit, whatever is kept by now; an empty
    one is left as it is and never a zero. A value is of today.
    """
    now, notes = find_rows(document.source)
    before, _ = find_rows(read_document(last_written).source)
    told = list(notes)
    changed = {goal.id: goal for goal in goals}
    for name, row in now.items():
        goal = changed.get(name[0])
        if goal is None or not any(figure.id == name[1] for figure in goal.figures):
            continue
        old = before[name].cells if name in before else {}
        edited = {c: text for c, text in row.cells.items() if text != old.get(c)}
        if edited and goal.closed is not None:
            told.append(Note(row.line + 1, f"The goal {goal.id} has ended; its row is not read."))
            continue
        for column, text in edited.items():
            result = _take(goal, goal.figure(name[1]), column, text, today)
            if isinstance(result, Goal):
                goal = result
            elif result:
                told.append(Note(row.line + 1, result))
        changed[name[0]] = goal
    return GoalEdits(tuple(changed.values()), tuple(told))


def _take(goal: Goal, figure: KeyFigure, column: str, text: str, today: date) -> Goal | str:
    """Return the goal with what a cell says, or why that cannot be read; nothing where it is."""
    if text in _EMPTY:
        return ""
    if column == "KPI":
        return goal if text == figure.label else _changed(goal, figure, name=text)
    if column == "By":
        day = read_iso(text) or next((p.day for p in find_phrases(text, goal.start) if p.day), None)
        if day is None:
            return f"“{text}” is no date of {figure.id}; write it as 2027-02-28."
        return goal if day == goal.due(figure) else _changed(goal, figure, by=day)
    amount = read_amount(text, figure.unit, figure.amounts)
    if isinstance(amount, Misread):
        return f"{amount.what} ({figure.id}, {column}). {amount.fix}"
    if column == "Now":
        value = latest_value(figure, today)
        if value is not None and value.value == amount:
            return goal
        values = (*figure.values, FigureValue(on=today, value=amount))
        return _changed(goal, figure, values=values)
    return _changed(goal, figure, **{"baseline" if column == "From" else "target": amount})


def _changed(goal: Goal, figure: KeyFigure, **facts: object) -> Goal:
    return goal.with_figure(figure.model_copy(update=facts))


def _read_cells(source: Source, number: int) -> tuple[Mapping[str, str], int, str]:
    """Return the cells of a row by our names, the place of *now*, and what is odd about them."""
    rule = number
    while rule > 0 and "|" in source.line(rule) and not _RULE.match(source.line(rule)):
        rule -= 1
    if rule == 0 or not _RULE.match(source.line(rule)) or "|" not in source.line(rule - 1):
        return {}, 0, "The table of this row cannot be read: it has no line of headings."
    heads = [text.casefold() for text in split_cells(source.line(rule - 1))]
    cells = split_cells(source.line(number))
    if len(cells) > len(heads):
        return {}, 0, "This row has more cells than headings; write a | inside a cell as \\|."
    places = _find_columns(heads)
    if "Now" not in places:
        return {}, 0, "No column of this table is called Now, so its values are not read."
    said = {c: cells[p] if p < len(cells) else "" for c, p in places.items()}
    return said, places["Now"], ""


def _find_columns(heads: Sequence[str]) -> Mapping[str, int]:
    """Return where each column is: by its heading, else where it was last written."""
    places = {c: heads.index(h) for c in _COLUMNS for h in heads if h in _NAMES[c]}
    if len(heads) == len(_COLUMNS):
        free = set(range(len(heads))) - set(places.values())
        places |= {
            c: place for place, c in enumerate(_COLUMNS) if c not in places and place in free
        }
    return places


def split_cells(line: str) -> list[str]:
    """Return what the cells of a row say, without comment, emphasis and escapes."""
    bare = _COMMENT.sub("", line).strip().lstrip("> ")
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [_plain(cell) for cell in _PIPE.split(bare)]


def _plain(cell: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", cell.strip().strip("*_`~ "))


# --- Brought up to date ---


def merge_goals(versions: Versions) -> Iterator[Merged]:
    """Yield what is to be done about the goals of a file.

    Rows that people deleted stay deleted. Where nothing but cells was edited, the whole is
    written anew; else only the cells of rows that are there.
    """
    block, fresh = versions.now.blocks.get(BLOCK), versions.fresh.blocks.get(BLOCK)
    if block is None or fresh is None:
        return
    now, _ = find_rows(versions.now.source)
    old = find_rows(versions.old.source)[0] if versions.old else {}
    new, _ = find_rows(versions.fresh.source)
    gone = {name for name in old if name not in now and name in new}
    for name in sorted(gone):
        if not old[name].is_deleted:
            text = f"The row of {name[1]} stays deleted; its values are kept."
            yield Merged(Change("stays-deleted", "/".join((BLOCK, *name)), text))
    wanted = _without(fresh.text, gone)
    if block_checksum(block.text) == block_checksum(wanted):
        return
    before = versions.old.blocks.get(BLOCK) if versions.old else None
    if before is not None and _frame(block.text) == _frame(_without(before.text, gone)):
        lines = format_block(BLOCK, wanted).split("\n")
        yield Merged(renewed_block(BLOCK), (replace_lines(block.first, block.last, *lines),))
        return
    for name in now.keys() & new.keys():
        if (line := _renewed(versions.now.source, now[name], new[name])) is not None:
            yield Merged(None, (replace_lines(now[name].line, now[name].line, line),))
    if before is None or _frame(before.text) != _frame(fresh.text):
        yield Merged(kept_block(BLOCK))


def renew_goals(
    current: str, last_written: str, goals_text: str
) -> tuple[str, str, tuple[Change, ...]]:
    """Return a plan's file with its goals as they are now, and what the tool wrote last of it."""
    old = read_document(last_written)
    block = old.blocks.get(BLOCK)
    if block is None:
        return current, last_written, ()
    lines = format_block(BLOCK, goals_text).split("\n")
    fresh = apply_edits(old.source, [replace_lines(block.first, block.last, *lines)])
    now = read_document(current, last_written)
    steps = list(merge_goals(Versions(now, old, read_document(fresh))))
    text = apply_edits(now.source, (edit for step in steps for edit in step.edits))
    kept_out = list_deleted_rows(now, old)
    changes = tuple(step.change for step in steps if step.change)
    return text, mark_deleted_rows(fresh, kept_out), changes


def list_deleted_rows(now: PlanReading, old: PlanReading | None) -> frozenset[RowId]:
    """Return the rows that the tool wrote and people took out."""
    if old is None or BLOCK not in now.blocks:
        return frozenset()
    return frozenset(find_rows(old.source)[0].keys() - find_rows(now.source)[0].keys())


def mark_deleted_rows(text: str, names: Iterable[RowId]) -> str:
    """Return a text of the tool's own with a note of the rows that people deleted."""
    for goal, figure in names:
        comment = f"<!-- assess:{BLOCK}/{goal}/{figure}"
        text = text.replace(f"{comment} -->", f"{comment} deleted -->")
    return text


def _renewed(source: Source, row: GoalRow, fresh: GoalRow) -> str | None:
    """Return a row with the value that holds now, or None where it says that already."""
    wanted = fresh.cells.get("Now", "")
    if not row.cells or row.cells["Now"] == wanted:
        return None
    line = source.line(row.line)
    cells = _PIPE.split(line)
    place = row.now_at + line.lstrip(" >").startswith("|")
    comment = _COMMENT.search(cells[place])
    cells[place] = f" {wanted}{f' {comment[0]}' if comment else ''} "
    return "|".join(cells)


def _without(text: str, names: set[RowId]) -> str:
    lines = text.split("\n")
    rows = [(line, _COMMENT.search(line)) for line in lines]
    return "\n".join(
        line for line, row in rows if row is None or (row["goal"], row["figure"]) not in names
    )


def _frame(text: str) -> str:
    """Return what changes when somebody edits anything but the cells of rows."""
    return block_checksum(_COMMENT_ROW.sub(lambda row: f"row {row['goal']} {row['figure']}", text))


_COMMENT_ROW: Final = re.compile(rf"^.*{_COMMENT.pattern}.*$", re.MULTILINE)
