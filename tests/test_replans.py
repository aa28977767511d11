"""The rest of a quarter, planned anew after whatever people did: on the shipped catalogue."""

import re
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field  # noqa: TID251  # It changes.
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assess.answers import Assessment
from assess.document.reading import read_document
from assess.documents.goals import KeptHours
from assess.documents.plan import describe_plan
from assess.figures import count, hours_text
from assess.goals.recurring import RecurringWork
from assess.library import Library
from assess.library.files import read_text, write_text
from assess.library.plan_data import load_plan_data
from assess.pages.blocks import Sentence
from assess.pages.plan import plan_section
from assess.planning.plan import Plan
from assess.rules.model import Limits
from assess.store import Store
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.finding import Errand
from assess.workflow.plan.anew import PlanOrder, plan_kept
from assess.workflow.plan.basis import Wishes
from assess.workflow.plan.drawing import Drawn, describe_replan, draw_plan, writing
from assess.workflow.plan.exports import Export
from tests.plan_validator import find_replan_faults

pytestmark = pytest.mark.one_python

LIBRARY = Library()
NAMES = ("charity-two", "hospital-five", "scale-up-twenty-five", "shops-twelve", "software-four")
TEAMS = [Path(__file__).parent / "plans" / f"{name}.toml" for name in NAMES]


@dataclass
class Quarter:
    """One team's plan on its way through the weeks; `marks` is what people wrote in its file."""

    store: Store
    folder: Path
    assessment: Assessment
    today: date
    marks: dict[str, str] = field(default_factory=dict)
    drawn: Drawn | None = None

    @property
    def errand(self) -> Errand:
        return Errand(LIBRARY, self.store, self.today)

    @property
    def path(self) -> Path:
        return self.folder / "plan.md"

    @property
    def limits(self) -> Limits:
        return load_plan_data(LIBRARY, self.assessment).rules.limits

    @property
    def plan(self) -> Plan:
        assert self.drawn is not None
        return self.drawn.plan

    def replan(self, wishes: Wishes | None = None) -> Plan:
        out = None if self.drawn else self.path
        assessment, wishes = self.assessment, wishes or Wishes()
        self.drawn = draw_plan(self.errand, assessment, wishes, out)
        with writing(self.store, assessment, self.drawn):
            pass
        return self.plan

    def mark(self, mark: str, *steps: str) -> None:
        """Write a mark into the boxes of steps, or delete them with an empty one."""
        text = read_text(self.path)
        for step in steps:
            pattern = rf"(?m)^(- \[).(\].*<!-- assess:{step} -->)\n"
            text, found = re.subn(pattern, rf"\g<1>{mark}\g<2>\n" if mark else "", text)
            if found:
                self.marks[step] = mark
        write_text(self.path, text)

    def steps(self, *actions: str) -> list[str]:
        return [s.id for p in self.plan.priorities for s in p.steps if p.action.id in actions]

    def late(self) -> list[str]:
        tasks = read_document(read_text(self.path)).by_id.values()
        open_ = (task for task in tasks if task.state in ("open", "begun"))
        return [str(t.id) for t in open_ if t.due is not None and t.due < self.today]


@contextmanager
def begin(team: Path = TEAMS[0]) -> Iterator[Quarter]:
    """Plan for a described team on the Monday of its first week."""
    assessment = read_assessment([team], LIBRARY)
    monday = assessment.date + timedelta(days=7)
    # A plan from another start goes into the current folder.
    with TemporaryDirectory() as folder, chdir(folder), Store(Path(folder) / "s.db") as store:
        store.keep_assessment(assessment)
        quarter = Quarter(store, Path(folder), assessment, monday - timedelta(days=3))
        quarter.replan()
        quarter.today = quarter.plan.start
        yield quarter


MARKS = st.sampled_from(["x", "x", "x", "x", "/", "-", ""])


# Each example plans up to six quarters, so that looking for the smallest would take minutes.
@settings(max_examples=3, phases=[Phase.generate])
@given(st.sampled_from(TEAMS), st.data())
def test_whatever_was_done_the_rest_is_planned_from_this_week_on(
    team: Path, data: st.DataObject
) -> None:
    with begin(team) as quarter:
        for _ in range(3):
            end = quarter.plan.end
            quarter.today += timedelta(days=data.draw(st.integers(0, 30)))
            if quarter.today > end:
                break
            steps = st.lists(st.sampled_from(quarter.steps(*quarter.plan.actions)), max_size=12)
            for step in data.draw(steps) if quarter.plan.priorities else ():
                quarter.mark(data.draw(MARKS), step)
            before = describe_plan(quarter.plan)
            plan = quarter.replan()

            assert quarter.late() == []
            assert find_replan_faults(plan, quarter.limits, quarter.marks, quarter.today) == []
            gone = {p.action for p in before.priorities} - {p.action.id for p in plan.priorities}
            assert gone <= {out.action.id for out in plan.not_now} | _done_without(quarter, gone)
            assert quarter.drawn is not None
            assert len(describe_replan(quarter.drawn)) <= 5
            written = read_text(quarter.path)
            assert describe_plan(quarter.replan()) == describe_plan(plan)
            assert read_text(quarter.path) == written
            assert all("Carried" in line for line in describe_replan(quarter.drawn))


def _done_without(quarter: Quarter, gone: set[str]) -> set[str]:
    """What nobody has to do any more, because others have won all of it."""
    plan = quarter.plan
    return gone - {candidate.action.id for candidate in plan.candidates}


def test_a_team_that_finishes_early_gets_the_next_actions() -> None:
    with begin() as quarter:
        first = {p.action.id for p in quarter.plan.priorities}
        quarter.mark("x", *quarter.steps(*first))
        quarter.today += timedelta(weeks=6)
        states = {p.action.id: p.state for p in quarter.replan().priorities}
        assert {action for action, state in states.items() if state == "done"} == first
        assert "new" in states.values()


def test_doing_nothing_keeps_what_was_announced_as_long_as_it_fits() -> None:
    with begin() as quarter:
        for _ in range(12):
            before = {p.action.id for p in quarter.plan.priorities}
            room = quarter.plan.hours_room
            quarter.today += timedelta(weeks=1)
            now = {p.action.id for p in quarter.replan().priorities}
            assert quarter.late() == []
            assert quarter.plan.hours_room < room
            # What is new could only come in where something announced did not fit any more.
            assert now <= before or before - now


def test_freed_hours_let_go_of_nothing_that_was_announced() -> None:
    with begin() as quarter:
        before = {p.action.id for p in quarter.plan.priorities}
        work = RecurringWork(
            id="report",
            title="Report",
            hours=3,
            if_stopped="nothing",
            decision="stop",
            decided_from=quarter.today + timedelta(weeks=1),
        )
        quarter.store.keep_facts(quarter.assessment.team, KeptHours(recurring=(work,)))
        quarter.today += timedelta(days=3)
        after = quarter.replan()
        assert after.capacity.freed
        assert quarter.drawn is not None
        assert quarter.drawn.basis.request.progress.announced == before
        assert before <= {p.action.id for p in after.priorities}


def test_the_hours_in_all_are_those_of_the_rows_also_on_a_late_day() -> None:
    with begin() as quarter:
        first = next(p for p in quarter.plan.priorities if len(p.steps) > 1 and p.hours)
        quarter.mark("x", first.steps[0].id)
        quarter.today = quarter.plan.end
        plan = quarter.replan()
        said = next(b for b in plan_section(plan).blocks if isinstance(b, Sentence))
        in_all = count(sum(p.hours for p in plan.priorities), "hour")
        left = hours_text(sum(plan.hours_by_week))
        assert (
            f"{in_all} are planned in all, {left} of them in the weeks that are left" in said.text
        )


@pytest.mark.parametrize(("days", "week"), [(4, 1), (5, 2), (6, 2), (7, 2)])
def test_from_saturday_on_the_next_week_counts(days: int, week: int) -> None:
    with begin() as quarter:
        quarter.today += timedelta(days=days)
        assert min(p.first_week for p in quarter.replan().priorities) == week


def test_a_dropped_action_is_avoided_and_moves_nothing_else() -> None:
    with begin() as quarter:
        dropped = next(p.action.id for p in quarter.plan.priorities if not p.must)
        others = {p.action.id for p in quarter.plan.priorities} - {dropped}
        quarter.mark("-", *quarter.steps(dropped))
        plan = quarter.replan()
        assert {out.action.id: out.reason for out in plan.not_now}[dropped] == "avoided"
        assert others <= {p.action.id for p in plan.priorities}


def test_what_the_plan_had_left_out_and_people_did_is_done() -> None:
    with begin() as quarter:
        out = quarter.plan.priorities[-1].action.id
        steps = quarter.steps(out)
        quarter.replan(Wishes(skips=(out,)))
        lines = "".join(f"- [x] Done all the same. <!-- assess:{step} -->\n" for step in steps)
        write_text(quarter.path, f"{read_text(quarter.path)}\n{lines}")
        plan = quarter.replan(Wishes(skips=("none",)))
        assert {p.action.id: p.state for p in plan.priorities}[out] == "done"


def test_choices_are_taken_back_with_none() -> None:
    with begin() as quarter:
        wanted = quarter.plan.not_now[0].action.id
        kept = []
        for wish in (wanted, "none"):
            quarter.replan(Wishes(wants=(wish,)))
            assert quarter.drawn is not None
            kept.append(quarter.drawn.wishes.wants)
        assert kept == [(wanted,), ()]


def test_the_promise_is_fixed_with_the_first_tick_and_stays() -> None:
    with begin() as quarter:
        promised = describe_plan(quarter.plan).promised
        key = quarter.assessment.key
        quarter.mark("x", quarter.plan.priorities[0].steps[0].id)
        quarter.today += timedelta(weeks=8)
        quarter.replan()
        quarter.replan(Wishes(hours=1))
        kept = quarter.store.load_plan(key)
        assert kept is not None
        assert kept.written.promise is not None
        assert kept.written.promise.promised == promised


def test_until_two_weeks_after_its_start_nobody_has_promised_anything() -> None:
    with begin() as quarter:
        kept = []
        for days in (0, 13, 14):
            quarter.today = quarter.plan.start + timedelta(days=days)
            quarter.replan()
            plan = quarter.store.load_plan(quarter.assessment.key)
            kept.append(plan is not None and plan.written.promise is not None)
        assert kept == [False, False, True]


def test_another_start_goes_on_from_what_was_done() -> None:
    with begin() as quarter:
        done = quarter.plan.priorities[0].action.id
        quarter.mark("x", *quarter.steps(done))
        quarter.today = quarter.plan.end + timedelta(days=10)
        start = quarter.today + timedelta(days=-quarter.today.weekday() % 7)
        plan = quarter.replan(Wishes(start=start))
        assert plan.start == start
        assert {p.action.id: p.state for p in plan.priorities}[done] == "done"
        assert all(p.first_week >= 1 for p in plan.priorities)
        assert describe_plan(quarter.replan()) == describe_plan(plan)


def test_after_the_last_day_nothing_is_dated_anew(tmp_path: Path) -> None:
    with begin() as quarter:
        before = read_text(quarter.path)
        quarter.today = quarter.plan.end + timedelta(days=1)
        order = PlanOrder(Wishes(), Export("md", quarter.today))
        outcome = plan_kept(quarter.errand, order)
        assert read_text(quarter.path) == before
        assert "ended on" in outcome.pages[0].title
        assert outcome.describe()["start"] == quarter.plan.start.isoformat()


def test_another_plan_says_how_old_its_answers_are() -> None:
    with begin() as quarter:
        quarter.today = quarter.plan.end + timedelta(days=3)
        order = PlanOrder(Wishes(start=quarter.today), Export("md", quarter.today))
        said = plan_kept(quarter.errand, order).messages
        assert any("14 weeks old" in text for text in said)
