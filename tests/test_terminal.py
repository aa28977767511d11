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

LONGEST_WAIT = 20.0
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
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path.cwd())},
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
