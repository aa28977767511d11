"""Where a team can stand, as bounds on its shares and scores."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assess.questionnaire import STAGES
from assess.rulecheck.filling import Filling
from assess.rulecheck.literal import Conjunction
from assess.rules.condition import Complete, StageIn, Within
from assess.rules.situation import Distance, MarginDown, MarginUp, Share


@dataclass(frozen=True, slots=True)
class StageCase:
    """One of the four places in which a team can stand: a stage, 1 to 3, or complete."""

    number: int
    complete: bool

    @property
    def finished(self) -> int:
        """The last stage that is finished, or 0."""
        return self.number if self.complete else self.number - 1

    @property
    def name(self) -> str:
        return "complete" if self.complete else STAGES[self.number - 1]

    def allows(self, filling: Filling, each: Fraction) -> bool:
        """Tell whether one dimension may be answered so, as far as finished stages go."""
        if self.finished == 0:
            return True
        shares = filling.shares
        return not filling.bars and (shares is None or shares[self.finished - 1] >= each)

    def bars(self, filling: Filling, each: Fraction) -> bool:
        """Tell whether this dimension alone keeps the current stage from being finished."""
        shares = filling.shares
        return filling.bars or (shares is not None and shares[self.number - 1] < each)

    def suits(self, literals: Conjunction) -> bool:
        """Tell whether no literal about the stage itself speaks against this case."""
        return all(
            self._holds(literal.atom) == literal.holds
            for literal in literals
            if isinstance(literal.atom, StageIn | Complete)
        )

    def _holds(self, atom: StageIn | Complete) -> bool:
        if isinstance(atom, StageIn):
            return self.number in atom.stages
        return self.complete == atom.wanted


STAGE_CASES: Final = tuple(
    StageCase(number, complete)
    for number, complete in ((1, False), (2, False), (3, False), (3, True))
)


def cases_for(literals: Conjunction) -> Iterator[StageCase | None]:
    """Yield the cases in which literals may hold; None stands for wherever the team is."""
    if not any(_asks_stage(literal.atom) for literal in literals):
        yield None
    else:
        yield from (case for case in STAGE_CASES if case.suits(literals))


def _asks_stage(atom: object) -> bool:
    match atom:
        case StageIn() | Complete():
            return True
        case Within(MarginDown() | MarginUp() | Distance()):
            return True
        case Within(Share(_, stage)):
            return stage is None
        case _:
            return False
