"""What if a question stood at another level: the same assessment, supposed otherwise."""

from collections.abc import Mapping
from dataclasses import replace

from assess.answers import Assessment
from assess.errors import AssessError, Problem, nearest
from assess.scoring.assessment import score_assessment


def suppose(assessment: Assessment, levels: Mapping[str, int]) -> Assessment:
    """Return the assessment with these questions at these levels for the manager and the team.

    Nothing is supposed of members: with three of four questions at a known level, the figures
    would tell the fourth.

    Raises:
        AssessError: A question is unknown, or the plan is made from the members' answers.

    Source: docs/decisions/0005-confidentiality.md
    """
    if not levels:
        return assessment
    known = assessment.questionnaire.by_id
    problems = [
        Problem(f"Unknown question '{question}'.", "--what-if", nearest(question, known))
        for question in levels
        if question not in known
    ]
    planned = score_assessment(assessment).plan_profile
    if planned is not None and planned.view == "members":
        problems.append(
            Problem(
                "Members' answers are looked at once, so nothing can be supposed of them.",
                "--what-if",
                "Suppose it of the manager's answers: assess plan --answers FILE --what-if ...",
            )
        )
    if problems:
        raise AssessError(*problems)
    return replace(
        assessment,
        manager=assessment.manager and assessment.manager.with_levels(levels),
        consensus=assessment.consensus and assessment.consensus.with_levels(levels),
    )
