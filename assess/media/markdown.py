"""Pages -> Markdown to share: tables for pictures, and nothing that depends on colour."""

from collections.abc import Iterable
from functools import singledispatch

from assess.document.markdown import escape_markdown, format_table
from assess.figures import short_day
from assess.media.tabular import cell_text, tabulate
from assess.media.words import Picture, picture_in_words
from assess.pages.blocks import (
    Block,
    Command,
    Items,
    Page,
    Sentence,
    Table,
    Tasks,
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
def _(block: Picture) -> str:
    return _write(tabulate(block)) if picture_in_words(block) else ""


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
