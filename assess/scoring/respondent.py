"""One respondent's answers -> the scores of the dimensions, the stage, and how sure it is.

Source: docs/decisions/0003-scoring.md
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from assess.answers import Answer, Answers
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.evidence import draw_questions, find_shown
from assess.scoring.records import (
    DimensionScore,
    EvidenceCheck,
    Level,
    SpotCheck,
    Status,
    UnknownCheck,
    is_guarded,
)
from assess.scoring.stage import Shares, Standing, count_shares, is_scored, mean_shares

LevelOf = Callable[[Answer], int | None]
"""How an answer counts: its level, or None where it leaves the denominator."""


def has_guard(given: Mapping[str, Answer]) -> bool:
    """Tell whether so much does not apply to one respondent that there is no stage."""
    return is_guarded(count_not_applicable(given), len(given))


def count_not_applicable(given: Mapping[str, Answer]) -> int:
    """Return to how many questions the answer is that they do not apply."""
    return sum(bool(answer.not_applicable) for answer in given.values())


def score_dimensions(
    questionnaire: Questionnaire,
    given: Mapping[str, Answer],
    counts_as: LevelOf = lambda answer: answer.level,
) -> Mapping[str, DimensionScore]:
    """Return the score of every dimension, in the order of the questionnaire."""
    return {
        dimension: score_dimension(dimension, [given[q.id] for q in questions], counts_as)
        for dimension, questions in questionnaire.by_dimension.items()
    }


def score_dimension(
    dimension: str, answers: Iterable[Answer], counts_as: LevelOf = lambda answer: answer.level
) -> DimensionScore:
    """Return the score of one dimension from the answers to its questions."""
    applicable = [answer for answer in answers if not answer.not_applicable]
    levels = [level for answer in applicable if (level := counts_as(answer)) is not None]
    status: Status = "scored" if is_scored(len(levels), len(applicable)) else "not-scored"
    if not applicable:
        status = "not-applicable"
    shares = count_shares(levels) if status == "scored" else None
    return DimensionScore(dimension, status, len(levels), shares)


def check_evidence(
    questionnaire: Questionnaire, answers: Answers, standing: Standing | None
) -> EvidenceCheck:
    """Count each strong claim without shown evidence one level lower, and see where that leads.

    Where the team has no `standing` it has none on its evidence either.
    """
    given, shown = answers.by_question, find_shown(answers.by_question)
    strong = {q: a for q, a in given.items() if a.level is not None and a.level >= 2}
    unbacked = tuple(question for question in strong if question not in shown)
    lowered = answers.with_levels({q: level - 1 for q in unbacked if (level := given[q].level)})
    evidenced = score_dimensions(questionnaire, lowered.by_question).values()
    backed_standing = find_standing(questionnaire, evidenced) if standing else None
    return EvidenceCheck(
        strong_claims=len(strong),
        unbacked=unbacked,
        named=tuple(question for question in unbacked if given[question].evidence),
        scores=mean_scores(evidenced),
        stage=backed_standing.stage if backed_standing else None,
        spot=_check_spot(answers, standing, shown),
    )


def _check_spot(
    answers: Answers, standing: Standing | None, shown: Collection[str]
) -> SpotCheck | None:
    if standing is None or answers.respondent == "member":
        return None
    drawn = draw_questions(answers, standing.number)
    return SpotCheck(drawn, sum(question in shown for question in drawn))


def check_unknown(questionnaire: Questionnaire, given: Mapping[str, Answer]) -> UnknownCheck:
    """Put level 0 in place of every don't-know, and see where that leads."""
    pessimistic = score_dimensions(
        questionnaire, given, lambda answer: 0 if answer.level is None else answer.level
    )
    standing = find_standing(questionnaire, pessimistic.values())
    return UnknownCheck(
        dont_know=sum(a.is_dont_know for a in given.values()),
        stage=standing.stage if standing else None,
    )


def level_of(answer: Answer) -> Level:
    """Return the level of an answer, or why it has none."""
    if answer.level is not None:
        return answer.level
    return "not-applicable" if answer.not_applicable else "dont-know"


def mean_scores(dimensions: Iterable[DimensionScore]) -> Shares | None:
    """Return the mean of the scored dimensions for each stage; None where none is."""
    shares = [d.shares for d in dimensions if d.shares is not None]
    return mean_shares(shares) if shares else None


def find_standing(
    questionnaire: Questionnaire, dimensions: Iterable[DimensionScore]
) -> Standing | None:
    """Return the stage in which these scores put a team; None where no dimension is scored.

    *A stage is finished when four fifths of its work is in place and no dimension has less than
    half of it. You are in the first stage that you have not finished.* The two numbers stand in
    the questionnaire (`[stage_rule]`). A dimension that is applicable but not scored bars every
    stage.
    """
    scored = tuple(dimensions)
    if (scores := mean_scores(scored)) is None:
        return None
    is_barred = any(d.status == "not-scored" for d in scored)
    for position, stage in enumerate(STAGES):
        weakest = min(d.shares[position] for d in scored if d.shares is not None)
        is_finished = scores[position] >= questionnaire.overall and weakest >= questionnaire.each
        if is_barred or not is_finished:
            return Standing(stage, complete=False)
    return Standing(STAGES[-1], complete=True)
