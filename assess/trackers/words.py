"""What trackers call their columns and their states: words of `plans/trackers.toml`.

They are compared without case, accents, spaces and punctuation.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal
from unicodedata import combining, normalize

from assess.patterns import pattern
from assess.record import record

ColumnKind = Literal[
    "title", "state", "category", "resolution", "done", "done-on", "due", "owner", "email"
]
TrackedState = Literal["open", "begun", "done", "dropped"]

_NO_LETTER: Final = pattern(r"[^\w%]+|_")
_SIGNS: Final[Mapping[str, TrackedState]] = {"✓": "done", "✔": "done", "☑": "done", "☐": "open"}


def plain_word(text: str) -> str:
    """Return a name or a state in the form in which they are compared."""
    parts = normalize("NFKD", text).casefold()
    return _NO_LETTER.sub("", "".join(letter for letter in parts if not combining(letter)))


@record
class TrackerWords:
    """The names of each kind of column, and what each state means."""

    columns: Mapping[ColumnKind, frozenset[str]]
    states: Mapping[str, TrackedState]

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*self.columns.values())

    def read_state(self, text: str) -> TrackedState | None:
        """Return what a state means for a task, or None where nobody knows it."""
        return _SIGNS.get(text.strip()) or self.states.get(plain_word(text))


def read_tracker_words(table: Mapping[str, Mapping[Any, Iterable[str]]]) -> TrackerWords:
    columns = {kind: frozenset(map(plain_word, words)) for kind, words in table["columns"].items()}
    states = {plain_word(word): state for state, words in table["states"].items() for word in words}
    return TrackerWords(columns, states)
