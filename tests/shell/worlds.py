"""A plan and profiles to look at, without a planner."""

from datetime import date, timedelta
from fractions import Fraction

from assess.catalogue import Action
from assess.planning.plan import (
    Capacity,
    LeftOut,
    Plan,
    PlannedStep,
    Priority,
    Projection,
    WeekPlan,
)
from assess.questionnaire import Questionnaire
from assess.scoring import Profile, score_answers
from tests.builders import action_table, make_answers, make_catalogue, make_questionnaire

START = date(2026, 11, 23)


def make_profile(*given: object, **questions: int) -> Profile:
    """Return the profile of answers, one value for each question or one for all."""
    questionnaire = make_questionnaire(**questions)
    return score_answers(questionnaire, make_answers(questionnaire, *given))


def make_plan(
    profile: Profile,
    *priorities: tuple[Action, tuple[int, ...]],
    team: str = "Lyon",
    weeks_off: tuple[int, ...] = (),
    not_now: tuple[LeftOut, ...] = (),
) -> Plan:
    """Return a plan of six hours a week; each action comes with the weeks of its steps."""
    chosen = tuple(_priority(action, weeks) for action, weeks in priorities)
    steps = [step for priority in chosen for step in priority.steps]
    return Plan(
        team=team,
        assessed=date(2026, 11, 22),
        start=START,
        end=START + timedelta(days=88),
        reviews=(date(2026, 12, 22), date(2027, 1, 21), date(2027, 2, 19)),
        capacity=Capacity(6, "default", weeks_off),
        profile=profile,
        focus=(),
        proven=True,
        value=12,
        musts=0,
        priorities=chosen,
        weeks=tuple(
            WeekPlan(
                number,
                START + timedelta(weeks=number - 1),
                number in weeks_off,
                sum(step.hours for step in steps if step.week == number),
            )
            for number in range(1, 14)
        ),
        projected=Projection((Fraction(4, 5), Fraction(1, 3), Fraction(0)), "maturity", False),
        not_now=not_now,
        candidates=(),
        findings=(),
        actions={},
    )


def make_action(questionnaire: Questionnaire, name: str, title: str, *hours: int) -> Action:
    """Return an action with one step a week, of so many hours each."""
    steps = [
        {"week": week, "hours": count, "do": f"Step {week} of {name}."}
        for week, count in enumerate(hours, start=1)
    ]
    return make_catalogue(questionnaire, action_table(name, title=title, steps=steps)).actions[0]


def _priority(action: Action, weeks: tuple[int, ...]) -> Priority:
    steps = tuple(
        PlannedStep(
            f"{action.id}/{number}",
            step.do,
            week,
            START + timedelta(weeks=week - 1, days=4),
            step.hours,
        )
        for number, (step, week) in enumerate(zip(action.steps, weeks, strict=True), start=1)
    )
    return Priority(action, "Objective.", weeks[0], weeks[-1], steps, 4, (), ())
