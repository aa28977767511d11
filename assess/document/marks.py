"""The marks by which people and other tools say how far a task is.

Source: docs/document.md, "A task"
"""

from typing import Final, Literal

from assess.patterns import pattern
from assess.record import record

TaskState = Literal["open", "begun", "done", "dropped"]

_STATES: Final[dict[str, TaskState]] = {
    **dict.fromkeys(("", "☐", "⬜", "🔲", "todo", "later"), "open"),
    **dict.fromkeys(("/", "doing", "now"), "begun"),
    **dict.fromkeys(("x", "v", "✓", "✔", "✅", "☑", "☒", "🗹", "√", "×", "х", "ｘ", "done"), "done"),
    **dict.fromkeys(("-", "~", "cancelled", "canceled"), "dropped"),
}
_RANK: Final[tuple[TaskState, ...]] = ("open", "begun", "dropped", "done")
"""Of several marks on one task the last of these counts."""

_BOX: Final = r"(?:\\?\[(?P<box>[^\[\]\\\n]{0,9})\\?\](?=\s|$%s)\s*)?"
_SIGN: Final = r"(?:(?P<sign>[☐⬜🔲✓✔✅☑☒🗹])\ufe0f?(?=\s|$)\s*)?"
_WORD: Final = r"(?:(?P<word>TODO|LATER|NOW|DOING|DONE|CANCELL?ED)\b:?(?=\s|$)\s*)?"
_MARK: Final = pattern(_BOX % "" + _SIGN + _WORD)
_OUR_MARK: Final = pattern(_BOX % r"|\w" + _SIGN + _WORD)


@record
class Mark:
    """What stands before the words of an item.

    `text` is the mark as it is typed, without brackets; `state` is None where nobody knows
    what it means. `has_box` tells a box, or a sign like one, from a word alone. `length` is
    that of all of it, with the spaces behind.
    """

    text: str
    state: TaskState | None
    has_box: bool
    length: int


def read_mark(content: str, *, is_ours: bool) -> Mark | None:
    """Return the mark at the beginning of an item, without quote and bullet, or None.

    If the item is not known to be a task, a letter or a number in brackets, as in `[1]`, is no box.
    """
    found = (_OUR_MARK if is_ours else _MARK).match(content)
    given = [text for text in found.groups() if text is not None] if found else []
    if found is None or not given:
        return None
    box = found["box"]
    states = [state for text in given if (state := _STATES.get(_plain(text))) is not None]
    if box is not None and _plain(box) not in _STATES:
        if len(box) > 1 or (box.isalnum() and not is_ours):
            return None
        states = states if len(given) > 1 else []
    state = max(states, key=_RANK.index) if states else None
    has_box = box is not None or found["sign"] is not None
    return Mark(box if box is not None else given[0], state, has_box, found.end())


def _plain(text: str) -> str:
    return text.strip().strip("\ufe0f").lower()
