"""What a page is made of: few kinds of block, which keep their numbers as numbers.

Sentences are plain text: each medium escapes what it has to. Shares are exact fractions
from 0 to 1; a medium rounds them when it shows them. What cannot be seen on a picture (which
bar stops the stage, what a colour means) is said in words that every block carries.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from assess.figures import count
from assess.record import record

Tone = Literal[
    "", "strong", "quiet", "warning", "accent", "momentum", "maturity", "mastery", "rise", "fall"
]
"""What a colour may underline; it is never the only sign."""


@record
class Sentence:
    """One paragraph."""

    text: str
    tone: Tone = ""


@record
class Items:
    """A list of sentences; where there is little room, at most `most` and how many more."""

    texts: tuple[str, ...]
    tone: Tone = ""
    most: int | None = None


@record
class Command:
    """What to type next; it is copied, so nothing wraps or cuts it."""

    text: str


# --- Tables ---


@record
class Share:
    """A part of a whole, from 0 to 1, or nothing where there is none."""

    value: Fraction | None


@record
class Points:
    """A change of a share, from -1 to 1, or nothing where there is none."""

    value: Fraction | None


Cell = str | int | date | Share | Points


@record
class Column:
    """One column of a table; numbers stand at the right.

    `short` stands for the title where there is little room, with what it stands for above.
    """

    title: str
    number: bool = False
    tone: Tone = ""
    short: str = ""


@record
class Table:
    """Rows with a cell for each column; the first column names the row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(titles: Iterable[str | Column], rows: Iterable[tuple[Cell, ...]]) -> Table:
    """Return a table; below a title with # stand numbers, below one with * what the eye seeks."""
    columns = (
        Column(title.lstrip("#*"), title.startswith("#"), "strong" if title[:1] == "*" else "")
        if isinstance(title, str)
        else title
        for title in titles
    )
    return Table(tuple(columns), tuple(rows))


# --- Pictures ---


@record
class BarColumn:
    """One of the bars that every row has; `sign` says what it is: finished, current or nothing."""

    title: str
    tone: Tone
    sign: Literal["", "finished", "current"] = ""


@record
class BarRow:
    """A bar for each column, up to `mark` where something is reached.

    Without shares `remark` says why. Otherwise it is what the row has to say for itself, and
    the row is flagged.
    """

    label: str
    shares: tuple[Fraction, ...] | None
    mark: Fraction
    remark: str = ""
    is_total: bool = False


@record
class Bars:
    """Rows of bars; `legend` says what the mark on a bar means, `flag` what a flag does."""

    columns: tuple[BarColumn, ...]
    rows: tuple[BarRow, ...]
    legend: str
    flag: str = ""


@record
class TrackRow:
    """From where to where a share went; from `low` to `high` it may be chance."""

    label: str
    before: Fraction
    after: Fraction
    low: float
    high: float
    word: str
    tone: Tone = ""


@record
class Tracks:
    """Changes one below the other; `legend` says what the limits on a track mean.

    `sides` say what its two ends are.
    """

    rows: tuple[TrackRow, ...]
    legend: str
    sides: tuple[str, str] = ("then", "now")


@record
class ChartLine:
    """One line of a chart, a value for each of its days."""

    label: str
    tone: Tone
    values: tuple[Fraction, ...]


@record
class Chart:
    """Lines over days, the oldest first, from 0 to 1; `goal` is to be reached, with its words."""

    days: tuple[date, ...]
    lines: tuple[ChartLine, ...]
    goal: tuple[Fraction, str] | None = None


@record
class TimelineWeek:
    """One column of a timeline, with the hours that are planned in it."""

    number: int
    monday: date
    hours: Fraction
    is_off: bool = False


@record
class TimelineRow:
    """What is under way from one week to another, both included; hours by week, where any are."""

    label: str
    first_week: int
    last_week: int
    hours: tuple[tuple[int, Fraction], ...]
    tone: Tone = ""


@record
class Timeline:
    """Work over the weeks of a plan, with its milestones; `today` where it lies inside."""

    weeks: tuple[TimelineWeek, ...]
    rows: tuple[TimelineRow, ...]
    milestones: tuple[tuple[str, date], ...] = ()
    today: date | None = None


# --- Work ---

ListedState = Literal["open", "begun", "done", "late", "dropped"]


@record
class ListedTask:
    """One piece of work: who does it, until when, and how it stands."""

    text: str
    owner: str
    due: date | None
    state: ListedState


@record
class Tasks:
    """Pieces of work; where there is little room, at most `most` and how many more."""

    tasks: tuple[ListedTask, ...]
    most: int | None = None


Block = Sentence | Items | Command | Table | Bars | Tracks | Chart | Timeline | Tasks


@record
class Section:
    """Blocks under a heading, or without one at the beginning of a page.

    A `detail` is left out where only one screen is wanted; it is in every file and with `--all`.
    """

    heading: str
    blocks: tuple[Block, ...]
    detail: bool = False


def listed(
    heading: str, texts: Iterable[str], *, most: int | None = None, detail: bool = False
) -> Section:
    """Return a section with one list; without texts it is not part of its page."""
    items = Items(tuple(texts), most=most)
    return Section(heading, (items,) if items.texts else (), detail=detail)


@record
class Page:
    """One thing that people look at; sections without blocks are not part of it.

    `rest` says where the rest is of what does not fit one screen; `name` is that among other pages.
    """

    title: str
    sections: tuple[Section, ...]
    rest: str = "with --all"
    name: str = ""


Next = tuple[str, str]
"""What comes next in words, and the command that does it."""


def more_with_all(more: int, noun: str) -> tuple[Sentence, ...]:
    """Say that there is more than one screen shows, if there is."""
    return (Sentence(f"… and {count(more, f'more {noun}')}, with --all", "quiet"),) if more else ()


def told(heading: str, *texts: str, items: Iterable[str] = ()) -> Section:
    """Return sentences under a heading, and a list below them."""
    below = (Items(tuple(items)),) if items else ()
    return Section(heading, (*map(Sentence, texts), *below))


def next_section(said: Sequence[str], *steps: Next, heading: str = "") -> Section:
    """Return sentences, and commands each under its own."""
    blocks: list[Block] = [Sentence(text) for text in said]
    for text, command in steps:
        blocks += [Sentence(text), Command(command)]
    return Section(heading, tuple(blocks))
