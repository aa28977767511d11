"""Rules that can never fire, always fire, or bring nothing that another does not bring."""

from collections.abc import Iterator
from typing import Final

from assess.figures import join_words
from assess.rulecheck.issue import Issue
from assess.rulecheck.literal import every, ways
from assess.rulecheck.prover import Prover, Verdict
from assess.rulecheck.setting import Setting, none_of, together
from assess.rulecheck.team import Team
from assess.rules import Case, Rule
from assess.rules.condition import All, AnyOf, Condition
from assess.rules.wording import say_condition

_SIMPLER: Final = "Make its 'when' simpler."


def check_firing(setting: Setting) -> Iterator[Issue]:
    """Yield what is wrong with when rules fire, one rule after the other."""
    for rule in setting.rules.rules:
        never = list(_check_never(setting, rule))
        yield from never
        if not any(issue.severity == "error" for issue in never):
            yield from _check_always(setting, rule)
            yield from _check_contained(setting, rule)


def _check_never(setting: Setting, rule: Rule) -> Iterator[Issue]:
    """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
    where = f"rule[id={rule.id}].when"
    verdicts = [(case, setting.prover.find(ways(case.condition))) for case in rule.cases]
    if any(verdict is Verdict.UNDECIDED for _, verdict in verdicts):
        what = f"Whether '{rule.id}' can fire is open."
        yield Issue("undecided", "impossible-condition", what, where, _SIMPLER)
    dead = [case for case, verdict in verdicts if verdict is Verdict.IMPOSSIBLE]
    if len(dead) == len(verdicts):
        yield _impossible(setting.prover, rule, dead[0].condition)
    elif dead:
        named = join_words([f"'{case.dimension}'" for case in dead], "and")
        what = f"'{rule.id}' can never fire for {named}."
        yield Issue(
            "warning", "never-fires", what, where, "Leave these dimensions to another rule."
        )
    else:
        yield from _check_branches(setting.prover, rule)


def _impossible(prover: Prover, rule: Rule, condition: Condition) -> Issue:
    core = _core(prover, condition)
    where = f"rule[id={rule.id}].when"
    said = say_condition(core)
    parts = core.parts if isinstance(core, All) else (core,)
    reason = "cannot hold together" if len(parts) > 1 else "cannot hold"
    return Issue(
        "error",
        "impossible-condition",
        f"'{rule.id}' can never fire: {said} {reason} for any team.",
        where,
        "Correct a bound, or remove the rule.",
    )


def _core(prover: Prover, condition: Condition) -> Condition:
    """Return a part of an impossible condition of which nothing more can be left out."""
    if not isinstance(condition, All):
        return condition
    parts = list(condition.parts)
    for part in condition.parts:
        fewer = [other for other in parts if other is not part]
        if prover.find(ways(All(tuple(fewer)))) is Verdict.IMPOSSIBLE:
            parts = fewer
    return All(tuple(parts))


def _check_branches(prover: Prover, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
    for case in rule.cases[:1]:
        parts = case.condition.parts if isinstance(case.condition, All) else ()
        for group in parts:
            if isinstance(group, AnyOf):
                others = tuple(part for part in parts if part is not group)
                yield from _check_group(prover, rule, group, others)


def _check_group(
    prover: Prover, rule: Rule, group: AnyOf, others: tuple[Condition, ...]
) -> Iterator[Issue]:
    for number, branch in enumerate(group.parts, start=1):
        found = prover.find(ways(All((*others, branch))))
        where = f"rule[id={rule.id}].when.any[{number}]"
        said = say_condition(branch)
        if found is Verdict.IMPOSSIBLE:
            what = f"A part of '{rule.id}' can never hold: {said}."
            fix = "Correct a bound, or remove this part."
            yield Issue("warning", "never-fires", what, where, fix)
        elif found is Verdict.UNDECIDED:
            what = f"Whether a part of '{rule.id}' can hold is open: {said}."
            yield Issue("undecided", "never-fires", what, where, _SIMPLER)


def _check_always(setting: Setting, rule: Rule) -> Iterator[Issue]:
    against = [setting.prover.find(ways(c.condition, holds=False)) for c in rule.cases]
    where = f"rule[id={rule.id}].when"
    if all(verdict is Verdict.IMPOSSIBLE for verdict in against):
        shown = setting.prover.find(ways(rule.cases[0].condition))
        yield Issue(
            "warning",
            "always-fires",
            f"'{rule.id}' fires for every team.",
            where,
            "Narrow its 'when', or remove the rule.",
            (shown,) if isinstance(shown, Team) else (),
        )
    elif not any(isinstance(verdict, Team) for verdict in against):
        what = f"Whether '{rule.id}' always fires is open."
        yield Issue("undecided", "always-fires", what, where, _SIMPLER)


def _check_contained(setting: Setting, rule: Rule) -> Iterator[Issue]:
    """Yield a warning for a rule that brings nothing of its own, or that it may be one."""
    where = f"rule[id={rule.id}].when"
    for other in setting.rules.rules:
        if other is rule or not _brings_no_more(rule, other):
            continue
        verdict = _beyond(setting.prover, rule, other)
        if verdict is Verdict.UNDECIDED:
            what = f"Whether '{other.id}' fires whenever '{rule.id}' does is open."
            yield Issue("undecided", "contained-rule", what, where, _SIMPLER)
        elif verdict is Verdict.IMPOSSIBLE and _is_the_lesser(setting, rule, other):
            yield Issue(
                "warning",
                "contained-rule",
                f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it.",
                where,
                f"Remove '{rule.id}', or let it bring something of its own.",
                _team_for_both(setting.prover, rule, other),
            )
            return


def _is_the_lesser(setting: Setting, rule: Rule, other: Rule) -> bool:
    """Tell which of two rules to name, where one is contained in the other.

    Of two that say the same it is the later one. A narrower rule that boosts once more is
    no fault.
    """
    same = _brings_no_more(other, rule) and (
        _beyond(setting.prover, other, rule) is Verdict.IMPOSSIBLE
    )
    if same:
        return setting.rules.rules.index(rule) > setting.rules.rules.index(other)
    return not rule.cases[0].boosts


def _team_for_both(prover: Prover, rule: Rule, other: Rule) -> tuple[Team, ...]:
    cases = (rule.cases[0], other.cases[0])
    shown = prover.find(every([tuple(ways(case.condition)) for case in cases]))
    return (shown,) if isinstance(shown, Team) else ()


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


def _beyond(prover: Prover, rule: Rule, other: Rule) -> Team | Verdict:
    """Return a team for which a rule fires and another, for the same, does not."""
    verdicts = [
        prover.find(together(tuple(ways(case.condition)), *none_of(_alike(case, other))))
        for case in rule.cases
    ]
    found = next((v for v in verdicts if isinstance(v, Team)), None)
    if found is not None:
        return found
    return Verdict.UNDECIDED if Verdict.UNDECIDED in verdicts else Verdict.IMPOSSIBLE


def _alike(case: Case, other: Rule) -> list[Case]:
    if not case.boosts:
        return list(other.cases)
    return [c for c in other.cases if c.boosts == case.boosts]
