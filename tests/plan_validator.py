"""Every constraint of a plan, checked again: of the abstract problem, and of the plan itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from assess.planning.plan import Candidate, OfferedRung, Plan, WeekPlan
from assess.planning.problem import Choice, LadderRung, PlanningOption, PlanningProblem
from assess.rules.model import Limits
from assess.scoring.records import Level


def find_faults(problem: PlanningProblem, choice: Choice) -> list[str]:
    """What is wrong with a plan, one sentence each; empty for a plan that keeps its promises."""
    return [
        *faults_of_numbers(problem, choice),
        *_faults_of_each_action(problem, choice),
        *_faults_of_the_weeks(problem, choice),
        *_faults_of_the_sums(problem, choice),
    ]


def faults_of_numbers(problem: PlanningProblem, choice: Choice) -> list[str]:
    """What is wrong whatever the weeks are."""
    chosen = [problem.options[position] for position in choice.first_weeks]
    counted = [option for option in chosen if not option.must and not option.preparation]
    faults = []
    if sum(any(option.hours) for option in counted) > problem.priorities:
        faults.append("There are more priorities than there may be.")
    if sum(not any(option.hours) for option in counted) > problem.decisions:
        faults.append("There are more decisions than there may be.")
    if sum(sum(option.hours) for option in chosen) > problem.fill:
        faults.append("More hours are planned than may be.")
    if list(choice.first_weeks) != sorted(choice.first_weeks):
        faults.append("The actions are not in catalogue order.")
    return faults


def won_rungs(problem: PlanningProblem, chosen: Collection[int]) -> set[LadderRung]:
    """The rungs that a set wins: each offered, and each below it."""
    offered = {offer for i in chosen for offer in problem.options[i].offers}
    offered |= {offer for begun in problem.under_way for offer in begun.offers}
    won = set()
    for ladder, weights in enumerate(problem.ladders):
        for rung in range(len(weights)):
            if (ladder, rung) not in offered:
                break
            won.add((ladder, rung))
    return won


def value_of(problem: PlanningProblem, chosen: Collection[int]) -> int:
    """The weights of the rungs that are won."""
    return sum(problem.ladders[ladder][rung] for ladder, rung in won_rungs(problem, chosen))


def distance_of(problem: PlanningProblem, chosen: Collection[int]) -> int | None:
    """The fewest questions that are still to go, by trying how many in each dimension."""
    if problem.stage is None:
        return None
    won = won_rungs(problem, chosen)
    sums = {(0, Fraction(0))}
    for part in problem.stage.parts:
        reached = part.reached + len(won & set(part.reaching))
        unanswered = part.unanswered - len(won & set(part.answering))
        least = max(0, part.least - reached, unanswered)
        sums = {
            (moves + more, share + Fraction(reached + more, part.questions))
            for moves, share in sums
            for more in range(least, part.questions - reached + 1)
        }
    enough = Fraction(problem.stage.numerator, problem.stage.denominator) * len(problem.stage.parts)
    return min(moves for moves, share in sums if share >= enough)


def orders_of(problem: PlanningProblem, chosen: Collection[int], position: int) -> set[LadderRung]:
    """The rungs that another must have won before an option of a set begins."""
    won = won_rungs(problem, chosen)
    option = problem.options[position]
    below = {(ladder, rung - 1) for ladder, rung in option.offers if rung}
    return {*option.needs, *(below & won)}


def _faults_of_each_action(problem: PlanningProblem, choice: Choice) -> list[str]:
    faults = []
    for position, first in choice.first_weeks.items():
        option = problem.options[position]
        if first < option.earliest:
            faults.append(f"Action {position} begins before week {option.earliest}.")
        if first + len(option.hours) - 1 > len(problem.capacity):
            faults.append(f"Action {position} ends after the last week.")
        if not set(option.needs) <= won_rungs(problem, choice.first_weeks):
            faults.append(f"Action {position} needs what the plan does not win.")
        for rung in orders_of(problem, choice.first_weeks, position):
            ends = [
                week + len(problem.options[other].hours) - 1
                for other, week in choice.first_weeks.items()
                if rung in problem.options[other].offers and other != position
            ]
            ends += [begun.last_week for begun in problem.under_way if rung in begun.offers]
            if min(ends, default=len(problem.capacity)) >= first:
                faults.append(f"Action {position} begins before {rung} is won.")
    return faults


def _faults_of_the_weeks(problem: PlanningProblem, choice: Choice) -> list[str]:
    faults = []
    for week, (capacity, slots) in enumerate(
        zip(problem.capacity, problem.at_once, strict=True), 1
    ):
        under_way = [
            (problem.options[position], week - first)
            for position, first in choice.first_weeks.items()
            if first <= week < first + len(problem.options[position].hours)
        ]
        begun = [option for option, place in under_way if place == 0]
        if sum(option.hours[place] for option, place in under_way) > capacity:
            faults.append(f"Week {week} has more hours of work than there are.")
        if sum(any(option.hours) for option, _ in under_way) > slots:
            faults.append(f"Week {week} has too many actions under way.")
        if sum(any(option.hours) for option in begun) > problem.starts_in(week - 1):
            faults.append(f"Too many actions begin in week {week}.")
        if sum(option.preparation for option in begun) > 1 or sum(map(_is_decision, begun)) > 1:
            faults.append(f"Two decisions or two preparations begin in week {week}.")
    return faults


def _is_decision(option: PlanningOption) -> bool:
    return not option.preparation and not any(option.hours)


def _faults_of_the_sums(problem: PlanningProblem, choice: Choice) -> list[str]:
    chosen = [problem.options[position] for position in choice.first_weeks]
    sums = {
        "musts": (choice.musts, sum(option.must for option in chosen)),
        "announced": (choice.announced, sum(option.announced for option in chosen)),
        "value": (choice.value, value_of(problem, choice.first_weeks)),
        "distance": (choice.distance, distance_of(problem, choice.first_weeks)),
        "effort": (choice.effort, sum(sum(option.hours) for option in chosen)),
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
        *_faults_of_choice(plan, limits),
    ]


def _faults_of_hours(plan: Plan, limits: Limits) -> list[str]:
    faults = []
    for week in plan.weeks:
        steps = [s for p in plan.priorities for s in p.steps if s.week == week.number]
        so_far = [s for p in plan.priorities for s in p.steps if s.week <= week.number]
        work = [p for p in plan.priorities if p.hours]
        under_way = [p for p in work if p.first_week <= week.number <= p.last_week]
        # Hours may be saved up before the step that they are for, never after it.
        if sum(plan.hours_by_week[: week.number]) < sum(step.hours for step in so_far):
            faults.append(f"Week {week.number} does not add up.")
        if week.hours > plan.capacity.hours_in(week.number):
            faults.append(f"Week {week.number} takes more hours than there are.")
        if week.off and steps:
            faults.append(f"Week {week.number} is off, and has steps.")
        if not week.off and len(under_way) > limits.at_once:
            faults.append(f"In week {week.number} too much is under way.")
        begun = [p for p in plan.priorities if p.first_week == week.number]
        if sum(bool(p.hours) for p in begun) > limits.starts_per_week:
            faults.append(f"In week {week.number} too much begins.")
        if max([p.kind for p in begun].count(kind) for kind in ("decision", "preparation")) > 1:
            faults.append(f"In week {week.number} two decisions or preparations begin.")
    counted = [p.kind for p in plan.priorities if not p.must and p.state != "done"]
    if (
        counted.count("priority") > limits.priorities
        or counted.count("decision") > limits.decisions
    ):
        faults.append("There are more actions than places.")
    if sum(plan.hours_by_week) > Fraction(limits.fill) * plan.hours_room:
        faults.append("More hours are planned than may be.")
    return faults


def _faults_of_choice(plan: Plan, limits: Limits) -> list[str]:
    """What is left out though it could still be added, the others where they are."""
    won = {(r.question, r.level) for p in plan.priorities for r in p.wins}
    reasons = {out.action.id: out.reason for out in plan.not_now}
    faults = []
    for candidate in plan.candidates:
        reason = reasons.get(candidate.action.id)
        gains = _gains(plan, candidate, won)
        if reason == "covered" and {(r.question, r.level) for r in gains} - won:
            faults.append(f"{candidate.action.id} is left out as covered, and is not.")
        if reason not in (None, "avoided") and gains and _finds_a_week(plan, candidate, limits):
            faults.append(f"{candidate.action.id} could still be added.")
    return faults


def _gains(plan: Plan, candidate: Candidate, won: Collection[tuple[str, int]]) -> list[OfferedRung]:
    """What an action would win besides, if all that it needs is there."""

    def holds(question: str, level: int) -> bool:
        return (question, level) in won or _present(plan.profile.levels[question]) >= level

    if not all(holds(*need) for need in candidate.needs):
        return []
    return [
        rung
        for rung in candidate.rungs
        if rung.weight and (rung.question, rung.level) not in won
        if holds(rung.question, rung.level - 1)
    ]


def _finds_a_week(plan: Plan, candidate: Candidate, limits: Limits) -> bool:
    places = {"priority": limits.priorities, "decision": limits.decisions, "preparation": 100}
    counted = [p.kind for p in plan.priorities if not p.must and p.state != "done"]
    if not candidate.must and counted.count(candidate.kind) >= places[candidate.kind]:
        return False
    if sum(plan.hours_by_week) + candidate.work.effort > Fraction(limits.fill) * plan.hours_room:
        return False
    working = [week for week in plan.weeks if not week.off]
    last = len(working) - candidate.work.duration
    return any(_fits_in(plan, candidate, limits, working[at:]) for at in range(last + 1))


def _fits_in(plan: Plan, candidate: Candidate, limits: Limits, weeks: Sequence[WeekPlan]) -> bool:
    first = weeks[0].number
    begun = [p for p in plan.priorities if p.first_week == first]
    waits = {*candidate.needs, *((r.question, r.level - 1) for r in candidate.rungs)}
    ended = {rung for p in plan.priorities if p.last_week < first for rung in p.action.rungs}
    at_work = [p for p in plan.priorities if p.hours]
    if any(
        _present(plan.profile.levels[question]) < level and (question, level) not in ended
        for question, level in waits
    ):
        return False
    if candidate.kind != "priority":
        return all(p.kind != candidate.kind for p in begun)
    return sum(bool(p.hours) for p in begun) < limits.starts_per_week and all(
        week.hours + hours <= plan.capacity.hours_in(week.number)
        and sum(p.first_week <= week.number <= p.last_week for p in at_work) < limits.at_once
        for week, hours in zip(weeks, candidate.work.hours_by_week, strict=False)
    )


def _faults_of_dates(plan: Plan) -> list[str]:
    faults = [] if plan.start.weekday() == 0 else ["The plan does not start on a Monday."]
    for step in (step for priority in plan.priorities for step in priority.steps):
        monday = plan.start + timedelta(weeks=step.week - 1)
        days = [monday + timedelta(days=n) for n in range(5)]
        last = max(set(days).difference(plan.capacity.days_off))
        if step.due != last or not 1 <= step.week <= len(plan.weeks):
            faults.append(f"{step.id} is not due on the last working day of a week of the plan.")
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
    won = {(r.question, r.level): r.weight for p in plan.priorities for r in p.wins}
    faults = []
    for question, level in won:
        present = _present(plan.profile.levels[question])
        if not all((question, below) in won for below in range(present + 1, level)):
            faults.append(f"{question} is won at {level} above a gap.")
    if plan.value != sum(won.values()):
        faults.append("The value is not the sum of what is won.")
    return faults


def find_replan_faults(
    plan: Plan, limits: Limits, marks: Mapping[str, str], today: date
) -> list[str]:
    """What is wrong with the rest of a plan on a day, with what people marked until then.

    Args:
        plan: The plan that was made on that day.
        limits: What it has to keep to.
        marks: `x`, `/`, `-` or nothing at all (deleted) for each step that has one.
        today: The day.
    """
    week = max(1, ((today + timedelta(days=2)) - plan.start).days // 7 + 1)
    faults = _faults_of_wins(plan)
    for priority in plan.priorities:
        states = [marks.get(step.id, " ") for step in priority.steps]
        is_begun = "x" in states or "/" in states
        is_open = " " in states or "/" in states
        state = ("begun" if is_open else "done") if is_begun else "new"
        if priority.state != state:
            faults.append(f"{priority.action.id} is {priority.state}, not {state}.")
        for step, mark in zip(priority.steps, states, strict=True):
            if mark in (" ", "/") and step.due < today:
                faults.append(f"{step.id} is due in the past.")
            if step.due != plan.start + timedelta(days=7 * step.week - 3):
                faults.append(f"{step.id} is not due on the Friday of its week.")
        if state == "new" and priority.first_week < week:
            faults.append(f"{priority.action.id} begins in the past.")
    faults += _faults_of_the_rest(plan, limits, week)
    return faults


def _faults_of_the_rest(plan: Plan, limits: Limits, this_week: int) -> list[str]:
    new = [p for p in plan.priorities if p.state == "new"]
    begun = [p for p in plan.priorities if p.state == "begun"]
    faults = []
    for week in plan.weeks:
        under_way = [
            [p for p in some if p.hours and p.first_week <= week.number <= p.last_week]
            for some in (new, begun)
        ]
        fixed = sum(s.hours for p in begun for s in p.steps)
        most = plan.capacity.hours_in(week.number)
        if week.number < this_week and week.hours:
            faults.append(f"Week {week.number} has passed, and has hours.")
        if week.hours > most and not (under_way[1] and week.hours <= fixed):
            faults.append(f"Week {week.number} takes more hours than there are.")
        if under_way[0] and not week.off and sum(map(len, under_way)) > limits.at_once:
            faults.append(f"In week {week.number} too much is under way.")
        starting = [p for p in (*new, *begun) if p.first_week == week.number]
        if sum(bool(p.hours) for p in starting) > max(
            limits.starts_per_week, sum(p in begun for p in starting)
        ):
            faults.append(f"In week {week.number} too much begins.")
    for kind, most_of in (("priority", limits.priorities), ("decision", limits.decisions)):
        counted = [p for p in (*new, *begun) if p.kind == kind and not p.must]
        if len(counted) > max(most_of, sum(p in begun for p in counted)):
            faults.append(f"There are more places of the kind {kind} than may be.")
    if sum(p.work.effort for p in new) > Fraction(limits.fill) * plan.hours_room:
        faults.append("More hours are planned than may be.")
    return faults
