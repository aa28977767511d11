"""Exports of trackers: understood whatever they look like, or refused with what, where and fix."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import get_args

import pytest

from assess.errors import AssessError
from assess.trackers.reading import KnownTask, TrackerExport, read_tracker_export
from assess.trackers.sheet import read_sheet
from assess.trackers.words import ColumnKind, TrackedState
from assess.workflow.checkin.tracker_exports import tracker_words

GOALS = KnownTask("write-three-goals/1", "Collect what the business expects.", date(2026, 11, 27))
DRAFT = KnownTask("write-three-goals/2", "Draft at most three goals.", date(2026, 12, 4))
OWNERS = KnownTask("name-one-owner/1", "List the goals and the jobs.", date(2026, 12, 18))
TASKS = (GOALS, DRAFT, OWNERS)
NAMES = ("Ana", "ana@example.com", "Ben", "ben@example.com")


def read(text: str | bytes, tasks: Sequence[KnownTask] = TASKS) -> TrackerExport:
    data = text if isinstance(text, bytes) else text.encode()
    return read_tracker_export(read_sheet(data), tasks, tracker_words(), NAMES)


def test_every_kind_of_column_and_every_state_has_words() -> None:
    words = tracker_words()
    assert set(words.columns) == set(get_args(ColumnKind))
    assert set(words.states.values()) == set(get_args(TrackedState))


def said(export: TrackerExport) -> list[tuple[object, ...]]:
    return [(t.id, t.state, t.due, t.owner, t.email) for t in export.tasks]


def refused(text: str | bytes) -> AssessError:
    with pytest.raises(AssessError) as caught:
        read(text)
    return caught.value


ASANA = """\
Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,\
Start Date,Due Date,Tags,Notes,Projects,Parent task
120,2026-11-23,2026-11-26,2026-11-26,Collect it,Goals,Ana,ana@example.com,,2026-11-27,\
write-three-goals/1,,Growth,
121,2026-11-23,,2026-11-24,Draft them,Goals,Ben,ben@example.com,,2026-12-11,\
"write-three-goals/2,urgent",,Growth,
122,2026-11-23,,2026-11-24,Something else,Goals,,,,,,,Growth,
"""
JIRA = """\
Summary,Issue key,Issue Type,Status,Assignee,Created,Due date,Labels,Labels,Resolution
Collect it,GR-1,Task,Done,ana@example.com,23/Nov/26 9:00 AM,27/Nov/26 12:00 AM,growth,\
write-three-goals/1,Done
Draft them,GR-2,Task,In Progress,ben@example.com,23/Nov/26 9:00 AM,11/Dec/26 12:00 AM,\
write-three-goals/2,,
List them,GR-3,Task,Done,,23/Nov/26 9:00 AM,18/Dec/26 12:00 AM,name-one-owner/1,,Won't Do
"""


def test_an_export_of_asana_is_understood() -> None:
    export = read(ASANA)
    assert said(export) == [
        ("write-three-goals/1", "done", date(2026, 11, 27), "Ana", "ana@example.com"),
        ("write-three-goals/2", "open", date(2026, 12, 11), "Ben", "ben@example.com"),
    ]
    assert export.missing == ("name-one-owner/1",)
    assert export.others == ("Something else",)
    assert export.notes == ()


def test_an_export_of_jira_is_understood_with_its_repeated_columns() -> None:
    assert said(read(JIRA)) == [
        ("write-three-goals/1", "done", date(2026, 11, 27), "", "ana@example.com"),
        ("write-three-goals/2", "begun", date(2026, 12, 11), "", "ben@example.com"),
        ("name-one-owner/1", "dropped", date(2026, 12, 18), "", ""),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_are_found_out(separator: str, encoding: str) -> None:
    rows = csv.reader(io.StringIO(JIRA))
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    assert said(read(stream.getvalue().encode(encoding))) == said(read(JIRA))


def test_a_line_that_names_the_separator_and_a_preface_are_passed_over() -> None:
    preface = "sep=;\nProject Growth, exported today\n\n"
    assert said(read(preface + JIRA.replace(",", ";"))) == said(read(JIRA))


def test_older_encodings_are_told() -> None:
    export = read(JIRA.replace("Collect it", "Sammeln für später").encode("cp1252"))
    assert said(export) == said(read(JIRA))
    assert export.notes == (
        "The file does not say how it is written; it was read as Windows-1252.",
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Vorgang;Status;Zuständig;Fällig am;Stichwort",
        "Tâche;État;Responsable;Échéance;Étiquettes",
        "Tarea;Estado;Persona asignada;Fecha de vencimiento;Etiquetas",
        "Attività;Stato;Assegnatario;Scadenza;Etichette",
        "What;How it stands;Whom to ask;When;Our mark",
        "a;b;c;d;e",
    ],
)
def test_columns_are_known_by_their_names_in_many_languages_or_by_what_they_hold(
    heading: str,
) -> None:
    rows = (
        "Collect what the business expects.;Closed;Ana;27.11.2026;write-three-goals/1",
        "Draft at most three goals.;In Arbeit;Ben;11.12.2026;write-three-goals/2",
    )
    assert said(read("\n".join((heading, *rows)))) == [
        ("write-three-goals/1", "done", date(2026, 11, 27), "Ana", ""),
        ("write-three-goals/2", "begun", date(2026, 12, 11), "Ben", ""),
    ]


def test_the_order_of_columns_is_free_and_rows_without_headings_are_read() -> None:
    export = read("Done,2026-11-27,write-three-goals/1,Ana\nTo Do,2026-12-04,name-one-owner/1,\n")
    assert said(export)[0] == ("write-three-goals/1", "done", date(2026, 11, 27), "Ana", "")


def test_of_several_renamed_columns_of_dates_the_plan_s_own_are_taken() -> None:
    text = (
        "x,made,wanted,y\n"
        "write-three-goals/1,2026-11-20,2026-11-27,Done\n"
        "write-three-goals/2,2026-11-21,2026-12-11,Done\n"
    )
    assert [task.due for task in read(text).tasks] == [date(2026, 11, 27), date(2026, 12, 11)]


def test_tasks_without_our_ids_are_known_by_their_words() -> None:
    text = "Name,Status\nDRAFT at most three goals,Done\nOther work,Done\n"
    assert said(read(text)) == [("write-three-goals/2", "done", None, "", "")]


def test_an_id_in_the_notes_is_found() -> None:
    text = 'Name,Notes,Completed\nA,"Goals: why\nassess:write-three-goals/1",yes\nB,,no\n'
    assert said(read(text)) == [("write-three-goals/1", "done", None, "", "")]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("12/18/2026", "12/4/2026"), (date(2026, 12, 18), date(2026, 12, 4))),
        (("18/12/2026", "4/12/2026"), (date(2026, 12, 18), date(2026, 12, 4))),
        (("4.12.2026", "11.12.26"), (date(2026, 12, 4), date(2026, 12, 11))),
        (("Dec 4, 2026", "18 Dec 2026"), (date(2026, 12, 4), date(2026, 12, 18))),
        (("4/déc./26 0:00", "18/Dez/2026 12:17"), (date(2026, 12, 4), date(2026, 12, 18))),
        (("2026-12-04T00:00:00.000Z", "2026/12/18"), (date(2026, 12, 4), date(2026, 12, 18))),
        (("4/4/2026", ""), (date(2026, 4, 4), None)),
        (("Fri, 4 Dec 2026", "04-12-2026"), None),
    ],
)
def test_a_column_of_dates_is_read_as_a_whole(
    cells: tuple[str, str], days: tuple[date | None, date | None] | None
) -> None:
    text = "Labels;Due\n" + "".join(
        f"{task.id};{cell}\n" for task, cell in zip(TASKS, cells, strict=False)
    )
    if days is None:
        assert "can be read in two ways" in refused(text).what
    else:
        assert tuple(task.due for task in read(text).tasks) == days


def test_dates_that_can_be_read_in_two_ways_are_refused_with_both() -> None:
    text = "Labels,Due date\nwrite-three-goals/1,4/12/2026\nwrite-three-goals/2,5/12/2026\n"
    error = refused(text)
    assert error.what == (
        "The dates can be read in two ways: 4/12/2026 is 2026-12-04 or 2026-04-12."
    )
    assert error.where == "line 2, column “Due date”"
    assert "2026-12-18" in error.fix


@pytest.mark.parametrize("cell", ["soon", "31/11/2026", "2026-13-01", "18/12/202"])
def test_a_date_that_nobody_can_read_is_refused_with_its_place(cell: str) -> None:
    error = refused(f"Labels,Due\nname-one-owner/1,18/12/2026\nwrite-three-goals/1,{cell}\n")
    assert error.what == f"The date {cell!r} cannot be read."
    assert error.where == "line 3, column “Due”"


def test_an_unknown_state_is_told_and_changes_nothing() -> None:
    text = "Labels,Status\nwrite-three-goals/1,Parked in Q3\nwrite-three-goals/2,Done\n"
    export = read(text)
    assert [task.state for task in export.tasks] == [None, "done"]
    assert "Line 2: the state “Parked in Q3” is unknown; it is left as it is." in export.notes


def test_a_day_in_the_column_done_is_that_of_its_end_and_what_nobody_knows_is_told() -> None:
    export = read("id,done\nwrite-three-goals/1,2026-12-01\nwrite-three-goals/2,perhaps\n")
    assert [task.state for task in export.tasks] == ["done", None]
    assert "Line 3: the state “perhaps” is unknown; it is left as it is." in export.notes


def test_what_no_column_says_is_told() -> None:
    assert read("Labels,Colour\nwrite-three-goals/1,red\n").notes == (
        "No column says what is done, so nothing is ticked.",
        "No column says until when, so dates stay as they are.",
        "No column says who does it, so owners stay as they are.",
    )


def test_a_task_that_stands_twice_and_says_two_things_is_refused() -> None:
    text = "Labels,Status\nname-one-owner/1,Done\nname-one-owner/1,To Do\n"
    assert refused(text).where == "lines 2 and 3"
    assert said(read(text.replace("To Do", "Closed"))) == [
        ("name-one-owner/1", "done", None, "", "")
    ]


@pytest.mark.parametrize("text", ["", "Name,Status\nSomething else,Done\n", "[1]", "<p>", "a\0b\0"])
def test_what_holds_no_task_of_the_plan_is_refused(text: str) -> None:
    error = refused(text)
    assert error.where == "the file"
    assert error.fix.startswith("Export")


def test_an_apostrophe_against_formulas_is_taken_off() -> None:
    task = KnownTask("a/1", "=1+1 is two")
    assert read("Name,Status\n'=1+1 is two,Done\n", (task,)).tasks[0].state == "done"


def test_an_empty_state_is_none_and_an_empty_completion_is_open() -> None:
    assert [t.state for t in read("Tags,Status\nname-one-owner/1,\n").tasks] == [None]
    assert [t.state for t in read("Tags,Completed At\nname-one-owner/1,\n").tasks] == ["open"]
