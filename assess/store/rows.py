"""Finding assessments and the documents that belong to them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, get_args

from assess.answers import Assessment, AssessmentState
from assess.documents.values import (
    JsonObject,
    content_hash,
    questionnaire_from,
    questionnaire_text,
    to_json,
)
from assess.errors import nearest
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store.database import Database
from assess.store.teams import ensure_team, find_team, require_team

_SELECT: Final = """
    SELECT assessment.id, team.id, team.name, questionnaire, date, hash, state, minimum,
        same_manager, same_members, invited, closed, salt
"""
_FROM: Final = "FROM assessment JOIN team ON team.id = assessment.team"
_COLUMNS: Final = f"{_SELECT} {_FROM}"
_ANSWERED: Final = f"""
    {_SELECT}, manager.document, consensus.document
    {_FROM}
    LEFT JOIN answers AS manager
        ON manager.assessment = assessment.id AND manager.respondent = 'manager'
    LEFT JOIN answers AS consensus
        ON consensus.assessment = assessment.id AND consensus.respondent = 'consensus'
    WHERE (questionnaire = ? OR ? IS NULL) AND (NOT archived OR ?)
    ORDER BY team.key, questionnaire, date
"""


class NeverWrittenError(ValueError):
    """What stands in the store is nothing that the program ever wrote."""


@record
class KeptRow:
    """One row of the table of assessments, with the display name of its team."""

    id: int
    team_id: int
    key: AssessmentKey
    hash: str
    state: AssessmentState
    minimum: int
    same_manager: bool
    same_members: bool
    invited: int
    closed: date | None
    salt: bytes

    @property
    def entry(self) -> str:
        """Where an error about it lies."""
        return str(self.key)

    @property
    def columns(self) -> tuple[int, str, str]:
        """Team, questionnaire and date, as the tables name them."""
        return self.team_id, self.key.questionnaire, self.key.day.isoformat()


def find_assessment(db: Database, key: AssessmentKey) -> KeptRow | None:
    found = db.row(
        f"{_COLUMNS} WHERE assessment.team = ? AND questionnaire = ? AND date = ?",
        find_team(db, key.team),
        key.questionnaire,
        key.day.isoformat(),
    )
    return _row(db, found) if found else None


def require_assessment(db: Database, key: AssessmentKey) -> KeptRow:
    require_team(db, key.team)
    row = find_assessment(db, key)
    if row is None:
        others = find_assessments(db, key.team, key.questionnaire)
        raise db.problem(
            f"There is no assessment of '{key.team}' with '{key.questionnaire}' on {key.day}.",
            f"{key.team}, {key.questionnaire}",
            nearest(str(key.day), (str(other.key.day) for other in others)),
        )
    return row


def find_assessments(db: Database, team: TeamName, questionnaire: str) -> tuple[KeptRow, ...]:
    """Return a team's assessments, the oldest first."""
    rows = db.rows(
        f"{_COLUMNS} WHERE assessment.team = ? AND questionnaire = ? ORDER BY date",
        find_team(db, team),
        questionnaire,
    )
    return tuple(_row(db, row) for row in rows)


def each_answered(
    db: Database, questionnaire: str | None, *, archived: bool
) -> Iterator[tuple[KeptRow, dict[str, JsonObject]]]:
    """Return the assessments of all teams, by team, questionnaire and date.

    Without `archived` teams that are put aside are left out. With each is what manager and
    consensus answered, as in `load_documents`.
    """
    for *found, manager, consensus in db.each(_ANSWERED, questionnaire, questionnaire, archived):
        row = _row(db, tuple(found))
        with db.undamaged(row.entry):
            given = {"manager": manager, "consensus": consensus}
            documents = {r: json.loads(text) for r, text in given.items() if text is not None}
        yield row, documents


def load_row(db: Database, number: int) -> KeptRow:
    """Return the assessment with this number."""
    return _row(db, db.rows(f"{_COLUMNS} WHERE assessment.id = ?", number)[0])


def insert_assessment(db: Database, given: Assessment, state: AssessmentState) -> KeptRow:
    """Make room for an assessment; its answers are put in by others."""
    db.run(
        """
        INSERT INTO assessment
            (team, questionnaire, date, hash, state, minimum, same_manager, same_members)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        ensure_team(db, given.team),
        given.questionnaire.id,
        given.date.isoformat(),
        keep_questionnaire(db, given.questionnaire),
        state,
        given.minimum,
        given.same_manager,
        given.same_members,
    )
    return require_assessment(db, given.key)


def keep_questionnaire(db: Database, questionnaire: Questionnaire) -> str:
    """Keep a questionnaire as it is now, once, and return its hash."""
    text = questionnaire_text(questionnaire)
    digest = content_hash(text)
    db.run(
        "INSERT OR IGNORE INTO questionnaire VALUES (?, ?, ?, ?, ?)",
        digest,
        questionnaire.id,
        questionnaire.version,
        questionnaire.subject,
        text,
    )
    return digest


def load_questionnaire(db: Database, digest: str) -> Questionnaire:
    """Return a questionnaire as it was."""
    with db.undamaged(f"questionnaire {digest[:12]}"):
        return questionnaire_from(
            db.rows("SELECT document FROM questionnaire WHERE hash = ?", digest)[0][0]
        )


def load_documents(db: Database, row: KeptRow) -> dict[str, JsonObject]:
    """Return what manager and consensus answered, as far as they did."""
    with db.undamaged(row.entry):
        return {
            respondent: json.loads(text)
            for respondent, text in db.rows(
                "SELECT respondent, document FROM answers WHERE assessment = ?", row.id
            )
        }


def put_documents(db: Database, row: KeptRow, documents: Mapping[str, Mapping[str, Any]]) -> None:
    for respondent, document in documents.items():
        db.run(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", row.id, respondent, to_json(document)
        )


def fits(kept: Questionnaire, given: Questionnaire) -> bool:
    """Say whether answers to one are answers to the other: wording may be mended, no more."""
    same_questions = kept.by_id.keys() == given.by_id.keys()
    return kept.version == given.version and kept.said == given.said and same_questions


def refuse_misfit(db: Database, row: KeptRow, questionnaire: Questionnaire) -> None:
    kept = load_questionnaire(db, row.hash)
    if not fits(kept, questionnaire):
        raise db.problem(
            f"This assessment was begun with version {kept.version} of "
            f"'{kept.id}'; the answers are to version {questionnaire.version}, "
            "to other questions, or with another start profile.",
            row.entry,
            "Answer the questionnaire as it was, with the same [about], or assess at another date.",
        )


def _row(db: Database, found: tuple[Any, ...]) -> KeptRow:
    number, team_id, team, questionnaire, day, digest, state, *more = found
    minimum, manager, members, invited, closed, salt = more
    with db.undamaged(f"{team}, {questionnaire}, {day}"):
        if state not in get_args(AssessmentState) or not all(isinstance(n, int) for n in more[:4]):
            raise NeverWrittenError
        return KeptRow(
            id=number,
            team_id=team_id,
            key=AssessmentKey(TeamName(team), questionnaire, date.fromisoformat(day)),
            hash=digest,
            state=state,
            minimum=minimum,
            same_manager=bool(manager),
            same_members=bool(members),
            invited=invited,
            closed=date.fromisoformat(closed) if closed else None,
            salt=bytes(salt),
        )
