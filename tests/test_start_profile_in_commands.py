"""The start profile in whole runs: asked first, kept, fixed for all, told in the next quarter."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assess.identity import AssessmentKey
from assess.library import Library
from assess.pages.blocks import Items
from assess.store import Store
from assess.workflow.assessing.answering import Answered, Sitting, sit_down
from assess.workflow.finding import Errand
from assess.workflow.results.result import find_result
from tests.asking import PatientAsker
from tests.builders import LYON
from tests.typing_in import CommandLine

SPRING, SUMMER = date(2026, 5, 18), date(2026, 8, 24)
ABOUT = """
[[about]]
id = "selling"
ask = "How do people buy?"
choices = { leads = "By leads", shop = "In shops" }
"""
LYON_SMALL = ("--team", "Lyon", "--questionnaire", "small")


@pytest.fixture(autouse=True)
def with_profile(assess: CommandLine) -> Path:
    """Use the small questionnaire; its second question is for teams with leads only."""
    assess.use_small_data()
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    head, *questions = path.read_text().split("\n[[question]]")
    questions[1] = questions[1].rstrip() + '\napplies = { selling = ["leads"] }\n'
    path.write_text("\n[[question]]".join([head + ABOUT, *questions]))
    return path


def sit(store: Store, asker: PatientAsker, sitting: Sitting, day: date = SPRING) -> Answered:
    return sit_down(Errand(Library(Path("data")), store, day, LYON, "small"), asker, sitting)


def run(store: Store, choice: str, day: date = SPRING, *, editing: bool = False) -> Answered:
    asker = PatientAsker("1", {"How do people buy?": choice} if choice else {})
    return sit(store, asker, Sitting("manager", day if editing else None), day)


def test_the_profile_is_asked_first_and_kept_with_the_answers(store: Store) -> None:
    asker = PatientAsker("1", {"How do people buy?": "shop"})
    assessment = sit(store, asker, Sitting("manager")).assessment
    places = asker.places("How many people", "How do people buy?", "How is goals 1?")
    assert places == sorted(places)
    assert assessment.questionnaire.said == {"selling": "shop"}
    assert assessment.manager is not None
    assert list(assessment.manager.by_question) == ["goals-1", "roles-1", "roles-2"]
    assert assessment.manager.about == {"selling": "shop"}
    result = find_result(Errand(Library(Path("data")), store, SPRING))
    [described] = [
        s for s in result.pages[0].sections if s.heading == "What the team said of itself"
    ]
    assert described.blocks == (Items(("How do people buy? In shops",)),)


def test_the_next_quarter_offers_what_was_said_last(store: Store) -> None:
    run(store, "shop")
    assert run(store, "", SUMMER).assessment.questionnaire.said == {"selling": "shop"}


def test_a_profile_can_be_changed_with_the_answers(store: Store) -> None:
    run(store, "shop")
    asker = PatientAsker("1", {"How do people buy?": "leads", "Your answers": "finish"})
    changed = sit(store, asker, Sitting("manager", edit=SPRING)).assessment
    assert changed.questionnaire.said == {"selling": "leads"}
    assert changed.manager is not None
    assert "goals-2" in changed.manager.by_question


def test_what_others_answer_too_keeps_its_profile(store: Store) -> None:
    run(store, "shop")
    asker = PatientAsker("1")
    joint = sit(store, asker, Sitting("consensus")).assessment
    assert "How do people buy?" not in asker.asked
    assert joint.consensus is not None
    assert "goals-2" not in joint.consensus.by_question


def test_opening_fixes_the_profile_for_everybody(assess: CommandLine, store: Store) -> None:
    about = ("--about", "selling=shop", "--today", str(SPRING))
    opened = assess("open", "--invite", "5", *about, "--json", *LYON_SMALL)
    assert opened.code == 0
    assert assess("form", "--out", "form.html").code == 0
    form = (assess.folder / "form.html").read_text()
    assert "The questions are those for such a team: How do people buy? In shops" in form
    assert "goals-2" not in form
    table = 'questionnaire = "small"\nversion = 1\nteam = "Lyon"\nrespondent = "member"\n'
    table += f'date = {SPRING}\ncode = "{opened.document["codes"][0]}"\n'
    answers = '[answers]\ngoals-1 = 1\ngoals-2 = ""\nroles-1 = 1\nroles-2 = 1\n'
    (assess.folder / "same.toml").write_text(table + answers)
    (assess.folder / "other.toml").write_text(table + '[about]\nselling = "leads"\n' + answers)
    refused = assess("collect", "other.toml")
    assert "The start profile is not the one with which the assessment began." in refused.err
    assert assess("collect", "same.toml").code == 0


def test_a_template_for_members_asks_what_was_fixed(assess: CommandLine) -> None:
    about = ("--about", "selling=shop", "--today", str(SPRING))
    assert assess("open", "--invite", "5", *about, *LYON_SMALL).code == 0
    ran = assess("questionnaire", "small", "--template", "--as", "member", "--team", "Lyon")
    table = tomllib.loads(ran.out)
    assert (table["date"], table["about"]) == (SPRING, {"selling": "shop"})
    assert list(table["answers"]) == ["goals-1", "roles-1", "roles-2"]


def test_what_the_manager_began_to_answer_fixes_the_profile(
    assess: CommandLine, store: Store
) -> None:
    asker = PatientAsker(
        "1", {"How do people buy?": "shop", "How is roles 1?": KeyboardInterrupt()}
    )
    with Store(assess.store) as kept, pytest.raises(KeyboardInterrupt):
        sit(kept, asker, Sitting("manager"))
    assert assess("open", "--invite", "5", "--today", str(SPRING), *LYON_SMALL).code == 0
    with Store(assess.store) as kept:
        opened = kept.load_assessment(AssessmentKey(LYON, "small", SPRING))
    assert opened.questionnaire.said == {"selling": "shop"}


def test_an_unknown_choice_is_refused_at_opening(assess: CommandLine) -> None:
    ran = assess("open", "--invite", "5", "--about", "selling=shops", *LYON_SMALL)
    assert ran.code == 1
    assert "Did you mean 'shop'?" in ran.said


def test_another_profile_than_that_of_kept_answers_is_refused(
    assess: CommandLine, store: Store
) -> None:
    answers = 'goals-1 = 1\ngoals-2 = ""\nroles-1 = 1\nroles-2 = 1\n'
    head = 'questionnaire = "small"\nversion = 1\nteam = "Lyon"\ndate = 2026-05-18\n'
    body = f'[about]\nselling = "shop"\n[answers]\n{answers}'
    (assess.folder / "manager.toml").write_text(head + body)
    both = f'{head}respondent = "consensus"\n[answers]\n{answers}'.replace('""', "1")
    (assess.folder / "joint.toml").write_text(both)
    kept = assess("run", "--answers", "manager.toml", "--json")
    assert kept.document["score"]["applies"] == {"questions": 3, "not_applicable": 0}
    ran = assess("run", "--answers", "joint.toml")
    assert ran.code == 1
    assert "with another start profile" in ran.said
    together = assess("run", "--answers", "manager.toml", "--answers", "joint.toml")
    assert "The start profile is '', but in manager.toml it is 'selling = shop'." in together.said


def test_an_export_brings_the_profile_back(
    assess: CommandLine, store: Store, tmp_path: Path
) -> None:
    run(store, "shop")
    text: list[str] = []
    store.export(text.append)
    (assess.folder / "export.json").write_text("".join(text))
    assert assess("import", "export.json").code == 0
    with Store(assess.store) as other:
        kept = other.load_assessment(AssessmentKey(LYON, "small", SPRING))
    assert kept.questionnaire.said == {"selling": "shop"}
