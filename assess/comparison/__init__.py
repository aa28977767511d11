"""Two assessments -> what moved, and whether it is more than noise.

Source: docs/decisions/0004-comparison.md
"""

from assess.comparison.compare import compare_assessments, compare_teams
from assess.comparison.matching import REASONS, LeftOut, Matching
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
from assess.comparison.words import TEAM_WORDS, describe_mdc

__all__ = [
    "REASONS",
    "TEAM_WORDS",
    "Comparison",
    "DimensionChange",
    "IndexChange",
    "LeftOut",
    "Matching",
    "Move",
    "PlannedAction",
    "Quarter",
    "ScoreChange",
    "Word",
    "compare_assessments",
    "compare_teams",
    "describe_mdc",
    "follow_quarters",
]
