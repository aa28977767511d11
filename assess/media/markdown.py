"""Pages -> Markdown to share: tables for pictures, and nothing that depends on colour."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from assess.document.markdown import escape_markdown, format_table
from assess.figures import count, describe_weeks, long_day, percent, points, short_day
from assess.media.cells import cell_text
from assess.pages.blocks import (
    Bars,
    Block,
    Chart,
    Command,
    Items,
    Page,
    Sentence,
    Table,
    Tasks,
    Timeline,
    Tracks,
)


def render_markdown(page: Page) -> str:
    """Return the whole page, its details included."""
    parts = [f"# {escape_markdown(page.title)}"]
    for section in page.sections:
        if section.blocks:
            parts += [f"## {escape_markdown(section.heading)}"] if section.heading else []
            parts += filter(None, map(_write, section.blocks))
    return "\n\n".join(parts) + "\n"


@singledispatch
def _write(block: Block) -> str:
    raise NotImplementedError(type(block).__name__)


@_write.register
def _(block: Sentence) -> str:
    return escape_markdown(block.text)


@_write.register
def _(block: Items) -> str:
    return _list(map(escape_markdown, block.texts))


@_write.register
def _(block: Command) -> str:
    return f"    {block.text}"


@_write.register
def _(block: Table) -> str:
    align = "".join("r" if column.number else "l" for column in block.columns)
    rows = ([escape_markdown(cell_text(cell)) for cell in row] for row in block.rows)
    return format_table([escape_markdown(c.title) for c in block.columns], rows, align)


@_write.register
def _(block: Bars) -> str:
    remarks = any(row.remark and row.shares for row in block.rows)
    header = ["", *(escape_markdown(c.title) for c in block.columns), *(["Remark"] * remarks)]
    return format_table(header, _bar_rows(block, remarks=remarks), "l" + "r" * len(block.columns))


def _bar_rows(block: Bars, *, remarks: bool) -> Iterator[list[str]]:
    for row in block.rows:
        if row.shares is None:
            cells = [escape_markdown(row.remark), *["–"] * (len(block.columns) - 1)]
        else:
            cells = [percent(share) for share in row.shares]
        remark = [escape_markdown(row.remark) if row.shares else ""] if remarks else []
        yield [escape_markdown(row.label), *cells, *remark]


@_write.register
def _(block: Tracks) -> str:
    header = ["", "Then", "Now", "Points", "Verdict"]
    rows = (
        [
            escape_markdown(row.label),
            percent(row.before),
            percent(row.after),
            points(row.after - row.before),
            escape_markdown(row.word),
        ]
        for row in block.rows
    )
    return format_table(header, rows, "lrrrl") if block.rows else ""


@_write.register
def _(block: Chart) -> str:
    header = ["", *(long_day(day) for day in block.days)]
    rows = (
        [escape_markdown(line.label), *("–" if v is None else percent(v) for v in line.values)]
        for line in block.lines
    )
    return format_table(header, rows, "l" + "r" * len(block.days))


@_write.register
def _(block: Timeline) -> str:
    rows = (
        [
            escape_markdown(row.label),
            describe_weeks(range(row.first_week, row.last_week + 1)),
            count(sum(hours for _, hours in row.hours), "hour"),
        ]
        for row in block.rows
    )
    return format_table(["", "Weeks", "Hours"], rows, "llr")


@_write.register
def _(block: Tasks) -> str:
    return _list(
        escape_markdown(task.text)
        + (f" — *{escape_markdown(task.owner)}*" if task.owner else "")
        + (f", by {short_day(task.due)}" if task.due and task.state != "done" else "")
        for task in block.tasks
    )


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)
