"""An assessment with members, command by command."""

import re
from pathlib import Path

import pytest

from tests.typing_in import CommandLine, Ran

AT = ("--today", "2026-11-22")
ANSWERS = "1\n1\n1\n1\ny\nf\n"
"""Four answers, yes that is how it is, finish."""


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire and an open assessment."""
    assess.use_small_data()
    assert assess.open_to().code == 0
    return assess


def _answer(assess: CommandLine, typed: str = ANSWERS, code: str = "") -> Ran:
    """Answer as a member who was given a code."""
    return assess.type_in(typed, "run", "--as", "member", "--code", code or next(assess.codes), *AT)


def _shown(assess: CommandLine) -> str:
    """Return all that commands tell about the team."""
    told = [
        assess(*command, *AT)
        for command in (("history",), ("history", "--json"), ("--json",), ("teams",), ("export",))
    ]
    return "".join(ran.out + ran.err for ran in told)


@pytest.mark.parametrize("command", [("plan",), ("checkin", "--no-input")])
def test_a_plan_that_waits_for_members_says_how_their_answers_come(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    ran = assess(*command, *AT)
    assert ran.code == 1
    assert "assess collect ./" in ran.err
    assert "assess close" in ran.err


def test_five_members_make_a_result(assess: CommandLine) -> None:
    assert assess("collect", *assess.write_members(1, 1, 2, 2, 3), "--json").document == {
        "collected": 5,
        "already": 0,
        "refused": [],
        "assessments": [
            {
                "team": "Lyon",
                "questionnaire": "small",
                "date": "2026-11-22",
                "state": "open",
                "minimum": 5,
                "invited": 20,
                "members": 5,
                "open": 15,
            }
        ],
    }
    closed = assess("close", "--yes", "--json").document
    assert closed["members_shown"]
    assert closed["score"]["view"] == "members"
    assert closed["score"]["scores"] == {"momentum": 0.95, "maturity": 0.6, "mastery": 0.2}


def test_closing_shows_the_picture_and_names_the_next_command(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(*[1] * 10))
    ran = assess("close", "--yes")
    assert "as the members see it" in ran.out
    assert "assess plan" in ran.said


def test_opening_what_has_a_plan_says_first_that_a_new_plan_waits(assess: CommandLine) -> None:
    oslo = ("--team", "Oslo", *AT)
    assess("run", "--answers", assess.write_answers("oslo.toml", 1, team="Oslo"), *AT)
    assert assess("plan", *oslo).code == 0
    assert "planning anew waits" in assess("open", "--invite", "8", *oslo).said
    assert assess("plan", *oslo).code == 1
    assert assess("checkin", "--no-input", *oslo).code == 0


def test_closing_says_why_few_members_alone_make_no_plan(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(1, 1, 1, 1, 1))
    ran = assess("close", "--yes")
    assert "as the members see it" in ran.out
    assert "of members none is told below 10 answers; there are 5." in " ".join(ran.said.split())
    planned = assess("plan")
    assert (planned.code, planned.out) == (1, "")
    assert "Answer once together" in planned.said


def test_below_the_minimum_nothing_depends_on_what_members_answered(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(0, 3, 0, 3))
    ran = assess("close", "--yes", *AT)
    assert ran.code == 0
    assert ran.out == ""
    assert "4 members answered" in ran.said
    assert "assess run --as consensus" in ran.said
    assert '"level"' not in _shown(assess)


def test_too_few_members_leave_the_manager_s_result(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 1))
    assess("collect", *assess.write_members(3, 3))
    ran = assess("close", "--yes", *AT)
    assert "as the manager sees it" in ran.out
    assert "assess run --as consensus" in ran.said


def test_the_consensus_round_joins_the_assessment_that_was_closed(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(3, 3))
    later = ("--today", "2026-11-29")
    assert "--as consensus --edit 2026-11-22" in assess("close", "--yes", *later).err
    ran = assess.type_in(
        f"6\n{ANSWERS}\n\n",
        *("run", "--as", "consensus", "--edit", "2026-11-22", "--team", "Lyon", *later),
    )
    assert ran.code == 0
    assert "as the team sees it together" in ran.out
    kept = assess("history", "--json").document["assessments"]
    assert [(one["date"], one["view"]) for one in kept] == [("2026-11-22", "consensus")]


def test_before_closing_no_result_is_told(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(1, 1, 2, 2, 3))
    kept = assess("history", "--json").document["assessments"][0]
    assert (kept["members"], kept["view"], kept["stage"]) == (5, None, None)
    assert "Open to members: the assessment of Lyon" in assess("history").said


def test_code_brings_in_one_person_s_answers_once(assess: CommandLine) -> None:
    (file,) = assess.write_members(1)
    assess("collect", file)
    again = assess("collect", file)
    assert (again.code, again.out) == (1, "")
    assert "This code was used already" in again.said
    assert assess("history", "--json").document["assessments"][0]["members"] == 1


def test_members_who_answer_alike_each_count(assess: CommandLine) -> None:
    assert assess("collect", *assess.write_members(1, 1, 1), "--json").document["collected"] == 3


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "There is no code."),
        ("K7MQ-4XWP", "A code has 12 letters and digits; this has 8."),
        ("K7MQ-4XWP-9T20", "No code has the letter '0'."),
        ("2222-2222-2223", "A letter of this code is mistyped."),
        ("2222-2222-2222", "Nobody was invited with this code."),
    ],
)
def test_a_slip_is_told_from_a_code_that_nobody_was_given(
    assess: CommandLine, code: str, said: str
) -> None:
    ran = assess("collect", assess.write_answers("m.toml", 1, respondent="member", code=code))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.said
    assert "m.toml" in ran.said


def test_what_is_wrong_is_named_and_the_others_are_taken_in(assess: CommandLine) -> None:
    folder = assess.folder / "sent"
    folder.mkdir()
    for number in range(20):
        assess.write_member(number, 1).rename(folder / f"m{number}.toml")
    (folder / "m3.toml").write_text("answers =")
    wrong = folder / "m7.toml"
    wrong.write_text(wrong.read_text().replace("goals-1 = 1", "goals-1 = 7\ngaols-2 = 1"))
    (folder / "m9.toml").write_text((folder / "m8.toml").read_text())
    (folder / "notes.md").write_text("not meant")
    ran = assess("collect", folder, "--json")
    assert ran.code == 0
    assert (ran.document["collected"], ran.document["assessments"][0]["open"]) == (17, 3)
    refused = [Path(one["file"]).name for one in ran.document["refused"]]
    assert refused == ["m3.toml", "m7.toml", "m9.toml"]
    for place in (f"{wrong}, answers.goals-1", f"{wrong}, answers.gaols-2"):
        assert place in ran.said
    assert "Not taken in: 3 files." in ran.said


def test_collecting_says_how_many_invitations_are_open_and_never_which(assess: CommandLine) -> None:
    (file,) = assess.write_members(1)
    ran = assess("collect", file)
    assert "1 of 20 invited answered, 19 invitations are still open" in ran.said
    assert not any(code in ran.err for code in assess.codes)


def test_where_nothing_can_be_taken_in_it_fails(assess: CommandLine) -> None:
    manager = assess.write_answers("manager.toml", 1)
    other = assess.write_answers("late.toml", 1, respondent="member", team="Paris", code="x")
    ran = assess("collect", manager, other)
    assert (ran.code, ran.out) == (1, "")
    assert "These are the answers of the manager, not of a member." in ran.said
    assert "No assessment of Paris on 2026-11-22 is open to members." in ran.said
    assert assess("history", "--json").document["assessments"][0]["members"] == 0


def test_late_files_are_refused(assess: CommandLine) -> None:
    early, late = assess.write_members(1, 2)
    assess("collect", early)
    assess("close", "--yes")
    ran = assess("collect", late)
    assert ran.code == 1
    assert "is closed; this comes too late" in ran.said
    assert f"where: {late}" in ran.said


def test_a_member_answers_without_a_name_and_sees_only_thanks(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 3))
    ran = _answer(assess)
    assert ran.code == 0
    assert ran.out == ""
    assert "20 members are invited" in ran.said
    assert "could answer for others" in ran.said
    assert "Send the answers; they cannot be changed afterwards" in ran.said
    assert "Thank you." in ran.said
    assert "confidential" in ran.said
    assert "stage" not in ran.err.lower()
    assert assess("history", "--json").document["assessments"][0]["members"] == 1


def test_a_member_s_answers_survive_a_closed_terminal(assess: CommandLine) -> None:
    code = next(assess.codes)
    assert _answer(assess, "1\n1\n", code).code == 1
    ran = _answer(assess, "1\n1\ny\nf\n", code.lower().replace("-", " "))
    assert ran.code == 0
    assert "2 of 4 questions are answered already." in ran.said
    assert assess("history", "--json").document["assessments"][0]["members"] == 1


def test_nothing_of_what_a_member_began_is_shown_without_the_code(assess: CommandLine) -> None:
    _answer(assess, "3\nsaid by one\n")
    asked = assess.type_in("", "run", "--as", "member", *AT)
    other = _answer(assess, "b\n")
    assert "answered already" not in asked.said + other.said
    assert "said by one" not in asked.err + other.err
    assert b"said by one" not in assess.store.read_bytes()


def test_a_code_is_asked_for_until_it_may_be_one(assess: CommandLine) -> None:
    code = next(assess.codes)
    ran = assess.type_in(f"{code[:-1]}\n{code}\n{ANSWERS}", "run", "--as", "member", *AT)
    assert ran.code == 0
    assert "A code has 12 letters and digits; this has 11." in ran.said


def test_used_code_opens_nothing(assess: CommandLine) -> None:
    code = next(assess.codes)
    _answer(assess, code=code)
    ran = _answer(assess, code=code)
    assert ran.code == 1
    assert "This code was used already" in ran.said


def test_a_late_member_is_refused(assess: CommandLine) -> None:
    assess("close", "--yes")
    ran = _answer(assess)
    assert ran.code == 1
    assert "The assessment of 2026-11-22 is closed, and no other is open" in ran.said


def test_a_member_cannot_change_what_was_sent(assess: CommandLine) -> None:
    assert assess("run", "--as", "member", "--edit", "2026-11-22").code == 2


def test_no_member_answers_where_nothing_was_opened(assess: CommandLine) -> None:
    assess("delete", "--date", "2026-11-22", "--yes")
    ran = _answer(assess)
    assert ran.code == 1
    assert "fix: The manager opens one with: assess open --invite 5" in ran.said


def test_the_manager_s_later_answers_join_the_open_assessment(assess: CommandLine) -> None:
    ran = assess.type_in(f"6\n{ANSWERS}\n", "run", "--team", "Lyon", "--today", "2026-11-25")
    assert ran.code == 0
    assert "Members are answering the assessment of 22 November 2026; this joins it." in ran.said
    kept = assess("history", "--json").document["assessments"]
    assert [(one["date"], one["manager"], one["plan"]) for one in kept] == [
        ("2026-11-22", True, False)
    ]


def test_opening_is_fixed(assess: CommandLine) -> None:
    again = assess.open_to(20)
    assert (again.code, again.out) == (1, "")
    assert "This assessment is open already: 20 are invited" in again.said


def test_a_second_assessment_waits_until_the_first_is_closed(assess: CommandLine) -> None:
    later = ("open", "--team", "lyon", "--invite", "5", "--today", "2026-11-30")
    ran = assess(*later)
    assert ran.code == 1
    assert "An assessment of Lyon is open already, that of 2026-11-22." in ran.said
    assess("close", "--yes")
    assert assess(*later).code == 0


def test_closed_assessment_is_not_opened_again(assess: CommandLine) -> None:
    assess("close", "--yes", *AT)
    assert assess.open_to(20).code == 1


PARIS = ("open", "--team", "Paris", "--questionnaire", "small", *AT)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--invite", "5", "--minimum", "2"), "The results of 2 members would show who said what."),
        (("--invite", "5", "--minimum", "6"), "With 5 invitations no 6 members can answer"),
        (("--invite", "4"), "Choose it, and tell the members: --minimum 3."),
        (("--invite", "2"), "Answer together instead: assess run"),
        (("--invite", "501"), "501 people cannot be invited."),
    ],
)
def test_what_would_protect_nobody_is_refused_before_a_code_is_printed(
    assess: CommandLine, options: tuple[str, ...], said: str
) -> None:
    ran = assess(*PARIS, *options)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.said
    assert "Paris" not in str(assess("teams", "--json").document)


def test_opening_prints_codes_what_it_costs_and_how_to_answer(assess: CommandLine) -> None:
    ran = assess(*PARIS, "--invite", "4", "--minimum", "3")
    said = " ".join(ran.out.split())
    assert "Answering costs 4 people about 3 minutes each." in said
    assert "from 3 answers on" in said
    assert len(re.findall(r"\b(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}\b", ran.out)) == 4


def test_opening_tells_what_is_fixed(assess: CommandLine) -> None:
    document = assess(
        *PARIS, "--invite", "4", "--minimum", "4", "--same-members", "--json"
    ).document
    codes = document.pop("codes")
    assert len(set(codes)) == 4
    assert document == {
        "team": "Paris",
        "questionnaire": "small",
        "date": "2026-11-22",
        "state": "open",
        "minimum": 4,
        "invited": 4,
        "members": 0,
        "same_members": True,
    }


def test_a_lost_code_is_replaced_and_counts_no_more(assess: CommandLine) -> None:
    lost = next(assess.codes)
    document = assess("open", "--new-code", lost, "--json").document
    assert document["invited"] == 20
    (fresh,) = document["codes"]
    assert "Nobody was invited with this code." in _answer(assess, code=lost).said
    assert _answer(assess, code=fresh).code == 0


def test_more_are_invited_until_somebody_answered(assess: CommandLine) -> None:
    assert assess("open", "--add", "2", "--json").document["invited"] == 22
    assess("collect", *assess.write_members(1))
    assert assess("open", "--add", "1").code == 1


def test_after_closing_the_manager_s_answers_are_frozen(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 1))
    assess("collect", *assess.write_members(1, 1, 1, 1, 1))
    assess("close", "--yes", *AT)
    other = assess.write_answers("other.toml", 2)
    assert assess("run", "--answers", other, "--replace", *AT).code == 1
    assert assess("run", "--answers", assess.write_answers("manager.toml", 1), *AT).code == 0
    typed = assess.type_in("", "run", "--team", "Lyon", "--edit", "2026-11-22", *AT)
    assert "stay as they are since the members' were closed" in typed.said


def test_one_joint_answer_is_taken_within_thirty_days(assess: CommandLine) -> None:
    assess("collect", *assess.write_members(1, 1, 1, 1, 1))
    assess("close", "--yes", *AT)
    joint = assess.write_answers("joint.toml", 2, respondent="consensus")
    late = assess("run", "--answers", joint, "--today", "2026-12-23")
    assert (late.code, late.out) == (1, "")
    assert "A joint answer could be given until 22 December 2026." in late.said
    in_time = ("--today", "2026-12-22")
    assert assess("run", "--answers", joint, *in_time, "--json").document["plan"]["made_from"] == (
        "consensus"
    )
    other = assess.write_answers("joint.toml", 1, respondent="consensus")
    assert assess("run", "--answers", other, "--replace", *in_time).code == 1


def test_the_hour_begins_where_members_and_manager_differ(assess: CommandLine) -> None:
    assess("run", "--answers", assess.write_answers("manager.toml", 1, 1, 3, 3))
    assess("collect", *assess.write_members(1, 1, 1, 1, 1))
    assert "assess open --as consensus" in " ".join(assess("close", "--yes", *AT).said.split())
    document = assess("open", "--as", "consensus", "--json", *AT).document
    assert [d["dimension"] for d in document["dimensions"]] == ["roles", "goals"]
    assert (document["until"], document["dimensions"][0]["why"]) == (
        "2026-12-22",
        "the manager sees more",
    )
    assert (
        "assess run --as consensus --edit 2026-11-22"
        in assess("open", "--as", "consensus", *AT).out
    )


def test_closing_asks_first(assess: CommandLine) -> None:
    assert "It stays open." in assess.type_in("n\n", "close").err
    ran = assess.type_in("y\n", "close")
    assert ran.code == 0
    assert "for good? 0 members answered: too few" in ran.said
    assert "20 invitations not used" in ran.said
    assert assess("history", "--json").document["assessments"][0]["state"] == "closed"


def test_closing_without_a_terminal_needs_yes(assess: CommandLine) -> None:
    ran = assess("close")
    assert ran.code == 1
    assert "say --yes" in ran.said


def test_closing_asks_nothing_where_all_have_answered(assess: CommandLine) -> None:
    assess.codes = iter(assess(*PARIS, "--invite", "5", "--json").document["codes"])
    answers = assess.write_members(1, 1, 2, 2, 3, team="Paris")
    assert assess("collect", *answers).code == 0
    assert assess("close", "--team", "Paris", *AT).code == 0


def test_with_two_open_assessments_the_team_has_to_be_named(assess: CommandLine) -> None:
    assess(*PARIS, "--invite", "5")
    ran = assess("close", "--yes")
    assert ran.code == 1
    assert "Say which with --team: Lyon, Paris." in ran.said
    assert assess("close", "--team", "paris", "--yes").code == 0


def test_files_that_say_otherwise_than_as_are_wrong_usage(assess: CommandLine) -> None:
    file = assess.write_answers("manager.toml", 1)
    assert assess("run", "--as", "consensus", "--answers", file).code == 2


def test_members_answer_the_questions_as_they_were_opened(
    assess: CommandLine, tmp_path: Path
) -> None:
    files = assess.write_members(1, 2)
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    path.write_text(path.read_text().replace("version = 1", "version = 2"))
    assert assess("collect", *files).code == 0
    assert _answer(assess).code == 0


def test_opening_names_the_dimensions_of_which_little_is_told(assess: CommandLine) -> None:
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    text = path.read_text()
    path.write_text(text[: text.rindex("[[question]]")])
    ran = assess("open", "--team", "Paris", "--questionnaire", "small", "--invite", "6", *AT)
    said = " ".join(ran.out.split())
    assert "members' figures exist from 10 answers on: Roles." in said


def test_template_for_members_is_taken_in_once_it_is_filled_in(assess: CommandLine) -> None:
    about = ("questionnaire", "small", "--template", "--as", "member", "--team", "Lyon", *AT)
    text = assess(*about).out.replace('code = ""', f'code = "{next(assess.codes)}"')
    file = assess.folder / "mine.toml"
    file.write_text(re.sub(r'= ""$', "= 1", text, flags=re.MULTILINE))
    assert assess("collect", file).code == 0
