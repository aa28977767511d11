"""What a plan promises, from its first tick to the comparison, through commands alone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.typing_in import CommandLine

FIRST, SECOND = date(2026, 5, 18), date(2026, 8, 24)


@pytest.fixture
def planned(assess: CommandLine) -> CommandLine:
    """A team at level 0 in two of four questions, with a plan from its first day."""
    assess.use_small_data()
    file = assess.write_answers("first.toml", 0, 0, 1, 1, day=FIRST)
    assert assess("run", "--answers", file, "--today", "2026-05-18").code == 0
    return assess


def compare_after(assess: CommandLine, *levels: object, **head: Any) -> Any:
    file = assess.write_answers("second.toml", *levels, day=SECOND, **head)
    assert assess("run", "--answers", file, "--today", "2026-08-24").code == 0
    return assess("compare", "--json").document["planned"]


def promised(assess: CommandLine) -> list[dict[str, Any]]:
    document: list[dict[str, Any]] = assess("plan", "--json", "--today", "2026-05-18").document[
        "promised"
    ]
    return document


def drop(assess: CommandLine, question: str, *note: str) -> None:
    """Drop all work that was to lift a question, and hold a check-in."""
    plan = assess("plan", "--json", "--today", "2026-05-19").document
    lifting = {
        c["action"] for c in plan["candidates"] for r in c["rungs"] if r["question"] == question
    }
    steps = [s["id"] for p in plan["priorities"] if p["action"] in lifting for s in p["steps"]]
    assert steps
    assert assess("step", *steps, "--drop", *note, "--today", "2026-06-01").code == 0
    assert assess("checkin", "--no-input", "--today", "2026-06-01").code == 0


def test_comparison_begins_with_the_promise_of_the_plan(planned: CommandLine) -> None:
    expected = promised(planned)
    found = compare_after(planned, 3, 3, 3, 3)
    assert [
        {k: one[k] for k in ("question", "from", "to")} for one in found["promised"]
    ] == expected
    assert found["reached"] == found["rose"] == len(expected)
    assert planned("compare").out.split("\n\n")[1].startswith("What the plan was to make true")
    result = planned("result").out
    assert result.index("What the plan was to make true") < result.index("is in ")


def test_what_is_dropped_with_a_cause_is_put_aside_and_counted_apart(planned: CommandLine) -> None:
    question = promised(planned)[0]["question"]
    drop(planned, question, "--note", "no budget this year")
    found = compare_after(planned, 0, 0, 1, 1)
    aside = {one["question"]: one["put_aside"] for one in found["promised"]}
    assert aside[question] == {"on": "2026-06-01", "cause": "no budget this year"}
    assert [name for name, put in aside.items() if put] == [question]
    assert "1 put aside on 1 June 2026 (no budget this year)" in " ".join(
        planned("compare").out.split()
    )


def test_what_is_dropped_without_a_cause_is_not_kept_and_no_more(planned: CommandLine) -> None:
    drop(planned, promised(planned)[0]["question"])
    found = compare_after(planned, 0, 0, 1, 1)
    assert not any(one["put_aside"] for one in found["promised"])


def test_promise_of_members_plan_needs_their_medians(assess: CommandLine) -> None:
    assess.use_small_data()
    for day, level in ((FIRST, 0), (SECOND, 1)):
        assert assess.open_to(10, day=day).code == 0
        today = ("--today", str(day))
        assert assess("collect", *assess.write_members(*[level] * 10, day=day), *today).code == 0
        assert assess("close", "--yes", *today).code == 0
        assert assess("plan", *today).code == 0
    found = assess("compare", "--json").document
    assert found["view"] == "members"
    assert {one["state"] for one in found["planned"]["promised"]} <= {"reached", "part"}
    assert {one["shown"] for one in found["planned"]["promised"]} == {None}
    assert found["moves"]


def test_home_and_check_in_count_what_is_true_so_far(planned: CommandLine) -> None:
    plan = planned("plan", "--json", "--today", "2026-05-18").document
    of = len(plan["promised"])
    sentence = f"What this plan should make true by 14 August: {{}} of {of} so far."
    assert sentence.format(0) in planned("--today", "2026-05-19").out
    step = plan["priorities"][0]["steps"][0]["id"]
    assert planned("step", step, "--done", "--today", "2026-05-19").code == 0
    home = planned("--today", "2026-05-19", "--json").document["teams"][0]
    assert home["promised"]["of"] == of
    assert (
        sentence.format(home["promised"]["true"])
        in planned("checkin", "--no-input", "--today", "2026-05-19").out
    )


def test_plan_says_what_it_should_make_true_and_what_will_be_seen(planned: CommandLine) -> None:
    text = next(Path(planned.folder).glob("*.md")).read_text()
    section = text.split("## What this plan should make true by 14 August")[1].split("##")[0]
    assert f"{len(promised(planned))} things, each told under “Done when”." in section
    assert "the next comparison " in section.lower()
