"""More than two quarters: how the scores of a team went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assess.answers import Assessment
from assess.scoring import VIEWS, Shares, View
from assess.scoring.assessment import score_assessment


@dataclass(frozen=True, slots=True)
class Quarter:
    """One assessment in the course of a team's.

    `scores`, `stage` and `dimensions` are what was claimed; `evidenced_scores` and
    `evidenced_stage` what evidence backs, None in the members' view. `dimensions` holds the
    index of every dimension of that time, None where it was not scored.
    """

    date: date
    view: View
    stage: str | None
    scores: Shares | None
    index: Fraction | None
    dimensions: Mapping[str, Fraction | None]
    evidenced_stage: str | None
    evidenced_scores: Shares | None


def follow_quarters(assessments: Iterable[Assessment]) -> tuple[Quarter, ...]:
    """Return one quarter for each assessment of a team with one questionnaire, oldest first.

    All are taken in the first of consensus, members and manager that every one has, so that
    the line shows the team and not a change of view; where they have none in common, each in
    the view that drives it.

    Raises:
        AnswersError: One of them has no view that may be shown.
    """
    results = [score_assessment(a) for a in sorted(assessments, key=lambda a: a.date)]
    common = [
        view for view in VIEWS if results and all(view in result.profiles for result in results)
    ]
    quarters = []
    for result in results:
        profile = result.profiles[common[0]] if common else result.profile
        evidence = profile.evidence
        quarters.append(
            Quarter(
                date=result.assessment.date,
                view=profile.view,
                stage=profile.stage,
                scores=profile.scores,
                index=profile.index,
                dimensions={d: score.index for d, score in profile.dimensions.items()},
                evidenced_stage=evidence.stage if evidence else None,
                evidenced_scores=evidence.scores if evidence else None,
            )
        )
    return tuple(quarters)
