"""Keeps assessments, drafts and plans: everything that people typed, in one SQLite file."""

from assess.store.records import Draft, Imported, KeptAssessment, Outcome, Team
from assess.store.store import Store

__all__ = ["Draft", "Imported", "KeptAssessment", "Outcome", "Store", "Team"]
