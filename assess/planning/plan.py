"""What a plan is: the actions chosen and scheduled over 13 weeks, and why.

Weeks are calendar weeks of the plan, 1 to 13, both included. Hours are those of the whole
team, exact to a quarter.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from assess.answers import HoursSource
from assess.catalogue.action import Action, Kind, Rung
from assess.catalogue.work import Work
from assess.figures import Hours
from assess.identity import TeamName
from assess.people import Person
from assess.record import record
from assess.rules.finding import Finding
from assess.scoring.margin import Margin
from assess.scoring.profile import Profile
from assess.scoring.records import Level
from assess.scoring.stage import Shares

Reason = Literal["avoided", "too-early", "covered", "waits-for", "places", "hours", "weeks"]
State = Literal["new", "begun", "done"]

USEFUL: Final[frozenset[Reason]] = frozenset({"waits-for", "places", "hours", "weeks"})
"""Why an action is left out that would bring something."""


@record
class PlannedStep:
    """One step with its calendar week and due date; `id` is `<action>/<number from 1>`.

    `owner` is a role, by its id, or the name of a person.
    """

    id: str
    do: str
    week: int
    due: date
    hours: Hours
    owner: str


@record
class OfferedRung:
    """A rung above the present level that an action offers; `weight` includes boosts."""

    question: str
    level: int
    weight: int


@record
class PromisedRung:
    """A question, where it stands, and the level that the plan should bring it to."""

    question: str
    start: Level
    end: int


@record
class Candidate:
    """An action that this team could take up, what of it is left, and what speaks for it.

    `needs` are the levels that do not hold yet, and have to before it begins.
    """

    action: Action
    work: Work
    must: bool
    avoid: bool
    rungs: tuple[OfferedRung, ...]
    needs: tuple[Rung, ...]
    findings: tuple[Finding, ...]

    @property
    def kind(self) -> Kind:
        """As in the catalogue, by what is left: work of which only decisions are is a decision."""
        if self.action.kind == "preparation":
            return "preparation"
        return "priority" if self.work.effort else "decision"


@record
class Priority:
    """One chosen action on the calendar.

    `wins` are the won rungs that it offers, `value` their weights; what two offer counts for
    each, and what is reached already weighs nothing. What `overruns` does not end in time.
    `because` says in whole sentences why it is here. `lead` is the owner of most of its hours,
    and `upkeep` what the habit takes a week once it stands.
    """

    action: Action
    work: Work
    kind: Kind
    state: State
    must: bool
    objective: str
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]
    value: int
    wins: tuple[OfferedRung, ...]
    because: tuple[str, ...]
    lead: str
    upkeep: Hours = 0
    overruns: bool = False

    @property
    def hours(self) -> Hours:
        return sum(step.hours for step in self.steps)


@record
class LeftOut:
    """A candidate that is not in the plan, with the first reason that holds."""

    action: Action
    reason: Reason
    text: str


@record
class Projection:
    """Scores and stage if the plan is carried out; no margin where the view has none."""

    scores: Shares
    stage: str
    complete: bool
    margin: Margin | None


@record
class WeekPlan:
    """One calendar week: its Monday, whether the team is off, and the hours that are planned."""

    number: int
    monday: date
    off: bool
    hours: Hours


@record
class Capacity:
    """The room for a plan: hours a week of the whole team, and when nobody works.

    `days_off` are single working days, which only move what is due. `freed` are the hours of
    each week that recurring work no longer takes; `hours_per_week`, those of the last week,
    hold them.
    """

    hours_per_week: Hours
    source: HoursSource
    weeks_off: tuple[int, ...] = ()
    days_off: tuple[date, ...] = ()
    freed: tuple[Hours, ...] = ()

    @property
    def said(self) -> Hours:
        """The hours a week that there are without any that were freed."""
        return self.hours_per_week - (self.freed[-1] if self.freed else 0)

    @property
    def steady(self) -> Hours:
        """The hours that every week has in which there are any: so fast work is saved up for."""
        least = self.said + (self.freed[0] if self.freed else 0)
        return least or next((hours for hours in self.freed if hours), 0)

    def hours_in(self, week: int) -> Hours:
        """Return the hours of a calendar week, counted from 1."""
        return self.said + self.freed[week - 1] if self.freed else self.hours_per_week


@record
class Plan:
    """Thirteen weeks of a team's work on itself.

    `priorities` are ordered by first week, then catalogue. `reviews` are the dates for
    days 30, 60 and 90. `candidates` are in catalogue order, with those avoided. `profile` is
    where the team stands at the start. `value` counts each won rung once. `distance` is how
    many questions are to go before and after. `hours_room` are all hours of the weeks
    that are planned, whatever part of them may be filled; weeks before this one, and what is
    done, have no hours. `people` are those who were named, and may be none.
    """

    team: TeamName
    assessed: date
    start: date
    end: date
    reviews: tuple[date, date, date]
    team_size: int
    capacity: Capacity
    profile: Profile
    proven: bool
    value: int
    musts: int
    priorities: tuple[Priority, ...]
    weeks: tuple[WeekPlan, ...]
    hours_room: Hours
    promised: tuple[PromisedRung, ...]
    distance: tuple[int, int]
    projected: Projection
    not_now: tuple[LeftOut, ...]
    candidates: tuple[Candidate, ...]
    findings: tuple[Finding, ...]
    actions: Mapping[str, Action]
    people: tuple[Person, ...] = ()

    @property
    def whose(self) -> str:
        return self.profile.questionnaire.whose(self.team)

    @property
    def hours_by_week(self) -> tuple[Hours, ...]:
        return tuple(week.hours for week in self.weeks)


# --- A past plan ---


@record
class ActionRecord:
    """An action of a past plan; weeks are calendar weeks of that plan."""

    id: str
    title: str
    first_week: int
    last_week: int
    steps: tuple[PlannedStep, ...]


@record
class PlanRecord:
    """What a plan said when it was written."""

    team: str
    start: date
    end: date
    hours_per_week: Hours
    actions: tuple[ActionRecord, ...]

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        return tuple(step for action in self.actions for step in action.steps)
