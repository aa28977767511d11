"""The weekly check-in: what somebody types in a plain terminal, and what then stands where."""

import re
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

WEEK_2 = ("--today", "2026-05-27")
FIRST = date(2026, 5, 18)


@pytest.fixture
def team(assess: CommandLine) -> CommandLine:
    """Return the command line of a team whose plan has two steps a week, of one action each."""
    assess.use_small_data()
    answers = assess.write_answers("first.toml", 0, 0, 0, 0, day=FIRST, hours_per_week=4)
    ran = assess("run", "--answers", answers, "--today", "2026-05-18")
    assert ran.code == 0, ran.err
    return assess


def plan_of(team: CommandLine) -> Path:
    [path] = team.folder.glob("Lyon-*.md")
    return path


def changed(before: str, after: str) -> list[str]:
    """Return the lines that went and came."""
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def check_in(team: CommandLine, *typed: str, today: tuple[str, str] = WEEK_2) -> Ran:
    ran = team.type_in("".join(f"{line}\n" for line in typed), "checkin", *today)
    assert ran.code == 0, ran.err
    return ran


def test_what_is_ticked_is_one_letter_in_the_file(team: CommandLine) -> None:
    before = plan_of(team).read_text()
    # Two are late and both are done, one in the list and one by its key; neither can be told yet.
    check_in(team, "1", "1d", "l", "l", "", "")
    went = changed(before, plan_of(team).read_text())
    assert [line.replace("[ ]", "[x]")[1:] for line in went if line[0] == "-"] == [
        line[1:] for line in went if line[0] == "+"
    ]
    assert len(went) == 4


def test_a_quiet_week_is_a_few_times_enter_and_what_is_late_is_planned_anew(
    team: CommandLine,
) -> None:
    ran = check_in(team, "", "", "")
    assert "with another date" in ran.out
    states = {s["state"] for s in team("checkin", "--json", *WEEK_2).document["steps"]}
    assert states == {"open"}


def test_what_is_agreed_changes_owner_and_date_and_is_shown_next_time(team: CommandLine) -> None:
    before = plan_of(team).read_text()
    check_in(team, "", "1p 2p", "n", "Ana", "Fri 12 Jun", "", "")
    went = changed(before, plan_of(team).read_text())
    assert [line for line in went if line[0] == "+" and "— *Ana*, by Fri 12 Jun <!--" in line]
    assert len(went) == 4
    document = team("checkin", "--json", "--today", "2026-06-01").document
    assert [(one["owner"], one["due"]) for one in document["agreements"]] == [
        ("Ana", "2026-06-12")
    ] * 2
    assert {"name": "Ana", "open": 2, "late": 0, "done": 0} in document["people"]
    assert "Ana, by Fri 12 Jun" in team("result").out


def test_what_is_late_on_a_friday_is_agreed_for_the_week_to_come(team: CommandLine) -> None:
    """The whole week's work cannot be done on its last day."""
    friday = ("--today", "2026-05-29")
    ran = check_in(team, "", "1w", "", "", today=friday)
    assert "w: next week" in ran.said
    assert "planned anew, from Monday on" in ran.said
    document = team("checkin", "--json", *friday).document
    assert [one["due"] for one in document["agreements"]] == ["2026-06-05"]


def test_what_is_planned_anew_on_a_friday_begins_on_monday(team: CommandLine) -> None:
    friday = "2026-05-29"
    check_in(team, "", "", "", "", "", today=("--today", friday))
    document = team("checkin", "--json", "--today", friday).document
    dues = {one["due"] for one in document["steps"] if one["state"] in ("open", "late")}
    assert min(dues) == "2026-06-05"


def test_nothing_is_planned_anew_on_the_last_day(team: CommandLine) -> None:
    """What is open is listed for the next plan, and a message without news is left out."""
    last = ("--today", "2026-08-14")
    before = plan_of(team).read_text()
    ran = check_in(team, *[""] * 6, today=last)
    assert "Late:" not in ran.said
    assert "21 Aug" not in ran.out
    assert not [line for line in changed(before, plan_of(team).read_text()) if "- [ ]" in line]
    over = check_in(team, *[""] * 6, today=("--today", "2026-08-17"))
    assert "Two check-ins without a tick" not in over.said
    assert "chat" not in over.out


def test_done_when_is_asked_once_and_a_no_names_the_missing_step(team: CommandLine) -> None:
    check_in(team, "1", "1w", "n", "Show it to the board", "", "")
    assert "- [ ] Show it to the board — *the manager*, by Fri 5 Jun" in plan_of(team).read_text()
    document = team("checkin", "--json", *WEEK_2).document
    assert [one["holds"] for one in document["confirmed"]] == [False]
    assert document["actions"][0]["state"] == "started"
    assert [one["wording"] for one in document["own"]] == ["Show it to the board"]
    plan = team("plan", "--json", *WEEK_2).document
    assert {p["action"]: p["state"] for p in plan["priorities"]}["lift-goals-1-1"] == "begun"


def test_what_is_true_is_kept_with_where_it_can_be_seen(team: CommandLine) -> None:
    ran = check_in(team, "1", "1w", "y", "wiki/goals", "", "")
    assert "is finished, and it is true" in ran.out
    document = team("checkin", "--json", *WEEK_2).document
    assert [(one["holds"], one["where"]) for one in document["confirmed"]] == [(True, "wiki/goals")]
    assert document["done_when"]["true"] == 1


def test_ticks_made_by_hand_are_to_be_confirmed(team: CommandLine) -> None:
    path = plan_of(team)
    path.write_text(path.read_text().replace("- [ ] Begin", "- [x] Begin", 1))
    assert team("checkin", "--json", *WEEK_2).document["to_be_confirmed"] == ["lift-goals-1-1"]


def test_whoever_is_stopped_goes_on_and_loses_nothing(team: CommandLine) -> None:
    before = plan_of(team).read_bytes()
    stopped = team.type_in("1\n1x\n", "checkin", *WEEK_2)
    assert (stopped.code, plan_of(team).read_bytes()) == (1, before)
    ran = check_in(team, "l", "", "")
    assert "it goes on" in ran.said
    text = plan_of(team).read_text()
    assert (text.count("- [x] "), text.count("- [-] ")) == (1, 1)


def test_all_that_was_said_can_be_forgotten(team: CommandLine) -> None:
    before = plan_of(team).read_bytes()
    check_in(team, "1", "1x", "n", "l", "", "f")
    assert plan_of(team).read_bytes() == before
    assert "it goes on" not in check_in(team, "", "1w", "", "").said


def test_weeks_away_are_planned_around(team: CommandLine) -> None:
    check_in(team, "", "", "a", "2", "", "")
    kept = team("plan", "--json", *WEEK_2).document
    assert kept["hours_by_week"][2] == 0


def test_the_real_pace_is_said_once_and_taken_when_wanted(team: CommandLine) -> None:
    later = ("--today", "2026-06-10")
    ran = check_in(team, "", "", "h", "g", "w", today=later)
    assert "In three working weeks 0 hours were done" in ran.err
    assert team("plan", "--json", *later).document["hours_per_week"] == 1


def test_the_message_for_the_team_is_short(team: CommandLine) -> None:
    check_in(team, "1", "1w", "l", "b", "The budget", "1", "", "")
    lines = team("checkin", "--message", *WEEK_2).out.splitlines()
    assert lines[:3] == [
        "Lyon, week 2 of 13, 27 May 2026",
        "Finished: Begin with goals-1",
        "In the way: The budget (resources)",
    ]
    assert len(lines) <= 12
    assert "- the manager: Begin with goals-2, by Fri 29 May" in lines


def test_what_was_told_as_finished_is_not_told_again_own_tasks_neither(team: CommandLine) -> None:
    path = plan_of(team)
    path.write_text(path.read_text().replace("## Rhythm", "- [x] Ask Zoe\n\n## Rhythm"))
    assert "Ask Zoe" in check_in(team, "", "", "", "", today=WEEK_2).out
    ran = check_in(team, "1", "l", "", "", "", "", today=("--today", "2026-06-03"))
    assert "Finished: Begin with goals-1\n" in ran.out


@pytest.mark.parametrize(
    ("option", "shows"),
    [
        (("--done",), "- [x] Begin with goals-1. — *the manager*, by Fri 22 May"),
        (("--drop",), "- [-] Begin with goals-1. — *the manager*, by Fri 22 May"),
        (("--to", "2026-06-19"), "- [ ] Begin with goals-1. — *the manager*, by Fri 19 Jun"),
        (("--owner", "Ana"), "- [ ] Begin with goals-1. — *Ana*, by Fri 22 May"),
    ],
)
def test_steps_are_changed_by_their_numbers(
    team: CommandLine, option: tuple[str, ...], shows: str
) -> None:
    before = plan_of(team).read_text()
    ran = team("step", "1", *option, "--json", *WEEK_2)
    assert [step["id"] for step in ran.document["steps"]] == ["lift-goals-1-1/1"]
    went = changed(before, plan_of(team).read_text())
    assert len(went) == 2
    assert went[1].startswith(f"+{shows} <!--")
    assert team("checkin", "--json", *WEEK_2).document["agreements"]


def test_a_wrong_step_is_told_with_the_nearest_and_nothing_is_written(team: CommandLine) -> None:
    before = plan_of(team).read_bytes()
    ran = team("step", "lift-goals-1-1/1", "lift-gaols-1-1/1", "--done", "--json", *WEEK_2)
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean 'lift-goals-1-1/1'?" in ran.said
    assert plan_of(team).read_bytes() == before


def test_a_number_that_no_step_has_names_the_range(team: CommandLine) -> None:
    ran = team("step", "99", "--done", *WEEK_2)
    assert ran.code == 1
    (fix,) = (line for line in ran.err.splitlines() if "fix:" in line)
    assert "Use a number from 1 to " in fix
    assert len(fix) <= 100


def test_a_file_that_never_was_is_not_called_lost(team: CommandLine) -> None:
    ran = team("checkin", "nofile.md", *WEEK_2)
    assert ran.code == 1
    assert "There is no such file." in ran.err


def test_after_its_last_day_nothing_is_late(team: CommandLine) -> None:
    document = team("checkin", "--json", "--today", "2026-09-01").document
    assert {step["state"] for step in document["steps"]} == {"open"}
    assert document["is_over"]


def test_a_dropped_action_is_put_aside_with_its_cause(team: CommandLine) -> None:
    check_in(team, "", "1x", "resources", "1", "", "w")
    document = team("checkin", "--json", *WEEK_2).document
    assert document["blockers"] == [{"text": "Dropped: Lift goals-1 to 1", "cause": "resources"}]
    assert [one["id"] for one in document["dropped"]] == ["lift-goals-1-1/1"]


def test_a_step_that_is_dropped_by_a_command_is_put_aside_with_its_cause_too(
    team: CommandLine,
) -> None:
    ran = team("step", "1", "--drop", *WEEK_2)
    assert "assess step 1 --drop --cause resources" in ran.said
    assert team("step", "1", "--drop", "--cause", "talent", *WEEK_2).code == 0
    document = team("checkin", "--json", *WEEK_2).document
    assert document["blockers"] == [{"text": "Dropped: Lift goals-1 to 1", "cause": "talent"}]
    assert team("step", "1", "--done", "--cause", "talent").code == 2


def test_reviews_ask_which_done_when_are_true(team: CommandLine) -> None:
    # The first of two steps is ticked and its action confirmed; at the review it is not true.
    check_in(team, "1", "1w", "y", "wiki/goals", "", "w")
    day_30 = ("--today", "2026-06-17")
    ran = check_in(team, "", "", "w", "The wall is full", "", "1", "", today=day_30)
    assert ran.said.index("What went well") < ran.said.index("Review of day 30")
    assert "Review of day 30: which of these is true today?" in ran.said
    document = team("checkin", "--json", "--today", "2026-06-17").document
    assert [one["holds"] for one in document["confirmed"]] == [True, False]
    assert document["wins"] == ["The wall is full"]


def test_answers_to_a_review_are_shown_wherever_check_ins_are(team: CommandLine) -> None:
    day_30 = ("--today", "2026-06-17")
    ran = team.type_in("\n\nr\nWe learned a lot\n" + "\n" * 9, "checkin", *day_30)
    assert ran.code == 0, ran.err
    later = ("--today", "2026-06-24")
    assert team("checkin", "--no-input", *later).out.count("We learned a lot") == 1
    assert "We learned a lot" in team("checkin", "--no-input", "--all", *later).out
    assert "We learned a lot" in team("result").out
    assert team("report", "--out", "report.html", *later).code == 0
    assert "We learned a lot" in (team.folder / "report.html").read_text()


@pytest.mark.parametrize(("ticked", "is_clear"), [("1-2", True), ("1", False)])
def test_a_week_is_clear_when_nothing_late_is_left_and_not_when_it_gets_another_date(
    team: CommandLine, ticked: str, is_clear: bool
) -> None:
    ran = check_in(team, ticked, *("l", "l") if is_clear else ("", "l"), "", "")
    assert ("A clear week: nothing is late." in ran.out) == is_clear


def test_each_agreement_keeps_its_own_day(team: CommandLine) -> None:
    assert team("step", "2", "--to", "2026-06-05", *WEEK_2).code == 0
    team("checkin", "--no-input", *WEEK_2)
    later = ("--today", "2026-06-03")
    assert team("step", "2", "--owner", "Ben", *later).code == 0
    ran = check_in(team, "", "", "", today=later)
    assert "agreed Wed 27 May: by Fri 5 Jun; Wed 3 Jun: Ben" in ran.said


def test_nobody_is_no_name_and_a_stranger_is_told(team: CommandLine) -> None:
    assert team("people", "add", "Ana", "--role", "manager", *WEEK_2).code == 0
    ran = team("step", "1", "--owner", "Nobody", *WEEK_2)
    assert (ran.code, "nobody's name" in ran.err) == (1, True)
    ran = team("step", "1", "--owner", "Zed", *WEEK_2)
    assert ran.code == 0
    assert "assess people add Zed" in ran.err
    ran = check_in(team, "", "1p", "n", "Nobody", "n", "Yan", "", "", "")
    assert "'Nobody' is nobody's name." in ran.said
    assert "assess people add Yan" in ran.said
    assert ". Zed " not in ran.said


def test_what_nobody_can_say_does_not_count_as_true(team: CommandLine) -> None:
    check_in(team, "1", "1w", "l", "", "")
    assert team("--json", *WEEK_2).document["teams"][0]["promised"]["true"] == 0
    assert team("checkin", "--json", *WEEK_2).document["done_when"]["true"] == 0


def test_the_example_of_a_date_is_still_to_come(team: CommandLine) -> None:
    ran = check_in(team, "", "1t", "some day", "", "", "")
    assert "A date, as in Fri 29 May or 2026-05-29." in ran.said
    assert "18 Dec" not in ran.said


def test_an_own_task_that_is_late_is_told_how_it_gets_another_date(team: CommandLine) -> None:
    path = plan_of(team)
    text = path.read_text().replace("## Rhythm", "- [ ] Ask Zoe, by Fri 22 May\n\n## Rhythm")
    path.write_text(text.replace("- [ ] Begin", "- [x] Begin"))
    ran = team("checkin", "--no-input", *WEEK_2)
    assert "--to 2026-05-29" in ran.out
    assert "assess plan" not in ran.out
    said = check_in(team, "", "", *"llllllll", "", "").said
    assert re.search(r"assess step own-[0-9a-f]{6} --to 2026-05-29", said)


def test_the_message_says_of_what_is_late_since_when(team: CommandLine) -> None:
    lines = team("checkin", "--message", *WEEK_2).out.splitlines()
    place = lines.index("Still open:")
    assert lines[place + 1].endswith("was due Fri 22 May")
    assert len(lines) <= 12
    friday = team("checkin", "--message", "--today", "2026-05-29").out
    assert "Until Fri 5 Jun:" in friday


def test_a_reworded_step_that_fell_out_is_carried_into_the_next_quarter(team: CommandLine) -> None:
    path = plan_of(team)
    path.write_text(path.read_text().replace("Begin with goals-2", "Ask Zoe for the goals"))
    # Without its action there is no step of this id in the plan.
    ran = team("plan", "--skip", "lift-goals-2-1", *WEEK_2)
    assert ran.code == 0, ran.err
    own = team("checkin", "--json", *WEEK_2).document["own"]
    assert {"Ask Zoe for the goals."} <= {one["wording"] for one in own}
    answers = team.write_answers("next.toml", 0, 0, 0, 0, day=date(2026, 8, 24), hours_per_week=4)
    assert team("run", "--answers", answers, "--today", "2026-08-24").code == 0
    new = team.folder / "Lyon-2026-08-24.md"
    assert "Ask Zoe for the goals" in new.read_text()


def test_a_quiet_review_takes_four_times_enter(team: CommandLine) -> None:
    check_in(team, "1", "1w", "y", "wiki/goals", "", "w")
    ran = check_in(team, "", "", "", "", today=("--today", "2026-06-17"))
    assert "Review of day 30" in ran.said


@pytest.mark.parametrize(("more", "is_asked"), [("", False), ("r", True)])
def test_a_quiet_review_takes_four_times_enter_with_figures_and_late_steps_too(
    team: CommandLine, more: str, is_asked: bool
) -> None:
    check_in(team, "1", "1w", "y", "wiki/goals", "", "w")
    goals = team.folder / "goals.toml"
    figure = "[[goal.figure]]\nid='f'\nname='F'\nunit='f'\n"
    goals.write_text(f"[[goal]]\nid='g'\ntitle='G'\n{figure}")
    assert team("goals", "import", goals).code == 0
    ran = team.type_in(f"\n\n\n{more}\n", "checkin", "--today", "2026-06-17")
    assert "KPIs that are due" in ran.said
    assert ("Review of day 30: which of these is true today?" in ran.said) == is_asked
    assert (ran.code == 0) != is_asked


def test_what_is_ticked_just_now_counts_for_the_pace(team: CommandLine) -> None:
    # Six steps of two hours each are due; four of them are done in the list.
    ran = check_in(team, "1-4", "", "", "", "", "", "", "", "", today=("--today", "2026-06-10"))
    assert "In three working weeks" not in ran.err


def test_key_figures_that_are_due_are_asked_on_one_screen(team: CommandLine) -> None:
    goals = team.folder / "goals.toml"
    goals.write_text(
        "[[goal]]\nid = 'leads'\ntitle = 'More leads'\nstart = 2026-05-18\nend = 2026-08-14\n"
        + "".join(
            f"[[goal.figure]]\nid = '{name}'\nname = '{name}'\nunit = 'leads'\nbaseline = 10\n"
            "target = 20\nevery = 'week'\n"
            for name in ("calls", "visits")
        )
    )
    assert team("goals", "import", "goals.toml", "--today", "2026-05-18").code == 0
    ran = check_in(team, "", "", "3=4; 1=12@7; 2=11@12", "2=11", "")
    assert "'3' is none of these figures." in ran.err
    assert "How sure you are is a number from 0 to 10, and not “12”." in ran.err
    [goal] = team("goals", "--json", *WEEK_2).document["goals"]
    assert [figure["now"] for figure in goal["figures"]] == [12, 11]
    assert goal["figures"][0]["confidence"] == [{"on": "2026-05-27", "points": 7}]
    assert "KPIs that are due" not in check_in(team, "", "", "", "").err


def test_a_kept_agreement_is_said_in_words(team: CommandLine) -> None:
    assert team("step", "1", "--owner", "Ana", "--to", "2026-05-29", *WEEK_2).code == 0
    assert team("checkin", "--no-input", *WEEK_2).code == 0
    ran = check_in(team, "2", "", "", "", "", today=("--today", "2026-05-29"))
    assert "Ana kept what was agreed on Wed 27 May: “Begin with goals-1”." in ran.out


def test_a_step_cannot_be_done_and_dropped(team: CommandLine) -> None:
    assert team("step", "1", "--done", "--drop").code == 2
    assert team("step", "1").code == 2
