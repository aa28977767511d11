"""An action as one team carries it out: its steps that are left, with hours and weeks."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from math import ceil

from assess.catalogue.action import Action, Measure
from assess.figures import Hours
from assess.record import record


@record
class WorkStep:
    """One step; `number` is its place among all steps of the action, from 1."""

    number: int
    week: int
    hours: Hours
    do: str


@record
class Work:
    """What of an action is left for one team, in its words; steps in the order of the file.

    `hours_by_week` has an entry for each week of the duration. Hours that were saved up for a
    step stand in the weeks where they fall, and the step in the last of them; `shortest` is the
    duration where nothing has to be saved up.
    """

    title: str
    objective: str
    measures: tuple[Measure, ...]
    steps: tuple[WorkStep, ...]
    hours_by_week: tuple[Hours, ...]
    shortest: int

    @property
    def duration(self) -> int:
        return len(self.hours_by_week)

    @cached_property
    def effort(self) -> Hours:
        return sum(self.hours_by_week)


def find_work(
    action: Action,
    team_size: int,
    hours_per_week: Hours | None = None,
    reached: Collection[str] = (),
) -> Work:
    """Return what of an action is left for a team, the manager counted in its size.

    More hours in one week than the team has are spread over several; without `hours_per_week`, or
    with none at all, nothing is spread. `reached` are lifts that need nothing more from the action.

    Source: docs/decisions/0009-planning.md
    """
    left = [question for question in action.lifts if question not in reached]
    words = action.only.get(left[0]) if len(left) == 1 else None
    sized = _sized(action, team_size, reached)
    steps, hours_by_week = _spread(sized, hours_per_week)
    return Work(
        title=(words and words.title) or action.title,
        objective=(words and words.objective) or action.objective,
        measures=(words and words.measures) or action.measures,
        steps=steps,
        hours_by_week=hours_by_week,
        shortest=max(step.week for step in sized),
    )


def _sized(action: Action, team_size: int, reached: Collection[str]) -> list[WorkStep]:
    """Return the steps that are left, in weeks without the gaps that the others have left."""
    numbered = list(enumerate(action.steps, start=1))
    # Whoever demands an action of which all is reached wants it done again, and whole.
    served = ((n, s) for n, s in numbered if s.serves is None or set(s.serves) - set(reached))
    left = list(served) or numbered
    there = {step.week for _, step in left}
    weeks = {step.week for step in action.steps}
    # A pause between two steps is meant, such as a month between two reviews, and stays; one
    # before all that is left waits for nothing.
    emptied = (weeks - there) | set(range(min(weeks), min(there)))
    return [
        WorkStep(
            n,
            step.week - sum(week < step.week for week in emptied),
            step.hours_of(team_size),
            step.do,
        )
        for n, step in left
    ]


def _spread(
    steps: Sequence[WorkStep], hours_per_week: Hours | None
) -> tuple[tuple[WorkStep, ...], tuple[Hours, ...]]:
    """Return steps and hours of each week, with what one week cannot hold saved up for."""
    last = max(step.week for step in steps)
    by_week: list[Hours] = []
    due = {}
    for week in range(1, last + 1):
        hours = sum(step.hours for step in steps if step.week == week)
        by_week += saving_weeks(hours, hours_per_week)
        due[week] = len(by_week)
    return tuple(replace(step, week=due[step.week]) for step in steps), tuple(by_week)


def saving_weeks(hours: Hours, hours_per_week: Hours | None) -> Sequence[Hours]:
    """Return the hours of one week, or of as many as it takes at so many a week."""
    if not hours_per_week or hours <= hours_per_week:
        return [hours]
    full = ceil(hours / hours_per_week) - 1
    return [*[hours_per_week] * full, hours - full * hours_per_week]
