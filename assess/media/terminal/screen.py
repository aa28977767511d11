"""The one place that writes to the terminal: results on stdout, messages on stderr."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from assess.cells import cell_width, encodable, wrap
from assess.commands import CommandOption, extend_commands, part_commands
from assess.errors import AssessError, Problem
from assess.media.terminal.layout import SCREEN, lay_out, lay_out_screen
from assess.media.terminal.lines import EMPTY, Look, ScreenLine, plain_text, safe_piece
from assess.pages.blocks import Page, Tone

WIDEST: Final = 100
NARROWEST: Final = 40
_UNKNOWN_WIDTH: Final = 80
_LABELS: Final = ("error: ", "  where: ", "  fix:   ")

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
        """Print a whole page, or what of it fits one screen with the messages above and lines
        `below`.
        """
        # What is read elsewhere leaves a screen whole.
        room = SCREEN - (self._said + below if self._stdout.isatty() else 0)
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
        self._tell([((row, ""),) for row in self._rows(message)])

    def warn(self, message: str) -> None:
        """Print a message that somebody should not overlook."""
        first, *rows = self._rows(message, "warning: ")
        head = first.partition(" ")[0]
        self._tell([((head, "warning"), (first[len(head) :], "")), *(((r, ""),) for r in rows)])

    def show_error(self, error: AssessError) -> None:
        """Print what went wrong, where, and how to mend it, one block for each problem."""
        rows: Iterable[str] = str(error).split("\n")
        # In a file a line is a fact; on a terminal nothing is broken that is copied.
        if self._stderr.isatty():
            rows = (part for row in rows for part in self._rows(*_without_label(row)))
        self._tell([((row, ""),) for row in rows])

    def show_bug(self, error: BaseException, kept_in: str) -> None:
        """Print that the program is at fault; `kept_in` is the file with the traceback."""
        problem = Problem(
            f"This is a mistake of ours: {type(error).__name__}: {error}",
            kept_in,
            "Nothing that you kept is lost. Please report it with that file.",
        )
        self._print([((row, ""),) for row in str(problem).split("\n")], self._stderr)

    def _rows(self, message: str, label: str = "") -> list[str]:
        """Return a message in rows, each command that it names in one of its own to paste."""
        whole, width = extend_commands(message, self._options), self._messages.width
        if cell_width(label + whole) <= width:
            return [label + whole]
        indent = " " * len(label)
        rows = [
            row
            for text, is_command in part_commands(whole)
            if text
            for row in (
                [f"  {text}"]
                if is_command
                else (indent + part for part in wrap(text, width - len(label), whole_words=True))
            )
        ]
        return [label + rows[0].removeprefix(indent), *rows[1:]]

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
            tuple(safe_piece((extend_commands(text, self._options), tone)) for text, tone in line)
            for line in lines
        ]


def _without_label(row: str) -> tuple[str, str]:
    """Return what a row of an error says, and the label in front of it."""
    label = next((one for one in _LABELS if row.startswith(one)), "")
    return row.removeprefix(label), label


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    try:
        columns = int(told) if told.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # A terminal that was never told its size reports none.
    return max(NARROWEST, min(columns or _UNKNOWN_WIDTH, WIDEST))
