"""Where a plan stands: what is done, open, late and dropped, and in which week the team is."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.checkin.status import ActionFacts, CheckIn, PastCheckIn, review_progress
from assess.document.reading import read_document
from assess.document.ticks import read_ticks
from assess.documents.checkin import describe_checkin
from assess.documents.plan import describe_plan, read_plan_record
from assess.pages.checkin import describe_past, describe_progress
from assess.pages.plan_paper import render_plan
from tests.plans import make_plan

TEMPLATES = Path("plans/templates")
PLAN = make_plan()
RECORD = read_plan_record(describe_plan(PLAN))
WRITTEN = render_plan(PLAN, (TEMPLATES / "plan.md.j2").read_text(encoding="utf-8"))
FIRST, SECOND, STOP, LIST, AGREE = (step.id for step in RECORD.steps)
IN_WEEK_3 = date(2026, 12, 7)


def ticked(*names: str, text: str = WRITTEN) -> str:
    lines = text.splitlines()
    marked = [
        line.replace("[ ]", "[x]") if any(f"assess:{n} " in line for n in names) else line
        for line in lines
    ]
    return "\n".join(marked) + "\n"


def check(text: str, today: date = IN_WEEK_3, last: date | None = None) -> CheckIn:
    document = read_document(text, WRITTEN)
    facts = ActionFacts({action.id: action.levers for action in PLAN.actions.values()})
    return review_progress(document, RECORD, today, reviews=PLAN.reviews, facts=facts, last=last)


def ids(checkin: CheckIn, state: str) -> list[str]:
    return [status.id for status in checkin.steps if status.state == state]


@given(st.lists(st.sampled_from(" x-/X"), min_size=5, max_size=5))
def test_ticks_alone_are_told_as_by_who_reads_all_of_the_file(marks: list[str]) -> None:
    given_marks = iter(marks)
    text = re.sub(r"- \[ \](?=.*assess:)", lambda _: f"- [{next(given_marks)}]", WRITTEN)
    states = read_ticks(text, WRITTEN)
    assert states is not None
    assert review_progress(states, RECORD, IN_WEEK_3, reviews=PLAN.reviews) == review_progress(
        read_document(text, WRITTEN), RECORD, IN_WEEK_3, reviews=PLAN.reviews
    )


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN.replace("by Fri 27 Nov", "by Fri 11 Dec"),
        WRITTEN.replace("[ ]", "[?]", 1),
        WRITTEN.replace("[ ]", "[done]", 1),
        WRITTEN.replace("- [ ]", "* [x]", 1),
        WRITTEN.replace("- [ ]", "-", 1),
        WRITTEN.replace("\n", "\r\n"),
        WRITTEN.replace("# ", "## ", 1),
        WRITTEN.replace(f"assess:{FIRST}", f"assess:{SECOND}"),
        f"{WRITTEN}- [ ] Our own\n",
        WRITTEN.removesuffix("\n"),
    ],
)
def test_whoever_did_more_than_tick_is_read_whole(text: str) -> None:
    assert read_ticks(text, WRITTEN) is None


@pytest.mark.parametrize(
    "more",
    [
        f"- [ ] Agree <!-- assess:{FIRST} -->",
        "- [x] Stop the Monday report <!-- assess:hours/report -->",
        "1. ☐ Our own",
        f"Once more <!-- assess:{SECOND} -->",
        "- [ ] Gone <!-- assess:gone/1 deleted -->",
    ],
)
def test_what_is_no_open_step_of_the_plan_is_read_whole(more: str) -> None:
    assert read_ticks(f"{WRITTEN}{more}\n", f"{WRITTEN}{more}\n") is None


def test_steps_are_done_late_open_or_dropped() -> None:
    text = "\n".join(line for line in ticked(FIRST).splitlines() if STOP not in line)
    checkin = check(text)
    assert ids(checkin, "done") == [FIRST]
    assert ids(checkin, "late") == [SECOND]
    assert ids(checkin, "dropped") == [STOP]
    assert ids(checkin, "open") == [LIST, AGREE]


def test_a_step_is_late_from_the_day_after_it_was_due() -> None:
    assert ids(check(WRITTEN, date(2026, 11, 27)), "late") == []
    assert ids(check(WRITTEN, date(2026, 11, 28)), "late") == [FIRST]


def test_a_date_changed_by_hand_counts() -> None:
    text = WRITTEN.replace("by Fri 27 Nov", "by Fri 11 Dec")
    assert FIRST not in ids(check(text), "late")


def test_hours_done_stand_against_hours_due() -> None:
    checkin = check(ticked(FIRST))
    assert (checkin.hours_planned, checkin.hours_due, checkin.hours_done) == (11, 7, 2)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((FIRST,), "The plan is in week 3, the work behind: 2 hours done, 7 due by now."),
        ((FIRST, SECOND), "The plan is in week 3, the work on course: 7 hours done, 7 due"),
        ((FIRST, SECOND, LIST), "The plan is in week 3, the work ahead of it: 8 hours done"),
        ((FIRST, SECOND, STOP, LIST, AGREE), "Nothing of the plan is left to do."),
    ],
)
def test_it_is_said_where_the_work_is(names: tuple[str, ...], words: str) -> None:
    assert describe_progress(check(ticked(*names))).startswith(words)


def test_work_that_stays_behind_is_told_where_it_leads() -> None:
    """A pace says something after three weeks only."""
    later = check(ticked(FIRST), date(2026, 12, 15))
    end = "2 hours done, 8 due by now; at this pace 2 of 11 are done in the end."
    assert describe_progress(later) == f"The plan is in week 4, the work behind: {end}"


def test_a_plan_that_is_over_without_any_hours_counts_none() -> None:
    over = replace(check(WRITTEN, date(2027, 3, 1)), hours_planned=0)
    assert describe_progress(over) == "The weeks of the plan are over."


@pytest.mark.parametrize(
    ("today", "week"), [("2026-11-20", 0), ("2027-02-21", 13), ("2027-03-30", 14)]
)
def test_weeks_stop_before_and_after_the_plan(today: str, week: int) -> None:
    assert check(WRITTEN, date.fromisoformat(today)).week == week


def test_an_action_is_done_started_open_or_dropped() -> None:
    assert [a.state for a in check(ticked(FIRST)).actions] == ["started", "open"]
    without = "\n".join(line for line in ticked(LIST).splitlines() if AGREE not in line)
    assert [a.state for a in check(without).actions] == ["open", "done"]
    gone = "\n".join(line for line in WRITTEN.splitlines() if "name-one-owner/" not in line)
    assert [a.state for a in check(gone).actions] == ["open", "dropped"]


def test_marks_tell_of_each_step_and_action() -> None:
    marks = check(ticked(LIST, AGREE)).marks
    assert (marks[LIST], marks["name-one-owner"], marks["write-three-goals"]) == (True, True, False)


def test_levers_are_offered_for_what_is_late() -> None:
    late, on_time = check(WRITTEN).actions
    assert late.levers == ("Cut to one goal.", "Borrow the business plan's goals as they are.")
    assert on_time.levers == ()


@pytest.mark.parametrize(
    ("today", "last", "day"),
    [
        ("2026-12-21", None, None),
        ("2026-12-22", None, 30),
        ("2026-12-30", "2026-12-21", 30),
        ("2026-12-30", "2026-12-22", None),
        ("2027-02-01", "2026-12-21", 60),
        ("2027-02-19", "2027-02-15", 90),
    ],
)
def test_a_review_is_due_once_its_day_has_come(
    today: str, last: str | None, day: int | None
) -> None:
    before = date.fromisoformat(last) if last else None
    review = check(WRITTEN, date.fromisoformat(today), before).review
    assert (review.day if review else None) == day


def test_own_tasks_are_listed_and_not_counted() -> None:
    checkin = check(WRITTEN.replace("## Rhythm", "- [x] Buy cake — *Ana*, by 4 Dec\n\n## Rhythm"))
    assert [(t.wording, t.state, t.owner) for t in checkin.own] == [("Buy cake", "done", "Ana")]
    assert checkin.hours_done == 0


def test_a_step_that_stays_when_the_plan_has_it_no_more_counts_as_own() -> None:
    gone = "- [ ] Ask Zoe — *Ana*, by Fri 4 Dec <!-- assess:brief-the-board/4 -->"
    checkin = check(WRITTEN.replace("## Rhythm", f"{gone}\n\n## Rhythm"))
    assert [(own.id, own.state, own.owner) for own in checkin.own] == [
        ("brief-the-board/4", "late", "Ana")
    ]


def test_odd_things_are_told() -> None:
    text = WRITTEN.replace(f"assess:{SECOND}", "assess:write-three-gaols/2")
    text = text.replace(f" <!-- assess:{LIST} -->", "")
    assert [note.text for note in check(text).notes] == [
        f"The task had lost its comment; it is {LIST}.",
        "The id write-three-gaols/2 is that of no step of the plan; the task counts as your own.",
    ]


def test_the_document_tells_all_of_it() -> None:
    document = describe_checkin(check(ticked(FIRST), date(2026, 12, 22)))
    assert document["hours"] == {"planned": 11, "due": 11, "done": 2}
    assert document["steps"][1] == {
        "id": SECOND,
        "number": 2,
        "state": "late",
        "wording": "Draft at most three goals with the team in one sitting.",
        "owner": "the manager",
        "due": "2026-12-04",
        "hours": 5,
        "begun": False,
        "done_on": None,
    }
    assert document["review"]["day"] == 30
    assert document["actions"][0]["state"] == "started"


def test_sentences_of_people_are_joined_without_doubled_marks() -> None:
    past = PastCheckIn(
        date(2026, 12, 4),
        3,
        3,
        0,
        ("At its goal.", "Shipped."),
        ("Two left (talent);",),
        ("Go on.",),
    )
    assert describe_past(past).endswith(
        "Wins: At its goal; Shipped. Held up by: Two left (talent). Agreed: Go on."
    )
