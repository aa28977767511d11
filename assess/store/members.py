"""The members' part of an assessment: opened, answered, closed once.

A member's answers are a row with a random key. Neither the rows nor, once the file was
rewritten, their place in it tell in which order they came.
"""

import json
import os
from collections.abc import Iterable
from datetime import date

from assess.answers import FEWEST_MEMBERS, Answers, Assessment
from assess.documents.values import answers_from, checked_document, to_json
from assess.figures import count
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.store import invitations
from assess.store.database import Database
from assess.store.records import Intake, Seat
from assess.store.rows import (
    KeptRow,
    change_row,
    find_assessment,
    insert_assessment,
    refuse_misfit,
    require_assessment,
    require_open,
)


def open_assessment(
    db: Database,
    questionnaire: Questionnaire,
    team: TeamName,
    day: date,
    *,
    invite: int,
    minimum: int = 5,
    same_members: bool = False,
) -> tuple[str, ...]:
    """Let so many members answer, and return their one-time codes; they are kept nowhere.

    What is said here is fixed.
    """
    given = Assessment(questionnaire, team, day, minimum=minimum, same_members=same_members)
    if minimum < FEWEST_MEMBERS:
        raise db.problem(
            f"The results of {minimum} members would show who said what.",
            "minimum",
            f"Ask for at least {FEWEST_MEMBERS}; the default is 5.",
        )
    if minimum > invite:
        raise db.problem(
            f"With {count(invite, 'invitation')} no {minimum} members can answer, so "
            "nothing of what they say would ever be shown.",
            "--minimum",
            "Invite more members with --invite, or ask for fewer answers with --minimum.",
        )
    row = find_assessment(db, given.key)
    if row is None:
        row = insert_assessment(db, given, "open")
        return _invite_first(db, row, invite)
    if row.state == "closed":
        raise db.problem(
            "This assessment is closed: its members' results exist once, at closing.",
            row.entry,
            "Open an assessment at another date.",
        )
    refuse_misfit(db, row, given.questionnaire)
    if row.state == "open":
        raise db.problem(
            f"This assessment is open already: {row.invited} are invited, and results are shown "
            f"from {row.minimum} on.",
            row.entry,
            "Go on as it was opened; for more members: assess open --add 1",
        )
    change_row(db, row, state="open", minimum=minimum, same_members=same_members)
    return _invite_first(db, row, invite)


def _invite_first(db: Database, row: KeptRow, invite: int) -> tuple[str, ...]:
    invitations.make_seal(db, row, "member")
    return invitations.invite(db, row, invite)


def add_invitations(db: Database, key: AssessmentKey, more: int) -> tuple[str, ...]:
    """Invite more members, and return their codes; refused once somebody answered."""
    row = require_open(db, key)
    if load_members(db, row):
        raise db.problem(
            "Somebody answered already, and relied on how many were invited.",
            row.entry,
            "Whoever was not invited can answer in the next assessment.",
        )
    return invitations.invite(db, row, more)


def close_assessment(db: Database, key: AssessmentKey, day: date) -> Intake:
    """End the members' part for good; codes, keys and drafts of members are deleted."""
    row = require_assessment(db, key)
    if row.state == "closed":
        return "same"
    if row.state == "alone":
        raise db.problem(
            "This assessment was not opened to members.",
            row.entry,
            "Open it: assess open --invite 5",
        )
    change_row(db, row, state="closed", closed=day.isoformat())
    invitations.end_invitations(db, row)
    return "new"


def add_member(
    db: Database, questionnaire: Questionnaire, answers: Answers, code: str | None = None
) -> None:
    """Take in what one member answered; the code, of the answers if no other, is used up.

    Two members who answer alike are two; a code brings in one.

    Raises:
        AnswersError: The answers do not fit their questionnaire.
    """
    row = require_open(db, answers.key)
    refuse_misfit(db, row, questionnaire)
    digest = invitations.require_unused(db, row, answers.code if code is None else code)
    put_members(db, row, [to_json(checked_document(answers, questionnaire))])
    invitations.use_code(db, digest)


def send_begun(db: Database, seat: Seat, questionnaire: Questionnaire, answers: Answers) -> None:
    """Make what a member answered part of the assessment, without order or time."""
    invitations.drop_begun(db, seat)
    add_member(db, questionnaire, answers, seat.code)


def load_members(db: Database, row: KeptRow) -> list[str]:
    """Return the documents of all members, in the order of their content."""
    rows = db.rows("SELECT document FROM member WHERE assessment = ? ORDER BY document", row.id)
    return [text for (text,) in rows]


def read_members(db: Database, row: KeptRow, questionnaire: Questionnaire) -> tuple[Answers, ...]:
    return tuple(
        answers_from(json.loads(text), row.key, questionnaire, "member")
        for text in load_members(db, row)
    )


def put_members(db: Database, row: KeptRow, documents: Iterable[str]) -> None:
    for text in documents:
        db.run("INSERT INTO member VALUES (?, ?, ?)", os.urandom(16), row.id, text)
        # Until then they lie in the file in the order in which they came.
        db.owe_scrub()
