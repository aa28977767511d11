"""The JSON documents around an assessment with members, and around what is carried elsewhere."""

from pydantic import StrictBool

from assess.answers import AssessmentState, Day
from assess.datafile import Id, Many
from assess.documents.checked import ProblemDocument
from assess.documents.record import Count, Document, Words


class OpenedDocument(Document):
    """An assessment that members can answer, and how many did."""

    team: str
    questionnaire: Id
    date: Day
    state: AssessmentState
    minimum: Count
    invited: Count
    members: Count


class CodesDocument(OpenedDocument):
    """The same with codes that were drawn just now."""

    codes: Words
    same_members: StrictBool | None = None


class RefusedDocument(Document):
    """A file that was not taken in, and everything that is wrong with it."""

    file: str
    problems: Many[ProblemDocument]


class CollectingDocument(OpenedDocument):
    """An assessment of which something was taken in; `open` counts unused invitations."""

    open: Count


class CollectedDocument(Document):
    """What came of the files that members sent."""

    collected: Count
    already: Count
    refused: Many[RefusedDocument]
    assessments: Many[CollectingDocument]


class ExportedFiles(Document):
    """Where an export was written to."""

    file: str | None
    backup: str | None


class ImportedDocument(Document):
    """How much an import brought, replaced, or found to be there already."""

    teams: Count
    assessments: Count
    drafts: Count
    replaced: Count
    same: Count
