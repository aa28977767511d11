"""Finding the hours: recurring work, decisions, and the hours that follow into the plan."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assess.documents.goals import KeptHours
from assess.goals.recurring import RecurringWork, find_candidates_to_stop, free_by_week, sum_freed
from assess.identity import TeamName
from assess.library import Library
from assess.store import Store
from assess.workflow.aims.desk import open_desk
from assess.workflow.aims.hours import add_work, ask_hours_found, decide
from assess.workflow.finding import Errand
from tests.asking import ScriptedAsker
from tests.typing_in import CommandLine

MONDAY = date(2026, 11, 30)
LYON = TeamName("Lyon")


def work(name: str = "report", **changes: Any) -> RecurringWork:
    given = {"id": name, "title": name.title(), "hours": 4, "if_stopped": "nothing", **changes}
    return RecurringWork.model_validate(given)


def stopped(day: date, decision: str = "stop", **changes: Any) -> RecurringWork:
    return work(decision=decision, decided_from=day, **changes)


def test_three_are_proposed_of_what_would_be_missed_least() -> None:
    works = [
        work("fair", if_stopped="damage", hours=20),
        work("posts", if_stopped="grumbling", hours=2),
        work("minutes", if_stopped="grumbling", hours=6),
        work("report", hours=1),
        work("list", hours=3),
    ]
    assert [w.id for w in find_candidates_to_stop(works)] == ["list", "report", "minutes"]


def test_freed_hours_count_from_the_first_whole_week_after_their_day() -> None:
    assert free_by_week([stopped(MONDAY + timedelta(8))], MONDAY, 4) == (0, 0, 4, 4)
    assert free_by_week([stopped(MONDAY + timedelta(7))], MONDAY, 4) == (0, 4, 4, 4)


@pytest.mark.parametrize(
    ("decision", "freed"), [("stop", 4), ("hand-over", 4), ("halve", 2), ("keep", 0), ("open", 0)]
)
def test_a_decision_frees_all_half_or_nothing(decision: str, freed: int) -> None:
    assert sum_freed([stopped(MONDAY, decision)]) == freed


def test_what_is_to_free_hours_has_its_day_whatever_door_it_comes_in_by() -> None:
    with pytest.raises(ValidationError, match="no day from which the decision holds"):
        work(decision="halve")


def test_only_whole_quarters_are_free() -> None:
    assert sum_freed([stopped(MONDAY, "halve", hours=0.75)]) == Fraction(1, 4)


def test_what_came_back_frees_nothing() -> None:
    assert sum_freed([stopped(MONDAY, back=MONDAY)]) == 0


# --- In commands ---


@pytest.fixture
def kept(assess: CommandLine) -> CommandLine:
    """A team with a plan of four hours a week, and three kinds of recurring work."""
    assess.use_small_data()
    answers = assess.write_answers("answers.toml", 0, hours_per_week=4, team_size=4)
    assert assess("run", "--answers", answers, "--today", "2026-11-23").code == 0
    for title, hours, if_stopped in (
        ("Weekly report", "3", "nothing"),
        ("Posts", "2.5", "grumbling"),
        ("Fair", "8", "damage"),
    ):
        ran = assess("hours", "add", title, "--hours", hours, "--if-stopped", if_stopped)
        assert ran.code == 0
    return assess


def test_decisions_are_told_with_the_hours_in_all(kept: CommandLine) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    kept("hours", "decide", "posts", "halve", "--from", "2026-12-07")
    document = kept("hours", "--json").document
    assert document["hours"] == {"free": 4, "freed": 4.25, "in_all": 8.25}
    assert document["recurring"][0]["from"] == "2026-12-07"


def test_a_plan_has_freed_hours_from_their_week_on_and_says_those_of_its_last(
    kept: CommandLine,
) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    plan = kept("plan", "--json", "--today", "2026-11-23").document
    assert plan["start"] == "2026-11-23"
    assert plan["hours_per_week"] == 7
    assert plan["hours"]["room"] == 4 * 2 + 7 * 11
    assert max(plan["hours_by_week"][:2]) <= 4


def test_planning_twice_frees_the_hours_once(kept: CommandLine) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    for _ in range(2):
        plan = kept("plan", "--hours", "5", "--json", "--today", "2026-11-23").document
    assert plan["hours_per_week"] == 8
    assert kept("plan", "--json", "--today", "2026-11-24").document["hours_per_week"] == 8


def test_hours_leave_the_plan_when_the_work_came_back(kept: CommandLine) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    kept("hours", "confirm", "weekly-report", "--back")
    assert kept("plan", "--json", "--today", "2026-11-23").document["hours_per_week"] == 4


def test_hours_that_are_free_by_now_are_told_from_those_to_come(kept: CommandLine) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    kept("hours", "decide", "posts", "stop", "--from", "2026-12-07")
    kept("hours", "confirm", "posts")
    partly = (
        "4 hours a week are there, 2.5 more are free by now and 3 more once what was decided "
        "holds: 9.5 in all."
    )
    assert partly in on_one_line(kept("hours").out)
    kept("hours", "confirm", "weekly-report")
    wholly = "4 hours a week are there and 5.5 more are free by now: 9.5 in all."
    assert wholly in on_one_line(kept("hours").out)


def test_the_plan_says_which_hours_the_assessment_says(kept: CommandLine) -> None:
    kept("hours", "decide", "weekly-report", "stop", "--from", "2026-12-07")
    said = on_one_line(kept("plan", "--today", "2026-11-23").out)
    assert "4 hours a week, as the assessment says; 3 more come from recurring work" in said


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_errors_name_the_work_in_what_to_do(kept: CommandLine) -> None:
    ran = kept("hours", "add", "posts", "--hours", "1", "--if-stopped", "nothing")
    assert "assess hours edit posts" in ran.said
    assert "assess hours decide posts stop" in kept("hours", "confirm", "posts").said


def test_where_nothing_can_stop_it_is_said(assess: CommandLine) -> None:
    assess("hours", "add", "Fair", "--hours", "8", "--if-stopped", "damage", "--team", "Lyon")
    assess.use_small_data()
    answers = assess.write_answers("a.toml", 0, hours_per_week=2, team_size=4)
    assess("run", "--answers", answers, "--today", "2026-11-23")
    assert "2 hours a week are what there is; the plan fits into them." in assess("hours").out


def test_a_list_is_written_and_taken_in_again(kept: CommandLine) -> None:
    kept("hours", "decide", "posts", "hand-over", "--from", "2026-12-07")
    before = kept("hours", "--json").document["recurring"]
    kept("hours", "--out", "hours.toml")
    other = ("--store", "other.sqlite")
    for _ in range(2):
        ran = kept("hours", "import", "hours.toml", "--team", "Lyon", "--json", *other)
        assert ran.document["recurring"] == before


def test_what_cannot_be_used_of_a_list_is_told_at_once(assess: CommandLine) -> None:
    Path("hours.toml").write_text(
        '[[recurring]]\nid = "a"\ntitle = "A"\nhours = 0.3\nif_stopped = "nothing"\n'
        '[[recurring]]\nid = "b"\ntitle = "B"\nhours = 1\nif_stopped = "tears"\n'
        '[[recurring]]\nid = "c"\ntitle = "C"\nhours = 1\nif_stopped = "nothing"\n'
        'decision = "stop"\n'
    )
    ran = assess("hours", "import", "hours.toml", "--team", "Lyon")
    assert ran.code == 1
    for place in ("recurring[id=a].hours", "recurring[id=b].if_stopped", "recurring[id=c]"):
        assert place in ran.said
    assert not assess.store.exists()


def test_a_quarter_of_an_hour_lists_and_decides(store: Store) -> None:
    store.add_team(LYON)
    asker = ScriptedAsker(
        *("Weekly report", "3,5", "nothing"), *("Fair", "many", "8", "damage"), "", *("stop", "")
    )
    ask_hours_found(open_desk(Errand(Library(), store, date(2026, 11, 25), LYON)), asker)
    report, fair = store.load_facts(LYON, KeptHours).recurring
    assert (report.decision, report.decided_from) == ("stop", MONDAY)
    assert (fair.decision, asker.is_used_up) == ("open", True)


def test_a_slip_is_mended_by_going_back(store: Store) -> None:
    store.add_team(LYON)
    asker = ScriptedAsker(
        *("<", "Report", "<", "Weekly report", "30", "nothing"),
        *("<", "Weekly report", "3", "damage", ""),
    )
    ask_hours_found(open_desk(Errand(Library(), store, date(2026, 11, 25), LYON)), asker)
    assert [blank.default for blank in asker.blanks if blank.default] == ["Report", "Weekly report"]
    [report] = store.load_facts(LYON, KeptHours).recurring
    assert (report.title, report.hours, asker.is_used_up) == ("Weekly report", 3, True)


def test_hours_that_others_added_during_the_questions_stay(store: Store) -> None:
    store.add_team(LYON)
    desk = open_desk(Errand(Library(), store, date(2026, 11, 25), LYON))
    add_work(desk, "Fair", 8, "damage")
    add_work(desk, "Weekly report", 3, "nothing")
    decide(desk, "weekly-report", "stop", None)
    kept = store.load_facts(LYON, KeptHours).recurring
    assert [(work.id, work.decision) for work in kept] == [
        ("fair", "open"),
        ("weekly-report", "stop"),
    ]
