"""`assess checkin --from`: what a tracker's export says, in the plan's file and nowhere else."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # It has no types.

from tests.typing_in import CommandLine, Ran

MONDAY = "2026-11-23"
TUESDAY = "2026-12-01"


@pytest.fixture
def planned(assess: CommandLine) -> CommandLine:
    """Return the command line with a plan from MONDAY on, led by Ana."""
    assess.use_small_data()
    file = assess.write_answers("answers.toml", 0, team="Lyon")
    assert assess("run", "--answers", file, "--out", "plan.md", "--today", MONDAY).code == 0
    assess("people", "add", "Ana", "--role", "manager", "--email", "ana@example.com")
    assess("people", "add", "Ben", "--email", "ben@example.com")
    assert assess("plan", "--today", MONDAY).code == 0
    return assess


def plan_lines(assess: CommandLine) -> list[str]:
    return (assess.folder / "plan.md").read_text(encoding="utf-8").splitlines()


def export(assess: CommandLine, tracker: str) -> list[dict[str, str]]:
    """Return the rows of a table that was written for a tracker."""
    assert assess("plan", "--for", tracker, "--today", MONDAY).code == 0
    text = (assess.folder / f"plan-{tracker}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def save(assess: CommandLine, rows: list[dict[str, str]], name: str = "export.csv") -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = assess.folder / name
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def take_in(assess: CommandLine, path: Path, *more: str) -> Ran:
    return assess("checkin", "--from", path, "--no-input", "--today", TUESDAY, *more)


def changed(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    assert len(before) == len(after)
    return [(one, two) for one, two in zip(before, after, strict=True) if one != two]


def test_a_round_trip_by_asana_changes_what_was_done_there_and_no_other_line(
    planned: CommandLine,
) -> None:
    rows = [row | {"Completed At": ""} for row in export(planned, "asana")]
    rows[0]["Completed At"] = "2026-11-30"
    rows[1]["Due Date"] = "12/18/2026"
    rows[2]["Assignee"] = "ben@example.com"
    before = plan_lines(planned)
    ran = take_in(planned, save(planned, rows))
    assert ran.code == 0, ran.err
    assert "From export.csv: 1 ticked, 1 moved, 1 handed over." in ran.said
    (ticked, moved, handed) = changed(before, plan_lines(planned))
    assert ticked[1] == ticked[0].replace("[ ]", "[x]")
    assert "by Fri 18 Dec" in moved[1]
    assert handed[1] == handed[0].replace("*Ana*", "*Ben*")


def test_a_round_trip_by_jira_knows_states_and_what_will_not_be_done(planned: CommandLine) -> None:
    rows = [row | {"Status": "To Do", "Resolution": ""} for row in export(planned, "jira")]
    rows[0]["Status"] = "In Progress"
    rows[1] |= {"Status": "Done", "Resolution": "Won't Do"}
    before = plan_lines(planned)
    document = take_in(planned, save(planned, rows), "--json").document
    assert [one["state"] for one in document["taken_in"]["changed"]] == ["begun", "dropped"]
    marks = [line[:5] for _, line in changed(before, plan_lines(planned))]
    assert marks == ["- [/]", "- [-]"]


def test_taking_in_the_same_export_again_changes_nothing(planned: CommandLine) -> None:
    rows = [row | {"Status": "Done"} for row in export(planned, "jira")]
    path = save(planned, rows)
    take_in(planned, path)
    before = plan_lines(planned)
    ran = take_in(planned, path)
    assert "nothing that the plan does not say already" in ran.said
    assert plan_lines(planned) == before


def test_deleted_rows_and_rows_of_other_work_are_named(planned: CommandLine) -> None:
    rows = [row | {"Status": "To Do"} for row in export(planned, "jira")]
    gone, *rest = rows
    rest.append(dict.fromkeys(rest[0], "") | {"Summary": "Order pizza"})
    ran = take_in(planned, save(planned, rest))
    assert f"Not in the export, and left as they are: “{gone['Summary']}”." in ran.said
    assert "1 row of other work: “Order pizza”." in ran.said


def test_a_tick_stays_and_a_date_that_has_passed_does_not_come_in(planned: CommandLine) -> None:
    rows = [row | {"Status": "To Do"} for row in export(planned, "jira")]
    name = rows[0]["Labels"]
    assert planned("step", name, "--done", "--today", MONDAY).code == 0
    rows[1]["Due date"] = "2026-11-24"
    before = plan_lines(planned)
    ran = take_in(planned, save(planned, rows))
    assert "Open in the tracker, and left as the plan has it" in ran.said
    assert "1 task with a date before today: the plan's own stays." in ran.said
    assert plan_lines(planned) == before


def test_somebody_whom_nobody_named_is_told(planned: CommandLine) -> None:
    rows = [row | {"Status": "To Do"} for row in export(planned, "jira")]
    rows[0]["Assignee"] = "zoe@example.com"
    ran = take_in(planned, save(planned, rows))
    assert "zoe@example.com is nobody of the team" in ran.said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name,Status\nSomething,Done\n", "has the id or the words of a task of this plan"),
        ("{}", "This is no table with rows of text."),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_file_and_nothing_is_written(
    planned: CommandLine, text: str, told: str
) -> None:
    path = planned.folder / "export.csv"
    path.write_text(text)
    before = plan_lines(planned)
    ran = take_in(planned, path)
    assert ran.code == 1
    assert told in ran.said
    assert f"where: {path}, the file" in ran.said
    assert plan_lines(planned) == before


def test_one_date_that_cannot_be_read_refuses_the_whole_export(planned: CommandLine) -> None:
    rows = [row | {"Status": "Done"} for row in export(planned, "jira")]
    rows[1]["Due date"] = "next week"
    before = plan_lines(planned)
    ran = take_in(planned, save(planned, rows))
    assert ran.code == 1
    assert "column “Due date”" in ran.said
    assert plan_lines(planned) == before


def test_a_workbook_is_read_too(planned: CommandLine) -> None:
    rows = [row | {"Progress": "Completed"} for row in export(planned, "jira")]
    book = Workbook()
    for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
        book.active.append(cells)
    path = planned.folder / "planner.xlsx"
    book.save(path)
    assert take_in(planned, path).code == 0
    assert not any(line.startswith("- [ ]") for line in plan_lines(planned))


def test_an_own_task_comes_back_by_its_key(planned: CommandLine) -> None:
    file = planned.folder / "plan.md"
    file.write_text(file.read_text() + "\n- [ ] Book the room — *Ben*, by Fri 11 Dec\n")
    rows = [row | {"Status": "To Do"} for row in export(planned, "jira")]
    rows[-1]["Status"] = "Done"
    assert rows[-1]["Summary"] == "Book the room"
    assert take_in(planned, save(planned, rows)).code == 0
    assert plan_lines(planned)[-1].startswith("- [x] Book the room")


def test_a_longer_name_is_that_of_the_one_person_whom_it_can_mean(planned: CommandLine) -> None:
    rows = [row | {"Status": "To Do"} for row in export(planned, "jira")]
    rows[0]["Assignee"] = "Ben Okafor"
    take_in(planned, save(planned, rows))
    assert sum("— *Ben*," in line for line in plan_lines(planned)) == 1
    planned("people", "add", "Okafor")
    rows[1]["Assignee"] = "Ben Okafor"
    ran = take_in(planned, save(planned, rows))
    assert "“Ben Okafor” may be Ben or Okafor: owners stay" in ran.said
    assert sum("— *Ben*," in line for line in plan_lines(planned)) == 1


@pytest.mark.parametrize("name", ["missing.csv", ""])
def test_a_file_that_cannot_be_read_is_told(planned: CommandLine, name: str) -> None:
    ran = take_in(planned, planned.folder / name)
    assert (ran.code, "fix:" in ran.said) == (1, True)
