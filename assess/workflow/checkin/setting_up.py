"""Tasks of set-up that may wait: each takes minutes, and "not for us" ends it for good."""

from collections.abc import Callable
from typing import Final

from assess.documents.goals import KeptGoals, KeptHours
from assess.identity import TeamName
from assess.record import record
from assess.store import Store


@record
class SetUp:
    """One task of set-up; `is_open` tells whether it is still to be done, and makes sense yet."""

    id: str
    text: str
    minutes: int
    command: tuple[str, ...]
    is_open: Callable[[Store, TeamName], bool]


def _may_set_goals(store: Store, team: TeamName) -> bool:
    """Tell whether goals are still to be set, and the team has learnt to write some."""
    assessed = [kept for kept in store.history(team) if kept.state != "open"]
    if store.load_facts(team, KeptGoals).goals or not assessed:
        return False
    latest = max(assessed, key=lambda kept: kept.date)
    assessment, plan = store.load_assessment(latest.key), store.load_plan(latest.key)
    answers = assessment.consensus or assessment.manager
    given = answers.by_question.get(_GOALS_WRITTEN) if answers else None
    if given is None or (isinstance(given.level, int) and given.level > 0):
        return True
    offered = plan.as_first_written.candidates if plan else ()
    return plan is not None and any(
        plan.marks.get(one.action) and any(rung.question == _GOALS_WRITTEN for rung in one.rungs)
        for one in offered
    )


_GOALS_WRITTEN: Final = "goals-written"
"""A team that has not reached the first level here learns by an action to write goals."""

SET_UPS: Final[tuple[SetUp, ...]] = (
    SetUp(
        "names",
        "Name the people behind the roles.",
        2,
        ("people", "add"),
        lambda store, team: not store.load_people(team).people,
    ),
    SetUp(
        "hours",
        "Find the hours: what may stop?",
        15,
        ("hours", "add"),
        lambda store, team: not store.load_facts(team, KeptHours).recurring,
    ),
    SetUp("goals", "Set goals with a KPI (key figure) each.", 30, ("goals", "add"), _may_set_goals),
)
"""In the order in which they are offered; whoever brings a command with such a task adds it."""


def list_set_ups(store: Store, team: TeamName) -> tuple[SetUp, ...]:
    """Return the tasks of set-up that are open for a team."""
    plans = (store.load_plan(kept.key) for kept in store.history(team) if kept.plan)
    declined = {
        name
        for plan in plans
        if plan is not None
        for said in (*(one.said for one in plan.checkins), plan.said)
        for name in said.not_for_us
    }
    return tuple(one for one in SET_UPS if one.id not in declined and one.is_open(store, team))
