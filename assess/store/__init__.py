"""Keeps assessments, drafts and plans: everything that people typed, in one SQLite file."""

from assess.store.records import (
    Checkup,
    Draft,
    FormKey,
    Imported,
    Intake,
    KeptTeam,
    PlanDates,
    Seat,
)
from assess.store.store import Store

__all__ = [
    "Checkup",
    "Draft",
    "FormKey",
    "Imported",
    "Intake",
    "KeptTeam",
    "PlanDates",
    "Seat",
    "Store",
]
