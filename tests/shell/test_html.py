"""One HTML file from pages: nothing outside it, nothing hidden in it, and every figure said."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined

import assess.media.html as package
from assess.cells import harmless
from assess.media.html.chart import draw_chart
from assess.media.html.drawing import WIDE
from assess.media.html.render import POLICY, make_environment, render_html
from assess.media.tabular import cell_text, tabulate
from assess.media.words import Picture, picture_in_words
from assess.pages.blocks import Page, Section, Sentence
from tests.report_pages import (
    HOSTILE,
    TITLE,
    make_bars,
    make_chart,
    make_hostile_page,
    make_report,
    make_timeline,
    make_tracks,
)

FOLDER = Path(package.__file__).parent
PICTURES: tuple[Picture, ...] = (make_bars(), make_tracks(), make_chart(), make_timeline())
VOID = {"meta"}


class Reader(HTMLParser):
    """What a browser would make of a file: elements with their attributes, and the text in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style" and data.strip():
            self.texts.append(data.strip())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read_page(*blocks: object, heading: str = "Heading") -> Reader:
    page = Page("Page", (Section(heading, blocks),))  # type: ignore[arg-type]
    return Reader(render_html([page], title=TITLE))


# --- The file ---


def test_the_policy_comes_before_anything_that_it_could_forbid() -> None:
    head = Reader(render_html(make_report(), title=TITLE)).elements[:4]
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert head[2:] == [("meta", {"charset": "utf-8"}), ("meta", policy)]


def test_a_file_names_nothing_outside_itself() -> None:
    text = render_html(make_report(), title=TITLE)
    reader = Reader(text)
    assert {"script", "link", "img", "iframe", "form", "base"} & {
        n for n, _ in reader.elements
    } == set()
    assert all(str(link["href"]).startswith("#page-") for link in reader.named("a"))
    assert not re.search(r"url\(|@import|https?:|\son\w+=", text)


def test_every_name_inside_a_file_is_there_once() -> None:
    reader = Reader(render_html(make_report(), title=TITLE))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    referred = {
        str(attributes[name]).removeprefix("#")
        for _, attributes in reader.elements
        for name in ("aria-labelledby", "aria-describedby", "href")
        if name in attributes
    }
    assert len(ids) == len(set(ids))
    assert referred <= set(ids)


def test_links_to_pages_say_what_they_are_of() -> None:
    pages = [replace(page, name=f"Part {n}") for n, page in enumerate(make_report())]
    texts = Reader(render_html(pages, title=TITLE)).texts
    assert [text for text in texts if text.startswith("Part")] == [page.name for page in pages]


def test_equal_pages_give_equal_bytes() -> None:
    first, second = (render_html(make_report(), title=TITLE) for _ in range(2))
    assert first == second


def test_a_title_that_the_first_page_has_too_is_said_once() -> None:
    reader = Reader(render_html(make_report()[:1], title=TITLE))
    assert reader.texts.count(TITLE) == 2  # the tab and the heading
    assert reader.named("nav") == []


def test_headings_skip_no_level() -> None:
    for title in (TITLE, "Another title"):
        elements = Reader(render_html(make_report(), title=title)).elements
        levels = [int(name[1]) for name, _ in elements if re.fullmatch("h[1-6]", name)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_without_blocks_are_no_part_of_a_page_and_details_are() -> None:
    page = Page("P", (Section("Nothing", ()), Section("More", (Sentence("Words."),), detail=True)))
    texts = Reader(render_html([page], title=TITLE)).texts
    assert "Nothing" not in texts
    assert {"More", "Words."} <= set(texts)


# --- What a person typed ---


def test_templates_escape_and_fail_on_a_misspelt_name() -> None:
    environment = make_environment()
    assert environment.autoescape is True
    assert environment.undefined is StrictUndefined
    made = environment.from_string("{{ text }}").render(text="<b>\u202e\x1b")
    assert made == "&lt;b&gt;\ufffd\ufffd"


def test_nothing_goes_around_the_escaping() -> None:
    texts = "".join(
        p.read_text(encoding="utf-8")
        for p in FOLDER.rglob("*")
        if p.suffix != ".pyc" and p.is_file()
    )
    # The form's own script, and data in which every `<` is written otherwise.
    for ours in ("script", "data"):
        assert texts.count(f"{{{{ {ours} | safe }}}}") == 1
        texts = texts.replace(f"{{{{ {ours} | safe }}}}", "")
    # The names of the attributes that pictures are drawn with are those of `drawing.py`.
    assert texts.count("it.attributes|xmlattr") == 1
    texts = texts.replace("it.attributes|xmlattr", "")
    assert not re.search(r"Markup|\|\s*safe|autoescape false|tojson|xmlattr", texts)
    # No attribute without quotes, and none in which text would be more than text.
    assert not re.search(r"=\{\{|\b(?:src|on\w+)=", texts)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_person_typed_stays_text(words: str) -> None:
    reader = Reader(render_html([make_hostile_page(words)], title=words, language="en"))
    plain = Reader(render_html([make_hostile_page("words")], title="words"))
    kinds = {name for name, _ in reader.elements}
    assert kinds == {name for name, _ in plain.elements}
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f]", "".join(reader.texts))
    assert harmless(words) in " ".join(reader.texts)


def structure(text: str) -> list[tuple[str, list[str]]]:
    """Return the elements of a page of such words; a longer label takes more lines of text."""
    elements = Reader(render_html([make_hostile_page(text)], title=text)).elements
    return [(name, list(attributes)) for name, attributes in elements if name != "text"]


PLAIN = structure("words")


@settings(max_examples=25)
@given(words=st.text(min_size=1).filter(str.strip))
def test_whatever_a_person_types_changes_no_structure(words: str) -> None:
    assert structure(words) == PLAIN


def test_words_that_look_like_a_template_are_not_run() -> None:
    text = render_html([make_hostile_page("{{ 7*7 }}")], title=TITLE)
    assert "{{ 7*7 }}" in text


# --- Pictures ---


@pytest.mark.parametrize("block", PICTURES, ids=lambda block: type(block).__name__)
def test_every_picture_has_a_title_a_description_and_its_figures_as_a_table(block: Picture) -> None:
    reader = read_page(block)
    [picture] = [svg for svg in reader.named("svg") if svg["class"] == "picture"]
    assert picture["role"] == "img"
    assert picture["aria-labelledby"]
    assert all(sentence in " ".join(reader.texts) for sentence in picture_in_words(block))
    assert len(reader.named("table")) == 1
    cells = [cell_text(cell) for row in tabulate(block).rows for cell in row]
    assert set(filter(None, cells)) <= set(reader.texts)


@pytest.mark.parametrize("block", PICTURES, ids=lambda block: type(block).__name__)
def test_the_letters_of_a_picture_are_kept_from_screen_readers(block: Picture) -> None:
    groups = [group for group in read_page(block).named("g") if "aria-hidden" not in group]
    assert groups == []


def test_what_a_picture_shows_is_inside_it() -> None:
    for block in PICTURES:
        reader = read_page(block)
        for rect in reader.named("rect"):
            x, width = (float(str(rect[n]).strip("%")) for n in ("x", "width"))
            if str(rect["x"]).endswith("%") and str(rect["width"]).endswith("%"):
                assert 0 <= x <= x + width <= 100.01


def test_a_picture_of_nothing_is_left_out() -> None:
    assert read_page(replace(make_bars(), rows=()), Sentence("Words.")).named("figure") == []


def test_a_chart_of_one_day_has_a_dot_for_each_line() -> None:
    lines = tuple(replace(line, values=(Fraction(1, 2),)) for line in make_chart().lines)
    once = replace(make_chart(), days=make_chart().days[:1], lines=lines)
    assert len(read_page(once).named("circle")) == 4  # one on the chart, one at its name; twice


def test_names_at_the_ends_of_lines_stand_apart() -> None:
    lines = tuple(replace(line, values=(Fraction(0),) * 4) for line in make_chart().lines)
    names = [
        float(shape.attributes["y"].removesuffix("em"))
        for shape in draw_chart(replace(make_chart(), lines=lines), WIDE).shapes
        if shape.text.endswith(" 0 %")
    ]
    assert len(names) == 3
    assert all(below - above >= 1.3 - 1e-9 for above, below in pairwise(sorted(names)))


def test_where_a_share_was_is_an_open_ring_whatever_came_of_it() -> None:
    tracks = make_tracks()
    quiet = replace(tracks, rows=tuple(replace(row, tone="quiet") for row in tracks.rows))
    drawn = render_html([Page(TITLE, (Section("", (quiet,)),))], title=TITLE)
    assert 'class="quiet ring"' in drawn
    assert "svg .quiet {" not in drawn


# --- Colours ---


def colours() -> Iterator[dict[str, str]]:
    """Return the variables of the style sheet: light, then dark."""
    style = (FOLDER / "templates/style.css").read_text(encoding="utf-8")
    for part in re.findall(r":root \{(.*?)\}", style, re.DOTALL):
        yield dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21; source: WCAG 2.2."""
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(p * weight for p, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


TEXTS = ("ink", "quiet", "accent", "momentum", "maturity", "mastery", "rise", "fall", "warning")


@pytest.mark.parametrize(("scheme", "colour"), list(product((0, 1), TEXTS)))
def test_every_colour_of_letters_can_be_read_on_paper_and_desk(scheme: int, colour: str) -> None:
    values = list(colours())[scheme]
    assert contrast(values[colour], values["paper"]) >= 4.5
    assert contrast(values[colour], values["desk"]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
def test_a_bar_stands_out_from_its_rail_and_the_mark_from_both(scheme: int) -> None:
    values = list(colours())[scheme]
    for tone in ("accent", "momentum", "maturity", "mastery", "ink", "quiet"):
        assert contrast(values[tone], values["rail"]) >= 3
    assert contrast(values["ink"], values["rail"]) >= 4.5  # a command


def test_both_schemes_name_the_same_colours_and_the_dark_one_is_for_screens_alone() -> None:
    light, dark = colours()
    assert light.keys() == dark.keys()
    style = (FOLDER / "templates/style.css").read_text(encoding="utf-8")
    assert re.findall(r"@media[^{]*dark[^{]*", style) == [
        "@media screen and (prefers-color-scheme: dark) "
    ]
