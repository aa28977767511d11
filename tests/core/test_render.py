"""What a rendered plan says, and that free text changes nothing but text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assess.catalogue.work import find_work
from assess.document.update import update_document
from assess.errors import DataFileError
from assess.goals.goal import Goal
from assess.pages.board import Beside
from assess.pages.carried import LeftOpen
from assess.pages.plan_paper import render_plan
from assess.planning.candidates import YOUR_CHOICE
from assess.planning.plan import Candidate, Plan, Projection
from assess.rules.finding import Finding
from tests.builders import action_table, make_questionnaire
from tests.plans import GOALS, ROLES, make_plan

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")

NAME = "name-one-owner"


def rendered(plan: Plan) -> str:
    return render_plan(plan, TEMPLATE)


def structure(text: str) -> Iterator[str]:
    """Yield everything that Markdown sees in a plan but the words and the front matter."""
    body = text.split("---\n", 2)[2]
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body):
        yield token.type + token.tag
        yield from (child.type for child in token.children or () if child.type != "text")


def test_sections_stand_in_the_order_of_the_design() -> None:
    headings = [line for line in rendered(make_plan()).splitlines() if line.startswith("#")]
    assert headings == [
        "# 90-day plan for Lyon: 23 November 2026 to 19 February 2027",
        "## On one page",
        "## Goals",
        "## What this plan should make true by 19 February",
        "## Days 1-30",
        "### Write down three goals for the quarter",
        "### Name one owner for each goal",
        "## Days 31-60",
        "## Days 61-90",
        "## Rhythm",
        "## Timeline",
        "## Next in line",
        "## Where the team stands",
        "## Next assessment",
    ]


def test_front_matter_carries_provenance_only() -> None:
    _, front_matter, _ = rendered(make_plan(team='Lyon "B" #1')).split("---\n", 2)
    assert front_matter.splitlines() == [
        'team: "Lyon \\"B\\" #1"',
        "assessment: 2026-11-22",
        "start: 2026-11-23",
        "format: 1",
    ]


def test_a_task_names_its_owner_its_date_and_itself() -> None:
    assert (
        "- [ ] Draft at most three goals with the team in one sitting. — *the manager*, "
        "by Fri 4 Dec <!-- assess:write-three-goals/2 -->\n"
    ) in rendered(make_plan())


def test_a_priority_says_what_why_how_and_until_when() -> None:
    text = rendered(make_plan(findings=[Finding("r", "Nobody explained it.", risk="alignment")]))
    page = text.split("### ")[1]
    for words in (
        "**Objective:** Objective of write-three-goals.\n",
        "**When:** 7 hours, weeks 1 to 3.\n\n**Why:** It wins 2 steps in Goals.\n",
        "| Members who can name all goals |                 2 of 5 | 100 % |",
        "**If it slips:**\n\n- Cut to one goal.",
        "**Risks:**\n\n- Alignment: Nobody explained it.",
        "**Done when:**\n\n- goals 1 at level 1.\n- goals 2 at level 1.",
    ):
        assert words in page


def test_what_begins_later_is_told_in_short_until_it_comes_up() -> None:
    many = [action_table(f"a{n}", {"goals-1": 1}, title=f"Do {n}", levers=["L"]) for n in range(6)]
    later = rendered(make_plan(*many))
    assert later.count("**Why:**") == later.count("**If it slips:**") == 3
    assert later.count("**When:**") == later.count("**Objective:**") == 6
    assert later.count("**Done when:**") == 6
    nearer = make_plan(*many[4:], first_weeks={"a4": 9, "a5": 11})
    assert update_document(later, later, rendered(nearer)).text.count("**If it slips:**") == 2


def test_a_priority_stands_in_the_month_in_which_it_begins() -> None:
    text = rendered(make_plan(first_weeks={"write-three-goals": 5, NAME: 10}))
    assert "### Write down" in text.split("## Days 1-30")[1].split("## Days 31-60")[0]
    assert "### Name one owner" in text.split("## Days 61-90")[1].split("\n## ")[0]
    assert "Nothing new begins. Review on" in text.split("## Days 31-60")[1]


def test_decisions_stand_apart_from_work() -> None:
    steps = [{"week": 1, "hours": 0, "do": "Say it in the next meeting."}]
    decide = action_table("decide", {"roles-1": 1}, title="Decide it", steps=steps)
    text = rendered(make_plan(GOALS, decide))
    decided = text.split("## Decided at once")[1].split("## Rhythm")[0]
    assert "### Decide it" in decided
    assert "**Done when:**\n\n- roles 1 at level 1." in decided
    assert "Decide it (Fri 11 Dec)" in text.split("## Goals")[0]


def test_one_page_holds_on_one_page() -> None:
    page = rendered(make_plan()).split("## On one page\n")[1].split("\n## ")[0]
    assert "Lyon is in Momentum, the first of three stages" in page
    assert "Write down three goals for the quarter" in page
    assert len(page.strip().splitlines()) <= 40


def first_page(plan: Plan, beside: Beside | None = None) -> str:
    return render_plan(plan, TEMPLATE, beside).split("## On one page\n")[1].split("\n## ")[0]


def test_the_first_page_says_which_hours_stay_free_for_other_work() -> None:
    page = first_page(make_plan())
    assert "11 for the work; 3 kept free for what slips; the other 64 are free for other" in page
    page = first_page(make_plan(hours=1))
    assert "13 in the weeks planned: 11 for the work; 2 kept free for what slips.\n" in page
    assert "No hours a week: only what takes none is planned." in first_page(make_plan(hours=0))


def test_the_first_page_asks_for_the_hours_and_for_support() -> None:
    page = first_page(make_plan({**GOALS, "supports": "sponsor"}, ROLES))
    assert "Of the sponsor: that about 2 hours a week stay free until 19 February" in page
    assert "support in “Write down three goals for the quarter” from Mon 23 Nov." in page


def test_one_who_leads_all_is_named_once() -> None:
    assert "**The three months, all led by the manager:**" in first_page(make_plan(GOALS))
    assert "Led by" in first_page(make_plan())


def test_what_is_done_has_no_date_on_the_first_page() -> None:
    plan = make_plan()
    first, *others = plan.priorities
    page = first_page(replace(plan, priorities=(replace(first, state="done"), *others)))
    assert re.search(r"goals for the quarter +\| the manager \| 1 +\| done ", page)
    assert "78 in the weeks left" in page


def test_a_first_page_with_much_on_it_has_lists_in_running_text() -> None:
    many = [action_table(f"a{n}", {"goals-1": 1}, title=f"Do {n}") for n in range(11)]
    goals = tuple(Goal(id=f"g{n}", title=f"Goal {n}") for n in range(5))
    weeks = {f"a{n}": n + 1 for n in range(11)}
    page = first_page(make_plan(*many, first_weeks=weeks), Beside(goals=goals))
    assert "**Goals:** Goal 0. Goal 1. Goal 2. Goal 3. Goal 4.\n" in page
    assert len(page.strip().splitlines()) <= 40


def test_a_habit_is_kept_up_once_it_stands() -> None:
    text = rendered(make_plan({**ROLES, "upkeep": {"each": 0.25}}))
    assert "no. 1 from week 3, 1.25 hours a week." in text.split("**Habits**")[1]


def test_a_risk_is_told_once_where_it_fits_best() -> None:
    about_roles = Finding("r", "Owners change weekly.", dimension="roles", risk="talent")
    text = rendered(make_plan(findings=[about_roles]))
    assert text.count("Owners change weekly.") == 1
    assert "Owners change weekly." in text.split("### ")[2]


def test_a_risk_that_fits_nowhere_threatens_the_plan() -> None:
    text = rendered(make_plan(findings=[Finding("r", "Nobody has the skill.", risk="talent")]))
    assert "**What threatens the plan:**\n\n- Talent: Nobody has the skill." in text


def test_levels_that_hold_already_are_not_asked_for_again() -> None:
    text = rendered(make_plan(levels=(1, 0, 0, 0)))
    assert "goals 1 at level 1." not in text
    assert "goals 2 at level 1." in text


def test_the_first_page_on_a_later_day_says_what_is_late_and_why_the_rest_goes_on() -> None:
    on_the_way = Beside(today=date(2026, 12, 16), done=("write-three-goals",))
    page = first_page(make_plan(), on_the_way)
    assert "- Why “Name one owner for each goal”" in page
    assert "(late)" not in page
    later = first_page(make_plan(), replace(on_the_way, today=date(2026, 12, 21)))
    assert "Fri 18 Dec (late)" in later


def test_an_action_that_lifts_nothing_is_done_when_its_steps_are() -> None:
    text = rendered(make_plan(action_table("free-two-hours")))
    assert "**Done when:** every step is ticked." in text


def test_the_timeline_says_how_much_room_there_is_and_which_weeks_are_off() -> None:
    timeline = rendered(make_plan(weeks_off=(5, 6))).split("## Timeline")[1].split("## ")[0]
    assert "The whole team can invest 6 hours a week." in timeline
    assert "|    5 | 21 Dec |   off |" in timeline


def test_the_team_hears_what_holds_it_back_and_how_far_it_is() -> None:
    plan = make_plan(levels=(1, 1, 0, 0))
    page, standing = first_page(plan), rendered(plan).split("## Where the team stands")[1]
    assert "Below 50 % of Momentum, and so holding it back: Roles. Left alone, that" in page
    assert "2 questions to go to Maturity; 1 when this plan is carried out." in page
    assert "| Goals     |    100 % |      0 % |     0 % |" in standing


def test_the_first_page_tells_the_way_to_go_of_a_plan_from_members_answers_too() -> None:
    plan = make_plan()
    members = replace(plan.profile, view="members", members=10, answers=None)
    page = first_page(replace(plan, profile=members))
    assert "0 % of this is in place; 3 questions to go to Maturity; 1 when this plan" in page


def test_the_first_page_says_why_a_plan_begins_as_it_does_and_what_is_to_be_seen_when() -> None:
    page = first_page(make_plan())
    assert "- Why “Write down three goals for the quarter”: It wins 2 steps in Goals.\n" in page
    assert "- Day 30, Tue 22 Dec: “Write down three goals for the quarter” is finished.\n" in page
    assert "- Day 60, Thu 21 Jan.\n" in page
    assert "- Day 90, Fri 19 Feb. Next assessment: 22 February 2027.\n" in page


def test_a_score_that_falls_is_explained_beside_it() -> None:
    plan = make_plan(levels=(1,))
    lower = Projection(
        (Fraction(1, 2), Fraction(0), Fraction(0)), "momentum", complete=False, margin=None
    )
    reason = "A figure that falls takes nothing away"
    assert reason not in rendered(plan)
    assert reason in rendered(replace(plan, projected=lower))


def test_what_is_next_in_line_stands_under_its_reason() -> None:
    actions = [action_table(f"a{n}", {"goals-1": 1}, title=f"Do {n}") for n in range(7)]
    text = rendered(
        make_plan(*actions, not_now=dict.fromkeys((f"a{n}" for n in range(7)), "hours"))
    )
    assert "The reason is hours.\n\n- Do 0 (a0)\n- Do 1 (a1)\n" in text
    others = "3 other actions that the tool knows are not for these weeks: no hours for it (3)."
    assert f"- Do 3 (a3)\n\n{others} `assess plan --all`" in text


def test_what_a_rule_leaves_out_is_counted_apart_from_what_people_skipped() -> None:
    plan = make_plan(GOALS, ROLES, not_now=dict.fromkeys(("write-three-goals", NAME), "avoided"))
    skip = Finding(YOUR_CHOICE, "Your choice.", avoid=(NAME,))
    skipped = Candidate(
        plan.actions[NAME], find_work(plan.actions[NAME], 5), False, True, (), (), (skip,)
    )
    text = rendered(replace(plan, candidates=(skipped,)))
    assert "weeks: left out by a rule (1) and left out as you asked (1)." in text


@pytest.mark.parametrize(
    ("hours", "level", "words"),
    [
        (0, 0, "Free some hours first"),
        (6, 3, "nothing is added; keep it alive"),
        (6, 0, "Nothing that would help fits in"),
    ],
)
def test_an_empty_plan_says_why_and_what_to_do(hours: int, level: int, words: str) -> None:
    plan = make_plan(GOALS, levels=(level,), hours=hours, not_now={"write-three-goals": "places"})
    assert words in rendered(plan)
    assert "```mermaid" not in rendered(plan)


def test_dimensions_without_a_score_say_so() -> None:
    levels = ("dont-know", "dont-know", {"not-applicable": "no"}, {"not-applicable": "no"}, 0, 1)
    questionnaire = make_questionnaire(goals=2, roles=2, people=2)
    text = rendered(make_plan(GOALS, levels=levels, questionnaire=questionnaire))
    assert "| Goals     | too few answers |        – |       – |" in text
    assert "| Roles     |  does not apply |        – |       – |" in text


@pytest.mark.parametrize(
    "team", ["A | B # C", "<b>", "a `b` c", "*x* _y_ [z](q)", "1. x", "# y", "a <!-- b -->", "x #"]
)
def test_the_name_of_a_team_changes_no_structure(team: str) -> None:
    text = rendered(make_plan(team=team))
    assert list(structure(text)) == list(structure(rendered(make_plan())))
    tokens = MarkdownIt("commonmark").enable("table").parse(text.split("---\n", 2)[2])
    assert tokens[1].content.count("90-day plan for ") == 1
    assert "".join(c.content for c in tokens[1].children or ()).startswith(
        f"90-day plan for {team}:"
    )


@given(words=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30))
def test_no_text_of_the_catalogue_changes_the_structure(words: str) -> None:
    def plan_with(text: str) -> Plan:
        action = action_table(
            "a",
            {"goals-1": 1},
            title=f"T {text}",
            objective="O",
            levers=[f"{text} l"],
            measures=[{"name": f"{text} m", "baseline": "b", "target": "t"}],
            steps=[{"week": 1, "hours": 1, "do": f"{text} s"}],
        )
        return make_plan(action)

    assert list(structure(rendered(plan_with(words)))) == list(structure(rendered(plan_with("x"))))


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (LeftOpen("name-one-owner", "Owners", 1, False), "*still right*. In this plan again, in"),
        (LeftOpen("say-no", "No", 1, True), "*put off*. The reason is places."),
        (LeftOpen("old", "Old", 1, True), "*finished late*. What was to come of it is true by"),
        (LeftOpen("old", "Old", 1, False), "*overtaken*. What was to come of it is true already"),
        (LeftOpen("say-no", "No", 2, False), "*replace or escalate*. 2 plans in a row left it"),
        (LeftOpen("old", "Old", 3, False), "*overtaken*."),
    ],
)
def test_a_plan_begins_with_what_the_last_one_left_open(left: LeftOpen, words: str) -> None:
    say_no = action_table("say-no", {"goals-1": 2}, title="Say no")
    plan = make_plan(GOALS, ROLES, say_no, not_now={"say-no": "places"})
    text = render_plan(plan, TEMPLATE, Beside((left,)))
    section = text.split("## Left open last time")[1].split("## Days 1-30")[0]
    assert f"- {left.title}: {words}" in section


def test_equal_plans_give_equal_bytes() -> None:
    assert rendered(make_plan()) == rendered(make_plan())


def test_a_misspelt_name_in_a_template_is_told_with_its_line() -> None:
    with pytest.raises(DataFileError) as caught:
        render_plan(make_plan(), "# {{ team }}\n\n{{ taem }}\n")
    assert caught.value.what == "The template cannot be used: 'taem' is undefined."
    assert caught.value.where == "line 3"


def test_a_template_cannot_reach_into_the_program() -> None:
    with pytest.raises(DataFileError, match="unsafe"):
        render_plan(make_plan(), "{{ team.__class__.__mro__ }}")


@pytest.mark.parametrize("mistake", ["{{ team + 1 }}", "{{ 1 / 0 }}", "{% include 'x' %}"])
def test_whatever_goes_wrong_in_a_template_is_told_with_its_line(mistake: str) -> None:
    with pytest.raises(DataFileError) as caught:
        render_plan(make_plan(), f"# {{{{ team }}}}\n{mistake}\n")
    assert caught.value.where == "line 2"


def test_a_template_that_does_not_parse_is_told_with_its_line() -> None:
    with pytest.raises(DataFileError) as caught:
        render_plan(make_plan(), "\n{% if %}")
    assert caught.value.where == "line 2"


def test_no_title_ends_a_bar_of_the_timeline_early() -> None:
    action = action_table("a", {"goals-1": 1}, title="Section 4: agree, then; act #1 %%")
    assert "\n    1 Section 4 agree, then act 1 :2026-11-23, 2026-11-27\n" in rendered(
        make_plan(action)
    )
