"""A sheet to mark in a terminal: a pointer on one row, a key for each mark.

The cursor stands on the row that the pointer shows, and marks are words: so a screen reader says
what is seen. Rows are one line each, cut here, because what prompt_toolkit cuts would be their
ends, where owner and date stand. What is cut of the row that is pointed at stands whole below.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from assess.cells import cell_width, cut, fit, wrap
from assess.interview.asker import Marked, MarkSheet

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

_AROUND: Final = 12
"""So many lines of the screen are for what stands around the rows."""

_MOST_ROWS: Final = 15
_POINTER: Final = "›"


Does = dict[str, Callable[[], object]]
"""What each key does; what comes true ends the asking."""


class SheetState:
    """The marks of a sheet while somebody gives them."""

    def __init__(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> None:
        self.sheet = sheet
        self.at = 0
        self.marked = dict(sheet.given)
        self._keep = keep

    @property
    def keys(self) -> Does:
        marks = self.sheet.marks
        back, on = partial(self.move, -1), partial(self.move, 1)
        one = {"space": partial(self.mark, marks[0].value)} if len(marks) == 1 else {}
        given = {mark.key: partial(self.mark, mark.value) for mark in marks}
        return {"up": back, "k": back, "down": on, "j": on, **given, **one}

    def move(self, step: int) -> None:
        self.at = min(max(0, self.at + step), len(self.sheet.rows) - 1)

    def mark(self, mark: str) -> None:
        """Give the row this mark, or take it off; with several to choose from go on below."""
        row = self.sheet.rows[self.at].value
        if self.marked.get(row) == mark:
            del self.marked[row]
        else:
            self.marked[row] = mark
        self._keep(dict(self.marked))
        if len(self.sheet.marks) > 1:
            self.move(1)

    def draw(self, width: int, height: int) -> "StyleAndTextTuples":
        """Return what of the sheet fits, around the row that is pointed at."""
        sheet = self.sheet
        room = max(3, min(_MOST_ROWS, height - _AROUND))
        lines = [1 + bool(row.note) for row in sheet.rows]
        first = self._first_shown(lines, room)
        word = max(len(mark.text) for mark in sheet.marks)
        tokens: StyleAndTextTuples = []
        used, last = 0, first
        for place in range(first, len(sheet.rows)):
            used += lines[place]
            if used > room and place > self.at:
                break
            last = place + 1
            tokens += self._row(place, width, word)
        if last - first < len(sheet.rows):
            tokens.append(("class:hint", f"   {first + 1}-{last} of {len(sheet.rows)}\n"))
        row = sheet.rows[self.at]
        hidden = [t for t in (row.text, row.note) if not any(t in shown[1] for shown in tokens)]
        if hidden:
            whole = (line for text in hidden for line in wrap(text, width - 4)[:2])
            tokens.append(("class:level", "\n   ".join(["", *whole]) + "\n"))
        return [*tokens, ("class:hint", self._hint(width))]

    def _first_shown(self, lines: list[int], room: int) -> int:
        first = 0
        while sum(lines[first : self.at + 1]) > room:
            first += 1
        return first

    def _row(self, place: int, width: int, word: int) -> "StyleAndTextTuples":
        row, names = self.sheet.rows[place], {m.value: m.text for m in self.sheet.marks}
        pointed = place == self.at
        mark = names.get(self.marked.get(row.value, ""), "")
        lead = f"[{fit(mark, word)}] "
        # On a narrow screen the words of a step come before the place of its owner.
        room = width - 4 - len(lead)
        detail = cut(row.detail, room * 3 // 5)
        text = cut(row.text, room - cell_width(detail) - 2)
        style = "class:pointed" if pointed else "class:level"
        line: StyleAndTextTuples = [("class:pointer", f" {_POINTER} " if pointed else "   ")]
        if pointed:
            line.append(("[SetCursorPosition]", ""))
        line += [
            ("class:key", lead),
            (style, fit(text, room - cell_width(detail) - 1)),
            ("class:hint", f"{detail}\n"),
        ]
        if row.note:
            line.append(("class:hint", f"      {cut(row.note, width - 7)}\n"))
        return line

    def _hint(self, width: int) -> str:
        marks = self.sheet.marks
        keys = ["Space"] if len(marks) == 1 else [mark.key for mark in marks]
        said = [f"{key} {mark.text}" for key, mark in zip(keys, marks, strict=True)]
        parts = ["↑↓ move", *said, f"Enter {self.sheet.enter}"]
        lines = [" " + parts[0]]
        for part in parts[1:]:
            longer = f"{lines[-1]} · {part}"
            if cell_width(longer) < width:
                lines[-1] = longer
            else:
                lines.append(f" {part}")
        return "\n" + "\n".join(lines)


def run_keys(
    does: Does, draw: Callable[[], "StyleAndTextTuples"], style: Any, devices: dict[str, Any]
) -> None:
    """Let keys do what they do, until Enter or one that says so.

    Ctrl-C and the end of the input are raised.
    """
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.layout import Layout, Window
    from prompt_toolkit.layout.controls import FormattedTextControl

    keys = KeyBindings()
    for name, do in does.items():
        keys.add(name)(lambda event, do=do: event.app.exit() if do() else None)
    # What is typed a moment before the keys are read comes otherwise: Enter as the end of a line,
    # Ctrl-C as a signal.
    for name in ("enter", "c-j"):
        keys.add(name)(lambda event: event.app.exit())
    errors = {"c-c": KeyboardInterrupt, "<sigint>": KeyboardInterrupt, "c-d": EOFError}
    for name, error in errors.items():
        keys.add(name)(lambda event, error=error: event.app.exit(exception=error))
    window = Window(FormattedTextControl(draw, focusable=True, show_cursor=True), wrap_lines=False)
    app: Application[None] = Application(
        Layout(window), key_bindings=keys, style=style, erase_when_done=True, **devices
    )
    app.run()
