"""The members' part of an assessment: opened, answered with one-time codes or forms, closed once.

A member's answers are a row with a random key. Neither the rows nor, once the file was
rewritten, their place in it tell in which order they came. What was used and what was answered
stand apart: nothing in the file says which code brought which answers.
"""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

from assess.answers import FEWEST_MEMBERS, Answer, Answers, Assessment, Respondent
from assess.documents.encoding import to_json
from assess.documents.values import checked_document, given_from
from assess.figures import count
from assess.identity import AssessmentKey, TeamName
from assess.invitation import MOST_INVITED, code_problem, count_codes, hash_code, make_code
from assess.questionnaire import Questionnaire
from assess.store import seals
from assess.store.database import Database
from assess.store.records import FormKey, Intake, Seat
from assess.store.rows import (
    KeptRow,
    change_row,
    find_assessment,
    insert_assessment,
    load_questionnaire,
    load_row,
    refuse_misfit,
    require_assessment,
    require_open,
)

_ASK_AGAIN = "Ask whoever invited you: a code that was lost can be replaced."


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
    _refuse_few(db, minimum, invite)
    row = find_assessment(db, given.key)
    if row is None:
        row = insert_assessment(db, given, "open")
        return _invite_first(db, row, invite)
    if row.state == "closed":
        what = "This assessment is closed: its members' results exist once, at closing."
        raise db.problem(what, row.entry, "Open an assessment at another date.")
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


def _refuse_few(db: Database, minimum: int, invite: int) -> None:
    """Refuse so few members that results would tell who said what, or never be shown."""
    if minimum < FEWEST_MEMBERS:
        what = f"The results of {minimum} members would show who said what."
        raise db.problem(what, "minimum", f"Ask for at least {FEWEST_MEMBERS}; the default is 5.")
    if minimum > invite:
        raise db.problem(
            f"With {count(invite, 'invitation')} no {minimum} members can answer, so "
            "nothing of what they say would ever be shown.",
            "--minimum",
            "Invite more members with --invite, or ask for fewer answers with --minimum.",
        )


def _invite_first(db: Database, row: KeptRow, invite: int) -> tuple[str, ...]:
    make_seal(db, row, "member")
    return add_codes(db, row, invite)


def add_invitations(db: Database, key: AssessmentKey, more: int) -> tuple[str, ...]:
    """Invite more members, and return their codes; refused once somebody answered."""
    row = require_open(db, key)
    if load_members(db, row):
        what = "Somebody answered already, and relied on how many were invited."
        fix = "Whoever was not invited can answer in the next assessment."
        raise db.problem(what, row.entry, fix)
    return add_codes(db, row, more)


def close_assessment(db: Database, key: AssessmentKey, day: date) -> Intake:
    """End the members' part for good; codes, keys and drafts of members are deleted."""
    row = require_assessment(db, key)
    if row.state == "closed":
        return "same"
    if row.state == "alone":
        what = "This assessment was not opened to members."
        raise db.problem(what, row.entry, "Open it: assess open --invite 5")
    change_row(db, row, state="closed", closed=day.isoformat())
    for table in ("invitation", "seal", "taken", "sealed_draft"):
        db.delete(table, assessment=row.id)
    db.owe_scrub()
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
    digest = require_unused(db, row, answers.code if code is None else code)
    put_members(db, row, [to_json(checked_document(answers, questionnaire))])
    db.run("UPDATE invitation SET used = 1 WHERE hash = ?", digest)
    # Until then the file may tell when it was used.
    db.owe_scrub()


def send_begun(db: Database, seat: Seat, questionnaire: Questionnaire, answers: Answers) -> None:
    """Make what a member answered part of the assessment, without order or time."""
    drop_begun(db, seat)
    add_member(db, questionnaire, answers, seat.code)


def load_members(db: Database, row: KeptRow) -> list[str]:
    """Return the documents of all members, in the order of their content."""
    rows = db.rows("SELECT document FROM member WHERE assessment = ? ORDER BY document", row.id)
    return [text for (text,) in rows]


def put_members(db: Database, row: KeptRow, documents: Iterable[str]) -> None:
    for text in documents:
        db.insert("member", os.urandom(16), row.id, text)
        # Until then they lie in the file in the order in which they came.
        db.owe_scrub()


# --- Codes ---


def add_codes(db: Database, row: KeptRow, more: int) -> tuple[str, ...]:
    """Add invitations, and return their codes, which are kept nowhere."""
    if not 0 < more <= MOST_INVITED - row.invited:
        what = f"{row.invited + more} people cannot be invited."
        raise db.problem(what, row.entry, f"Invite at most {MOST_INVITED}.")
    codes = tuple(make_code(secrets.randbelow(count_codes())) for _ in range(more))
    for code in codes:
        db.insert("invitation", hash_code(code, row.salt), row.id, False)
    change_row(db, row, invited=row.invited + more)
    return codes


def replace_code(db: Database, key: AssessmentKey, typed: str) -> str:
    """Return a new code in the place of one that was lost; what was begun with that is gone."""
    row = require_open(db, key)
    drop_begun(db, take_seat(db, key, typed))
    db.delete("invitation", hash=hash_code(typed, row.salt))
    change_row(db, row, invited=row.invited - 1)
    db.owe_scrub()
    (code,) = add_codes(db, require_open(db, key), 1)
    return code


def require_unused(db: Database, row: KeptRow, typed: str) -> str:
    """Return the hash of a code that was not used yet.

    Raises:
        StoreError: It is mistyped, unknown, or was used.
    """
    if what := code_problem(typed):
        raise db.problem(what, f"{row.entry}, code", "Type it as it was given to you.")
    digest = hash_code(typed, row.salt)
    found = db.row("SELECT used FROM invitation WHERE assessment = ? AND hash = ?", row.id, digest)
    if found is None:
        raise db.problem("Nobody was invited with this code.", f"{row.entry}, code", _ASK_AGAIN)
    if found[0]:
        what = "This code was used already: it brings in one person's answers, once."
        fix = "Leave these answers out if they came twice; nobody else's code can be used."
        raise db.problem(what, f"{row.entry}, code", fix)
    return digest


def take_seat(db: Database, key: AssessmentKey, typed: str) -> Seat:
    """Return the place that an unused code opens."""
    row = require_open(db, key)
    require_unused(db, row, typed)
    lock = seals.draw_lock(typed, row.salt)
    return Seat(row.key, typed, lock[32:].hex(), lock[:32])


def load_begun(db: Database, seat: Seat) -> Mapping[str, Answer]:
    """Return what was answered with a code so far, in the order of the questionnaire."""
    asked = load_questionnaire(db, require_open(db, seat.key).hash)
    found = db.row("SELECT box FROM sealed_draft WHERE id = ?", seat.draft)
    if found is None:
        return {}
    with db.undamaged(f"{seat.key}, what a member began"):
        return given_from(json.loads(seals.unshut(seat.lock, found[0])), asked)


def put_begun(db: Database, seat: Seat, given: Mapping[str, Answer]) -> None:
    """Keep what was answered so far, under the seal of the code."""
    text = to_json({question: answer.told for question, answer in given.items()})
    drop_begun(db, seat)
    box = seals.shut(seat.lock, text)
    db.insert("sealed_draft", seat.draft, require_open(db, seat.key).id, box)


def drop_begun(db: Database, seat: Seat) -> None:
    db.delete("sealed_draft", id=seat.draft)


# --- The form ---


def make_seal(db: Database, row: KeptRow, respondent: Respondent) -> bytes:
    """Return the public key for one kind of form, which is made where there is none."""
    found = _find_seal(db, row, respondent)
    private = found[0] if found else seals.make_key()
    if not found:
        db.insert("seal", row.id, respondent, private, None)
    return seals.public_key(private)


def make_form(db: Database, row: KeptRow, respondent: Respondent) -> FormKey:
    """Return what a form of one kind is sealed for.

    The manager's and the team's have a code of their own, a new one each time: without it
    anybody with the form could answer for them.
    """
    public = make_seal(db, row, respondent)
    code = ""
    if respondent != "member":
        code = make_code(secrets.randbelow(count_codes()))
        renew = "UPDATE seal SET code = ? WHERE (assessment, respondent) = (?, ?)"
        db.run(renew, hash_code(code, row.salt), row.id, respondent)
    return FormKey(public, seal_purpose(row, respondent), row.salt, code)


def seal_purpose(row: KeptRow, respondent: Respondent) -> str:
    """Return what a seal is for: with another assessment, questionnaire or person it breaks."""
    return f"assess form 1|{row.salt.hex()}|{row.hash}|{respondent}"


def unseal(db: Database, mark: str, box: bytes) -> tuple[AssessmentKey, Respondent, bytes]:
    """Return for which assessment and person something was sealed, and what it says.

    `mark` names the key, as the file does. It may be for none that is here, or be changed or cut.
    """
    keys = db.rows("SELECT assessment, respondent, private FROM seal")
    fitting = [key for key in keys if seals.fingerprint(seals.public_key(key[2])) == mark]
    if not fitting:
        raise db.problem(
            "Nothing here opens this file: it was sealed for another store, or with an old form, "
            "or its assessment is closed and the key is gone.",
            "key",
            "Ask for the present form: assess form. Of a closed assessment it cannot be opened at "
            "all.",
        )
    number, respondent, private = fitting[0]
    row = load_row(db, number)
    try:
        return row.key, respondent, seals.unseal(private, seal_purpose(row, respondent), box)
    except ValueError as error:
        what = "The seal is broken: the file was changed or cut on its way."
        raise db.problem(what, "box", seals.ASK_AGAIN) from error


def _find_seal(
    db: Database, row: KeptRow, respondent: Respondent
) -> tuple[bytes, str | None] | None:
    where = "WHERE (assessment, respondent) = (?, ?)"
    found = db.row(f"SELECT private, code FROM seal {where}", row.id, respondent)
    return (bytes(found[0]), found[1]) if found else None


def require_form_code(db: Database, row: KeptRow, respondent: Respondent, typed: str) -> None:
    """Refuse the manager's or the team's answers without the code of the latest form."""
    found = _find_seal(db, row, respondent)
    if found is None or found[1] != hash_code(typed, row.salt):
        what = f"This is not the code that was printed with the latest form of the {respondent}."
        fix = f"Write the form and its code anew: assess form --as {respondent}"
        raise db.problem(what, f"{row.entry}, code", fix)


def take_number(db: Database, row: KeptRow, number: str) -> None:
    db.insert("taken", _hash_number(row, number), row.id)


def was_taken(db: Database, row: KeptRow, number: str) -> bool:
    return db.row("SELECT 1 FROM taken WHERE hash = ?", _hash_number(row, number)) is not None


def count_open(db: Database, row: KeptRow) -> int:
    """Return how many invitations are still open; which they are is told to nobody."""
    unused = "SELECT count(*) FROM invitation WHERE assessment = ? AND used = 0"
    return int(db.rows(unused, row.id)[0][0])


def _hash_number(row: KeptRow, number: str) -> str:
    return sha256(row.salt + number.encode()).hexdigest()
