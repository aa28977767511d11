"""What the tools of other people make of our Markdown: prettier and markdownlint.

Install them with `npm ci --prefix tests/node`; these tests fail where they are missing.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from assess.document.reading import read_document
from assess.document.update import update_document
from tests.desk import WRITTEN, Desk
from tests.golden import SAY_NO, facts, golden_texts, rendered
from tests.plans import ROLES

pytestmark = pytest.mark.node

TOOLS = Path(__file__).parent / "node" / "node_modules" / ".bin"


def write_all(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.md" for name in golden_texts()}
    for name, text in golden_texts().items():
        files[name].write_text(text, encoding="utf-8")
    return files


def run_tool(name: str, *arguments: str, folder: Path) -> str:
    tool = TOOLS / name
    assert tool.exists(), f"{name} is missing; install it with: npm ci --prefix tests/node"
    done = subprocess.run([str(tool), *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_markdownlint_finds_nothing_but_long_lines(tmp_path: Path) -> None:
    write_all(tmp_path)
    (tmp_path / ".markdownlint.json").write_text(json.dumps({"MD013": False}), encoding="utf-8")
    run_tool("markdownlint-cli2", "*.md", folder=tmp_path)


def test_prettier_changes_nothing_but_the_sign_of_emphasis(tmp_path: Path) -> None:
    files = write_all(tmp_path)
    run_tool("prettier", "--write", ".", folder=tmp_path)
    for name, before in golden_texts().items():
        # The design writes owners between stars; prettier wants underscores.
        after = files[name].read_text(encoding="utf-8")
        for words in ("the manager", "the team", "replace or escalate", "overtaken"):
            after = after.replace(f"_{words}_", f"*{words}*")
        assert after == before, name


@pytest.mark.parametrize(
    "options", [(), ("--prose-wrap=always", "--print-width=60"), ("--tab-width=4",)]
)
def test_a_plan_formatted_by_prettier_reads_back_the_same(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    files = write_all(tmp_path)
    run_tool("prettier", "--write", *options, ".", folder=tmp_path)
    for name, before in golden_texts().items():
        if name.startswith("plan"):
            assert facts(files[name].read_text(encoding="utf-8")) == facts(before), name


def test_an_update_of_a_plan_formatted_by_prettier_keeps_every_edit(tmp_path: Path) -> None:
    written, new = rendered(), rendered(SAY_NO, ROLES, hours=4)
    file = tmp_path / "plan.md"
    edited = written.replace("- [ ] List the", "* [x] Draw up the")
    file.write_text(edited.replace("## Rhythm", "-   [ ]   my own\n\n## Rhythm"), encoding="utf-8")
    run_tool("prettier", "--write", "--prose-wrap=always", ".", folder=tmp_path)
    once = update_document(file.read_text(encoding="utf-8"), written, new)
    after = read_document(once.text).by_id
    assert after["name-one-owner/1"].is_done
    assert after["name-one-owner/1"].wording.startswith("Draw up the goals")
    assert "say-no/1" in after
    assert "my own" in once.text
    assert update_document(once.text, once.base, new).text == once.text


def test_whatever_people_do_before_prettier_is_kept(tmp_path: Path) -> None:
    """Forty people work on a plan, each in another way; one run of prettier for all."""
    new = rendered(SAY_NO, ROLES, hours=4)
    desks = [_worked_on(Random(seed)) for seed in range(40)]
    for number, desk in enumerate(desks):
        (tmp_path / f"{number}.md").write_bytes(desk.text.encode())
    run_tool("prettier", "--write", "--end-of-line=auto", ".", folder=tmp_path)
    for number, desk in enumerate(desks):
        desk.text = (tmp_path / f"{number}.md").read_bytes().decode()
        desk.assert_kept(WRITTEN, new)


def _worked_on(random: Random) -> Desk:
    desk = Desk()
    names = list(read_document(WRITTEN).by_id)
    words = ("some words", "a *star* [x] _y_", "1. #x", "— Ana, by 4 Dec", "é | <b>")
    acts: tuple[Callable[[str], None], ...] = (
        desk.tick,
        desk.delete,
        lambda name: desk.reword(name, random.choice(words)),
        lambda name: desk.add(name, random.choice(words)),
        lambda name: desk.move(name, random.choice(names)),
    )
    for _ in range(random.randint(1, 8)):
        random.choice(acts)(random.choice(names))
    desk.end_lines_with(random.choice(("\n", "\r\n")))
    return desk
