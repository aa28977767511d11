"""A team's own goals, the key figures by which they are seen, and what fills its weeks."""

from assess.goals.amounts import Misread, read_amount
from assess.goals.course import (
    expected_progress,
    figure_progress,
    find_grade,
    find_state,
    is_at_target,
    judge_by_figures,
    latest_value,
    turns_missed,
)
from assess.goals.families import FigureCatalogue, FigureKind, read_figures
from assess.goals.goal import (
    Closing,
    ConfidenceNote,
    FigureValue,
    Goal,
    GoalState,
    KeyFigure,
    Measured,
    find_oddities,
    read_goals,
)
from assess.goals.measures import MeasuredWork, follow_measures
from assess.goals.recurring import (
    RecurringWork,
    find_candidates_to_stop,
    free_by_week,
    in_order,
    list_to_stop,
    read_recurring,
    sum_freed,
)
from assess.goals.smart import GoalFinding, check_goals

__all__ = [
    "Closing",
    "ConfidenceNote",
    "FigureCatalogue",
    "FigureKind",
    "FigureValue",
    "Goal",
    "GoalFinding",
    "GoalState",
    "KeyFigure",
    "Measured",
    "MeasuredWork",
    "Misread",
    "RecurringWork",
    "check_goals",
    "expected_progress",
    "figure_progress",
    "find_candidates_to_stop",
    "find_grade",
    "find_oddities",
    "find_state",
    "follow_measures",
    "free_by_week",
    "in_order",
    "is_at_target",
    "judge_by_figures",
    "latest_value",
    "list_to_stop",
    "read_amount",
    "read_figures",
    "read_goals",
    "read_recurring",
    "sum_freed",
    "turns_missed",
]
