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

from assess.document.blocks import BEGIN, END, FORMAT, block_checksum
from assess.document.dates import read_day
from assess.document.source import Source, take_apart
from assess.document.tasks import ID_COMMENT, Note, Task, find_tasks, plain_text
from assess.errors import DataFileError, Problem

_FRONT_MATTER_LINE: Final = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):\s*(?P<value>.*?)\s*$")


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


def read_document(text: str, last_written: str | None = None) -> PlanDocument:
    """Return what a plan says after people worked on it.

    Args:
        last_written: What the tool itself had to say, by which tasks that lost their comment
            are recognised.

    Raises:
        DataFileError: The text is far too long, or a newer program wrote it.
    """
    document = _read(text)
    if last_written is None:
        return document
    known = _read(last_written).by_id.values()
    return restore_ids(document, {str(t.id): t.text for t in known if t.state != "deleted"})


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


def _read(text: str) -> PlanDocument:
    source = take_apart(text)
    head, body_start = _read_front_matter(source)
    _refuse_newer(head.get("format", ""))
    start = read_day(head.get("start", ""), None)
    tokens = _parse(source, body_start)
    notes: list[Note] = []
    tasks = find_tasks(source, tokens, start, notes)
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
            text = plain_text(inline.children or ())
            yield Heading(int(opening.tag[1:]), text, opening.map[0])


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
        for found in ID_COMMENT.finditer(source.line(number)):
            if found["id"] not in seen:
                text = f"The task {found['id']} stands in code or HTML and does not count."
                yield Note(number + 1, text)


def _ends_in_comment(source: Source) -> bool:
    tail = "".join(source.lines[-3:])
    return tail.rfind("<!--") > tail.rfind("-->")
