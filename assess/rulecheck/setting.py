"""What the checks look at, and conditions that several of them ask about."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from assess.answers import DONT_KNOW
from assess.catalogue.action import Action, Catalogue, Rung
from assess.planning.build import Basis, Request, build_plan
from assess.planning.calendar import next_monday
from assess.planning.plan import Capacity, Plan
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.rulecheck.issue import Witness, make_team
from assess.rules.condition import All, AnyOf, Condition, Not, OneOf
from assess.rules.model import Example, Rule, Rules
from assess.rules.situation import Situation
from assess.scoring.profile import score_answers

STAGE_NUMBERS: Final = range(1, len(STAGES) + 1)


@record
class Setting:
    """A questionnaire with its catalogue and rules."""

    questionnaire: Questionnaire
    catalogue: Catalogue
    rules: Rules

    def make_example(self, example: Example) -> Witness:
        """Return the team that an example describes."""
        hours, size = example.hours_per_week, example.team_size
        return make_team(self.questionnaire, example.given, hours, size, about=example.about)

    def make_plan(self, team: Witness) -> Plan:
        """Return the plan of a team as `assess plan --answers` makes it, without a past."""
        answers, hours = team.answers, team.situation.hours_per_week
        asked, size = self.questionnaire.fitted(answers.about), answers.team_size
        start = next_monday(answers.date)
        return build_plan(
            Basis(
                Request(answers.team, answers.date, start, Capacity(hours, "asked")),
                Situation(score_answers(asked, answers), hours, size, about=answers.about),
                self.catalogue,
                self.rules,
                lambda levels: score_answers(asked, answers.raised_to(levels)),
            )
        )

    def plan_actions(self, team: Witness) -> Collection[str]:
        """Return the ids of the actions that the plan of a team holds."""
        return {priority.action.id for priority in self.make_plan(team).priorities}

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
        offering = [a for a in self.catalogue.actions if rung in a.rungs]
        return sorted(offering, key=lambda action: sum(s.hours + s.each for s in action.steps))

    def can_begin(self, action: Action, before: frozenset[str] = frozenset()) -> Condition:
        """Demand that nothing forbids an action, or all that could win what it needs.

        Args:
            action: The action.
            before: Actions that wait for this one, so that they cannot come first.
        """
        later = before | {action.id}
        needs = (self._can_reach(rung, later) for rung in action.needed_rungs)
        return All((Not(self.is_avoided(action.id)), *needs))

    def _can_reach(self, rung: Rung, later: frozenset[str]) -> Condition:
        others = (other for other in self.offering(rung) if other.id not in later)
        return AnyOf((Not(is_below(*rung)), *(self.can_begin(o, later) for o in others)))


def any_fires(rules: Iterable[Rule]) -> Condition:
    return AnyOf(tuple(rule.condition for rule in rules))


def is_below(question: str, level: int) -> Condition:
    """Demand that a question is below a level; a don't-know is."""
    return OneOf("question", (*range(level), DONT_KNOW), question)


def is_at(question: str, level: int) -> Condition:
    """Demand that a question stands at a level; a don't-know counts as 0."""
    return OneOf("question", (level, DONT_KNOW) if level == 0 else (level,), question)


def is_unfinished(stage: int) -> Condition:
    """Demand that a team stands in a stage, 1 to 3, and has not finished it."""
    return All((OneOf("stage", (stage,)), OneOf("complete", (False,))))
