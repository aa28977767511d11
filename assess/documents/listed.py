"""The JSON documents of what lists: teams and what is due, assessments, questionnaires."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from assess.answers import AssessmentState, Day
from assess.datafile import Id, Many
from assess.documents.record import (
    Count,
    Document,
    Scores,
    ShareNumber,
    StageName,
    Words,
    keyed,
    taken_from,
)
from assess.questionnaire import SubjectKind
from assess.scoring.records import View


class DueDocument(Document):
    task: str
    text: str
    command: str


class PromisedCounts(Document):
    true: Count
    of: Count


class HomeDocument(Document):
    """A team as `assess` alone tells of it."""

    team: str
    questionnaire: Id | None
    assessed: Day | None
    stage: StageName | None
    complete: StrictBool
    promised: Annotated[PromisedCounts, keyed("true", "of")]
    due: Many[DueDocument]


class ListedTeam(Document):
    name: str
    archived: StrictBool
    assessments: Count
    last: Day | None
    stage: StageName | None


class ListedAssessment(Document):
    """What is kept of an assessment, without the answers themselves."""

    team: str
    questionnaire: Id
    version: StrictInt
    subject: SubjectKind
    closed: Day | None
    date: Day
    state: AssessmentState
    minimum: Count
    manager: StrictBool
    consensus: StrictBool
    members: Count
    invited: Count
    plan: StrictBool
    checkins: Count
    replaced: Count


class ScoredAssessment(ListedAssessment):
    """The same with its result, where one may be shown."""

    view: View | None
    stage: StageName | None
    complete: StrictBool
    scores: Scores
    index: ShareNumber | None


class QuestionnaireHead(Document):
    id: Id
    version: StrictInt
    title: str
    questions: Annotated[Count, taken_from(tuple, len)]


class EntryDocument(Document):
    """A question of the start profile."""

    id: Id
    ask: str
    choices: Mapping[str, str]


class DimensionTitle(Document):
    id: Id
    title: str


class QuestionDocument(Document):
    id: Id
    dimension: Id
    ask: str
    levels: Words
    members: StrictBool
    applies: Mapping[str, Words]


class QuestionnaireDocument(Document):
    """A questionnaire with all that it asks."""

    id: Id
    version: StrictInt
    title: str
    about: Many[EntryDocument]
    dimensions: Many[DimensionTitle]
    questions: Annotated[Many[QuestionDocument], Field(min_length=1)]
