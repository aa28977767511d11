"""Why an action is brought in, or what would have brought it in."""

from assess.catalogue.action import Action
from assess.record import record
from assess.rules.condition import All, AnyOf, Atom, Condition, Not
from assess.rules.finding import Finding, find_cases, make_finding
from assess.rules.model import Case, Rule, Rules
from assess.rules.situation import Situation
from assess.rules.wording import say_atom, say_value


@record
class NearMiss:
    """A rule that would bring an action in, and the least that it takes.

    `missing` says each value that would have to be otherwise, and what it is: "`goals`
    were below half: it is 3 of 4". `text` is the whole sentence.
    """

    rule: str
    dimension: str | None
    brings: str
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"{self.brings} if {'; and if '.join(self.missing)}"


@record
class Bearing:
    """What the rules say of one action: those that fired on it, and those that nearly did."""

    findings: tuple[Finding, ...]
    near_misses: tuple[NearMiss, ...]


def find_bearing(rules: Rules, situation: Situation, action: Action) -> Bearing:
    """Return what the rules say of an action in a situation.

    Returns:
        Findings that name the action or boost what it lifts, in file order; and the rules
        that would bring it in but do not hold, the nearest first, ties in file order. Both are
        empty where nothing is scored.
    """
    if situation.profile.stage is None:
        return Bearing((), ())
    boosted = boostable(situation, action)
    findings = tuple(
        make_finding(rule, case, situation)
        for rule, case in find_cases(rules, situation)
        if action.id in (*rule.must, *rule.avoid) or boosted & case.boosts.keys()
    )
    misses = [
        _make_miss(rule, case, situation, action)
        for rule in rules.rules
        for case in rule.cases
        if (action.id in rule.must or boosted & case.boosts.keys())
        and not case.condition.holds(situation)
    ]
    return Bearing(findings, tuple(sorted(misses, key=lambda miss: len(miss.missing))))


def boostable(situation: Situation, action: Action) -> frozenset[str]:
    """Return the keys of boosts that bear on an action: what it lifts, and where that is."""
    questions = situation.profile.questionnaire.by_id
    lifts = (q for q in action.lifts if q in questions)
    return frozenset(key for q in lifts for key in (f"question.{q}", questions[q].dimension))


def _make_miss(rule: Rule, case: Case, situation: Situation, action: Action) -> NearMiss:
    must = action.id in rule.must
    return NearMiss(
        rule=rule.id,
        dimension=case.dimension,
        brings="would enter the plan" if must else "would count for more",
        missing=tuple(
            f"{say_atom(atom, verb)}: it is {say_value(atom, situation)}"
            for atom, wanted in _changes(case.condition, situation, wanted=True)
            for verb in ("were" if wanted else "were not",)
        ),
    )


_Change = tuple[Atom, bool]
"""A simple condition, and whether it should hold."""


def _changes(condition: Condition, situation: Situation, *, wanted: bool) -> tuple[_Change, ...]:
    """Return the fewest simple conditions to change so that the whole one is as wanted."""
    match condition:
        case Not(part):
            return _changes(part, situation, wanted=not wanted)
        case All(parts) | AnyOf(parts):
            each = [_changes(part, situation, wanted=wanted) for part in parts]
            if isinstance(condition, All) == wanted:
                return tuple(change for changes in each for change in changes)
            return min(each, key=len)
        case _:
            return () if condition.holds(situation) == wanted else ((condition, wanted),)
