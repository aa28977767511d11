"""`assess score` on tables, folders and several files: rows in, rows out, what is wrong where."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # It has no types.

from assess.library.answer_tables.engine import open_engine, open_slow_engine
from assess.workflow.assessing import bulk_scoring as bulk_scoring
from tests.typing_in import CommandLine, Ran

HEAD = ("team", "date", "respondent", "goals-1", "goals-2", "roles-1", "roles-2")
LYON = ("Lyon", "2026-11-22", "manager")
ROWS = [
    (*LYON, 1, 1, 1, 0),
    ("Oslo", "2026-11-22", "member", 3, 3, 3, 3),
    ("Oslo", "2026-11-22", "member", "dont-know", "dont-know", "not-applicable", 2),
]


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    assess.use_small_data()
    return assess


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extra be missing."""
    monkeypatch.setattr(bulk_scoring, "open_engine", open_slow_engine)


def write(
    assess: CommandLine,
    *rows: Sequence[object],
    head: Sequence[str] = HEAD,
    name: str = "many.csv",
    separator: str = ",",
) -> Path:
    path = assess.folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows([head, *rows])
    return path


def scored(ran: Ran) -> list[tuple[Any, ...]]:
    return [(row["team"], row["stage"], row["index"]) for row in ran.document["scores"]]


def test_each_row_of_a_table_is_scored_by_itself(assess: CommandLine) -> None:
    document = assess("score", write(assess, *ROWS), "--json").document
    assert (document["respondents"], document["teams"]) == (3, 2)
    assert document["stages"] == {"momentum": 2, "maturity": 0, "mastery": 0, "complete": 1}
    first, _, last = document["scores"]
    assert first["scores"] == {"momentum": 0.75, "maturity": 0.0, "mastery": 0.0}
    assert last["dimensions"]["goals"]["status"] == "not-scored"


def test_row_has_the_figures_of_the_same_answers_in_a_file(assess: CommandLine) -> None:
    alone = assess("score", assess.write_answers("a.toml", 1, 1, 1, 0), "--json").document
    [row] = assess("score", write(assess, ROWS[0]), "--json").document["scores"]
    keys = ("team", "date", "stage", "complete", "guard", "scores", "index")
    assert {key: row[key] for key in keys} == {key: alone[key] for key in keys}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_cells_may_be_separated_otherwise(assess: CommandLine, separator: str) -> None:
    path = write(assess, *ROWS, separator=separator)
    assert len(scored(assess("score", path, "--json"))) == 3


def test_folder_holds_answers_files_and_tables(assess: CommandLine) -> None:
    folder = assess.folder / "answers"
    folder.mkdir()
    write(assess, *ROWS, name="answers/many.csv")
    assess.write_answers("answers/bern.toml", 2, team="Bern")
    (folder / "notes.txt").write_text("not read")
    assert [team for team, *_ in scored(assess("score", folder, "--json"))] == [
        *("Bern", "Lyon", "Oslo", "Oslo")
    ]


def test_several_files_are_scored_together(assess: CommandLine) -> None:
    files = [assess.write_answers(f"{team}.toml", 1, team=team) for team in ("Lyon", "Oslo")]
    assert [team for team, *_ in scored(assess("score", *files, "--json"))] == ["Lyon", "Oslo"]


def test_file_that_is_named_twice_counts_once(assess: CommandLine) -> None:
    (assess.folder / "answers").mkdir()
    file = assess.write_answers("answers/lyon.toml", 1, team="Lyon")
    ran = assess("score", file.parent, file, file.parent, "--json")
    assert ran.document["respondents"] == 1


def test_next_command_names_all_files_and_nothing_where_the_table_is_written(
    assess: CommandLine,
) -> None:
    files = [assess.write_answers(f"{team}.toml", 1, team=team) for team in ("Lyon", "Oslo")]
    assert f"score {files[0]} {files[1]} --table scores.csv" in assess("score", *files).out
    ran = assess("score", *files, "--table", assess.folder / "scores.csv")
    assert "All scores" not in ran.out


@pytest.mark.usefixtures("slow")
def test_without_the_extra_the_result_is_the_same(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [assess.folder / name for name in ("slow.csv", "fast.csv")]
    slow = assess("score", write(assess, *ROWS), "--json", "--table", tables[0])
    monkeypatch.setattr(bulk_scoring, "open_engine", open_engine)
    fast = assess("score", write(assess, *ROWS), "--json", "--table", tables[1])
    assert slow.document == fast.document
    assert tables[0].read_bytes() == tables[1].read_bytes()


def test_what_is_wrong_is_told_by_row_and_column(assess: CommandLine) -> None:
    rows = [ROWS[0], (*LYON, 4, 1, "", 1), ("", "2026-02-30", "boss", 1, 1, 1, 1)]
    ran = assess("score", write(assess, *rows))
    assert ran.code == 1
    for said in (
        "row 3, column goals-1",
        "row 3, column roles-1",
        "row 4, column team",
        "row 4, column date",
        "row 4, column respondent",
    ):
        assert said in ran.said
    assert "This is not answered yet." in ran.said
    assert ran.out == ""


def test_of_very_many_wrong_cells_the_first_are_told_and_their_number(assess: CommandLine) -> None:
    ran = assess("score", write(assess, *[(*LYON, 9, 9, 9, 9)] * 500))
    assert "2,000 cells cannot be read" in ran.said
    assert ran.err.count("error:") <= 50


def test_missing_column_is_named_with_what_is_near(assess: CommandLine) -> None:
    head = ("team", "date", "respondent", "goal-1", *HEAD[4:])
    ran = assess("score", write(assess, ROWS[0], head=head))
    assert ran.code == 1
    assert "There is no column 'goals-1'" in ran.said
    assert "Did you mean 'goal-1'" in ran.said


def test_missing_column_is_asked_for_where_no_other_can_be_meant(assess: CommandLine) -> None:
    ran = assess("score", write(assess, ROWS[0][:-1], head=HEAD[:-1]))
    assert "There is no column 'roles-2'" in ran.said
    assert "Add it" in ran.said


def test_table_of_another_questionnaire_is_one_mistake(assess: CommandLine) -> None:
    path = write(assess, ("Lyon", 1), head=("team", "goals-1"))
    ran = assess("score", path, "--questionnaire", "small")
    assert ran.err.count("error:") == 1
    assert "5 of the 7 columns" in ran.said
    assert "date, respondent, goals-2 and 2 more" in ran.said


@pytest.mark.parametrize("cells", [2, 9])
@pytest.mark.parametrize("engine", [open_engine, open_slow_engine], ids=["duckdb", "sqlite"])
def test_row_with_another_number_of_cells_is_named(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch, cells: int, engine: Any
) -> None:
    monkeypatch.setattr(bulk_scoring, "open_engine", engine)
    ran = assess("score", write(assess, *ROWS, ["Bern"] * cells))
    assert "many.csv, row 5" in ran.said
    assert f"This row has {cells} cells, and the first has 7." in ran.said


@pytest.mark.parametrize("name", ["good.xlsx", "good.ODS", "good.json"])
def test_kind_of_file_that_is_not_read_is_told_with_those_that_are(
    assess: CommandLine, name: str
) -> None:
    (assess.folder / name).write_bytes(b"PK\x03\x04")
    ran = assess("score", assess.folder / name)
    assert (ran.code, ".csv or .parquet" in ran.said) == (1, True)


def test_column_that_is_no_question_is_left_and_told(assess: CommandLine) -> None:
    ran = assess("score", write(assess, (*ROWS[0], "hello"), head=(*HEAD, "comment")))
    assert ran.code == 0
    assert "that are not read: comment" in ran.said


@pytest.mark.parametrize(
    "text", ["", "\n", "no columns here", 'team,date\n"open', f"{','.join(HEAD)}\n", "a,b\n1\n"]
)
@pytest.mark.parametrize("engine", [open_engine, open_slow_engine], ids=["duckdb", "sqlite"])
def test_what_is_no_such_table_is_refused(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch, text: str, engine: Any
) -> None:
    monkeypatch.setattr(bulk_scoring, "open_engine", engine)
    path = assess.folder / "odd.csv"
    path.write_text(text)
    ran = assess("score", path)
    assert (ran.code, ran.out) == (1, "")
    assert str(path) in ran.said


def test_answers_to_several_questionnaires_are_scored_apart(assess: CommandLine) -> None:
    data = assess.folder / "data" / "questionnaires"
    other = (data / "small.toml").read_text().replace('id = "small"', 'id = "other"')
    (data / "other.toml").write_text(other)
    small = assess.write_answers("small.toml", 1)
    file = assess.folder / "other.toml"
    file.write_text(small.read_text().replace('"small"', '"other"'))
    ran = assess("score", small, file)
    assert ran.code == 1
    assert "Score them apart" in ran.said


def test_table_that_fits_several_questionnaires_needs_a_name(assess: CommandLine) -> None:
    data = assess.folder / "data" / "questionnaires"
    other = (data / "small.toml").read_text().replace('id = "small"', 'id = "other"')
    (data / "other.toml").write_text(other)
    path = write(assess, *ROWS)
    assert "other, small" in assess("score", path).said
    assert assess("score", path, "--questionnaire", "small").code == 0
    rows = [(*row, "small") for row in ROWS]
    path = write(assess, *rows, head=(*HEAD, "questionnaire"))
    assert assess("score", path, "--json").document["questionnaire"]["id"] == "small"
    path = write(assess, (*ROWS[0], "small"), (*ROWS[1], "smal"), head=(*HEAD, "questionnaire"))
    assert "row 3, column questionnaire" in assess("score", path).said


def test_parquet_goes_in_and_out(assess: CommandLine) -> None:
    out = assess.folder / "scores.parquet"
    given = assess.folder / "many.parquet"
    duckdb.execute(f"COPY (FROM read_csv('{write(assess, *ROWS)}')) TO '{given}'")
    assert assess("score", given, "--table", out).code == 0
    rows = duckdb.execute(f"SELECT team, stage, complete FROM '{out}'").fetchall()
    assert rows[:2] == [("Lyon", "momentum", 0), ("Oslo", "mastery", 1)]


@pytest.mark.usefixtures("slow")
def test_parquet_without_the_extra_names_it(assess: CommandLine) -> None:
    (assess.folder / "many.parquet").write_bytes(b"PAR1")
    for words in (
        ("score", assess.folder / "many.parquet"),
        ("score", write(assess, *ROWS), "--table", assess.folder / "s.parquet"),
    ):
        ran = assess(*words)
        assert ran.code == 1
        assert "team-assess[bulk]" in ran.said


def test_workbook_has_a_row_for_each_respondent(assess: CommandLine) -> None:
    out = assess.folder / "scores.xlsx"
    assert assess("score", write(assess, *ROWS), "--table", out).code == 0
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert (rows[0][:4], len(rows)) == (("team", "date", "respondent", "stage"), 4)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_becomes_a_formula(assess: CommandLine, ending: str) -> None:
    out = assess.folder / f"scores.{ending}"
    path = write(assess, ("=1+1", *LYON[1:], 1, 1, 1, 1))
    assert assess("score", path, "--table", out).code == 0
    if ending == "csv":
        assert "\n'=1+1," in out.read_text(encoding="utf-8")
    else:
        assert load_workbook(out).active["A2"].value == "'=1+1"


@pytest.mark.parametrize("place", ["nowhere/s.csv", "many.csv/s.csv", f"{'x' * 300}.csv"])
def test_place_where_nothing_can_be_written_is_told(assess: CommandLine, place: str) -> None:
    ran = assess("score", write(assess, *ROWS), "--table", assess.folder / place)
    assert (ran.code, ran.out) == (1, "")


def test_file_that_is_there_is_not_written_over(assess: CommandLine) -> None:
    out = assess.folder / "scores.csv"
    out.write_text("mine")
    assert assess("score", write(assess, *ROWS), "--table", out).code == 1
    assert out.read_text() == "mine"
