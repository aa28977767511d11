"""Rules that can never fire, always fire, or bring nothing that another does not bring."""

from collections.abc import Iterable, Iterator

from assess.figures import join_words
from assess.rulecheck.issue import Issue, impossible, undecided
from assess.rulecheck.prover import Prover, Verdict
from assess.rulecheck.setting import Setting, fires
from assess.rules import Case, Rule
from assess.rules.condition import All, AnyOf, Condition, Not
from assess.rules.wording import say_condition


def check_firing(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield what is wrong with when rules fire, one rule after the other."""
    for rule in rules:
        never = list(_check_never(prover, rule))
        yield from never
        if not any(issue.severity == "error" for issue in never):
            yield from _check_always(prover, rule)
            yield from _check_contained(setting, prover, rule)


def _check_never(prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
    where = f"rule[id={rule.id}].when"
    verdicts = [(case, prover.judge(case.condition)) for case in rule.cases]
    if any(verdict is Verdict.UNDECIDED for _, verdict in verdicts):
        what = f"Whether '{rule.id}' can fire is open."
        yield undecided("impossible-condition", what, where)
    dead = [case for case, verdict in verdicts if verdict is Verdict.IMPOSSIBLE]
    if len(dead) == len(verdicts):
        yield impossible(rule, _core(prover, dead[0].condition))
    elif dead:
        named = join_words([f"'{case.dimension}'" for case in dead], "and")
        what = f"'{rule.id}' can never fire for {named}."
        fix = "Leave these dimensions to another rule."
        yield Issue("warning", "never-fires", what, where, fix)
    else:
        yield from _check_branches(prover, rule)


def _core(prover: Prover, condition: Condition) -> Condition:
    """Return a part of an impossible condition of which nothing more can be left out."""
    if not isinstance(condition, All):
        return condition
    parts = list(condition.parts)
    for part in condition.parts:
        fewer = [other for other in parts if other is not part]
        if prover.judge(All(tuple(fewer))) is Verdict.IMPOSSIBLE:
            parts = fewer
    return All(tuple(parts))


def _check_branches(prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
    condition = rule.cases[0].condition
    parts = condition.parts if isinstance(condition, All) else ()
    for group in parts:
        others = tuple(part for part in parts if part is not group)
        for number, branch in enumerate(group.parts if isinstance(group, AnyOf) else (), 1):
            verdict = prover.judge(All((*others, branch)))
            where = f"rule[id={rule.id}].when.any[{number}]"
            said = say_condition(branch)
            if verdict is Verdict.IMPOSSIBLE:
                what = f"A part of '{rule.id}' can never hold: {said}."
                fix = "Correct a bound, or remove this part."
                yield Issue("warning", "never-fires", what, where, fix)
            elif verdict is Verdict.UNDECIDED:
                what = f"Whether a part of '{rule.id}' can hold is open: {said}."
                yield undecided("never-fires", what, where)


def _check_always(prover: Prover, rule: Rule) -> Iterator[Issue]:
    verdicts = [prover.judge(Not(case.condition)) for case in rule.cases]
    where = f"rule[id={rule.id}].when"
    if Verdict.POSSIBLE in verdicts:
        return
    if Verdict.UNDECIDED in verdicts:
        what = f"Whether '{rule.id}' always fires is open."
        yield undecided("always-fires", what, where)
        return
    what, fix = f"'{rule.id}' fires for every team.", "Narrow its 'when', or remove the rule."
    shown = prover.show(rule.cases[0].condition)
    yield Issue("warning", "always-fires", what, where, fix, shown)


def _check_contained(setting: Setting, prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for a rule that brings nothing of its own, or that it may be one."""
    where = f"rule[id={rule.id}].when"
    for other in setting.rules.rules:
        if other is rule or not _brings_no_more(rule, other):
            continue
        verdict = prover.judge(_beyond(rule, other))
        if verdict is Verdict.UNDECIDED:
            what = f"Whether '{other.id}' fires whenever '{rule.id}' does is open."
            yield undecided("contained-rule", what, where)
        elif verdict is Verdict.IMPOSSIBLE and _is_the_lesser(setting, prover, rule, other):
            what = f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it."
            fix = f"Remove '{rule.id}', or let it bring something of its own."
            shown = prover.show(All((fires(rule), fires(other))))
            yield Issue("warning", "contained-rule", what, where, fix, shown)
            return


def _is_the_lesser(setting: Setting, prover: Prover, rule: Rule, other: Rule) -> bool:
    """Tell which of two rules to name, where one is contained in the other.

    Of two that say the same it is the later one. A narrower rule that boosts once more is
    no fault.
    """
    same = _brings_no_more(other, rule) and (
        prover.judge(_beyond(other, rule)) is Verdict.IMPOSSIBLE
    )
    if same:
        return setting.rules.rules.index(rule) > setting.rules.rules.index(other)
    return not rule.cases[0].boosts


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
    if not case.boosts:
        return list(other.cases)
    return [c for c in other.cases if c.boosts == case.boosts]
