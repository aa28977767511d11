"""Actions that one rule demands while another forbids them, or what they need."""

from collections.abc import Iterator

from assess.rulecheck.issue import Issue, Name
from assess.rulecheck.literal import ways
from assess.rulecheck.prover import Verdict
from assess.rulecheck.setting import ALWAYS, Setting, Ways, below, needed_rungs, together
from assess.rulecheck.team import Team
from assess.rules import Rule


def check_conflicts(setting: Setting) -> Iterator[Issue]:
    """Yield an error for each must that meets an avoid for some team, on it or on its needs."""
    demanded = dict.fromkeys(a for rule in setting.rules.rules for a in rule.must)
    for action in demanded:
        yield from _check_action(setting, action, action, ALWAYS, (action,))


def _check_action(
    setting: Setting, demanded: str, action: str, unmet: Ways, chain: tuple[str, ...]
) -> Iterator[Issue]:
    """Check an action at the end of a chain of needs that are all still to be done."""
    yield from _check_pairs(setting, demanded, action, unmet, chain)
    for rung in needed_rungs(setting.catalogue.by_id[action]):
        offering = [other.id for other in setting.offering(rung) if other.id not in chain]
        if len(offering) == 1:  # Of several, another one may serve.
            further = tuple(together(unmet, (below(*rung),)))
            yield from _check_action(setting, demanded, offering[0], further, (*chain, *offering))


def _check_pairs(
    setting: Setting, demanded: str, action: str, unmet: Ways, chain: tuple[str, ...]
) -> Iterator[Issue]:
    told = set()
    for rule, case in setting.demanding(demanded):
        for other, against in setting.avoiding(action):
            if (rule.id, other.id) in told:
                continue
            both = together(tuple(ways(case.condition)), tuple(ways(against.condition)), unmet)
            found = setting.prover.find(both)
            if found is not Verdict.IMPOSSIBLE:
                told.add((rule.id, other.id))
                yield _issue(rule, other, chain, found)


def _issue(rule: Rule, other: Rule, chain: tuple[str, ...], found: Team | Verdict) -> Issue:
    demanded, avoided = chain[0], chain[-1]
    needs = "".join(f", which needs '{action}'" for action in chain[1:])
    name: Name = "must-needs-avoided" if needs else "must-meets-avoid"
    where = f"rule[id={rule.id}].must"
    if not isinstance(found, Team):
        what = f"Whether '{rule.id}' and '{other.id}' can disagree on '{avoided}' is open."
        return Issue("undecided", name, what, where, "Make their 'when' simpler.")
    what = f"'{rule.id}' demands '{demanded}'{needs}, while '{other.id}' avoids '{avoided}'."
    fix = f"Narrow the 'when' of '{rule.id}' or of '{other.id}', so that they never meet."
    return Issue("error", name, what, where, fix, (found,))
