"""Assessments with members: opened, answered in the terminal or by a form, collected, closed."""
