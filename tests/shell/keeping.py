"""Small things to keep, and looks into the file that keeps them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.answers import Answer, HoursSource
from assess.store import Draft, Store, WrittenPlan
from tests.builders import DAY, make_questionnaire

Q = make_questionnaire(goals=2, roles=2)
NAME = ("Lyon", Q.id, DAY)
"""The assessment that `make_assessment` returns."""


def give_answers(store: Store, draft: Draft, level: int, evidence: str = "") -> None:
    """Answer every question of a draft alike, as a person does, one by one."""
    for question in Q.by_id:
        store.put_answer(draft.id, question, Answer(level, evidence))


def send_member(store: Store, level: int, evidence: str = "") -> None:
    """Answer the open assessment as one more member."""
    given = dict.fromkeys(Q.by_id, Answer(level, evidence))
    draft = store.start_draft(Q, "Lyon", DAY, "member", answers=given)
    store.finish_draft(draft.id)


def written_plan(
    text: str = "# Plan\n",
    *,
    document: Mapping[str, Any] | None = None,
    hours: int = 6,
    source: HoursSource = "asked",
    start: date = date(2026, 11, 23),
) -> WrittenPlan:
    return WrittenPlan(
        document=document or {"focus": ["goals"], "value": 12},
        text=text,
        path="/home/lyon/plan.md",
        start=start,
        hours_per_week=hours,
        hours_source=source,
        weeks_off=(3, 4),
        wants=("write-three-goals",),
        skips=("run-experiments",),
    )


def stored_bytes(store: Store) -> bytes:
    """Return all that lies on the disk: the store, and anything beside it."""
    return b"".join(path.read_bytes() for path in sorted(store.path.parent.iterdir()))
