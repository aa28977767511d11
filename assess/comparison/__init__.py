"""Two assessments and the promise between them -> what moved, and whether it is more than noise.

Source: docs/decisions/0004-comparison.md
"""

from assess.comparison.compare import compare_assessments, compare_teams, find_common_views
from assess.comparison.foresight import Foresight, foresee
from assess.comparison.matching import Matching, NotCompared, NotComparedReason
from assess.comparison.noise import FEWEST_FOR_A_REST, SIGNIFICANCE, Word
from assess.comparison.promise import (
    FollowedLevel,
    FollowedPromise,
    Promise,
    PromisedLevel,
    PromiseState,
    PutAside,
)
from assess.comparison.records import (
    ComparedFigure,
    Comparison,
    DimensionChange,
    IndexChange,
    Move,
    PlannedAction,
    ScoreChange,
)
from assess.comparison.series import Quarter, follow_quarters

__all__ = [
    "FEWEST_FOR_A_REST",
    "SIGNIFICANCE",
    "ComparedFigure",
    "Comparison",
    "DimensionChange",
    "FollowedLevel",
    "FollowedPromise",
    "Foresight",
    "IndexChange",
    "Matching",
    "Move",
    "NotCompared",
    "NotComparedReason",
    "PlannedAction",
    "Promise",
    "PromiseState",
    "PromisedLevel",
    "PutAside",
    "Quarter",
    "ScoreChange",
    "Word",
    "compare_assessments",
    "compare_teams",
    "find_common_views",
    "follow_quarters",
    "foresee",
]
