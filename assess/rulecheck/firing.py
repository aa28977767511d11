"""Rules that can never fire, always fire, or bring nothing that another does not bring."""

from collections.abc import Iterable, Iterator

from assess.figures import join_words
from assess.rulecheck.issue import Issue, impossible
from assess.rulecheck.prover import Prover, UndecidedError, settle
from assess.rulecheck.setting import Setting
from assess.rules import Rule
from assess.rules.condition import All, AnyOf, Condition, Not, parts_of
from assess.rules.wording import say_condition


def check_firing(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield what is wrong with when rules fire, one rule after the other."""
    for rule in rules:
        where, name = f"rule[id={rule.id}].when", rule.id
        never, always = _check_never(prover, rule, where), _check_always(prover, rule, where)
        yield from settle(never, "impossible-condition", f"'{name}' can fire", where)
        yield from settle(always, "always-fires", f"'{name}' always fires", where)
        yield from _check_contained(setting, prover, rule, where)


def _check_never(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
    dead = [case for case in rule.cases if not prover.is_possible(case.condition)]
    if len(dead) == len(rule.cases):
        yield impossible(rule, _core(prover, dead[0].condition))
    elif dead:
        named = join_words([f"'{case.dimension}'" for case in dead], "and")
        what = f"'{rule.id}' can never fire for {named}."
        yield Issue(
            "warning", "never-fires", what, where, "Leave these dimensions to another rule."
        )
    else:
        yield from _check_branches(prover, rule, where)


def _core(prover: Prover, condition: Condition) -> Condition:
    """Return a part of an impossible condition of which nothing more can be left out."""
    parts = parts_of(condition)
    for part in parts if len(parts) > 1 else ():
        fewer = tuple(other for other in parts if other is not part)
        try:
            parts = parts if prover.is_possible(All(fewer)) else fewer
        except UndecidedError:
            continue
    return All(parts)


def _check_branches(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
    parts = parts_of(rule.cases[0].condition)
    for group in parts:
        others = tuple(part for part in parts if part is not group)
        for number, branch in enumerate(group.parts if isinstance(group, AnyOf) else (), 1):
            place, said = f"{where}.any[{number}]", say_condition(branch)
            what = f"A part of '{rule.id}' can never hold: {said}."
            dead = Issue(
                "warning", "never-fires", what, place, "Correct a bound, or remove this part."
            )
            found = (dead for part in [branch] if not prover.is_possible(All((*others, part))))
            yield from settle(found, dead.name, f"a part of '{rule.id}' can hold ({said})", place)


def _check_always(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    conditions = [case.condition for case in rule.cases]
    if not prover.is_possible(AnyOf(tuple(map(Not, conditions)))):
        what, fix = f"'{rule.id}' fires for every team.", "Narrow its 'when', or remove the rule."
        yield Issue("warning", "always-fires", what, where, fix, prover.find(conditions[0]))


def _check_contained(setting: Setting, prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield a warning for a rule that brings nothing of its own, or that it may be one."""
    for other in setting.rules.rules:
        if other is not rule and _brings_no_more(rule, other):
            found = _check_pair(setting, prover, rule, other, where)
            point = f"'{other.id}' fires whenever '{rule.id}' does"
            for issue in settle(found, "contained-rule", point, where):
                yield issue
                if issue.severity == "warning":
                    return


def _check_pair(
    setting: Setting, prover: Prover, rule: Rule, other: Rule, where: str
) -> Iterator[Issue]:
    """Yield a warning where a rule is contained in another, and is the one to name.

    Of two that say the same it is the later one. A narrower rule that boosts once more is
    no fault, and of one that can never fire enough is said.
    """
    if prover.is_possible(_beyond(rule, other)):
        return
    is_named = not rule.boosts
    if _brings_no_more(other, rule) and not prover.is_possible(_beyond(other, rule)):
        is_named = setting.rules.rules.index(rule) > setting.rules.rules.index(other)
    if is_named and (shown := prover.find(All((rule.condition, other.condition)))):
        what = f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it."
        fix = f"Remove '{rule.id}', or let it bring something of its own."
        yield Issue("warning", "contained-rule", what, where, fix, shown)


def _brings_no_more(rule: Rule, other: Rule) -> bool:
    """Tell whether all that a rule brings, another brings too; boosts have to be the same."""
    return (
        set(rule.must) <= set(other.must)
        and set(rule.avoid) <= set(other.avoid)
        and rule.risk in (None, other.risk)
        and rule.note in (None, other.note)
        and rule.boosts in ({}, other.boosts)
    )


def _beyond(rule: Rule, other: Rule) -> Condition:
    """Demand that a rule fires and another, for the same dimension, does not."""
    ways = []
    for case in rule.cases:
        alike = (c.condition for c in other.cases if not case.boosts or c.boosts == case.boosts)
        ways.append(All((case.condition, *map(Not, alike))))
    return AnyOf(tuple(ways))
