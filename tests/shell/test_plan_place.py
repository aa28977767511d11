"""One plan, one place: every command works on the file in which the plan was last."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

MONDAY = "2026-11-23"
FORMS = {"csv": ("--format", "csv"), "ics": ("--format", "ics", "--steps")}


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with a team whose plan is in `plan.md`."""
    assess.use_small_data()
    answers = assess.write_answers("answers.toml", 0)
    ran = assess("run", "--answers", answers, "--out", assess.folder / "plan.md", "--today", MONDAY)
    assert ran.code == 0
    return assess


def plan_of(assess: CommandLine, name: str = "plan.md") -> Path:
    return assess.folder / name


def change(path: Path, edit: Callable[[str], str]) -> None:
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")


def tick_first(path: Path) -> None:
    change(path, lambda text: text.replace("- [ ] ", "- [x] ", 1))


def checked(assess: CommandLine, *arguments: str | Path) -> dict[str, int]:
    """Check in, and return how many steps are in each state."""
    ran = assess("checkin", *arguments, "--json", "--today", "2026-11-30")
    assert ran.code == 0, ran.err
    states = [step["state"] for step in ran.document["steps"]]
    return {state: states.count(state) for state in ("done", "dropped")}


def replanned(assess: CommandLine, *arguments: str | Path) -> Ran:
    ran = assess("plan", "--today", "2026-11-30", *arguments)
    assert ran.code == 0, ran.err
    return ran


def plans_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.md"))


def test_an_update_goes_into_the_file_of_the_plan(assess: CommandLine) -> None:
    tick_first(plan_of(assess))
    replanned(assess)
    assert plans_in(assess.folder) == ["plan.md"]
    assert plan_of(assess).read_text(encoding="utf-8").count("- [x] ") == 1
    assert checked(assess)["done"] == 1


def test_an_update_from_another_folder_goes_there_too(
    assess: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick_first(plan_of(assess))
    elsewhere = assess.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    replanned(assess)
    assert plans_in(elsewhere) == []
    assert checked(assess)["done"] == 1


def test_a_plan_that_was_moved_is_named_once(assess: CommandLine) -> None:
    tick_first(plan_of(assess))
    moved = plan_of(assess).rename(assess.folder / "moved.md")
    assert checked(assess, moved)["done"] == 1
    replanned(assess)
    assert plans_in(assess.folder) == ["moved.md"]
    assert checked(assess)["done"] == 1


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_tables_and_calendars_hold_what_the_file_says(assess: CommandLine, form: str) -> None:
    tick_first(plan_of(assess))
    moved = plan_of(assess).rename(assess.folder / "moved.md")
    checked(assess, moved)
    change(moved, lambda text: text.replace("- [ ] Begin with", "- [ ] Start with"))
    replanned(assess, *FORMS[form])
    text = (assess.folder / f"moved.{form}").read_text(encoding="utf-8")
    assert "Start with" in text
    assert ("yes" in text) if form == "csv" else ("Done: " in text)


def test_a_plan_moves_with_its_edits_to_the_file_that_is_named(assess: CommandLine) -> None:
    tick_first(plan_of(assess))
    before = plan_of(assess).read_bytes()
    ran = replanned(assess, "--out", assess.folder / "new.md")
    assert f"The plan goes to {assess.folder / 'new.md'} from now on" in ran.said
    assert plan_of(assess).read_bytes() == before
    assert checked(assess)["done"] == 1
    replanned(assess)
    assert (assess.folder / "new.md").read_text(encoding="utf-8").count("- [x] ") == 1


def test_a_file_that_is_gone_is_never_begun_anew_in_silence(assess: CommandLine) -> None:
    tick_first(plan_of(assess))
    checked(assess)
    plan_of(assess).unlink()
    ran = replanned(assess)
    assert f"The plan's file is not there any more: {plan_of(assess)}." in ran.said
    assert "assess checkin FILE" in ran.said
    assert checked(assess)["done"] == 1
    again = replanned(assess)
    assert "not there any more" not in again.said


def test_a_protected_file_is_not_replaced(assess: CommandLine) -> None:
    plan = plan_of(assess)
    tick_first(plan)
    before = plan.read_bytes()
    plan.chmod(0o444)
    ran = assess("plan", "--today", "2026-12-07")
    assert (ran.code, plan.read_bytes()) == (1, before)
    assert "protected from being written" in ran.err


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_an_export_says_too_that_the_file_is_gone(assess: CommandLine, form: str) -> None:
    tick_first(plan_of(assess))
    checked(assess)
    plan_of(assess).unlink()
    ran = replanned(assess, *FORMS[form])
    assert "not there any more" in ran.said
    text = (assess.folder / f"plan.{form}").read_text(encoding="utf-8")
    assert ("yes" in text) if form == "csv" else ("Done: " in text)


def test_what_was_deleted_stays_so_in_a_plan_that_is_begun_anew(assess: CommandLine) -> None:
    line = re.compile(r"- \[ \] .*assess:(\S+) -->\n")
    found = line.search(plan_of(assess).read_text(encoding="utf-8"))
    assert found is not None
    change(plan_of(assess), lambda text: text.replace(found[0], ""))
    replanned(assess)
    plan_of(assess).unlink()
    replanned(assess)
    assert found[1] not in plan_of(assess).read_text(encoding="utf-8")


def test_a_check_in_says_where_the_plan_was(assess: CommandLine) -> None:
    plan_of(assess).unlink()
    ran = assess("checkin", "--no-input")
    assert ran.code == 1
    assert str(plan_of(assess)) in ran.err
    assert "assess checkin PLAN.md" in ran.err


def without_comments(text: str) -> str:
    return re.sub(r" ?<!--.*?-->", "", text)


def without_head(text: str) -> str:
    return re.sub(r"(?s)^---.*?---\n", "", text)


def only_team(text: str) -> str:
    return re.sub(r"(?m)^(assessment|start|format): .*\n", "", text)


@pytest.mark.parametrize(
    "edit",
    [
        without_comments,
        without_head,
        lambda text: without_head(without_comments(text)),
        lambda text: only_team(without_comments(text)),
        lambda text: text.replace("*the manager*", "*Ana*"),
        lambda text: without_comments(text).replace("*the manager*", "*Ana*"),
    ],
)
def test_plan_and_checkin_take_the_same_files(
    assess: CommandLine, edit: Callable[[str], str]
) -> None:
    tick_first(plan_of(assess))
    steps = len(assess("plan", "--json").document["priorities"])
    change(plan_of(assess), edit)
    assert checked(assess, plan_of(assess)) == {"done": 1, "dropped": 0}
    replanned(assess, "--out", plan_of(assess))
    once = plan_of(assess).read_bytes()
    assert checked(assess) == {"done": 1, "dropped": 0}
    assert once.count(b"<!-- assess:lift") >= steps
    replanned(assess)
    assert plan_of(assess).read_bytes() == once


@pytest.mark.parametrize("command", [("checkin",), ("plan", "--out")])
def test_a_note_that_names_the_team_alone_is_nobodys_plan(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    note = assess.folder / "note.md"
    note.write_text("---\nteam: Lyon\n---\n\n- [ ] buy cake\n", encoding="utf-8")
    ran = assess(*command, note)
    assert (ran.code, "not a plan of assess" in ran.said) == (1, True)
    assert note.read_text(encoding="utf-8").endswith("buy cake\n")


@pytest.mark.parametrize("command", [("checkin",), ("plan",), ("plan", "--format", "csv")])
def test_conflict_markers_are_named_by_every_command(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    change(plan_of(assess), lambda text: text.replace("- [ ] ", "<<<<<<< HEAD\n- [x] ", 1))
    ran = assess(*command)
    assert (ran.code, "conflict markers" in ran.err) == (1, True)
    assert f"{plan_of(assess)}, line " in ran.err


def test_a_template_whose_dates_do_not_read_back_is_found(assess: CommandLine) -> None:
    template = Path(__file__).parents[2] / "plans" / "templates" / "plan.md.j2"
    text = template.read_text(encoding="utf-8")
    folder = assess.folder / "data" / "plans" / "small" / "templates"
    folder.mkdir()
    tail = "*{{ step.owner | md }}*, by {{ step.due | short_day }}"
    for words, is_found in {
        "*{{ step.owner | md }}*, pour le {{ step.due | short_day }}": False,
        "*{{ step.owner | md }}*, pour le {{ step.due.day }}/{{ step.due.month }}": True,
        "{{ step.owner | md }}, pour le {{ step.due | short_day }}": False,
        "({{ step.owner | md }}) pour le {{ step.due | short_day }}": True,
    }.items():
        (folder / "plan.md.j2").write_text(text.replace(tail, words), encoding="utf-8")
        ran = assess("check", assess.folder / "data")
        assert ("do not read back" in " ".join(ran.out.split())) == is_found, words
        assert ran.code == int(is_found)


def test_own_tasks_that_are_open_go_on_in_the_next_plan(assess: CommandLine) -> None:
    own = "\n- [ ] Book the room — *Ben*, by Fri 11 Dec\n- [x] Buy cake\n- [/] Ask Ann\n"
    change(plan_of(assess), lambda text: text + own)
    answers = assess.write_answers("later.toml", 1, day=date(2027, 2, 22))
    again = ("run", "--answers", answers, "--out", assess.folder / "next.md")
    ran = assess(*again, "--today", "2027-02-22")
    assert ran.code == 0, ran.err
    assert "2 tasks of your own" in ran.said
    text = plan_of(assess, "next.md").read_text(encoding="utf-8")
    part = text.split("## Our own tasks\n\n")[1].split("\n\n")[0]
    assert part == "- [ ] Book the room — *Ben*, by Fri 11 Dec\n- [/] Ask Ann"
    assess("plan", "--today", "2027-02-22")
    assert plan_of(assess, "next.md").read_text(encoding="utf-8").count("Ask Ann") == 1


def test_own_tasks_go_on_when_a_plan_that_is_over_is_followed_by_another(
    assess: CommandLine,
) -> None:
    change(plan_of(assess), lambda text: text + "\n- [ ] Book the room\n")
    ran = assess("plan", "--start", "2027-03-01", "--out", "next.md", "--today", "2027-03-01")
    assert ran.code == 0, ran.err
    assert "- [ ] Book the room" in plan_of(assess, "next.md").read_text(encoding="utf-8")


def test_a_plan_that_is_over_says_what_became_of_its_actions(assess: CommandLine) -> None:
    before = assess("plan", "--json", "--today", "2026-11-24").document["priorities"]
    first, last = before[0], before[-1]
    change(plan_of(assess), lambda text: text.replace("- [ ]", "- [/]", 1))
    assess("step", *(step["id"] for step in last["steps"]), "--done", "--today", "2026-12-01")
    over = assess("plan", "--json", "--today", "2027-03-03").document["priorities"]
    became = {one["action"]: one["state"] for one in over if one["state"] != "new"}
    assert became == {first["action"]: "begun", last["action"]: "done"}
    assert [one["steps"] for one in over] == [one["steps"] for one in before]
