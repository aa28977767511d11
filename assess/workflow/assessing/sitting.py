"""The order of a run at the terminal, after the last question.

The first time the plan follows at once. From the second quarter on what moved comes first, and
one may stop there: goals and hours are asked, and a plan is written, only for who goes on.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from assess.errors import AnswersError, AssessError, MismatchError
from assess.figures import long_day
from assess.goals.goal import Goal
from assess.goals.recurring import FREES
from assess.interview.asker import Asker
from assess.interview.prompts import ask_choice
from assess.scoring.assessment import score_assessment
from assess.workflow.aims.desk import Desk, open_desk
from assess.workflow.aims.goal_talks import close_goal, drop_goal
from assess.workflow.aims.hours import confirm_work
from assess.workflow.assessing.answering import Answered, ask_plan_hours
from assess.workflow.assessing.finishing import RunEnd, finish_run
from assess.workflow.finding import Errand
from assess.workflow.history import has_result
from assess.workflow.outcome import Outcome
from assess.workflow.results.comparing import Sides, compare
from assess.workflow.results.reporting import make_report

Show = Callable[[Outcome], object]

_AROUND_CHOICE: Final = 5
"""So many lines a question has beside what there is to choose from."""

_PLAN, _REPORT, _STOP = "plan", "report", "stop"
_WAYS_ON: Final = {
    _PLAN: "Go on: the hours, and the plan for the next 90 days",
    _REPORT: "Write the report first, to hand on",
    _STOP: "Stop here; the plan can be made later",
}


def finish_sitting(
    errand: Errand, asker: Asker, answered: Answered, end: RunEnd, show: Show
) -> Outcome:
    """Lead from the last answer to the plan, or to where the person stops before it.

    `show` shows what comes before the end.
    """
    assessment = answered.assessment
    errand = errand.about(assessment)
    if not answered.is_first and has_result(assessment) and score_assessment(assessment).is_ready:
        if not _look_back(errand, asker, assessment.date, show):
            after = ("Next: assess plan",)
            return Outcome((), dict, after=after).about(errand.store, assessment.key)
        # What is not the team's is no business of its manager's own plan.
        if assessment.questionnaire.subject == "team":
            ask_at_the_turn(errand, asker)
        if end.hours is None:
            end = replace(end, hours=ask_plan_hours(errand, asker, assessment))
    return finish_run(errand, assessment, end, answered.care, asker)


def _look_back(errand: Errand, asker: Asker, day: date, show: Show) -> bool:
    """Show what moved, and return whether the person goes on to the plan."""
    try:
        moved = compare(errand, Sides(end=day))
    except (MismatchError, AnswersError) as error:
        show(Outcome((), dict, messages=tuple(problem.what for problem in error.problems)))
        return True
    # What comes next is asked below it, and told at the end.
    ways = _WAYS_ON
    page = replace(moved.pages[0], rest="with: assess compare")
    show(replace(moved, screen=page, below=_AROUND_CHOICE + len(ways)))
    while (way := ask_choice(asker, "How do you want to go on?", ways, default=_PLAN)) == _REPORT:
        try:
            show(make_report(errand, day))
        except AssessError as error:
            # A file of that name is no reason to lose the way to the plan.
            show(Outcome((), dict, warnings=tuple(problem.what for problem in error.problems)))
        ways = {way: text for way, text in _WAYS_ON.items() if way != _REPORT}
    return way == _PLAN


# --- The turn of a quarter ---

# Each answer is kept at once, so that whoever stops here goes on with what is still open.


_CARRY, _CLOSE, _DROP = "carry", "close", "drop"
_NOTHING: Final = ""


def ask_at_the_turn(errand: Errand, asker: Asker) -> None:
    """Ask of each open goal how it goes on, and what came back of the work that was to stop."""
    for goal in open_desk(errand).open_goals:
        # What becomes of one goal may change another.
        _settle(open_desk(errand), asker, goal)
    _ask_what_came_back(open_desk(errand), asker)


def _settle(desk: Desk, asker: Asker, goal: Goal) -> None:
    ends = f", until {long_day(goal.end)}" if goal.end else ""
    choices = {_CARRY: "Carry it over", _CLOSE: "Close it", _DROP: "Give it up"}
    question = f"What becomes of the goal “{goal.title}”{ends}?"
    match ask_choice(asker, question, choices, default=_CARRY):
        case "close":
            asker.say(close_goal(desk, asker, goal.id).after[0])
        case "drop":
            for text in drop_goal(desk, asker, goal.id, None).after:
                asker.say(text)


def _ask_what_came_back(desk: Desk, asker: Asker) -> None:
    while freed := [
        work
        for work in desk.works
        if work.back is None and FREES[work.decision] > 0
        if work.decided_from is not None and work.decided_from < desk.today
    ]:
        choices = {_NOTHING: "Nothing", **{work.id: work.title for work in freed}}
        question = "Of the work that was to stop or shrink, what came back?"
        if (chosen := ask_choice(asker, question, choices, default=_NOTHING)) == _NOTHING:
            return
        desk = confirm_work(desk, chosen, is_done=False)
