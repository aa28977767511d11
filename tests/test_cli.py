"""Whole ways through the commands: run, plan, edit, check in, compare, why, check, demo."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.typing_in import CommandLine

FIRST, SECOND = date(2026, 5, 18), date(2026, 8, 24)
EXAMPLE = Path(__file__).parent.parent / "plans/marketing-team/example"


@pytest.fixture
def small(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire and a team that has a plan."""
    assess.use_small_data()
    ran = assess("run", "--answers", write_first(assess), "--today", "2026-05-18")
    assert ran.code == 0, ran.err
    return assess


def write_first(assess: CommandLine) -> Path:
    return assess.write_answers("first.toml", 0, 1, 0, 1, day=FIRST, hours_per_week=4)


def plan_of(assess: CommandLine) -> Path:
    return assess.folder / "Lyon-2026-05-18.md"


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_run_writes_the_plan_and_keeps_the_assessment(small: CommandLine) -> None:
    assert "# 90-day plan for Lyon: 18 May 2026 to 14 August 2026" in plan_of(small).read_text()
    assert small("result", "--json").document["stage"] == "momentum"


def test_run_again_with_the_same_answers_changes_nothing(small: CommandLine) -> None:
    before = plan_of(small).read_bytes()
    again = small("run", "--answers", small.folder / "first.toml", "--today", "2026-05-18")
    assert again.code == 0
    assert plan_of(small).read_bytes() == before


def test_old_answers_begin_no_other_plan_once_theirs_is_over(small: CommandLine) -> None:
    before, files = plan_of(small).read_bytes(), sorted(small.folder.iterdir())
    asked = ("run", "--answers", small.folder / "first.toml", "--today", "2026-09-07")
    again = small(*asked)
    assert again.code == 0
    shown = " ".join(again.out.split())
    assert "The answers of 18 May 2026 are kept already. They are 16 weeks old" in shown
    assert "assess plan --start 2026-09-07" in shown
    assert small(*asked, "--json").document["plan"] is None
    assert plan_of(small).read_bytes() == before
    assert sorted(small.folder.iterdir()) == files


def test_other_answers_of_the_same_day_need_replace(small: CommandLine) -> None:
    other = small.write_answers("other.toml", 1, day=FIRST)
    before = plan_of(small).read_bytes()
    refused = small("run", "--answers", other, "--today", "2026-05-18")
    assert (refused.code, refused.out) == (1, "")
    assert "--replace" in refused.said
    assert plan_of(small).read_bytes() == before
    assert small("run", "--answers", other, "--replace", "--today", "2026-05-18").code == 0
    assert small("result", "--json").document["stage"] == "maturity"


def test_run_document_holds_score_and_plan(small: CommandLine) -> None:
    document = small(
        "run", "--answers", small.folder / "first.toml", "--json", "--today", "2026-05-18"
    ).document
    assert list(document) == ["score", "plan"]
    assert document["plan"]["start"] == "2026-05-18"


def test_unwritable_plan_stores_nothing(assess: CommandLine) -> None:
    assess.use_small_data()
    first = write_first(assess)
    ran = assess("run", "--answers", first, "--out", assess.folder / "nowhere" / "plan.md")
    assert ran.code == 1
    assert "No assessment is kept" in assess("history").said


def test_file_that_is_no_plan_is_not_overwritten(small: CommandLine) -> None:
    notes = small.folder / "notes.md"
    notes.write_text("# My notes\n")
    ran = small("plan", "--out", notes, "--today", "2026-05-18")
    assert ran.code == 1
    assert "not a plan of assess" in ran.said
    assert notes.read_text() == "# My notes\n"


def test_plan_keeps_what_people_edited(small: CommandLine) -> None:
    path = plan_of(small)
    edit(path, "- [ ] Begin with goals-1.", "- [x] Begin with goals-1, at the retreat.")
    edit(path, "## Rhythm", "Ask legal first.\n\n## Rhythm")
    ran = small("plan", "--hours", "2", "--today", "2026-05-18")
    assert ran.code == 0
    text = path.read_text(encoding="utf-8")
    assert "- [x] Begin with goals-1, at the retreat." in text
    assert "Ask legal first." in text
    assert "2 hours a week" in text
    twice = small("plan", "--hours", "2", "--today", "2026-05-18")
    assert twice.code == 0
    assert path.read_text(encoding="utf-8") == text


def test_own_choices_are_kept_for_the_next_plan(small: CommandLine) -> None:
    small("plan", "--skip", "lift-goals-1-1", "--today", "2026-05-18")
    again = small("plan", "--json", "--today", "2026-05-18").document
    assert "lift-goals-1-1" not in [p["action"] for p in again["priorities"]]
    [out] = [out for out in again["not_now"] if out["action"] == "lift-goals-1-1"]
    assert (out["reason"], out["text"]) == ("avoided", "Your choice.")
    wanted = small("plan", "--want", "lift-goals-1-1", "--json", "--today", "2026-05-18").document
    assert "lift-goals-1-1" in [p["action"] for p in wanted["priorities"]]


def test_what_if_keeps_nothing(small: CommandLine) -> None:
    before = plan_of(small).read_bytes()
    supposed = small("plan", "--what-if", "goals-1=1", "--what-if", "roles-1=1", "--json")
    assert supposed.document["stage"] == "maturity"
    assert plan_of(small).read_bytes() == before
    assert small("result", "--json").document["stage"] == "momentum"


def test_weeks_off_by_dates_have_no_hours(small: CommandLine) -> None:
    ran = small("plan", "--off", "2026-05-18..2026-05-31", "--json", "--today", "2026-05-18")
    assert ran.document["hours_by_week"][:2] == [0, 0]


def test_no_review_falls_into_weeks_off(small: CommandLine) -> None:
    small("plan", "--off", "2026-06-08..2026-06-21", "--today", "2026-05-18")
    assert "Day 30, Fri 5 Jun" in plan_of(small).read_text(encoding="utf-8")
    small("report", "--for", "board", "--out", "board.html", "--today", "2026-05-18")
    board = (small.folder / "board.html").read_text(encoding="utf-8")
    assert "Day 30, Fri 5 Jun" in board.replace("\xa0", " ")
    small("plan", "--format", "ics", "--today", "2026-05-18")
    events = (small.folder / "Lyon-2026-05-18.ics").read_bytes().decode().split("BEGIN:VEVENT")
    [review] = [event for event in events if "Day 30 review" in event]
    assert "DTSTART;VALUE=DATE:20260605" in review
    assert "The review of day 30, Fri 5 Jun, is due." in small("--today", "2026-06-24").out
    checked = small("checkin", "--json", "--today", "2026-06-05").document
    assert checked["reviews"][0]["date"] == "2026-06-05"


def test_a_check_in_names_the_first_step_that_is_open(small: CommandLine) -> None:
    small("step", "1", "--done", "--today", "2026-05-18")
    ran = small("checkin", "--no-input", "--today", "2026-05-18")
    assert "assess step 2 --done" in ran.out
    assert "assess step 1 --done" not in ran.out


def test_a_check_in_names_no_step_where_all_is_done(small: CommandLine) -> None:
    path = plan_of(small)
    path.write_text(path.read_text(encoding="utf-8").replace("[ ]", "[x]"), encoding="utf-8")
    out = " ".join(small("checkin", "--no-input", "--today", "2026-05-18").out.split())
    assert "All of it is done; plan what comes next: assess plan" in out


@pytest.mark.parametrize(("form", "begins"), [("ics", "BEGIN:VCALENDAR"), ("csv", "\ufeffid,")])
def test_plan_goes_out_into_calendars_and_tables(
    small: CommandLine, form: str, begins: str
) -> None:
    assert small("plan", "--format", form, "--today", "2026-05-18").code == 0
    text = (small.folder / f"Lyon-2026-05-18.{form}").read_text(encoding="utf-8")
    assert text.startswith(begins)


def test_exports_say_what_people_wrote_into_the_plan(small: CommandLine) -> None:
    edit(plan_of(small), "Begin with goals-1.", "Begin with goals-1, at the retreat.")
    small("plan", "--out", "plan.csv", "--today", "2026-05-18")
    assert "at the retreat" in (small.folder / "plan.csv").read_text(encoding="utf-8")


def test_checkin_reads_ticks_and_tells_what_is_late(small: CommandLine) -> None:
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [x] Begin with goals-1.")
    document = small("checkin", "--json", "--today", "2026-07-06").document
    states = {step["id"]: step["state"] for step in document["steps"]}
    assert states["lift-goals-1-1/1"] == "done"
    assert "late" in states.values()
    assert "Check-ins" in small("result").out


def test_what_was_begun_keeps_its_place_in_mid_quarter(small: CommandLine) -> None:
    first = small("plan", "--json", "--today", "2026-05-18").document
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [x] Begin with goals-1.")
    later = small("plan", "--json", "--today", "2026-07-06").document
    weeks = {p["action"]: p["first_week"] for p in later["priorities"]}
    assert later["start"] == first["start"]
    assert weeks["lift-goals-1-1"] == 1
    assert min(week for action, week in weeks.items() if action != "lift-goals-1-1") == 8


def test_comparison_puts_the_plan_in_between_beside_what_moved(small: CommandLine) -> None:
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [x] Begin with goals-1.")
    small("checkin", "--no-input", "--today", "2026-07-06")
    second = small.write_answers("second.toml", 2, 2, 0, 1, day=SECOND)
    assert small("run", "--answers", second, "--today", "2026-08-24").code == 0
    document = small("compare", "--json").document
    assert document["dimensions"]["goals"]["word"] == "clear rise"
    action = next(a for a in document["actions"] if a["action"] == "lift-goals-1-1")
    assert action["steps"] == {"done": 1, "of": 1}
    assert (action["done"], action["lifts"]) == (True, {"goals-1": 1})
    assert small("compare", "--out", "comparison.md").code == 0
    assert "- 6 July 2026" in (small.folder / "comparison.md").read_text()


def test_next_plan_begins_with_what_was_left_open(small: CommandLine) -> None:
    small("checkin", "--no-input", "--today", "2026-07-06")
    second = small.write_answers("second.toml", 0, 1, 0, 1, day=SECOND)
    small("run", "--answers", second, "--today", "2026-08-24")
    text = (small.folder / "Lyon-2026-08-24.md").read_text(encoding="utf-8")
    assert "## Left open last time" in text


def test_nothing_to_compare_with_yet_is_told(small: CommandLine) -> None:
    ran = small("compare", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no assessment of Lyon before 2026-05-18." in ran.said


def test_why_says_what_an_action_lifts_and_what_would_bring_it_in(small: CommandLine) -> None:
    document = small("why", "lift-goals-2-3", "--json").document
    assert (document["in_plan"], document["reason"]) == (False, "too-early")
    assert small("why", "lift-goals-1-1").code == 0
    assert small("why", "lift-goal-1-1").code == 1


def test_check_shows_a_hole_with_a_team_that_falls_into_it(
    assess: CommandLine, tmp_path: Path
) -> None:
    assess.use_small_data()
    actions = assess.folder / "data/plans/small/actions.toml"
    text = actions.read_text()
    actions.write_text(text.replace("lifts = { goals-1 = 1 }", "lifts = { goals-1 = 2 }"))
    ran = assess("check", assess.folder / "data", "--witness", tmp_path / "shown")
    assert ran.code == 1
    assert "goals-1" in ran.out
    [witness] = (tmp_path / "shown").glob("*.toml")
    assert assess("score", witness, "--data", assess.folder / "data").code == 0


def test_data_without_an_error_is_sound(assess: CommandLine) -> None:
    assess.use_small_data()
    ran = assess("check", "--json")
    [checked] = ran.document["questionnaires"]
    assert (ran.code, checked["sound"]) == (0, True)


def test_demo_goes_the_whole_way_and_leaves_the_own_store_alone(assess: CommandLine) -> None:
    ran = assess("demo", "--json")
    assert ran.code == 0, ran.err
    assert ran.document["comparison"]["dimensions"]["roles"]["change"] > 0
    assert not assess.store.exists()
    written = {path.name for path in (assess.folder / "assess-demo").glob("*.md")}
    assert {"comparison.md", "Harbour-2026-05-18.md", "Harbour-2026-08-24.md"} <= written


def test_equal_inputs_give_equal_bytes(assess: CommandLine) -> None:
    command = ("plan", "--answers", EXAMPLE / "first.toml", "--today", "2026-05-18")
    assess(*command, "--out", "one.md")
    assess(*command, "--out", "two.md")
    one, two = (assess.folder / name for name in ("one.md", "two.md"))
    assert one.read_bytes() == two.read_bytes()
    assert json.loads(assess(*command, "--json").out) == json.loads(assess(*command, "--json").out)


@pytest.mark.parametrize(
    "command",
    [
        ("result", "--out"),
        ("compare", "--out"),
        ("checkin", "--no-input", "--out"),
        ("plan", "--answers", "second.toml", "--out"),
    ],
)
def test_no_command_writes_over_what_somebody_else_wrote(
    small: CommandLine, command: tuple[str, ...]
) -> None:
    second = small.write_answers("second.toml", 2, 2, 0, 1, day=SECOND)
    small("run", "--answers", second, "--today", "2026-08-24")
    notes = small.folder / "notes.md"
    notes.write_text("# My notes\n")
    ran = small(*command, notes, "--today", "2026-08-24")
    assert ran.code == 1
    assert notes.read_text() == "# My notes\n"


def test_export_is_renewed_in_its_place(small: CommandLine) -> None:
    small("plan", "--format", "ics", "--steps", "--today", "2026-05-18")
    first = (small.folder / "Lyon-2026-05-18.ics").read_bytes()
    edit(plan_of(small), "Begin with goals-1.", "Begin with goals-1, at the retreat.")
    assert small("plan", "--format", "ics", "--steps", "--today", "2026-05-18").code == 0
    assert (small.folder / "Lyon-2026-05-18.ics").read_bytes() != first


def test_wish_that_cannot_be_met_is_told(small: CommandLine) -> None:
    ran = small("plan", "--hours", "0", "--want", "Lift goals-1 to 1", "--today", "2026-05-18")
    assert "“Lift goals-1 to 1” is wanted, but not in the plan." in ran.said


def test_wanted_and_skipped_at_once_is_refused(small: CommandLine) -> None:
    wish = ("--want", "lift-goals-1-1", "--skip", "lift-goals-1-1")
    ran = small("plan", *wish, "--today", "2026-05-18")
    assert (ran.code, "is wanted and skipped" in ran.said) == (1, True)


def test_weeks_off_can_be_taken_back(small: CommandLine) -> None:
    small("plan", "--off", "1,2", "--today", "2026-05-18")
    kept = small("plan", "--json", "--today", "2026-05-18").document
    back = small("plan", "--off", "none", "--json", "--today", "2026-05-18").document
    assert (kept["hours_by_week"][0], back["hours_by_week"][0]) == (0, 4)


def test_refused_answers_say_nothing_of_a_plan(small: CommandLine) -> None:
    other = small.write_answers("other.toml", 1, day=FIRST)
    assert "brought up to date" not in small("run", "--answers", other).said


def test_checkin_of_another_file_is_refused_and_not_kept(small: CommandLine) -> None:
    notes = small.folder / "notes.md"
    notes.write_text("# My notes\n")
    cut = small.folder / "cut.md"
    cut.write_text(plan_of(small).read_text()[:1500])
    assert [small("checkin", path, "--no-input").code for path in (notes, cut)] == [1, 1]
    assert "Check-ins" not in small("result").out


def test_checkin_that_is_stopped_keeps_what_was_said(small: CommandLine) -> None:
    # The input ends behind the first win, as when a window is closed.
    ran = small.type_in("\nw\nThe goals stand\n", "checkin", "--today", "2026-05-20")
    assert ran.code == 1
    again = small.type_in("\n", "checkin", "--today", "2026-05-20")
    assert again.code == 0, again.err
    assert "it goes on" in again.said
    assert "The goals stand" in small("result").out


def test_odd_marks_are_told_before_the_plan_is_written(small: CommandLine) -> None:
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [?] Begin with goals-1.")
    assert "The mark [?] is unknown" in small("plan", "--today", "2026-05-18").said


def test_check_of_a_folder_looks_at_that_folder_only(assess: CommandLine, tmp_path: Path) -> None:
    assess.use_small_data()
    document = assess("check", assess.folder / "data", "--json").document
    assert [one["questionnaire"] for one in document["questionnaires"]] == ["small"]
    empty = assess("check", tmp_path)
    assert (empty.code, "There is no questionnaire in this folder." in empty.said) == (1, True)


@pytest.mark.parametrize(
    "option",
    [("--what-if", "goals-1=7"), ("--what-if", "goals-1"), ("--off", "soon"), ("--start", "2026")],
)
def test_option_that_says_nothing_is_wrong_usage(
    small: CommandLine, option: tuple[str, str]
) -> None:
    assert small("plan", *option).code == 2


def test_lost_store_keeps_start_and_ticks_of_the_file(small: CommandLine) -> None:
    path = plan_of(small)
    edit(path, "- [ ] Begin with goals-1.", "- [x] Begin with goals-1.")
    small.store.unlink()
    first = small.folder / "first.toml"
    ran = small("run", "--answers", first, "--out", path, "--today", "2026-06-10", "--json")
    plan = ran.document["plan"]
    weeks = {p["action"]: p["first_week"] for p in plan["priorities"]}
    assert (plan["start"], weeks["lift-goals-1-1"]) == ("2026-05-18", 1)
    assert "- [x] Begin with goals-1." in path.read_text(encoding="utf-8")


def test_action_whose_tasks_were_all_deleted_is_not_planned_again(small: CommandLine) -> None:
    path = plan_of(small)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "lift-goals-1-1/" not in line))
    again = small("plan", "--json", "--today", "2026-05-18").document
    assert "lift-goals-1-1" not in [p["action"] for p in again["priorities"]]
    back = small("plan", "--want", "lift-goals-1-1", "--json", "--today", "2026-05-18").document
    assert "lift-goals-1-1" in [p["action"] for p in back["priorities"]]


def test_open_steps_leave_weeks_off(small: CommandLine) -> None:
    actions = small.folder / "data/plans/small/actions.toml"
    before = 'steps = [{ week = 1, hours = 2, do = "Begin with goals-1." }]'
    after = (
        'steps = [{ week = 1, hours = 1, do = "Begin with goals-1." }, '
        '{ week = 2, hours = 1, do = "End with goals-1." }]'
    )
    actions.write_text(actions.read_text().replace(before, after, 1))
    small("plan", "--today", "2026-05-18")
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [x] Begin with goals-1.")
    plan = small("plan", "--off", "2", "--json", "--today", "2026-05-18").document
    [begun] = [p for p in plan["priorities"] if p["action"] == "lift-goals-1-1"]
    assert [step["week"] for step in begun["steps"]] == [1, 3]
    assert plan["hours_by_week"][1] == 0


def test_fewer_hours_than_what_was_begun_takes_are_told(small: CommandLine) -> None:
    edit(plan_of(small), "- [ ] Begin with goals-1.", "- [/] Begin with goals-1.")
    ran = small("plan", "--hours", "1", "--today", "2026-05-18")
    assert "What was begun takes more than the 1 hour that there are in week 1" in ran.said


def test_export_holds_what_is_new_in_the_plan(small: CommandLine) -> None:
    small("plan", "--skip", "lift-goals-1-1", "--today", "2026-05-18")
    small("plan", "--want", "lift-goals-1-1", "--out", "plan.csv", "--today", "2026-05-18")
    assert "lift-goals-1-1/1" in (small.folder / "plan.csv").read_text(encoding="utf-8")


def test_plan_of_another_questionnaire_is_not_merged_into(small: CommandLine) -> None:
    before = plan_of(small).read_bytes()
    ran = small(
        "run", "--answers", EXAMPLE / "first.toml", "--out", plan_of(small), "--today", "2026-05-18"
    )
    assert (ran.code, "plan for another questionnaire" in ran.said) == (1, True)
    assert plan_of(small).read_bytes() == before


def test_running_plan_is_read_while_the_next_assessment_is_open(small: CommandLine) -> None:
    small("open", "--invite", "5", "--today", "2026-07-01")
    assert small("checkin", "--no-input", "--today", "2026-07-01").code == 0
    assert small("result", "--json").document["date"] == "2026-05-18"
