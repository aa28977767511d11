"""Who wins when people and the tool both changed a plan, row by row of the table."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assess.document.update import Update, update_document
from assess.errors import DataFileError
from assess.pages.plan_paper import render_plan
from assess.planning.plan import Plan
from tests.builders import LYON, action_table
from tests.plans import GOALS, ROLES, make_plan, with_step_texts

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")
SAY_NO = action_table("say-no", {"goals-1": 2}, title="Say no")
DRAFT = "Draft at most three goals with the team in one sitting."
DRAFT_TASK = f"{DRAFT} — *the manager*, by Fri 4 Dec <!-- assess:write-three-goals/2 -->"
REWORDED = with_step_texts(make_plan(), {"write-three-goals/2": "Draft two goals."})
REWORDED_TASK = "Draft two goals. — *the manager*, by Fri 4 Dec <!-- assess:write-three-goals/2 -->"


def rendered(plan: Plan) -> str:
    return render_plan(plan, TEMPLATE)


WRITTEN = rendered(make_plan())


def updated(current: str, plan: Plan, *, last: str | None = WRITTEN) -> Update:
    return update_document(current, last, rendered(plan))


def kinds(update: Update) -> list[str]:
    return [change.kind for change in update.changes]


def edited(text: str, *swaps: tuple[str, str]) -> str:
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text


def test_nothing_new_changes_no_byte() -> None:
    update = updated(WRITTEN, make_plan())
    assert update.text == WRITTEN
    assert update.changes == ()


@pytest.mark.parametrize("mark", ["x", "X", "-", "~"])
def test_the_mark_of_a_person_stays_with_a_new_wording(mark: str) -> None:
    current = edited(WRITTEN, (f"- [ ] {DRAFT}", f"- [{mark}] {DRAFT}"))
    update = updated(current, REWORDED)
    assert f"- [{mark}] {REWORDED_TASK}\n" in update.text
    assert kinds(update) == ["new-wording"]


def test_a_wording_that_was_left_alone_is_renewed() -> None:
    update = updated(WRITTEN, REWORDED)
    assert update.text == edited(WRITTEN, (DRAFT_TASK, REWORDED_TASK))


def test_a_date_or_an_owner_that_moved_is_told_without_the_whole_sentence() -> None:
    later = make_plan(first_weeks={"write-three-goals": 4})
    told = {c.id: c.text for c in updated(WRITTEN, later).changes}
    assert told["write-three-goals/2"] == (
        "“Draft at most three goals with the team in one si…”: from Fri 4 Dec to Fri 25 Dec"
    )
    led_by_team = make_plan({**GOALS, "role": "team"}, ROLES)
    told = {c.id: c.text for c in updated(WRITTEN, led_by_team).changes}
    assert told["write-three-goals/2"].endswith("in one si…”: from the manager to the team")


def test_a_wording_of_a_person_stays_and_the_new_one_is_reported_once() -> None:
    current = edited(WRITTEN, (DRAFT, "Draft one goal, on Ana's terrace."))
    update = updated(current, REWORDED)
    assert update.text == current
    assert kinds(update) == ["kept-wording"]
    assert "Draft two goals." in update.changes[0].text
    assert updated(update.text, REWORDED, last=update.base).changes == ()


def test_words_owner_and_date_are_merged_each_on_its_own() -> None:
    later = with_step_texts(
        make_plan({**GOALS, "role": "team"}, ROLES, first_weeks={"write-three-goals": 4}),
        {"write-three-goals/2": "Draft two goals."},
    )
    swaps = {
        ("4 Dec", "11 Dec"): "Draft two goals. — *the team*, by Fri 11 Dec",
        ("*the manager*", "*Ana*"): "Draft two goals. — *Ana*, by Fri 25 Dec",
        (DRAFT, "Draft one."): "Draft one. — *the team*, by Fri 25 Dec",
    }
    for (old, new), merged in swaps.items():
        current = edited(WRITTEN, (DRAFT_TASK, DRAFT_TASK.replace(old, new)))
        update = updated(current, later)
        assert f"- [ ] {merged} <!-- assess:write-three-goals/2 -->" in update.text
        assert updated(update.text, later, last=update.base).text == update.text


def test_what_a_tail_holds_beside_owner_and_date_stays() -> None:
    mine = DRAFT_TASK.replace("by Fri 4 Dec", "📅 2026-12-04 #urgent")
    later = make_plan(first_weeks={"write-three-goals": 4})
    update = updated(edited(WRITTEN, (DRAFT_TASK, mine)), later)
    assert mine.replace("2026-12-04", "2026-12-25") in update.text


@pytest.mark.parametrize(
    ("today", "due"), [(date(2026, 12, 1), "Tue 1 Dec"), (date(2026, 12, 2), "Fri 25 Dec")]
)
def test_a_date_of_a_person_that_has_passed_is_renewed_and_said(today: date, due: str) -> None:
    current = edited(WRITTEN, (DRAFT_TASK, DRAFT_TASK.replace("Fri 4 Dec", "Tue 1 Dec")))
    later = make_plan(first_weeks={"write-three-goals": 4})
    update = update_document(current, WRITTEN, rendered(later), today)
    assert DRAFT_TASK.replace("Fri 4 Dec", due) in update.text
    said = "Your date for write-three-goals/2, Tue 1 Dec, has passed; it is Fri 25 Dec now."
    assert (said in [c.text for c in update.changes]) == (due == "Fri 25 Dec")
    again = update_document(update.text, update.base, rendered(later), today)
    assert (again.text, again.changes) == (update.text, ())


def test_a_date_that_has_passed_stays_where_the_plan_has_no_other() -> None:
    current = edited(WRITTEN, (DRAFT_TASK, DRAFT_TASK.replace("Fri 4 Dec", "Tue 1 Dec")))
    update = update_document(current, WRITTEN, WRITTEN, date(2027, 1, 10))
    assert (update.text, update.changes) == (current, ())


@pytest.mark.parametrize("new", [make_plan(ROLES), make_plan(hours=4), REWORDED])
def test_a_task_that_was_moved_into_a_managed_block_settles_at_once(new: Plan) -> None:
    taken = edited(WRITTEN, (f"- [ ] {DRAFT_TASK}\n", ""))
    current = edited(taken, ("The whole team can", f"- [ ] {DRAFT_TASK}\n\nThe whole team can"))
    once = updated(current, new)
    twice = updated(once.text, new, last=once.base)
    assert (twice.text, twice.changes) == (once.text, ())
    assert "can invest 4 hours" in once.text or new.capacity.hours_per_week != 4
    assert ("assess:write-three-goals/2 -->" in once.text) or "name-one-owner" in once.text


@pytest.mark.parametrize(
    "opening", ["<style", "<script>", "<!-- a note", "<?php", "<![CDATA[", "<pre"]
)
@pytest.mark.parametrize("before", ["## Where the team", "### Name", "## Timeline"])
def test_html_that_is_never_closed_swallows_nothing_below(opening: str, before: str) -> None:
    current = edited(WRITTEN, (before, f"{opening}\n\n{before}"))
    once = updated(current, REWORDED)
    assert f"- [ ] {REWORDED_TASK}\n" in once.text
    assert once.text == edited(current, (DRAFT_TASK, REWORDED_TASK))
    twice = updated(once.text, REWORDED, last=once.base)
    assert (twice.text, twice.changes) == (once.text, ())


def test_a_head_with_times_and_quotes_is_left_as_it_is() -> None:
    current = edited(
        WRITTEN,
        ("start: 2026-11-23", "start: 2026-11-23T00:00:00.000Z"),
        ("assessment: 2026-11-22", "assessment: '2026-11-22'"),
    )
    assert updated(current, make_plan()).text == current


def test_a_deleted_task_stays_deleted_and_is_said_once() -> None:
    current = edited(WRITTEN, (f"- [ ] {DRAFT_TASK}\n", ""))
    update = updated(current, make_plan())
    assert update.text == current
    assert kinds(update) == ["stays-deleted"]
    assert updated(update.text, make_plan(), last=update.base).changes == ()


def test_a_deleted_priority_stays_deleted() -> None:
    start, end = WRITTEN.index("### Name"), WRITTEN.index("## Days 31-60")
    current = WRITTEN[:start] + WRITTEN[end:]
    update = updated(current, make_plan())
    assert update.text == current
    assert kinds(update) == ["stays-deleted", "stays-deleted"]


def test_a_dropped_priority_that_nobody_touched_is_taken_out() -> None:
    update = updated(WRITTEN, make_plan(ROLES))
    assert "### Write down three goals" not in update.text
    assert "assess:write-three-goals/" not in update.text
    assert kinds(update).count("taken-out") == 3


def test_dropped_tasks_go_one_by_one_where_a_person_worked_on_the_priority() -> None:
    current = edited(WRITTEN, (f"- [ ] {DRAFT}", f"- [x] {DRAFT}"))
    update = updated(current, make_plan(ROLES))
    section = update.text.split("### Write down")[1].split("\n#")[0]
    assert f"- [x] {DRAFT_TASK}\n" in section
    assert "**Not in the plan any more.**" in section
    assert section.count("- [ ] ") == 0


def test_a_dropped_task_with_notes_below_it_stays() -> None:
    current = edited(WRITTEN, (DRAFT_TASK, f"{DRAFT_TASK}\n  - Ana brings the paper."))
    update = updated(current, make_plan(ROLES))
    assert f"{DRAFT_TASK}\n  - Ana brings the paper.\n" in update.text
    assert "kept-task" in kinds(update)


def test_a_priority_that_was_taken_out_comes_back_when_it_is_planned_again() -> None:
    dropped = updated(WRITTEN, make_plan(ROLES))
    update = updated(dropped.text, make_plan(), last=dropped.base)
    assert update.text == WRITTEN


def test_a_priority_that_begins_in_another_month_moves_there_with_every_edit() -> None:
    mine = f"- [x] {DRAFT_TASK}\n  - Ana brings the paper.\n\nOur own note."
    current = edited(WRITTEN, (f"- [ ] {DRAFT_TASK}", mine))
    later = make_plan(first_weeks={"write-three-goals": 7})
    update = updated(current, later)
    month = update.text.split("## Days 31-60\n")[1].split("\n## ")[0]
    assert "### Write down three goals" in month
    assert (
        "- [x] Draft at most three goals with the team in one sitting. — *the manager*, by Fri 15"
        in month
    )
    assert "\n  - Ana brings the paper.\n\nOur own note.\n" in month
    assert update.text.count("### Write down three goals") == 1
    assert "new-month" in kinds(update)
    twice = updated(update.text, later, last=update.base)
    assert (twice.text, twice.changes) == (update.text, ())


def test_a_priority_that_moves_untouched_leaves_the_plan_as_it_would_be_written() -> None:
    later = make_plan(first_weeks={"write-three-goals": 7, "name-one-owner": 11})
    assert updated(WRITTEN, later).text == rendered(later)
    assert updated(rendered(later), make_plan(), last=rendered(later)).text == WRITTEN


def test_a_priority_that_somebody_put_elsewhere_stays_there() -> None:
    part = "### Write down" + WRITTEN.split("### Write down")[1].split("### ")[0]
    current = edited(WRITTEN, (part, ""), ("## Rhythm", f"## Later\n\n{part}## Rhythm"))
    update = updated(current, make_plan(first_weeks={"write-three-goals": 7}))
    assert "### Write down" in update.text.split("## Later")[1]
    assert "new-month" not in kinds(update)


def test_a_new_task_follows_its_predecessor() -> None:
    more = {**ROLES, "steps": [*ROLES["steps"], {"week": 2, "hours": 1, "do": "Tell everybody."}]}
    current = edited(WRITTEN, ("- [ ] Agree on", "  * [x] Agree on"))
    update = updated(current, make_plan(GOALS, more))
    lines = update.text.splitlines()
    place = next(n for n, line in enumerate(lines) if "name-one-owner/2" in line)
    assert lines[place + 1] == (
        "  * [ ] Tell everybody. — *the team*, by Fri 18 Dec <!-- assess:name-one-owner/3 -->"
    )


def test_a_new_priority_goes_where_the_plan_has_it() -> None:
    update = updated(WRITTEN, make_plan(GOALS, SAY_NO, ROLES))
    headings = [line for line in update.text.splitlines() if line.startswith("### ")]
    assert headings == [
        "### Write down three goals for the quarter",
        "### Say no",
        "### Name one owner for each goal",
    ]
    assert "\n\n\n" not in update.text
    assert kinds(update).count("new-priority") == 1


def test_a_new_first_and_a_new_last_priority_find_their_place() -> None:
    text = updated(rendered(make_plan(ROLES)), make_plan(GOALS, ROLES, SAY_NO), last=None).text
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert headings == [
        "### Write down three goals for the quarter",
        "### Name one owner for each goal",
        "### Say no",
    ]


def test_managed_blocks_are_renewed_unless_somebody_edited_them() -> None:
    fewer_hours = make_plan(hours=4)
    assert "can invest 4 hours" in updated(WRITTEN, fewer_hours).text
    current = edited(WRITTEN, ("can invest 6 hours", "can invest six hours, if all goes well,"))
    update = updated(current, fewer_hours)
    assert "can invest six hours, if all goes well," in update.text
    assert kinds(update) == ["new-block", "kept-block"]
    assert "stay; it no longer follows the plan." in update.changes[1].text
    assert updated(update.text, fewer_hours, last=update.base).changes == ()


def test_own_prose_and_own_tasks_stay_byte_for_byte() -> None:
    own = "\n## Notes  \n\n* [ ] my own task\t\n\n> said   by Ana\n"
    current = WRITTEN.replace("## Rhythm", f"{own}\n## Rhythm")
    update = updated(current, REWORDED)
    assert update.text == edited(current, (DRAFT_TASK, REWORDED_TASK))


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_and_byte_order_mark_survive(line_end: str) -> None:
    current = "\ufeff" + WRITTEN.replace("\n", line_end)
    update = updated(current, make_plan(GOALS, SAY_NO, ROLES))
    assert update.text.startswith("\ufeff---" + line_end)
    assert "Say no" in update.text
    bare = update.text.replace(line_end, "")
    assert "\n" not in bare
    assert "\r" not in bare


def test_a_lost_comment_comes_back() -> None:
    current = edited(WRITTEN, (" <!-- assess:write-three-goals/2 -->", ""))
    update = updated(current, make_plan())
    assert update.text == WRITTEN
    assert kinds(update) == ["restored-id"]


def test_all_comments_that_a_wiki_took_away_come_back() -> None:
    current = re.sub(r" ?<!--.*?-->", "", WRITTEN)
    update = updated(current, REWORDED)
    assert update.text.count("<!-- assess:") == 5
    assert f"- [ ] {REWORDED_TASK}\n" in update.text


def test_a_lost_comment_is_not_guessed_at() -> None:
    current = edited(WRITTEN, (f"- [ ] {DRAFT_TASK}", f"- [ ] {DRAFT}\n- [ ] {DRAFT}"))
    update = updated(current, make_plan())
    assert update.text == current
    assert kinds(update) == ["stays-deleted"]


def test_without_the_last_plan_every_line_counts_as_edited() -> None:
    current = edited(WRITTEN, (f"- [ ] {DRAFT_TASK}\n", ""))
    update = updated(current, with_step_texts(make_plan(ROLES), {}), last=None)
    assert update.text.count("- [ ] ") == current.count("- [ ] ")
    reworded = updated(WRITTEN, REWORDED, last=None)
    assert DRAFT_TASK in reworded.text
    assert "kept-wording" in kinds(reworded)


def test_a_new_start_moves_the_head_and_the_dates() -> None:
    later = make_plan(start=make_plan().weeks[1].monday)
    update = updated(WRITTEN, later)
    assert update.text == rendered(later)


def test_a_title_of_a_person_stays() -> None:
    later = make_plan(start=make_plan().weeks[1].monday)
    current = edited(WRITTEN, ("# 90-day plan for Lyon: 23", "# Our plan: 23"))
    assert "# Our plan: 23" in updated(current, later).text


@pytest.mark.parametrize("share", [0.02, 0.2, 0.35, 0.7])
def test_a_file_that_was_cut_is_refused(share: float) -> None:
    with pytest.raises(DataFileError) as caught:
        updated(WRITTEN[: int(len(WRITTEN) * share)], make_plan())
    assert caught.value.what.startswith("The plan ends in the middle")
    assert "--out" in caught.value.fix


def test_a_plan_from_another_template_is_merged_too() -> None:
    short = (
        "# {{ team | md }}\n\n{% for p in priorities %}{% for s in p.steps %}\n"
        "- [ ] {{ s.do | md }} <!-- assess:{{ s.id }} -->\n{% endfor %}{% endfor %}"
    )
    written = render_plan(make_plan(), short)
    update = update_document(written, written, render_plan(REWORDED, short))
    assert update.text == written.replace(DRAFT, "Draft two goals.")


def test_twice_is_the_same_as_once() -> None:
    current = edited(WRITTEN, (DRAFT, "Draft one goal."), ("- [ ] Agree", "- [x] Agree"))
    plan = replace(make_plan(SAY_NO, ROLES, hours=4), team=LYON)
    once = updated(current, plan)
    assert updated(once.text, plan, last=once.base).text == once.text
    assert updated(once.text, plan).text == once.text
