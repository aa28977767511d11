"""Profile -> findings, each knowing the rule and evidence behind it.

Rules are data with a closed vocabulary (docs/rules.md); nothing in a rules file is ever run.
"""
