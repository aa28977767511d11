"""Rules that can never fire, always fire, or bring nothing that another does not bring."""

from collections.abc import Iterable, Iterator

from assess.figures import join_words
from assess.rulecheck.issue import Issue, impossible, settle
from assess.rulecheck.prover import Prover
from assess.rulecheck.setting import Setting, fires
from assess.rules import Case, Rule
from assess.rules.condition import All, AnyOf, Condition, Not
from assess.rules.wording import say_condition


def check_firing(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield what is wrong with when rules fire, one rule after the other."""
    for rule in rules:
        where = f"rule[id={rule.id}].when"
        what = f"Whether '{rule.id}' can fire is open."
        never = list(settle(_check_never(prover, rule), "impossible-condition", what, where))
        yield from never
        if not any(issue.severity == "error" for issue in never):
            what = f"Whether '{rule.id}' always fires is open."
            yield from settle(_check_always(prover, rule), "always-fires", what, where)
            yield from _check_contained(setting, prover, rule)


def _check_never(prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
    dead = [case for case in rule.cases if not prover.is_possible(case.condition)]
    if len(dead) == len(rule.cases):
        yield impossible(rule, _core(prover, dead[0].condition))
    elif dead:
        named = join_words([f"'{case.dimension}'" for case in dead], "and")
        what = f"'{rule.id}' can never fire for {named}."
        fix = "Leave these dimensions to another rule."
        yield Issue("warning", "never-fires", what, f"rule[id={rule.id}].when", fix)
    else:
        yield from _check_branches(prover, rule)


def _core(prover: Prover, condition: Condition) -> Condition:
    """Return a part of an impossible condition of which nothing more can be left out."""
    if not isinstance(condition, All):
        return condition
    parts = list(condition.parts)
    for part in condition.parts:
        fewer = [other for other in parts if other is not part]
        if prover.is_refuted(All(tuple(fewer))):
            parts = fewer
    return All(tuple(parts))


def _check_branches(prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
    condition = rule.cases[0].condition
    parts = condition.parts if isinstance(condition, All) else ()
    for group in parts:
        others = tuple(part for part in parts if part is not group)
        for number, branch in enumerate(group.parts if isinstance(group, AnyOf) else (), 1):
            where, said = f"rule[id={rule.id}].when.any[{number}]", say_condition(branch)
            dead = Issue(
                "warning",
                "never-fires",
                f"A part of '{rule.id}' can never hold: {said}.",
                where,
                "Correct a bound, or remove this part.",
            )
            found = _unless_possible(prover, All((*others, branch)), dead)
            what = f"Whether a part of '{rule.id}' can hold is open: {said}."
            yield from settle(found, "never-fires", what, where)


def _unless_possible(prover: Prover, condition: Condition, issue: Issue) -> Iterator[Issue]:
    if not prover.is_possible(condition):
        yield issue


def _check_always(prover: Prover, rule: Rule) -> Iterator[Issue]:
    if not prover.is_possible(AnyOf(tuple(Not(case.condition) for case in rule.cases))):
        what, fix = f"'{rule.id}' fires for every team.", "Narrow its 'when', or remove the rule."
        shown = prover.find(rule.cases[0].condition)
        yield Issue("warning", "always-fires", what, f"rule[id={rule.id}].when", fix, shown)


def _check_contained(setting: Setting, prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for a rule that brings nothing of its own, or that it may be one."""
    for other in setting.rules.rules:
        if other is not rule and _brings_no_more(rule, other):
            found = _check_pair(setting, prover, rule, other)
            what = f"Whether '{other.id}' fires whenever '{rule.id}' does is open."
            for issue in settle(found, "contained-rule", what, f"rule[id={rule.id}].when"):
                yield issue
                if issue.severity == "warning":
                    return


def _check_pair(setting: Setting, prover: Prover, rule: Rule, other: Rule) -> Iterator[Issue]:
    """Yield a warning where a rule is contained in another, and is the one to name.

    Of two that say the same it is the later one. A narrower rule that boosts once more is
    no fault.
    """
    if prover.is_possible(_beyond(rule, other)):
        return
    if _brings_no_more(other, rule) and not prover.is_possible(_beyond(other, rule)):
        is_named = setting.rules.rules.index(rule) > setting.rules.rules.index(other)
    else:
        is_named = not rule.cases[0].boosts
    if is_named:
        what = f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it."
        fix = f"Remove '{rule.id}', or let it bring something of its own."
        shown = prover.find(All((fires(rule), fires(other))))
        yield Issue("warning", "contained-rule", what, f"rule[id={rule.id}].when", fix, shown)


def _brings_no_more(rule: Rule, other: Rule) -> bool:
    """Tell whether all that a rule brings, another brings too; boosts have to be the same."""
    return (
        set(rule.must) <= set(other.must)
        and set(rule.avoid) <= set(other.avoid)
        and rule.risk in (None, other.risk)
        and rule.note in (None, other.note)
        and _boosts(rule) in ({}, _boosts(other))
    )


def _boosts(rule: Rule) -> dict[str, int]:
    return {key: factor for case in rule.cases for key, factor in case.boosts.items()}


def _beyond(rule: Rule, other: Rule) -> Condition:
    """Demand that a rule fires and another, for the same dimension, does not."""
    return AnyOf(
        tuple(
            All((case.condition, *(Not(c.condition) for c in _alike(case, other))))
            for case in rule.cases
        )
    )


def _alike(case: Case, other: Rule) -> list[Case]:
    return [c for c in other.cases if not case.boosts or c.boosts == case.boosts]
