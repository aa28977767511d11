"""Margins: what can be said of them at once, and a search for the rest.

A margin is the outcome of an optimisation of its own, so conditions on it are not bounds
on sums. The search walks from a team for which all else holds, one notch at a time, to
where the margin is right.
"""

from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush
from typing import Final

from assess.answers import Answers
from assess.questionnaire import Questionnaire
from assess.rulecheck.filling import Filling
from assess.rulecheck.literal import Conjunction, Literal
from assess.rulecheck.stagecase import StageCase
from assess.rulecheck.team import Team
from assess.rules import Situation
from assess.rules.condition import Within
from assess.rules.situation import Distance, MarginDown, MarginUp

MOST_TEAMS: Final = 200
"""How many teams the search looks at before it gives up."""


def split_margins(literals: Conjunction) -> tuple[Conjunction, Conjunction]:
    """Return the literals about anything else, and those about margins."""
    margins = frozenset(
        x
        for x in literals
        if isinstance(x.atom, Within)
        and isinstance(x.atom.subject, MarginDown | MarginUp | Distance)
    )
    return literals - margins, margins


def may_exist(margins: Conjunction, case: StageCase | None, questions: int) -> bool:
    """Tell whether the margins may be as they should for a team in this case.

    There is no way down from momentum and none up from where all is finished; a margin is a
    whole number from 1 to three notches for every question.
    """
    return case is None or not any(
        literal.holds and not _exists(literal, case, questions) for literal in margins
    )


def allows(margins: Conjunction, filling: Filling) -> bool:
    """Tell whether a dimension may be answered so: one that is not scored bars the way up."""
    return not (filling.bars and any(_is_up(literal) and literal.holds for literal in margins))


def find_margin(
    questionnaire: Questionnaire, start: Team, literals: Conjunction, most: int = MOST_TEAMS
) -> Team | None:
    """Return a team for which all literals hold, walking from one that misses margins only."""
    others, margins = split_margins(literals)
    first = start.situation(questionnaire)
    queue = [(_miss(margins, first), 0, start, first)]
    seen = {_levels(start.answers)}
    while queue:
        miss, number, team, there = heappop(queue)
        if miss == 0:
            return team
        for answers in _neighbours(there, team.answers):
            if _levels(answers) in seen or len(seen) >= most:
                continue
            seen.add(_levels(answers))
            moved = replace(team, answers=answers)
            situation = moved.situation(questionnaire)
            if all(x.atom.holds(situation) == x.holds for x in others):
                heappush(queue, (_miss(margins, situation), len(seen), moved, situation))
                if queue[0][0] < miss:
                    # Downhill at once; the rest of this neighbourhood can wait.
                    heappush(queue, (miss, number, team, there))
                    break
    return None


def _exists(literal: Literal, case: StageCase, questions: int) -> bool:
    assert isinstance(literal.atom, Within)
    if isinstance(literal.atom.subject, Distance):
        return any(number in literal.atom.interval for number in range(questions + 1))
    if not any(notches in literal.atom.interval for notches in range(1, 3 * questions + 1)):
        return False
    return not case.complete if _is_up(literal) else case.number > 1


def _is_up(literal: Literal) -> bool:
    return isinstance(literal.atom, Within) and isinstance(literal.atom.subject, MarginUp)


def _miss(margins: Conjunction, situation: Situation) -> int:
    """Return by how many hundredths of a notch the margins are off, in all."""
    return sum(_miss_one(literal, situation) for literal in margins)


def _miss_one(literal: Literal, situation: Situation) -> int:
    if literal.atom.holds(situation) == literal.holds:
        return 0
    assert isinstance(literal.atom, Within)
    value = literal.atom.subject.value(situation)
    interval = literal.atom.interval
    bounds = [bound for bound in (interval.low, interval.high) if bound is not None]
    if value is None or not bounds:
        return 1_000_000
    return 1 + min(abs(int(value) * 100 - bound) for bound in bounds)


def _neighbours(situation: Situation, answers: Answers) -> Iterator[Answers]:
    """Yield the same answers one notch away, those on the way to the next stage first."""
    margin = situation.profile.margin
    for step in margin.path if margin is not None else ():
        yield answers.with_levels({step.question: step.start + 1})
    seen = set()
    for question in situation.profile.questionnaire.questions:
        level = answers.by_question[question.id].level
        for beside in (level - 1, level + 1) if level is not None else ():
            # Questions of a dimension that stand at the same level are alike to a margin.
            if 0 <= beside <= 3 and (question.dimension, level, beside) not in seen:
                seen.add((question.dimension, level, beside))
                yield answers.with_levels({question.id: beside})


def _levels(answers: Answers) -> tuple[int | None, ...]:
    return tuple(answer.level for answer in answers.by_question.values())
