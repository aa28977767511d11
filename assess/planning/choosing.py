"""From candidates and room to the packing problem, and from its solution back to actions.

The optimum knows neither questions nor dates: it sees options, ladders and working weeks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from assess.catalogue import Action
from assess.figures import Hours
from assess.planning.candidates import present_level
from assess.planning.optimum import Option, Problem, find_best_plan
from assess.planning.plan import Candidate, Capacity
from assess.planning.progress import Progress
from assess.rules import Limits
from assess.scoring import Level


@dataclass(frozen=True, slots=True)
class Room:
    """What is left to plan with.

    `weeks` are the calendar weeks in which there is work; hours and slots have one entry for
    each of them. `catching_up` counts the weeks until late steps are done.
    """

    weeks: tuple[int, ...]
    hours: tuple[Hours, ...]
    slots: tuple[int, ...]
    priorities: int
    catching_up: int


@dataclass(frozen=True, slots=True)
class ChosenActions:
    """The chosen actions in catalogue order, each with its first working week from 1."""

    first_weeks: tuple[tuple[Action, int], ...]
    proven: bool


def find_room(capacity: Capacity, progress: Progress, limits: Limits) -> Room:
    """Return the room beside what is under way; weeks off are taken out.

    Open steps that are late take the first hours that are left.
    """
    weeks = tuple(
        week for week in range(progress.week, limits.weeks + 1) if week not in capacity.weeks_off
    )
    under_way = [action for action in progress.begun if not progress.is_done(action)]
    steps = [step for action in progress.begun for step in action.steps]
    late: Hours = sum(
        step.hours for step in steps if step.week < progress.week and step.id not in progress.done
    )
    hours = []
    catching_up = 0
    for week in weeks:
        catching_up += late > 0
        # A step that was done early keeps its hours, so that the plan never shows more of
        # them in a week than the team has.
        due = sum(step.hours for step in steps if step.week == week)
        left = max(0, capacity.hours_per_week - due)
        caught_up = min(late, left)
        late -= caught_up
        hours.append(left - caught_up)
    slots = (
        limits.at_once - sum(a.first_week <= week <= a.last_week for a in under_way)
        for week in weeks
    )
    return Room(
        weeks=weeks,
        hours=tuple(hours),
        slots=tuple(max(0, left) for left in slots),
        priorities=max(0, limits.priorities - len(progress.begun)),
        catching_up=catching_up,
    )


def choose_actions(
    candidates: Sequence[Candidate],
    needs: Mapping[str, Sequence[str]],
    levels: Mapping[str, Level],
    room: Room,
    progress: Progress,
) -> ChosenActions:
    """Return the best of the candidates that are not under way yet.

    Args:
        candidates: In catalogue order.
        needs: What each of them needs that does not hold yet.
        levels: Where every question stands.
        room: What there is to plan with.
        progress: What is under way, which wins its rungs whatever else is chosen.
    """
    begun = {action.id: action for action in progress.begun}
    usable = _find_usable(candidates, needs, set(begun))
    reached = _levels_reached(candidates, levels, set(begun))
    places = {c.action.id: place for place, c in enumerate(usable)}
    ladders = _Ladders(usable, reached)
    choice = find_best_plan(
        Problem(
            options=tuple(
                Option(
                    hours=tuple(map(_quarters, c.work.hours_by_week)),
                    needs=tuple(places[n] for n in needs[c.action.id] if n not in begun),
                    must=c.must,
                    offers=ladders.offers_of(c),
                    earliest=_earliest(needs[c.action.id], room, progress),
                )
                for c in usable
            ),
            ladders=ladders.weights,
            capacity=tuple(map(_quarters, room.hours)),
            slots=room.slots,
            priorities=room.priorities,
        )
    )
    chosen = ((usable[place].action, first) for place, first in choice.first_weeks.items())
    return ChosenActions(tuple(chosen), choice.proven)


def _quarters(hours: Hours) -> int:
    """Return hours as whole quarters, of which a week that ends in less has none."""
    return floor(hours * 4)


def _find_usable(
    candidates: Sequence[Candidate], needs: Mapping[str, Sequence[str]], begun: set[str]
) -> tuple[Candidate, ...]:
    """Return the candidates that are not avoided and whose needs can all be in the plan."""
    usable = {c.action.id for c in candidates if not c.avoid and c.action.id not in begun}
    while stuck := {a for a in usable if not (usable | begun).issuperset(needs[a])}:
        usable -= stuck
    return tuple(c for c in candidates if c.action.id in usable)


def _levels_reached(
    candidates: Sequence[Candidate], levels: Mapping[str, Level], begun: set[str]
) -> Mapping[str, int]:
    """Return where every question stands once what is under way is done."""
    offered = {(r.question, r.level) for c in candidates if c.action.id in begun for r in c.rungs}
    reached = {}
    for question, stands in levels.items():
        level = present_level(stands) or 0
        while (question, level + 1) in offered:
            level += 1
        reached[question] = level
    return reached


def _earliest(needs: Sequence[str], room: Room, progress: Progress) -> int:
    """Return the first working week after every needed action that is under way has ended."""
    under_way = [a for a in progress.begun if a.id in needs and not progress.is_done(a)]
    last = max((action.last_week for action in under_way), default=0)
    planned = sum(week <= last for week in room.weeks)
    return 1 + (max(planned, room.catching_up) if under_way else 0)


class _Ladders:
    """The rungs above the reached levels, as the optimum counts them: from 0 for the first."""

    def __init__(self, usable: Sequence[Candidate], reached: Mapping[str, int]) -> None:
        self._reached = reached
        weights: dict[str, dict[int, int]] = {}
        for rung in (rung for candidate in usable for rung in candidate.rungs):
            if rung.level > reached[rung.question]:
                weights.setdefault(rung.question, {})[rung.level] = rung.weight
        self._places = {question: place for place, question in enumerate(weights)}
        # A rung that nobody offers is never won, and so weighs nothing.
        self.weights = tuple(
            tuple(by_level.get(level, 0) for level in range(reached[question] + 1, 4))
            for question, by_level in weights.items()
        )

    def offers_of(self, candidate: Candidate) -> tuple[tuple[int, int], ...]:
        """Return pairs of ladder and rung."""
        return tuple(
            (self._places[rung.question], rung.level - self._reached[rung.question] - 1)
            for rung in candidate.rungs
            if rung.level > self._reached[rung.question]
        )
