"""The turn of a quarter: what becomes of the goals, and of the work that was to stop.

Each answer is kept at once, so that whoever stops here goes on with what is still open.
"""

from datetime import date
from typing import Final

from assess.answers import Assessment
from assess.figures import long_day
from assess.goals.goal import Goal
from assess.goals.recurring import FREES, RecurringWork
from assess.interview.asker import Asker
from assess.interview.prompts import ask_choice
from assess.library import Library
from assess.store import Store
from assess.workflow.aims import Desk, open_desk
from assess.workflow.goal_talks import close_and_ask, drop_and_ask
from assess.workflow.goals import find_priorities
from assess.workflow.hours import confirm_work

_CARRY, _CLOSE, _DROP = "carry", "close", "drop"
_NOTHING: Final = ""


def ask_at_the_turn(
    library: Library, store: Store, asker: Asker, assessment: Assessment, today: date
) -> None:
    """Ask of each open goal how it goes on, and what came back of the work that was to stop."""
    team, asked = assessment.team, assessment.questionnaire.id
    for goal in open_desk(library, store, team, asked, today).open_goals:
        # What becomes of one goal may change another.
        _settle(open_desk(library, store, team, asked, today), asker, goal)
    _ask_what_came_back(open_desk(library, store, team, asked, today), asker)


def _settle(desk: Desk, asker: Asker, goal: Goal) -> None:
    ends = f", until {long_day(goal.end)}" if goal.end else ""
    choices = {_CARRY: "Carry it over", _CLOSE: "Close it", _DROP: "Give it up"}
    question = f"What becomes of the goal “{goal.title}”{ends}?"
    match ask_choice(asker, question, choices, default=_CARRY):
        case "close":
            asker.say(close_and_ask(desk, asker, goal.id).after[0])
        case "drop":
            titles = find_priorities(desk.store, desk.team)
            for text in drop_and_ask(desk, asker, goal.id, None, titles).after:
                asker.say(text)


def _ask_what_came_back(desk: Desk, asker: Asker) -> None:
    while freed := [work for work in desk.works if _is_freed(work, desk.today)]:
        choices = {_NOTHING: "Nothing", **{work.id: work.title for work in freed}}
        question = "Of the work that was to stop or shrink, what came back?"
        if (chosen := ask_choice(asker, question, choices, default=_NOTHING)) == _NOTHING:
            return
        desk = confirm_work(desk, chosen, is_done=False)


def _is_freed(work: RecurringWork, today: date) -> bool:
    if work.back is not None or work.decided_from is None:
        return False
    return FREES[work.decision] > 0 and work.decided_from < today
