"""Whatever people do to a plan, an update keeps it; and twice is the same as once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import mdformat
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.document.reading import read_document
from assess.document.render import render_plan
from assess.document.update import update_document
from assess.planning.plan import Plan
from tests.builders import action_table
from tests.plans import GOALS, ROLES, make_plan, with_step_texts

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")
EXTRA = action_table(
    "say-no",
    {"goals-1": 2},
    title="Say no",
    steps=[{"week": w, "hours": 1, "do": f"Say no, part {w}."} for w in (1, 2)],
)
WRITTEN = render_plan(make_plan(), TEMPLATE)
IDS = tuple(read_document(WRITTEN).by_id)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).map(
    lambda word: f"my {word} words"
)


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


NAMES = st.sampled_from(IDS)
ACTS = st.one_of(
    st.tuples(st.just("tick"), NAMES),
    st.tuples(st.just("reword"), NAMES, WORDS),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("add"), NAMES, WORDS),
    st.tuples(st.just("end_lines_with"), st.sampled_from(["\n", "\r\n"])),
    st.tuples(st.just("format")),
)
PLANS: dict[str, Plan] = {
    "the same": make_plan(),
    "less": make_plan(ROLES, hours=4),
    "more": make_plan(EXTRA, GOALS, ROLES),
    "other": make_plan(ROLES, EXTRA),
    "reworded": with_step_texts(
        make_plan(first_weeks={"name-one-owner": 5}), {IDS[0]: "Ask the boss."}
    ),
}
NEW = {name: render_plan(plan, TEMPLATE) for name, plan in PLANS.items()}


@settings(max_examples=50, deadline=None)
@given(acts=st.lists(ACTS, max_size=8), plan=st.sampled_from(tuple(NEW)), remembers=st.booleans())
def test_an_update_keeps_every_edit_and_is_the_same_done_twice(
    acts: list[tuple[str, ...]], plan: str, remembers: bool
) -> None:
    desk = Desk()
    for act, *arguments in acts:
        getattr(desk, act)(*arguments)
    last = WRITTEN if remembers else None
    new = NEW[plan]

    once = update_document(desk.text, last, new)

    after = read_document(once.text)
    assert {name for name in desk.ticked - desk.deleted if not after.by_id[name].is_done} == set()
    assert {
        name: after.by_id[name].wording for name in desk.reworded if name not in desk.deleted
    } == {name: words for name, words in desk.reworded.items() if name not in desk.deleted}
    assert desk.deleted & set(after.by_id) == set()
    assert [own for own in desk.own if once.text.count(own) != 1] == []
    assert len(after.own_tasks) == len(read_document(desk.text).own_tasks)
    if remembers:
        assert set(read_document(new).by_id) - set(after.by_id) <= desk.deleted
    assert update_document(once.text, once.base, new).text == once.text
    assert update_document(once.text, last, new).text == once.text
    assert update_document(once.text, once.base, new).changes == ()


@given(plans=st.lists(st.sampled_from(tuple(NEW)), max_size=4))
@settings(max_examples=20, deadline=None)
def test_plan_after_plan_leaves_the_tasks_of_the_last_one(plans: list[str]) -> None:
    text = base = WRITTEN
    for plan in plans:
        update = update_document(text, base, NEW[plan])
        text, base = update.text, update.base
    last = PLANS[plans[-1] if plans else "the same"]
    planned = {step.id for priority in last.priorities for step in priority.steps}
    active = read_document(text.split("**Taken out of the plan:**")[0])
    assert set(active.by_id) == planned
    assert mdformat.text(text, extensions={"gfm", "frontmatter"}) == text
