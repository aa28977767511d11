"""Every constraint of a plan, checked again from the problem and the choice alone."""

from assess.planning.optimum import Choice, Option, Problem


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
