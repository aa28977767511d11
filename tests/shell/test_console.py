"""What is printed: whole pictures, their widths, without colour, and in words."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assess.answers import Assessment
from assess.cells import cell_width
from assess.comparison import (
    Comparison,
    PlannedAction,
    Quarter,
    compare_assessments,
    follow_quarters,
)
from assess.console import Console
from assess.console.comparison import comparison_lines
from assess.console.content import (
    action_lines,
    actions_lines,
    questionnaire_lines,
    questionnaires_lines,
)
from assess.console.lines import Line, Look, plain_text
from assess.console.overview import (
    HistoryRow,
    TeamAtHome,
    TeamRow,
    history_lines,
    home_lines,
    team_lines,
)
from assess.console.plan import plan_lines, show_plan
from assess.console.result import result_lines, show_result
from assess.console.series import series_lines
from assess.console.why import explanation_lines
from assess.errors import AnswersError, Problem
from assess.planning.explanation import Explanation, Instead
from assess.planning.plan import Plan, Projection
from assess.questionnaire import read_questionnaire
from assess.rules.miss import Bearing, NearMiss
from assess.scoring import Profile, score_answers
from assess.scoring.assessment import score_assessment
from tests.builders import (
    action_table,
    make_answers,
    make_assessment,
    make_catalogue,
    make_questionnaire,
    questionnaire_table,
)
from tests.conftest import MatchExpected
from tests.plans import make_plan

DAY = date(2026, 11, 22)
BACKED = {"level": 2, "evidence": "Sheet of 3 November"}
NOTHING = {"not-applicable": "one-person team"}
LOOKS = (Look(80), Look(60), Look(40), Look(60, linear=True))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Latin(io.TextIOWrapper):
    """A stream that cannot carry more than ASCII."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii", newline="")

    def shown(self) -> str:
        self.flush()
        self.seek(0)
        return self.read()


def printed_plainly(show: Callable[[Console], None]) -> str:
    out = io.StringIO()
    show(Console(out, io.StringIO(), plain=True, environ={}))
    return out.getvalue()


def text_of(lines: list[Line]) -> str:
    return plain_text(lines)


def make_profile(*given: object, **questions: int) -> Profile:
    """Return the profile of answers, one value for each question or one for all."""
    questionnaire = make_questionnaire(**questions)
    return score_answers(questionnaire, make_answers(questionnaire, *given))


def steps(*hours_by_week: tuple[int, int]) -> list[dict[str, object]]:
    return [{"week": week, "hours": hours, "do": f"Step {week}."} for week, hours in hours_by_week]


def example_plan(team: str = "Lyon") -> Plan:
    """Return a plan with a step after two weeks off, and one without hours."""
    hours = action_table("hours", title="Free two hours a week", steps=steps((1, 2), (2, 0)))
    goals = action_table(
        "goals", title="Write down three goals for the quarter", steps=steps((1, 2), (2, 5), (6, 3))
    )
    plan = make_plan(
        hours,
        goals,
        action_table("test", title="Run one test every month"),
        levels=(1, 1, 0, 0),
        first_weeks={"hours": 1, "goals": 2},
        not_now={"test": "too-early"},
        weeks_off=(5, 6),
    )
    scores = (Fraction(4, 5), Fraction(1, 3), Fraction(0))
    return replace(plan, team=team, projected=Projection(scores, "maturity", complete=False))


# --- Results ---


def test_result_in_momentum(match_expected: MatchExpected) -> None:
    profile = make_profile(1, 0, 2, "dont-know", goals=2, roles=2)
    match_expected(
        "console-result-momentum.txt", text_of(result_lines("Lyon", DAY, profile, Look()))
    )


def test_result_in_maturity_with_everything_to_say(match_expected: MatchExpected) -> None:
    profile = make_profile(
        *(BACKED, 3, 1, 2, 1, 1, 1, NOTHING, NOTHING, "dont-know"),
        goals=4,
        roles=3,
        budget=2,
        systems=1,
    )
    match_expected(
        "console-result-maturity.txt", text_of(result_lines("Lyon", DAY, profile, Look()))
    )


def test_result_for_those_who_hear_the_screen(match_expected: MatchExpected) -> None:
    profile = make_profile(1, 0, 2, "dont-know", goals=2, roles=2)
    shown = printed_plainly(lambda console: show_result(console, "Lyon", DAY, profile))
    assert not re.search("[█▌░│━]", shown)
    match_expected("console-result-plain.txt", shown)


def test_result_of_nothing_scored_says_what_to_answer(match_expected: MatchExpected) -> None:
    profile = make_profile("dont-know", 1, NOTHING, "dont-know", goals=2, roles=2)
    match_expected("console-result-none.txt", text_of(result_lines("Lyon", DAY, profile, Look())))


@pytest.mark.parametrize("width", [80, 60, 56, 40])
def test_grid_of_long_titles_fits_the_screen(width: int) -> None:
    table = questionnaire_table(goals=2, roles=2)
    for dimension in table["dimension"]:
        dimension["title"] += " and everything that belongs to them"
    questionnaire = read_questionnaire(table)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1))
    shown = text_of(result_lines("Lyon", DAY, profile, Look(width)))
    assert max(map(cell_width, shown.splitlines())) <= width
    assert ("│" in shown) == (width > 54)


def test_percentages_are_rounded_down() -> None:
    profile = make_profile(1, 1, 0, goals=3)
    assert " 66 %" in text_of(result_lines("Lyon", DAY, profile, Look()))


def test_finished_team_is_told_so() -> None:
    shown = text_of(result_lines("Lyon", DAY, make_profile(3, goals=2), Look()))
    assert "has finished all three stages" in shown
    assert "✓ Mastery" in shown


# --- Plans ---


def test_plan_as_a_picture(match_expected: MatchExpected) -> None:
    lines = plan_lines(example_plan(), Look(), "lyon-2026-11-23.md")
    match_expected("console-plan.txt", text_of(lines))


def test_plan_for_those_who_hear_the_screen(match_expected: MatchExpected) -> None:
    shown = printed_plainly(lambda console: show_plan(console, example_plan()))
    match_expected("console-plan-plain.txt", shown)


def test_months_that_follow_each_other_at_once_stand_apart() -> None:
    plan = make_plan(start=date(2027, 2, 22))
    assert f"  Feb Mar{' ' * 11}Apr" in text_of(plan_lines(plan, Look()))


def test_weeks_are_told_in_words_where_the_timeline_has_no_room() -> None:
    shown = text_of(plan_lines(example_plan(), Look(40)))
    assert "Week 2, from Mon 30 Nov:" in " ".join(shown.split())


def test_plan_without_an_action_says_so() -> None:
    plan = replace(example_plan(), priorities=())
    assert "No action fits into this plan." in text_of(plan_lines(plan, Look()))


def example_explanation(*, fits: bool) -> Explanation:
    plan = make_plan(not_now={"write-three-goals": "no-room"})
    [left_out] = plan.not_now
    missing = "`question.goals-1` were 1: it is 0", "`roles` were below half: it is 1 of 2"
    misses = (NearMiss("seek-goals", None, "would enter the plan", missing),)
    return Explanation(
        action=left_out.action,
        plan=plan,
        candidate=None,
        priority=None,
        left_out=left_out,
        bearing=Bearing((), misses),
        instead=Instead(fits, (), plan.value),
    )


def test_near_misses_name_the_question_and_the_dimension() -> None:
    rows = text_of(explanation_lines(example_explanation(fits=True), Look()))
    shown = " ".join(rows.split())
    assert "if “How is goals 1?” (`question.goals-1`) were 1" in shown
    assert "“Roles” (`roles`) were below half" in shown


@pytest.mark.parametrize("fits", [True, False])
def test_command_is_offered_only_for_what_can_be_had(fits: bool) -> None:
    shown = text_of(explanation_lines(example_explanation(fits=fits), Look()))
    assert ("cannot be had" in shown) != fits
    assert ("To have it: assess plan --want write-three-goals" in shown) == fits


# --- Comparisons and quarters ---

TITLES = {"write-three-goals": "Write down three goals", "name-owners": "Name one owner each"}


def quarter(*levels: object, day: date = DAY) -> Assessment:
    """Return a manager's assessment of two dimensions with four questions each."""
    questionnaire = make_questionnaire(goals=4, roles=4)
    return make_assessment(questionnaire, *levels, day=day)


def example_comparison() -> Comparison:
    actions = (
        PlannedAction("write-three-goals", True, {"goals-1": 1}),
        PlannedAction("name-owners", False, {"roles-4": 1}),
    )
    before = quarter(0, 0, 1, 1, 2, 2, 1, "dont-know", day=date(2026, 8, 22))
    after = quarter(2, 2, 1, 2, 1, 2, 1, 1)
    return compare_assessments(before, after, focus=("goals",), actions=actions)


def test_comparison_as_a_picture(match_expected: MatchExpected) -> None:
    lines = comparison_lines(example_comparison(), Look(), TITLES)
    match_expected("console-comparison.txt", text_of(lines))


def test_comparison_for_those_who_hear_the_screen(match_expected: MatchExpected) -> None:
    lines = comparison_lines(example_comparison(), Look(linear=True), TITLES)
    match_expected("console-comparison-plain.txt", text_of(lines))


def test_arrow_passes_the_noise_line_only_with_a_clear_change() -> None:
    rows = text_of(comparison_lines(example_comparison(), Look(), TITLES)).splitlines()
    goals = next(row for row in rows if "Goals" in row)
    roles = next(row for row in rows if "Roles" in row)
    assert re.search("○━*│━*▶.*clear rise", goals)
    assert re.search("│·*◀━*○·*│.*no clear change", roles)


def test_narrow_screens_leave_the_arrows_out() -> None:
    shown = text_of(comparison_lines(example_comparison(), Look(50), TITLES))
    assert "○" not in shown
    assert "16 →  58  +41  clear rise" in shown


def example_quarters() -> tuple[Quarter, ...]:
    days = (date(2026, 5, 20), date(2026, 8, 22), DAY)
    levels = ((0, 0, 1, 1, 0, 1, 1, 0), (1, 1, 1, 1, 1, 2, 1, 0), (2, 2, 1, 2, 1, 2, 1, 1))
    return follow_quarters(
        quarter(*given, day=day) for given, day in zip(levels, days, strict=True)
    )


def test_quarters_as_a_picture(match_expected: MatchExpected) -> None:
    questionnaire = make_questionnaire(goals=4, roles=4)
    lines = series_lines("Lyon", questionnaire, example_quarters(), Look())
    match_expected("console-series.txt", text_of(lines))


def test_score_below_the_line_is_drawn_below_it() -> None:
    questionnaire = make_questionnaire(goals=4, roles=4)
    days = (date(2026, 8, 22), DAY)
    quarters = follow_quarters(quarter(1, 1, 1, 1, 1, 1, 0, 0, day=day) for day in days)
    rows = text_of(series_lines("Lyon", questionnaire, quarters, Look())).splitlines()
    line = next(place for place, row in enumerate(rows) if "┄" in row)
    momentum = next(place for place, row in enumerate(rows) if row.endswith("Momentum"))
    assert momentum == line + 1


# --- Manager and members ---


def test_manager_and_members_stand_side_by_side(match_expected: MatchExpected) -> None:
    members = [(1, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (1, 1, 1, 3), (1, 0, 2, 3)]
    questionnaire = make_questionnaire(goals=2, roles=2)
    result = score_assessment(make_assessment(questionnaire, 3, 2, 1, 1, members=members))
    lines = result_lines("Lyon", DAY, result.profile, Look(), result)
    match_expected("console-result-members.txt", text_of(lines))


def test_too_few_members_are_told_from_how_many_on_they_are_shown() -> None:
    questionnaire = make_questionnaire(goals=2)
    result = score_assessment(make_assessment(questionnaire, 1, 1, members=[(1, 1)] * 4))
    shown = text_of(result_lines("Lyon", DAY, result.profile, Look(), result))
    assert "4 members answered; what they say is shown from 5 on." in shown


# --- What is kept, and the data files ---


def test_home_shows_what_is_due_and_the_command_for_it() -> None:
    teams = (
        TeamAtHome("Lyon", "Check-in due on Fri 4 Dec.", "assess checkin", "momentum", False, DAY),
        TeamAtHome("Oslo", "Not begun.", "assess run --team Oslo"),
    )
    assert text_of(home_lines(teams, Look())) == (
        "Lyon · Momentum, assessed 22 November 2026\n"
        "  Check-in due on Fri 4 Dec.\n"
        "  assess checkin\n"
        "\n"
        "Oslo · not assessed yet\n"
        "  Not begun.\n"
        "  assess run --team Oslo\n"
    )


def test_home_of_a_newcomer_says_how_to_begin() -> None:
    assert "Assess your team: assess run" in text_of(home_lines((), Look()))


def test_teams_are_listed_with_their_last_assessment() -> None:
    teams = (TeamRow("Lyon", 3, DAY, "maturity"), TeamRow("Oslo", 0, archived=True))
    assert text_of(team_lines(teams, Look())) == (
        "  Team  assessments  last        stage\n"
        "  Lyon            3  2026-11-22  Maturity\n"
        "  Oslo            0  –           –         archived\n"
    )


def test_history_lists_what_is_kept() -> None:
    scores = (Fraction(799, 1000), Fraction(1, 3), Fraction(0))
    rows = [HistoryRow(DAY, "marketing-team", 1, "manager", "momentum", False, scores)]
    assert text_of(history_lines("Lyon", rows, Look())).splitlines()[2:] == [
        "  Date        questionnaire     view     stage     Momentum  Maturity  Mastery",
        "  2026-11-22  marketing-team 1  manager  Momentum      79 %      33 %      0 %",
    ]


def test_tables_become_sentences_where_there_is_no_room_and_for_those_who_hear() -> None:
    teams = (TeamRow("Lyon", 3, DAY, "maturity"),)
    spoken = "  Lyon: assessments 3, last 2026-11-22, stage Maturity.\n"
    assert text_of(team_lines(teams, Look(linear=True))) == spoken
    assert text_of(team_lines(teams, Look(20))).startswith("  Lyon: assessments\n")


def test_questionnaire_is_shown_with_every_level() -> None:
    questionnaire = make_questionnaire(goals=1)
    assert text_of(questionnaire_lines(questionnaire, Look())) == (
        "Small · small 1\n"
        "\n"
        "Goals\n"
        "What about goals?\n"
        "\n"
        "  How is goals 1? (goals-1)\n"
        "    0  goals 1 at level 0.\n"
        "    1  goals 1 at level 1.\n"
        "    2  goals 1 at level 2.\n"
        "    3  goals 1 at level 3.\n"
    )


def test_action_is_shown_with_what_it_lifts_and_its_steps() -> None:
    questionnaire = make_questionnaire(goals=1)
    table = action_table("write-goals", {"goals-1": 1}, title="Write goals", levers=["Cut one."])
    catalogue = make_catalogue(questionnaire, table)
    action = catalogue.actions[0]
    assert text_of(action_lines(action, catalogue, questionnaire, Look())) == (
        "Write goals · write-goals\n"
        "Led by the manager; 2 hours in 1 week.\n"
        "\n"
        "Done when\n"
        "  level 1 of goals-1: goals 1 at level 1.\n"
        "\n"
        "Steps\n"
        "  week 1, 2 hours: First step of write-goals.\n"
        "\n"
        "If it slips\n"
        "  Cut one.\n"
    )
    listed = text_of(actions_lines(catalogue.actions, Look()))
    assert listed == "write-goals · 2 hours, 1 week\n  Write goals\n"


# --- Widths, colours and dangerous texts ---

STRANGE_TEAMS = ("Lyon", "マーケティング部" * 8, "x" * 100, "A | B # C", "e\u0301quipe " * 14)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "team", STRANGE_TEAMS, ids=("plain", "wide", "one word", "markup", "combining")
)
def test_no_line_is_wider_than_the_screen(team: str, look: Look) -> None:
    profile = make_profile(2, 0, BACKED, "dont-know", goals=1, organisation=3)
    lines = [
        *result_lines(team, DAY, profile, look),
        *plan_lines(example_plan(team), look, "lyon.md"),
        *comparison_lines(replace(example_comparison(), team=team), look, TITLES),
        *series_lines(team, make_questionnaire(goals=4, roles=4), example_quarters(), look),
        *home_lines([TeamAtHome(team, team, "assess run")], look),
        *team_lines([TeamRow(team, 1, DAY, "maturity")], look),
        *questionnaires_lines([profile.questionnaire], look),
    ]
    widths = [cell_width(row) for row in text_of(lines).splitlines()]
    assert max(widths) <= look.width


def test_terminal_gets_colours_but_the_same_letters() -> None:
    screen = Terminal()
    show_plan(Console(screen, screen, environ={"TERM": "xterm-256color"}), example_plan())
    without = re.sub("\x1b\\[[0-9;]*m", "", screen.getvalue())
    assert "\x1b[" in screen.getvalue()
    assert [row.rstrip() for row in without.splitlines()] == text_of(
        plan_lines(example_plan(), Look())
    ).splitlines()


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_terminal_without_colour_gets_no_escape_sequence(environ: dict[str, str]) -> None:
    screen = Terminal()
    show_plan(Console(screen, screen, environ=environ), example_plan())
    assert "\x1b" not in screen.getvalue()


@pytest.mark.parametrize(
    ("told", "width"), [("60", 60), ("7", 40), ("900", 100), ("0", 80), ("wide", 80)]
)
def test_width_can_be_told(told: str, width: int) -> None:
    console = Console(io.StringIO(), io.StringIO(), environ={"COLUMNS": told})
    assert console.look.width == width


def test_escape_sequences_in_names_do_not_reach_the_terminal() -> None:
    screen = Terminal()
    console = Console(screen, screen, environ={"TERM": "xterm"})
    evil = "Lyon\x1b]0;title\x07\x9b31m\u202e"
    show_result(console, evil, DAY, make_profile(1, goals=2))
    console.say(evil)
    console.show_error(AnswersError(Problem(evil, evil, evil)))
    without = re.sub("\x1b\\[[0-9;]*m", "", screen.getvalue())
    assert not re.search("[\x1b\x07\x9b\u202e]", without)


def test_stream_that_cannot_carry_the_letters_gets_others_in_their_place() -> None:
    stream = Latin()
    show_plan(Console(stream, stream, environ={}), example_plan("Genève"))
    assert "Gen?ve" in stream.shown()
    assert "-2---" in stream.shown()


# --- Messages ---


def test_results_go_to_stdout_and_messages_to_stderr() -> None:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err)
    console.show([(("result", "strong"),)])
    console.say("message")
    console.warn("careful")
    assert (out.getvalue(), err.getvalue()) == ("result\n", "message\nwarning: careful\n")


def test_two_results_stand_an_empty_line_apart() -> None:
    out = io.StringIO()
    console = Console(out, io.StringIO())
    console.show([(("a", ""),)])
    console.show([(("b", ""),), ()])
    console.show([])
    console.show([(("c", ""),)])
    console.show([(), (("d", ""),)])
    assert out.getvalue() == "a\n\nb\n\nc\n\nd\n"


def test_paths_in_messages_are_not_broken() -> None:
    err = io.StringIO()
    path = "/home/" + "x" * 100
    Console(io.StringIO(), err, environ={}).say(f"The plan of the team was written to {path} today")
    assert err.getvalue() == f"The plan of the team was written to\n{path}\ntoday\n"


def test_errors_are_told_with_place_and_remedy() -> None:
    err = io.StringIO()
    problems = [Problem(f"Wrong {n}.", f"file.toml, entry {n}", f"Mend {n}.") for n in (1, 2)]
    Console(io.StringIO(), err).show_error(AnswersError(*problems))
    assert err.getvalue() == (
        "error: Wrong 1.\n  where: file.toml, entry 1\n  fix:   Mend 1.\n"
        "error: Wrong 2.\n  where: file.toml, entry 2\n  fix:   Mend 2.\n"
    )


def test_bug_is_owned_and_says_where_its_traceback_is() -> None:
    err = io.StringIO()
    Console(io.StringIO(), err).show_bug(ZeroDivisionError("by\x1bzero"), "/tmp/trace.txt")
    assert err.getvalue() == (
        "error: This is a mistake of ours: ZeroDivisionError: by\ufffdzero\n"
        "  where: /tmp/trace.txt\n"
        "  fix:   Nothing that you kept is lost. Please report it with that file.\n"
    )
