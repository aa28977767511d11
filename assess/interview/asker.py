"""What an interview needs of whatever asks: to say something, to let choose, to let write.

There are three ways to ask: with arrow keys in a terminal, with numbered lines for screen
readers and simple terminals, and from a script in tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `key` is the letter or digit that stands for it.

    `detail` is a second piece of the text, such as the present answer.
    """

    value: str
    text: str
    key: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Blank:
    """One line to write; Enter alone takes `default`. `hint` says what else is to be known."""

    ask: str
    hint: str = ""
    default: str = ""


class Asker(Protocol):
    """Whoever asks. Ctrl-C raises KeyboardInterrupt; an input that ends, NotInteractiveError."""

    def say(self, text: str) -> None:
        """Tell a paragraph that needs no answer."""

    def choose(self, card: Card) -> str:
        """Return the value of the option that was chosen."""

    def write(self, blank: Blank) -> str:
        """Return one line of harmless text, which may be empty."""


def numbered(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return the options with the keys 1, 2, 3 and so on."""
    return tuple(replace(option, key=str(n)) for n, option in enumerate(options, start=1))
