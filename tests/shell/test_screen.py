"""The screen: colours, widths, dangerous texts, and messages beside the result."""

import io
import re
from datetime import date

import pytest

from assess.errors import AnswersError, Problem
from assess.media.terminal import Console
from assess.media.terminal.layout import lay_out, lay_out_screen
from assess.media.terminal.lines import plain_text
from assess.pages.blocks import Page, Section, Sentence
from assess.pages.plan import make_plan_page
from assess.pages.result import make_result_page
from tests.pages import example_plan, make_profile

DAY = date(2026, 11, 22)
PLAN = make_plan_page(example_plan())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Latin(io.TextIOWrapper):
    """A stream that cannot carry more than ASCII."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii", newline="")

    def shown(self) -> str:
        self.flush()
        self.seek(0)
        return self.read()


def test_terminal_gets_colours_but_the_same_letters() -> None:
    screen = Terminal()
    Console(screen, screen, environ={"TERM": "xterm-256color"}).show_page(PLAN)
    without = re.sub("\x1b\\[[0-9;]*m", "", screen.getvalue())
    assert "\x1b[" in screen.getvalue()
    lines = plain_text(lay_out(PLAN, Console(screen, screen).look))
    assert [row.rstrip() for row in without.splitlines()] == lines.splitlines()


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_terminal_without_colour_gets_no_escape_sequence(environ: dict[str, str]) -> None:
    screen = Terminal()
    Console(screen, screen, environ=environ).show_page(PLAN)
    assert "\x1b" not in screen.getvalue()


@pytest.mark.parametrize(
    ("told", "width"), [("60", 60), ("7", 40), ("900", 100), ("0", 80), ("wide", 80)]
)
def test_width_can_be_told(told: str, width: int) -> None:
    console = Console(io.StringIO(), io.StringIO(), environ={"COLUMNS": told})
    assert console.look.width == width


@pytest.mark.parametrize("messages", [0, 1, 5, 40])
def test_messages_and_what_follows_belong_to_the_one_screen(messages: int) -> None:
    screen, beside = Terminal(), io.StringIO()
    console = Console(screen, beside, environ={"COLUMNS": "60", "NO_COLOR": "1"})
    for _ in range(messages):
        console.warn("What was begun takes more than the 6 hours that the team has in week 8.")
    end = Section("", (Sentence("The next command."),))
    console.show_page(Page(PLAN.title, (*PLAN.sections, end)), everything=False, below=1)
    rows = screen.getvalue().splitlines()
    said = len(beside.getvalue().splitlines())
    assert rows[-1] == "The next command."
    assert len(rows) + said + 1 <= 23 or len(rows) == 3


def test_messages_take_nothing_from_a_result_that_goes_elsewhere() -> None:
    screen, beside = io.StringIO(), io.StringIO()
    console = Console(screen, beside, environ={"COLUMNS": "60"})
    console.warn("What was begun takes more than the 6 hours that the team has in week 8. " * 9)
    console.show_page(PLAN, everything=False, below=1)
    assert len(screen.getvalue().splitlines()) == len(lay_out_screen(PLAN, console.look))


def test_escape_sequences_in_names_do_not_reach_the_terminal() -> None:
    screen = Terminal()
    console = Console(screen, screen, environ={"TERM": "xterm"})
    evil = "Lyon\x1b]0;title\x07\x9b31m\u202e"
    console.show_page(make_result_page(evil, DAY, make_profile(1, goals=2)))
    console.say(evil)
    console.show_error(AnswersError(evil, evil, evil))
    without = re.sub("\x1b\\[[0-9;]*m", "", screen.getvalue())
    assert not re.search("[\x1b\x07\x9b\u202e]", without)


def test_stream_that_cannot_carry_the_letters_gets_others_in_their_place() -> None:
    stream = Latin()
    page = make_plan_page(example_plan("Genève"))
    Console(stream, stream, environ={}).show_page(page)
    assert "Gen?ve" in stream.shown()
    assert "-2---" in stream.shown()


# --- Messages ---


def test_results_go_to_stdout_and_messages_to_stderr() -> None:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err)
    console.show([(("result", "strong"),)])
    console.say("message")
    console.warn("careful")
    assert (out.getvalue(), err.getvalue()) == ("result\n", "message\nwarning: careful\n")


def test_two_results_stand_an_empty_line_apart() -> None:
    out = io.StringIO()
    console = Console(out, io.StringIO())
    console.show([(("a", ""),)])
    console.show([(("b", ""),), ()])
    console.show([])
    console.show([(("c", ""),)])
    console.show([(), (("d", ""),)])
    assert out.getvalue() == "a\n\nb\n\nc\n\nd\n"


def test_paths_in_messages_are_not_broken() -> None:
    err = io.StringIO()
    path = "/home/" + "x" * 100
    Console(io.StringIO(), err, environ={}).say(f"The plan of the team was written to {path} today")
    assert err.getvalue() == f"The plan of the team was written to\n{path}\ntoday\n"


def test_quoted_step_with_a_command_in_it_stays_as_it_is() -> None:
    stream = io.StringIO()
    Console(io.StringIO(), stream).say("Not there: “Make a page (assess example bri…”.")
    assert stream.getvalue() == "Not there: “Make a page (assess example bri…”.\n"


def test_command_in_a_long_message_can_be_pasted_from_a_line_of_its_own() -> None:
    screen = Terminal()
    options = (("--team", "Desk"), ("--questionnaire", "any-team"))
    console = Console(screen, screen, environ={"NO_COLOR": "1"}, options=options)
    text = "No goal is kept: say one first (assess goals add), or look at the answer once more."
    console.warn(text)
    console.say(text)
    console.show_error(AnswersError("Wrong.", "", text))
    rows = [
        "No goal is kept: say one first:",
        "  assess goals --team Desk --questionnaire any-team add",
        "or look at the answer once more.",
    ]
    told = screen.getvalue().splitlines()
    hung = [row if row[0] == " " else " " * 9 + row for row in rows]
    assert told[:3] == ["warning: " + rows[0], *hung[1:]]
    assert told[3:6] == rows
    assert told[8:] == ["  fix:   " + rows[0], *hung[1:]]
    assert all(len(row) <= 80 for row in told)


def test_errors_are_told_with_place_and_remedy() -> None:
    err = io.StringIO()
    problems = [Problem(f"Wrong {n}.", f"file.toml, entry {n}", f"Mend {n}.") for n in (1, 2)]
    Console(io.StringIO(), err).show_error(AnswersError(*problems))
    assert err.getvalue() == (
        "error: Wrong 1.\n  where: file.toml, entry 1\n  fix:   Mend 1.\n"
        "error: Wrong 2.\n  where: file.toml, entry 2\n  fix:   Mend 2.\n"
    )


def test_bug_is_owned_and_says_where_its_traceback_is() -> None:
    err = io.StringIO()
    Console(io.StringIO(), err).show_bug(ZeroDivisionError("by\x1bzero"), "/tmp/trace.txt")
    assert err.getvalue() == (
        "error: This is a mistake of ours: ZeroDivisionError: by\ufffdzero\n"
        "  where: /tmp/trace.txt\n"
        "  fix:   Nothing that you kept is lost. Please report it with that file.\n"
    )
