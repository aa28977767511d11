"""Every constraint of a plan, checked again: of the abstract problem, and of the plan itself."""

from collections.abc import Collection
from datetime import timedelta

from assess.planning.optimum import Choice, Option, Problem
from assess.planning.plan import Plan
from assess.rules import Limits
from assess.scoring import Level


def find_faults(problem: Problem, choice: Choice) -> list[str]:
    """What is wrong with a plan, one sentence each; empty for a plan that keeps its promises."""
    return [
        *_faults_of_the_set(problem, choice),
        *_faults_of_each_action(problem, choice),
        *_faults_of_the_weeks(problem, choice),
        *_faults_of_the_sums(problem, choice),
    ]


def last_week(problem: Problem, choice: Choice) -> int:
    """The last week in which something is under way, 0 for an empty plan."""
    return max(
        (first + len(problem.options[i].hours) - 1 for i, first in choice.first_weeks.items()),
        default=0,
    )


def value_of(problem: Problem, chosen: list[Option]) -> int:
    """The weights of the rungs that are won: each one offered, and each below it."""
    offered = {offer for option in chosen for offer in option.offers}
    value = 0
    for ladder, weights in enumerate(problem.ladders):
        for rung, weight in enumerate(weights):
            if (ladder, rung) not in offered:
                break
            value += weight
    return value


def _faults_of_the_set(problem: Problem, choice: Choice) -> list[str]:
    faults = []
    if len(choice.first_weeks) > problem.priorities:
        faults.append("There are more actions than priorities.")
    if list(choice.first_weeks) != sorted(choice.first_weeks):
        faults.append("The actions are not in catalogue order.")
    return faults


def _faults_of_each_action(problem: Problem, choice: Choice) -> list[str]:
    faults = []
    for position, first in choice.first_weeks.items():
        option = problem.options[position]
        if first < option.earliest:
            faults.append(f"Action {position} begins before week {option.earliest}.")
        if first + len(option.hours) - 1 > len(problem.capacity):
            faults.append(f"Action {position} ends after the last week.")
        for need in option.needs:
            if need not in choice.first_weeks:
                faults.append(f"Action {position} needs {need}, which is not chosen.")
            elif choice.first_weeks[need] + len(problem.options[need].hours) > first:
                faults.append(f"Action {position} begins before {need} has ended.")
    return faults


def _faults_of_the_weeks(problem: Problem, choice: Choice) -> list[str]:
    faults = []
    for week, (capacity, slots) in enumerate(zip(problem.capacity, problem.slots, strict=True), 1):
        under_way = [
            problem.options[position].hours[week - first]
            for position, first in choice.first_weeks.items()
            if first <= week < first + len(problem.options[position].hours)
        ]
        if sum(under_way) > capacity:
            faults.append(f"Week {week} has more hours of work than there are.")
        if len(under_way) > slots:
            faults.append(f"Week {week} has too many actions under way.")
    return faults


def _faults_of_the_sums(problem: Problem, choice: Choice) -> list[str]:
    chosen = [problem.options[position] for position in choice.first_weeks]
    sums = {
        "musts": (choice.musts, sum(option.must for option in chosen)),
        "value": (choice.value, value_of(problem, chosen)),
        "effort": (choice.effort, sum(sum(option.hours) for option in chosen)),
        "action-weeks": (choice.action_weeks, sum(len(option.hours) for option in chosen)),
    }
    return [
        f"The {name} are {said}, not {right}."
        for name, (said, right) in sums.items()
        if said != right
    ]


def find_plan_faults(plan: Plan, limits: Limits, done: Collection[str] = ()) -> list[str]:
    """What is wrong with a new plan on its calendar, one sentence each."""
    return [
        *_faults_of_hours(plan, limits),
        *_faults_of_dates(plan),
        *_faults_of_needs(plan, done),
        *_faults_of_wins(plan),
    ]


def _faults_of_hours(plan: Plan, limits: Limits) -> list[str]:
    faults = []
    for week in plan.weeks:
        steps = [s for p in plan.priorities for s in p.steps if s.week == week.number]
        so_far = [s for p in plan.priorities for s in p.steps if s.week <= week.number]
        under_way = [p for p in plan.priorities if p.first_week <= week.number <= p.last_week]
        # Hours may be saved up before the step that they are for, never after it.
        if sum(plan.hours_by_week[: week.number]) < sum(step.hours for step in so_far):
            faults.append(f"Week {week.number} does not add up.")
        if week.hours > plan.capacity.hours_per_week:
            faults.append(f"Week {week.number} takes more hours than there are.")
        if week.off and steps:
            faults.append(f"Week {week.number} is off, and has steps.")
        if not week.off and len(under_way) > limits.at_once:
            faults.append(f"In week {week.number} too much is under way.")
    if len(plan.priorities) > limits.priorities:
        faults.append("There are more actions than priorities.")
    return faults


def _faults_of_dates(plan: Plan) -> list[str]:
    faults = [] if plan.start.weekday() == 0 else ["The plan does not start on a Monday."]
    for step in (step for priority in plan.priorities for step in priority.steps):
        friday = plan.start + timedelta(days=7 * step.week - 3)
        if step.due != friday or not 1 <= step.week <= len(plan.weeks):
            faults.append(f"{step.id} is not due on the Friday of a week of the plan.")
    return faults


def _faults_of_needs(plan: Plan, done: Collection[str]) -> list[str]:
    faults = []
    for priority in plan.priorities:
        ended = [
            *(plan.actions[action].lifts for action in done),
            *(p.action.lifts for p in plan.priorities if p.last_week < priority.first_week),
        ]
        for question, needed in priority.action.needs.items():
            now = plan.profile.levels[question]
            first = needed + 1 if now == "not-applicable" else _present(now) + 1
            for level in range(first, needed + 1):
                if not any(lifts.get(question) == level for lifts in ended):
                    faults.append(f"{priority.action.id} begins before {question} is at {level}.")
    return faults


def _present(level: Level) -> int:
    return level if isinstance(level, int) else 0


def _faults_of_wins(plan: Plan) -> list[str]:
    won = [(r.question, r.level) for p in plan.priorities for r in p.wins]
    faults = [] if len(won) == len(set(won)) else ["A rung is won twice."]
    for question, level in won:
        present = _present(plan.profile.levels[question])
        if not all((question, below) in won for below in range(present + 1, level)):
            faults.append(f"{question} is won at {level} above a gap.")
    if plan.value != sum(priority.value for priority in plan.priorities):
        faults.append("The value is not the sum of what is won.")
    return faults
