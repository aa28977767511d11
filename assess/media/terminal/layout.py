"""Pages -> lines of the terminal. Every picture has words for those who hear the screen."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from assess.media.terminal.bars import draw_bars, draw_tracks
from assess.media.terminal.chart import draw_chart
from assess.media.terminal.lines import EMPTY, Look, ScreenLines, heading, items, paragraph, styled
from assess.media.terminal.table import draw_table
from assess.media.terminal.timeline import draw_timeline
from assess.media.words import task_due
from assess.pages.blocks import (
    Bars,
    Block,
    Chart,
    Command,
    Items,
    ListedTask,
    Page,
    Section,
    Sentence,
    Table,
    Tasks,
    Timeline,
    Tracks,
)

SCREEN: Final = 23
"""The lines of a small terminal, without the one for the prompt."""


def lay_out(page: Page, look: Look, *, everything: bool = True) -> ScreenLines:
    """Return a page, without its details unless everything is wanted."""
    lines = paragraph(page.title, look, tone="strong")
    for section in page.sections:
        if not section.blocks or (section.detail and not everything):
            continue
        if section.heading:
            lines += heading(section.heading, look)
        lines += lay_out_blocks(section.blocks, look, everything=everything)
    return lines


def lay_out_screen(page: Page, look: Look, most: int = SCREEN) -> ScreenLines:
    """Return a page without its details in at most so many lines, its last section whole.

    What does not fit is left out with a line that says so: files and `--all` have it.
    """
    shown = [s for s in page.sections if s.blocks and not s.detail]
    *sections, last = shown or [Section("", ())]
    body = lay_out(Page(page.title, tuple(sections)), look, everything=False)
    named = heading(last.heading, look) if last.heading else []
    end = [*named, *lay_out_blocks(last.blocks, look, everything=False)]
    end = [EMPTY, *end] if not named and len(body) + len(end) < most else end
    if len(body) + len(end) > most:
        # The title stays even where messages have taken the whole screen.
        body = [*body[: max(1, most - len(end) - 1)], styled(f"  … and more, {page.rest}", "quiet")]
    return body + end


def lay_out_blocks(blocks: Iterable[Block], look: Look, *, everything: bool = True) -> ScreenLines:
    """Return blocks one below the other; pictures stand apart from what is around them."""
    lines: ScreenLines = []
    for block in blocks:
        if isinstance(block, Items | Tasks) and everything:
            block = replace(block, most=None)
        drawn = _draw(block, look)
        if drawn and lines and isinstance(block, Bars | Chart | Timeline):
            lines.append(EMPTY)
        lines += drawn
    return lines


def _draw(block: Block, look: Look) -> ScreenLines:
    match block:
        case Sentence():
            return paragraph(block.text, look, tone=block.tone)
        case Items():
            return items(_first(block.texts, block.most), look, tone=block.tone)
        case Command():
            return [styled(f"  {block.text}", "accent")]
        case Table():
            return draw_table(block, look)
        case Bars():
            return draw_bars(block, look)
        case Tracks():
            return draw_tracks(block, look)
        case Chart():
            return draw_chart(block, look)
        case Timeline():
            return draw_timeline(block, look)
        case Tasks():
            return items(_first([task_in_words(task) for task in block.tasks], block.most), look)


def _first(texts: Sequence[str], most: int | None) -> Sequence[str]:
    if most is None or len(texts) <= most:
        return texts
    return [*texts[:most], f"and {len(texts) - most} more."]


def task_in_words(task: ListedTask) -> str:
    """Say what is to be done, by whom and until when; the state where it is not just open."""
    facts = ", ".join(part for part in (task.owner, task_due(task)) if part)
    return f"{task.text} – {facts}" if facts else task.text
