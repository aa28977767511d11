"""The file that the form saves: what is outside the seal, and what is inside."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StrictInt

from assess.answers import Day, Respondent
from assess.documents.record import Document

SEALED_FORMAT: Final = "assess-sealed-answers"
MOST_SEALED: Final = 4_000_000
"""Letters of a file; the longest answers to 200 questions take less."""


class SealedFile(Document):
    """A file of the form; `key` tells which key opens the box, and nothing else is told."""

    format: Literal["assess-sealed-answers"]
    version: Literal[1]
    key: Annotated[str, Field(max_length=100)]
    box: Annotated[str, Field(max_length=MOST_SEALED)]


class SealedAnswers(Document):
    """What one person answered in the form; `number` is drawn once for each file."""

    number: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    code: Annotated[str, Field(max_length=100)]
    questionnaire: str
    version: StrictInt
    team: str
    date: Day
    respondent: Respondent
    answers: dict[str, Any]
    hours_per_week: StrictInt | None = None
    team_size: StrictInt | None = None

    def as_answers_table(self) -> dict[str, Any]:
        """Return the same as the table of an answers file."""
        return self.model_dump(exclude={"number"}, exclude_defaults=True)
