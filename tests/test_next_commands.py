"""Commands that are printed work when they are pasted, wherever things are kept."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from assess.commands import COMMANDS, extend_commands, glue_commands, join_command
from tests.typing_in import CommandLine, Ran

PRINTED = re.compile(r"(?:: |\(|^\s*)(assess (?:[^,;)\n'.]|'[^'\n]*'|\.(?=[\w/]))+)", re.MULTILINE)
PLACEHOLDERS = {"ID": "lift-goals-1-2", "FILE": "member.toml", "DATE": "2026-11-22"}
OPTIONS = [("--data", "my data"), ("--store", "kept here.sqlite")]


def test_every_command_is_known_where_commands_are_completed() -> None:
    for name in COMMANDS:
        assert extend_commands(f"Next: assess {name}", OPTIONS[:1]) == (
            f"Next: assess {name} --data 'my data'"
        )


def test_an_option_that_stands_there_already_is_not_added() -> None:
    command = join_command("run", "--team", "Été 2")
    assert extend_commands(command, [("--team", "Lyon")]) == command


def test_an_option_that_stands_there_alone_gets_its_value() -> None:
    text = "See what is whole: assess check --store. Take it out with assess export."
    assert extend_commands(text, [("--store", "/s.db")]) == (
        "See what is whole: assess check --store /s.db. "
        "Take it out with assess export --store /s.db."
    )
    assert extend_commands("assess check --store", [("--team", "Lyon")]) == (
        "assess check --team Lyon --store"
    )


def test_an_example_that_a_step_names_needs_the_data_alone() -> None:
    text = "Make a one-page brief from it (assess example brief)."
    assert extend_commands(text, OPTIONS[1:]) == text
    assert "(assess example --data 'my data' brief)" in extend_commands(text, OPTIONS)


def test_questionnaire_that_is_named_is_not_named_twice() -> None:
    command = join_command("questionnaire", "manager", "--template")
    options = [("--team", "Desk"), ("--questionnaire", "manager")]
    assert extend_commands(command, options) == (
        "assess questionnaire --team Desk manager --template"
    )


def test_mere_mentions_of_the_program_stay_as_they_are() -> None:
    text = "This file is there already, and assess export did not write it."
    assert extend_commands(text, OPTIONS) == text
    assert glue_commands("Assess the team with assess.") == "Assess the team with assess."


@pytest.fixture
def away(assess: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return the command line, with data and store in places of which no variable tells."""
    assess.use_small_data()
    (assess.folder / "data").rename(assess.folder / "my data")
    monkeypatch.delenv("ASSESS_DATA")
    monkeypatch.setenv("ASSESS_STORE", str(assess.folder / "elsewhere.sqlite"))
    monkeypatch.setenv("COLUMNS", "60")
    return assess


def call(assess: CommandLine, *command: str | Path, today: str) -> Ran:
    options = [word for option in OPTIONS for word in option]
    return assess(*command, *options, "--today", today)


def pasted(ran: Ran) -> list[str]:
    found = PRINTED.findall(f"{ran.out}\n{ran.err}")
    commands = [" ".join(command.split()) for command in found]
    return [command for command in commands if command.split()[1] in COMMANDS]


def run_pasted(assess: CommandLine, command: str, today: str) -> Ran:
    words = [PLACEHOLDERS.get(word, word) for word in shlex.split(command)[1:]]
    return assess(*words, "--today", today)


def test_every_command_of_a_quarter_works_when_it_is_pasted(away: CommandLine) -> None:
    first, last = "2026-11-22", "2027-03-01"
    away.write_answers("a.toml", 1, team="Lyon 2")
    away.write_answers("b.toml", 2, team="Lyon 2", day=date(2027, 3, 1))
    away.write_answers("other.toml", 1, team="Other")
    call(away, "run", "--answers", "other.toml", today=first)
    quarter = (
        (("run", "--answers", "a.toml"), first),
        (("plan",), first),
        (("checkin", "--no-input"), "2026-12-04"),
        ((), "2026-12-04"),
        (("run", "--answers", "b.toml"), last),
        (("compare",), last),
        ((), last),
    )
    for command, today in quarter:
        team = () if command[:1] in (("run",), ()) else ("--team", "Lyon 2")
        ran = call(away, *command, *team, today=today)
        assert ran.code == 0, ran.err
        for printed in pasted(ran):
            assert "--data 'my data' --store 'kept here.sqlite'" in printed
            again = run_pasted(away, printed, today)
            # What asks a person cannot be answered here, and says so.
            assert again.code == 0 or "--answers" in again.err or "terminal" in again.err, printed


def test_commands_to_members_work_when_they_are_pasted(away: CommandLine) -> None:
    about = ("--team", "Lyon 2", "--questionnaire", "small", "--invite", "5")
    ran = call(away, "open", *about, today="2026-11-22")
    code = re.findall(r"\S{4}-\S{4}-\S{4}", ran.out)[0]
    away.write_answers("member.toml", 1, respondent="member", team="Lyon 2", code=code)
    template, *_ = [command for command in pasted(ran) if "--template" in command]
    assert run_pasted(away, template.replace(" --today 2026-11-22", ""), "2026-11-22").code == 0
    collect, *_ = [command for command in pasted(ran) if "collect" in command]
    assert run_pasted(away, collect, "2026-11-22").code == 0


def test_an_error_names_the_command_with_its_options(away: CommandLine) -> None:
    ran = call(away, "checkin", today="2026-11-22")
    assert "Begin with: assess run --data 'my data' --store 'kept here.sqlite'" in ran.err


def test_the_demo_names_its_own_store_in_one_line(assess: CommandLine) -> None:
    ran = assess("demo", "--out", "a demo")
    looks = [command for command in pasted(ran) if "compare" in command]
    assert looks == ["assess compare --store 'a demo/demo.sqlite'"]
    assert assess(*shlex.split(looks[0])[1:]).code == 0
    # A team of one's own does not begin among the demo's.
    assert ran.err.endswith("Begin with your own team: assess run\n")


@pytest.mark.parametrize("name", ["result.docx", "result.txt", "result", "result.ics"])
@pytest.mark.parametrize("command", [("result",), ("compare",), ("checkin",)])
def test_another_ending_is_wrong_usage(
    assess: CommandLine, command: tuple[str, ...], name: str
) -> None:
    ran = assess(*command, "--out", name)
    assert ran.code == 2
    assert "Use one of: .md, .html, .json." in ran.said


def test_the_ending_says_what_is_written(assess: CommandLine) -> None:
    assess.use_small_data()
    assess.write_answers("a.toml", 1)
    today = ("--today", "2026-11-22")
    assess("run", "--answers", "a.toml", *today)
    for command in ("result", "plan", "checkin"):
        shown = assess(command, "--out", f"{command}.json", "--json", *today)
        assert (assess.folder / f"{command}.json").read_text() == shown.out
    assess("plan", "--out", "plan.ics", *today)
    assert (assess.folder / "plan.ics").read_text().startswith("BEGIN:VCALENDAR")


def test_a_table_is_written_with_the_separator_and_renewed_with_another(
    assess: CommandLine,
) -> None:
    assess.use_small_data()
    assess.write_answers("a.toml", 1)
    assess("run", "--answers", "a.toml")
    for option, separator in ((";", ";"), ("tab", "\t"), (",", ",")):
        assert assess("plan", "--out", "plan.csv", "--separator", option).code == 0
        table = (assess.folder / "plan.csv").read_text(encoding="utf-8-sig")
        assert table.startswith(separator.join(("id", "title", "description")))


def test_run_writes_an_export_beside_the_plan(assess: CommandLine) -> None:
    assess.use_small_data()
    assess.write_answers("a.toml", 1)
    ran = assess("run", "--answers", "a.toml", "--out", "all.json", "--json")
    assert (assess.folder / "all.json").read_text() == ran.out
    assert len(list(assess.folder.glob("*.md"))) == 1


def test_a_format_and_an_ending_that_contradict_are_wrong_usage(assess: CommandLine) -> None:
    assert assess("plan", "--format", "csv", "--out", "plan.ics").code == 2
