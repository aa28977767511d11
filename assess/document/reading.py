"""Read a plan back as people left it: tasks, managed blocks, provenance, and what is odd.

The Markdown parser decides what is a task, so that a task-like line in a code fence is
none and one in a nested or quoted list is; its source maps say where each one stands.
Lines are counted from 1 in what is told, and from 0 inside.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from assess.document.blocks import block_checksum, read_edge
from assess.document.head import Head, read_head
from assess.document.oddities import Note, Oddity, find_unclosed, refuse_conflicts, tell_once
from assess.document.source import Source, take_apart
from assess.document.tasks import ID_COMMENT, Task, find_tasks, parser, plain_text
from assess.errors import DataFileError
from assess.patterns import pattern
from assess.record import record

if TYPE_CHECKING:
    from markdown_it.token import Token


_FEWEST_KNOWN: Final = 3
"""So many tasks in the tool's own words make a file a plan of ours without any other sign."""


_NO_BULLET: Final = pattern(
    r"(?P<quote>[ \t>]*)(?![ \t>]|(?:[-*+]|\d{1,9}[.)])[ \t])(?:[•◦▪‣●○·–—-][ \t]*)?"
    r"(?P<words>(?P<box>(?:\\?\[[ xXvV✓✔/~-]?\\?\]|[☐⬜☑☒])(?=[ \t]))?(?![<|]))"
)


@record
class ManagedBlock:
    """A managed block; `first` and `last` are the lines of its comments, counted from 0.

    Tasks that somebody moved into it are no part of it: `text` is without them, and `guests`
    has their first and last lines.
    """

    name: str
    text: str
    is_edited: bool
    first: int
    last: int
    guests: tuple[tuple[int, int], ...] = ()


@record
class Heading:
    """A heading with its level from 1 to 6; `line` is counted from 0."""

    level: int
    text: str
    line: int


@record
class PlanReading:
    """A plan as people left it.

    `start` is the one that the store knows, else that of the head; it and the rest of the
    provenance are None where nothing tells. `is_cut` says that the file ends in the middle
    of something, `is_ours` that it is a plan of this program at all. `restored` are the tasks
    that had lost their comment and were known by their words.
    """

    source: Source
    head: Head
    start: date | None
    headings: tuple[Heading, ...]
    tasks: tuple[Task, ...]
    blocks: Mapping[str, ManagedBlock]
    notes: tuple[Note, ...]
    restored: frozenset[str]
    is_cut: bool
    is_ours: bool

    @cached_property
    def by_id(self) -> Mapping[str, Task]:
        """The tool's tasks by their ids, in the order of the file."""
        return {task.id: task for task in self.tasks if task.id is not None}

    @property
    def own_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.is_own)

    def own_beside(self, steps: Collection[str]) -> tuple[Task, ...]:
        """Return people's own tasks beside the steps of a plan.

        A step that somebody reworded stays when the plan has it no more: it is their own then.
        """
        return tuple(
            task
            for task in self.tasks
            if task.is_own or (task.id not in steps and task.state != "dropped")
        )


@lru_cache(maxsize=8)  # Planner, merge and export read the same file in one command.
def read_document(text: str, last_written: str | None = None) -> PlanReading:
    """Return what a plan says after people worked on it.

    Args:
        text: The file.
        last_written: What the tool itself had to say, by which tasks that lost their comment
            are recognised, and owners and dates told from words.

    Raises:
        DataFileError: The text is far too long, a newer program wrote it, or it has conflict
            markers of a merge.
    """
    last = None if last_written is None else read_document(last_written)
    if last is not None and text == last_written:
        return last  # Nobody was there: what was written says what it said.
    source = take_apart(text)
    refuse_conflicts(source)
    head = read_head(source)
    start = (last.start if last else None) or head.start
    unclosed = dict(find_unclosed([source.line(n) for n in range(len(source.lines))]))
    tokens = _parse(source, head.body_start or 0, unclosed)
    found = find_tasks(source, tokens, start, last.by_id if last else {})
    notes: list[Note] = []
    blocks, is_torn = _find_blocks(source, tokens, found.tasks, notes)
    notes += tell_once([*found.oddities, *_hidden_ids(source, found.tasks)])
    is_cut = is_torn or head.body_start is None or _ends_in_comment(source)
    notes += _tell_damage(source, head, unclosed, is_cut=is_cut)
    return PlanReading(
        source=source,
        head=head,
        start=start,
        headings=tuple(_find_headings(tokens)),
        tasks=found.tasks,
        blocks=blocks,
        notes=tuple(sorted(notes, key=lambda note: note.line)),
        restored=found.restored,
        is_cut=is_cut,
        is_ours=_is_ours(head, found.commented, found.restored),
    )


def _tell_damage(
    source: Source, head: Head, unclosed: Mapping[int, str], *, is_cut: bool
) -> Iterator[Note]:
    for number, opening in unclosed.items():
        if number < len(source.lines) - 1:
            said = f"What begins here with {opening} has no end; it is read as text."
            yield Note(number + 1, said)
    if not head.values:
        yield Note(1, "The head of the file, between two lines of ---, is missing.")
    if is_cut:
        yield Note(len(source.lines), "The file ends in the middle; was it cut?")


def _is_ours(head: Head, commented: frozenset[str], restored: frozenset[str]) -> bool:
    """Tell whether a file is a plan of this program; a team's name alone never makes it one."""
    has_head = "format" in head.values and head.assessed is not None
    return has_head or bool(commented) or len(restored) >= _FEWEST_KNOWN


def _parse(source: Source, body_start: int, unclosed: Mapping[int, str]) -> "list[Token]":
    # The front matter is blanked and not cut off, so that line numbers stay.
    body = _as_items(source.line(n) for n in range(body_start, len(source.lines)))
    lines = [""] * body_start + [
        line.replace(unclosed[number], "\\" + unclosed[number], 1) if number in unclosed else line
        for number, line in enumerate(body, start=body_start)
    ]
    return parser().parse("\n".join(lines))


def _as_items(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as the parser is to see them: what lost its bullet is an item of a list again.

    Editors for rich text take bullets away or have others, and Markdown would take all tasks
    below each other for one paragraph with the id of the first.
    """
    above = ""
    for line in lines:
        lead = _NO_BULLET.match(line)
        is_ours = ID_COMMENT.search(line) and (not above.strip() or ID_COMMENT.search(above))
        is_task = lead and (lead["box"] or is_ours)
        yield f"{lead['quote']}- {line[lead.start('words') :]}" if lead and is_task else line
        above = line


def _find_headings(tokens: Sequence["Token"]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.level == 0 and opening.map:
            text = plain_text(inline.children or ())
            yield Heading(int(opening.tag[1:]), text, opening.map[0])


def _endless(opened: tuple[int, str, str]) -> Note:
    return Note(opened[0] + 1, f"The block {opened[1]} has no end.")


def _find_blocks(
    source: Source, tokens: Iterable["Token"], tasks: Sequence[Task], notes: list[Note]
) -> tuple[dict[str, ManagedBlock], bool]:
    """Return the managed blocks by name, and whether the last one has no end."""
    blocks: dict[str, ManagedBlock] = {}
    opened: tuple[int, str, str] | None = None
    for token in tokens:
        if token.type != "html_block" or token.level or token.map is None:
            continue
        edge, line = read_edge(token.content.strip()), token.map[0]
        if edge is None:
            continue
        if edge[0] == "begin":
            if opened:
                notes.append(_endless(opened))
            opened = (line, edge[1], edge[2])
            continue
        if opened is None or opened[1] != edge[1]:
            notes.append(Note(line + 1, f"The block {edge[1]} has no beginning."))
        elif edge[1] not in blocks:
            blocks[edge[1]] = _make_block(source, opened, line, tasks)
        opened = None
    if opened:
        notes.append(_endless(opened))
    return blocks, opened is not None


def _make_block(
    source: Source, opened: tuple[int, str, str], last: int, tasks: Sequence[Task]
) -> ManagedBlock:
    first, name, checksum = opened
    guests = _join_spans((t.first, t.end) for t in tasks if first < t.first < last)
    taken = {number for span in guests for number in range(span[0], span[1] + 1)}
    text = "\n".join(source.line(n) for n in range(first + 1, last) if n not in taken)
    return ManagedBlock(name, text, block_checksum(text) != checksum, first, last, guests)


def _join_spans(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans without those that lie in another one, as tasks below a task do."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if not joined or first > joined[-1][1]:
            joined.append((first, last))
    return tuple(joined)


def _hidden_ids(source: Source, tasks: Iterable[Task]) -> Iterator[Oddity]:
    """Report ids that Markdown does not see as such, because they stand in code or in HTML."""
    seen = {task.id for task in tasks}
    for number in range(len(source.lines)):
        for found in ID_COMMENT.finditer(source.line(number)):
            if found["id"] not in seen:
                text = f"The task {found['id']} stands in code or HTML and does not count."
                yield Oddity("hidden", number + 1, found["id"], text)


def _ends_in_comment(source: Source) -> bool:
    """Tell whether the file stops inside a comment of ours; people's own may have no end."""
    tail = "".join(source.lines[-3:])
    place = tail.rfind("<!--")
    inside = tail[place + 4 :].lstrip()
    is_ours = "assess:".startswith(inside[:7]) or inside.startswith("assess:")
    return place > tail.rfind("-->") and is_ours


# --- A file that is cut off ---


_LEAST_TAIL: Final = 3
"""Whoever deletes so many sections at the end together with tasks has probably lost them."""


def refuse_cut(found: PlanReading, whole: PlanReading) -> None:
    """Refuse a file that ends in the middle of a plan.

    Raises:
        DataFileError: What is missing cannot be told from what was deleted.
    """
    if found.is_cut or _lacks_its_end(found, whole):
        raise DataFileError(
            "The plan ends in the middle, so what is missing cannot be told from what was deleted.",
            f"line {len(found.source.lines)}",
            "Bring the whole file back, or write the plan to another file with --out.",
        )


def _lacks_its_end(found: PlanReading, whole: PlanReading) -> bool:
    """Tell whether a file stops at a line that the tool wrote, with nothing of what followed."""
    written = [line for line in found.source.lines if line.strip()]
    if not written:
        return True
    last = written[-1].strip("\r\n")
    places = (n for n in range(len(whole.source.lines)) if whole.source.line(n).startswith(last))
    return any(_lost_all_after(place, found, whole) for place in places)


def _lost_all_after(line: int, found: PlanReading, whole: PlanReading) -> bool:
    # Whoever deletes the last sections on purpose loses no task, and may go on. The task of
    # the line itself is lost where the cut went through it.
    here = set(found.by_id)
    tasks = {
        n for n, t in whole.by_id.items() if t.first > line or (t.first == line and n not in here)
    }
    headings = {h.text for h in whole.headings if h.line > line}
    is_gone = not (tasks & here or headings & {h.text for h in found.headings})
    return bool(tasks) and len(headings) >= _LEAST_TAIL and is_gone
