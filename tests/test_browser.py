"""What a real browser makes of our HTML: on three widths, in the dark, on paper, by keyboard.

Install what drives it with `npm ci --prefix tests/node`; Chromium and pdftotext come from the
system. These tests fail where they are missing.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assess.media.html import render_html
from tests.pages import PAGES
from tests.report_pages import (
    HOSTILE,
    LAST_WORDS,
    LONG_WORD,
    TITLE,
    make_board_page,
    make_full_board_page,
    make_hostile_page,
    make_report,
)

pytestmark = pytest.mark.browser

NODE = Path(__file__).parent / "node"
FILES = ("report", "board", "full", "real", "long", "hostile")
Seen = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write one file of each sort."""
    folder = tmp_path_factory.mktemp("pages")
    hostile = " ".join(HOSTILE)
    for name, pages, title in (
        ("report", make_report(), TITLE),
        ("board", (make_board_page(),), "Another title than that of its page"),
        ("full", (make_full_board_page(),), TITLE),
        ("real", [make() for make in PAGES.values()], "One page of every kind"),
        ("long", (make_hostile_page(LONG_WORD),), LONG_WORD),
        ("hostile", (make_hostile_page(hostile),), hostile),
    ):
        (folder / f"{name}.html").write_text(render_html(pages, title=title), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def seen(folder: Path) -> Seen:
    """Open all files in one browser: name -> what happened."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing; install the package of the system"
    assert (NODE / "node_modules/axe-core").exists(), "run: npm ci --prefix tests/node"
    files = [str(folder / f"{name}.html") for name in FILES]
    command = ["node", str(NODE / "look-at-pages.mjs"), chromium, str(folder), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {Path(page["file"]).stem: page for page in json.loads(done.stdout)}


def sheets(pdf: Path) -> list[str]:
    """Return the text of each sheet of paper."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("name", FILES)
def test_no_request_leaves_and_nothing_is_forbidden_because_nothing_is_tried(
    seen: Seen, folder: Path, name: str
) -> None:
    page = seen[name]
    assert page["requests"] == [(folder / f"{name}.html").as_uri()]
    assert page["violations"] == []
    assert page["messages"] == []


@pytest.mark.parametrize("name", FILES)
def test_axe_finds_nothing_and_leaves_nothing_open(seen: Seen, name: str) -> None:
    assert seen[name]["axe"] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_scrolls_sideways(seen: Seen, name: str) -> None:
    assert {int(width): needed for width, needed in seen[name]["widths"].items()} == {
        width: width for width in map(int, seen[name]["widths"])
    }


@pytest.mark.parametrize("name", FILES)
def test_every_link_and_every_table_is_reached_by_keyboard(seen: Seen, name: str) -> None:
    assert seen[name]["focusable"]["reached"] == seen[name]["focusable"]["wanted"]


@pytest.mark.parametrize("name", ["board", "full"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_for_the_board_is_one_sheet(
    seen: Seen, folder: Path, paper: str, name: str
) -> None:
    assert seen[name]
    [sheet] = sheets(folder / f"{name}-{paper}.pdf")
    assert LAST_WORDS in sheet


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_first_page_of_a_report_has_a_sheet_for_itself(
    seen: Seen, folder: Path, paper: str
) -> None:
    assert seen["report"]
    first, second, *_ = sheets(folder / f"report-{paper}.pdf")
    assert LAST_WORDS in first
    assert "Where the team stands" not in first
    assert second.lstrip().startswith("Where the team stands")


def test_the_page_for_the_board_leaves_a_tenth_of_its_sheet_free(seen: Seen, folder: Path) -> None:
    """Other fonts are wider than the one here."""
    assert seen["board"]
    pdf = folder / "board-a4.pdf"
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    lowest = max(map(float, re.findall(r'yMax="([\d.]+)"', done.stdout.decode())))
    assert lowest <= 0.9 * 842


def test_paper_is_light_also_where_the_screen_is_dark(seen: Seen) -> None:
    assert {page["ink_on_paper"] for page in seen.values()} == {"rgb(29, 36, 48)"}
