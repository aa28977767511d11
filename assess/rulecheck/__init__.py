"""What is wrong with a set of rules, with teams that show it.

`check_rules` looks at one thing at a time and needs no search. `check_thoroughly` speaks of all
teams: whether a rule can fire, or two rules can meet, is decided exactly over all answers that
a team could give, and every fault comes with a team that has it.

Source: docs/decisions/0006-rules.md
"""

from assess.catalogue import Catalogue
from assess.errors import AssessError, Problem
from assess.questionnaire import Questionnaire
from assess.rulecheck.example import PlanActions, check_examples
from assess.rulecheck.issue import Issue, Report, Severity, make_report
from assess.rulecheck.plain import check_plainly
from assess.rulecheck.setting import Setting
from assess.rulecheck.witness import Witness, make_usual_team
from assess.rules import Rules

__all__ = [
    "Issue",
    "PlanActions",
    "Report",
    "Setting",
    "Severity",
    "Witness",
    "check_rules",
    "check_thoroughly",
    "make_report",
    "make_usual_team",
]


def check_rules(
    questionnaire: Questionnaire,
    catalogue: Catalogue,
    rules: Rules,
    *,
    plan_actions: PlanActions | None = None,
) -> Report:
    """Return all that needs no search, of a catalogue and its rules, errors first.

    Args:
        questionnaire: The questions.
        catalogue: The actions.
        rules: The rules.
        plan_actions: The planner, for the examples; without it what they say of plans is
            undecided.
    """
    return make_report(_check(Setting(questionnaire, catalogue, rules), plan_actions))


def check_thoroughly(
    questionnaire: Questionnaire, catalogue: Catalogue, rules: Rules, plan_actions: PlanActions
) -> Report:
    """Return all that `check_rules` finds, and what is wrong for some or for every team.

    Raises:
        AssessError: The solver is not installed.
    """
    try:
        from assess.rulecheck.thorough import check_all_teams, check_ways_on
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "ortools":
            raise
        raise AssessError(
            Problem(
                "The thorough check needs the solver OR-Tools, which is not installed.",
                "assess check --thorough",
                "Install it with: pip install 'team-assess[check]'; "
                "without --thorough the check needs no solver.",
            )
        ) from error
    setting = Setting(questionnaire, catalogue, rules)
    found = _check(setting, plan_actions)
    thorough = [*check_all_teams(setting, found), *check_ways_on(setting, plan_actions)]
    return make_report([*found, *thorough])


def _check(setting: Setting, plan_actions: PlanActions | None) -> list[Issue]:
    return [*check_plainly(setting), *check_examples(setting, plan_actions)]
