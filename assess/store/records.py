"""What the store hands out beside the values of the core."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from assess.answers import Answer, Answers, Respondent
from assess.errors import Problem
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.record import record

Intake = Literal["new", "same", "replaced"]
"""What keeping something did: it was not there; it was there already; it took a place."""


@record
class KeptTeam:
    """A team by the name that was first typed, and how many assessments it has."""

    name: TeamName
    archived: bool
    assessments: int


@record
class PlanDates:
    """When a plan begins and ends, when its team is away, and on which days it was checked."""

    start: date
    end: date
    weeks_off: tuple[int, ...]
    days_off: tuple[date, ...]
    checked: tuple[date, ...]


@record
class Seat:
    """The place of one invited member, whose code was not used yet.

    `lock` opens the `draft` that was begun with the code.
    """

    key: AssessmentKey
    code: str = field(repr=False)
    draft: str
    lock: bytes = field(repr=False)


@record
class FormKey:
    """What a form needs: the point to seal for, what for, the salt of drafts, its own code.

    `code` is empty where each person has one.
    """

    public: bytes
    purpose: str
    salt: bytes
    code: str = field(repr=False)


@record
class Draft:
    """Answers that somebody is giving; `by_question` has those given so far.

    The questionnaire is the one with which the draft was begun.
    """

    id: str
    team: TeamName
    questionnaire: Questionnaire
    date: date
    respondent: Respondent
    by_question: Mapping[str, Answer]
    hours_per_week: int | None
    team_size: int | None
    same_manager: bool

    @property
    def key(self) -> AssessmentKey:
        """What names the assessment that it belongs to."""
        return AssessmentKey(self.team, self.questionnaire.id, self.date)

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
            about=self.questionnaire.said,
        )


@record
class Imported:
    """How much an import brought in; `same` were there already."""

    teams: int
    assessments: int
    drafts: int
    replaced: int
    same: int


@record
class Checkup:
    """What a store holds: what of it cannot be read, and how much of each kind is whole.

    `files` are those to which plans were written.
    """

    problems: tuple[Problem, ...]
    whole: Mapping[str, int]
    files: frozenset[str]
