"""Whatever people do to a plan, an update keeps it; and twice is the same as once."""

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.document.reading import read_document
from assess.document.update import update_document
from assess.pages.plan_paper import render_plan
from assess.planning.plan import Plan
from tests.builders import action_table
from tests.desk import TEMPLATE, WRITTEN, Desk
from tests.plans import GOALS, ROLES, make_plan, with_step_texts

pytestmark = pytest.mark.one_python

EXTRA = action_table(
    "say-no",
    {"goals-1": 2},
    title="Say no",
    steps=[{"week": w, "hours": 1, "do": f"Say no, part {w}."} for w in (1, 2)],
)
IDS = tuple(read_document(WRITTEN).by_id)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).map(
    lambda word: f"my {word} words"
)


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

    desk.assert_kept(last, new)


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
