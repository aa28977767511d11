"""Assessments as rows, and the questionnaires that belong to them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, get_args

from assess.answers import Assessment, AssessmentState
from assess.documents.encoding import as_json, to_json
from assess.documents.values import JsonObject, content_hash, questionnaire_from, questionnaire_text
from assess.errors import nearest
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store.database import Database
from assess.store.teams import ensure_team, find_team, require_team

_COLUMNS: Final = """
    SELECT assessment.id, team.id, team.name, questionnaire, date, hash, state, minimum,
        same_manager, same_members, invited, closed, salt, manager, consensus
    FROM assessment JOIN team ON team.id = assessment.team
"""
_OF_ALL: Final = """
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
    texts: Mapping[str, bytes]

    @property
    def entry(self) -> str:
        return str(self.key)

    @property
    def facts(self) -> dict[str, Any]:
        """What an export says of it too, beside team, date, answers and plan."""
        keys = "questionnaire=hash state minimum same_manager same_members invited closed"
        return dict(as_json(self, keys))

    @property
    def columns(self) -> tuple[int, str, str]:
        """Team, questionnaire and date, as the tables name them."""
        return self.team_id, self.key.questionnaire, self.key.day.isoformat()

    def document(self, respondent: str) -> JsonObject | None:
        """Return what the manager or the team together answered; not JSON where it is damaged."""
        return json.loads(self.texts[respondent]) if respondent in self.texts else None

    @property
    def documents(self) -> dict[str, JsonObject | None]:
        return {respondent: self.document(respondent) for respondent in self.texts}


def find_assessment(db: Database, key: AssessmentKey) -> KeptRow | None:
    named = (find_team(db, key.team), key.questionnaire, key.day.isoformat())
    found = db.row(f"{_COLUMNS} WHERE (assessment.team, questionnaire, date) = (?, ?, ?)", *named)
    return _row(db, found) if found else None


def require_assessment(db: Database, key: AssessmentKey) -> KeptRow:
    require_team(db, key.team)
    row = find_assessment(db, key)
    if row is None:
        others = find_assessments(db, key.team, key.questionnaire)
        what = f"There is no assessment of '{key.team}' with '{key.questionnaire}' on {key.day}."
        fix = nearest(str(key.day), (str(other.key.day) for other in others))
        raise db.problem(what, f"{key.team}, {key.questionnaire}", fix)
    return row


def require_open(db: Database, key: AssessmentKey) -> KeptRow:
    """Return the assessment that members can answer now."""
    row = find_assessment(db, key)
    if row is None or row.state == "alone":
        what = "This assessment is not open to members."
        fix = "The manager opens it first: assess open --invite 5"
        raise db.problem(what, str(row.key if row else key), fix)
    if row.state == "closed":
        what = "This assessment is closed: the answers of a member come too late."
        raise db.problem(what, row.entry, "Answer in the next assessment.")
    return row


def find_assessments(db: Database, team: TeamName, questionnaire: str) -> tuple[KeptRow, ...]:
    """Return a team's assessments, the oldest first."""
    order = "WHERE assessment.team = ? AND questionnaire = ? ORDER BY date"
    rows = db.rows(f"{_COLUMNS} {order}", find_team(db, team), questionnaire)
    return tuple(_row(db, row) for row in rows)


def each_row(db: Database, questionnaire: str | None, *, archived: bool) -> Iterator[KeptRow]:
    """Return the assessments of all teams, by team, questionnaire and date.

    Without `archived` teams that are put aside are left out.
    """
    for found in db.each(f"{_COLUMNS} {_OF_ALL}", questionnaire, questionnaire, archived):
        yield _row(db, found)


def load_row(db: Database, number: int) -> KeptRow:
    return _row(db, db.rows(f"{_COLUMNS} WHERE assessment.id = ?", number)[0])


def insert_assessment(db: Database, given: Assessment, state: AssessmentState = "alone") -> KeptRow:
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


def change_row(db: Database, row: KeptRow, **columns: object) -> None:
    places = ", ".join(f"{name} = ?" for name in columns)
    db.run(f"UPDATE assessment SET {places} WHERE id = ?", *columns.values(), row.id)


def put_documents(db: Database, row: KeptRow, documents: Mapping[str, JsonObject]) -> None:
    if documents:
        change_row(db, row, **{who: to_json(given).encode() for who, given in documents.items()})


def keep_questionnaire(db: Database, questionnaire: Questionnaire) -> str:
    """Keep a questionnaire as it is now, once, and return its hash."""
    text = questionnaire_text(questionnaire)
    digest = content_hash(text)
    known = (digest, questionnaire.version, questionnaire.subject, text)
    db.run("INSERT OR IGNORE INTO questionnaire VALUES (?, ?, ?, ?)", *known)
    return digest


def load_questionnaire(db: Database, digest: str) -> Questionnaire:
    with db.undamaged(f"questionnaire {digest[:12]}"):
        return questionnaire_from(
            db.rows("SELECT document FROM questionnaire WHERE hash = ?", digest)[0][0]
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
    number, team_id, team, questionnaire, day, digest, state, *numbers = found
    *numbers, closed, salt, manager, consensus = numbers
    with db.undamaged(f"{team}, {questionnaire}, {day}"):
        if state not in get_args(AssessmentState) or not all(isinstance(n, int) for n in numbers):
            raise NeverWrittenError
        minimum, same_manager, same_members, invited = numbers
        texts = {"manager": manager, "consensus": consensus}
        return KeptRow(
            number,
            team_id,
            AssessmentKey(TeamName(team), questionnaire, date.fromisoformat(day)),
            digest,
            state,
            minimum,
            bool(same_manager),
            bool(same_members),
            invited,
            date.fromisoformat(closed) if closed else None,
            bytes(salt),
            {respondent: text for respondent, text in texts.items() if text is not None},
        )
