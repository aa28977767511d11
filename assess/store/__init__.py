"""Keeps assessments, drafts and plans: everything that people typed, in one SQLite file."""

from pathlib import Path

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
    "default_path",
]


def default_path() -> Path:
    """Return where the store lies unless somebody says otherwise: the platform's data folder."""
    from platformdirs import user_data_dir  # Not needed with --store.

    return Path(user_data_dir("assess", appauthor=False)) / "assess.db"
