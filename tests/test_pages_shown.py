"""Every page in every medium: the whole texts, their widths, and what they never hold."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assess.cells import cell_width
from assess.media.markdown import render_markdown
from assess.media.terminal import Look
from assess.media.terminal.layout import lay_out, lay_out_blocks, lay_out_screen
from assess.media.terminal.lines import plain_text
from assess.pages.blocks import Chart, ChartLine, Command, Page, Section, Sentence, listed
from assess.pages.comparison import make_comparison_page
from assess.pages.explanation import make_explanation_page
from assess.pages.plan import make_plan_page
from assess.pages.result import make_result_screen
from assess.planning.explanation import Instead
from assess.questionnaire import AboutEntry, read_questionnaire
from assess.rules.miss import Bearing, NearMiss
from assess.rules.situation import TEAM_NUMBERS
from assess.scoring.profile import score_answers
from tests.builders import make_answers, questionnaire_table
from tests.conftest import MatchExpected
from tests.pages import (
    DAY,
    PAGES,
    comparison_page,
    example_comparison,
    example_explanation,
    example_plan,
    home_page,
    make_profile,
    result_page,
)
from tests.plans import make_plan

LOOKS = {"80": Look(80), "60": Look(60), "plain": Look(60, linear=True)}
WIDTHS = (Look(80), Look(60), Look(40), Look(60, linear=True))
STRANGE_TEAMS = {
    "plain": "Lyon",
    "wide": "マーケティング部" * 8,
    "one word": "x" * 100,
    "markup": "A | B # C",
    "combining": "e\u0301quipe " * 14,
    "emoji": "❤️👨‍👩‍👧 family " * 9,
}


SCREEN = Look(80)


def shown(page: Page, look: Look = SCREEN, *, everything: bool = True) -> str:
    return plain_text(lay_out(page, look, everything=everything))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_page_on_a_terminal(name: str, look: str, match_expected: MatchExpected) -> None:
    match_expected(f"pages/{name}.{look}.txt", shown(PAGES[name](), LOOKS[look]))


@pytest.mark.parametrize("name", PAGES)
def test_page_as_markdown(name: str, match_expected: MatchExpected) -> None:
    match_expected(f"pages/{name}.md", render_markdown(PAGES[name]()))


@pytest.mark.parametrize("name", PAGES)
def test_no_picture_is_drawn_for_those_who_hear_the_screen(name: str) -> None:
    assert not re.search("[█▌░│━▁▇→]", shown(PAGES[name](), LOOKS["plain"]))


@pytest.mark.parametrize("look", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_screen(name: str, look: Look) -> None:
    rows = shown(PAGES[name](), look).splitlines()
    # A command to copy is neither wrapped nor cut.
    assert max(cell_width(row) for row in rows if "assess " not in row) <= look.width


@pytest.mark.parametrize("look", WIDTHS)
@pytest.mark.parametrize("team", STRANGE_TEAMS.values(), ids=STRANGE_TEAMS)
def test_strange_names_fit_the_screen(team: str, look: Look) -> None:
    pages = (
        result_page(team=team),
        make_plan_page(example_plan(team)),
        comparison_page(team),
        home_page(team),
    )
    rows = "".join(shown(page, look) for page in pages).splitlines()
    assert max(map(cell_width, rows)) <= look.width


@pytest.mark.parametrize("look", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_without_its_details_fits_one_screen(name: str, look: Look) -> None:
    page = PAGES[name]()
    page = Page(page.title, (*page.sections, Section("", (Command("assess plan"),))))
    rows = plain_text(lay_out_screen(page, look)).splitlines()
    assert len(rows) <= 23
    assert rows[-1] == "  assess plan"


def test_what_is_cut_to_fit_one_screen_is_told() -> None:
    page = Page("Title", (listed("Long", map(str, range(99))), Section("", (Sentence("End."),))))
    rows = plain_text(lay_out_screen(page, SCREEN)).splitlines()
    assert rows[-3:] == ["  17", "  … and more, with --all", "End."]


def test_the_last_part_of_one_screen_keeps_its_heading() -> None:
    last = Section("Review", (Sentence("Is it true?"),))
    page = Page("Title", (listed("Long", map(str, range(99))), last))
    rows = plain_text(lay_out_screen(page, SCREEN)).splitlines()
    assert (len(rows), rows[-3:]) == (23, ["", "Review", "Is it true?"])


def test_details_are_left_out_of_one_screen_only() -> None:
    page = make_plan_page(example_plan())
    assert "Week by week" in shown(page)
    assert "Week by week" not in shown(page, everything=False)


# --- Results ---


@pytest.mark.parametrize("width", [80, 60, 56, 40])
def test_bars_beside_long_titles_fit_the_screen(width: int) -> None:
    table = questionnaire_table(goals=2, roles=2)
    for dimension in table["dimension"]:
        dimension["title"] += " and everything that belongs to them"
    questionnaire = read_questionnaire(table)
    profile = score_answers(questionnaire, make_answers(questionnaire, 1))
    text = shown(result_page(profile), Look(width))
    assert max(map(cell_width, text.splitlines())) <= width
    assert ("│" in text) == (width > 54)


def test_percentages_are_rounded_down() -> None:
    assert " 66 %" in shown(result_page(make_profile(1, 1, 0, goals=3)))


def test_finished_team_is_told_so() -> None:
    text = shown(result_page(make_profile(3, goals=2)))
    assert "has finished all three stages" in text
    assert "✓ Mastery" in text


# --- Plans and explanations ---


def test_months_that_follow_each_other_at_once_stand_apart() -> None:
    plan = make_plan(start=date(2027, 2, 22))
    assert f"  Feb Mar{' ' * 11}Apr" in shown(make_plan_page(plan))


def test_weeks_are_told_in_words_where_the_timeline_has_no_room() -> None:
    text = " ".join(shown(make_plan_page(example_plan()), Look(20)).split())
    assert "Write down three goals for the quarter: weeks 2 to 7." in text


def test_near_misses_name_the_question_and_the_dimension() -> None:
    text = " ".join(shown(make_explanation_page(example_explanation())).split())
    assert "if “How is goals 1?” (goals-1) were level 1: it is level 0" in text
    assert "“Roles” were below half" in text


def test_near_misses_call_nothing_by_the_key_that_rules_use() -> None:
    """Whatever key of the vocabulary a rule asks about."""
    explanation = example_explanation()
    keys = ("roles.maturity", "roles.index", "carried.write-three-goals", *TEAM_NUMBERS)
    misses = tuple(NearMiss("one", None, "counts", (f"`{k}` were 1: it is 0",)) for k in keys)
    for miss in misses:
        page = make_explanation_page(replace(explanation, bearing=Bearing((), (miss,))))
        assert re.search(r"counts if [^`._]+ were 1: it is 0", " ".join(shown(page).split()))


def test_near_misses_say_what_was_chosen_in_the_words_that_were_to_choose_from() -> None:
    entry = AboutEntry(
        id="budget", ask="Whose is the budget?", choices={"own": "It is ours.", "none": "Others'."}
    )
    explanation = example_explanation()
    profile = explanation.plan.profile
    asked = profile.questionnaire.model_copy(update={"about": (entry,)})
    plan = replace(explanation.plan, profile=replace(profile, questionnaire=asked))
    miss = NearMiss("one", None, "counts", ("`about.budget` were not own: it is none",))
    there = replace(explanation, plan=plan, bearing=Bearing((), (miss,)))
    text = " ".join(shown(make_explanation_page(there)).split())
    assert "if “Whose is the budget?” were not “It is ours”: it is “Others'”." in text


@pytest.mark.parametrize("fits", [True, False])
def test_command_is_offered_only_for_what_can_be_had(fits: bool) -> None:
    text = shown(make_explanation_page(example_explanation(fits=fits)))
    assert ("cannot be had" in text) != fits
    assert ("assess plan --want write-three-goals" in text) == fits


@pytest.mark.parametrize(
    ("change", "said"),
    [(-5, "of what it wins now."), (1, "wins more, because"), (0, "goes for it.")],
)
def test_what_a_wish_costs_or_brings_is_said_by_its_size(change: int, said: str) -> None:
    """As a must it takes no place, so that a plan with it can win more than the best without."""
    explanation = example_explanation()
    plan = explanation.plan
    instead = Instead(True, (plan.priorities[0].action,), plan.value + change)
    text = shown(make_explanation_page(replace(explanation, instead=instead)))
    assert said in " ".join(text.split())


# --- Comparisons ---


def test_arrow_passes_the_limit_of_chance_only_with_a_clear_change() -> None:
    rows = shown(make_comparison_page(example_comparison())).splitlines()
    goals = next(row for row in rows if "Goals" in row and "○" in row)
    roles = next(row for row in rows if "Roles" in row and "○" in row)
    assert re.search("○━*│━*▶.*clear rise", goals)
    assert re.search("│·*◀━*○·*│.*no clear change", roles)


def test_narrow_screens_leave_the_arrows_out() -> None:
    text = shown(make_comparison_page(example_comparison()), Look(50))
    assert "○" not in text
    assert "16 →  58  +41  clear rise" in text


def test_a_result_on_one_screen_has_every_dimension_and_where_the_rest_is() -> None:
    questionnaire = read_questionnaire(questionnaire_table(**{f"d{n}": 2 for n in range(9)}))
    profile = score_answers(questionnaire, make_answers(questionnaire, 1))
    kept = listed("What the plan was to make true", ("Reached: 1 of 2.",))
    page = make_result_screen(result_page(profile), "Lyon", profile, kept, DAY)
    rows = plain_text(lay_out_screen(page, SCREEN)).splitlines()
    assert len(rows) <= 23
    assert sum(" %  " in row for row in rows) == 10
    assert rows[-1] == f"  assess result --date {DAY} --all"


def test_line_that_stays_below_its_goal_is_drawn_below_it() -> None:
    values = (Fraction(3, 4), Fraction(3, 4))
    lines = (ChartLine("Momentum", "momentum", values),)
    chart = Chart((DAY, DAY.replace(year=2027)), lines, (Fraction(4, 5), "goal"))
    rows = plain_text(lay_out_blocks((chart,), SCREEN)).splitlines()
    goal = next(place for place, row in enumerate(rows) if "┄" in row)
    momentum = next(place for place, row in enumerate(rows) if row.endswith("Momentum"))
    assert momentum == goal + 1
