"""What an interview needs of whatever asks: to say something, to let choose, to let write.

There are three ways to ask: with arrow keys in a terminal, with numbered lines for screen
readers and simple terminals, and from a script in tests.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Final, Protocol

from assess.patterns import pattern
from assess.record import record


@record
class Option:
    """One thing to choose; `key` is the letter or digit that stands for it.

    `detail` is a second piece of the text, such as the present answer; `note` stands below.
    """

    value: str
    text: str
    key: str = ""
    detail: str = ""
    note: str = ""


@record
class Card:
    """One choice to make: what is asked, and at least one option.

    `progress` and `about` stand above what is asked, `rule` says below it how to choose, and
    `others` are set apart below the options. `default` is the value that Enter takes; without
    one it is the first option in a terminal, and nothing for those who type.
    """

    ask: str
    options: tuple[Option, ...]
    others: tuple[Option, ...] = ()
    default: str | None = None
    progress: str = ""
    about: str = ""
    rule: str = ""

    @property
    def every_option(self) -> tuple[Option, ...]:
        return (*self.options, *self.others)


@record
class Blank:
    """One line to write; Enter alone takes `default`. `hint` says what else is to be known."""

    ask: str
    hint: str = ""
    default: str = ""


@record
class MarkSheet:
    """Rows on one screen, each of which can be given a mark by its key; Enter ends.

    A row's `detail` is never cut. `given` are the marks from the beginning on, by the values of
    rows and marks. With a single mark a row has it or not. `enter` says in a few words what Enter
    does.
    """

    ask: str
    rows: tuple[Option, ...]
    marks: tuple[Option, ...]
    enter: str
    given: Mapping[str, str] = field(default_factory=dict)


Marked = Mapping[str, str]
"""The marks of rows, by their values."""

_MARKED: Final = pattern(r"(\d{1,3})(?:-(\d{1,3}))?([a-z]?)")


def read_marks(typed: str, sheet: MarkSheet) -> Marked | str:
    """Return the marks after a line such as `1 3 5-7` or `2d 4x`, or what is wrong with it."""
    keys = {mark.key: mark.value for mark in sheet.marks}
    only = sheet.marks[0].value if len(sheet.marks) == 1 else ""
    marked = dict(sheet.given)
    for piece in typed.lower().replace(",", " ").split():
        found = _MARKED.fullmatch(piece)
        mark = keys.get(found[3], only) if found else ""
        numbers = range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
        if not mark or not numbers or numbers[0] < 1 or numbers[-1] > len(sheet.rows):
            return piece
        for number in numbers:
            value = sheet.rows[number - 1].value
            if only and value in marked:
                del marked[value]
            else:
                marked[value] = mark
    return marked


BACK: Final = "back"
"""The value of the option by which one goes back, wherever there is one."""

BACK_SIGN: Final = "<"


def goes_back(typed: str, default: str = "") -> bool:
    """Tell whether a line asks to go back, alone or behind the default that stood there."""
    return typed.removeprefix(default).strip() == BACK_SIGN


class Asker(Protocol):
    """Whoever asks. Ctrl-C raises KeyboardInterrupt; an input that ends, NotInteractiveError."""

    def say(self, *texts: str) -> None:
        """Tell paragraphs that need no answer, one below the other."""

    def draw(self, line: str) -> None:
        """Show a line drawn with letters, to whoever sees the screen and does not hear it."""

    def choose(self, card: Card) -> str:
        """Return the value of the option that was chosen."""

    def mark(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> Marked:
        """Return the marks that rows have in the end; `keep` gets them whenever one changes."""

    def write(self, blank: Blank) -> str:
        """Return one line of harmless text, which may be empty."""


def numbered(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return the options with the keys 1, 2, 3 and so on."""
    return tuple(replace(option, key=str(n)) for n, option in enumerate(options, start=1))
