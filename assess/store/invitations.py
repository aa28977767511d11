"""Who may answer, once: invitations with their codes, what members began, keys of the form.

What was used and what was answered stand apart and in no order: nothing in the file says which
code brought which answers.
"""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256

from assess.answers import Answer, Respondent, read_answer
from assess.documents.values import answer_value, to_json
from assess.errors import AnswersError, Problem
from assess.invitation import MOST_INVITED, code_problem, count_codes, hash_code, make_code
from assess.questionnaire import Questionnaire
from assess.store import seals
from assess.store.database import Database
from assess.store.records import Seat
from assess.store.rows import KeptRow, load_row

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
    db.run("UPDATE assessment SET invited = invited + ? WHERE id = ?", more, row.id)
    return codes


def replace_code(db: Database, row: KeptRow, typed: str) -> str:
    """Return a new code in the place of one that was lost; what was begun with that is gone."""
    seat = take_seat(db, row, typed)
    drop_begun(db, seat)
    db.run("DELETE FROM invitation WHERE hash = ?", hash_code(typed, row.salt))
    db.run("UPDATE assessment SET invited = invited - 1 WHERE id = ?", row.id)
    db.owe_scrub()
    (code,) = invite(db, row, 1)
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


def take_seat(db: Database, row: KeptRow, typed: str) -> Seat:
    """Return the place that an unused code opens."""
    require_unused(db, row, typed)
    lock = seals.draw_lock(typed, row.salt)
    return Seat(row.key, typed, lock[32:].hex(), lock[:32])


def load_begun(db: Database, seat: Seat, questionnaire: Questionnaire) -> Mapping[str, Answer]:
    """Return what was answered with a code so far, in the order of the questionnaire."""
    found = db.row("SELECT box FROM sealed_draft WHERE id = ?", seat.draft)
    if found is None:
        return {}
    problems: list[Problem] = []
    with db.undamaged(f"{seat.key}, what a member began"):
        values = json.loads(seals.unshut(seat.lock, found[0]))
        given = {
            question: answer
            for question in questionnaire.by_id
            if question in values
            and (answer := read_answer(values[question], question, problems)) is not None
        }
        if problems:
            raise AnswersError(*problems)
    return given


def put_begun(db: Database, row: KeptRow, seat: Seat, given: Mapping[str, Answer]) -> None:
    """Keep what was answered so far, under seal."""
    text = to_json({question: answer_value(answer) for question, answer in given.items()})
    db.run(
        "INSERT OR REPLACE INTO sealed_draft VALUES (?, ?, ?)",
        seat.draft,
        row.id,
        seals.shut(seat.lock, text),
    )


def drop_begun(db: Database, seat: Seat) -> None:
    db.run("DELETE FROM sealed_draft WHERE id = ?", seat.draft)


# --- The form ---


def make_seal(db: Database, row: KeptRow, respondent: Respondent) -> bytes:
    """Return the public key for one kind of form, which is made where there is none."""
    found = find_seal(db, row, respondent)
    private = found[0] if found else seals.make_key()
    if not found:
        put_key(db, row, respondent, private)
    return seals.public_key(private)


def seal_purpose(row: KeptRow, respondent: Respondent) -> str:
    """Return what a seal is for: with another assessment, questionnaire or person it breaks."""
    return f"assess form 1|{row.salt.hex()}|{row.hash}|{respondent}"


def find_sealed_for(db: Database, mark: str) -> tuple[KeptRow, Respondent, bytes]:
    """Return what a sealed file is for, by the mark of the key that it names."""
    for number, respondent, private in db.rows("SELECT assessment, respondent, private FROM seal"):
        if seals.fingerprint(seals.public_key(private)) == mark:
            return load_row(db, number), respondent, private
    raise db.problem(
        "Nothing here opens this file: it was sealed for another store, or with an old form, or "
        "its assessment is closed and the key is gone.",
        "key",
        "Ask for the present form: assess form. Of a closed assessment it cannot be opened at all.",
    )


def renew_form_code(db: Database, row: KeptRow, respondent: Respondent) -> str:
    """Return a code for the form of the manager or the team; an earlier one is void."""
    code = make_code(secrets.randbelow(count_codes()))
    db.run(
        "UPDATE seal SET code = ? WHERE assessment = ? AND respondent = ?",
        hash_code(code, row.salt),
        row.id,
        respondent,
    )
    return code


def find_seal(
    db: Database, row: KeptRow, respondent: Respondent
) -> tuple[bytes, str | None] | None:
    """Return private key and code of one kind of form."""
    found = db.row(
        "SELECT private, code FROM seal WHERE assessment = ? AND respondent = ?", row.id, respondent
    )
    return (bytes(found[0]), found[1]) if found else None


def require_form_code(db: Database, row: KeptRow, respondent: Respondent, typed: str) -> None:
    """Refuse the manager's or the team's answers without the code of the latest form."""
    found = find_seal(db, row, respondent)
    if found is None or found[1] != hash_code(typed, row.salt):
        raise db.problem(
            f"This is not the code that was printed with the latest form of the {respondent}.",
            f"{row.entry}, code",
            f"Write the form and its code anew: assess form --as {respondent}",
        )


def take_number(db: Database, row: KeptRow, number: str) -> None:
    """Remember that a sealed file was taken in."""
    put_taken(db, row, _hash_number(row, number))


def put_taken(db: Database, row: KeptRow, digest: str) -> None:
    db.run("INSERT INTO taken VALUES (?, ?)", digest, row.id)


def put_key(db: Database, row: KeptRow, respondent: Respondent, private: bytes) -> None:
    db.run("INSERT INTO seal VALUES (?, ?, ?, NULL)", row.id, respondent, private)


def put_invitation(db: Database, row: KeptRow, digest: str, *, used: bool = False) -> None:
    db.run("INSERT INTO invitation VALUES (?, ?, ?)", digest, row.id, used)


def was_taken(db: Database, row: KeptRow, number: str) -> bool:
    """Tell whether a sealed file was taken in before."""
    return db.row("SELECT 1 FROM taken WHERE hash = ?", _hash_number(row, number)) is not None


def end_invitations(db: Database, row: KeptRow) -> None:
    """Delete codes, keys and what members began: nothing can be sent any more."""
    for table in ("invitation", "seal", "taken", "sealed_draft"):
        db.run(f"DELETE FROM {table} WHERE assessment = ?", row.id)
    db.owe_scrub()


def count_open(db: Database, row: KeptRow) -> int:
    """Return how many invitations are still open; which they are is told to nobody."""
    return int(
        db.rows("SELECT count(*) FROM invitation WHERE assessment = ? AND used = 0", row.id)[0][0]
    )


def _hash_number(row: KeptRow, number: str) -> str:
    return sha256(row.salt + number.encode()).hexdigest()
