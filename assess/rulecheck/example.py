"""Examples of a rules file, run."""

from collections.abc import Callable, Collection, Iterator

from assess.answers import Answers
from assess.figures import Hours
from assess.rulecheck.issue import Issue
from assess.rulecheck.setting import Setting
from assess.rulecheck.witness import Witness, make_team
from assess.rules import Example

PlanActions = Callable[[Answers, Hours], Collection[str]]
"""The ids of the actions that a plan holds, for answers and hours a week."""


def check_examples(setting: Setting, plan_actions: PlanActions | None) -> Iterator[Issue]:
    """Yield an error for each example that does not come out as it says.

    Without a planner, what examples say of plans stays open.
    """
    for example in setting.rules.examples:
        team = make_example_team(setting, example)
        where = f"example[number {example.number}]"
        if plan_actions is None and (example.plan_has or example.plan_lacks):
            what, fix = (
                "What the example says of the plan was not tried.",
                "Check it with the planner.",
            )
            yield Issue("undecided", "failing-example", what, where, fix)
        for key, what in _find_misses(example, team, plan_actions):
            fix = "Correct the rules, or what the example expects."
            yield Issue("error", "failing-example", what, f"{where}.{key}", fix, (team,))


def _find_misses(
    example: Example, team: Witness, plan_actions: PlanActions | None
) -> Iterator[tuple[str, str]]:
    """Yield each key of an example that does not come out, and what comes out instead."""
    stage = team.situation.profile.stage
    if example.stage not in (None, stage):
        yield "stage", f"The team is in {stage or 'no stage'}, not in {example.stage}."
    if plan_actions is not None and (example.plan_has or example.plan_lacks):
        there = plan_actions(team.answers, example.hours_per_week)
        yield from (
            ("plan_has", f"The plan lacks '{a}'.") for a in example.plan_has if a not in there
        )
        yield from (
            ("plan_lacks", f"The plan has '{a}'.") for a in example.plan_lacks if a in there
        )


def make_example_team(setting: Setting, example: Example) -> Witness:
    """Return the team that an example describes."""
    return make_team(
        setting.questionnaire, example.given, example.hours_per_week, example.team_size
    )
