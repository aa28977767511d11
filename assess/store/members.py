"""The members' part of an assessment: opened, answered, closed once.

A member's answers are a row with a random key. Neither the rows nor, once the file was
rewritten, their place in it tell in which order they came.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable

from assess.answers import FEWEST_MEMBERS, Answers, Assessment
from assess.documents.values import answers_from, checked_document, to_json
from assess.identity import AssessmentKey
from assess.questionnaire import Questionnaire
from assess.store.database import Database
from assess.store.records import Intake
from assess.store.rows import (
    KeptRow,
    find_assessment,
    insert_assessment,
    refuse_misfit,
    require_assessment,
)


def open_assessment(db: Database, given: Assessment) -> Intake:
    """Let members answer; minimum and questionnaire are fixed from here on."""
    refuse_low_minimum(db, given.minimum)
    row = find_assessment(db, given.key)
    if row is None:
        insert_assessment(db, given, "open")
        return "new"
    if row.state == "closed":
        raise db.problem(
            "This assessment is closed: its members' results exist once, at closing.",
            row.entry,
            "Open an assessment at another date.",
        )
    refuse_misfit(db, row, given.questionnaire)
    said = (given.minimum, given.same_members)
    if row.state == "alone":
        set_opened(db, row, "open", *said)
        return "new"
    if said != (row.minimum, row.same_members):
        raise db.problem(
            f"This assessment is open already, with a minimum of {row.minimum}.",
            row.entry,
            "Go on as it was opened; the minimum, and whether the members are the same as "
            "last time, are fixed at opening.",
        )
    return "same"


def close_assessment(db: Database, key: AssessmentKey) -> Intake:
    """End the members' part for good; what members did not send goes."""
    row = require_assessment(db, key)
    if row.state == "closed":
        return "same"
    if row.state == "alone":
        raise db.problem(
            "This assessment was not opened to members.", row.entry, "Open it: assess open"
        )
    db.run("UPDATE assessment SET state = 'closed' WHERE id = ?", row.id)
    db.run(
        """
        DELETE FROM draft
        WHERE respondent = 'member' AND team = ? AND questionnaire = ? AND date = ?
        """,
        *row.columns,
    )
    db.owe_scrub()
    return "new"


def add_member(db: Database, questionnaire: Questionnaire, answers: Answers) -> None:
    """Take in what one more member answered."""
    row = require_open(db, questionnaire, answers.key)
    put_members(db, row, [to_json(checked_document(answers, questionnaire))])


def collect_members(
    db: Database, given: Iterable[tuple[Questionnaire, Answers]]
) -> tuple[Intake, ...]:
    """Take in members' answers from files, and say of each whether it was there already.

    Members who answered alike each count; what an earlier collecting took in does not count
    again.
    """
    rest: dict[int, Counter[str]] = {}
    outcomes: list[Intake] = []
    for questionnaire, answers in given:
        row = require_open(db, questionnaire, answers.key)
        text = to_json(checked_document(answers, questionnaire))
        known = rest.setdefault(row.id, Counter(load_members(db, row)))
        if known[text]:
            known[text] -= 1
            outcomes.append("same")
        else:
            put_members(db, row, [text])
            outcomes.append("new")
    return tuple(outcomes)


def require_open(db: Database, questionnaire: Questionnaire, key: AssessmentKey) -> KeptRow:
    """Return the assessment that members can answer now, with this questionnaire."""
    row = find_assessment(db, key)
    if row is None or row.state == "alone":
        raise db.problem(
            "This assessment is not open to members.",
            str(row.key if row else key),
            "The manager opens it first: assess open",
        )
    if row.state == "closed":
        raise db.problem(
            "This assessment is closed: the answers of a member come too late.",
            row.entry,
            "Answer in the next assessment.",
        )
    refuse_misfit(db, row, questionnaire)
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
