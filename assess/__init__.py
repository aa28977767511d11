"""Assess a team in three stages and plan its next 90 days."""
