"""The one place that writes to the terminal: results on stdout, messages on stderr."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from assess.cells import encodable, wrap
from assess.commands import CommandOption, complete_commands
from assess.errors import AssessError, Problem
from assess.media.terminal.layout import SCREEN, lay_out, lay_out_screen
from assess.media.terminal.lines import (
    EMPTY,
    Look,
    ScreenLine,
    paragraph,
    plain_text,
    safe_piece,
)
from assess.pages.blocks import Page, Tone

WIDEST: Final = 100
NARROWEST: Final = 40
_UNKNOWN_WIDTH: Final = 80

_STYLES: Final[Mapping[Tone, Mapping[str, Any]]] = {
    "": {},
    "strong": {"bold": True},
    "quiet": {"dim": True},
    "warning": {"fg": "yellow"},
    "accent": {"fg": "cyan", "bold": True},
    "momentum": {"fg": "cyan"},
    "maturity": {"fg": "blue"},
    "mastery": {"fg": "magenta"},
    "rise": {"fg": "green"},
    "fall": {"fg": "red"},
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
        options: Sequence[CommandOption] = (),
    ) -> None:
        """Show on these streams; `options` are what commands to paste need."""
        self._stdout = stdout
        self._stderr = stderr
        self._colour = not plain and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        self.look = Look(_width(stdout, environ), linear=plain)
        self._messages = Look(_width(stderr, environ), linear=plain)
        self._options = tuple(options)
        self._last_line = EMPTY
        self._said = 0

    def show(self, lines: Sequence[ScreenLine]) -> None:
        """Print a result, an empty line apart from the one before."""
        if not lines:
            return
        is_apart = EMPTY in (self._last_line, lines[0])
        self._print(lines if is_apart else [EMPTY, *lines], self._stdout)
        self._last_line = lines[-1]

    def show_page(self, page: Page, *, everything: bool = True, below: int = 0) -> None:
        """Print a whole page, or what of it fits one screen.

        Args:
            page: What is shown.
            everything: Whether the page is shown whole.
            below: The lines that follow; with the messages above they belong to the screen.
        """
        room = SCREEN - self._said - below
        self.show(lay_out(page, self.look) if everything else lay_out_screen(page, self.look, room))

    def scroll_pages(self, pages: Sequence[Page]) -> None:
        """Print whole pages; on a terminal that can draw, one can scroll in them."""
        if self._messages.linear or not self._stdout.isatty():
            for page in pages:
                self.show_page(page)
            return
        import click

        lines = [line for page in pages for line in (*lay_out(page, self.look), EMPTY)]
        rows = (
            self._coloured(lines, self._stdout) if self._colour else [plain_text(self._safe(lines))]
        )
        click.echo_via_pager("\n".join(rows), color=self._colour)

    def clear(self) -> None:
        """Wipe the screen and what was scrolled off it, where the terminal can do that."""
        if self._stderr.isatty() and not self._messages.linear:
            self._stderr.write("\x1b[2J\x1b[3J\x1b[H")
            self._stderr.flush()

    def say(self, message: str) -> None:
        """Print a message beside the result; the paths in it can be copied."""
        rows = wrap(message, self._messages.width, whole_words=True)
        self._tell([((row, ""),) for row in rows])

    def warn(self, message: str) -> None:
        """Print a message that somebody should not overlook."""
        lines = paragraph(message, self._messages, first="warning: ", first_tone="warning")
        self._tell(lines)

    def show_error(self, error: AssessError) -> None:
        """Print what went wrong, where, and how to mend it, one block for each problem."""
        # Not wrapped: paths and values must survive a copy.
        self._tell([((row, ""),) for row in str(error).split("\n")])

    def show_bug(self, error: BaseException, kept_in: str) -> None:
        """Print that the program is at fault; `kept_in` is the file with the traceback."""
        problem = Problem(
            f"This is a mistake of ours: {type(error).__name__}: {error}",
            kept_in,
            "Nothing that you kept is lost. Please report it with that file.",
        )
        self._print([((row, ""),) for row in str(problem).split("\n")], self._stderr)

    def _tell(self, lines: Sequence[ScreenLine]) -> None:
        """Print messages, and remember how much of the screen they take."""
        self._print(lines, self._stderr)
        self._said += len(lines)

    def _print(self, lines: Sequence[ScreenLine], stream: TextIO) -> None:
        if self._colour and stream.isatty():
            import click

            for row in self._coloured(lines, stream):
                # On old Windows terminals click turns the codes into what those understand.
                click.echo(row, file=stream, color=True)
        else:
            stream.write(encodable(plain_text(self._safe(lines)), stream.encoding))
        stream.flush()

    def _coloured(self, lines: Sequence[ScreenLine], stream: TextIO) -> Iterator[str]:
        import click

        for line in self._safe(lines):
            pieces = ((encodable(text, stream.encoding), _STYLES[tone]) for text, tone in line)
            yield "".join(click.style(text, **style) for text, style in pieces)

    def _safe(self, lines: Sequence[ScreenLine]) -> list[ScreenLine]:
        return [
            tuple(safe_piece((complete_commands(text, self._options), tone)) for text, tone in line)
            for line in lines
        ]


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    try:
        columns = int(told) if told.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # A terminal that was never told its size reports none.
    return max(NARROWEST, min(columns or _UNKNOWN_WIDTH, WIDEST))
