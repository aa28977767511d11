"""Goals in a quarter: in the plan's file, at check-ins, in comparison and report."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.interview.asker import Blank
from assess.library import Library
from assess.pages.goals import describe_neglected
from assess.store import Store
from assess.workflow.aims.desk import open_desk
from assess.workflow.aims.followed import change_one
from assess.workflow.checkin.figures import list_due_figures
from assess.workflow.checkin.holding import hold_checkin
from assess.workflow.checkin.reading import read_plan
from assess.workflow.finding import Errand
from tests.asking import PatientAsker
from tests.goals import GOALS_FILE, HOURS_FILE, make_figure, make_goal
from tests.typing_in import CommandLine

START = ("--today", "2026-11-30")
MONDAY = date(2026, 12, 7)
LATER = ("--today", "2026-12-18")


@pytest.fixture
def team(assess: CommandLine) -> CommandLine:
    """A team with a plan, a goal, and work that is to stop."""
    assess.use_small_data()
    actions = Path("data/plans/small/actions.toml")
    measured = 'measures = [{ name = "Runs", baseline = "count today", target = "ten" }]'
    text = actions.read_text().replace("\nlifts", f"\n{measured}\nlifts")
    actions.write_text(text)
    answers = assess.write_answers("answers.toml", 0, hours_per_week=4, team_size=4)
    assert assess("run", "--answers", answers, *START).code == 0
    Path("goals.toml").write_text(GOALS_FILE, encoding="utf-8")
    Path("hours.toml").write_text(HOURS_FILE, encoding="utf-8")
    assert assess("goals", "import", "goals.toml", *START).code == 0
    assert assess("hours", "import", "hours.toml", *START).code == 0
    assert assess("plan", *START).code == 0
    return assess


def plan_file() -> Path:
    (found,) = Path.cwd().glob("*-2026-11-30.md")
    return found


def edit(old: str, new: str) -> None:
    text = plan_file().read_text(encoding="utf-8")
    assert old in text
    plan_file().write_text(text.replace(old, new), encoding="utf-8")


def figure(team: CommandLine, day: tuple[str, str] = LATER) -> dict[str, Any]:
    found: dict[str, Any] = team("goals", "--json", *day).document["goals"][0]["figures"][0]
    return found


def test_a_goal_stands_in_the_plan_as_soon_as_it_is_set(team: CommandLine) -> None:
    text = plan_file().read_text(encoding="utf-8")
    assert "<!-- assess:goals/leads/leads-per-article -->" in text
    assert "**Goals:**" in text.split("## Goals")[0]


def test_what_is_typed_into_the_file_is_read_at_the_check_in_and_once(team: CommandLine) -> None:
    edit("– <!-- assess:goals", "10,5 <!-- assess:goals")
    for day in ("2026-12-04", "2026-12-05", "2026-12-11"):
        assert team("checkin", "--no-input", "--today", day).code == 0
    assert figure(team)["values"] == [{"on": "2026-12-04", "value": 10.5}]


def test_a_command_after_an_edit_keeps_both_values(team: CommandLine) -> None:
    edit("– <!-- assess:goals", "10,5 <!-- assess:goals")
    team("goals", "record", "leads", "11", "--on", "2026-12-11", *LATER)
    values = [(v["on"], v["value"]) for v in figure(team)["values"]]
    assert values == [("2026-12-18", 10.5), ("2026-12-11", 11)]
    team("checkin", "--no-input", *LATER)
    assert len(figure(team)["values"]) == 2


def test_the_tick_of_what_was_to_stop_confirms_it(team: CommandLine) -> None:
    edit("- [ ] Stop", "- [x] Stop")
    assert team("checkin", "--no-input", *LATER).code == 0
    assert team("hours", "--json").document["recurring"][0]["done"] is True


@pytest.mark.parametrize(("options", "mark"), [((), "x"), (("--back",), "-")])
def test_what_is_confirmed_is_marked_in_the_plan(
    team: CommandLine, options: tuple[str, ...], mark: str
) -> None:
    assert team("hours", "confirm", "weekly-report", *options, *LATER).code == 0
    assert f"- [{mark}] Stop" in plan_file().read_text(encoding="utf-8")
    before = team("hours", "--json").document["recurring"]
    assert before[0]["done"] is not bool(options)
    assert "Stop “Weekly report”" not in team("checkin", "--no-input", *LATER).out
    assert team("hours", "--json").document["recurring"] == before


def test_what_is_decided_anew_is_to_do_again(team: CommandLine) -> None:
    team("hours", "confirm", "weekly-report", *LATER)
    team("hours", "decide", "weekly-report", "stop", "--from", "2027-01-04", *LATER)
    team("checkin", "--no-input", *LATER)
    assert team("hours", "--json").document["recurring"][0]["done"] is False


def test_a_goal_that_is_set_leaves_what_was_typed_into_the_plan_meanwhile(
    team: CommandLine,
) -> None:
    with Store(team.store) as store:
        (name,) = (known.name for known in store.teams())
        desk = open_desk(Errand(Library(Path("data")), store, date(2026, 12, 1), name))
        edit("- [ ] Stop", "- [x] Stop")
        change_one(desk, desk.goals[0], lambda g: g.model_copy(update={"title": "12 leads"}))
    text = plan_file().read_text(encoding="utf-8")
    assert "- [x] Stop" in text
    assert "12 leads" in text


def test_what_is_still_to_stop_is_dated_anew_and_what_stopped_keeps_its_date(
    team: CommandLine,
) -> None:
    assert team("plan", *LATER).code == 0
    assert "by Fri 18 Dec <!-- assess:hours/weekly-report -->" in plan_file().read_text("utf-8")
    team("hours", "confirm", "weekly-report", *LATER)
    assert team("plan", "--today", "2027-01-13").code == 0
    text = plan_file().read_text("utf-8")
    assert "- [x] Stop “Weekly report” (3 hours a week)" in text
    assert "Jan <!-- assess:hours" not in text


@pytest.mark.parametrize("is_done", [True, False])
def test_only_what_did_not_stop_comes_into_the_next_quarter(
    team: CommandLine, is_done: bool
) -> None:
    if is_done:
        team("hours", "confirm", "weekly-report", *LATER)
    answers = team.write_answers("then.toml", 1, day=date(2027, 3, 1))
    assert team("run", "--answers", answers, "--today", "2027-03-01").code == 0
    (found,) = Path.cwd().glob("*-2027-03-01.md")
    there = "- [ ] Stop “Weekly report” (3 hours a week) — *the manager*, by Fri 5 Mar"
    assert (there in found.read_text("utf-8")) is not is_done
    assert ("assess:hours" in found.read_text("utf-8")) is not is_done
    assert team("hours", "--json").document["recurring"][0]["done"] is is_done


def test_work_that_was_to_find_hours_is_done_once_some_were_freed(team: CommandLine) -> None:
    actions = Path("data/plans/small/actions.toml")
    actions.write_text(actions.read_text().replace("\nlifts", "\nfrees_hours = true\nlifts", 1))
    team("hours", "decide", "weekly-report", "keep", *LATER)
    assert "- [x]" not in plan_file().read_text("utf-8")
    ran = team("hours", "decide", "weekly-report", "stop", *LATER)
    assert "the hours are found" in " ".join(ran.out.split())
    assert "- [x] Begin with goals-1." in plan_file().read_text("utf-8")
    priorities = team("plan", "--json", *LATER).document["priorities"]
    assert [p["action"] for p in priorities if p["state"] == "done"] == ["lift-goals-1-1"]
    why = team("why", "lift-goals-1-1", *LATER)
    assert "It is done: 3 hours a week are freed." in why.said
    team("hours", "confirm", "weekly-report", "--back", *LATER)
    assert "- [x] Begin with goals-1." not in plan_file().read_text("utf-8")


def test_the_next_plan_has_goals_reached_missed_and_carried_over(team: CommandLine) -> None:
    others = "".join(
        GOALS_FILE.replace('"leads"', f'"{name}"', 1).replace('title = "', f'title = "{name} ')
        for name in ("mail", "fairs")
    )
    Path("more.toml").write_text(others, encoding="utf-8")
    assert team("goals", "import", "more.toml", *LATER).code == 0
    team("goals", "close", "mail", "--reached", "--learned", "Short mails.", *LATER)
    team("goals", "close", "fairs", "--missed", *LATER)
    answers = team.write_answers("then.toml", 1, day=date(2027, 3, 1))
    assert team("run", "--answers", answers, "--today", "2027-03-01").code == 0
    (found,) = Path.cwd().glob("*-2027-03-01.md")
    part = found.read_text("utf-8").split("## Goals")[1].split("\n## ")[0]
    assert "carried over, it was to end on 28 February 2027" in part
    assert "- mail 20 % more" in part
    assert "reached, 18 December 2026. Short mails." in part
    assert "missed, 18 December 2026." in part


def test_answers_that_do_not_go_with_the_goals_that_are_kept_are_told(assess: CommandLine) -> None:
    assess.use_small_data()
    Path("data/plans/small/rules.toml").write_text(
        '[[rule]]\nid = "none"\nwhen = { "goals.count" = "< 1", "question.goals-1" = ">= 2" }\n'
        'note = "Goals are said to be there."\nbecause = "None is kept."\n'
        '[[rule]]\nid = "always"\nwhen = { team_size = ">= 1" }\n'
        'note = "This has nothing to do with goals."\nbecause = "So it is."\n'
    )
    answers = assess.write_answers("answers.toml", 2, 0, 0, 0, hours_per_week=4)
    assert assess("run", "--answers", answers, *START).code == 0
    assert "Goals are said to be there." in plan_file().read_text("utf-8")
    told = assess("result").out
    assert "Goals are said to be there." in told
    assert "nothing to do with goals" not in told
    Path("goals.toml").write_text(GOALS_FILE, encoding="utf-8")
    assert assess("goals", "import", "goals.toml", *START).code == 0
    assert "Goals are said" not in assess("result").out


def test_what_is_to_stop_is_for_the_manager_who_is_named(team: CommandLine) -> None:
    assert team("people", "add", "Ana", "--role", "manager").code == 0
    assert team("plan", *START).code == 0
    assert "(3 hours a week) — *Ana*, by" in plan_file().read_text("utf-8")


class BusyAsker(PatientAsker):
    """Takes what is proposed, while somebody else records a value as the dialogue begins."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__("", {})
        self._meanwhile = [meanwhile]

    def write(self, blank: Blank) -> str:
        while self._meanwhile:
            self._meanwhile.pop()()
        return super().write(blank)


def test_a_value_that_others_record_during_a_check_in_counts_once(team: CommandLine) -> None:
    def record() -> None:
        team("goals", "record", "leads", "11", "--on", "2026-12-11", *LATER)

    library, day = Library(Path("data")), date(2026, 12, 18)
    with Store(team.store) as store:
        errand = Errand(library, store, day)
        assert hold_checkin(errand, BusyAsker(record), read_plan(errand)) is not None
    assert figure(team)["values"] == [{"on": "2026-12-11", "value": 11}]
    assert "| 11 <!-- assess:goals" in plan_file().read_text("utf-8")


def measure(team: CommandLine, day: tuple[str, str] = LATER) -> dict[str, Any]:
    found: dict[str, Any] = team("goals", "--json", *day).document["measures"][0]
    return found


def hold(team: CommandLine, day: date, **said: str) -> PatientAsker:
    """Hold a check-in in which somebody says what figures are."""
    asker = PatientAsker("", said)
    with Store(team.store) as store:
        errand = Errand(Library(Path("data")), store, day)
        hold_checkin(errand, asker, read_plan(errand))
    return asker


def test_the_measure_of_a_work_is_asked_for_once_in_its_first_week(team: CommandLine) -> None:
    asked = hold(team, date(2026, 12, 4)).asked
    work = measure(team)
    assert any(f"For: {work['title']}." in text for text in asked)
    assert not any(f"For: {work['title']}." in text for text in hold(team, MONDAY).asked)


def test_what_is_kept_of_figures_is_told_before_a_check_in_is_written(team: CommandLine) -> None:
    hold(team, date(2026, 12, 4))
    said = {"What are they": "1=11; 2=drop", "What happens": "1d"}
    asked = hold(team, date(2026, 12, 18), **said).asked
    [kept] = [text for text in asked if text.startswith("Kept already: ")]
    assert kept == (
        "Kept already: Qualified leads from each article: 11 of 12 leads; "
        "Runs of “Lift roles-1 to 1”: no longer asked for."
    )
    assert asked.index(kept) < asked.index("This changes. Write it?")


@pytest.mark.parametrize("name", ["nosuch", "measure"])
def test_whoever_names_no_measure_is_told_the_ids_of_the_work(team: CommandLine, name: str) -> None:
    action = measure(team)["action"]
    err = team("goals", "record", name, "3", "--today", "2026-12-02").err
    assert action in err
    assert not re.search(r"\bmeasure[,.]|/measure", err)


def test_what_a_measure_was_as_the_work_began_stands_in_the_plan(team: CommandLine) -> None:
    action = measure(team)["action"]
    assert team("goals", "record", action, "3", "--today", "2026-12-02").code == 0
    assert measure(team)["figure"]["baseline"] == 3
    row = next(r for r in plan_file().read_text("utf-8").splitlines() if f"/{action}/measure" in r)
    assert [cell.strip() for cell in row.split("|")][2] == "3"


def test_a_measure_can_be_dropped_for_ever(team: CommandLine) -> None:
    action = measure(team)["action"]
    assert team("goals", "drop", action, *START).code == 0
    assert team("plan", *LATER).code == 0
    assert f"measures/{action}/" not in plan_file().read_text("utf-8")
    assert measure(team)["state"] == "dropped"


def test_measures_stand_in_a_comparison_beside_their_work(team: CommandLine) -> None:
    action = measure(team)["action"]
    team("goals", "record", action, "3", "--today", "2026-12-02")
    team("goals", "record", action, "5", "--today", "2027-02-20")
    answers = team.write_answers("then.toml", 1, day=date(2027, 3, 1))
    assert team("run", "--answers", answers, "--today", "2027-03-01").code == 0
    figures = team("compare", "--json", "--today", "2027-03-01").document["figures"]
    (found,) = (figure for figure in figures if figure["goal"] is None)
    assert (found["action"], found["from"], found["to"]) == (action, 3, 5)


def test_what_is_to_stop_is_asked_after_like_other_tasks(team: CommandLine) -> None:
    assert "Stop “Weekly report”" in team("checkin", "--no-input", "--all", *LATER).out


def test_a_goal_that_ended_is_named_in_the_next_plan(team: CommandLine) -> None:
    team("goals", "close", "leads", "--missed", "--learned", "Old articles bring more.", *LATER)
    text = plan_file().read_text(encoding="utf-8")
    assert "missed, 18 December 2026. Old articles bring more." in text
    assert "assess:goals/leads" not in text


def test_figures_stand_in_a_comparison_beside_the_plan(team: CommandLine) -> None:
    team("goals", "record", "leads", "11.5", "--on", "2027-02-26", "--today", "2027-02-26")
    answers = team.write_answers("then.toml", 1, day=date(2027, 3, 1))
    assert team("run", "--answers", answers, "--today", "2027-03-01").code == 0
    ran = team("compare", "--json", "--today", "2027-03-01")
    (found,) = ran.document["figures"]
    assert {key: found[key] for key in ("figure", "from", "to", "target", "progress")} == {
        "figure": "leads-per-article",
        "from": 10,
        "to": 11.5,
        "target": 12,
        "progress": 0.75,
    }


def test_the_report_begins_with_goals_and_has_their_course(team: CommandLine) -> None:
    team("goals", "record", "leads", "11", *LATER)
    assert team("report", "--out", "all.html", *LATER).code == 0
    text = Path("all.html").read_text(encoding="utf-8")
    assert "Qualified leads from each article: 11 of 12 leads" in text
    assert "above the straight line" in text


def test_goals_stand_in_the_result_at_a_check_in_and_at_home(team: CommandLine) -> None:
    team("goals", "record", "leads", "11", *LATER)
    told = "Qualified leads from each article: 11 of 12 leads"
    assert told in on_one_line(team("result", *LATER).out)
    assert told in on_one_line(team("checkin", "--no-input", "--all", *LATER).out)
    assert "Goals on course: 1 of 1 with a KPI." in on_one_line(team("--no-input", *LATER).out)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_figure_that_nobody_measured_for_two_turns_is_named_when_it_is_due() -> None:
    figure = make_figure(every="week", values=[(MONDAY, 11)])
    goal = make_goal(figures=[figure])
    late = MONDAY + timedelta(15)
    assert list_due_figures((goal,), late) == ((goal, figure),)
    assert describe_neglected(goal, figure, late) == (
        "Nobody has measured “Qualified leads from each article” for 2 weeks."
    )


def test_at_a_milestone_every_figure_is_due_that_is_not_of_this_week() -> None:
    goal = make_goal(figures=[make_figure(values=[(MONDAY, 11)])])
    later = MONDAY + timedelta(8)
    assert list_due_figures((goal,), later) == ()
    assert list_due_figures((goal,), later, is_milestone=True) == ((goal, goal.figures[0]),)
    assert list_due_figures((goal,), MONDAY + timedelta(3), is_milestone=True) == ()
