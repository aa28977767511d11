"""What the profile that a plan is made from would be with some questions at higher levels.

Of members it is their middle levels that are lifted: doing so with their answers and scoring
these anew would single out the questions that were not lifted.

Source: docs/decisions/0005-confidentiality.md
"""

from collections.abc import Mapping
from dataclasses import replace

from assess.answers import Assessment
from assess.errors import AnswersError
from assess.scoring.assessment import nothing_to_plan_from, score_assessment
from assess.scoring.profile import Profile, score_answers, score_middles


def project_profile(assessment: Assessment, levels: Mapping[str, int]) -> Profile:
    """Return the profile a plan is made from, as if questions stood at these levels or above.

    A don't-know becomes the level; what does not apply still does not.

    Raises:
        AnswersError: No view of the assessment tells of single questions.
    """
    profile = score_assessment(assessment).plan_profile
    if profile is None:
        raise AnswersError(nothing_to_plan_from(assessment))
    if profile.answers is None:
        return score_middles(profile, levels)
    projected = score_answers(assessment.questionnaire, profile.answers.raised_to(levels))
    return replace(projected, managers=profile.managers, members=profile.members)
