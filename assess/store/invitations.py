"""Who may answer, once: invitations with their codes, what members began, keys of the form.

What was used and what was answered stand apart and in no order: nothing in the file says which
code brought which answers.
"""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256

from assess.answers import Answer, Respondent
from assess.documents.values import answer_value, given_from, to_json
from assess.identity import AssessmentKey
from assess.invitation import MOST_INVITED, code_problem, count_codes, hash_code, make_code
from assess.store import seals
from assess.store.database import Database
from assess.store.records import FormKey, Seat
from assess.store.rows import KeptRow, change_row, load_questionnaire, load_row, require_open

_ASK_AGAIN = "Ask whoever invited you: a code that was lost can be replaced."


def invite(db: Database, row: KeptRow, more: int) -> tuple[str, ...]:
    """Add invitations, and return their codes, which are kept nowhere."""
    if not 0 < more <= MOST_INVITED - row.invited:
        raise db.problem(
            f"{row.invited + more} people cannot be invited.",
            row.entry,
            f"Invite at most {MOST_INVITED}.",
        )
    codes = tuple(make_code(secrets.randbelow(count_codes())) for _ in range(more))
    for code in codes:
        put_invitation(db, row, hash_code(code, row.salt))
    change_row(db, row, invited=row.invited + more)
    return codes


def replace_code(db: Database, key: AssessmentKey, typed: str) -> str:
    """Return a new code in the place of one that was lost; what was begun with that is gone."""
    row = require_open(db, key)
    drop_begun(db, take_seat(db, key, typed))
    db.run("DELETE FROM invitation WHERE hash = ?", hash_code(typed, row.salt))
    change_row(db, row, invited=row.invited - 1)
    db.owe_scrub()
    (code,) = invite(db, require_open(db, key), 1)
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
        raise db.problem(
            "This code was used already: it brings in one person's answers, once.",
            f"{row.entry}, code",
            "Leave these answers out if they came twice; nobody else's code can be used.",
        )
    return digest


def use_code(db: Database, digest: str) -> None:
    db.run("UPDATE invitation SET used = 1 WHERE hash = ?", digest)
    # Until then the file may tell when it was used.
    db.owe_scrub()


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
    text = to_json({question: answer_value(answer) for question, answer in given.items()})
    box = (seat.draft, require_open(db, seat.key).id, seals.shut(seat.lock, text))
    db.run("INSERT OR REPLACE INTO sealed_draft VALUES (?, ?, ?)", *box)


def drop_begun(db: Database, seat: Seat) -> None:
    db.run("DELETE FROM sealed_draft WHERE id = ?", seat.draft)


# --- The form ---


def make_seal(db: Database, row: KeptRow, respondent: Respondent) -> bytes:
    """Return the public key for one kind of form, which is made where there is none."""
    found = _find_seal(db, row, respondent)
    private = found[0] if found else seals.make_key()
    if not found:
        put_key(db, row, respondent, private)
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

    Args:
        mark: Names the key, as the file does.
        box: What was sealed.

    Raises:
        StoreError: It is for none that is here; or it was changed or cut.
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
        raise db.problem(
            f"This is not the code that was printed with the latest form of the {respondent}.",
            f"{row.entry}, code",
            f"Write the form and its code anew: assess form --as {respondent}",
        )


def take_number(db: Database, row: KeptRow, number: str) -> None:
    put_taken(db, row, _hash_number(row, number))


def put_taken(db: Database, row: KeptRow, digest: str) -> None:
    db.run("INSERT INTO taken VALUES (?, ?)", digest, row.id)


def put_key(db: Database, row: KeptRow, respondent: Respondent, private: bytes) -> None:
    db.run("INSERT INTO seal VALUES (?, ?, ?, NULL)", row.id, respondent, private)


def put_invitation(db: Database, row: KeptRow, digest: str, *, used: bool = False) -> None:
    db.run("INSERT INTO invitation VALUES (?, ?, ?)", digest, row.id, used)


def was_taken(db: Database, row: KeptRow, number: str) -> bool:
    return db.row("SELECT 1 FROM taken WHERE hash = ?", _hash_number(row, number)) is not None


def end_invitations(db: Database, row: KeptRow) -> None:
    """Delete codes, keys and what members began: nothing can be sent any more."""
    for table in ("invitation", "seal", "taken", "sealed_draft"):
        db.run(f"DELETE FROM {table} WHERE assessment = ?", row.id)
    db.owe_scrub()


def count_open(db: Database, row: KeptRow) -> int:
    """Return how many invitations are still open; which they are is told to nobody."""
    unused = "SELECT count(*) FROM invitation WHERE assessment = ? AND used = 0"
    return int(db.rows(unused, row.id)[0][0])


def _hash_number(row: KeptRow, number: str) -> str:
    return sha256(row.salt + number.encode()).hexdigest()
