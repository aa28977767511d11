"""Asking people: the order of the questions, and the ways to put them.

What only a check-in asks is imported from `looking_back`.
"""

from assess.interview.asker import Asker, Blank, Card, Option
from assess.interview.opening import is_interactive, open_asker
from assess.interview.order import InterviewResult, interview
from assess.interview.plain import PlainAsker
from assess.interview.prompts import (
    ask_about,
    ask_choice,
    ask_hours,
    ask_line,
    ask_same_person,
    ask_team,
    ask_team_name,
    ask_team_size,
    ask_time_off,
    ask_yes_no,
)
from assess.interview.showing import Claim, ask_where_seen
from assess.interview.terminal import TerminalAsker

__all__ = [
    "Asker",
    "Blank",
    "Card",
    "Claim",
    "InterviewResult",
    "Option",
    "PlainAsker",
    "TerminalAsker",
    "ask_about",
    "ask_choice",
    "ask_hours",
    "ask_line",
    "ask_same_person",
    "ask_team",
    "ask_team_name",
    "ask_team_size",
    "ask_time_off",
    "ask_where_seen",
    "ask_yes_no",
    "interview",
    "is_interactive",
    "open_asker",
]
