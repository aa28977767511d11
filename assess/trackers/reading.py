"""A tracker's export beside a plan: which row is which task, and what it says of it.

Columns are known by their names, in several languages, and otherwise by what stands in them: our
ids, the plan's own words and dates, the names and addresses of its people, known states. Rows
and lines are counted from 1.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from assess.errors import AssessError, Problem
from assess.patterns import pattern
from assess.record import record
from assess.trackers.days import list_readings, read_days
from assess.trackers.sheet import ExportSheet
from assess.trackers.words import ColumnKind, TrackedState, TrackerWords, plain_word

_ID: Final = pattern(r"(?<![\w/-])(?:[a-z0-9]+(?:-[a-z0-9]+)*/\d{1,3}|own-[0-9a-f]{6})(?![\w/])")
_MOST_HEADINGS: Final = 30
"""In so many rows the names of the columns are looked for; some exports have a preface."""

_MOST_OF: Final = 0.7
"""At least this part of a column has to look like what it is taken for."""


@record
class KnownTask:
    """A task of the plan as it is in its file: what it is called there, and when it is due."""

    id: str
    wording: str
    due: date | None = None


@record
class TrackedTask:
    """What a row says of a task; what it does not tell is None or empty."""

    id: str
    line: int
    state: TrackedState | None
    due: date | None
    owner: str
    email: str


@record
class TrackerExport:
    """What an export says of a plan's tasks.

    `missing` are the ids of tasks that it has no row for, `others` what rows are called that are
    none of the plan's, `notes` what was not understood and left as it is.
    """

    tasks: tuple[TrackedTask, ...]
    missing: tuple[str, ...]
    others: tuple[str, ...]
    notes: tuple[str, ...]


Row = tuple[int, tuple[str, ...]]
Columns = Mapping[ColumnKind, int]


def read_tracker_export(
    sheet: ExportSheet, tasks: Sequence[KnownTask], words: TrackerWords, names: Iterable[str] = ()
) -> TrackerExport:
    """Return what an export says of the tasks of a plan.

    `names` are those of its people, with their e-mail addresses.

    Raises:
        AssessError: No task of the plan is in it, or what it says can be read in two ways; with
            every problem, and nothing is to be taken in.
    """
    known = {task.id: task for task in tasks}
    found = _find_rows(sheet.rows, tasks)
    if not found:
        raise AssessError(
            f"None of its {len(sheet.rows)} rows has the id or the words of a task of this plan.",
            "the file",
            "Export the project that was made from the plan's table, with labels or tags and "
            "notes.",
        )
    heading = _find_heading(sheet.rows, min(line for line, _ in found.values()), words.names)
    rates = _by_content(known, frozenset(map(plain_word, names)), words)
    reader = _Reader(heading[1], _find_columns(heading[1], found, words, rates), words)
    problems = list(_disagreeing(sheet.rows, found, reader, known))
    dues = reader.read_dues(found, problems)
    if problems:
        raise AssessError(*problems)
    rows = {line for line, _ in found.values()}
    as_told = f"The file does not say how it is written; it was read as {sheet.encoding}."
    guessed = (as_told,) if sheet.encoding else ()
    others = [row for row in sheet.rows if row[0] > heading[0] and not _ids_in(row[1], known)]
    return TrackerExport(
        tasks=tuple(reader.read(name, row, dues) for name, row in found.items()),
        missing=tuple(name for name in known if name not in found),
        others=tuple(reader.name(row) for row in others if row[0] not in rows),
        notes=(*guessed, *reader.notes(found)),
    )


def _find_rows(rows: Sequence[Row], tasks: Sequence[KnownTask]) -> dict[str, Row]:
    """Return the row of each task, by our ids; by its words only where no row has any of them."""
    known = {task.id for task in tasks}
    by_id: dict[str, Row] = {}
    for row in rows:
        for name in _ids_in(row[1], known)[:1]:
            by_id.setdefault(name, row)
    by_words: dict[str, Row] = {}
    taken = {row[0] for row in by_id.values()}
    cells = {
        plain_word(cell): row for row in reversed(rows) if row[0] not in taken for cell in row[1]
    }
    counts = Counter(plain_word(task.wording) for task in tasks)
    for task in tasks:
        words = plain_word(task.wording)
        if words and task.id not in by_id and counts[words] == 1 and words in cells:
            by_words[task.id] = cells[words]
    order = {task.id: place for place, task in enumerate(tasks)}
    return dict(sorted({**by_words, **by_id}.items(), key=lambda item: order[item[0]]))


def _ids_in(cells: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the ids in a row: one that fills its cell before one in a text."""
    whole = [cell for cell in cells if cell in known]
    return list(
        dict.fromkeys([*whole, *(n for cell in cells for n in _ID.findall(cell) if n in known)])
    )


def _find_heading(rows: Sequence[Row], first: int, every: frozenset[str]) -> Row:
    """Return the row with the names of the columns: the last one with most known names."""
    above = [row for row in rows[:_MOST_HEADINGS] if row[0] < first]
    if not above:
        return 0, ()
    return max(above, key=lambda row: (sum(plain_word(c) in every for c in row[1]), row[0]))


def _find_columns(
    heading: Sequence[str],
    found: Mapping[str, Row],
    words: TrackerWords,
    rates: Mapping[ColumnKind, "Rate"],
) -> Columns:
    columns: dict[ColumnKind, int] = {}
    plain = [plain_word(name) for name in heading]
    for kind, called in words.columns.items():
        places = [place for place, name in enumerate(plain) if name in called]
        # Of several columns of one name the first that says anything counts.
        filled = [p for p in places if any(_cell(row, p) for row in found.values())]
        if places:
            columns[kind] = (filled or places)[0]
    for kind, rate in rates.items():
        if kind not in columns:
            place = _best(found, rate, set(columns.values()))
            if place is not None:
                columns[kind] = place
    return columns


Rate = Callable[[str, str], int | None]
"""How well a cell fits a task, by the task's id; None where it does not."""


def _by_content(
    known: Mapping[str, KnownTask], names: frozenset[str], words: TrackerWords
) -> dict[ColumnKind, Rate]:

    def rate(fits: bool) -> int | None:
        return 1 if fits else None

    def rate_due(name: str, cell: str) -> int | None:
        # Of several columns of dates the one is meant in which the plan's own are found again.
        days = list_readings(cell)
        return int(known[name].due in days) if days else None

    return {
        "title": lambda name, cell: rate(plain_word(cell) == plain_word(known[name].wording)),
        "email": lambda _, cell: rate("@" in cell and plain_word(cell) in names),
        "owner": lambda _, cell: rate(plain_word(cell) in names),
        "state": lambda _, cell: rate(not cell.isdigit() and words.read_state(cell) is not None),
        "due": rate_due,
    }


def _best(found: Mapping[str, Row], rate: Rate, taken: set[int]) -> int | None:
    """Return the column that fits best, of those that mostly do; None where two are alike."""
    width = max(len(row) for _, row in found.values())
    rated = {}
    for place in range(width):
        filled = [(name, cell) for name, row in found.items() if (cell := _cell(row, place))]
        rates = [number for name, cell in filled if (number := rate(name, cell)) is not None]
        if place not in taken and rates and len(rates) >= _MOST_OF * len(filled):
            rated[place] = sum(rates)
    best = max(rated.values(), default=0)
    places = [place for place, number in rated.items() if number == best]
    return places[0] if len(places) == 1 else None


def _cell(row: Row, place: int) -> str:
    return row[1][place] if place < len(row[1]) else ""


class _Reader:
    def __init__(self, heading: Sequence[str], columns: Columns, words: TrackerWords) -> None:
        self._heading = heading
        self._columns = columns
        self._words = words

    def called(self, kind: ColumnKind) -> str:
        place = self._columns[kind]
        name = self._heading[place] if place < len(self._heading) else ""
        return name or f"number {place + 1}"

    def text(self, kind: ColumnKind, row: Row) -> str:
        return _cell(row, self._columns[kind]) if kind in self._columns else ""

    def name(self, row: Row) -> str:
        return self.text("title", row) or next((cell for cell in row[1] if cell), "")

    def state(self, row: Row) -> TrackedState | None:
        """Return the state of a task: what it ended in before that it ended, and when."""
        kinds: tuple[ColumnKind, ...] = ("state", "category", "resolution")
        said = [self._words.read_state(self.text(kind, row)) for kind in kinds]
        if "dropped" in said:
            return "dropped"
        done = self.text("done", row)
        mark = self._words.read_state(done)
        if self.text("done-on", row) or mark == "done" or list_readings(done):
            return "done"
        state = next((one for one in said if one is not None), None)
        has_column = bool({"done", "done-on"} & self._columns.keys())
        return "open" if state is None and has_column and (mark or not done) else state

    def read_dues(self, found: Mapping[str, Row], problems: list[Problem]) -> Mapping[int, date]:
        if "due" not in self._columns:
            return {}
        cells = [(row[0], self.text("due", row)) for row in found.values()]
        return read_days(cells, self.called("due"), problems)

    def read(self, name: str, row: Row, dues: Mapping[int, date]) -> TrackedTask:
        owner = self.text("owner", row)
        email = self.text("email", row) or (owner if "@" in owner else "")
        return TrackedTask(
            name, row[0], self.state(row), dues.get(row[0]), "" if "@" in owner else owner, email
        )

    def notes(self, found: Mapping[str, Row]) -> Iterator[str]:
        """Say what there is no column for, and which states nobody knows."""
        if not {"state", "category", "resolution", "done", "done-on"} & self._columns.keys():
            yield "No column says what is done, so nothing is ticked."
        if "due" not in self._columns:
            yield "No column says until when, so dates stay as they are."
        if not {"owner", "email"} & self._columns.keys():
            yield "No column says who does it, so owners stay as they are."
        lines: dict[str, list[int]] = defaultdict(list)
        for row in found.values():
            text = self.text("state", row) or self.text("done", row)
            if text and self.state(row) is None:
                lines[text].append(row[0])
        for text, where in lines.items():
            more = f" and {len(where) - 1} more" if len(where) > 1 else ""
            yield f"Line {where[0]}{more}: the state “{text}” is unknown; it is left as it is."


def _disagreeing(
    rows: Sequence[Row], found: Mapping[str, Row], reader: _Reader, known: Mapping[str, KnownTask]
) -> Iterator[Problem]:
    """Report tasks that stand twice and do not say the same, as after a second import."""
    for row in rows:
        for name in _ids_in(row[1], known)[:1]:
            first = found[name]
            said = [
                (reader.state(one), *(reader.text(kind, one) for kind in ("due", "owner", "email")))
                for one in (first, row)
            ]
            if said[0] != said[1]:
                yield Problem(
                    f"The task {name} stands twice and says two things.",
                    f"lines {first[0]} and {row[0]}",
                    "Delete one of them in the tracker, and export again.",
                )
