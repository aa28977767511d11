"""Tables with a row for each respondent read, and answers files as such a table."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from assess.answers import Answer, Answers
from assess.errors import AnswersError, Problem, missing_extra, nearest
from assess.figures import count
from assess.library.answer_tables.engine import Engine, is_fast
from assess.library.answer_tables.table import ASKED, KEYS, AnswerTable
from assess.library.files import open_text
from assess.misfit import show_value
from assess.questionnaire import Questionnaire
from assess.scoring.formula import quoted

ENDINGS: Final = (".csv", ".parquet")
_SEPARATORS: Final = ",;\t|"


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
    if ASKED in there:
        query = f"SELECT min(\"row\"), trim(coalesce({ASKED}, '')) FROM given GROUP BY 2 ORDER BY 1"
        rows = engine.execute(query).fetchall()
        row, name = next(
            (pair for pair in rows if pair[1] not in known), rows[0] if rows else (2, "")
        )
        if len(rows) == 1 and name in known:
            return known[name], ()
        what = f"A table is of one questionnaire; here stands {show_value(name)}."
        raise AnswersError(what, f"{path}, row {row}, column {ASKED}", nearest(name, known))
    has_about = any(column.startswith("about.") for column in columns)
    fits = [
        (len(there & ids), -len(ids - there), one)
        for one in known.values()
        for ids in [{*one.fitted({}).by_id, *(about_columns(one) if has_about else ())}]
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


def about_columns(questionnaire: Questionnaire) -> Iterator[str]:
    return (f"about.{entry.id}" for entry in questionnaire.about)


def as_table(
    engine: Engine, path: Path, given: Sequence[Answers], asked: Questionnaire
) -> AnswerTable:
    """Return answers files to one questionnaire as a table; rows count from 1 in their order."""
    whole = asked.fitted({})
    columns = (*KEYS, *about_columns(whole), *whole.by_id)
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
