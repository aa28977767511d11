"""Goals and hours as JSON: of `assess goals --json` and its like, and as they are kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, ClassVar, Final

from pydantic import Field

from assess.answers import Day
from assess.datafile import Id, Many
from assess.documents.record import Count, Document, HoursNumber, ShareNumber, Words
from assess.figures import Hours
from assess.goals.course import (
    expected_progress,
    figure_progress,
    find_grade,
    find_state,
    latest_value,
)
from assess.goals.goal import (
    Amount,
    ConfidenceNote,
    FigureValue,
    Goal,
    GoalState,
    KeyFigure,
    Measured,
    SmartCheck,
    Turn,
)
from assess.goals.measures import MeasuredWork
from assess.goals.recurring import RecurringWork, sum_freed
from assess.goals.smart import GoalFinding


class FigureDocument(Document):
    """A key figure, and where it is today; `confidence` only in the form of OKRs."""

    id: Id
    name: str
    unit: str
    baseline: Amount | None
    target: Amount | None
    by: Day | None
    every: Turn
    values: Many[FigureValue]
    now: Amount | None
    expected: ShareNumber | None
    progress: ShareNumber | None
    grade: ShareNumber | None
    confidence: Many[ConfidenceNote] = ()


class GoalDocument(Document):
    """A goal as it stands today."""

    id: Id
    title: str
    why: str
    owner: str
    start: Day | None
    end: Day | None
    activities: Words
    helped_by: Id | None
    state: GoalState
    closed: Day | None
    learned: str
    figures: Many[FigureDocument]


class MeasureDocument(Document):
    """A piece of work and its measure; what the catalogue says of baseline and target in words."""

    action: Id
    title: str
    start: Day | None
    end: Day | None
    state: GoalState
    before: str
    after: str
    figure: FigureDocument


class GoalsDocument(Document):
    """All goals of a team, those that ended too, in the order in which they were set."""

    team: str
    goals: Many[GoalDocument]
    measures: Many[MeasureDocument] = ()


class FindingDocument(Document):
    goal: Id | None
    figure: Id | None
    check: SmartCheck
    what: str
    fix: str


class FindingsDocument(Document):
    """What the check of goals asks about."""

    findings: Many[FindingDocument]


class HoursInAll(Document):
    """Hours a week: what there is anyway, what decisions free, and both."""

    free: HoursNumber | None
    freed: HoursNumber
    in_all: HoursNumber | None


class HoursDocument(Document):
    team: str
    recurring: Many[RecurringWork]
    hours: HoursInAll


def describe_goals(team: str, followed: Iterable[Measured], today: date) -> GoalsDocument:
    """Return goals, and the measures of work, as they stand today."""
    kept = KeptGoals.of(followed)
    return GoalsDocument(
        team=team,
        goals=tuple(_describe_goal(goal, today) for goal in kept.goals),
        measures=tuple(
            MeasureDocument.describe(
                work,
                action=work.id,
                state=find_state(work),
                figure=_describe_figure(work, figure, today),
            )
            for work in kept.measured
            for figure in work.figures
        ),
    )


def _describe_goal(goal: Goal, today: date) -> GoalDocument:
    return GoalDocument.describe(
        goal,
        state=find_state(goal),
        closed=goal.closed.on if goal.closed else None,
        learned=goal.closed.learned if goal.closed else "",
        figures=tuple(_describe_figure(goal, figure, today) for figure in goal.figures),
    )


def _describe_figure(goal: Measured, figure: KeyFigure, today: date) -> FigureDocument:
    value = latest_value(figure, today)
    return FigureDocument.describe(
        figure,
        name=figure.label,
        by=goal.due(figure),
        now=value.value if value else None,
        expected=expected_progress(goal, figure, today),
        progress=figure_progress(figure, today),
        grade=find_grade(goal, figure),
    )


def describe_findings(found: Iterable[GoalFinding]) -> FindingsDocument:
    """Return what the check of goals found."""
    return FindingsDocument(findings=tuple(map(FindingDocument.describe, found)))


def describe_hours(team: str, works: Iterable[RecurringWork], free: Hours | None) -> HoursDocument:
    """Return recurring work, and the hours a week beside and because of it."""
    known = tuple(works)
    freed = sum_freed(known)
    return HoursDocument(
        team=team,
        recurring=known,
        hours=HoursInAll(free=free, freed=freed, in_all=None if free is None else free + freed),
    )


# --- As it is kept ---


class TeamFacts(Document):
    """What is kept of a team beside its assessments, one of each kind."""

    kind: ClassVar[str]
    """The key under which it is kept and exported."""


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
        """Everything that has key figures."""
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


TEAM_FACTS: Final[Mapping[str, type[TeamFacts]]] = {
    model.kind: model for model in (KeptGoals, KeptGoalDrafts, KeptHours)
}
