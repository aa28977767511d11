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
from typing import Final

from assess.answers import FEWEST_MEMBERS, Answers, Assessment
from assess.scoring.profile import Profile
from assess.scoring.records import Agreement, DimensionScore, Level
from assess.scoring.respondent import find_standing, has_guard, mean_scores, score_dimension
from assess.scoring.stage import Shares, mean_index, mean_shares

ALIGNED: Final = Fraction(1, 9)
MIXED: Final = Fraction(2, 9)
_STEPS: Final = 20


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
) -> Mapping[str, DimensionScore]:
    """Return the members' result on the given questions of every dimension.

    Nothing is scored before the assessment is closed, and nothing of a member to whom more
    than a third of the questions do not apply. A dimension of which members could answer one
    question only needs twice the minimum: its shares are the levels of that question.
    """
    minimum = fewest_members(assessment)
    members = assessment.members if assessment.closed else ()
    return {
        dimension: _mean_score(
            dimension,
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


def score_members(assessment: Assessment, measured: Mapping[str, DimensionScore]) -> Profile | None:
    """Return the members' profile, or None when no dimension may be shown.

    `measured` is what `measure_members` finds on all questions.
    """
    questionnaire = assessment.questionnaire.of_members
    if (scores := mean_scores(measured.values())) is None:
        return None
    standing = find_standing(questionnaire, measured.values())
    return Profile(
        questionnaire=questionnaire,
        view="members",
        managers=int(assessment.manager is not None),
        members=len(assessment.members),
        dimensions=measured,
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


def _mean_score(dimension: str, scores: Sequence[DimensionScore], minimum: int) -> DimensionScore:
    """Return the members' score as it may be shown; there is none where too few have one."""
    shares = [score.shares for score in scores if score.shares is not None]
    if len(shares) >= minimum:
        # Members' own indices are rounded like what is shown, before the word is chosen.
        agreement = judge_agreement([coarsen(mean_index(share)) for share in shares])
        shown = coarsen_all(mean_shares(shares))
        return DimensionScore(dimension, "scored", None, shown, agreement)
    everybody = len(scores) >= minimum and all(s.status == "not-applicable" for s in scores)
    return DimensionScore(dimension, "not-applicable" if everybody else "not-scored", None, None)


def _count_answered(members: Sequence[Answers], questions: Sequence[str]) -> int:
    """Return to how many of the questions any member gave a level."""
    return sum(any(m.by_question[q].level is not None for m in members) for q in questions)


def _middle_level(question: str, assessment: Assessment, dimension: DimensionScore) -> Level:
    """Return the lower median of the levels, from twice the minimum of members on.

    With fewer, a single question would tell of single members. Where most say that it does not
    apply, it does not; that all say so is not told.
    """
    fewest = 2 * fewest_members(assessment)
    answers = [member.by_question[question] for member in assessment.members]
    if not have_levels(assessment) or dimension.status == "not-scored":
        return "dont-know"
    if dimension.status == "not-applicable":
        return "not-applicable"
    levels = sorted(answer.level for answer in answers if answer.level is not None)
    if len(levels) >= fewest:
        return levels[(len(levels) - 1) // 2]
    silent = sum(bool(answer.not_applicable) for answer in answers)
    return "not-applicable" if 2 * silent > len(answers) else "dont-know"
