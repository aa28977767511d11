"""A rendered plan is parsed before it is written."""

from pathlib import Path

import pytest

from assess.document.verify import verify_plan
from assess.errors import DataFileError
from assess.pages.plan_paper import render_plan
from tests.plans import make_plan

TEMPLATE = Path("plans/templates/plan.md.j2").read_text(encoding="utf-8")


@pytest.mark.parametrize("team", ["Lyon", "A | B # C", "<b>*x*</b> `y`", "- [ ] task", '"quoted"'])
def test_shipped_template_holds_every_step_whatever_the_team_is_called(team: str) -> None:
    plan = make_plan(team=team)
    verify_plan(render_plan(plan, TEMPLATE), plan)


def test_template_that_loses_a_step_is_refused() -> None:
    plan = make_plan()
    lines = render_plan(plan, TEMPLATE).splitlines(keepends=True)
    lost = "".join(line for line in lines if "write-three-goals/2" not in line)
    with pytest.raises(DataFileError) as caught:
        verify_plan(lost, plan)
    assert caught.value.what == (
        "The plan does not hold the step write-three-goals/2 exactly once as a task."
    )


def test_template_without_provenance_is_refused() -> None:
    plan = make_plan()
    body = render_plan(plan, TEMPLATE).split("---\n", 2)[2]
    with pytest.raises(DataFileError) as caught:
        verify_plan(body, plan)
    assert "The plan does not name its team in the front matter." in {
        problem.what for problem in caught.value.problems
    }
