"""Profile -> findings, each knowing the rule and evidence behind it.

Rules are data with a closed vocabulary (docs/rules.md); nothing in a rules file is ever run.
"""

from assess.rules.finding import Finding, find_findings
from assess.rules.model import Case, Example, Limits, Rule, Rules, Weights
from assess.rules.reading import read_rules
from assess.rules.situation import Situation

__all__ = [
    "Case",
    "Example",
    "Finding",
    "Limits",
    "Rule",
    "Rules",
    "Situation",
    "Weights",
    "find_findings",
    "read_rules",
]
