"""Examples of a rules file, run."""

from collections.abc import Callable, Collection, Iterator

from assess.answers import Answers
from assess.figures import Hours
from assess.rulecheck.issue import Issue, undecided
from assess.rulecheck.setting import Setting
from assess.rulecheck.team import Team, make_team
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
        stage = team.situation.profile.stage
        if example.stage is not None and stage != example.stage:
            what = f"The team is in {stage or 'no stage'}, not in {example.stage}."
            yield _failing(what, f"{where}.stage", team)
        if not (example.plan_has or example.plan_lacks):
            continue
        if plan_actions is None:
            what = "What the example says of the plan was not tried."
            yield undecided("failing-example", what, where, "Check it with the planner.")
        else:
            yield from _check_plan(example, team, plan_actions, where)


def _check_plan(
    example: Example, team: Team, plan_actions: PlanActions, where: str
) -> Iterator[Issue]:
    there = plan_actions(team.answers, example.hours_per_week)
    for action in example.plan_has:
        if action not in there:
            yield _failing(f"The plan lacks '{action}'.", f"{where}.plan_has", team)
    for action in example.plan_lacks:
        if action in there:
            yield _failing(f"The plan has '{action}'.", f"{where}.plan_lacks", team)


def _failing(what: str, where: str, team: Team) -> Issue:
    fix = "Correct the rules, or what the example expects."
    return Issue("error", "failing-example", what, where, fix, (team,))


def make_example_team(setting: Setting, example: Example) -> Team:
    """Return the team that an example describes."""
    return make_team(
        setting.questionnaire, example.given, example.hours_per_week, example.team_size
    )
