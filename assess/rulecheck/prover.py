"""Finds teams for which conditions hold, or proves that there are none.

A solver decides over all answers that a team could give. What it finds is put through the real
scorer and the real conditions before anybody sees it: a difference is a fault of the model.
Only margins may differ there; then other answers are asked for, and where that does
not help, the answer is *undecided*, as it is where the solver would take too long.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

from ortools.sat.python import cp_model

from assess.questionnaire import Questionnaire
from assess.rulecheck.around import Around
from assess.rulecheck.sheet import Sheet, Truth, Unknowns
from assess.rulecheck.team import Team, make_team
from assess.rulecheck.terms import Terms, is_loose
from assess.rules import Limits, Situation
from assess.rules.condition import Condition

EFFORT: Final = 5.0
"""How much work one question may take, in the solver's own measure, which no clock changes."""
EFFORT_TO_TIDY: Final = 1.0
MOST_TRIES: Final = 40
"""How many teams are tried where the model leaves something free."""


class Verdict(Enum):
    """Whether there can be a team for which conditions hold."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


class World:
    """Unknown teams that share their circumstances: one, or two whose answers are linked."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        limits: Limits,
        *,
        sheets: int = 1,
        effort: float = EFFORT,
    ) -> None:
        self.model = Unknowns()
        self.questionnaire = questionnaire
        self._effort = effort
        self.around = Around(self.model, limits)
        self.terms = [
            Terms(self.model, Sheet(self.model, questionnaire), self.around) for _ in range(sheets)
        ]
        self._solver = cp_model.CpSolver()
        # One worker and a fixed seed give equal answers on equal files. Most questions are
        # answered by the first relaxation, and presolving takes ten times as long as that.
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        self._solver.parameters.linearization_level = 2
        self._solver.parameters.cp_model_presolve = False

    def find(
        self,
        *conditions: Condition,
        extra: Sequence[Truth] = (),
        tidy: bool = False,
    ) -> tuple[Team, ...] | Verdict:
        """Return teams for each of which its condition holds, or why there are none.

        Args:
            conditions: One for each team.
            extra: What has to be so besides.
            tidy: Look for teams that answer and are as is usual, because people will read them.
        """
        attempt = self.model.new_bool_var("")
        asked = [terms.holds(c) for terms, c in zip(self.terms, conditions, strict=True)]
        self.model.clear_assumptions()
        self.model.add_assumptions([attempt, *extra, *asked])
        for _ in range(MOST_TRIES):
            if verdict := self._solve(self._effort):
                return verdict
            teams = self._read_teams()
            if self._are(teams, conditions):
                return self._tidied(teams, conditions) if tidy else teams
            if not any(map(is_loose, conditions)):
                raise AssertionError(f"The model of answers is wrong about {conditions}.")
            self._exclude(attempt)
        return Verdict.UNDECIDED

    def _solve(self, effort: float) -> Verdict | None:
        """Return why nothing is found; nothing when something is."""
        self._solver.parameters.max_deterministic_time = effort
        status = self._solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return Verdict.IMPOSSIBLE
        return None if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else Verdict.UNDECIDED

    def _tidied(self, teams: tuple[Team, ...], conditions: Sequence[Condition]) -> tuple[Team, ...]:
        """Return teams with the fewest odd answers and circumstances that little effort finds."""
        self.model.minimize(self.around.oddity + sum(t.sheet.oddity for t in self.terms))
        better = teams if self._solve(EFFORT_TO_TIDY) else self._read_teams()
        self.model.minimize(0)
        return better if self._are(better, conditions) else teams

    def _are(self, teams: Sequence[Team], conditions: Sequence[Condition]) -> bool:
        """Tell whether conditions hold for teams, by the real scorer."""
        return all(
            condition.holds(team.situation)
            for condition, team in zip(conditions, teams, strict=True)
        )

    def _read_teams(self) -> tuple[Team, ...]:
        return tuple(self._read(terms.sheet) for terms in self.terms)

    def _read(self, sheet: Sheet) -> Team:
        value = self._solver.value
        levels = {q: a for (q, a), x in sheet.answer.items() if value(x)}
        backed = frozenset(q for q, x in sheet.backed.items() if value(x))
        return make_team(self.questionnaire, levels, backed=backed, **self.around.read(value))

    def _exclude(self, attempt: cp_model.IntVar) -> None:
        """Rule out, for this attempt, all answers whose margins are those of the last."""
        there = [
            y
            for terms in self.terms
            for filled in terms.sheet.fillings.values()
            for y in filled.values()
            if self._solver.value(y)
        ]
        self.model.add_bool_or([~y for y in there]).only_enforce_if(attempt)


class Prover:
    """Judges conditions on one team, and remembers teams that have shown something."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        limits: Limits,
        known: Iterable[Situation] = (),
        *,
        effort: float = EFFORT,
    ) -> None:
        self._world = World(questionnaire, limits, effort=effort)
        self._known = list(known)

    def judge(self, condition: Condition) -> Verdict:
        """Tell whether a condition can hold for a team; a team known already is enough."""
        if any(condition.holds(situation) for situation in self._known):
            return Verdict.POSSIBLE
        found = self._find(condition, tidy=False)
        if isinstance(found, Verdict):
            return found
        self._known.append(found.situation)
        return Verdict.POSSIBLE

    def find(self, condition: Condition) -> Team | Verdict:
        """Return a team for which a condition holds, fit to be read, or why there is none."""
        return self._find(condition, tidy=True)

    def show(self, condition: Condition) -> tuple[Team, ...]:
        """Return one team for which a condition holds, or nothing."""
        found = self.find(condition)
        return (found,) if isinstance(found, Team) else ()

    def find_weakest(self, condition: Condition, dimension: str, stage: int) -> Team | Verdict:
        """Return a team in which, besides, a dimension alone has the lowest share of a stage."""
        world = self._world
        sheet = world.terms[0].sheet
        weakest = [
            world.model.at_least(sheet.lead(other, dimension, stage), 1)
            for other in sheet.fillings
            if other != dimension
        ]
        lacks = sheet.is_filled(
            dimension, lambda f: f.shares is not None and f.shares[stage - 1] < 1
        )
        found = world.find(condition, extra=[lacks, *weakest], tidy=True)
        return found if isinstance(found, Verdict) else found[0]

    def _find(self, condition: Condition, *, tidy: bool) -> Team | Verdict:
        found = self._world.find(condition, tidy=tidy)
        return found if isinstance(found, Verdict) else found[0]
