"""Pages in one file: everything in it is escaped, and what a browser would obey is shown.

A file says of itself that nothing may be loaded, run or sent; its styles stand in it.

Source: docs/decisions/0012-html.md
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from assess.cells import harmless
from assess.compiled import compiled_templates
from assess.media.html.bars import draw_bars, draw_tracks
from assess.media.html.chart import draw_chart
from assess.media.html.drawing import NARROW, WIDE, Drawing, Frame
from assess.media.html.sheet import fit_sheet
from assess.media.html.timeline import draw_timeline
from assess.media.tabular import cell_text, tabulate
from assess.media.words import (
    FLAG,
    Picture,
    legend_of_tracks,
    milestones_in_words,
    picture_in_words,
    task_due,
)
from assess.pages.blocks import Bars, Chart, Page, Section, Sentence, Timeline, Tracks

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'"
)
"""What a browser must not do with the file; `default-src` alone leaves forms and bases open."""

_DRAWN: Final[Mapping[type, Callable[[Any, Frame], Drawing]]] = {
    Bars: draw_bars,
    Tracks: draw_tracks,
    Chart: draw_chart,
    Timeline: draw_timeline,
}


def render_html(pages: Sequence[Page], *, title: str, language: str = "en") -> str:
    """Return pages as one HTML file that needs nothing else.

    The first page has a sheet of A4 for itself on paper. Where it is called as the whole is, that
    is said once. The language is that of the sentences, for those who hear them.
    """
    numbers = count(1)
    shown = [_shown(page, title, numbers) for page in pages]
    return (
        make_environment()
        .get_template("file.html.j2")
        .render(
            pages=shown,
            fit=fit_sheet(title, shown[0]["sections"]),
            title=title,
            language=language,
            policy=POLICY,
        )
    )


@lru_cache(maxsize=1)
def make_environment() -> Environment:
    """Return the environment of the templates: what they place is escaped, always."""
    environment = Environment(
        loader=PackageLoader("assess.media.html"),
        bytecode_cache=compiled_templates(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell_text": cell_text, "due": task_due}
    return environment


def _visible(value: Any) -> Any:
    """Return text without signs that a browser would obey; what a template made stays."""
    return harmless(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


# --- What templates are given ---


def _shown(page: Page, title: str, numbers: Iterator[int]) -> Mapping[str, Any]:
    """Return a page: whether its title is that of the whole, its accent, and its sections.

    A section is its heading and its blocks, each with the name of its kind.
    """
    sections = [section for section in page.sections if section.blocks]
    tones = [b.tone for s in sections for b in s.blocks if isinstance(b, Sentence)]
    accents = (tone for tone in tones if tone in ("momentum", "maturity", "mastery"))
    return {
        "title": page.title,
        "name": page.name or page.title,
        "is_whole": page.title == title,
        "accent": next(accents, "accent"),
        "sections": [(section.heading, [*_blocks(section, page, numbers)]) for section in sections],
    }


def _blocks(section: Section, page: Page, numbers: Iterator[int]) -> Iterator[tuple[str, Any]]:
    for block in section.blocks:
        if isinstance(block, Picture):
            if not picture_in_words(block):
                continue
            yield "figure", _figure(block, section.heading or page.title, next(numbers))
        else:
            yield type(block).__name__.lower(), block


def _figure(block: Picture, heading: str, number: int) -> Mapping[str, Any]:
    """Return a picture in two widths, what it shows in words, and the same figures as a table."""
    return {
        "number": number,
        "title": heading,
        "about": " ".join(picture_in_words(block)),
        "wide": _DRAWN[type(block)](block, WIDE),
        "narrow": _DRAWN[type(block)](block, NARROW),
        "legend": [*_legend(block)],
        "table": tabulate(block),
    }


def _legend(block: Picture) -> Iterator[str]:
    match block:
        case Bars():
            if block.legend:
                yield f"| {block.legend}"
            if block.flag and any(row.remark and row.shares for row in block.rows):
                yield f"{FLAG}{block.flag}"
        case Tracks():
            yield legend_of_tracks(block, "○", "●", "the grey band")
        case Chart():
            if block.goal:
                yield f"· · · {block.goal[1]}"
        case Timeline():
            yield "A number is the hours of a week; a dotted line, a week without any."
            if words := milestones_in_words(block):
                yield words
