"""The plan of an assessment: as first and last written, its marks and check-ins."""

import json
from collections.abc import Mapping

from assess.store.database import Database
from assess.store.documents import Document, to_json
from assess.store.records import CheckIn, KeptPlan, Outcome, WrittenPlan
from assess.store.rows import Row
from assess.store.teams import find_team


def put_plan(db: Database, row: Row, plan: WrittenPlan) -> Outcome:
    """Keep what was written; the document as first written stays."""
    text = to_json(plan.model_dump(mode="json"))
    kept = db.row("SELECT written FROM plan WHERE assessment = ?", row.id)
    if kept is None:
        first = to_json(plan.document)
        db.run("INSERT INTO plan VALUES (?, ?, ?, '{}')", row.id, first, text)
        return "new"
    if kept == (text,):
        return "same"
    db.run("UPDATE plan SET written = ? WHERE assessment = ?", text, row.id)
    return "replaced"


def put_marks(db: Database, row: Row, marks: Mapping[str, bool]) -> None:
    _require_plan(db, row)
    db.run("UPDATE plan SET marks = ? WHERE assessment = ?", to_json(dict(marks)), row.id)


def add_checkin(db: Database, row: Row, checkin: CheckIn) -> Outcome:
    """Keep one more check-in, unless it is the last one again."""
    _require_plan(db, row)
    text = to_json(checkin.model_dump(mode="json"))
    last = db.row("SELECT document FROM checkin WHERE assessment = ? ORDER BY id DESC", row.id)
    if last == (text,):
        return "same"
    db.run("INSERT INTO checkin (assessment, document) VALUES (?, ?)", row.id, text)
    return "new"


def load_plan(db: Database, row: Row) -> KeptPlan | None:
    with db.undamaged(row.entry):
        document = plan_document(db, row)
        return None if document is None else KeptPlan.model_validate(document)


def plan_document(db: Database, row: Row) -> Document | None:
    """Return the plan as a document, or None where there is none."""
    kept = db.row("SELECT first, written, marks FROM plan WHERE assessment = ?", row.id)
    if kept is None:
        return None
    first, written, marks = (json.loads(text) for text in kept)
    checkins = db.rows("SELECT document FROM checkin WHERE assessment = ? ORDER BY id", row.id)
    return {
        "first": first,
        "written": written,
        "marks": marks,
        "checkins": [json.loads(text) for (text,) in checkins],
    }


def set_plan(db: Database, row: Row, document: Document | None) -> None:
    """Put a whole plan, with its check-ins, in the place of what there is."""
    db.run("DELETE FROM plan WHERE assessment = ?", row.id)
    db.run("DELETE FROM checkin WHERE assessment = ?", row.id)
    if document is None:
        return
    texts = (to_json(document[part]) for part in ("first", "written", "marks"))
    db.run("INSERT INTO plan VALUES (?, ?, ?, ?)", row.id, *texts)
    for checkin in document["checkins"]:
        db.run("INSERT INTO checkin (assessment, document) VALUES (?, ?)", row.id, to_json(checkin))


def last_hours(db: Database, team: str) -> int | None:
    """Return the hours a week that somebody last said for a team, the latest assessment first."""
    rows = db.rows(
        """
        SELECT plan.written, answers.document
        FROM assessment
        LEFT JOIN plan ON plan.assessment = assessment.id
        LEFT JOIN answers ON answers.assessment = assessment.id AND respondent = 'manager'
        WHERE team = ? ORDER BY date DESC, assessment.id DESC
        """,
        find_team(db, team),
    )
    with db.undamaged(f"teams, {team.strip()}"):
        said = [hours for written, answers in rows for hours in (_said(written), _given(answers))]
    return next((hours for hours in said if hours is not None), None)


def _said(written: str | None) -> int | None:
    """Return a plan's hours, unless they were nobody's but the default."""
    plan = json.loads(written) if written else {}
    return None if plan.get("hours_source") == "default" else plan.get("hours_per_week")


def _given(answers: str | None) -> int | None:
    return json.loads(answers)["hours_per_week"] if answers else None


def _require_plan(db: Database, row: Row) -> None:
    if db.row("SELECT 1 FROM plan WHERE assessment = ?", row.id) is None:
        raise db.problem("There is no plan to check.", row.entry, "Make one: assess plan")
