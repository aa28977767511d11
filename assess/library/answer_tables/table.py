"""A table of answers, checked and scored by queries."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final

from assess.answers import date_problem
from assess.errors import AnswersError, Problem, nearest
from assess.identity import USABLE_NAME, name_problem
from assess.library.answer_tables.engine import Engine, is_fast, literal
from assess.misfit import show_value
from assess.questionnaire import Question, Questionnaire
from assess.record import record
from assess.scoring.formula import MOST_QUESTIONS, SAID, is_asked, quoted, scoring_query

KEYS: Final = ("team", "date", "respondent")
ASKED: Final = "questionnaire"
_RESPONDENTS: Final = ("manager", "member", "consensus")
_MOST_TOLD: Final = 49
_MOST_MISSING: Final = 3
"""Columns that are told one by one; with more of them it is another table."""
_ADD_COLUMN: Final = "Add it: a table needs a column for each question that it answers."


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
        known = {*KEYS, ASKED, *self._questions, *self._about}
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
        needed = (*KEYS, *self._questions)
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
            f'SELECT "row", {literal(q)}, {quoted(q)} FROM given WHERE {bad[q]}' for q in wrong
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
        asked = f"{said} NOT IN ({', '.join(map(literal, SAID))})"
        if (condition := is_asked(question, self.columns)) == "1 = 1":
            return asked
        return f"CASE WHEN {condition} THEN {asked} ELSE {said} NOT IN ('', 'not-applicable') END"

    def _place(self, row: int, column: str) -> str:
        return f"{self.path}, row {row}, column {column}"


def _one_of(known: Collection[str]) -> Any:
    return lambda value: "" if value in known else f"{show_value(value)} is not known here."


def _day_problem(value: str) -> str:
    try:
        return date_problem(date.fromisoformat(value)) or ""
    except ValueError:
        return f"{show_value(value)} is not a date."
