"""More than two quarters: how the scores of a team went."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from assess.answers import Assessment
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.scoring.profile import Profile
from assess.scoring.records import VIEWS, View
from assess.scoring.stage import Shares


@record
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


def follow_quarters(assessments: Iterable[Assessment]) -> Mapping[View, tuple[Quarter, ...]]:
    """Return the quarters of a team with one questionnaire, view by view, oldest first.

    Each view is a line of its own and never joined to another, so that a line shows the team
    and not a change of view. A view has the quarters in which it may be shown, at least one.

    Raises:
        AnswersError: One of them has no view that may be shown.
    """
    results = [score_assessment(a) for a in sorted(assessments, key=lambda a: a.date)]
    lines = {
        view: tuple(_quarter(one, one.profiles[view]) for one in results if view in one.profiles)
        for view in VIEWS
    }
    return {view: line for view, line in lines.items() if line}


def _quarter(result: Result, profile: Profile) -> Quarter:
    evidence = profile.evidence
    return Quarter(
        date=result.assessment.date,
        view=profile.view,
        stage=profile.stage,
        scores=profile.scores,
        index=profile.index,
        dimensions={d: score.index for d, score in profile.dimensions.items()},
        evidenced_stage=evidence.stage if evidence else None,
        evidenced_scores=evidence.scores if evidence else None,
    )
