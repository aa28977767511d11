"""Asking in a terminal: lists with arrow keys and marks, and lines through questionary.

Everything is written on stderr, so that results on stdout can be redirected. What is asked
is on the screen before the libraries that draw the choices are loaded: people read while
Python imports.
"""

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from assess.cells import cell_width, encodable, fit, harmless, wrap
from assess.errors import NotInteractiveError
from assess.interview.asker import BACK, BACK_SIGN, Asker, Blank, Card, Marked, MarkSheet, Option
from assess.interview.plain import PlainAsker, input_ended
from assess.interview.sheet import Does, SheetState, run_keys

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output


WIDEST = 80
"""Lines longer than this are hard to read, however wide the terminal."""

NARROWEST = 20
_USUAL_HEIGHT = 24

_POINTER = "›"
_BOLD, _DIM, _ACCENT = "1", "2", "36"
_STYLES = {
    "pointer": "fg:ansicyan bold",
    "key": "fg:ansicyan",
    "pointed": "bold",
    "level": "",
    "hint": "dim",
    "question": "fg:ansicyan bold",
    "answer": "",
}
_HINT = "Arrows or a key choose, Enter answers. Ctrl-C stops; what is answered stays."


class TerminalAsker:
    """Draws one question at a time below the last one."""

    def __init__(
        self,
        stream: TextIO,
        *,
        escapes: bool = True,
        source: "Input | None" = None,
        screen: "Output | None" = None,
    ) -> None:
        self._stream = stream
        self._escapes = escapes
        self._source = source
        self._screen = screen
        self._is_first = True

    def say(self, *texts: str) -> None:
        self._print("")
        for text in texts:
            self._paragraph(text)

    def draw(self, line: str) -> None:
        self._print(self._encodable(line))

    def choose(self, card: Card) -> str:
        self._print("")
        self._paragraph(card.progress, _ACCENT)
        self._paragraph(card.about, _DIM)
        if card.progress or card.about:
            self._print("")
        self._paragraph(card.ask, _BOLD)
        self._paragraph(card.rule, _DIM)
        self._preview(card)
        options, at = card.every_option, [_default_place(card)]

        def point(place: int, *, ends: bool = False) -> bool:
            at[0] = place % len(options)
            return ends

        keys = {option.key: partial(point, place) for place, option in enumerate(options)}
        does: Does = {key: do for key, do in keys.items() if len(key) == 1}
        does |= {"up": lambda: point(at[0] - 1), "down": lambda: point(at[0] + 1)}
        for place, option in enumerate(options):
            if option.value == BACK:
                does[BACK_SIGN] = partial(point, place, ends=True)
        self._run_keys(does, lambda: _drawn(card, at[0], self._width()))
        chosen = options[at[0]]
        self._option(chosen)
        return chosen.value

    def mark(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> Marked:
        self._print("")
        self._paragraph(sheet.ask, _BOLD)
        self._stream.flush()
        state = SheetState(sheet, keep)
        self._run_keys(state.keys, lambda: state.draw(self._width(), _size(self._stream)[1]))
        for mark in sheet.marks:
            number = sum(value == mark.value for value in state.marked.values())
            if number:
                self._print(self._styled(f" {_POINTER} ", _ACCENT) + f"{mark.text}: {number}")
        return state.marked

    def write(self, blank: Blank) -> str:
        self._print("")
        self._paragraph(blank.ask, _BOLD)
        self._paragraph(blank.hint, _DIM)
        self._stream.flush()
        import questionary

        question = questionary.text(
            self._encodable(_POINTER),
            default=blank.default,
            qmark="",
            style=_style(),
            **self._devices(),
        )
        try:
            return harmless(str(question.unsafe_ask()))
        except EOFError as error:
            raise input_ended() from error

    def _run_keys(self, does: Does, draw: Callable[[], "StyleAndTextTuples"]) -> None:
        def encoded() -> "StyleAndTextTuples":
            return [(token[0], self._encodable(token[1])) for token in draw()]

        try:
            run_keys(does, encoded, _style(), self._devices())
        except EOFError as error:
            raise input_ended() from error

    def _preview(self, card: Card) -> None:
        """Show the choices of the first question while what draws them is loaded."""
        tokens = _drawn(card, _default_place(card), self._width())
        rows = "".join(token[1] for token in tokens).split("\n")[1:]
        # What has scrolled out of the screen cannot be taken back.
        if self._escapes and self._is_first and len(rows) + 2 < _size(self._stream)[1]:
            self._print("\n" + "\n".join(rows))
            self._stream.flush()
            from prompt_toolkit import application  # noqa: F401 - loaded now, used below.

            self._stream.write(f"\x1b[{len(rows) + 1}A\x1b[J")
        self._is_first = False
        self._stream.flush()

    def _devices(self) -> dict[str, Any]:
        from prompt_toolkit.output import create_output

        if self._screen is None:
            self._screen = create_output(stdout=self._stream)
        return {"input": self._source, "output": self._screen}

    def _width(self) -> int:
        return line_width(self._stream)

    def _option(self, option: Option) -> None:
        first, *rest = _option_lines(option, self._width())
        self._print(self._styled(f" {_POINTER} {option.key:<2} ", _ACCENT) + first)
        for line in rest:
            self._print(f"      {line}")

    def _paragraph(self, text: str, style: str = "") -> None:
        if text:
            for line in wrap(text, self._width() - 1):
                self._print(" " + self._styled(line, style))

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if style and self._escapes else text

    def _print(self, line: str) -> None:
        self._stream.write(self._encodable(f"{line}\n"))

    def _encodable(self, text: str) -> str:
        return encodable(text, self._stream.encoding)


def line_width(stream: TextIO) -> int:
    """Return how long the lines written to a terminal may be."""
    return max(NARROWEST, min(_size(stream)[0], WIDEST))


def _size(stream: TextIO) -> tuple[int, int]:
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    # A terminal that was never told its size reports none.
    return columns or WIDEST, rows or _USUAL_HEIGHT


def _default_place(card: Card) -> int:
    values = [option.value for option in card.every_option]
    return 0 if card.default is None else values.index(card.default)


def _option_lines(option: Option, width: int) -> list[str]:
    """Return the text wrapped behind pointer and key, a detail in a column of its own."""
    room = width - 7
    if not option.detail:
        return wrap(option.text, room)
    left = room * 2 // 5
    if cell_width(option.text) <= left:
        first, *rest = wrap(option.detail, room - left - 1)
        return [fit(option.text, left) + f" {first}", *(" " * (left + 1) + row for row in rest)]
    return [*wrap(option.text, room), *wrap(f"→ {option.detail}", room)]


def _style() -> Any:
    from prompt_toolkit.styles import Style

    return Style(list(_STYLES.items()))


def _drawn(card: Card, pointed_at: int, width: int) -> "StyleAndTextTuples":
    tokens: StyleAndTextTuples = [("", "\n")]
    for place, option in enumerate(card.every_option):
        if place == len(card.options):
            tokens.append(("", "\n"))
        pointed = place == pointed_at
        tokens.append(("class:pointer", f" {_POINTER} " if pointed else "   "))
        if pointed:
            tokens.append(("[SetCursorPosition]", ""))
        tokens.append(("class:key", f"{option.key:<2} "))
        text = "\n      ".join(_option_lines(option, width))
        tokens.append(("class:pointed" if pointed else "class:level", text))
        tokens.append(("", "\n"))
    hint = "\n ".join(wrap(_HINT, width - 2))
    return [*tokens, ("class:hint", f"\n {hint}")]


# --- Which way of asking the terminal can carry ---

# Input that comes through a pipe is never taken for an answer, so the terminal itself is looked
# at.


def is_interactive(stdin: TextIO, stderr: TextIO) -> bool:
    """Tell whether a person sits before both; questions are written on stderr."""
    return _is_terminal(stdin) and _is_terminal(stderr)


def open_asker(
    stdin: TextIO, stderr: TextIO, *, plain: bool = False, environ: Mapping[str, str] = os.environ
) -> Asker:
    """Return what asks in this terminal.

    Raises:
        NotInteractiveError: There is no terminal to ask in.
    """
    if not is_interactive(stdin, stderr):
        what = "Somebody must answer questions, but there is no terminal."
        fix = (
            "Run it in a terminal, or say everything on the command line (see --help): answers "
            "with --answers FILE."
        )
        raise NotInteractiveError(what, "standard input and standard error", fix)
    if plain or environ.get("TERM") == "dumb":
        return PlainAsker(stdin, stderr, line_width(stderr))
    # The old console of Windows prints escape sequences as they are.
    obeys = os.name != "nt" or "WT_SESSION" in environ
    return TerminalAsker(stderr, escapes=obeys and not environ.get("NO_COLOR"))


def _is_terminal(stream: TextIO) -> bool:
    # Python leaves None where a program was started without a stream, and refuses to ask
    # a closed one.
    return stream is not None and not stream.closed and stream.isatty()
