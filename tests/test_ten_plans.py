"""Ten whole plans for ten very different teams, as their managers get them."""

from datetime import timedelta
from pathlib import Path

import pytest

from assess.library import Library
from assess.pages.plan_paper import render_plan
from assess.planning.build import build_plan
from assess.workflow.answer_files import read_assessment
from assess.workflow.plans import Past, Wishes, find_basis
from assess.workflow.running import load_plan_data
from tests.conftest import MatchExpected
from tests.plan_validator import find_plan_faults

TEAMS = Path(__file__).parent / "plans"
LIBRARY = Library()


def write_plan(team: str, *, before: str | None = None) -> str:
    """Return the plan that `assess plan --answers` would write the day after the assessment."""
    assessment = read_assessment([TEAMS / f"{team}.toml"], LIBRARY)
    previous = read_assessment([TEAMS / f"{before}.toml"], LIBRARY) if before else None
    data = load_plan_data(LIBRARY, assessment)
    today = assessment.date + timedelta(days=1)
    plan = build_plan(find_basis(data, assessment, Wishes(), Past(previous), today))
    assert find_plan_faults(plan, data.rules.limits) == []
    assert plan.proven
    return render_plan(plan, LIBRARY.template(assessment.questionnaire, "plan.md.j2"))


@pytest.mark.parametrize(
    "team",
    [
        "all-low",
        "all-high",
        "all-but-one",
        "no-time",
        "sixty-hours",
        "dont-knows",
        "two-thirds-apply",
        "no-evidence",
        "two-people",
    ],
)
def test_plan_is_the_one_that_was_read_as_its_manager(
    team: str, match_expected: MatchExpected
) -> None:
    match_expected(f"plan-{team}.md", write_plan(team))


def test_plan_after_a_fall_is_the_one_that_was_read_as_its_manager(
    match_expected: MatchExpected,
) -> None:
    match_expected("plan-fell.md", write_plan("fell", before="fell-before"))
