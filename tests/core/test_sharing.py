"""Results and comparisons as Markdown that can be sent on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from assess.answers import Answers, Assessment
from assess.comparison import PlannedAction, compare_assessments
from assess.document.sharing import render_comparison, render_result
from assess.scoring.assessment import score_assessment
from tests.builders import DAY, make_answers, make_questionnaire

TEMPLATES = Path("plans/templates")
RESULT = (TEMPLATES / "result.md.j2").read_text(encoding="utf-8")
COMPARISON = (TEMPLATES / "comparison.md.j2").read_text(encoding="utf-8")
QUESTIONNAIRE = make_questionnaire(goals=3, roles=3)
LATER = date(2027, 2, 20)


def make_assessment(
    *levels: object, day: date = DAY, members: tuple[Answers, ...] = ()
) -> Assessment:
    answers = make_answers(QUESTIONNAIRE, *levels, date=day)
    return Assessment(QUESTIONNAIRE, "Lyon | B", day, manager=answers, members=members)


def result(assessment: Assessment) -> str:
    return render_result(score_assessment(assessment), RESULT)


def test_a_result_says_where_how_sure_and_what_next() -> None:
    text = result(make_assessment(1, 1, 1, 1, 0, 2))
    assert text.startswith("# Lyon \\| B: where the team stands on 22 November 2026\n")
    assert "is in the Maturity stage, as the manager sees it." in text
    assert "| Momentum |     83 % |" in text
    assert "This stage hangs on one answer" in text
    assert "- Goals, level 2: goals 1 at level 2." in text
    assert "- How is roles 3?" in text


def test_members_stand_beside_the_manager() -> None:
    member = replace(make_answers(QUESTIONNAIRE, 0, respondent="member"))
    text = result(make_assessment(3, members=(member,) * 5))
    assert "| Goals     |   100 % |     5 % | aligned     | the manager |" in text
    assert "level 1" not in text


def test_members_that_are_too_few_are_only_counted() -> None:
    member = make_answers(QUESTIONNAIRE, 0, respondent="member")
    text = result(make_assessment(3, members=(member,) * 4))
    assert "4 members answered; what they say is shown from 5 on." in text
    assert "## Manager and members" not in text


def test_a_comparison_says_what_moved_and_what_is_noise() -> None:
    before, after = make_assessment(1), make_assessment(3, 3, 3, 0, 1, 1, day=LATER)
    comparison = replace(
        compare_assessments(before, after),
        actions=(
            PlannedAction("write-goals", done=True, lifts={"goals-1": 2}),
            PlannedAction("name-owners", done=False, lifts={"roles-3": 2}),
        ),
    )
    text = render_comparison(comparison, COMPARISON, {"write-goals": "Write the goals"})
    assert text.startswith("# Lyon \\| B: 22 November 2026 and 20 February 2027\n")
    assert "| Goals     | 33 % | 100 % |    +66 |     31 | clear rise      |" in text
    assert "| Roles     | 33 % |  22 % |    -11 |     31 | no clear change |" in text
    assert "must move by 31 points before it is more than noise." in text
    assert "Figures are rounded down and points towards zero, so they need not add up." in text
    assert "**Answered lower than last time:**" in text
    assert "- Write the goals: done; moved: “How is goals 1?” from 1 to 3." in text
    assert "- name-owners: not done; nothing of what it lifts moved." in text
