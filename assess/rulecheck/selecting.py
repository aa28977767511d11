"""Actions that nobody can select."""

from collections.abc import Iterable, Iterator

from assess.catalogue import Action
from assess.rulecheck.issue import Issue, settle
from assess.rulecheck.prover import Prover
from assess.rulecheck.setting import Setting, needed_rungs
from assess.rules.condition import All, AnyOf, Condition


def check_selectable(
    setting: Setting, prover: Prover, actions: Iterable[Action]
) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in actions:
        what = f"Whether '{action.id}' can be in a plan is open."
        fix = "Make the rules that avoid it simpler."
        found = _check_action(setting, prover, action)
        yield from settle(found, "unselectable-action", what, f"action[id={action.id}]", fix)


def _check_action(setting: Setting, prover: Prover, action: Action) -> Iterator[Issue]:
    wanted = _is_wanted(setting, action)
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
    yield Issue("warning", "unselectable-action", what, f"action[id={action.id}]", fix, shown)


def _is_wanted(setting: Setting, action: Action) -> Condition:
    """Demand that an action is a candidate that could be of use."""
    serving = set(action.rungs)
    needed = any(serving & {*needed_rungs(other)} for other in setting.catalogue.actions)
    is_open = setting.is_open(action, worthwhile=not needed)
    return AnyOf((is_open, setting.is_demanded(action.id)))
