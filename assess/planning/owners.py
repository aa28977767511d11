"""Who does what: the steps of a plan handed out to the people of their roles.

An action is led by the people of its role, most of it by one of them. What was begun or
handed over by hand stays where it is; of the rest as little as possible changes hands.

Source: docs/decisions/0017-people.md
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from fractions import Fraction
from typing import Final

from assess.catalogue.action import Role
from assess.figures import Hours
from assess.people import Person, find_person, who_leads
from assess.planning import calendar
from assess.planning.plan import Plan, PlannedStep, Priority
from assess.record import record

MOST_ABOVE: Final = Fraction(4, 3)
"""Nobody should have more than this times what the others have, each for their share."""


@record
class Staffing:
    """Who there is, and what is in their hands already.

    `before` has the owner of each step as the plan was last written, and `by_hand` of those that
    people gave to somebody themselves.
    """

    people: tuple[Person, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)
    by_hand: Mapping[str, str] = field(default_factory=dict)


NOBODY_NAMED: Final = Staffing()


@record
class WorkLoad:
    """The hours of a person's steps, beside what is theirs by share of working time.

    `alone_in` is the role in which they are the only one, if most of the hours come from it.
    """

    person: Person
    hours: Hours
    of: Hours
    is_above: bool
    alone_in: Role | None


def hand_out(
    priorities: Sequence[Priority],
    staffing: Staffing,
    done: Collection[str],
    start: date,
    weeks: int,
) -> tuple[Priority, ...]:
    """Return the priorities with an owner for each step, and who leads each of them.

    Args:
        priorities: What was chosen, on the calendar.
        staffing: Who there is, and what is in their hands already.
        done: The ids of the steps that are ticked.
        start: The first day of the plan.
        weeks: How many it has.
    """
    desk = _Desk(staffing, start, weeks)
    for priority in priorities:
        desk.take_what_stays(priority, done)
    # Who alone can do a thing has it before the others choose; then the largest first.
    order = {p.action.id: place for place, p in enumerate(priorities)}
    for priority in sorted(priorities, key=lambda p: (*desk.urgency(p), order[p.action.id])):
        desk.give(priority)
    for role in {p.action.role: None for p in priorities}:
        desk.balance([p for p in priorities if p.action.role == role], role)
    return tuple(desk.sign(priority) for priority in priorities)


def spread_steps(
    given: Sequence[tuple[Role, PlannedStep]],
    kept: Iterable[PlannedStep],
    people: Sequence[Person],
    start: date,
    weeks: int,
) -> Mapping[str, str]:
    """Return who takes over steps that nobody has any more, by their ids.

    Args:
        given: The steps with the roles that lead them.
        kept: What the others have already.
        people: Who there is.
        start: The first day of the plan.
        weeks: How many it has.
    """
    desk = _Desk(Staffing(tuple(people)), start, weeks)
    for step in kept:
        desk.take(step, step.owner)
    for role, step in sorted(given, key=lambda one: -one[1].hours):
        desk.take_over(role, step)
    return {step.id: desk.owner_of(step) for _, step in given}


def find_loads(plan: Plan) -> tuple[WorkLoad, ...]:
    """Return what each member of the team has to do, in the order in which they were named."""
    members = [person for person in plan.people if person.is_member]
    desk = _Desk(Staffing(plan.people), plan.start, len(plan.weeks))
    hours, alone = _count_hours(plan)
    total = sum(hours[person.name] for person in members)
    loads = []
    for person in members:
        own, roles = hours[person.name], alone[person.name]
        most = max(roles, key=lambda role: roles[role], default=None)
        is_alone = most is not None and roles[most] * 2 > own
        others = [other for other in members if other is not person]
        above = _is_above(person, others, hours, desk)
        loads.append(WorkLoad(person, own, total, above, most if is_alone else None))
    return tuple(loads)


def list_absent(plan: Plan) -> tuple[tuple[Person, PlannedStep], ...]:
    """Return the steps that fall due while the person who has them is away."""
    desk = _Desk(Staffing(plan.people), plan.start, len(plan.weeks))
    return tuple(
        (person, step)
        for priority in plan.priorities
        if priority.state != "done"
        for step in priority.steps
        if (person := find_person(plan.people, step.owner)) and desk.is_away(person, step)
    )


def _count_hours(plan: Plan) -> tuple[Mapping[str, Hours], Mapping[str, Mapping[Role, Hours]]]:
    """Return the hours of each person, and those in roles that nobody else takes up."""
    hours: dict[str, Hours] = defaultdict(int)
    alone: dict[str, dict[Role, Hours]] = defaultdict(dict)
    for priority in plan.priorities:
        role = priority.action.role
        for step in priority.steps:
            if (person := find_person(plan.people, step.owner)) is None:
                continue
            hours[person.name] += step.hours
            if who_leads(role, plan.people) == (person,):
                there = alone[person.name]
                there[role] = there.get(role, 0) + step.hours
    return hours, alone


def _is_above(
    person: Person, others: Sequence[Person], hours: Mapping[str, Hours], desk: "_Desk"
) -> bool:
    room = sum((desk.room_of(other) for other in others), Fraction(0))
    theirs = sum(hours[other.name] for other in others)
    # Without room there is nothing to compare with; who has no room should have no hours.
    return bool(room) and hours[person.name] * room > MOST_ABOVE * theirs * desk.room_of(person)


class _Desk:
    """Hands out steps one by one, and knows who has how many hours by now."""

    def __init__(self, staffing: Staffing, start: date, weeks: int) -> None:
        self._staffing = staffing
        self._people = staffing.people
        self._weeks = weeks
        self._away = {
            person.name: frozenset(
                calendar.read_time_off(
                    calendar.keep_inside(person.off, start, weeks), start, weeks
                ).weeks
            )
            for person in staffing.people
        }
        self._owners: dict[str, str] = {}
        self._hours: dict[str, Hours] = defaultdict(int)
        self._steps: dict[str, int] = defaultdict(int)

    def room_of(self, person: Person) -> Fraction:
        """Return how much of all weeks somebody has for this team, from 0 to 1."""
        there = self._weeks - len(self._away[person.name])
        return Fraction(person.share * there, 100 * self._weeks)

    def is_away(self, person: Person, step: PlannedStep) -> bool:
        return step.week in self._away[person.name]

    def take_what_stays(self, priority: Priority, done: Collection[str]) -> None:
        """Leave a step with whom it was given to by hand, or who has begun the action."""
        is_new = priority.state == "new"
        for step in priority.steps:
            owner = self._staffing.by_hand.get(step.id)
            before = self._staffing.before.get(step.id)
            if owner is None and not is_new and before is not None:
                # Who is gone keeps what they did, and nothing else.
                is_there = find_person(self._people, before) is not None
                owner = before if is_there or step.id in done else None
            if owner is not None:
                self.take(step, owner)

    def take(self, step: PlannedStep, owner: str) -> None:
        """Give a step to somebody, or to a role."""
        person = find_person(self._people, owner)
        self._owners[step.id] = person.name if person else owner
        self._hours[self._owners[step.id]] += step.hours
        self._steps[self._owners[step.id]] += 1

    def take_over(self, role: Role, step: PlannedStep) -> None:
        """Give a step to who is there that week and has most room; without anybody to the role."""
        pool = who_leads(role, self._people)
        there = [one for one in pool if not self.is_away(one, step)] or pool
        self.take(step, self._least_busy(there, step.hours).name if there else role)

    def owner_of(self, step: PlannedStep) -> str:
        return self._owners[step.id]

    def urgency(self, priority: Priority) -> tuple[int, Hours]:
        """Return what decides who chooses first: few people, then many hours."""
        hours = sum(step.hours for step in self._open(priority))
        return len(who_leads(priority.action.role, self._people)), -hours

    def give(self, priority: Priority) -> None:
        """Give what is left of an action to one person, but for weeks in which they are away."""
        pool = who_leads(priority.action.role, self._people)
        steps = self._open(priority)
        if not pool:
            for step in steps:
                self.take(step, priority.action.role)
            return
        lead = self._find_lead(priority, steps, pool)
        for step in steps:
            there = [one for one in pool if not self.is_away(one, step)]
            had = find_person(there, self._staffing.before.get(step.id, ""))
            owner = had or (lead if lead in there or not there else None)
            self.take(step, (owner or self._least_busy(there, step.hours)).name)

    def balance(self, priorities: Sequence[Priority], role: Role) -> None:
        """Let steps change hands until nobody of a role has a third more than the others."""
        pool = who_leads(role, self._people)
        while above := list(self._above(pool, self._hours)):
            moves = [
                (*judged, place, steps, to)
                for over in above
                for place, steps in enumerate(self._movable(priorities, over, pool))
                for to in pool
                if to is not over and (judged := self._judge(pool, over, to, steps)) is not None
            ]
            if not moves:
                return
            *_, steps, to = min(moves, key=lambda move: move[:3])
            for step in steps:
                self._give_back(step)
                self.take(step, to.name)

    def sign(self, priority: Priority) -> Priority:
        """Return an action with its owners; who has most of it leads it."""
        steps = tuple(replace(step, owner=self._owners[step.id]) for step in priority.steps)
        parts: dict[str, Hours] = {}
        for step in steps:
            parts[step.owner] = parts.get(step.owner, 0) + step.hours
        return replace(priority, steps=steps, lead=max(parts, key=lambda owner: parts[owner]))

    def _open(self, priority: Priority) -> list[PlannedStep]:
        return [step for step in priority.steps if step.id not in self._owners]

    def _give_back(self, step: PlannedStep) -> None:
        owner = self._owners.pop(step.id)
        self._hours[owner] -= step.hours
        self._steps[owner] -= 1

    def _find_lead(
        self, priority: Priority, steps: Sequence[PlannedStep], pool: Sequence[Person]
    ) -> Person:
        """Return who has most of the action already or had it before, else who has most room."""
        had: dict[str, int] = defaultdict(int)
        for step in priority.steps:
            owner = self._owners.get(step.id) or self._staffing.before.get(step.id, "")
            if (person := find_person(pool, owner)) is not None:
                had[person.name] += 1
        if had:
            name = max(had, key=lambda one: had[one])
            return next(person for person in pool if person.name == name)
        there = [p for p in pool if not all(self.is_away(p, step) for step in steps)] or pool
        return self._least_busy(there, sum(step.hours for step in steps))

    def _least_busy(self, people: Sequence[Person], more: Hours) -> Person:
        def burden(person: Person) -> tuple[bool, Fraction, int]:
            room = self.room_of(person)
            hours = self._hours[person.name] + more
            return not room, Fraction(hours) / (room or 1), self._steps[person.name]

        return min(people, key=burden)

    def _above(self, pool: Sequence[Person], hours: Mapping[str, Hours]) -> Iterator[Person]:
        """Yield who has too much beside those who have less; who has more yet excuses nothing."""
        for person in pool:
            mine = hours[person.name] / (self.room_of(person) or Fraction(1))
            others = [
                other
                for other in pool
                if other is not person and hours[other.name] <= mine * self.room_of(other)
            ]
            if others and _is_above(person, others, hours, self):
                yield person

    def _movable(
        self, priorities: Iterable[Priority], owner: Person, pool: Sequence[Person]
    ) -> Iterator[tuple[PlannedStep, ...]]:
        """Yield what somebody can hand over: whole actions first, then single steps.

        What an earlier plan gave them stays, unless they have too much beside all the others.
        """
        others = [other for other in pool if other is not owner]
        is_too_much = _is_above(owner, others, self._hours, self)
        parts = [
            tuple(
                step
                for step in priority.steps
                if self._owners[step.id] == owner.name
                and step.id not in self._staffing.by_hand
                and (is_too_much or self._staffing.before.get(step.id) != owner.name)
            )
            for priority in priorities
            if priority.state == "new"
        ]
        yield from filter(None, parts)
        yield from ((step,) for part in parts if len(part) > 1 for step in part)

    def _judge(
        self, pool: Sequence[Person], giver: Person, to: Person, steps: Sequence[PlannedStep]
    ) -> tuple[bool, Fraction] | None:
        """Rate a move, the smaller the better; None where it makes nothing more even."""
        moved = sum(step.hours for step in steps)
        if not moved or any(self.is_away(to, step) for step in steps):
            return None
        before = self._unevenness(pool, self._hours)
        hours = dict(self._hours)
        hours[giver.name] -= moved
        hours[to.name] = hours.get(to.name, 0) + moved
        after = self._unevenness(pool, hours)
        if not self.room_of(to) or after >= before:
            return None
        is_left = giver in self._above(pool, defaultdict(int, hours))
        return is_left, after

    def _unevenness(self, pool: Sequence[Person], hours: Mapping[str, Hours]) -> Fraction:
        # The sum of squares, each for its share, is least where all have the same: every move
        # that lowers it is one step nearer, and so the moves come to an end.
        rooms = ((person.name, self.room_of(person)) for person in pool)
        return sum(
            (Fraction(hours.get(name, 0)) ** 2 / room for name, room in rooms if room), Fraction(0)
        )
