"""Actions that one rule demands while another forbids them, or that nobody can select."""

from collections.abc import Iterable, Iterator

from assess.catalogue import Action
from assess.figures import join_words
from assess.questionnaire import STAGES
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Prover, settle
from assess.rulecheck.setting import Setting, is_below
from assess.rules import Rule, Situation
from assess.rules.condition import All, AnyOf, Condition, Not, StageIn


def check_conflicts(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield an error for each must that meets an avoid for some team, on it or on its needs."""
    for rule in rules:
        where = f"rule[id={rule.id}].must"
        for action in rule.must:
            for other in setting.avoiding(action):
                what = f"'{rule.id}' demands '{action}', while '{other.id}' avoids '{action}'."
                fix = (
                    f"Narrow the 'when' of '{rule.id}' or of '{other.id}', so that they never meet."
                )
                issue = Issue("error", "must-meets-avoid", what, where, fix)
                point = f"'{rule.id}' and '{other.id}' can disagree on '{action}'"
                yield from prover.show(issue, point, All((rule.condition, other.condition)))
            point = f"'{action}' can begin whenever '{rule.id}' demands it"
            found = _check_needs(setting, prover, rule, setting.catalogue.by_id[action], where)
            yield from settle(found, "must-needs-avoided", point, where)


def _check_needs(
    setting: Setting, prover: Prover, rule: Rule, action: Action, where: str
) -> Iterator[Issue]:
    stuck = (Not(setting.is_avoided(action.id)), Not(setting.can_begin(action)))
    if not action.needs or not (found := prover.find(All((rule.condition, *stuck)))):
        return
    situation = found[0].situation
    chain = _find_stuck(setting, situation, action, (action.id,))
    others = [r.id for r in setting.avoiding(chain[-1]) if r.condition.holds(situation)]
    needs = "".join(f", which needs '{name}'" for name in chain[1:])
    said = join_words([f"'{name}'" for name in others], "and")
    what = f"'{rule.id}' demands '{action.id}'{needs}, while {said} avoids '{chain[-1]}'."
    fix = f"Narrow the 'when' of '{rule.id}' or of {said}, so that they never meet."
    if not others:
        what = f"'{rule.id}' demands '{action.id}', and nothing wins what it needs."
        fix = "Add an action that wins it, or change what it needs."
    yield Issue("error", "must-needs-avoided", what, where, fix, found)


def _find_stuck(
    setting: Setting, situation: Situation, action: Action, chain: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a chain of needs of one team that ends in an action that is avoided."""
    if setting.is_avoided(action.id).holds(situation):
        return chain
    for rung in action.needed_rungs:
        others = [other for other in setting.offering(rung) if other.id not in chain]
        stuck = [o for o in others if not setting.can_begin(o, frozenset(chain)).holds(situation)]
        if is_below(*rung).holds(situation) and others and len(stuck) == len(others):
            return _find_stuck(setting, situation, stuck[0], (*chain, stuck[0].id))
    return chain


def check_selectable(
    setting: Setting, prover: Prover, actions: Iterable[Action]
) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in actions:
        where, fix = f"action[id={action.id}]", "Make the rules that avoid it simpler."
        found = _check_action(setting, prover, action, where)
        yield from settle(
            found, "unselectable-action", f"'{action.id}' can be in a plan", where, fix
        )


def _check_action(setting: Setting, prover: Prover, action: Action, where: str) -> Iterator[Issue]:
    wanted = AnyOf((_is_open(setting, action), setting.is_demanded(action.id)))
    if prover.is_possible(All((wanted, setting.can_begin(action)))):
        return
    shown = prover.find(wanted)
    if not action.lifts and not setting.demanding(action.id):
        reason, fix = "it lifts nothing, and no rule demands it", "Demand it, or remove it."
    elif shown:
        reason = "whenever it would be of use, it or what it needs is avoided"
        fix = "Narrow the rules that avoid it."
    else:
        reason, fix = "the rules that demand it cannot fire", "Correct these rules, or remove it."
    what = f"'{action.id}' can be in nobody's plan: {reason}."
    yield Issue("warning", "unselectable-action", what, where, fix, shown)


def _is_open(setting: Setting, action: Action) -> Condition:
    """Demand that an action offers a rung that is not reached, and that is of use.

    Of use is a rung up to one stage above the current, or one that another action needs.
    """
    needed = {rung for other in setting.catalogue.actions for rung in other.needed_rungs}
    ways = []
    for question, level in action.rungs:
        near = range(1 if needed & {*action.rungs} else max(1, level - 1), len(STAGES) + 1)
        ways.append(All((is_below(question, level), StageIn(frozenset(near)))))
    return AnyOf(tuple(ways))
