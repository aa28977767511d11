"""From candidates and room to the planner's problem, and from its answer back to actions.

The optimum knows neither questions nor dates: it sees options, ladders and working weeks, and
counts hours in quarters.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from assess.figures import Hours
from assess.planning.barrier import Barrier, Barriers
from assess.planning.candidates import present_level
from assess.planning.finish import Finish
from assess.planning.optimum import find_best_plan
from assess.planning.plan import Candidate, Capacity
from assess.planning.problem import (
    Choice,
    PlanningOption,
    PlanningProblem,
    Stage,
    StagePart,
    UnderWay,
)
from assess.planning.problem import LadderRung as Place
from assess.planning.progress import Ongoing, Weeks
from assess.record import record
from assess.rules.model import Limits
from assess.scoring.profile import Profile
from assess.scoring.records import Level
from assess.scoring.stage import is_scored


@record
class Room:
    """What is left to plan with.

    `weeks` are the calendar weeks in which there is work; hours and slots have one entry for
    each of them, in quarters of an hour. `fill` is how much of all may be planned. `started`
    counts what began in the first of them already.
    """

    weeks: tuple[int, ...]
    hours: tuple[int, ...]
    slots: tuple[int, ...]
    fill: int
    priorities: int
    decisions: int
    started: int


class Choosing:
    """The planner's problem for one team, its answer, and what of it people ask."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        profile: Profile,
        room: Room,
        ongoing: Sequence[Ongoing],
        announced: Collection[str],
        starts_per_week: int,
    ) -> None:
        begun = {action.id for action in ongoing}
        self._options = tuple(c for c in candidates if not c.avoid and c.action.id not in begun)
        self._places = {c.action.id: place for place, c in enumerate(self._options)}
        ladders = _Ladders(candidates, profile.levels)
        self.problem = PlanningProblem(
            options=tuple(_describe(c, ladders, announced) for c in self._options),
            ladders=ladders.weights,
            capacity=room.hours,
            fill=room.fill,
            at_once=room.slots,
            starts=starts_per_week,
            priorities=room.priorities,
            decisions=room.decisions,
            stage=_lacks_of(profile, ladders),
            under_way=_under_way(candidates, ladders, room, ongoing),
            started=room.started,
        )

    @cached_property
    def choice(self) -> Choice:
        return find_best_plan(self.problem)

    @cached_property
    def _barriers(self) -> Barriers:
        shortest = [candidate.work.shortest for candidate in self._options]
        return Barriers(self.problem, self.choice, shortest)

    @property
    def distance(self) -> tuple[int, int]:
        """How many questions are to go until the stage is finished, before and after."""
        if self.problem.stage is None or self.choice.distance is None:
            raise ValueError("a plan has a stage")
        now = Finish(self.problem.stage).distance([0] * len(self.problem.ladders))
        return now, self.choice.distance

    @property
    def first_weeks(self) -> tuple[tuple[Candidate, int], ...]:
        """The chosen actions in catalogue order, each with its first working week from 1."""
        weeks = self.choice.first_weeks.items()
        return tuple((self._options[place], first) for place, first in weeks)

    def find_barrier(self, candidate: Candidate) -> Barrier:
        """Return the limit that keeps out an action that is worth something and not avoided."""
        return self._barriers.find(self._places[candidate.action.id])


def find_room(
    capacity: Capacity,
    weeks: Weeks,
    ongoing: Sequence[Ongoing],
    limits: Limits,
    candidates: Mapping[str, Candidate],
) -> Room:
    """Return the room beside what goes on; what is done takes no place any more.

    What was done this week of what goes on has taken its hours; nobody has them twice.
    """
    under_way = [action for action in ongoing if not action.is_done]
    working = [action for action in under_way if any(step.hours for step in action.steps)]
    kinds = [
        candidate.kind
        for action in under_way
        if (candidate := candidates.get(action.id)) and not candidate.must
    ]
    hours = [
        capacity.hours_in(week) - sum(action.hours.get(week, 0) for action in under_way)
        for week in weeks.left
    ]
    if weeks.left[:1] == (weeks.this_week,):
        hours[0] -= sum(action.spent for action in under_way)
    slots = (
        limits.at_once - sum(a.first_week <= week <= a.last_week for a in working)
        for week in weeks.left
    )
    return Room(
        weeks=weeks.left,
        hours=tuple(max(0, _quarters(left)) for left in hours),
        slots=tuple(max(0, left) for left in slots),
        fill=_quarters(sum(map(capacity.hours_in, weeks.left)) * Fraction(limits.fill)),
        priorities=max(0, limits.priorities - kinds.count("priority")),
        decisions=max(0, limits.decisions - kinds.count("decision")),
        started=sum(action.first_week in weeks.left[:1] for action in working),
    )


def _quarters(hours: Hours) -> int:
    """Return hours as whole quarters, of which a week that ends in less has none."""
    return floor(hours * 4)


class _Ladders:
    """The rungs above the present levels, as the optimum counts them: from 0 for the first."""

    def __init__(self, candidates: Sequence[Candidate], levels: Mapping[str, Level]) -> None:
        self._present = {q: present_level(level) or 0 for q, level in levels.items()}
        weights: dict[str, dict[int, int]] = {}
        for candidate in candidates:
            for rung in candidate.rungs:
                weights.setdefault(rung.question, {})[rung.level] = rung.weight
            for question, _ in candidate.needs:
                weights.setdefault(question, {})
        self._places = {question: place for place, question in enumerate(weights)}
        # A rung that nobody offers is never won, and so weighs nothing.
        self.weights = tuple(
            tuple(by_level.get(level, 0) for level in range(self._present[question] + 1, 4))
            for question, by_level in weights.items()
        )

    def place_of(self, question: str, level: int) -> Place | None:
        """Return the place of a rung above the present level, if anything has to do with it."""
        if question not in self._places:
            return None
        return self._places[question], level - self._present[question] - 1

    def places_of(self, rungs: Sequence[tuple[str, int]]) -> tuple[Place, ...]:
        found = (self.place_of(question, level) for question, level in rungs)
        return tuple(place for place in found if place is not None)


def _describe(
    candidate: Candidate, ladders: _Ladders, announced: Collection[str]
) -> PlanningOption:
    return PlanningOption(
        hours=tuple(map(_quarters, candidate.work.hours_by_week)),
        offers=ladders.places_of([(rung.question, rung.level) for rung in candidate.rungs]),
        needs=ladders.places_of(candidate.needs),
        must=candidate.must,
        announced=candidate.action.id in announced,
        preparation=candidate.action.kind == "preparation",
    )


def _under_way(
    candidates: Sequence[Candidate], ladders: _Ladders, room: Room, ongoing: Sequence[Ongoing]
) -> tuple[UnderWay, ...]:
    """Return what is begun; what does not end in time lets nothing begin after it."""
    by_id = {candidate.action.id: candidate for candidate in candidates}
    begun = []
    for action in ongoing:
        if action.id in by_id:
            rungs = [(rung.question, rung.level) for rung in by_id[action.id].rungs]
            until = sum(week <= action.last_week for week in room.weeks)
            last = 0 if action.is_done else len(room.weeks) if action.overruns else until
            begun.append(UnderWay(ladders.places_of(rungs), last))
    return tuple(begun)


def _lacks_of(profile: Profile, ladders: _Ladders) -> Stage:
    """Return what the dimensions lack of the current stage."""
    questionnaire, stage = profile.questionnaire, profile.stage_number
    parts = []
    for questions in questionnaire.by_dimension.values():
        levels = {q.id: profile.levels[q.id] for q in questions}
        applicable = {q: level for q, level in levels.items() if level != "not-applicable"}
        if not applicable:
            continue
        missing = [q for q, level in applicable.items() if (present_level(level) or 0) < stage]
        unknown = [q for q, level in applicable.items() if level == "dont-know"]
        answered = len(applicable) - len(unknown)
        enough = (n for n in range(answered, len(applicable)) if is_scored(n, len(applicable)))
        parts.append(
            StagePart(
                questions=len(applicable),
                reached=len(applicable) - len(missing),
                least=ceil(questionnaire.each * len(applicable)),
                unanswered=next(enough, len(applicable)) - answered,
                reaching=ladders.places_of([(q, stage) for q in missing]),
                answering=ladders.places_of([(q, 1) for q in unknown]),
            )
        )
    overall = questionnaire.overall
    return Stage(tuple(parts), overall.numerator, overall.denominator)
