"""Keeps assessments, drafts and plans: everything that people typed, in one SQLite file."""

from assess.store.records import (
    Blocker,
    CheckIn,
    Draft,
    Imported,
    KeptAssessment,
    KeptPlan,
    Outcome,
    State,
    Team,
    WrittenPlan,
)
from assess.store.store import Store

__all__ = [
    "Blocker",
    "CheckIn",
    "Draft",
    "Imported",
    "KeptAssessment",
    "KeptPlan",
    "Outcome",
    "State",
    "Store",
    "Team",
    "WrittenPlan",
]
