"""Asking in lines: no colour, no cursor, one thing after the other.

For screen readers and for terminals that can do no more (`--plain`, `TERM=dumb`).
"""

from collections.abc import Callable
from typing import TextIO

from assess.cells import encodable, harmless, wrap
from assess.errors import NotInteractiveError
from assess.interview.asker import (
    BACK,
    BACK_SIGN,
    Blank,
    Card,
    Marked,
    MarkSheet,
    Option,
    read_marks,
)

_REMOVE = "-"


def input_ended() -> NotInteractiveError:
    """Return the error for an input that ends while somebody is asked."""
    return NotInteractiveError(
        "The input ended before the last question.",
        "the terminal",
        "Everything answered so far is kept: run the same command again to go on.",
    )


class PlainAsker:
    """Writes questions as lines and reads each answer as a line."""

    def __init__(self, lines_in: TextIO, lines_out: TextIO, width: int = 80) -> None:
        self._in = lines_in
        self._out = lines_out
        self._width = width

    def say(self, *texts: str) -> None:
        for text in texts:
            self._print(text)

    def draw(self, line: str) -> None:
        """What is drawn was said in words, too."""

    def choose(self, card: Card) -> str:
        self._print("")
        for text in (card.progress, card.about, card.ask, card.rule):
            if text:
                self._print(text)
        keys = _keys(card)
        for key, option in keys.items():
            detail = f": {option.detail}" if option.detail else ""
            mark = " (Enter takes this)" if option.value == card.default else ""
            self._print(f"{key}. {option.text}{detail}{mark}", indent=len(key) + 2)
        listed, values = ", ".join(keys), [option.value for option in keys.values()]
        while True:
            typed = self._read(f"Type one of {listed}: ").lower()
            if not typed and card.default is not None:
                return card.default
            if typed in keys:
                return keys[typed].value
            if typed == BACK_SIGN and BACK in values:
                return BACK
            self._print(f"'{harmless(typed)}' is not one of them.")

    def mark(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> Marked:
        self._print("")
        self._print(sheet.ask)
        names = {mark.value: mark.text for mark in sheet.marks}
        for number, row in enumerate(sheet.rows, start=1):
            note = f" ({row.note})" if row.note else ""
            mark = f" [{names[sheet.given[row.value]]}]" if row.value in sheet.given else ""
            text = f"{number}. {row.text} – {row.detail}{note}{mark}"
            self._print(text, indent=len(str(number)) + 2)
        example, (first, *others) = "1 3 5-7", sheet.marks
        if others:
            self._print("; ".join(f"{mark.key}: {mark.text}" for mark in sheet.marks))
            example = f"1{first.key} 2-4{others[-1].key}"
        while True:
            typed = self._read(f"Type numbers, as in {example}; Enter: {sheet.enter}. > ")
            marked = read_marks(typed, sheet)
            if not isinstance(marked, str):
                keep(marked)
                return marked
            self._print(f"'{marked}' is not like {example}.")

    def write(self, blank: Blank) -> str:
        self._print("")
        self._print(blank.ask)
        if blank.hint:
            self._print(blank.hint)
        if blank.default:
            self._print(f"Now: {blank.default}")
            self._print(f"Enter keeps it, {_REMOVE} removes it.")
        typed = self._read("> ")
        if blank.default and typed == _REMOVE:
            return ""
        return typed or blank.default

    def _print(self, text: str, indent: int = 0) -> None:
        lines = wrap(text, self._width - indent)
        self._write(f"\n{' ' * indent}".join(lines) + "\n")

    def _write(self, text: str) -> None:
        self._out.write(encodable(text, self._out.encoding))

    def _read(self, prompt: str) -> str:
        self._write(prompt)
        self._out.flush()
        line = self._in.readline()
        if not line:
            self._out.write("\n")
            raise input_ended()
        return harmless(line)


def _keys(card: Card) -> dict[str, Option]:
    return {option.key or str(number): option for number, option in enumerate(card.every_option, 1)}
