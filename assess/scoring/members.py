"""Members' answers -> what may be told of them.

Members' figures exist from a minimum of members on, for each dimension, and leave this
module in steps of five points between 5 and 95 (`coarsen`). Nothing finer leaves it, so no
output can forget it, and every score, stage and word is computed from what is shown: whoever
tries answers of their own beside the members' learns from words no more than from figures.
Levels of single questions exist from twice the minimum on.

Source: docs/decisions/0005-confidentiality.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Final, Literal

from assess.answers import FEWEST_MEMBERS, Answers, Assessment
from assess.record import record
from assess.scoring.profile import Profile
from assess.scoring.records import DimensionScore, Level, Status
from assess.scoring.respondent import has_guard, score_dimension
from assess.scoring.stage import Shares, find_standing, mean_index, mean_shares

Agreement = Literal["aligned", "mixed", "split"]

ALIGNED: Final = Fraction(1, 9)
MIXED: Final = Fraction(2, 9)
_STEPS: Final = 20


@record
class MembersScore:
    """The members' result in one dimension, as it may be shown.

    `shares` and `agreement` are None unless enough members have the dimension scored.
    """

    status: Status
    shares: Shares | None
    agreement: Agreement | None

    @property
    def index(self) -> Fraction | None:
        """The mean of the shown shares, from 0 to 1."""
        return None if self.shares is None else mean_index(self.shares)


def coarsen(share: Fraction) -> Fraction:
    """Return a members' mean as it may be shown: in steps of five points, from 5 to 95.

    Rounded down like every score, so that 80 and 50, on which the stage rule turns, are
    shown exactly when they are reached.
    """
    return Fraction(min(max(floor(share * _STEPS), 1), _STEPS - 1), _STEPS)


def coarsen_all(shares: Shares) -> Shares:
    """Return members' shares or scores as they may be shown."""
    one, two, three = map(coarsen, shares)
    return one, two, three


def measure_members(
    assessment: Assessment, questions: Mapping[str, Sequence[str]]
) -> Mapping[str, MembersScore]:
    """Return the members' result on the given questions of every dimension.

    Nothing is scored before the assessment is closed, and nothing of a member to whom more
    than a third of the questions do not apply. A dimension of which members could answer one
    question only needs twice the minimum: its shares are the levels of that question.
    """
    minimum = fewest_members(assessment)
    members = assessment.members if assessment.closed else ()
    return {
        dimension: _mean_score(
            [_score_member(member, dimension, ids) for member in members],
            2 * minimum if _count_answered(members, ids) == 1 else minimum,
        )
        for dimension, ids in questions.items()
    }


def fewest_members(assessment: Assessment) -> int:
    """Return how many members it takes until something of them is shown."""
    return max(assessment.minimum, FEWEST_MEMBERS)


def have_levels(assessment: Assessment) -> bool:
    """Tell whether so many members answered that single questions have a middle level."""
    return assessment.closed and len(assessment.members) >= 2 * fewest_members(assessment)


def score_members(assessment: Assessment, measured: Mapping[str, MembersScore]) -> Profile | None:
    """Return the members' profile, or None when no dimension may be shown.

    `measured` is what `measure_members` finds on all questions.
    """
    questionnaire = assessment.questionnaire.of_members
    shares = [score.shares for score in measured.values() if score.shares is not None]
    if not shares:
        return None
    scores = mean_shares(shares)
    standing = find_standing(
        questionnaire,
        shares,
        any_unscored=any(score.status == "not-scored" for score in measured.values()),
    )
    return Profile(
        questionnaire=questionnaire,
        view="members",
        managers=int(assessment.manager is not None),
        members=len(assessment.members),
        dimensions={
            dimension: _shown_score(dimension, score) for dimension, score in measured.items()
        },
        levels={
            question.id: _middle_level(question.id, assessment, measured[question.dimension])
            for question in questionnaire.questions
        },
        scores=scores,
        stage=standing.stage if standing else None,
        complete=standing is not None and standing.complete,
        answers=None,
    )


def judge_agreement(indices: Sequence[Fraction]) -> Agreement:
    """Say how far members agree, from the mean absolute deviation of their indices.

    At most 1/9 is aligned, at most 2/9 mixed, above that split; there is at least one index.

    Source: docs/decisions/0005-confidentiality.md
    """
    mean = sum(indices, Fraction(0)) / len(indices)
    deviation = sum((abs(index - mean) for index in indices), Fraction(0)) / len(indices)
    if deviation <= ALIGNED:
        return "aligned"
    return "mixed" if deviation <= MIXED else "split"


def _score_member(member: Answers, dimension: str, questions: Sequence[str]) -> DimensionScore:
    score = score_dimension(dimension, [member.by_question[q] for q in questions])
    if score.status == "scored" and has_guard(member.by_question):
        return replace(score, status="not-scored", shares=None)
    return score


def _mean_score(scores: Sequence[DimensionScore], minimum: int) -> MembersScore:
    shares = [score.shares for score in scores if score.shares is not None]
    if len(shares) >= minimum:
        # Members' own indices are rounded like what is shown, before the word is chosen.
        agreement = judge_agreement([coarsen(mean_index(share)) for share in shares])
        return MembersScore("scored", coarsen_all(mean_shares(shares)), agreement)
    everybody = len(scores) >= minimum and all(s.status == "not-applicable" for s in scores)
    return MembersScore("not-applicable" if everybody else "not-scored", None, None)


def _count_answered(members: Sequence[Answers], questions: Sequence[str]) -> int:
    """Return to how many of the questions any member gave a level."""
    return sum(any(m.by_question[q].level is not None for m in members) for q in questions)


def _middle_level(question: str, assessment: Assessment, dimension: MembersScore) -> Level:
    """Return the lower median of the levels, from twice the minimum of members on.

    With fewer, a single question would tell of single members. Where most say that it does not
    apply, it does not; that all say so is not told.
    """
    fewest = 2 * fewest_members(assessment)
    answers = [member.by_question[question] for member in assessment.members]
    if dimension.shares is None or not have_levels(assessment):
        return "dont-know"
    levels = sorted(answer.level for answer in answers if answer.level is not None)
    if len(levels) >= fewest:
        return levels[(len(levels) - 1) // 2]
    silent = sum(bool(answer.not_applicable) for answer in answers)
    return "not-applicable" if 2 * silent > len(answers) else "dont-know"


def _shown_score(dimension: str, score: MembersScore) -> DimensionScore:
    return DimensionScore(dimension, score.status, answered=None, shares=score.shares)
