"""The JSON document of `assess compare`.

Numbers have four decimals: scores rounded down, changes towards zero, noise and p-values
half up. Members' figures come in steps of five points, as scoring hands them out, and what
would tell of single answers is null.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StrictBool

from assess.answers import Day
from assess.comparison.matching import NotComparedReason
from assess.comparison.noise import Word
from assess.comparison.promise import PromiseState, PromiseWord
from assess.comparison.records import Comparison
from assess.datafile import Id, Many
from assess.documents.record import (
    ChangeNumber,
    Count,
    Counts,
    Document,
    Ids,
    LevelNumber,
    NoiseNumber,
    ShareNumber,
    StageName,
    found_at,
    taken_from,
)
from assess.figures import json_amount
from assess.scoring.records import Level, View

Before = Field(validation_alias=found_at("before", "from"), serialization_alias="from")
After = Field(validation_alias=found_at("after", "to"), serialization_alias="to")
AmountNumber = Annotated[int | float, taken_from(Decimal, json_amount)]
Length = Annotated[Count, taken_from(tuple, len)]


class LeftOutDocument(Document):
    question: Id
    reason: NotComparedReason


class QuestionsDocument(Document):
    """What is compared; `reworded` are those whose wording changed, and only where some did."""

    compared: Count
    left_out: Many[LeftOutDocument]
    reworded: Ids


class PutAsideDocument(Document):
    on: Day
    cause: str


class FollowedDocument(Document):
    """What came of a promised level."""

    question: Annotated[Id, Field(validation_alias=found_at("promised.question"))]
    start: Annotated[
        Level, Field(validation_alias=found_at("promised.start"), serialization_alias="from")
    ]
    end: Annotated[
        LevelNumber, Field(validation_alias=found_at("promised.end"), serialization_alias="to")
    ]
    now: Level | None
    state: PromiseState
    shown: StrictBool | None
    put_aside: Annotated[
        PutAsideDocument | None, Field(validation_alias=found_at("promised.put_aside"))
    ]


class PlannedDocument(Document):
    promised: Many[FollowedDocument]
    added: Many[FollowedDocument]
    reached: Length
    shown: Count
    rose: Count
    p: NoiseNumber | None
    word: PromiseWord | None


class DistanceChange(Document):
    before: Annotated[Count | None, Before]
    after: Annotated[Count | None, After]


class StageChange(Document):
    before: Annotated[StageName | None, Before]
    after: Annotated[StageName | None, After]
    distance: DistanceChange


class ChangeDocument(Document):
    before: Annotated[ShareNumber | None, Before]
    after: Annotated[ShareNumber | None, After]
    change: ChangeNumber | None


class IndexDocument(ChangeDocument):
    mdc: NoiseNumber | None
    word: Word | None


class DimensionChangeDocument(ChangeDocument):
    rest: ChangeNumber
    mdc: NoiseNumber
    p: NoiseNumber
    p_adjusted: NoiseNumber
    word: Word


class MoveDocument(Document):
    question: Id
    before: Annotated[LevelNumber, Before]
    after: Annotated[LevelNumber, After]


class ComparedFigureDocument(Document):
    goal: Id | None
    action: Id | None
    figure: Id
    name: str
    unit: str
    before: Annotated[AmountNumber | None, Before]
    after: Annotated[AmountNumber | None, After]
    target: AmountNumber | None
    progress: ShareNumber | None
    helped_by: Annotated[str | None, taken_from(str, lambda title: title or None)]


class ActionDocument(Document):
    action: Id
    done: StrictBool
    steps: Counts
    lifts: Mapping[Id, LevelNumber]


class ComparisonDocument(Document):
    """Two assessments side by side; `with` stands only beside two teams."""

    team: str
    other_team: Annotated[str | None, Field(serialization_alias="with")]
    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]
    view: View
    questions: Annotated[QuestionsDocument, Field(validation_alias=found_at("matching"))]
    planned: PlannedDocument | None
    stage: StageChange
    scores: Mapping[StageName, ChangeDocument]
    index: IndexDocument
    dimensions: Mapping[Id, DimensionChangeDocument]
    moves: Many[MoveDocument]
    figures: Many[ComparedFigureDocument]
    actions: Many[ActionDocument]


def describe_comparison(comparison: Comparison) -> dict[str, Any]:
    """Return the document of `assess compare --json`."""
    before, after = comparison.before, comparison.after
    distance = {"before": before.distance, "after": after.distance}
    document = ComparisonDocument.describe(
        comparison,
        stage={"before": before.stage, "after": after.stage, "distance": distance},
        index=comparison.index or dict.fromkeys(IndexDocument.model_fields),
    ).as_json()
    if not comparison.other_team:
        del document["with"]
    if not comparison.matching.reworded:
        del document["questions"]["reworded"]
    return document
