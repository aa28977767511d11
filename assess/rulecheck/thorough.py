"""What speaks of some team or of every team: decided by a solver (the extra `[check]`)."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from assess.rulecheck.better import check_better_answers
from assess.rulecheck.conflict import check_conflicts
from assess.rulecheck.example import PlanActions, make_example_team
from assess.rulecheck.firing import check_firing
from assess.rulecheck.gap import check_gaps, check_weakest
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Prover
from assess.rulecheck.selecting import check_selectable
from assess.rulecheck.setting import Setting
from assess.rules import Situation
from assess.rules.vocabulary import AGREEMENT


def check_all_teams(setting: Setting, found: Collection[Issue]) -> Iterator[Issue]:
    """Yield what is wrong with rules and actions, those aside that something was found of."""
    places = {issue.where for issue in found}
    rules = [rule for rule in setting.rules.rules if f"rule[id={rule.id}].when" not in places]
    actions = [a for a in setting.catalogue.actions if f"action[id={a.id}]" not in places]
    prover = _make_prover(setting)
    yield from check_firing(setting, prover, rules)
    yield from check_conflicts(setting, prover, rules)
    yield from check_selectable(setting, prover, actions)
    yield from check_better_answers(setting, rules)


def check_ways_on(setting: Setting, plan_actions: PlanActions) -> Iterator[Issue]:
    """Yield where a team may be left without a way on."""
    prover = _make_prover(setting)
    yield from check_weakest(setting, prover)
    yield from check_gaps(setting, prover, plan_actions)


def _make_prover(setting: Setting) -> Prover:
    """Return a prover that knows the teams of the examples, as they are and with a past.

    Most questions of a sound file are answered by one of these, without the solver.
    """
    there = [make_example_team(setting, e).situation for e in setting.rules.examples]
    with_past = [_with_past(setting, situation) for situation in there]
    return Prover(setting.questionnaire, setting.rules.limits, [*there, *with_past])


def _with_past(setting: Setting, situation: Situation) -> Situation:
    """Return the same team with members who disagree, work carried over, and changes."""
    dimensions = list(setting.questionnaire.by_dimension)
    return replace(
        situation,
        profile=replace(situation.profile, members=5),
        agreement=dict.fromkeys(dimensions, AGREEMENT[-1]),
        carried=dict.fromkeys(setting.catalogue.by_id, 2),
        rose=frozenset(dimensions[::2]),
        fell=frozenset(dimensions[1::2]),
    )
