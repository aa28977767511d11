"""What the store hands out beside the values of the core."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from assess.answers import EARLIEST, LATEST, Answer, Answers, HoursSource, Respondent
from assess.catalogue import Cause
from assess.datafile import Record
from assess.questionnaire import Questionnaire

Outcome = Literal["new", "same", "replaced"]
"""What keeping something did: it was not there; it was there already; it took a place."""

State = Literal["alone", "open", "closed"]
"""Of an assessment: without members; members may answer; members have answered."""

Day = Annotated[date, Field(strict=False, ge=EARLIEST, le=LATEST)]
Words = Annotated[tuple[str, ...], Field(strict=False)]
Hours = Annotated[StrictInt, Field(ge=0, le=10_000)]


@dataclass(frozen=True, slots=True)
class Team:
    """A team by the name that was first typed, and how many assessments it has."""

    name: str
    archived: bool
    assessments: int


@dataclass(frozen=True, slots=True)
class KeptAssessment:
    """What is kept of one assessment, without the answers themselves.

    `members` have sent their answers, `unsent` have begun. `replaced` counts earlier
    versions of it.
    """

    team: str
    questionnaire: str
    version: int
    date: date
    state: State
    minimum: int
    manager: bool
    consensus: bool
    members: int
    unsent: int
    plan: bool
    checkins: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers that somebody is giving; `by_question` has those given so far.

    The questionnaire is the one with which the draft was begun.
    """

    id: str
    team: str
    questionnaire: Questionnaire
    date: date
    respondent: Respondent
    by_question: Mapping[str, Answer]
    hours_per_week: int | None
    team_size: int | None
    same_manager: bool

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions without an answer, in the order of the questionnaire."""
        return tuple(q for q in self.questionnaire.by_id if q not in self.by_question)

    @property
    def answers(self) -> Answers:
        """The answers as they stand; with open questions they are not to be scored."""
        return Answers(
            questionnaire=self.questionnaire.id,
            version=self.questionnaire.version,
            team=self.team,
            date=self.date,
            respondent=self.respondent,
            by_question=self.by_question,
            hours_per_week=self.hours_per_week,
            team_size=self.team_size,
        )


class WrittenPlan(Record):
    """A plan as the tool last wrote it.

    `document` is the plan as JSON, `text` the Markdown, `path` the file it went to (empty
    when it went to none). `wants` and `skips` are the person's own musts and avoids.
    """

    document: Mapping[str, Any]
    text: str
    path: str
    start: Day
    hours_per_week: Hours
    hours_source: HoursSource
    weeks_off: Annotated[tuple[StrictInt, ...], Field(strict=False)] = ()
    wants: Words = ()
    skips: Words = ()


class Blocker(Record):
    """What held the team up, and which of the five causes is behind it, if known."""

    text: str
    cause: Cause | None = None


class CheckIn(Record):
    """One reading of the plan: what was found in it (as JSON), and what people said."""

    date: Day
    found: Mapping[str, Any]
    wins: Words = ()
    blockers: Annotated[tuple[Blocker, ...], Field(strict=False)] = ()
    notes: str = ""


class KeptPlan(Record):
    """The plan of an assessment.

    `first` is its document as first written, which names the focus dimensions. `marks` says
    of every step and action that was last read whether it is done. Check-ins are in the
    order in which they were kept.
    """

    first: Mapping[str, Any]
    written: WrittenPlan
    marks: Mapping[str, bool] = Field(default_factory=dict)
    checkins: Annotated[tuple[CheckIn, ...], Field(strict=False)] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """How much an import brought in; `same` were there already."""

    teams: int
    assessments: int
    drafts: int
    replaced: int
    same: int
