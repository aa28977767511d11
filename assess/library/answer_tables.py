"""Tables with a row for each respondent, read, checked and scored by queries.

DuckDB does it, which is the extra `bulk`; without it SQLite, which takes longer and reads no
Parquet. Nothing is kept: the tables live as long as the connection.
"""

import csv
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol

from assess.answers import Answer, Answers, date_problem
from assess.cells import FORMULA_SIGNS
from assess.errors import AnswersError, AssessError, Problem, missing_extra, nearest
from assess.figures import count
from assess.identity import USABLE_NAME, name_problem
from assess.library.files import open_text
from assess.misfit import show_value
from assess.questionnaire import STAGES, Question, Questionnaire
from assess.record import record
from assess.scoring.formula import (
    COMPLETE,
    FOUR_DECIMALS,
    MOST_QUESTIONS,
    SAID,
    ManyScores,
    is_asked,
    quoted,
    scoring_query,
)

ENDINGS: Final = (".csv", ".parquet")
_KEYS: Final = ("team", "date", "respondent")
_ASKED: Final = "questionnaire"
_RESPONDENTS: Final = ("manager", "member", "consensus")
_SEPARATORS: Final = ",;\t|"
_MOST_TOLD: Final = 49
_MOST_MISSING: Final = 3
"""Columns that are told one by one; with more of them it is another table."""

_ADD_COLUMN: Final = "Add it: a table needs a column for each question that it answers."
WRITE_CSV: Final = "Install it, or write .csv."
_MOST_IN_A_SHEET: Final = 1_048_576


class _Cursor(Protocol):
    @property
    def description(self) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def fetchone(self) -> Any: ...
    def fetchmany(self, size: int = ..., /) -> list[tuple[Any, ...]]: ...


class Engine(Protocol):
    """What runs queries: a connection of DuckDB or of SQLite."""

    def execute(self, query: str, parameters: Any = ..., /) -> _Cursor: ...
    def executemany(self, query: str, parameters: Iterable[Any], /) -> Any: ...


@record
class AnswerTable:
    """A table that was read into `given`, whole and not checked yet.

    `columns` are those that it has; `unread` of them are not those of its questionnaire. `others`
    are questionnaires that have the same columns.
    """

    engine: Engine
    path: Path
    questionnaire: Questionnaire
    columns: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        known = {*_KEYS, _ASKED, *self._questions, *self._about}
        return tuple(column for column in self.columns if column not in known)

    @property
    def _questions(self) -> Mapping[str, Question]:
        return self.questionnaire.fitted({}).by_id

    @property
    def _about(self) -> Mapping[str, Collection[str]]:
        """The columns of the start profile that there are, with what may be said."""
        entries = {f"about.{e.id}": tuple(e.choices) for e in self.questionnaire.about}
        return {column: said for column, said in entries.items() if column in self.columns}

    def score(self) -> None:
        """Check every cell, and put the scores of every row into `scored`, behind what is there.

        Raises:
            AnswersError: With the first cells that cannot be read, and how many there are.
        """
        if problems := [*self._column_problems()]:
            raise AnswersError(*problems)
        if problems := [*chain(self._key_problems(), self._cell_problems())]:
            raise AnswersError(*problems)
        slow = not is_fast(self.engine)
        query = scoring_query(self.questionnaire, self.columns, by_steps=slow)
        self.engine.execute(f"CREATE TABLE IF NOT EXISTS scored AS {query} LIMIT 0")
        self.engine.execute(f"INSERT INTO scored {query}")
        self.engine.execute("DROP TABLE given")

    def _column_problems(self) -> Iterator[Problem]:
        needed = (*_KEYS, *self._questions)
        missing = [column for column in needed if column not in self.columns]
        place = f"{self.path}, row 1"
        if len(missing) > _MOST_MISSING:
            what = (
                f"{len(missing)} of the {len(needed)} columns that answers to "
                f"{self.questionnaire.id} need are missing."
            )
            first, more = ", ".join(missing[:_MOST_MISSING]), len(missing) - _MOST_MISSING
            fix = f"Add {first} and {more} more, or name another questionnaire."
            yield Problem(what, place, fix)
            missing = []
        for column in missing:
            fix = nearest(column, self.unread) if self.unread else _ADD_COLUMN
            yield Problem(f"There is no column '{column}'.", place, fix)
        longest = max(map(len, self.questionnaire.fitted({}).by_dimension.values()))
        if longest > MOST_QUESTIONS:
            what = f"Tables are scored with at most {MOST_QUESTIONS} questions in a dimension."
            yield Problem(what, self.questionnaire.id, "Score answers files instead.")

    def _key_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with teams, dates, respondents and start profiles, each once."""
        checks = {
            "team": (name_problem, USABLE_NAME),
            "date": (_day_problem, "Write it like 2026-11-22."),
            "respondent": (_one_of(_RESPONDENTS), f"Use one of: {', '.join(_RESPONDENTS)}."),
        }
        for column, choices in self._about.items():
            checks[column] = (_one_of(("", *choices)), f"Use one of: {', '.join(choices)}.")
        for column, (find, fix) in checks.items():
            name = quoted(column)
            query = f"SELECT min(\"row\"), coalesce({name}, '') FROM given GROUP BY 2 ORDER BY 1"
            for row, value in self.engine.execute(query).fetchall():
                if what := find(value):
                    yield Problem(what, self._place(row, column), fix)

    def _cell_problems(self) -> Iterator[Problem]:
        bad = {question: self._is_bad(asked) for question, asked in self._questions.items()}
        counts = ", ".join(f"sum(CASE WHEN {test} THEN 1 ELSE 0 END)" for test in bad.values())
        found = self.engine.execute(f"SELECT {counts} FROM given").fetchall()[0]
        wrong = [q for q, number in zip(bad, found, strict=True) if number]
        if not wrong:
            return
        cells = " UNION ALL ".join(
            f'SELECT "row", {_text(q)}, {quoted(q)} FROM given WHERE {bad[q]}' for q in wrong
        )
        number = sum(filter(None, found))
        if number > _MOST_TOLD:
            what = f"{number:,} cells cannot be read; the first {_MOST_TOLD} are told here."
            yield Problem(what, str(self.path), "Correct them, and score the table again.")
        first = f'SELECT * FROM ({cells}) AS cells ORDER BY "row" LIMIT {_MOST_TOLD}'
        for row, question, value in self.engine.execute(first).fetchall():
            what = f"{show_value(value)} is no answer." if value else "This is not answered yet."
            fix = f"Use one of: {', '.join(SAID)}; leave what is not asked empty."
            yield Problem(what, self._place(row, question), fix)

    def _is_bad(self, question: Question) -> str:
        """Return whether a cell says what cannot be; what is not asked has nothing to say."""
        said = f"trim(coalesce({quoted(question.id)}, ''))"
        asked = f"{said} NOT IN ({', '.join(map(_text, SAID))})"
        if (condition := is_asked(question, self.columns)) == "1 = 1":
            return asked
        return f"CASE WHEN {condition} THEN {asked} ELSE {said} NOT IN ('', 'not-applicable') END"

    def _place(self, row: int, column: str) -> str:
        return f"{self.path}, row {row}, column {column}"


def open_engine() -> Engine:
    """Return DuckDB where it is installed, else SQLite."""
    with suppress(ImportError):
        import duckdb

        connection: Engine = duckdb.connect()
        # Whole numbers stay whole, as in SQLite.
        connection.execute("SET integer_division = true")
        return connection
    return open_slow_engine()


def open_slow_engine() -> sqlite3.Connection:
    return sqlite3.connect("", isolation_level=None, factory=_Scratch)


class _Scratch(sqlite3.Connection):
    """Ends with whoever reads from it last: an outcome reads rows when it is presented."""

    def __del__(self) -> None:
        self.close()


def is_fast(engine: Engine) -> bool:
    return not isinstance(engine, sqlite3.Connection)


def read_answer_table(
    engine: Engine, path: Path, questionnaires: Iterable[Questionnaire]
) -> AnswerTable:
    """Read a table into `given`, which is made anew; its questionnaire has the most of its columns.

    Raises:
        AnswersError: It cannot be read, or is one of no questionnaire.
    """
    if path.suffix.lower() == ".parquet" and not is_fast(engine):
        fix = "Install it, or save the table as CSV."
        raise AnswersError(missing_extra("Parquet", "bulk"), str(path), fix)
    try:
        columns = _read_fast(engine, path) if is_fast(engine) else _read_slowly(engine, path)
    except AnswersError:
        raise
    except Exception as error:
        if (uneven := _find_uneven_row(path)) is not None:
            raise AnswersError(uneven) from error
        # Whichever part of a table is damaged, each engine says so in words of its own.
        said = next(iter(str(error).splitlines()), "It is empty.")
        fix = "Save it anew: UTF-8, column names in the first row, as many cells in each row."
        raise AnswersError(f"This table cannot be read: {said}", str(path), fix) from error
    asked, others = _find_asked(engine, columns, questionnaires, path)
    return AnswerTable(engine, path, asked, columns, others)


def _find_asked(
    engine: Engine, columns: Sequence[str], questionnaires: Iterable[Questionnaire], path: Path
) -> tuple[Questionnaire, tuple[str, ...]]:
    """Return the questionnaire that the rows name, else the one that fits the columns best.

    That is the one of which there are the most columns and the fewest are missing; of several
    the usual one, with the names of the others.
    """
    known, there = {one.id: one for one in questionnaires}, set(columns)
    if _ASKED in there:
        query = (
            f"SELECT min(\"row\"), trim(coalesce({_ASKED}, '')) FROM given GROUP BY 2 ORDER BY 1"
        )
        rows = engine.execute(query).fetchall()
        row, name = next(
            (pair for pair in rows if pair[1] not in known), rows[0] if rows else (2, "")
        )
        if len(rows) == 1 and name in known:
            return known[name], ()
        what = f"A table is of one questionnaire; here stands {show_value(name)}."
        raise AnswersError(what, f"{path}, row {row}, column {_ASKED}", nearest(name, known))
    has_about = any(column.startswith("about.") for column in columns)
    fits = [
        (len(there & ids), -len(ids - there), one)
        for one in known.values()
        for ids in [{*one.fitted({}).by_id, *(_about_columns(one) if has_about else ())}]
    ]
    best = max(fit[:2] for fit in fits)
    found = [one for *fit, one in fits if tuple(fit) == best]
    chosen = [one for one in found if one.usual] or found
    if len(chosen) == 1 and best[0]:
        return chosen[0], tuple(one.id for one in found if one is not chosen[0])
    # DuckDB takes rows at the beginning that are shorter than others for no part of a table.
    if not best[0] and (uneven := _find_uneven_row(path)) is not None:
        raise AnswersError(uneven)
    what = "No column is named like a question."
    if best[0]:
        what = f"The columns fit several questionnaires: {', '.join(one.id for one in found)}."
    fix = "Say which with --questionnaire; its columns: assess questionnaire ID --template"
    raise AnswersError(what, f"{path}, row 1", fix)


def _about_columns(questionnaire: Questionnaire) -> Iterator[str]:
    return (f"about.{entry.id}" for entry in questionnaire.about)


def as_table(
    engine: Engine, path: Path, given: Sequence[Answers], asked: Questionnaire
) -> AnswerTable:
    """Return answers files to one questionnaire as a table; rows count from 1 in their order."""
    whole = asked.fitted({})
    columns = (*_KEYS, *_about_columns(whole), *whole.by_id)
    _fill(engine, columns, ((n, *_cells(one, columns)) for n, one in enumerate(given, start=1)))
    return AnswerTable(engine, path, whole, columns)


def _cells(answers: Answers, columns: Sequence[str]) -> Iterator[str]:
    said = {f"about.{entry}": choice for entry, choice in answers.about.items()}
    said |= {"team": str(answers.team), "date": answers.date.isoformat()}
    said |= {"respondent": answers.respondent}
    said |= {question: _said(answer) for question, answer in answers.by_question.items()}
    return (said.get(column, "") for column in columns)


def _said(answer: Answer) -> str:
    if answer.level is not None:
        return str(answer.level)
    return "not-applicable" if answer.not_applicable else "dont-know"


def _read_fast(engine: Engine, path: Path) -> tuple[str, ...]:
    read, options = "read_parquet(?)", [str(path)]
    if path.suffix.lower() != ".parquet":
        read = "read_csv(?, header = true, all_varchar = true, delim = ?, quote = '\"')"
        options.append(_find_separator(path))
    engine.execute(
        'CREATE TABLE given AS SELECT 1 + row_number() OVER () AS "row", CAST(COLUMNS(*) AS '
        f"VARCHAR) FROM {read}",
        options,
    )
    return tuple(name for name, *_ in engine.execute("SELECT * FROM given LIMIT 0").description)[1:]


def _read_slowly(engine: Engine, path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream, delimiter=_find_separator(path), strict=True)
        columns = tuple(next(rows))
        _fill(engine, columns, ((n, *row) for n, row in enumerate(rows, start=2) if row))
    return columns


def _find_uneven_row(path: Path) -> Problem | None:
    """Return the first row that has not as many cells as the first; both engines only count."""
    with (
        suppress(OSError, ValueError, csv.Error, AnswersError),
        path.open(encoding="utf-8-sig", newline="") as f,
    ):
        rows = csv.reader(f, delimiter=_find_separator(path), strict=True)
        wide = len(next(rows, ()))
        for number, row in enumerate(rows, start=2):
            if row and len(row) != wide:
                what = f"This row has {count(len(row), 'cell')}, and the first has {wide}."
                fix = "Give each row as many cells, those too that are empty."
                return Problem(what, f"{path}, row {number}", fix)
    return None


def _fill(engine: Engine, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    names = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
    engine.execute(f'CREATE TABLE given ("row" INTEGER, {names})')
    places = ", ".join("?" for _ in range(len(columns) + 1))
    # DuckDB wants them all in a list; it is given few, since it reads tables by itself.
    every = list(rows) if is_fast(engine) else rows
    engine.executemany(f"INSERT INTO given VALUES ({places})", every)


def _find_separator(path: Path) -> str:
    with open_text(path, AnswersError) as stream:
        first = stream.readline(100_000)
    return max(_SEPARATORS, key=first.count)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _one_of(known: Collection[str]) -> Any:
    return lambda value: "" if value in known else f"{show_value(value)} is not known here."


def _day_problem(value: str) -> str:
    try:
        return date_problem(date.fromisoformat(value)) or ""
    except ValueError:
        return f"{show_value(value)} is not a date."


# --- What came of it ---


@record
class ScoredRows:
    """What stands in `scored`, in the order in which it was read."""

    engine: Engine

    @property
    def columns(self) -> tuple[str, ...]:
        cursor = self.engine.execute("SELECT * FROM scored LIMIT 0")
        return tuple(name for name, *_ in cursor.description)[1:]

    def each(self) -> Iterator[tuple[Any, ...]]:
        """Return the rows one by one; they are never all in memory."""
        cursor = self.engine.execute("SELECT * FROM scored")
        while some := cursor.fetchmany(10_000):
            yield from (row[1:] for row in some)

    def sum_up(self, questionnaire: Questionnaire) -> ManyScores:
        stage = f"CASE WHEN complete = 1 THEN {_text(COMPLETE)} ELSE stage END"
        stages = self._ask(f"SELECT {stage}, count(*) FROM scored GROUP BY 1")
        ((teams,),) = self._ask("SELECT count(DISTINCT team) FROM scored")
        keys = (*STAGES, "index")
        columns = [f"{d}.{key}" for d in questionnaire.titles for key in keys]
        found = self._means(columns)
        means = {d: [found[f"{d}.{key}"] for key in keys] for d in questionnaire.titles}
        return ManyScores(questionnaire, sum(n for _, n in stages), teams, dict(stages), means)

    def _means(self, columns: Sequence[str]) -> Mapping[str, Fraction | None]:
        names = [quoted(column) for column in columns]
        sums = (f"sum(CAST(round({name} * {FOUR_DECIMALS}) AS BIGINT))" for name in names)
        counts = (f"count({name})" for name in names)
        (found,) = self._ask(f"SELECT {', '.join((*sums, *counts))} FROM scored")
        totals, numbers = found[: len(names)], found[len(names) :]
        return {
            column: Fraction(int(total), FOUR_DECIMALS * number) if number else None
            for column, total, number in zip(columns, totals, numbers, strict=True)
        }

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.engine.execute(query).fetchall()

    def write_csv(self, out: Path) -> None:
        """Write all rows; a team that a spreadsheet would take for a formula gets an apostrophe."""
        first = f"substr(team, 1, 1) IN ({', '.join(map(_text, FORMULA_SIGNS))})"
        team = f"CASE WHEN {first} THEN {_text(chr(39))} || team ELSE team END AS team"
        rows = f"SELECT {', '.join((team, *map(quoted, self.columns[1:])))} FROM scored"
        if is_fast(self.engine):
            self.engine.execute(f"COPY ({rows}) TO {_text(str(out))} (FORMAT csv, HEADER)")
            return
        with out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(iter(self.engine.execute(rows).fetchone, None))

    def write_parquet(self, out: Path) -> None:
        rows = f"SELECT {', '.join(map(quoted, self.columns))} FROM scored"
        self.engine.execute(f"COPY ({rows}) TO {_text(str(out))} (FORMAT parquet)")

    def write_workbook(self, out: Path) -> None:
        """Write all rows as the one sheet of a workbook.

        Raises:
            AssessError: The extra for it is missing, or there are more rows than a sheet has.
        """
        try:
            from openpyxl import Workbook  # type: ignore[import-untyped]  # It has no types.
        except ImportError as error:
            what = missing_extra("A workbook", "xlsx")
            raise AssessError(what, str(out.name), WRITE_CSV) from error
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Scores")
        for number, row in enumerate(chain((self.columns,), self.each())):
            if number == _MOST_IN_A_SHEET:
                what = f"A sheet holds {_MOST_IN_A_SHEET - 1:,} rows."
                raise AssessError(what, str(out.name), "Write .csv or .parquet.")
            # What begins like a formula would be one.
            sheet.append([f"'{c}" if str(c).startswith(FORMULA_SIGNS) else c for c in row])
        book.save(out)
