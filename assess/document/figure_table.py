"""Key figures in a plan's file as tables: written, read back row by row, and renewed.

There is a row for each figure of a goal, and one for the measure of each piece of work.

A row is known by the comment inside its last cell; behind the last pipe formatters drop it or
make a column of it, so there it is only read. Columns are known by their headings, in the
languages that we know, else by the place in which they were last written. What somebody typed
into a cell is theirs: it is taken over into what is kept before anything new is written.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from assess.document.blocks import block_checksum
from assess.document.dates import read_day
from assess.document.markdown import escape_markdown, format_table
from assess.document.oddities import Note
from assess.document.reading import ManagedBlock, PlanReading, read_document
from assess.document.source import Source, replace_lines
from assess.document.versions import Merged, Versions
from assess.figures import amount_text, long_day
from assess.goals.amounts import Misread, read_amount
from assess.goals.course import latest_value
from assess.goals.goal import Closing, FigureValue, Goal, KeyFigure, Measured
from assess.goals.measures import MeasuredWork
from assess.patterns import pattern
from assess.record import record

_COLUMNS: Final = ("KPI", "From", "To", "By", "Now")
_HOW: Final = "From (or how to count)"
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "KPI": frozenset(
        ("kpi", "key figure", "measure", "its measure", "kennzahl", "indicateur", "indicador")
    ),
    "From": frozenset(("from", _HOW.lower(), "baseline", "start", "von", "de", "départ", "base")),
    "To": frozenset(("to", "target", "goal", "bis", "ziel", "à", "cible", "objetivo", "meta")),
    "By": frozenset(("by", "until", "due", "date", "wann", "am", "échéance", "fecha")),
    "Now": frozenset(("now", "today", "value", "jetzt", "heute", "actuel", "ahora", "hoy")),
}
_ID: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_COMMENT: Final = pattern(
    rf"<!--\s*assess:(?P<id>(?:goals|measures)/{_ID}/{_ID})(?:\s+(?P<state>deleted))?\s*-->"
)
_RULE: Final = pattern(r"^[\s|:-]*-[\s|:-]*$")
_PIPE: Final = pattern(r"(?<!\\)\|")
_EMPTY: Final = frozenset(("", "–", "-", "—", "?"))
_NO_GOAL: Final = "None is set yet: `assess goals add`."


@record
class FigureRow:
    """A row as it stands in a text: what its cells say, by our names of the columns.

    `id` has what is followed, and by which figure. `line` is counted from 0, and so is `now_at`,
    the place of the column *now*. Of a row that was deleted by hand the tool keeps a trace in
    what it wrote last, and nowhere else.
    """

    id: str
    cells: Mapping[str, str]
    line: int
    now_at: int = 0
    is_deleted: bool = False


@record
class FigureEdits:
    """All that is followed as people typed it into a plan's file, and what nobody could read."""

    followed: tuple[Measured, ...]
    notes: tuple[Note, ...] = ()


# --- Written ---


def format_goals(
    goals: Sequence[Goal], today: date, purpose: str = "", ended: Sequence[str] = ()
) -> str:
    """Return the goals that are under way, each with the table of its figures, as Markdown.

    `purpose` says what goals are for, `ended` how those of late ended, in a sentence each.
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


def format_measure(work: MeasuredWork, today: date) -> str:
    """Return the table of a piece of work's measure, empty where nobody wants to hear of it."""
    if not work.is_open:
        return ""
    rows = [_row(work, figure, today) for figure in work.figures]
    return format_table(("Its measure", _HOW, *_COLUMNS[2:]), rows, "lrrlr")


def _row(held: Measured, figure: KeyFigure, today: date) -> tuple[str, ...]:
    value, by, (before, after) = latest_value(figure, today), held.due(figure), held.words
    comment = f"<!-- assess:{held.address}/{figure.id} -->"
    now = amount_text(value.value) if value else "–"
    start = amount_text(figure.baseline) if figure.baseline is not None else before or "–"
    end = f"{amount_text(figure.target)} {figure.unit}" if figure.target is not None else after
    return (
        escape_markdown(figure.label),
        escape_markdown(start),
        escape_markdown(end.strip() or "–"),
        long_day(by) if by else "–",
        f"{now} {comment}",
    )


# --- Read back ---


def find_rows(source: Source) -> tuple[Mapping[str, FigureRow], tuple[Note, ...]]:
    """Return every row with a comment of ours, and what is odd about their tables."""
    rows: dict[str, FigureRow] = {}
    notes: list[Note] = []
    for number in range(len(source.lines)):
        found = _COMMENT.search(source.line(number))
        if found is None:
            continue
        name = found["id"]
        if name in rows:
            text = f"The row of {name} stands twice; the first one counts."
            notes.append(Note(number + 1, text))
            continue
        cells, now_at, note = _read_cells(source, number)
        rows[name] = FigureRow(name, cells, number, now_at, found["state"] is not None)
        notes += [Note(number + 1, note)] if note else []
    return rows, tuple(notes)


def take_edits(
    document: PlanReading, last_written: str, followed: Iterable[Measured], today: date
) -> FigureEdits:
    """Take over what people typed into the rows since the tool last wrote them.

    A cell that says what was last written is nobody's edit, whatever is kept by now; an empty
    one is left as it is and never a zero. A value is of today. Whoever deletes the row of a
    measure does not want to hear of it any more.
    """
    now, notes = find_rows(document.source)
    before, _ = find_rows(read_document(last_written).source)
    told = list(notes)
    changed = {held.address: held for held in followed}
    for name, row in now.items():
        address, _, figure = name.rpartition("/")
        held = changed.get(address)
        if held is None or not any(one.id == figure for one in held.figures):
            continue
        old = before[name].cells if name in before else {}
        edited = {c: text for c, text in row.cells.items() if text != old.get(c)}
        if edited and held.closed is not None:
            told.append(Note(row.line + 1, f"“{held.title}” has ended; its row is not read."))
            continue
        for column, text in edited.items():
            result = _take(held, held.figure(figure), column, text, today)
            if isinstance(result, Measured):
                held = result
            elif result:
                told.append(Note(row.line + 1, result))
        changed[address] = held
    for name in before.keys() - now.keys():
        held = changed.get(name.rpartition("/")[0])
        if isinstance(held, MeasuredWork) and held.is_open and _is_deleted(held, document):
            closed = Closing(on=today, dropped=True)
            changed[held.address] = held.model_copy(update={"closed": closed})
    return FigureEdits(tuple(changed.values()), tuple(told))


def _is_deleted(work: MeasuredWork, document: PlanReading) -> bool:
    """Tell whether a measure is gone, of which the comment is, from the part that is there."""
    part = document.blocks.get(f"why/{work.id}")
    # An editor that takes out comments leaves the words.
    return part is not None and escape_markdown(work.figures[0].label) not in part.text


def _take(held: Measured, figure: KeyFigure, column: str, text: str, today: date) -> Measured | str:
    """Return it with what a cell says, or why that cannot be read; nothing where it is so."""
    if text in _EMPTY or text in held.words:
        return ""
    if column == "KPI":
        return "" if text == figure.label else _changed(held, figure, name=text)
    if column == "By":
        day = read_day(text, held.start)
        if day is None:
            return f"“{text}” is no date of {figure.id}; write it as 2027-02-28."
        return "" if day == held.due(figure) else _changed(held, figure, by=day)
    amount = read_amount(text, figure.unit, figure.amounts)
    if isinstance(amount, Misread):
        return f"{amount.what} ({figure.id}, {column}). {amount.fix}"
    if column == "Now":
        value = latest_value(figure, today)
        is_known = value is not None and value.value == amount
        return "" if is_known else held.with_value(figure, FigureValue(on=today, value=amount))
    return _changed(held, figure, **{"baseline" if column == "From" else "target": amount})


def _changed(held: Measured, figure: KeyFigure, **facts: object) -> Measured:
    return held.with_figure(figure.model_copy(update=facts))


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


def renew_cells(versions: Versions, part: ManagedBlock) -> Iterator[Merged]:
    """Yield the values that hold now, for the rows of a part that somebody edited."""
    now, new = find_rows(versions.now.source)[0], find_rows(versions.fresh.source)[0]
    for name in now.keys() & new.keys():
        row = now[name]
        if part.first <= row.line <= part.last:
            line = _renewed(versions.now.source, row, new[name])
            if line is not None:
                yield replace_lines(row.line, row.line, line)


def _renewed(source: Source, row: FigureRow, fresh: FigureRow) -> str | None:
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


def list_deleted_rows(now: PlanReading, old: PlanReading | None) -> Mapping[str, FigureRow]:
    """Return the rows that the tool wrote and people took out, of parts that are still there."""
    if old is None:
        return {}
    there = find_rows(now.source)[0]
    parts = [part for name, part in old.blocks.items() if name in now.blocks]
    return {
        name: row
        for name, row in find_rows(old.source)[0].items()
        if name not in there and any(part.first <= row.line <= part.last for part in parts)
    }


def mark_deleted(text: str, names: Iterable[str]) -> str:
    """Return a text of the tool's own with a note of the rows and tasks that people deleted."""
    for name in names:
        text = text.replace(f"<!-- assess:{name} -->", f"<!-- assess:{name} deleted -->")
    return text


def leave_out_rows(text: str, names: Collection[str]) -> str:
    rows = [(line, _COMMENT.search(line)) for line in text.split("\n")]
    return "\n".join(line for line, row in rows if row is None or row["id"] not in names)


def put_table(text: str, table: str) -> str:
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if _COMMENT.search(line)), None)
    if first is None:
        return text
    last = first + 1
    while first and "|" in lines[first - 1]:
        first -= 1
    while last < len(lines) and "|" in lines[last]:
        last += 1
    parts = ("\n".join(lines[:first]).strip(), table, "\n".join(lines[last:]).strip())
    return "\n\n".join(part for part in parts if part)


def frame_checksum(text: str) -> str:
    """Return what changes when somebody edits anything but the cells of rows."""
    return block_checksum(_COMMENT_ROW.sub(lambda row: f"row {row['id']}", text))


_COMMENT_ROW: Final = pattern(rf"^.*{_COMMENT.pattern}.*$", re.MULTILINE)
