"""From answers files to results and plans, command by command."""

import re
import subprocess
import sys

import pytest

from tests.typing_in import CommandLine

MONDAY = ("--today", "2026-11-23")


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire and an answers file."""
    assess.use_small_data()
    assess.write_answers("answers.toml", 1, hours_per_week=4)
    return assess


def test_running_shows_the_stage_and_writes_the_plan(assess: CommandLine) -> None:
    ran = assess("run", "--answers", "answers.toml", *MONDAY)
    assert ran.code == 0
    assert "Lyon is in Maturity, the second of three stages, as the manager sees it." in ran.out
    plan = (assess.folder / "Lyon-2026-11-23.md").read_text()
    assert plan.startswith("---\n")
    assert "- [ ] Begin with goals-1." in plan


def test_running_as_json_prints_score_and_plan_only(assess: CommandLine) -> None:
    ran = assess("run", "--answers", "answers.toml", "--json", *MONDAY)
    assert ran.err == ""
    assert ran.document["score"]["stage"] == "maturity"
    assert ran.document["plan"]["start"] == "2026-11-23"
    assert ran.document["plan"]["hours_per_week"] == 4


def test_scoring_agrees_with_running_and_keeps_nothing(assess: CommandLine) -> None:
    scored = assess("score", "answers.toml", "--json").document
    assert not assess.store.exists()
    assert assess("run", "--answers", "answers.toml", "--json").document["score"] == scored
    assert assess("result", "--json").document == scored


# --- The guard ---

NOTHING = {"not-applicable": "somebody else does that"}


def test_where_too_much_does_not_apply_the_result_is_kept_without_stage_and_plan(
    assess: CommandLine,
) -> None:
    assess.write_answers("most.toml", 3, 3, NOTHING, NOTHING)
    ran = assess("run", "--answers", "most.toml", "--json", *MONDAY)
    assert (ran.code, ran.document["plan"]) == (0, None)
    assert ran.document["score"] == assess("score", "most.toml", "--json").document
    assert ran.document["score"]["guard"] == "not-applicable"
    assert not list(assess.folder.glob("*.md"))


def test_where_too_much_does_not_apply_result_and_plan_say_how_many(assess: CommandLine) -> None:
    assess.write_answers("most.toml", 3, 3, NOTHING, NOTHING)
    said = '2 of 4 questions are answered with "does not apply", more than a third'
    assert said in " ".join(assess("run", "--answers", "most.toml", *MONDAY).out.split())
    for command in (["result"], ["score", "most.toml"]):
        ran = assess(*command)
        assert (ran.code, said in " ".join(ran.out.split())) == (0, True)
    planned = assess("plan", *MONDAY)
    assert (planned.code, planned.out, said in planned.said) == (1, "", True)


def test_a_run_without_a_plan_fits_one_screen_and_ends_with_the_next_command(
    assess: CommandLine,
) -> None:
    assess.write_answers("most.toml", *[{"level": 3, "evidence": "x"}] * 2, NOTHING, NOTHING)
    rows = assess("run", "--answers", "most.toml", *MONDAY).out.splitlines()
    assert len(rows) <= 23
    assert rows[-1].strip().startswith("assess run --edit 2026-11-22")


def test_a_second_quarter_at_the_terminal_leads_past_what_moved_to_the_plan(
    assess: CommandLine,
) -> None:
    assess("run", "--answers", assess.write_answers("first.toml", 0), *MONDAY)
    questions = "y\n\n" + "1\n" * 4 + "y\nf\n"
    second = ("run", "--team", "Lyon", "--today", "2027-03-01")
    ran = assess.type_in(questions + "\n" * 15, *second)
    assert ran.code == 0
    assert "Now that all is answered" in ran.said
    assert ran.out.index("Reached: 0 of 4.") < ran.out.index("90-day plan for Lyon · 1 March 2027")


def test_who_answers_is_said_of_the_manager_only(assess: CommandLine) -> None:
    assert assess("run", "--as", "consensus", "--other-person").code == 2
    ran = assess("run", "--answers", "answers.toml", "--other-person", "--json", *MONDAY)
    assert ran.code == 0
    exported = assess("export").document["assessments"]
    assert [one["same_manager"] for one in exported] == [False]


def test_home_asks_for_other_answers_where_too_much_does_not_apply(assess: CommandLine) -> None:
    assess.write_answers("most.toml", 3, 3, NOTHING, NOTHING)
    assess("run", "--answers", "most.toml", *MONDAY)
    (team,) = assess("--json", *MONDAY).document["teams"]
    assert team["due"][0]["task"] == "answers"
    assert "Answer more of them with a level" in team["due"][0]["text"]


def test_hours_on_the_command_line_come_first(assess: CommandLine) -> None:
    ran = assess("run", "--answers", "answers.toml", "--hours", "9", "--json", *MONDAY)
    assert ran.document["plan"]["hours_per_week"] == 9


def test_several_files_make_one_assessment(assess: CommandLine) -> None:
    joint = assess.write_answers("joint.toml", 1, respondent="consensus")
    options = ("--answers", "answers.toml", "--answers", joint)
    score = assess("run", *options, "--json", *MONDAY).document["score"]
    assert (score["view"], score["respondents"]) == ("consensus", {"manager": 1, "members": 0})


def test_members_files_need_an_invitation(assess: CommandLine) -> None:
    member = assess.write_answers("m.toml", 0, respondent="member")
    ran = assess("run", "--answers", "answers.toml", "--answers", member, "--json", *MONDAY)
    assert (ran.code, ran.out) == (1, "")
    assert "then take their files in: assess collect ./" in ran.said


def test_files_of_two_assessments_are_refused(assess: CommandLine) -> None:
    other = assess.write_answers("other.toml", 1, team="Paris", respondent="member")
    ran = assess("run", "--answers", "answers.toml", "--answers", other)
    assert (ran.code, ran.out) == (1, "")
    assert "The team is 'Paris'" in ran.err
    again = assess("run", "--answers", "answers.toml", "--answers", "answers.toml")
    assert "There are two files with the respondent 'manager'." in again.err


def test_members_files_of_an_open_assessment_are_collected_not_run(assess: CommandLine) -> None:
    assess.open_to()
    (member,) = assess.write_members(1)
    ran = assess("run", "--answers", member)
    assert (ran.code, ran.out) == (1, "")
    assert "assess collect ./" in ran.err


def test_answers_without_a_stage_make_no_plan(assess: CommandLine) -> None:
    file = assess.write_answers("answers.toml", "dont-know")
    ran = assess("run", "--answers", file, "--json", *MONDAY)
    assert ran.code == 0
    assert (ran.document["score"]["stage"], ran.document["plan"]) == (None, None)
    assert list(assess.folder.glob("*.md")) == []


def test_answers_of_a_date_can_be_changed_in_a_terminal(assess: CommandLine) -> None:
    assess("run", "--answers", "answers.toml", *MONDAY)
    ran = assess.type_in(
        "6\n1\n1\n3\n\nf\n\n", "run", "--edit", "2026-11-22", "--team", "Lyon", *MONDAY
    )
    assert ran.code == 0
    (kept,) = assess("history", "--json").document["assessments"]
    assert kept["replaced"] == 1
    assert kept["scores"]["mastery"] == 0.25


def test_no_answers_of_another_date_are_there_to_change(assess: CommandLine) -> None:
    assess("run", "--answers", "answers.toml", *MONDAY)
    ran = assess.type_in("", "run", "--edit", "2026-11-21", "--team", "Lyon")
    assert ran.code == 1
    assert "There is no assessment of Lyon on 2026-11-21." in ran.err


def test_an_answers_file_to_fill_in_reads_as_not_answered_yet(assess: CommandLine) -> None:
    template = assess("questionnaire", "small", "--template", "--team", "Lyon", *MONDAY).out
    path = assess.folder / "filled.toml"
    path.write_text(template)
    ran = assess("score", path)
    assert ran.err.count("This question is not answered yet.") == 4
    path.write_text(re.sub('= ""$', "= 2", template, flags=re.MULTILINE))
    assert assess("score", path, "--json").document["date"] == "2026-11-23"


def test_documents_are_utf_8_whatever_the_terminal_takes(assess: CommandLine) -> None:
    assess.write_answers("answers.toml", 1, team="Rhône")
    ran = subprocess.run(
        [sys.executable, "-m", "assess", "score", "answers.toml", "--json"],
        capture_output=True,
        check=True,
        env=assess.environment(PYTHONIOENCODING="ascii"),
    )
    assert '"team": "Rhône"'.encode() in ran.stdout


@pytest.mark.parametrize("said", [(), ("2026-12-21..2027-01-03",)])
def test_a_run_offers_days_away_only_where_nobody_said_any(
    assess: CommandLine, said: tuple[str, ...]
) -> None:
    assess.write_answers("said.toml", 1, hours_per_week=4, off=said)
    ran = assess("run", "--answers", "said.toml", *MONDAY)
    assert ("--off 2026-12-21..2027-01-03" in ran.out) == (not said)
