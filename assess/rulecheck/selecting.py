"""Actions that nobody can select."""

from collections.abc import Iterable, Iterator

from assess.catalogue import Action
from assess.rulecheck.issue import Issue, undecided
from assess.rulecheck.prover import Prover, Verdict
from assess.rulecheck.setting import Setting, needed_rungs
from assess.rules.condition import All, AnyOf, Condition


def check_selectable(
    setting: Setting, prover: Prover, actions: Iterable[Action]
) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in actions:
        where = f"action[id={action.id}]"
        wanted = _is_wanted(setting, action)
        verdict = prover.judge(All((wanted, setting.can_begin(action))))
        if verdict is Verdict.UNDECIDED:
            what = f"Whether '{action.id}' can be in a plan is open."
            fix = "Make the rules that avoid it simpler."
            yield undecided("unselectable-action", what, where, fix)
        elif verdict is Verdict.IMPOSSIBLE:
            yield _unselectable(setting, prover, action, wanted)


def _is_wanted(setting: Setting, action: Action) -> Condition:
    """Demand that an action is a candidate that could be of use."""
    serving = set(action.rungs)
    needed = any(serving & {*needed_rungs(other)} for other in setting.catalogue.actions)
    is_open = setting.is_open(action, worthwhile=not needed)
    return AnyOf((is_open, setting.is_demanded(action.id)))


def _unselectable(setting: Setting, prover: Prover, action: Action, wanted: Condition) -> Issue:
    shown = prover.show(wanted)
    if not action.lifts and not setting.demanding(action.id):
        reason, fix = "it lifts nothing, and no rule demands it", "Demand it, or remove it."
    elif shown:
        reason = "whenever it would be of use, it or what it needs is avoided"
        fix = "Narrow the rules that avoid it."
    else:
        reason, fix = "the rules that demand it cannot fire", "Correct these rules, or remove it."
    what = f"'{action.id}' can be in nobody's plan: {reason}."
    where = f"action[id={action.id}]"
    return Issue("warning", "unselectable-action", what, where, fix, shown)
