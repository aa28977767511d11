"""What a profile would be with some questions at higher levels.

A members' profile is projected from what is told of it: lifting their answers and scoring
them anew would single out the questions that were not lifted.

Source: docs/decisions/0005-confidentiality.md
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from assess.answers import Assessment
from assess.errors import AnswersError
from assess.scoring.assessment import nothing_to_plan_from, score_assessment
from assess.scoring.members import coarsen_all
from assess.scoring.profile import Profile, score_answers
from assess.scoring.records import DimensionScore, Level
from assess.scoring.respondent import find_standing, mean_scores


def project_profile(assessment: Assessment, levels: Mapping[str, int]) -> Profile:
    """Return the profile a plan is made from, as if questions stood at these levels or above.

    A don't-know becomes the level; what does not apply still does not. In the members' view
    the figures are a careful estimate, never below today's.

    Raises:
        AnswersError: No view of the assessment tells of single questions.
    """
    answers = assessment.consensus
    if answers is None and assessment.members:
        profile = score_assessment(assessment).plan_profile
        if profile is not None and profile.view == "members":
            return _project_members(profile, levels)
    answers = answers or assessment.manager
    if answers is None:
        raise AnswersError(nothing_to_plan_from(assessment))
    projected = score_answers(assessment.questionnaire, answers.raised_to(levels))
    return replace(
        projected, managers=int(assessment.manager is not None), members=len(assessment.members)
    )


def _project_members(profile: Profile, levels: Mapping[str, int]) -> Profile:
    if profile.scores is None:
        return profile
    dimensions = {
        d: _raise_dimension(profile, score, levels) for d, score in profile.dimensions.items()
    }
    standing = find_standing(profile.questionnaire, dimensions.values())
    return replace(
        profile,
        dimensions=dimensions,
        levels={q: _raise_level(level, levels.get(q, 0)) for q, level in profile.levels.items()},
        scores=mean_scores(dimensions.values()),
        stage=standing.stage if standing else None,
        complete=standing is not None and standing.complete,
    )


def _raise_dimension(
    profile: Profile, score: DimensionScore, levels: Mapping[str, int]
) -> DimensionScore:
    """Lift some questions of a dimension for all members.

    Of a question whose middle level lies below a stage, at most half of the members are there:
    lifting it gains half a question or more. What is lifted holds for everybody.
    """
    applicable = [
        (profile.levels[q.id], levels.get(q.id, 0))
        for q in profile.questionnaire.by_dimension[score.id]
        if profile.levels[q.id] != "not-applicable"
    ]
    if score.shares is None or not applicable:
        return score
    raised = []
    for stage, share in enumerate(score.shares, start=1):
        lifted = sum(isinstance(old, int) and old < stage <= new for old, new in applicable)
        held = sum(stage <= new for _, new in applicable)
        count = len(applicable)
        raised.append(max(share + Fraction(lifted, 2 * count), Fraction(held, count)))
    one, two, three = raised
    return replace(score, shares=coarsen_all((one, two, three)))


def _raise_level(level: Level, wished: int) -> Level:
    if level == "not-applicable" or wished == 0:
        return level
    return max(level, wished) if isinstance(level, int) else wished
