"""Situation -> findings: the rules that fired, with the evidence that made them fire."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from assess.record import record
from assess.rules.model import Case, Rule, Rules
from assess.rules.placeholder import fill_in
from assess.rules.situation import Situation


@record
class Finding:
    """A rule that fired, with what it brings; `because` is the sentence for the plan.

    `dimension` is the one it fired for, where the rule is for each dimension. `boosts` maps a
    dimension, or `question.<id>`, to a positive factor.
    """

    rule: str
    because: str
    dimension: str | None = None
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    boosts: Mapping[str, int] = field(default_factory=dict)
    risk: str | None = None
    note: str | None = None


def find_findings(rules: Rules, situation: Situation) -> tuple[Finding, ...]:
    """Return what the rules find in a situation.

    Returns:
        In file order; a rule for each dimension fires once for every one for which it holds,
        in the order of the questionnaire. Empty when no dimension is scored: there is no
        stage then, and no plan.
    """
    if situation.profile.stage is None:
        return ()
    return tuple(make_finding(rule, case, situation) for rule, case in find_cases(rules, situation))


def find_cases(rules: Rules, situation: Situation) -> Iterator[tuple[Rule, Case]]:
    """Yield the cases that hold, each with its rule, in file order."""
    for rule in rules.rules:
        for case in rule.cases:
            if case.condition.holds(situation):
                yield rule, case


def make_finding(rule: Rule, case: Case, situation: Situation) -> Finding:
    """Return what a case brings; it holds in the situation."""
    return Finding(
        rule=rule.id,
        because=fill_in(rule.because, case.words, situation),
        dimension=case.dimension,
        must=rule.must,
        avoid=rule.avoid,
        boosts=case.boosts,
        risk=rule.risk,
        note=None if rule.note is None else fill_in(rule.note, case.words, situation),
    )
