"""The tasks of a Markdown text: marks, words, owners and dates as people left them.

Lost ids are restored before anything else is read, because whoever knows which step a task
is knows its words, and so where its owner and its date begin.
Lines are counted from 1 in what is told, and from 0 inside.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from assess.document.marks import Mark, TaskState, read_mark
from assess.document.oddities import Oddity
from assess.document.source import Source
from assess.document.tails import Tail, match_words, same_look, split_task, words_key
from assess.patterns import pattern
from assess.record import record

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ID_COMMENT: Final = pattern(
    r"<!--\s*assess:(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*/\d{1,3}|hours/[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:\s+(?P<state>deleted))?\s*-->"
)
_OURS: Final = "assess:"
HOURS: Final = "hours"
"""In the place of an action: the task is to stop, halve or hand over recurring work."""

_RAW_COMMENT: Final = pattern(rf"`({ID_COMMENT.pattern})`\{{=html\}}")
"""As some converters write HTML."""
_BULLET: Final = pattern(r"(?:[-*+]|\d[.)])[ \t]")
_MARKUP: Final = pattern(r"[\\*_`\[\]<>&~!]")


@record
class Task:
    """One item with a box, or with an id whose box was lost.

    `id` is None for a person's own task. `mark` is as it was typed, `state` what it says.
    `words`, `owner` and `due` are what a merge compares; `wording` is the words without
    markup. `lead` is what stands before them on their first line, and `tail` how owner and
    date are written. `first` and `last` are the lines of its own text, and `end` is the last
    line of what stands below it too; all are counted from 0 and included. `fate` is `deleted`
    in what an update keeps for the next one, and nowhere else.
    """

    id: str | None
    mark: str
    state: TaskState
    words: str
    wording: str
    owner: str
    due: date | None
    done_on: date | None
    tail: Tail
    lead: str
    first: int
    last: int
    end: int
    fate: str = ""

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def is_own(self) -> bool:
        """Whether it is no step of the plan: a person's own, or what stops to free hours."""
        return self.id is None or self.action == HOURS

    @property
    def action(self) -> str | None:
        """The id of the action that the task is a step of."""
        return self.id.split("/")[0] if self.id else None

    @property
    def key(self) -> str:
        """The id, or for a person's own task one that follows from its words."""
        return self.id or f"own-{sha256(words_key(self.wording).encode()).hexdigest()[:6]}"

    @property
    def text(self) -> str:
        """Words, owner and date as they are typed, on one line."""
        return self.tail.words + self.tail.text

    @property
    def content(self) -> tuple[str, str, date | None]:
        """What somebody changes who changes a task, and a formatter does not."""
        return self.words, self.owner, self.due

    @property
    def line(self) -> int:
        """The line of the task in the file, counted from 1."""
        return self.first + 1


@record
class _Item:
    """A task before its words are read; `text` is all behind the mark, on one line."""

    id: str | None
    fate: str
    mark: Mark | None
    text: str
    lead: str
    lines: tuple[int, int, int]

    @property
    def is_task(self) -> bool:
        is_own = self.mark is not None and self.mark.has_box and _BULLET.search(self.lead)
        return self.id is not None or bool(is_own)


@record
class Found:
    """The tasks of a text, in its order; `commented` and `restored` say how ids were known."""

    tasks: tuple[Task, ...]
    commented: frozenset[str]
    restored: frozenset[str]
    oddities: tuple[Oddity, ...]


def find_tasks(
    source: Source, tokens: Sequence["Token"], start: date | None, known: Mapping[str, Task]
) -> Found:
    """Return all tasks in the order of the file, each id once.

    `known` are the tasks as the tool last wrote them, by their ids.
    """
    oddities: list[Oddity] = []
    items = _refuse_doubles(_find_items(source, tokens), oddities)
    commented = frozenset(item.id for item in items if item.id)
    items = _restore_ids(items, known, commented)
    restored = frozenset(item.id for item in items if item.id) - commented
    tasks = []
    for item in items:
        if not item.is_task:
            continue
        task = _read_task(item, start, known.get(item.id or ""))
        tasks.append(task)
        oddities += _odd_in(task, item.mark, start)
        if task.id in restored:
            text = f"The task had lost its comment; it is {task.id}."
            oddities.append(Oddity("comment", task.line, str(task.id), text))
    return Found(tuple(tasks), commented, restored, tuple(oddities))


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """Return the parser by which everything in a plan is understood."""
    from markdown_it import MarkdownIt  # A first plan is written and not read.

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.core.ruler.at("inline", _look_inside)
    return made


def _look_inside(state: "StateCore") -> None:
    """Take apart what stands in headings and beside ids; nothing else in a plan is asked for."""
    for before, token in zip([None, *state.tokens], state.tokens, strict=False):
        is_heading = before is not None and before.type == "heading_open"
        if token.type == "inline" and (state.inlineMode or is_heading or _OURS in token.content):
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def plain_text(children: Iterable["Token"]) -> str:
    """Return a text without its markup, on one line."""
    breaks = ("softbreak", "hardbreak")
    return " ".join("".join(" " if c.type in breaks else c.content for c in children).split())


def _find_items(source: Source, tokens: Sequence["Token"]) -> Iterator[_Item]:
    for place, token in enumerate(tokens):
        if token.type != "inline" or token.map is None:
            continue
        item = tokens[place - 2] if place > 1 else token
        is_item = item.type == "list_item_open"
        below = _comment_below(tokens, place) if is_item else None
        comment = _find_comment(token) or (below and below[0])
        # A note on the lines below the comment is no part of the task's own text.
        content, own = token.content, ID_COMMENT.search(token.content)
        if own is not None:
            content = content[: own.end()] + content[own.end() :].split("\n", 1)[0]
        mark = read_mark(content, is_ours=comment is not None) if is_item else None
        if comment is None and mark is None:
            continue
        first = token.map[0]
        last = below[1] if below else first + content.count("\n")
        end = (item.map or token.map)[1] - 1
        while end > last and not source.line(end).strip(" \t>"):
            end -= 1
        text = content[mark.length if mark else 0 :]
        yield _Item(
            comment["id"] if comment else None,
            (comment["state"] or "") if comment else "",
            mark,
            " ".join(ID_COMMENT.sub("", _RAW_COMMENT.sub("", text)).split()),
            _lead_of(source.line(first), content, text),
            (first, last, max(last, end)),
        )


def _lead_of(line: str, content: str, text: str) -> str:
    """Return quote, bullet and box: what stands on a line before the words of a task."""
    # A box alone on the first line has its words on the next one.
    first = content.split("\n", 1)[0].rstrip()
    place = max(line.rfind(first), 0)
    box = content[: len(content) - len(text)].replace("\n", " ")
    return line[:place] + box


def _find_comment(inline: "Token") -> re.Match[str] | None:
    for child in inline.children or ():
        if child.type == "html_inline" and (found := ID_COMMENT.fullmatch(child.content)):
            return found
    raw = _RAW_COMMENT.search(inline.content)
    return ID_COMMENT.fullmatch(raw[1]) if raw else None


def _comment_below(tokens: Sequence["Token"], place: int) -> tuple[re.Match[str], int] | None:
    """Return a comment that was wrapped onto a line of its own below the text, and that line."""
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    if following is None or following.type != "html_block" or following.map is None:
        return None
    found = ID_COMMENT.fullmatch(following.content.strip())
    return (found, following.map[1] - 1) if found else None


def _refuse_doubles(items: Iterable[_Item], oddities: list[Oddity]) -> list[_Item]:
    """Leave each id to the first item that has it; the others are people's own."""
    first_line: dict[str, int] = {}
    kept = []
    for item in items:
        line = item.lines[0] + 1
        if item.id is not None and item.id in first_line:
            text = (
                f"The id {item.id} is that of line {first_line[item.id]}; "
                "this task counts as an own one."
            )
            oddities.append(Oddity("double", line, item.id, text))
            item = replace(item, id=None)
        elif item.id is not None:
            first_line[item.id] = line
        kept.append(item)
    return kept


def _restore_ids(
    items: list[_Item], known: Mapping[str, Task], commented: frozenset[str]
) -> list[_Item]:
    """Give items that lost their comment their id back, where only one can be meant.

    They are known by their words alone; owner and date are free. Where the same words are
    wanted as often as they are found, they come in the order of the plan; else a task counts
    only where all of it is as the tool wrote it.
    """
    missing: dict[str, list[Task]] = defaultdict(list)
    for name, task in known.items():
        if name not in commented and task.fate != "deleted":
            missing[words_key(task.tail.words)].append(task)
    lengths = {len(task.tail.words.split(" ")) for tasks in missing.values() for task in tasks}
    candidates: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        if item.id is None and missing and (key := match_words(item.text, missing, lengths)[0]):
            candidates[key].append(place)
    restored = list(items)
    for key, places in candidates.items():
        for place, name in _pair(items, places, missing[key]):
            restored[place] = replace(items[place], id=name)
    return restored


def _pair(
    items: Sequence[_Item], places: Sequence[int], tasks: Sequence[Task]
) -> Iterator[tuple[int, str]]:
    if len(places) == len(tasks):
        yield from zip(places, (str(task.id) for task in tasks), strict=True)
        return
    looks = [same_look(items[place].text) for place in places]
    wanted = [same_look(task.text) for task in tasks]
    for task, look in zip(tasks, wanted, strict=True):
        if looks.count(look) == wanted.count(look) == 1:
            yield places[looks.index(look)], str(task.id)


def _read_task(item: _Item, start: date | None, before: Task | None) -> Task:
    words = before.tail.words if before else None
    tail = split_task(item.text, start, words=words, is_ours=item.id is not None)
    state: TaskState = (item.mark.state if item.mark else None) or "open"
    if tail.done_on is not None and state != "dropped":
        state = "done"  # Whoever writes when it was done says that it is.
    return Task(
        id=item.id,
        mark=item.mark.text if item.mark else "",
        state=state,
        words=same_look(tail.words),
        wording=read_inline(tail.words),
        owner=read_inline(tail.owner),
        due=tail.due,
        done_on=tail.done_on,
        tail=tail,
        lead=item.lead,
        first=item.lines[0],
        last=item.lines[1],
        end=item.lines[2],
        fate=item.fate,
    )


def read_inline(markdown: str) -> str:
    """Return what a piece of a line says, without its marks of emphasis, links and escapes."""
    if not _MARKUP.search(markdown):
        return markdown
    return plain_text(parser().parseInline(markdown)[0].children or ())


def _odd_in(task: Task, mark: Mark | None, start: date | None) -> Iterator[Oddity]:
    name = str(task.id)
    if mark is None or not mark.has_box:
        text = f"The task {name} has lost its box; it counts as {task.state}."
        yield Oddity("box", task.line, name, text)
    elif mark.state is None:
        text = f"The mark [{mark.text}] is unknown; the task counts as open."
        yield Oddity("mark", task.line, f"[{mark.text}]", text)
    if unreadable := task.tail.unreadable:
        if start is None and task.tail.due_at is not None:
            text = f"The date “{unreadable}” has no year, and the head does not tell the start."
            yield Oddity("start", task.line, f"“{unreadable}”", text)
        else:
            text = f"The date “{unreadable}” cannot be read."
            yield Oddity("date", task.line, f"“{unreadable}”", text)
