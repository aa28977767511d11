"""What is printed and drawn: results on stdout, messages on stderr.

What only some commands show is imported from its module: `comparison`, `series`, `overview`
(home, teams, history) and `listings` (questionnaires, actions).
"""

from assess.console.plan import show_plan
from assess.console.result import show_result
from assess.console.screen import Console

__all__ = ["Console", "show_plan", "show_result"]
