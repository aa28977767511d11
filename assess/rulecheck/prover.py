"""Finds a team for which conditions hold, or proves that there is none.

Every condition on answers bounds how many questions of a dimension reach a level, or a sum of
such shares over all dimensions. Both are decided exactly: the first by listing the fillings
of a dimension, the second by `reach`. Teams that know and answer everything are tried
first, then those with don't-knows and questions that do not apply; only when neither can
do it is it proved that nobody can.

Margins are the exception. They are searched for, from teams for which all else holds; where
that fails, the answer is *undecided*.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import Final

from assess.questionnaire import Questionnaire
from assess.rulecheck.circumstance import Circumstances, find_circumstances, split_literals
from assess.rulecheck.literal import Conjunction
from assess.rulecheck.margins import find_margin, may_exist, split_margins
from assess.rulecheck.reach import TooLargeError
from assess.rulecheck.search import Found, Keeps, Memory, Search
from assess.rulecheck.stagecase import cases_for
from assess.rulecheck.team import Team, make_team
from assess.rules import Limits

MOST_WAYS: Final = 2_000
"""How many conjunctions are looked at for one question."""


class Verdict(Enum):
    """What comes out where no team is found."""

    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


class Prover:
    """Decides conditions for one questionnaire; remembers what it has decided."""

    def __init__(self, questionnaire: Questionnaire, limits: Limits) -> None:
        self.questionnaire = questionnaire
        self._limits = limits
        self._known: dict[Conjunction, Found | Verdict] = {}
        self._columns: Memory = {}

    def find(self, ways: Iterable[Conjunction], keeps: Keeps | None = None) -> Team | Verdict:
        """Return a team for which one of the ways holds, or why there is none.

        Args:
            ways: Conjunctions, of which one has to hold.
            keeps: A further demand on how each dimension is answered.
        """
        verdict = Verdict.IMPOSSIBLE
        remaining = iter(ways)
        for way in islice(remaining, MOST_WAYS):
            found = self._find_one(way, keeps)
            if isinstance(found, Team):
                return found
            if found is Verdict.UNDECIDED:
                verdict = found
        return Verdict.UNDECIDED if any(True for _ in remaining) else verdict

    def _find_one(self, way: Conjunction, keeps: Keeps | None) -> Team | Verdict:
        about_answers, outside = split_literals(way)
        circumstances = find_circumstances(outside, self._limits)
        if circumstances is None:
            return Verdict.IMPOSSIBLE
        others, margins = split_margins(about_answers)
        if margins:
            return self._find_margin(way, others, margins, circumstances)
        found = self._find_levels(others, keeps)
        if isinstance(found, Verdict):
            return found
        return make_team(self.questionnaire, found.levels, circumstances, found.backed)

    def _find_levels(self, literals: Conjunction, keeps: Keeps | None) -> Found | Verdict:
        """Return levels for literals without margins; remembered, but for special demands."""
        if keeps is None and literals in self._known:
            return self._known[literals]
        verdict = Verdict.IMPOSSIBLE
        for search in self._searches(literals, frozenset(), keeps):
            try:
                found = search.run()
            except TooLargeError:
                verdict = Verdict.UNDECIDED
                continue
            if found is not None:
                return self._known.setdefault(literals, found) if keeps is None else found
        if keeps is None:
            self._known[literals] = verdict
        return verdict

    def _find_margin(
        self,
        way: Conjunction,
        others: Conjunction,
        margins: Conjunction,
        circumstances: Circumstances,
    ) -> Team | Verdict:
        """Walk from a team in each place for which all but the margins holds."""
        verdict = Verdict.IMPOSSIBLE
        for search in self._searches(others, margins, None):
            try:
                found = search.run()
            except TooLargeError:
                verdict = Verdict.UNDECIDED
                continue
            if found is None:
                continue
            verdict = Verdict.UNDECIDED
            start = make_team(self.questionnaire, found.levels, circumstances, found.backed)
            if (team := find_margin(self.questionnaire, start, way)) is not None:
                return team
        return verdict

    def _searches(
        self, literals: Conjunction, margins: Conjunction, keeps: Keeps | None
    ) -> Iterator[Search]:
        """Yield the searches that together look everywhere, the plainest teams first."""
        questions = len(self.questionnaire.questions)
        for plain in (True, False):
            for case in cases_for(literals | margins):
                if may_exist(margins, case, questions):
                    yield Search(
                        self.questionnaire,
                        literals,
                        case,
                        plain=plain,
                        margins=margins,
                        keeps=keeps,
                        memory=self._columns,
                    )
