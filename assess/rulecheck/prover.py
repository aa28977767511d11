"""Finds teams for which conditions hold, or proves that there are none.

A solver decides over all answers that a team could give. What it finds is put through the real
scorer and the real conditions before anybody sees it: a difference is a fault of the model.
Only margins may differ there; then other answers are asked for, and where that does
not help, the answer is *undecided*, as it is where the solver would take too long.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ortools.sat.python import cp_model

from assess.questionnaire import Questionnaire
from assess.rulecheck.issue import Issue, Name, Witness, make_team
from assess.rulecheck.sheet import Sheet, is_loose
from assess.rulecheck.unknowns import Around, Unknowns
from assess.rules.condition import Condition
from assess.rules.model import Limits
from assess.rules.situation import Situation

EFFORT: Final = 5.0
"""How much work one question may take, in the solver's own measure, which no clock changes."""
EFFORT_TO_TIDY: Final = 1.0
MOST_TRIES: Final = 40
"""How many teams are tried where the model leaves something free."""
_FOUND: Final = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class UndecidedError(Exception):
    """The solver has neither found a team nor proved that there is none."""


class Prover:
    """Unknown teams that share their circumstances: one, or two whose answers are linked.

    `known` are teams that are looked at before the solver is asked; those found are added.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        limits: Limits,
        known: Iterable[Situation] = (),
        *,
        sheets: int = 1,
        effort: float = EFFORT,
    ) -> None:
        self.model = Unknowns()
        self._around = Around(self.model, limits)
        self.sheets = [Sheet(self.model, questionnaire, self._around) for _ in range(sheets)]
        self._questionnaire = questionnaire
        self._known = list(known)
        self._effort = effort
        self._solver = cp_model.CpSolver()
        # One worker and a fixed seed give equal answers on equal files. Most questions are
        # answered by the first relaxation, and presolving takes ten times as long as that.
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        self._solver.parameters.linearization_level = 2
        self._solver.parameters.cp_model_presolve = False

    def is_possible(self, condition: Condition) -> bool:
        """Tell whether a condition can hold for a team; one that was found before is enough.

        Raises:
            UndecidedError: It is neither proved nor refuted.
        """
        return any(map(condition.holds, self._known)) or bool(self.search(condition))

    def find(self, *conditions: Condition) -> tuple[Witness, ...]:
        """Return a team for each condition, fit to be read; nothing where there is none.

        Raises:
            UndecidedError: They are neither found nor refuted.
        """
        teams = self.search(*conditions)
        if not teams:
            return ()
        # People read them: the fewest odd answers and circumstances that little effort finds.
        self.model.minimize(self._around.oddity + sum(sheet.oddity for sheet in self.sheets))
        better = self._read() if self._solve(EFFORT_TO_TIDY) in _FOUND else teams
        self.model.minimize(0)
        return better if _hold(conditions, better) else teams

    def search(self, *conditions: Condition) -> tuple[Witness, ...]:
        """Return a team for each condition as `find` does, the first that is found."""
        attempt = self.model.new_bool_var("")
        asked = [sheet.holds(c) for sheet, c in zip(self.sheets, conditions, strict=True)]
        self.model.clear_assumptions()
        self.model.add_assumptions([attempt, *asked])
        for _ in range(MOST_TRIES):
            status = self._solve(self._effort)
            if status == cp_model.INFEASIBLE:
                return ()
            if status not in _FOUND:
                break
            teams = self._read()
            if _hold(conditions, teams):
                self._known += [team.situation for team in teams]
                return teams
            if not any(map(is_loose, conditions)):
                raise AssertionError(f"The model of answers is wrong about {conditions}.")
            # For this attempt, no more answers whose margins are those of the last.
            there = [y for sheet in self.sheets for y in sheet.fillings if self._solver.value(y)]
            self.model.add_bool_or([~y for y in there]).only_enforce_if(attempt)
        raise UndecidedError

    def show(self, issue: Issue, condition: Condition) -> Iterator[Issue]:
        """Yield an issue with a team for which a condition holds, or that it is open."""
        found = map(self.find, [condition])
        shown = (replace(issue, witnesses=teams) for teams in found if teams)
        yield from settle(shown, issue.name, issue.where, issue.what)

    def _solve(self, effort: float) -> "cp_model.CpSolverStatus":
        self._solver.parameters.max_deterministic_time = effort
        return self._solver.solve(self.model)

    def _read(self) -> tuple[Witness, ...]:
        """Return the teams that were found last."""
        value, around = self._solver.value, self._around.read(self._solver.value)
        teams = []
        for sheet in self.sheets:
            levels = {q: level for (q, level), there in sheet.answer.items() if value(there)}
            backed = frozenset(q for q, there in sheet.backed.items() if value(there))
            teams.append(make_team(self._questionnaire, levels, backed=backed, **around))
        return tuple(teams)


def _hold(conditions: Sequence[Condition], teams: Sequence[Witness]) -> bool:
    """Tell whether conditions hold for teams, by the real scorer."""
    return all(c.holds(team.situation) for c, team in zip(conditions, teams, strict=True))


def settle(found: Iterable[Issue], name: Name, where: str, what: str) -> Iterator[Issue]:
    """Yield what a check finds; where the solver gives it up, say that this is open."""
    try:
        yield from found
    except UndecidedError:
        yield Issue("undecided", name, f"Open: {what}", where, "Make its 'when' simpler.")
