"""Answers files, folders and tables scored together; nothing is kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from assess.answers import Answers
from assess.documents.many_scores import describe_many_scores
from assess.errors import AnswersError, AssessError, Problem, missing_extra
from assess.figures import join_words
from assess.library import Library, read_answers_file
from assess.library.answer_tables.engine import Engine, is_fast, open_engine
from assess.library.answer_tables.reading import ENDINGS, as_table, read_answer_table
from assess.library.answer_tables.scored import WRITE_CSV, ScoredRows
from assess.library.answer_tables.table import AnswerTable
from assess.library.files import exists, list_folder, writing_beside
from assess.pages.many_scores import make_many_scores_page
from assess.questionnaire import Questionnaire
from assess.workflow.outcome import Outcome

MOST_IN_JSON: Final = 100_000
"""Rows: beyond them the document has the sums alone, and only a table the rows."""


def score_many(
    paths: Sequence[Path], library: Library, questionnaire: str | None, table: Path | None
) -> Outcome:
    """Score all answers that files, folders and tables hold, each respondent by itself."""
    rows = ScoredRows(open_engine())
    names = library.questionnaire_ids() if questionnaire is None else (questionnaire,)
    known = [library.questionnaire(name) for name in names]
    told: dict[str, None] = {}
    asked: Questionnaire | None = None
    for one in _read_all(rows.engine, list(_list_files(paths)), library, known):
        if asked is not None and one.questionnaire.id != asked.id:
            what = f"These answers are to '{one.questionnaire.id}', others to '{asked.id}'."
            raise AnswersError(what, str(one.path), "Score them apart.")
        asked = one.questionnaire.fitted({})
        one.score()
        told |= dict.fromkeys(_tell(one))
    scores = rows.sum_up(asked) if asked is not None else None
    if scores is None or not scores.respondents:
        raise AnswersError("There are no answers here.", str(paths[0]), _WHAT)
    if table is not None:
        _write_table(rows, table)
    has_rows = scores.respondents <= MOST_IN_JSON
    return Outcome(
        (make_many_scores_page(scores, [*map(str, paths)] if table is None else ()),),
        lambda: describe_many_scores(scores, rows.columns, rows.each() if has_rows else None),
        messages=tuple(told),
        after=(f"Written to {table}",) if table is not None else (),
    )


_WHAT: Final = "Name answers files (.toml), tables (.csv or .parquet), or folders with them."


def _tell(table: AnswerTable) -> Iterator[str]:
    """Say what of a table is to be known, though it can be scored."""
    if table.others:
        taken, others = table.questionnaire.id, join_words(table.others, "or")
        yield f"{table.path}: taken as {taken}; with --questionnaire it may be {others}."
    if table.unread:
        yield f"{table.path}: columns that are not read: {', '.join(table.unread)}."


def _list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield each file once, however often it or its folder is named."""
    told: set[Path] = set()
    for path in paths:
        there = list_folder(path, AnswersError)
        named = [path] if there is None else there
        for one in named:
            is_read = there is None or one.suffix.lower() in (".toml", *ENDINGS)
            if is_read and one.absolute() not in told:
                told.add(one.absolute())
                yield one


def _read_all(
    engine: Engine, files: Sequence[Path], library: Library, known: Sequence[Questionnaire]
) -> Iterator[AnswerTable]:
    """Yield tables one by one; all answers files to one questionnaire are one of them."""
    by_questionnaire: dict[str, list[Answers]] = {}
    problems: list[Problem] = []
    for path in files:
        if path.suffix.lower() in ENDINGS:
            continue
        try:
            answers, asked = read_answers_file(path, library)
            by_questionnaire.setdefault(asked.id, []).append(answers)
        except AnswersError as error:
            problems.extend(error.problems)
    if problems:
        raise AnswersError(*problems)
    for name, every in by_questionnaire.items():
        yield as_table(engine, files[0], every, library.questionnaire(name))
    for path in files:
        if path.suffix.lower() in ENDINGS:
            yield read_answer_table(engine, path, known)


def _write_table(rows: ScoredRows, out: Path) -> None:
    ending = out.suffix.lower()
    if exists(out):
        what, fix = "There is a file of this name already.", "Choose another name with --table."
        raise AssessError(what, str(out), fix)
    if ending == ".parquet" and not is_fast(rows.engine):
        raise AssessError(missing_extra("Parquet", "bulk"), str(out), WRITE_CSV)
    write = {".csv": rows.write_csv, ".parquet": rows.write_parquet, ".xlsx": rows.write_workbook}
    with writing_beside(out) as part:
        write[ending](part)
