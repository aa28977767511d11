"""The result of one answers file, of which nothing is kept.

It stands apart from what is kept, so that neither store nor planner is loaded for it.
"""

from collections.abc import Mapping
from typing import Any

from assess.answers import Answers
from assess.documents.score import describe_profile
from assess.pages.result import make_result_page
from assess.questionnaire import Questionnaire
from assess.scoring.profile import score_answers
from assess.workflow.outcome import Outcome


def score_alone(questionnaire: Questionnaire, answers: Answers) -> Outcome:
    """Return what one answers file comes to."""
    profile = score_answers(questionnaire, answers)

    def describe() -> Mapping[str, Any]:
        return describe_profile(profile, team=answers.team, day=answers.date)

    return Outcome((make_result_page(answers.team, answers.date, profile),), describe)
