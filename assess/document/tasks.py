"""The tasks of a Markdown text: marks, words, owners and dates as people left them.

Lines are counted from 1 in what is told, and from 0 inside.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markdown_it.token import Token

from assess.document.dates import read_day
from assess.document.source import Source

ID_COMMENT: Final = re.compile(
    r"<!--\s*assess:(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*/\d{1,3})(?:\s+(?P<state>deleted|parked))?\s*-->"
)
_BOX: Final = re.compile(r"^\[(?P<mark>[^\]\n]?)\](?:\s+|$)")
_DONE_MARKS: Final = ("x", "X")
_DASH: Final = re.compile(r"\s+[—–]\s+")
_MARKED_OWNER: Final = re.compile(r"\s[—–]\s\*[^*]+\*(?:, by\b.*)?$")
_OWNER_AND_DATE: Final = re.compile(r"^(?:(?P<owner>.*?),?\s+)??by\s+(?P<due>.+)$")
_DATE_ONLY: Final = re.compile(r"^(?P<wording>.*?),?\s+by\s+(?P<due>[^,]+)$")
_MARKUP: Final = {
    "em_open": "*",
    "em_close": "*",
    "strong_open": "**",
    "strong_close": "**",
    "s_open": "~~",
    "s_close": "~~",
    "softbreak": " ",
    "hardbreak": " ",
    "link_open": "[",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that a person should know; `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """One item with a box, or with an id whose box was lost.

    `id` is None for a person's own task. `text` is the whole line in a form that does not
    change when a formatter lays it out anew; `wording` is that without owner and date.
    `first` and `last` are the lines of its own text, and `end` is the last line of what
    stands below it too; all are counted from 0 and included. `state` is `deleted` or `parked`
    in what an update keeps for the next one, and nowhere else.
    """

    id: str | None
    mark: str
    text: str
    wording: str
    owner: str
    due: date | None
    first: int
    last: int
    end: int
    state: str = ""

    @property
    def is_done(self) -> bool:
        return self.mark in _DONE_MARKS

    @property
    def is_own(self) -> bool:
        return self.id is None

    @property
    def action(self) -> str | None:
        """The id of the action that the task is a step of."""
        return self.id.split("/")[0] if self.id else None

    @property
    def line(self) -> int:
        """The line of the task in the file, counted from 1."""
        return self.first + 1


def find_tasks(
    source: Source, tokens: Sequence[Token], start: date | None, notes: list[Note]
) -> tuple[Task, ...]:
    """Return all tasks in the order of the file, each id once; add what is odd to the notes.

    Dates without a year are taken to belong to a plan that begins at `start`.
    """
    return _refuse_doubles(tuple(_find_all(source, tokens, start, notes)), notes)


def _find_all(
    source: Source, tokens: Sequence[Token], start: date | None, notes: list[Note]
) -> Iterator[Task]:
    for place, token in enumerate(tokens):
        if token.type != "inline" or token.map is None:
            continue
        item = tokens[place - 2] if place > 1 else token
        is_item = item.type == "list_item_open"
        below = _comment_below(tokens, place) if is_item else None
        comment = _find_comment(token) or (below and below[0])
        box = _BOX.match(token.content) if is_item else None
        if comment is None and (box is None or _is_word(box["mark"])):
            continue
        first, last = token.map[0], below[1] if below else token.map[1] - 1
        end = (item.map or token.map)[1] - 1
        while end > last and not source.line(end).strip(" \t>"):
            end -= 1
        lines = (first, last, max(last, end))
        yield _read_task(token, comment, box["mark"] if box else "", lines, start, notes)


def _is_word(mark: str) -> bool:
    """Tell whether brackets hold a letter or a number, as in `[1]`, and so are no box."""
    return mark.isalnum() and mark not in _DONE_MARKS


def _find_comment(inline: Token) -> re.Match[str] | None:
    for child in inline.children or ():
        if child.type == "html_inline" and (found := ID_COMMENT.fullmatch(child.content)):
            return found
    return None


def _comment_below(tokens: Sequence[Token], place: int) -> tuple[re.Match[str], int] | None:
    """Return a comment that was wrapped onto a line of its own below the text, and that line."""
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    if following is None or following.type != "html_block" or following.map is None:
        return None
    found = ID_COMMENT.fullmatch(following.content.strip())
    return (found, following.map[1] - 1) if found else None


def _read_task(
    inline: Token,
    comment: re.Match[str] | None,
    mark: str,
    lines: tuple[int, int, int],
    start: date | None,
    notes: list[Note],
) -> Task:
    line = lines[0] + 1
    identity, state = (comment["id"], comment["state"] or "") if comment else (None, "")
    children = [c for c in inline.children or () if not ID_COMMENT.fullmatch(c.content)]
    text = _BOX.sub("", _marked_text(children))
    plain = _BOX.sub("", plain_text(children))
    has_tail = identity is not None or bool(_MARKED_OWNER.search(text))
    wording, owner, due_text = _split_task(plain, start, has_tail=has_tail)
    due = read_day(due_text, start)
    if not mark:
        notes.append(Note(line, f"The task {identity} has lost its box; it counts as open."))
    elif mark not in (" ", *_DONE_MARKS):
        notes.append(Note(line, f"The mark [{mark}] is unknown; the task counts as open."))
    if due_text and due is None:
        notes.append(Note(line, f"The date “{due_text}” cannot be read."))
    return Task(identity, mark, text, wording, owner, due, *lines, state)


def _marked_text(children: Iterable[Token]) -> str:
    """Return a text with its markup in one fixed style, on one line."""
    parts: list[str] = []
    links: list[str] = []
    for token in children:
        if token.type == "link_open":
            links.append(f"]({token.attrGet('href')})")
        if token.type == "link_close":
            parts.append(links.pop())
        elif token.type == "code_inline":
            parts.append(f"`{token.content}`")
        elif token.type == "image":
            parts.append(f"![{token.content}]({token.attrGet('src')})")
        else:
            parts.append(_MARKUP.get(token.type, token.content))
    return " ".join("".join(parts).split())


def plain_text(children: Iterable[Token]) -> str:
    """Return a text without its markup, on one line."""
    breaks = ("softbreak", "hardbreak")
    return " ".join("".join(" " if c.type in breaks else c.content for c in children).split())


def _split_task(text: str, start: date | None, *, has_tail: bool) -> tuple[str, str, str]:
    """Return wording, owner and date of a task, the last two empty where there is none.

    They stand behind the last dash: `— the manager, by Fri 4 Dec`. A person's own task may
    have a dash for another reason, so without `has_tail` only a date that can be read counts.
    """
    head, dash, tail = _rpartition_dash(text)
    if dash:
        found = _OWNER_AND_DATE.match(tail)
        owner, due = (found["owner"] or "", found["due"]) if found else (tail, "")
        if has_tail or read_day(due, start):
            return head, owner.strip(), due
    found = _DATE_ONLY.match(text)
    if found and read_day(found["due"], start):
        return found["wording"], "", found["due"]
    return text, "", ""


def _rpartition_dash(text: str) -> tuple[str, str, str]:
    *_, last = (None, *_DASH.finditer(text))
    if last is None:
        return text, "", ""
    return text[: last.start()], last[0], text[last.end() :]


def _refuse_doubles(tasks: tuple[Task, ...], notes: list[Note]) -> tuple[Task, ...]:
    """Leave each id to the first task that has it; the others are people's own."""
    first_line: dict[str, int] = {}
    kept = []
    for task in tasks:
        if task.id is not None and task.id in first_line:
            first = first_line[task.id]
            text = f"The id {task.id} is that of line {first}; this task counts as an own one."
            notes.append(Note(task.line, text))
            task = replace(task, id=None)
        elif task.id is not None:
            first_line[task.id] = task.line
        kept.append(task)
    return tuple(kept)
