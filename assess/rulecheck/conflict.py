"""Actions that one rule demands while another forbids them, or all that could win their needs."""

from collections.abc import Iterable, Iterator

from assess.catalogue import Action
from assess.figures import join_words
from assess.rulecheck.issue import Issue, settle
from assess.rulecheck.prover import Prover
from assess.rulecheck.setting import Setting, fires, is_below, needed_rungs
from assess.rules import Rule, Situation
from assess.rules.condition import All, Not


def check_conflicts(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield an error for each must that meets an avoid for some team, on it or on its needs."""
    for rule in rules:
        where = f"rule[id={rule.id}].must"
        for action in rule.must:
            for other in setting.avoiding(action):
                what = f"Whether '{rule.id}' and '{other.id}' can disagree on '{action}' is open."
                found = _check_meeting(prover, rule, other, action)
                yield from settle(found, "must-meets-avoid", what, where)
            what = f"Whether '{action}' can begin whenever '{rule.id}' demands it is open."
            found = _check_needs(setting, prover, rule, setting.catalogue.by_id[action])
            yield from settle(found, "must-needs-avoided", what, where)


def _check_meeting(prover: Prover, rule: Rule, other: Rule, action: str) -> Iterator[Issue]:
    if found := prover.find(All((fires(rule), fires(other)))):
        what = f"'{rule.id}' demands '{action}', while '{other.id}' avoids '{action}'."
        fix = f"Narrow the 'when' of '{rule.id}' or of '{other.id}', so that they never meet."
        yield Issue("error", "must-meets-avoid", what, f"rule[id={rule.id}].must", fix, found)


def _check_needs(setting: Setting, prover: Prover, rule: Rule, action: Action) -> Iterator[Issue]:
    stuck = (Not(setting.is_avoided(action.id)), Not(setting.can_begin(action)))
    if not action.needs or not (found := prover.find(All((fires(rule), *stuck)))):
        return
    situation = found[0].situation
    chain = _find_stuck(setting, situation, action, (action.id,))
    others = [r.id for r in setting.avoiding(chain[-1]) if fires(r).holds(situation)]
    needs = "".join(f", which needs '{name}'" for name in chain[1:])
    said = join_words([f"'{name}'" for name in others], "and")
    what = f"'{rule.id}' demands '{action.id}'{needs}, while {said} avoids '{chain[-1]}'."
    fix = f"Narrow the 'when' of '{rule.id}' or of {said}, so that they never meet."
    if not others:
        what = f"'{rule.id}' demands '{action.id}', and nothing wins what it needs."
        fix = "Add an action that wins it, or change what it needs."
    yield Issue("error", "must-needs-avoided", what, f"rule[id={rule.id}].must", fix, found)


def _find_stuck(
    setting: Setting, situation: Situation, action: Action, chain: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a chain of needs of one team that ends in an action that is avoided."""
    if setting.is_avoided(action.id).holds(situation):
        return chain
    for rung in needed_rungs(action):
        others = [other for other in setting.offering(rung) if other.id not in chain]
        stuck = [o for o in others if not setting.can_begin(o, frozenset(chain)).holds(situation)]
        if is_below(*rung).holds(situation) and others and len(stuck) == len(others):
            return _find_stuck(setting, situation, stuck[0], (*chain, stuck[0].id))
    return chain
