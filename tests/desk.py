"""A person who works on a plan, and what an update has to keep of that work."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field  # noqa: TID251  # It changes.
from pathlib import Path

import mdformat

from assess.document.reading import read_document
from assess.document.update import update_document
from assess.pages.plan_paper import render_plan
from tests.plans import make_plan

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")
WRITTEN = render_plan(make_plan(), TEMPLATE)
LINE_OF = r"(?m)^.*assess:{} -->[^\r\n]*(?:\r\n|\r|\n)"


@dataclass
class Desk:
    """A plan on somebody's desk, and what that person did to it."""

    text: str = WRITTEN
    ticked: set[str] = field(default_factory=set)
    reworded: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    own: list[str] = field(default_factory=list)

    def change_line(self, name: str, change: Callable[[str], str]) -> bool:
        found = re.search(LINE_OF.format(name), self.text)
        if found:
            line = change(found[0])
            self.text = self.text[: found.start()] + line + self.text[found.end() :]
        return found is not None

    def tick(self, name: str) -> None:
        if self.change_line(name, lambda line: line.replace("[ ]", "[x]")):
            self.ticked.add(name)

    def reword(self, name: str, words: str) -> None:
        written = words.replace("\\", "\\\\").replace("<", "\\<").replace("`", "\\`")
        pattern = r"\[([ x])\] .*(?= <!-- assess)"
        if self.change_line(
            name, lambda line: re.sub(pattern, lambda m: f"[{m[1]}] {written}", line)
        ):
            self.reworded[name] = read_document(self.text).by_id[name].wording

    def delete(self, name: str) -> None:
        if self.change_line(name, lambda line: ""):
            self.deleted.add(name)

    def move(self, name: str, behind: str) -> None:
        found = re.search(LINE_OF.format(name), self.text)
        if found and name != behind and f"assess:{behind} " in self.text:
            self.change_line(name, lambda line: "")
            self.change_line(behind, lambda line: line + found[0])

    def add(self, name: str, words: str) -> None:
        mine = f"- [ ] own {len(self.own)} {words}"
        if self.change_line(name, lambda line: f"{line}{mine}{line[len(line.rstrip()) :]}"):
            self.own.append(f"own {len(self.own)} ")

    def end_lines_with(self, line_end: str) -> None:
        self.text = re.sub(r"\r\n|\r|\n", lambda _: line_end, self.text)

    def format(self) -> None:
        self.text = mdformat.text(self.text, extensions={"gfm", "frontmatter"})

    def assert_kept(self, last: str | None, new: str) -> None:
        """Update the plan, and assert that every edit is there and that twice changes nothing."""
        once = update_document(self.text, last, new)

        after = read_document(once.text)
        assert {
            name for name in self.ticked - self.deleted if not after.by_id[name].is_done
        } == set()
        assert {
            name: after.by_id[name].wording for name in self.reworded if name not in self.deleted
        } == {name: words for name, words in self.reworded.items() if name not in self.deleted}
        assert self.deleted & set(after.by_id) == set()
        assert [own for own in self.own if once.text.count(own) != 1] == []
        assert len(after.own_tasks) == len(read_document(self.text).own_tasks)
        if last is not None:
            assert set(read_document(new).by_id) - set(after.by_id) <= self.deleted
        assert update_document(once.text, once.base, new).text == once.text
        assert update_document(once.text, last, new).text == once.text
        assert update_document(once.text, once.base, new).changes == ()
