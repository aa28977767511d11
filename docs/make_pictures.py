"""Makes every picture of the documents: the terminal as SVG, the report as PNG.

Run it in a clone as `python -m docs.make_pictures`, with the extra `test` installed and Chromium
on the path. The pictures are those of the demo's team, so they change only with what is shown.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pexpect
import pyte

PICTURES: Final = Path(__file__).parent / "pictures"
TODAY: Final = "2026-08-27"
SCENES: Final = {
    "home": ("A team at home: what this week brings, and what to type next", ("--no-input",)),
    "result": ("A result: the stage, what came of the plan, and the dimensions", ("result",)),
    "checkin": ("A check-in: what is done, late and due", ("checkin", "--no-input")),
    "plan": ("A plan of ninety days: what, when, by whom", ("plan",)),
    "compare": ("This quarter beside the last", ("compare",)),
    "overview": ("Several teams side by side", ("overview",)),
}
TEAMS: Final = ("studio-eight", "software-four", "shops-twelve", "hospital-five")
"""Answers of the tests, so that there is more than one team to put side by side."""
COLUMNS, ROWS = 80, 200
MOST_ROWS: Final = 26
WIDTH, HEIGHT, EDGE = 8.4, 18, 14
COLOURS: Final = {
    "default": "#e6e6e6",
    "cyan": "#6cc5d6",
    "blue": "#86aef7",
    "magenta": "#d79bf0",
    "green": "#8ccf7e",
    "red": "#f08a84",
    "brown": "#e5c76b",
}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        subprocess.run([*_assess(), "demo", "--out", "demo"], cwd=folder, check=True, env=_world())
        for scene, (title, words) in SCENES.items():
            if scene == "overview":
                _add_teams(folder)
            told = tuple(word for word in words if word != "--no-input")
            text = _draw(_look(folder, words), title, ("assess", *told)).replace(f"{folder}/", "")
            (PICTURES / f"{scene}.svg").write_text(text, encoding="utf-8")
            if scene == "compare":
                _photograph(folder)


def _add_teams(folder: Path) -> None:
    answers = Path(__file__).resolve().parent.parent / "tests" / "plans"
    for number, name in enumerate(TEAMS):
        words = ("run", "--answers", str(answers / f"{name}.toml"), "--out", f"{number}.md")
        command = [*_assess(), *words, "--json", "--today", TODAY]
        subprocess.run(command, cwd=folder, check=True, env=_world(), stdout=subprocess.DEVNULL)


def _assess() -> tuple[str, ...]:
    return sys.executable, "-m", "assess"


def _world() -> dict[str, str]:
    """Return the environment of a person with the demo's store and a terminal of 80 columns."""
    root = str(Path(__file__).resolve().parent.parent)
    more = {"PYTHONPATH": root, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    return {**os.environ, **more, "ASSESS_STORE": "demo/demo.sqlite"}


def _look(folder: Path, words: tuple[str, ...]) -> pyte.Screen:
    """Run a command in a terminal, and return what stands there at the end."""
    screen = pyte.Screen(COLUMNS, ROWS)
    command = [*_assess(), *words, "--today", TODAY]
    child = pexpect.spawn(
        command[0], command[1:], cwd=str(folder), env=_world(), dimensions=(ROWS, COLUMNS)
    )
    stream = pyte.ByteStream(screen)
    while True:
        try:
            stream.feed(child.read_nonblocking(65_536, timeout=20))
        except (pexpect.EOF, pexpect.TIMEOUT):
            return screen


def _draw(screen: pyte.Screen, title: str, command: tuple[str, ...]) -> str:
    """Return what stands on a screen as SVG, under the command that brought it there."""
    shown = [list(_runs(screen.buffer[row])) for row in range(ROWS)]
    while shown and not any(text.strip() for _, text, *_ in shown[-1]):
        shown.pop()
    if len(shown) > MOST_ROWS:
        shown = [*shown[:MOST_ROWS], [(2, "…", COLOURS["default"], False)]]
    prompt = [(0, f"$ {' '.join(command)}", COLOURS["green"], True)]
    rows = [prompt, *shown]
    width, height = COLUMNS * WIDTH + 2 * EDGE, len(rows) * HEIGHT + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" rx="8" fill="#15181e"/>',
        '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
    ]
    for number, runs in enumerate(rows, start=1):
        for column, text, colour, bold in runs:
            x, y = EDGE + column * WIDTH, EDGE + number * HEIGHT - 4
            weight = ' font-weight="700"' if bold else ""
            lines.append(
                f'<text x="{x:.1f}" y="{y}" fill="{colour}"{weight} xml:space="preserve" '
                f'textLength="{len(text) * WIDTH:.1f}">{escape(text)}</text>'
            )
    return "\n".join((*lines, "</g>", "</svg>", ""))


def _runs(row: Any) -> Iterator[tuple[int, str, str, bool]]:
    """Yield the pieces of a row that look alike: where they begin, their text, colour, weight."""
    cells = [(row[column].fg, row[column].bold) for column in range(COLUMNS)]
    for (colour, bold), places in groupby(range(COLUMNS), key=lambda column: cells[column]):
        columns = list(places)
        text = "".join(row[column].data for column in columns).rstrip()
        if text.strip():
            yield columns[0], text, COLOURS.get(colour, COLOURS["default"]), bold


def _photograph(folder: Path) -> None:
    """Let Chromium photograph the first page of a report."""
    command = [*_assess(), "report", "--out", "report.html", "--today", TODAY]
    subprocess.run(command, cwd=folder, check=True, env=_world(), stdout=subprocess.DEVNULL)
    chromium = shutil.which("chromium") or "chromium"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    size = ("--window-size=900,1100", f"--screenshot={PICTURES / 'report.png'}")
    page = (folder / "report.html").as_uri()
    subprocess.run([chromium, *options, *size, page], check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
