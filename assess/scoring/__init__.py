"""From answers to a profile: shares, scores, stage, and how sure we are of them.

Everything is exact (fractions from 0 to 1, both ends included), but for the members'
figures, which exist outside `members` in steps of five points only. Don't-know and
not-applicable leave every denominator; they are never 0. What several respondents say
together is in `assessment`, `members` and `projection`.

Source: docs/decisions/0003-scoring.md, docs/decisions/0005-confidentiality.md
"""

from assess.scoring.distance import count_unknown_to_go, measure_distance
from assess.scoring.evidence import find_shown, find_stale
from assess.scoring.margin import Margin, Notches, measure_margin
from assess.scoring.profile import Profile, score_answers, why_no_stage
from assess.scoring.records import (
    VIEWS,
    DimensionScore,
    EvidenceCheck,
    Level,
    SpotCheck,
    Status,
    UnknownCheck,
    View,
)
from assess.scoring.respondent import level_of, score_dimensions
from assess.scoring.stage import Shares, Standing, find_own_stage

__all__ = [
    "VIEWS",
    "DimensionScore",
    "EvidenceCheck",
    "Level",
    "Margin",
    "Notches",
    "Profile",
    "Shares",
    "SpotCheck",
    "Standing",
    "Status",
    "UnknownCheck",
    "View",
    "count_unknown_to_go",
    "find_own_stage",
    "find_shown",
    "find_stale",
    "level_of",
    "measure_distance",
    "measure_margin",
    "score_answers",
    "score_dimensions",
    "why_no_stage",
]
