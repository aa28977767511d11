"""The assessment of a manager, beside the one of the team: two plans of one team."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assess.answers import Assessment
from assess.documents.goals import KeptGoals
from assess.goals.goal import Goal
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.media.markdown import render_markdown
from assess.pages.content import make_questionnaire_page
from assess.pages.membership import Opened, make_hour_page, promise_to_member
from assess.pages.result import make_result_page
from assess.people import Person
from assess.scoring.assessment import score_assessment
from assess.store import Store
from assess.workflow.agenda import list_standings
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.assessing.finishing import RunEnd, finish_run
from assess.workflow.checkin.reading import keep_checkin, read_plan
from assess.workflow.finding import Errand, find_questionnaire
from assess.workflow.outcome import Outcome
from assess.workflow.team.leaving import HandOver, remove_person
from assess.workflow.team.people import open_book
from tests.builders import make_assessment, make_kept
from tests.conftest import MatchExpected
from tests.test_whole_plans import write_plan

LIBRARY = Library()
PLANS = Path(__file__).parent / "plans"
STUDIO = TeamName("Atelier")
DAY = date(2026, 9, 8)

pytestmark = pytest.mark.one_python


def given(name: str) -> Assessment:
    return read_assessment([PLANS / f"{name}.toml"], LIBRARY)


@pytest.fixture
def both(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Outcome, ...]:
    """Keep what the team and its manager answered on one day, with a plan for each."""
    monkeypatch.chdir(tmp_path)
    answers = map(given, ("studio-eight", "manager-of-studio"))
    return tuple(finish_run(Errand(LIBRARY, store, DAY), one, RunEnd()) for one in answers)


# --- What is asked and planned ---


@pytest.mark.parametrize("name", ["manager-of-studio", "manager-of-machines"])
def test_plan_is_the_one_that_was_read_as_its_manager(
    name: str, match_expected: MatchExpected
) -> None:
    match_expected(f"plan-{name}.md", write_plan(name))


@pytest.mark.parametrize("size", [2, 25])
def test_the_hours_are_those_of_one_person_however_large_the_team(size: int) -> None:
    limits = read_plan_data(LIBRARY, LIBRARY.questionnaire("manager")).rules.limits
    assert limits.default_hours(size) == limits.default_hours() == 2


def test_all_that_is_said_of_a_plan_is_said_of_the_manager() -> None:
    text = write_plan("manager-of-studio")
    assert "# 90-day plan for the manager of Atelier" in text
    assert "The manager of Atelier is in Momentum" in text
    assert "The manager can invest 2 hours a week" in text
    for wrong in ("the team is in", "whole team", "## Goals", "standing:", "Atelier is in M"):
        assert wrong not in text.replace("The manager of Atelier is in M", "")


def test_members_are_asked_what_they_can_see_and_each_dimension_keeps_two_questions() -> None:
    of_members = LIBRARY.questionnaire("manager").of_members
    assert len(of_members.questions) == 20
    assert min(len(questions) for questions in of_members.by_dimension.values()) == 2


def test_whoever_looks_a_question_up_reads_that_members_are_not_asked_it() -> None:
    text = render_markdown(make_questionnaire_page(LIBRARY.questionnaire("manager")))
    assert text.count("Members are not asked this.") == 4


def test_members_read_that_the_answers_about_their_manager_stay_hidden_from_the_manager() -> None:
    kept = make_kept(subject="manager", minimum=5, invited=6)
    opened = Opened(kept, LIBRARY.questionnaire("manager"))
    first, second, *_ = promise_to_member(opened)
    assert "confidential, for your manager too" in first
    assert "better not your manager" in second


def test_the_gap_comes_before_all_else_of_a_result() -> None:
    questionnaire = LIBRARY.questionnaire("manager")
    result = score_assessment(make_assessment(questionnaire, 2, members=[(1,)] * 5))
    page = make_result_page("Lyon", DAY, result.profile, result)
    assert page.sections[1].heading == "Seen by 5 members"


def test_somebody_else_leads_the_hour_in_which_a_team_agrees_about_its_manager() -> None:
    about = [
        make_hour_page("Lyon", DAY, DAY, LIBRARY.questionnaire(name), None)
        for name in ("manager", "marketing-team")
    ]
    told = ["Somebody else than the manager" in render_markdown(page) for page in about]
    assert told == [True, False]


# --- Side by side ---


def test_each_plan_has_a_file_of_its_own(both: tuple[Outcome, ...], tmp_path: Path) -> None:
    files = sorted(path.name for path in tmp_path.glob("*.md"))
    assert files == ["Atelier-2026-09-14.md", "Atelier-manager-2026-09-14.md"]


def test_a_file_is_known_by_its_tasks_though_both_have_the_same_day(
    both: tuple[Outcome, ...], store: Store, tmp_path: Path
) -> None:
    for path in tmp_path.glob("*.md"):
        reading = read_plan(Errand(LIBRARY, store, DAY), path)
        keep_checkin(store, reading, reading.checkin, reading.kept.said)
    checked = {kept.questionnaire: kept.checkins for kept in store.history(STUDIO)}
    assert checked == {"manager": 1, "marketing-team": 1}


def test_without_a_name_the_teams_own_assessment_is_meant(
    both: tuple[Outcome, ...], store: Store
) -> None:
    later = replace(given("manager-of-studio"), date=DAY + timedelta(days=7))
    assert later.manager is not None
    later = replace(later, manager=replace(later.manager, date=later.date))
    store.keep_assessment(later)
    assert find_questionnaire(Errand(LIBRARY, store, DAY), STUDIO) == "marketing-team"


def test_who_has_only_a_manager_assessed_need_not_name_it(store: Store) -> None:
    store.keep_assessment(given("manager-of-studio"))
    assert find_questionnaire(Errand(LIBRARY, store, DAY), STUDIO) == "manager"


def test_the_hours_of_one_are_not_those_of_the_other(
    both: tuple[Outcome, ...], store: Store
) -> None:
    store.keep_assessment(given("manager-of-machines"))
    machines = TeamName("Machines")
    assert (store.last_hours(machines, "manager"), store.last_hours(machines)) == (3, None)


def test_home_tells_of_both_with_the_commands_that_each_needs(
    both: tuple[Outcome, ...], store: Store
) -> None:
    first, second = list_standings(Errand(LIBRARY, store, date(2026, 9, 22))).shown
    assert (first.questionnaire, second.questionnaire) == ("marketing-team", "manager")
    assert first.due[0].command == ("checkin",)
    assert second.due[0].command == ("checkin", "--questionnaire", "manager")
    assert (bool(first.set_ups), bool(second.set_ups)) == (True, False)


def test_goals_stand_in_the_teams_plan_alone(store: Store, both: tuple[Outcome, ...]) -> None:
    goal = Goal(id="leads", title="Twenty more leads", why="Revenue")
    store.keep_facts(STUDIO, KeptGoals(goals=(goal,)))
    again = [
        finish_run(Errand(LIBRARY, store, DAY), given(name), RunEnd())
        for name in ("studio-eight", "manager-of-studio")
    ]
    del again
    told = [
        "Twenty more leads" in Path(name).read_text(encoding="utf-8")
        for name in ("Atelier-2026-09-14.md", "Atelier-manager-2026-09-14.md")
    ]
    assert told == [True, False]


def test_a_manager_who_leaves_hands_over_both_plans(
    both: tuple[Outcome, ...], store: Store, tmp_path: Path
) -> None:
    ana, gil = (Person(name=name, roles=("manager",)) for name in ("Ana", "Gil"))
    book = open_book(Errand(LIBRARY, store, DAY, STUDIO))
    book.keep((ana,), 8)
    for name in ("studio-eight", "manager-of-studio"):
        finish_run(Errand(LIBRARY, store, DAY), given(name), RunEnd())
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md")]
    assert all("*Ana*" in text for text in texts)
    open_book(book.errand).keep((ana, gil), 8)
    remove_person(open_book(book.errand), "Ana", HandOver("to", "Gil"), None)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md")]
    assert [("Ana" in text, "*Gil*" in text) for text in texts] == [(False, True)] * 2


# --- Which questionnaire, where nobody says ---


def test_a_new_team_gets_the_usual_questionnaire(store: Store) -> None:
    assert LIBRARY.usual_questionnaire() == "marketing-team"
    assert find_questionnaire(Errand(LIBRARY, store, DAY), TeamName("New")) == "marketing-team"


def test_an_overview_of_teams_begins_with_the_teams(
    both: tuple[Outcome, ...], store: Store
) -> None:
    store.keep_assessment(given("manager-of-machines"))
    assert store.questionnaires_used() == ("marketing-team", "manager")
