"""Questionnaires of others: other dimensions, few questions, no plan; and one begun with `new`."""

import shutil
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

WITH = ("--data", "kitchen", "--questionnaire", "kitchen")


@pytest.fixture
def kitchen(assess: CommandLine) -> CommandLine:
    """Begin a questionnaire of one's own."""
    ran = assess("new", "kitchen")
    assert ran.code == 0
    return assess


def answer(assess: CommandLine, level: int, day: str = "2026-11-22") -> Ran:
    text = assess("questionnaire", "kitchen", "--template", "--data", "kitchen", "--team", "Soup")
    filled = text.out.replace(' = ""', f" = {level}").replace("shifts = ", 'shifts = "shifts" #')
    path = assess.folder / "answers.toml"
    path.write_text(filled.replace(text.out.split("date = ")[1][:10], day), encoding="utf-8")
    return assess("run", "--answers", "answers.toml", "--today", day, *WITH)


def test_what_new_writes_is_checked_clean(kitchen: CommandLine) -> None:
    ran = kitchen("check", "kitchen", "--json")
    assert ran.code == 0
    [checked] = ran.document["questionnaires"]
    assert (checked["questionnaire"], checked["issues"]) == ("kitchen", [])


@pytest.mark.one_python
def test_what_new_writes_is_proved_without_a_doubt(kitchen: CommandLine) -> None:
    [checked] = kitchen("check", "kitchen", "--thorough", "--json").document["questionnaires"]
    assert checked["issues"] == []


def test_what_new_writes_leads_from_answers_to_a_plan_and_to_the_next_quarter(
    kitchen: CommandLine,
) -> None:
    first = answer(kitchen, 0)
    assert first.code == 0
    assert "Soup is in Momentum" in first.out
    assert "Much is under way, and little is settled." in first.out
    assert answer(kitchen, 1, "2027-03-01").code == 0
    assert kitchen("compare", *WITH).code == 0
    assert kitchen("report", *WITH).code == 0
    assert kitchen("goals", "check", *WITH).code == 0


def test_new_writes_over_nothing(kitchen: CommandLine) -> None:
    rules = kitchen.folder / "kitchen" / "plans" / "kitchen" / "rules.toml"
    rules.write_text("# Mine.\n")
    ran = kitchen("new", "kitchen")
    assert ran.code == 1
    assert "kitchen/plans/kitchen/rules.toml" in ran.said
    assert rules.read_text() == "# Mine.\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [("My Kitchen", "This is no id"), ("marketing-team", "There is a questionnaire")],
)
def test_new_refuses_what_cannot_be_a_name(assess: CommandLine, name: str, said: str) -> None:
    ran = assess("new", name)
    assert (ran.code, said in ran.said) == (1, True)


def test_a_run_without_a_catalogue_keeps_the_result_and_says_what_is_missing(
    kitchen: CommandLine,
) -> None:
    shutil.rmtree(kitchen.folder / "kitchen" / "plans")
    ran = answer(kitchen, 0)
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "plans/kitchen/actions.toml and plans/kitchen/rules.toml" in said
    assert kitchen("result", *WITH).code == 0
    assert kitchen("goals", "check", *WITH).code == 0
    assert kitchen("report", *WITH).code == 0
    assert list(kitchen.folder.glob("*.md")) == []
    run = kitchen("run", "--answers", "answers.toml", "--json", *WITH).document
    assert (run["score"]["stage"], run["plan"]) == ("momentum", None)


def test_a_plan_without_figures_is_made_all_the_same(kitchen: CommandLine) -> None:
    (kitchen.folder / "kitchen" / "plans" / "kitchen" / "figures.toml").unlink()
    assert answer(kitchen, 0).code == 0
    assert len(list(kitchen.folder.glob("*.md"))) == 1


def test_equal_and_empty_levels_are_found(kitchen: CommandLine) -> None:
    path: Path = kitchen.folder / "kitchen" / "questionnaires" / "kitchen.toml"
    text = path.read_text()
    text = text.replace(
        "One board shows the work that is under way.", "Each person: knows their own work only!"
    )
    text = text.replace("When something goes wrong.", "…")
    path.write_text(text)
    [checked] = kitchen("check", "kitchen", "--json").document["questionnaires"]
    assert [issue["name"] for issue in checked["issues"]] == ["equal-levels", "empty-level"]


def test_forms_of_one_team_and_day_to_other_questions_do_not_take_each_others_place(
    kitchen: CommandLine,
) -> None:
    about = ("--team", "Soup", "--data", "kitchen", "--today", "2026-11-22")
    files = []
    for name in ("kitchen", "any-team", "manager", "kitchen"):
        named = (*about, "--questionnaire", name)
        kitchen("open", "--invite", "5", *named)
        files.append(kitchen("form", "--json", *named).document["file"])
    assert files == [
        "Soup-2026-11-22-form.html",
        "Soup-2026-11-22-any-team-form.html",
        "Soup-manager-2026-11-22-form.html",
        "Soup-2026-11-22-form.html",
    ]
    out = ("--out", files[0], "--questionnaire", "any-team")
    assert kitchen("form", *about, *out).code == 1
