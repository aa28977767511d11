"""A plan, what people did with it, and today: where the plan stands, and at which pace."""

from assess.checkin.pace import Pace, find_pace, is_on_course
from assess.checkin.status import (
    ActionStatus,
    CheckIn,
    PastCheckIn,
    StepState,
    StepStatus,
    find_due,
    review_progress,
)

__all__ = [
    "ActionStatus",
    "CheckIn",
    "Pace",
    "PastCheckIn",
    "StepState",
    "StepStatus",
    "find_due",
    "find_pace",
    "is_on_course",
    "review_progress",
]
