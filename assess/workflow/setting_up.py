"""Tasks of set-up that may wait: each takes minutes, and "not for us" ends it for good."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assess.identity import TeamName
from assess.store import Store


@dataclass(frozen=True, slots=True)
class SetUp:
    """One task of set-up; `is_open` tells whether it is still to be done, and makes sense yet."""

    id: str
    text: str
    minutes: int
    command: tuple[str, ...]
    is_open: Callable[[Store, TeamName], bool]


SET_UPS: Final[tuple[SetUp, ...]] = (
    SetUp(
        "names",
        "Name the people, so that the plan names them instead of roles.",
        2,
        ("people", "add"),
        lambda store, team: not store.load_people(team).people,
    ),
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
