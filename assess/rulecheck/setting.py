"""What the checks look at, and questions that several of them ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assess.answers import DONT_KNOW
from assess.catalogue import Action, Catalogue, Rung
from assess.questionnaire import Questionnaire
from assess.rulecheck.literal import Conjunction, Literal, every, ways
from assess.rulecheck.prover import Prover
from assess.rulecheck.stagecase import StageCase
from assess.rules import Case, Rule, Rules
from assess.rules.condition import AnswerIn, Complete, StageIn

Ways = tuple[Conjunction, ...]
"""Conjunctions of which one has to hold; without any, nothing can."""

ALWAYS: Ways = (frozenset(),)


@dataclass(frozen=True, slots=True)
class Setting:
    """A questionnaire with its catalogue and rules, and the prover that decides about them."""

    questionnaire: Questionnaire
    catalogue: Catalogue
    rules: Rules
    prover: Prover

    def demanding(self, action: str) -> Sequence[tuple[Rule, Case]]:
        """Return the cases in which an action must be in the plan."""
        return [(r, c) for r in self.rules.rules if action in r.must for c in r.cases]

    def avoiding(self, action: str) -> Sequence[tuple[Rule, Case]]:
        """Return the cases in which an action is avoided."""
        return [(r, c) for r in self.rules.rules if action in r.avoid for c in r.cases]

    def allowed_ways(self, action: str) -> list[Ways]:
        """Return groups of ways; with one of each, an action is not avoided."""
        return none_of([case for _, case in self.avoiding(action)])

    def ways_of(self, case: Case) -> Ways:
        """Return the ways in which a case of a rule holds."""
        return tuple(ways(case.condition))

    def avoided_ways(self, action: str) -> Ways:
        """Return the ways in which an action is avoided."""
        return tuple(way for _, case in self.avoiding(action) for way in ways(case.condition))

    def demanded_ways(self, action: str) -> Ways:
        """Return the ways in which an action must be in the plan."""
        return tuple(way for _, case in self.demanding(action) for way in ways(case.condition))

    def open_ways(self, action: Action, *, worthwhile: bool = False) -> Ways:
        """Return the ways in which an action offers a rung that is not reached.

        Args:
            action: The action.
            worthwhile: Only rungs that weigh something: up to one stage above the current.
        """
        return tuple(
            below(question, level) | (reaches(level - 1) if worthwhile else frozenset())
            for question, level in action.rungs
        )

    def offering(self, rung: Rung) -> Sequence[Action]:
        """Return the actions that lift a question to a level, in catalogue order."""
        return [action for action in self.catalogue.actions if rung in action.rungs]

    @staticmethod
    def met_ways(rung: Rung) -> Ways:
        """Return the ways in which a needed level is reached."""
        return (frozenset(x.opposite for x in below(*rung)),)


def needed_rungs(action: Action) -> tuple[Rung, ...]:
    """Return every level that has to be reached before an action begins, the lowest first."""
    return tuple((q, level) for q, needed in action.needs.items() for level in range(1, needed + 1))


def below(question: str, level: int) -> Conjunction:
    """Demand that a question is below a level; a don't-know is."""
    return frozenset({Literal(AnswerIn(question, frozenset({*range(level), DONT_KNOW})))})


def reaches(stage: int) -> Conjunction:
    """Demand that the team is in this stage, 1 to 3, or a later one."""
    if stage <= 1:
        return frozenset()
    return frozenset({Literal(StageIn(frozenset(range(stage, 4))))})


def none_of(cases: Sequence[Case]) -> list[Ways]:
    """Return groups of ways; with one of each, no case holds."""
    return [tuple(ways(case.condition, holds=False)) for case in cases]


def together(*groups: Ways) -> Iterator[Conjunction]:
    """Yield the ways in which one of every group holds."""
    return every(groups)


def at_level(question: str, level: int) -> Literal:
    """Demand that a question stands at a level; a don't-know counts as 0."""
    answers: frozenset[int | str] = frozenset({level} if level else {0, DONT_KNOW})
    return Literal(AnswerIn(question, answers))


def in_case(case: StageCase) -> Conjunction:
    """Demand that the team stands in this place."""
    return frozenset({Literal(StageIn(frozenset({case.number}))), Literal(Complete(case.complete))})
