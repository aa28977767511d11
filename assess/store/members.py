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
from assess.identity import AssessmentKey
from assess.questionnaire import Questionnaire
from assess.store import invitations
from assess.store.database import Database
from assess.store.records import Intake
from assess.store.rows import (
    KeptRow,
    find_assessment,
    insert_assessment,
    refuse_misfit,
    require_assessment,
)


def open_assessment(db: Database, given: Assessment, invite: int) -> tuple[str, ...]:
    """Let so many members answer, and return their codes.

    Minimum and questionnaire are fixed from here on.
    """
    refuse_low_minimum(db, given.minimum)
    if given.minimum > invite:
        raise db.problem(
            f"With {count(invite, 'invitation')} no {given.minimum} members can answer, so "
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
    set_opened(db, row, "open", given.minimum, given.same_members)
    return _invite_first(db, row, invite)


def _invite_first(db: Database, row: KeptRow, invite: int) -> tuple[str, ...]:
    invitations.make_seal(db, row, "member")
    return invitations.invite(db, row, invite)


def add_invitations(db: Database, key: AssessmentKey, more: int) -> tuple[str, ...]:
    """Invite more members, and return their codes; the first answer ends this."""
    row = require_open(db, key)
    if load_members(db, row):
        raise db.problem(
            "Somebody answered already, and relied on how many were invited.",
            row.entry,
            "Whoever was not invited can answer in the next assessment.",
        )
    return invitations.invite(db, row, more)


def close_assessment(db: Database, key: AssessmentKey, day: date) -> Intake:
    """End the members' part for good; what members did not send goes, and so do the keys."""
    row = require_assessment(db, key)
    if row.state == "closed":
        return "same"
    if row.state == "alone":
        raise db.problem(
            "This assessment was not opened to members.",
            row.entry,
            "Open it: assess open --invite 5",
        )
    db.run(
        "UPDATE assessment SET state = 'closed', closed = ? WHERE id = ?", day.isoformat(), row.id
    )
    invitations.end_invitations(db, row)
    return "new"


def add_member(db: Database, questionnaire: Questionnaire, answers: Answers, code: str) -> None:
    """Take in what one more member answered; the code is used up.

    Two members who answer alike are two; a code brings in one.
    """
    row = require_open(db, answers.key)
    refuse_misfit(db, row, questionnaire)
    digest = invitations.require_unused(db, row, code)
    put_members(db, row, [to_json(checked_document(answers, questionnaire))])
    invitations.use_code(db, digest)


def require_open(db: Database, key: AssessmentKey) -> KeptRow:
    """Return the assessment that members can answer now."""
    row = find_assessment(db, key)
    if row is None or row.state == "alone":
        raise db.problem(
            "This assessment is not open to members.",
            str(row.key if row else key),
            "The manager opens it first: assess open --invite 5",
        )
    if row.state == "closed":
        raise db.problem(
            "This assessment is closed: the answers of a member come too late.",
            row.entry,
            "Answer in the next assessment.",
        )
    return row


def load_members(db: Database, row: KeptRow) -> list[str]:
    """Return the documents of all members, in the order of their content."""
    return [
        text
        for (text,) in db.rows(
            "SELECT document FROM member WHERE assessment = ? ORDER BY document", row.id
        )
    ]


def read_members(db: Database, row: KeptRow, questionnaire: Questionnaire) -> tuple[Answers, ...]:
    with db.undamaged(row.entry):
        return tuple(
            answers_from(json.loads(text), row.key, questionnaire, "member")
            for text in load_members(db, row)
        )


def put_members(db: Database, row: KeptRow, documents: Iterable[str]) -> None:
    for text in documents:
        db.run("INSERT INTO member VALUES (?, ?, ?)", os.urandom(16), row.id, text)
        # Until then they lie in the file in the order in which they came.
        db.owe_scrub()


def set_opened(db: Database, row: KeptRow, state: str, minimum: int, same_members: bool) -> None:
    db.run(
        "UPDATE assessment SET state = ?, minimum = ?, same_members = ? WHERE id = ?",
        state,
        minimum,
        same_members,
        row.id,
    )


def refuse_low_minimum(db: Database, minimum: int) -> None:
    if minimum < FEWEST_MEMBERS:
        raise db.problem(
            f"The results of {minimum} members would show who said what.",
            "minimum",
            f"Ask for at least {FEWEST_MEMBERS}; the default is 5.",
        )
