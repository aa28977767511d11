"""How many questions still have to reach the stage's level until the stage is finished.

Source: docs/decisions/0003-scoring.md
"""

from collections.abc import Mapping, Sequence
from itertools import repeat
from math import ceil, lcm

from assess.questionnaire import Questionnaire
from assess.scoring.records import Level
from assess.scoring.stage import is_scored


def find_moves(questionnaire: Questionnaire, levels: Mapping[str, Level], stage: int) -> list[bool]:
    """Return, for each question that must move to finish a stage, whether it is a don't-know.

    They are the fewest further questions that must reach the stage's level, 1 to 3; don't-knows,
    which move first, count as level 0, and their dimension is scored only when enough of it is
    answered. There is none only when the stage is finished even so.
    """
    dimensions = [
        applicable
        for questions in questionnaire.by_dimension.values()
        if (applicable := [lv for q in questions if (lv := levels[q.id]) != "not-applicable"])
    ]
    common = lcm(*map(len, dimensions))
    missing = ceil(questionnaire.overall * common * len(dimensions))
    moves, spare = list[bool](), list[tuple[int, bool]]()
    for applicable in dimensions:
        unit = common // len(applicable)
        open_ = [lv for lv in applicable if not (isinstance(lv, int) and lv >= stage)]
        unknown = sorted((lv == "dont-know" for lv in open_), reverse=True)
        reached = len(applicable) - len(open_)
        must = _fewest(questionnaire, applicable, reached)
        moves += unknown[:must]
        missing -= unit * (reached + must)
        spare += zip(repeat(unit), unknown[must:], strict=False)
    # No dimension asks for more now, so only the mean is left, in which a question counts the
    # more the fewer its dimension has: taking these first is best, as each move is free to be
    # in any dimension and none changes what another counts.
    for unit, is_unknown in sorted(spare, reverse=True):
        if missing <= 0:
            break
        moves.append(is_unknown)
        missing -= unit
    return moves


def _fewest(questionnaire: Questionnaire, applicable: Sequence[Level], reached: int) -> int:
    """Return how many questions of a dimension must move, whatever the others do.

    Don't-knows move first: one that reaches the level is answered as well.
    """
    least = ceil(questionnaire.each * len(applicable))
    answered = sum(lv != "dont-know" for lv in applicable)
    unanswered = next(
        more for more in range(len(applicable) + 1) if is_scored(answered + more, len(applicable))
    )
    return max(0, least - reached, unanswered)
