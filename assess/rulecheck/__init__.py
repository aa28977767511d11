"""What is wrong with a set of rules, with teams that show it.

Nothing here is hoped: whether a rule can fire, or two rules can meet, is decided exactly over
all answers that a team could give, and every fault comes with a team that has it.

Source: docs/decisions/0006-rules.md
"""

from assess.catalogue import Catalogue
from assess.questionnaire import Questionnaire
from assess.rulecheck.better import check_better_answers
from assess.rulecheck.circumstance import Circumstances, usual_circumstances
from assess.rulecheck.conflict import check_conflicts
from assess.rulecheck.coverage import check_rungs, check_selectable, check_shapes
from assess.rulecheck.example import PlanActions, check_examples
from assess.rulecheck.firing import check_firing
from assess.rulecheck.gap import check_plans, check_weakest
from assess.rulecheck.issue import Issue, Report, Severity, make_report
from assess.rulecheck.prover import Prover
from assess.rulecheck.setting import Setting
from assess.rulecheck.table import render_table
from assess.rulecheck.team import Team, make_team
from assess.rules import Rules

__all__ = [
    "Circumstances",
    "Issue",
    "PlanActions",
    "Report",
    "Severity",
    "Team",
    "check_rules",
    "check_thoroughly",
    "make_report",
    "make_team",
    "render_table",
    "usual_circumstances",
]


def check_rules(
    questionnaire: Questionnaire,
    catalogue: Catalogue,
    rules: Rules,
    *,
    plan_actions: PlanActions | None = None,
) -> Report:
    """Return all that is wrong with a catalogue and its rules, errors first.

    Args:
        questionnaire: The questions.
        catalogue: The actions.
        rules: The rules.
        plan_actions: The planner, for the examples; without it what they say of plans is
            undecided.
    """
    setting = _setting(questionnaire, catalogue, rules)
    return make_report(_check(setting, plan_actions))


def check_thoroughly(
    questionnaire: Questionnaire, catalogue: Catalogue, rules: Rules, plan_actions: PlanActions
) -> Report:
    """Return all that `check_rules` finds, and where a team would be left without a way on.

    The planner is asked for a few thousand plans.
    """
    setting = _setting(questionnaire, catalogue, rules)
    return make_report(
        [
            *_check(setting, plan_actions),
            *check_weakest(setting),
            *check_plans(setting, plan_actions),
        ]
    )


def _setting(questionnaire: Questionnaire, catalogue: Catalogue, rules: Rules) -> Setting:
    prover = Prover(questionnaire, rules.limits)
    return Setting(questionnaire, catalogue, rules, prover)


def _check(setting: Setting, plan_actions: PlanActions | None) -> list[Issue]:
    return [
        *check_shapes(setting),
        *check_rungs(setting),
        *check_firing(setting),
        *check_conflicts(setting),
        *check_selectable(setting),
        *check_better_answers(setting),
        *check_examples(setting, plan_actions),
    ]
