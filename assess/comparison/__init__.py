"""Two assessments -> what moved, and whether it is more than noise.

Source: docs/decisions/0004-comparison.md
"""

from assess.comparison.compare import compare_assessments, compare_teams, find_common_views
from assess.comparison.matching import Matching, NotCompared
from assess.comparison.noise import Word
from assess.comparison.records import (
    Comparison,
    DimensionChange,
    IndexChange,
    Move,
    PlannedAction,
    ScoreChange,
)
from assess.comparison.series import Quarter, follow_quarters
from assess.comparison.words import (
    ROUNDING,
    TEAM_WORDS,
    describe_left_out,
    describe_mdc,
    describe_stage_change,
)

__all__ = [
    "ROUNDING",
    "TEAM_WORDS",
    "Comparison",
    "DimensionChange",
    "IndexChange",
    "Matching",
    "Move",
    "NotCompared",
    "PlannedAction",
    "Quarter",
    "ScoreChange",
    "Word",
    "compare_assessments",
    "compare_teams",
    "describe_left_out",
    "describe_mdc",
    "describe_stage_change",
    "find_common_views",
    "follow_quarters",
]
