"""A real terminal: keys go in, a screen of 80 by 24 comes out, and processes are killed."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.typing_in import CommandLine

ROOT = Path(__file__).parent.parent
LONGEST_WAIT = 10.0
DOWN = "\x1b[B"


class Terminal:
    """A program in a terminal, and what its screen shows."""

    def __init__(self, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "assess", *arguments],
            dimensions=(rows, columns),
            encoding="utf-8",
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "PROMPT_TOOLKIT_NO_CPR": "1",
                "PYTHONPATH": str(ROOT),
            },
        )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, text: str) -> None:
        """Read until the screen shows a text."""
        give_up = time.monotonic() + LONGEST_WAIT
        while text not in self.text:
            assert time.monotonic() < give_up, f"no {text!r} on:\n{self.text}"
            self._read()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def answer(self, question: str, *keys: str) -> None:
        """Wait for a question and press keys."""
        self.wait_for(question)
        self.press(*keys)

    def wait_for_end(self) -> int:
        """Read until the program ends, and return its exit code, or the signal as negative."""
        self.child.expect(pexpect.EOF, timeout=LONGEST_WAIT)
        self._stream.feed(self.child.before or "")
        self.child.close()
        if self.child.exitstatus is not None:
            return int(self.child.exitstatus)
        return -int(self.child.signalstatus or 0)

    def _read(self) -> None:
        try:
            self._stream.feed(self.child.read_nonblocking(4096, timeout=0.1))
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF as end:
            raise AssertionError(f"the program ended on:\n{self.text}") from end


@pytest.fixture
def open_terminal(assess: CommandLine) -> Iterator[Callable[..., Terminal]]:
    """Start commands in terminals, with the small questionnaire and a store of their own."""
    assess.use_small_data()
    opened: list[Terminal] = []

    def start(*arguments: str, **size: int) -> Terminal:
        opened.append(Terminal(*arguments, **size))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.child.close(force=True)


def begin(open_terminal: Callable[..., Terminal]) -> Terminal:
    """Start an assessment and answer the first two of four questions."""
    terminal = open_terminal("run", "--team", "Lyon", "--questionnaire", "small")
    terminal.answer("How many people are in the team?", "\r")
    terminal.answer("How is goals 1?", DOWN, "\r")
    terminal.answer("How is goals 2?", DOWN, "\r")
    terminal.wait_for("How is roles 1?")
    return terminal


def finish(terminal: Terminal) -> None:
    """Answer what is left, and take what is proposed for the rest."""
    terminal.answer("How is roles 1?", "\r")
    terminal.answer("How is roles 2?", "\r")
    # Keys come faster than anybody reads.
    terminal.answer("A second look", "\r")
    terminal.answer("Finish", "\r")
    terminal.answer("1 of 2", "\r")
    terminal.answer("2 of 2", "The wall, since 3 May", "\r")
    terminal.answer("How many hours a week", "6\r")
    terminal.answer("When is the team away", "\r")


def test_whole_assessment_leads_from_the_first_question_to_the_plan(
    open_terminal: Callable[..., Terminal], assess: CommandLine
) -> None:
    terminal = begin(open_terminal)
    finish(terminal)
    assert terminal.wait_for_end() == 0
    [plan] = assess.folder.glob("Lyon-*.md")
    assert "# 90-day plan for Lyon" in plan.read_text(encoding="utf-8")


def test_ctrl_c_keeps_every_answer_and_the_next_run_goes_on(
    open_terminal: Callable[..., Terminal],
) -> None:
    terminal = begin(open_terminal)
    terminal.press("\x03")
    assert terminal.wait_for_end() == 130
    assert "Stopped. What was answered is kept" in terminal.text
    again = open_terminal("run", "--team", "Lyon", "--questionnaire", "small")
    again.answer("2 of 4 questions", "\r")
    finish(again)
    assert again.wait_for_end() == 0


def test_interrupt_that_comes_as_a_signal_stops_as_ctrl_c_does(
    open_terminal: Callable[..., Terminal],
) -> None:
    terminal = begin(open_terminal)
    terminal.wait_for("Ctrl-C stops")
    terminal.child.kill(signal.SIGINT)
    assert terminal.wait_for_end() == 130


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP], ids=["kill -9", "closed window"])
def test_killed_program_loses_nothing(
    open_terminal: Callable[..., Terminal], end: signal.Signals
) -> None:
    terminal = begin(open_terminal)
    terminal.child.kill(end)
    assert terminal.wait_for_end() == -end
    again = open_terminal("run", "--team", "Lyon", "--questionnaire", "small")
    again.answer("2 of 4 questions", "\r")
    again.wait_for("How is roles 1?")


def test_narrow_terminal_shows_whole_levels(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(
        "run", "--team", "Lyon", "--questionnaire", "small", columns=40, rows=24
    )
    terminal.answer("How many people", "\r")
    terminal.wait_for("At level 3.")


def test_people_are_named_in_a_terminal_and_hand_over_when_they_leave(
    open_terminal: Callable[..., Terminal], assess: CommandLine
) -> None:
    answers = assess.write_answers("answers.toml", 0)
    assert assess("run", "--answers", answers, "--today", "2026-11-23").code == 0
    naming = open_terminal("people", "add", columns=60, rows=20)
    naming.answer("Who manages the team?", "Ana\r")
    naming.answer("Who else is in the team?", "Ben\r")
    naming.answer("› Ben", "\r")
    naming.answer("Whose special knowledge", "\r")
    naming.answer("Who above the team", "\r")
    assert naming.wait_for_end() == 0
    assert assess("plan", "--today", "2026-11-23").code == 0
    leaving = open_terminal("people", "remove", "Ana", "--today", "2026-11-23")
    leaving.answer("Where do the steps of Ana go?", DOWN, DOWN, "\r")
    leaving.answer("To whom?", "\r")
    assert leaving.wait_for_end() == 0
    assert "Ana is not in Lyon any more" in leaving.text
    owners = {s["owner"] for s in assess("checkin", "--json", "--no-input").document["steps"]}
    assert owners == {"Ben"}


def test_killed_check_in_goes_on_where_it_was(
    open_terminal: Callable[..., Terminal], assess: CommandLine
) -> None:
    answers = assess.write_answers("answers.toml", 0)
    assert assess("run", "--answers", answers, "--today", "2026-11-23").code == 0
    [plan] = assess.folder.glob("Lyon-*.md")
    week = ("checkin", "--today", "2026-12-02")
    terminal = open_terminal(*week, columns=60, rows=20)
    terminal.answer("Space done", " ")
    terminal.answer("[done]", "\r")
    terminal.answer("x drop", "w")
    terminal.wait_for("[this week]")
    terminal.child.kill(signal.SIGKILL)
    assert terminal.wait_for_end() == -signal.SIGKILL
    assert "[x]" not in plan.read_text(encoding="utf-8")
    again = open_terminal(*week)
    again.wait_for("it goes on")
    again.answer("Enter plans", "\r")
    again.answer("Hard to say yet", "\r")
    again.answer("Go on", "\r")
    again.answer("Write it", "\r")
    assert again.wait_for_end() == 0
    text = plan.read_text(encoding="utf-8")
    assert text.count("- [x] ") == 1
