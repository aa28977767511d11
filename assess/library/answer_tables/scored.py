"""What came of tables of answers: each row, their sum, and files of them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any, Final

from assess.cells import FORMULA_SIGNS
from assess.errors import AssessError, missing_extra
from assess.library.answer_tables.engine import Engine, is_fast, literal
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.scoring.formula import COMPLETE, FOUR_DECIMALS, ManyScores, quoted

WRITE_CSV: Final = "Install it, or write .csv."
_MOST_IN_A_SHEET: Final = 1_048_576


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
        stage = f"CASE WHEN complete = 1 THEN {literal(COMPLETE)} ELSE stage END"
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
        first = f"substr(team, 1, 1) IN ({', '.join(map(literal, FORMULA_SIGNS))})"
        team = f"CASE WHEN {first} THEN {literal(chr(39))} || team ELSE team END AS team"
        rows = f"SELECT {', '.join((team, *map(quoted, self.columns[1:])))} FROM scored"
        if is_fast(self.engine):
            self.engine.execute(f"COPY ({rows}) TO {literal(str(out))} (FORMAT csv, HEADER)")
            return
        with out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(iter(self.engine.execute(rows).fetchone, None))

    def write_parquet(self, out: Path) -> None:
        rows = f"SELECT {', '.join(map(quoted, self.columns))} FROM scored"
        self.engine.execute(f"COPY ({rows}) TO {literal(str(out))} (FORMAT parquet)")

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
