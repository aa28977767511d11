"""Profile -> findings, each knowing the rule and evidence behind it.

Rules are data with a closed vocabulary (docs/rules.md); nothing in a rules file is ever run.
"""

from assess.rules.finding import Finding, find_findings
from assess.rules.miss import Bearing, NearMiss, find_bearing
from assess.rules.model import Case, Example, Limits, Rule, Rules, Weights
from assess.rules.reading import read_rules
from assess.rules.situation import Situation

__all__ = [
    "Bearing",
    "Case",
    "Example",
    "Finding",
    "Limits",
    "NearMiss",
    "Rule",
    "Rules",
    "Situation",
    "Weights",
    "find_bearing",
    "find_findings",
    "read_rules",
]
