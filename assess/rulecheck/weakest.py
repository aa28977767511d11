"""Dimensions that can be the weakest of all with nothing that would lift them.

No stage is finished while a dimension lags, so *if one dimension alone has the lowest share of the
current stage, some candidate wins a rung in it*.
"""

from collections.abc import Iterator

from assess.answers import NOT_APPLICABLE
from assess.rulecheck.issue import Issue, undecided
from assess.rulecheck.prover import Prover, Verdict
from assess.rulecheck.setting import Setting, is_at, is_unfinished
from assess.rulecheck.sheet import STAGE_NUMBERS
from assess.rulecheck.team import Team
from assess.rules.condition import All, AnswerIn, AnyOf, Condition
from assess.rules.situation import stage_word


def check_weakest(setting: Setting, prover: Prover) -> Iterator[Issue]:
    """Yield an error for each stage and dimension that can alone be weakest, with no way on."""
    for stage in STAGE_NUMBERS:
        for dimension, questions in setting.questionnaire.by_dimension.items():
            if not any(_may_be_stuck(setting, question.id) for question in questions):
                continue
            stuck = All(tuple(_is_stuck(setting, question.id) for question in questions))
            found = prover.find_weakest(All((is_unfinished(stage), stuck)), dimension, stage)
            if found is not Verdict.IMPOSSIBLE:
                yield _issue(stage, dimension, found)


def _may_be_stuck(setting: Setting, question: str) -> bool:
    """Tell whether some rung of a question has no action that nothing can avoid."""
    return any(
        all(setting.avoiding(action.id) for action in setting.offering((question, level)))
        for level in STAGE_NUMBERS
    )


def _is_stuck(setting: Setting, question: str) -> Condition:
    """Demand that nothing can be won on a question."""
    ways: list[Condition] = [AnswerIn(question, frozenset({3, NOT_APPLICABLE}))]
    for level in range(3):
        offering = setting.offering((question, level + 1))
        avoided = (setting.is_avoided(action.id) for action in offering)
        ways.append(All((is_at(question, level), *avoided)))
    return AnyOf(tuple(ways))


def _issue(stage: int, dimension: str, found: Team | Verdict) -> Issue:
    where, word = f"dimension[id={dimension}]", stage_word(stage)
    fix = f"Add an action for '{dimension}' that no rule avoids in {word}, or narrow that rule."
    if isinstance(found, Team):
        what = f"In {word}, '{dimension}' can be weakest without any candidate that lifts it."
        return Issue("error", "gap", what, where, fix, (found,))
    what = f"Whether '{dimension}' can be weakest in {word} without a candidate is open."
    return undecided("gap", what, where, fix)
