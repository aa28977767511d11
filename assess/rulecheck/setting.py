"""What the checks look at, and conditions that several of them ask about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assess.answers import DONT_KNOW
from assess.catalogue import Action, Catalogue, Rung
from assess.questionnaire import STAGES, Questionnaire
from assess.rules import Rule, Rules
from assess.rules.condition import All, AnswerIn, AnyOf, Complete, Condition, Not, StageIn

STAGE_NUMBERS: Final = range(1, len(STAGES) + 1)


@dataclass(frozen=True, slots=True)
class Setting:
    """A questionnaire with its catalogue and rules."""

    questionnaire: Questionnaire
    catalogue: Catalogue
    rules: Rules

    def demanding(self, action: str) -> Sequence[Rule]:
        return [rule for rule in self.rules.rules if action in rule.must]

    def avoiding(self, action: str) -> Sequence[Rule]:
        return [rule for rule in self.rules.rules if action in rule.avoid]

    def is_demanded(self, action: str) -> Condition:
        return any_fires(self.demanding(action))

    def is_avoided(self, action: str) -> Condition:
        return any_fires(self.avoiding(action))

    def offering(self, rung: Rung) -> Sequence[Action]:
        """Return the actions that offer a rung, those with the least work first."""
        question, level = rung
        offering = [a for a in self.catalogue.actions if a.lifts.get(question) == level]
        return sorted(offering, key=lambda action: sum(s.hours + s.each for s in action.steps))

    def is_open(self, action: Action, *, worthwhile: bool) -> Condition:
        """Demand that an action offers a rung that is not reached.

        Args:
            action: The action.
            worthwhile: Only rungs that weigh something: up to one stage above the current.
        """
        ways: list[Condition] = []
        for question, level in action.rungs:
            near = StageIn(frozenset(range(max(1, level - 1), len(STAGES) + 1)))
            ways.append(All((is_below(question, level), *((near,) if worthwhile else ()))))
        return AnyOf(tuple(ways))

    def can_begin(self, action: Action, before: frozenset[str] = frozenset()) -> Condition:
        """Demand that nothing forbids an action, or all that could win what it needs.

        Args:
            action: The action.
            before: Actions that wait for this one, so that they cannot come first.
        """
        later = before | {action.id}
        needs = (self._can_reach(rung, later) for rung in needed_rungs(action))
        return All((Not(self.is_avoided(action.id)), *needs))

    def _can_reach(self, rung: Rung, later: frozenset[str]) -> Condition:
        others = (other for other in self.offering(rung) if other.id not in later)
        ways = (self.can_begin(other, later) for other in others)
        return AnyOf((Not(is_below(*rung)), *ways))


def fires(rule: Rule) -> Condition:
    """Demand that a rule fires, for whatever dimension."""
    return AnyOf(tuple(case.condition for case in rule.cases))


def any_fires(rules: Iterable[Rule]) -> Condition:
    return AnyOf(tuple(map(fires, rules)))


def needed_rungs(action: Action) -> Iterator[Rung]:
    """Yield all rungs up to the levels that an action needs."""
    for question, needed in action.needs.items():
        yield from ((question, level) for level in range(1, needed + 1))


def is_below(question: str, level: int) -> Condition:
    """Demand that a question is below a level; a don't-know is."""
    return AnswerIn(question, frozenset({*range(level), DONT_KNOW}))


def is_at(question: str, level: int) -> Condition:
    """Demand that a question stands at a level; a don't-know counts as 0."""
    return AnswerIn(question, frozenset({level, DONT_KNOW} if level == 0 else {level}))


def is_unfinished(stage: int) -> Condition:
    """Demand that a team stands in a stage, 1 to 3, and has not finished it."""
    return All((StageIn(frozenset({stage})), Complete(False)))
