"""The JSON document of `assess score`.

Scores have four decimals, rounded down. Members' figures come in steps of five points, as
scoring hands them out, and what would tell of single answers is null.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import StrictBool, StrictInt

from assess.answers import Day
from assess.datafile import Id
from assess.documents.record import (
    ChangeNumber,
    Count,
    Document,
    MarginDocument,
    Scores,
    ShareNumber,
    StageName,
)
from assess.questionnaire import STAGES
from assess.scoring.assessment import Result, SideBySide
from assess.scoring.profile import Profile
from assess.scoring.records import DimensionScore, EvidenceCheck, View


class QuestionnaireName(Document):
    id: Id
    version: StrictInt


class Respondents(Document):
    manager: Count
    members: Count


class DimensionDocument(Document):
    status: str
    answered: Count | None
    momentum: ShareNumber | None
    maturity: ShareNumber | None
    mastery: ShareNumber | None
    index: ShareNumber | None


class AppliesDocument(Document):
    questions: Count
    not_applicable: Count | None


class SpotDocument(Document):
    of: Count
    shown: Count


class EvidenceDocument(Document):
    """What can be checked of strong claims; null where evidence is shown to nobody."""

    strong_claims: Count | None = None
    backed: Count | None = None
    named: Count | None = None
    stage: StageName | None = None
    scores: Scores | None = None
    spot: SpotDocument | None = None


class UnknownDocument(Document):
    dont_know: Count | None = None
    stage: StageName | None = None


class GapDocument(Document):
    manager: ShareNumber | None
    members: ShareNumber | None
    gap: ChangeNumber | None


class ScoreDocument(Document):
    questionnaire: QuestionnaireName
    team: str
    date: Day
    view: View
    respondents: Respondents
    stage: StageName | None
    complete: StrictBool | None
    guard: str | None
    scores: Scores | None
    index: ShareNumber | None
    dimensions: Mapping[Id, DimensionDocument]
    margin: MarginDocument | None
    distance: Count | None
    applies: AppliesDocument
    evidence: EvidenceDocument
    unknown: UnknownDocument
    gaps: Mapping[Id, GapDocument] | None


def describe_result(result: Result) -> dict[str, Any]:
    """Return the document of `assess result --json`: the same, with both views side by side."""
    assessment, both = result.assessment, result.side_by_side
    return describe_profile(result.profile, team=assessment.team, day=assessment.date, both=both)


def describe_profile(
    profile: Profile, *, team: str, day: date, both: Mapping[str, SideBySide] | None = None
) -> dict[str, Any]:
    """Return the document of `assess score --json`."""
    asked = len(profile.questionnaire.questions)
    return ScoreDocument.describe(
        profile,
        team=team,
        date=day,
        respondents={"manager": profile.managers, "members": profile.members},
        complete=None if profile.guard else profile.complete,
        dimensions={d: _describe_dimension(s) for d, s in profile.dimensions.items()},
        applies={"questions": asked, "not_applicable": profile.not_applicable},
        evidence=_describe_evidence(profile.evidence),
        unknown=profile.unknown or UnknownDocument(),
        gaps=both or None,
    ).as_json()


def _describe_dimension(score: DimensionScore) -> DimensionDocument:
    shares = zip(STAGES, score.shares or (None, None, None), strict=True)
    return DimensionDocument.describe(score, **dict(shares))


def _describe_evidence(evidence: EvidenceCheck | None) -> EvidenceDocument:
    if evidence is None:
        return EvidenceDocument()
    spot = evidence.spot and {"of": len(evidence.spot.questions), "shown": evidence.spot.shown}
    return EvidenceDocument.describe(evidence, named=len(evidence.named), spot=spot)
