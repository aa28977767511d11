"""The one place that writes to the terminal: results on stdout, messages on stderr."""

import os
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from assess.cells import encodable, wrap
from assess.console.lines import EMPTY, Line, Look, Style, paragraph, plain_text, safe_piece
from assess.errors import AssessError, Problem

WIDEST: Final = 100
NARROWEST: Final = 40
_UNKNOWN_WIDTH: Final = 80

_RICH_STYLES: Final[Mapping[Style, str]] = {
    "strong": "bold",
    "quiet": "dim",
    "warning": "yellow",
    "momentum": "cyan",
    "maturity": "blue",
    "mastery": "magenta",
    "rise": "green",
    "fall": "red",
}


class Console:
    """Shows lines on stdout and says messages on stderr.

    Colour is used only on a terminal that takes it, and neither with NO_COLOR nor `plain`.
    """

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        plain: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self._colour = not plain and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        self.look = Look(_width(stdout, environ), linear=plain)
        self._messages = Look(_width(stderr, environ), linear=plain)
        self._last_line = EMPTY

    def show(self, lines: Sequence[Line]) -> None:
        """Print a result, an empty line apart from the one before."""
        if not lines:
            return
        is_apart = EMPTY in (self._last_line, lines[0])
        self._print(lines if is_apart else [EMPTY, *lines], self._stdout)
        self._last_line = lines[-1]

    def chapter(self, title: str) -> None:
        """Print a heading between two results."""
        self.show([EMPTY, *paragraph(title, self.look, style="strong"), EMPTY])

    def clear(self) -> None:
        """Wipe the screen and what was scrolled off it, where the terminal can do that."""
        if self._stderr.isatty() and not self._messages.linear:
            self._stderr.write("\x1b[2J\x1b[3J\x1b[H")
            self._stderr.flush()

    def say(self, message: str) -> None:
        """Print a message beside the result; the paths in it can be copied."""
        rows = wrap(message, self._messages.width, whole_words=True)
        self._print([((row, ""),) for row in rows], self._stderr)

    def warn(self, message: str) -> None:
        """Print a message that somebody should not overlook."""
        lines = paragraph(message, self._messages, first="warning: ", first_style="warning")
        self._print(lines, self._stderr)

    def show_error(self, error: AssessError) -> None:
        """Print what went wrong, where, and how to mend it, one block for each problem."""
        # Not wrapped: paths and values must survive a copy.
        lines: list[Line] = [((row, ""),) for row in str(error).split("\n")]
        self._print(lines, self._stderr)

    def show_bug(self, error: BaseException, kept_in: str) -> None:
        """Print that the program is at fault; `kept_in` is the file with the traceback."""
        problem = Problem(
            f"This is a mistake of ours: {type(error).__name__}: {error}",
            kept_in,
            "Nothing that you kept is lost. Please report it with that file.",
        )
        self._print([((row, ""),) for row in str(problem).split("\n")], self._stderr)

    def _print(self, lines: Sequence[Line], stream: TextIO) -> None:
        safe = [tuple(safe_piece(piece) for piece in line) for line in lines]
        if self._colour and stream.isatty():
            _print_coloured(safe, stream)
        else:
            stream.write(encodable(plain_text(safe), stream.encoding))
        stream.flush()


def _print_coloured(lines: Sequence[Line], stream: TextIO) -> None:
    from rich.console import Console as RichConsole
    from rich.text import Text

    # The lines are laid out already; rich only finds out which colours the terminal has.
    rich = RichConsole(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        pieces = [
            (encodable(text, stream.encoding), _RICH_STYLES.get(style, "")) for text, style in line
        ]
        rich.print(Text.assemble(*pieces))


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    try:
        columns = int(told) if told.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # A terminal that was never told its size reports none.
    return max(NARROWEST, min(columns or _UNKNOWN_WIDTH, WIDEST))
