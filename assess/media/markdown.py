"""Pages -> Markdown to share: tables for pictures, and nothing that depends on colour."""

from collections.abc import Iterable

from assess.document.markdown import escape_markdown, format_table
from assess.figures import short_day
from assess.media.tabular import cell_text, tabulate
from assess.media.words import picture_in_words
from assess.pages.blocks import Block, Command, Items, ListedTask, Page, Sentence, Table, Tasks


def render_markdown(page: Page) -> str:
    """Return the whole page, its details included."""
    parts = [f"# {escape_markdown(page.title)}"]
    for section in page.sections:
        if section.blocks:
            parts += [f"## {escape_markdown(section.heading)}"] if section.heading else []
            parts += filter(None, map(_write, section.blocks))
    return "\n\n".join(parts) + "\n"


def _write(block: Block) -> str:
    match block:
        case Sentence():
            return escape_markdown(block.text)
        case Items():
            return _list(map(escape_markdown, block.texts))
        case Command():
            return f"    {block.text}"
        case Table():
            align = "".join("r" if column.number else "l" for column in block.columns)
            rows = ([escape_markdown(cell_text(cell)) for cell in row] for row in block.rows)
            return format_table([escape_markdown(c.title) for c in block.columns], rows, align)
        case Tasks():
            return _list(map(_task, block.tasks))
        case _:
            return _write(tabulate(block)) if picture_in_words(block) else ""


def _task(task: ListedTask) -> str:
    owner = f" — *{escape_markdown(task.owner)}*" if task.owner else ""
    due = f", by {short_day(task.due)}" if task.due and task.state != "done" else ""
    return f"{escape_markdown(task.text)}{owner}{due}"


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)
