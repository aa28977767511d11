"""From answers to a profile: shares, scores, stage, and how sure we are of them.

Everything is exact (fractions from 0 to 1, both ends included), but for the members'
figures, which exist outside `members` in steps of five points only. Don't-know and
not-applicable leave every denominator; they are never 0.

Source: docs/decisions/0003-scoring.md, docs/decisions/0005-confidentiality.md
"""

from assess.scoring.assessment import (
    Result,
    SeenDifferently,
    score_assessment,
)
from assess.scoring.margin import Margin, Notches, measure_margin
from assess.scoring.members import Agreement, MembersScore, coarsen, measure_members
from assess.scoring.profile import (
    VIEWS,
    DimensionScore,
    EvidenceCheck,
    Level,
    Profile,
    Status,
    UnknownCheck,
    View,
)
from assess.scoring.projection import project_profile
from assess.scoring.respondent import level_of, score_answers, score_dimensions
from assess.scoring.stage import Shares, Standing

__all__ = [
    "VIEWS",
    "Agreement",
    "DimensionScore",
    "EvidenceCheck",
    "Level",
    "Margin",
    "MembersScore",
    "Notches",
    "Profile",
    "Result",
    "SeenDifferently",
    "Shares",
    "Standing",
    "Status",
    "UnknownCheck",
    "View",
    "coarsen",
    "level_of",
    "measure_margin",
    "measure_members",
    "project_profile",
    "score_answers",
    "score_assessment",
    "score_dimensions",
]
