"""Read a plan back as people left it: tasks, managed blocks, provenance, and what is odd.

The Markdown parser decides what is a task, so that a task-like line in a code fence is
none and one in a nested or quoted list is; its source maps say where each one stands.
Lines are counted from 1 in what is told, and from 0 inside.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assess.document.blocks import BEGIN, END, block_checksum
from assess.document.dates import read_day
from assess.document.render import FORMAT
from assess.document.source import Source, take_apart
from assess.errors import DataFileError, Problem

_ID: Final = re.compile(r"<!--\s*assess:(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*/\d{1,3})\s*-->")
_BOX: Final = re.compile(r"^\[(?P<mark>[^\]\n]?)\](?:\s+|$)")
_DONE_MARKS: Final = ("x", "X")
_DASH: Final = re.compile(r"\s+[—–]\s+")
_MARKED_OWNER: Final = re.compile(r"\s[—–]\s\*[^*]+\*(?:, by\b.*)?$")
_OWNER_AND_DATE: Final = re.compile(r"^(?:(?P<owner>.*?),?\s+)??by\s+(?P<due>.+)$")
_DATE_ONLY: Final = re.compile(r"^(?P<wording>.*?),?\s+by\s+(?P<due>[^,]+)$")
_FRONT_MATTER_LINE: Final = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):\s*(?P<value>.*?)\s*$")
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
    stands below it too; all are counted from 0 and included.
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


@dataclass(frozen=True, slots=True)
class Block:
    """A managed block; `first` and `last` are the lines of its comments, counted from 0."""

    name: str
    text: str
    is_edited: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level from 1 to 6; `line` is counted from 0."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A plan as people left it.

    The provenance is None where the front matter does not tell. `body_start` is the line
    after the front matter, counted from 0. `is_cut` says that the file ends in the middle of
    something.
    """

    source: Source
    body_start: int
    team: str | None
    assessed: date | None
    start: date | None
    headings: tuple[Heading, ...]
    tasks: tuple[Task, ...]
    blocks: Mapping[str, Block]
    notes: tuple[Note, ...]
    is_cut: bool

    @property
    def by_id(self) -> Mapping[str, Task]:
        """The tool's tasks by their ids, in the order of the file."""
        return {task.id: task for task in self.tasks if task.id is not None}

    @property
    def own_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.is_own)


def read_document(text: str) -> PlanDocument:
    """Return what a plan says after people worked on it.

    Raises:
        DataFileError: The text is far too long, or a newer program wrote it.
    """
    source = take_apart(text)
    head, body_start = _read_front_matter(source)
    _refuse_newer(head.get("format", ""))
    start = read_day(head.get("start", ""), None)
    tokens = _parse(source, body_start)
    notes: list[Note] = []
    tasks = _refuse_doubles(tuple(_find_tasks(source, tokens, start, notes)), notes)
    blocks, is_torn = _find_blocks(source, tokens, notes)
    notes += _hidden_ids(source, tasks)
    if not head:
        notes.append(Note(1, "The head of the file, between two lines of ---, is missing."))
    is_cut = is_torn or body_start is None or _ends_in_comment(source)
    if is_cut:
        notes.append(Note(len(source.lines), "The file ends in the middle; was it cut?"))
    return PlanDocument(
        source=source,
        body_start=body_start or 0,
        team=head.get("team"),
        assessed=read_day(head.get("assessment", ""), None),
        start=start,
        headings=tuple(_find_headings(tokens)),
        tasks=tasks,
        blocks=blocks,
        notes=tuple(sorted(notes, key=lambda note: note.line)),
        is_cut=is_cut,
    )


def restore_ids(document: PlanDocument, known: Mapping[str, str]) -> PlanDocument:
    """Give tasks that lost their comment their id back, where only one can be meant.

    `known` holds the text of each task as the tool wrote it. A task is recognised when its
    text is that of exactly one missing task, and no other own task has the same text.
    """
    missing = {text: name for name, text in known.items() if name not in document.by_id}
    wordings = Counter(known.values())
    own = Counter(task.text for task in document.own_tasks)
    notes = list(document.notes)
    tasks = []
    for task in document.tasks:
        is_unique = wordings[task.text] == 1 and own[task.text] == 1
        if task.is_own and is_unique and task.text in missing:
            task = replace(task, id=missing[task.text])
            notes.append(Note(task.line, f"The task had lost its comment; it is {task.id}."))
        tasks.append(task)
    notes.sort(key=lambda note: note.line)
    return replace(document, tasks=tuple(tasks), notes=tuple(notes))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _parse(source: Source, body_start: int | None) -> list[Token]:
    # The front matter is blanked and not cut off, so that line numbers stay.
    body = 0 if body_start is None else body_start
    lines = [""] * body + [source.line(n) for n in range(body, len(source.lines))]
    return _parser().parse("\n".join(lines))


def _read_front_matter(source: Source) -> tuple[dict[str, str], int | None]:
    """Return its plain keys, and the first line after it (None where it has no end)."""
    if not source.lines or source.line(0).rstrip() != "---":
        return {}, 0
    for number in range(1, len(source.lines)):
        if source.line(number).rstrip() == "---":
            inside = (source.line(n) for n in range(1, number))
            found = (_FRONT_MATTER_LINE.match(line) for line in inside)
            return {m["key"]: _unquote(m["value"]) for m in found if m}, number + 1
    return {}, None


def _unquote(value: str) -> str:
    if value[:1] == "'" and value[-1:] == "'" and len(value) > 1:
        return value[1:-1].replace("''", "'")
    try:
        text = json.loads(value) if value.startswith('"') else value
    except ValueError:
        return value
    return str(text)


def _refuse_newer(version: str) -> None:
    if version.isdecimal() and int(version) > FORMAT:
        raise DataFileError(
            Problem(
                f"The plan is in format {version}; this program knows formats up to {FORMAT}.",
                "front matter, format",
                "Use the newer version of the program that wrote it.",
            )
        )


def _find_headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.level == 0 and opening.map:
            text = _plain_text(inline.children or ())
            yield Heading(int(opening.tag[1:]), text, opening.map[0])


def _find_tasks(
    source: Source, tokens: Sequence[Token], start: date | None, notes: list[Note]
) -> Iterator[Task]:
    for place, token in enumerate(tokens):
        if token.type != "inline" or token.map is None:
            continue
        item = tokens[place - 2] if place > 1 else token
        is_item = item.type == "list_item_open"
        below = _id_below(tokens, place) if is_item else None
        identity = _find_id(token) or (below and below[0])
        box = _BOX.match(token.content) if is_item else None
        if identity is None and (box is None or _is_word(box["mark"])):
            continue
        first, last = token.map[0], below[1] if below else token.map[1] - 1
        end = (item.map or token.map)[1] - 1
        while end > last and not source.line(end).strip(" \t>"):
            end -= 1
        lines = (first, last, max(last, end))
        yield _read_task(token, identity, box["mark"] if box else "", lines, start, notes)


def _is_word(mark: str) -> bool:
    """Tell whether brackets hold a letter or a number, as in `[1]`, and so are no box."""
    return mark.isalnum() and mark not in _DONE_MARKS


def _find_id(inline: Token) -> str | None:
    for child in inline.children or ():
        if child.type == "html_inline" and (found := _ID.fullmatch(child.content)):
            return found["id"]
    return None


def _id_below(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    """Return id and line of a comment that was wrapped onto a line of its own below the text."""
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    if following is None or following.type != "html_block" or following.map is None:
        return None
    found = _ID.fullmatch(following.content.strip())
    return (found["id"], following.map[1] - 1) if found else None


def _read_task(
    inline: Token,
    identity: str | None,
    mark: str,
    lines: tuple[int, int, int],
    start: date | None,
    notes: list[Note],
) -> Task:
    line = lines[0] + 1
    children = [c for c in inline.children or () if not _ID.fullmatch(c.content)]
    text = _BOX.sub("", _marked_text(children))
    plain = _BOX.sub("", _plain_text(children))
    has_tail = identity is not None or bool(_MARKED_OWNER.search(text))
    wording, owner, due_text = _split_task(plain, start, has_tail=has_tail)
    due = read_day(due_text, start)
    if not mark:
        notes.append(Note(line, f"The task {identity} has lost its box; it counts as open."))
    elif mark not in (" ", *_DONE_MARKS):
        notes.append(Note(line, f"The mark [{mark}] is unknown; the task counts as open."))
    if due_text and due is None:
        notes.append(Note(line, f"The date “{due_text}” cannot be read."))
    return Task(identity, mark, text, wording, owner, due, *lines)


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


def _plain_text(children: Iterable[Token]) -> str:
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


def _find_blocks(
    source: Source, tokens: Iterable[Token], notes: list[Note]
) -> tuple[dict[str, Block], bool]:
    """Return the managed blocks by name, and whether the last one has no end."""
    blocks: dict[str, Block] = {}
    opened: tuple[int, re.Match[str]] | None = None
    for token in tokens:
        if token.type != "html_block" or token.level or token.map is None:
            continue
        line, text = token.map[0], token.content.strip()
        if begin := BEGIN.match(text):
            if opened:
                notes.append(Note(opened[0] + 1, f"The block {opened[1]['name']} has no end."))
            opened = (line, begin)
        elif end := END.match(text):
            if opened is None or opened[1]["name"] != end["name"]:
                notes.append(Note(line + 1, f"The block {end['name']} has no beginning."))
            else:
                first, found = opened
                blocks.setdefault(end["name"], _make_block(source, found, first, line))
            opened = None
    if opened:
        notes.append(Note(opened[0] + 1, f"The block {opened[1]['name']} has no end."))
    return blocks, opened is not None


def _make_block(source: Source, begin: re.Match[str], first: int, last: int) -> Block:
    text = "\n".join(source.line(n) for n in range(first + 1, last))
    is_edited = block_checksum(text) != begin["checksum"]
    return Block(begin["name"], text, is_edited, first, last)


def _hidden_ids(source: Source, tasks: Iterable[Task]) -> Iterator[Note]:
    """Report ids that Markdown does not see as such, because they stand in code or in HTML."""
    seen = {task.id for task in tasks}
    for number in range(len(source.lines)):
        for found in _ID.finditer(source.line(number)):
            if found["id"] not in seen:
                text = f"The task {found['id']} stands in code or HTML and does not count."
                yield Note(number + 1, text)


def _ends_in_comment(source: Source) -> bool:
    tail = "".join(source.lines[-3:])
    return tail.rfind("<!--") > tail.rfind("-->")
