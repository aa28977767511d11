"""Whether work surely fits into a plan, for every team with its usual hours or more.

A schedule is looked for by taking one action after the other, each as early as it can begin.
What it finds is there; what it does not find may still be there: *no* only means *not proved*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, count, product
from math import ceil
from typing import Final

from assess.catalogue import Action, find_work
from assess.catalogue.action import MOST_PEOPLE
from assess.rules import Limits

SIZES: Final = range(1, MOST_PEOPLE + 1)
"""A larger team sends no more people, and has more hours."""

Shape = tuple[Fraction | int, ...]
"""The hours of an action, week by week."""


@dataclass(frozen=True, slots=True)
class Need:
    """An action that has to be in a plan, after others; a must takes no place."""

    action: Action
    after: frozenset[str]
    is_must: bool


class Room:
    """What plans have room for; remembers what has been tried."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[tuple[tuple[str, ...], int], bool] = {}
        self._shapes: dict[tuple[str, int, int], tuple[Shape, ...]] = {}

    def holds(self, needs: Sequence[Need], size: int) -> bool:
        """Tell whether actions, in this order, fit for a team of a size and usual hours or more."""
        key = tuple(need.action.id for need in needs), size
        if key not in self._known:
            self._known[key] = self._has_places(needs) and self._has_hours(needs, size)
        return self._known[key]

    def _has_places(self, needs: Sequence[Need]) -> bool:
        kinds = [need.action.kind for need in needs if not need.is_must]
        limits = self._limits
        enough = kinds.count("priority") <= limits.priorities
        return enough and kinds.count("decision") <= limits.decisions

    def _has_hours(self, needs: Sequence[Need], size: int) -> bool:
        tried: set[tuple[Shape, ...]] = set()
        for hours in count(ceil(self._limits.default_hours(size))):
            variants = [self._find_shapes(need.action, size, hours) for need in needs]
            # What fits with fewer hours fits with more, unless other weeks are filled with it.
            fresh = [shapes for shapes in product(*variants) if shapes not in tried]
            if not all(self._can_schedule(needs, shapes, hours) for shapes in fresh):
                return False
            if all(max(shape) <= hours for shapes in variants for shape in shapes):
                return True
            tried.update(fresh)
        raise AssertionError("hours have no end")

    def _find_shapes(self, action: Action, size: int, hours: int) -> tuple[Shape, ...]:
        """Return the hours of an action by week, for whatever of its lifts is left."""
        key = action.id, size, hours
        if key not in self._shapes:
            lifts = [*action.lifts]
            reached = (some for n in range(len(lifts) or 1) for some in combinations(lifts, n))
            works = (find_work(action, size, hours or None, some) for some in reached)
            self._shapes[key] = tuple(dict.fromkeys(work.hours_by_week for work in works))
        return self._shapes[key]

    def _can_schedule(self, needs: Sequence[Need], shapes: Sequence[Shape], hours: int) -> bool:
        """Tell whether each can begin in the first week that those before it leave free."""
        limits = self._limits
        if sum(map(sum, shapes)) > Fraction(limits.fill) * hours * limits.weeks:
            return False
        weeks = _Weeks(limits, hours)
        ends: dict[str, int] = {}
        for need, shape in zip(needs, shapes, strict=True):
            first = max((ends.get(name, 0) for name in need.after), default=0)
            begins = range(first, limits.weeks - len(shape) + 1)
            week = next((w for w in begins if weeks.can_begin(need.action, shape, w)), None)
            if week is None:
                return False
            weeks.begin(need.action, shape, week)
            ends[need.action.id] = week + len(shape)
        return True


class _Weeks:
    """What is left of the weeks of a plan; the first is 0."""

    def __init__(self, limits: Limits, hours: int) -> None:
        self._hours = [Fraction(hours)] * limits.weeks
        self._slots = [limits.at_once] * limits.weeks
        starts = {"hours": limits.starts_per_week, "decision": 1, "preparation": 1}
        self._starts = {kind: [number] * limits.weeks for kind, number in starts.items()}

    def can_begin(self, action: Action, shape: Shape, week: int) -> bool:
        return all(self._starts[kind][week] for kind in _kinds(action, shape)) and all(
            self._hours[w] >= hours and (self._slots[w] or not any(shape))
            for w, hours in enumerate(shape, start=week)
        )

    def begin(self, action: Action, shape: Shape, week: int) -> None:
        for kind in _kinds(action, shape):
            self._starts[kind][week] -= 1
        for w, hours in enumerate(shape, start=week):
            self._hours[w] -= hours
            self._slots[w] -= any(shape)


def _kinds(action: Action, shape: Shape) -> list[str]:
    """Return the ways in which the beginning of an action is counted."""
    own: list[str] = [action.kind] if action.kind != "priority" else []
    return [*own, "hours"] if any(shape) else own
