"""Goals and hours as JSON: of `assess goals --json` and its like, and as they are kept."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from assess.datafile import Many
from assess.documents.encoding import as_json
from assess.documents.record import Count, Document, TeamFacts
from assess.figures import Hours, json_hours
from assess.goals.course import (
    expected_progress,
    figure_progress,
    find_grade,
    find_state,
    latest_value,
)
from assess.goals.goal import Goal, KeyFigure, Measured
from assess.goals.measures import MeasuredWork
from assess.goals.recurring import RecurringWork, sum_freed

_OPEN: Final = {"closed": None, "learned": ""}


def describe_goals(team: str, followed: Iterable[Measured], today: date) -> dict[str, Any]:
    """Return goals and measures as they stand today, those that ended too, in their order."""
    kept = KeptGoals.of(followed)
    return {
        "team": str(team),
        "goals": [_describe_goal(goal, today) for goal in kept.goals],
        "measures": [
            {
                **as_json(work, "action=id title start end"),
                "state": find_state(work),
                **as_json(work, "before after"),
                "figure": _describe_figure(work, figure, today),
            }
            for work in kept.measured
            for figure in work.figures
        ],
    }


def _describe_goal(goal: Goal, today: date) -> dict[str, Any]:
    ended = {"closed": goal.closed.on, "learned": goal.closed.learned} if goal.closed else _OPEN
    return {
        **as_json(goal, "id title why owner start end activities helped_by"),
        "state": find_state(goal),
        **as_json(ended),
        "figures": [_describe_figure(goal, figure, today) for figure in goal.figures],
    }


def _describe_figure(goal: Measured, figure: KeyFigure, today: date) -> dict[str, Any]:
    value = latest_value(figure, today)
    return {
        **as_json(figure, "id name=label unit baseline target"),
        "by": as_json(goal.due(figure)),
        "every": figure.every,
        "values": as_json(figure.values, "on value"),
        "now": as_json(value.value) if value else None,
        "expected": as_json(expected_progress(goal, figure, today)),
        "progress": as_json(figure_progress(figure, today)),
        "grade": as_json(find_grade(goal, figure)),
        "confidence": as_json(figure.confidence, "on points"),
    }


def describe_hours(team: str, works: Iterable[RecurringWork], free: Hours | None) -> dict[str, Any]:
    known = tuple(works)
    freed = sum_freed(known)
    hours = {"free": free, "freed": freed, "in_all": None if free is None else free + freed}
    return {
        "team": str(team),
        "recurring": [work.model_dump(mode="json", by_alias=True) for work in known],
        "hours": {key: None if n is None else json_hours(n) for key, n in hours.items()},
    }


# --- As it is kept ---


class KeptGoals(TeamFacts):
    """The goals of a team, every quarter's, as they were set; and work, with its measures."""

    kind: ClassVar[str] = "goals"

    goals: Many[Goal] = ()
    measured: Many[MeasuredWork] = ()

    @classmethod
    def of(cls, followed: Iterable[Measured]) -> "KeptGoals":
        """Return all that is followed, each with its like."""
        every = tuple(followed)
        return cls(
            goals=tuple(one for one in every if isinstance(one, Goal)),
            measured=tuple(one for one in every if isinstance(one, MeasuredWork)),
        )

    @property
    def followed(self) -> tuple[Measured, ...]:
        return (*self.goals, *self.measured)

    def put(self, one: Measured) -> "KeptGoals":
        """Return the same with one in the place of that with its address, or at the end."""
        every = {known.address: known for known in self.followed}
        return KeptGoals.of({**every, one.address: one}.values())


class GoalDraft(Document):
    """A goal that somebody is setting: what was typed so far, in its order, by what was asked."""

    number: Count
    typed: Annotated[
        tuple[Annotated[tuple[str, str], Field(strict=False)], ...], Field(strict=False)
    ]


class KeptGoalDrafts(TeamFacts):
    """The goals that were begun, each by itself: two may be set at the same time."""

    kind: ClassVar[str] = "goal_drafts"

    drafts: Many[GoalDraft] = ()


class KeptHours(TeamFacts):
    """What fills a team's weeks, and what was decided about it."""

    kind: ClassVar[str] = "hours"

    recurring: Many[RecurringWork] = ()
