"""Assessments: one for each team, questionnaire and date.

Every function works inside a transaction of its caller. The questionnaire of an assessment
is fixed once it was opened to members, or has answers of somebody else.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from assess.answers import Assessment, KeptAssessment
from assess.documents.encoding import to_json
from assess.documents.values import JsonObject, assessment_from, checked_document
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.store.database import Database
from assess.store.members import load_members
from assess.store.plans import load_plan
from assess.store.records import Intake
from assess.store.rows import (
    KeptRow,
    change_row,
    each_row,
    find_assessment,
    find_assessments,
    insert_assessment,
    keep_questionnaire,
    load_questionnaire,
    put_documents,
    refuse_misfit,
)
from assess.store.teams import find_team, forget_empty_team, require_team

if TYPE_CHECKING:
    from assess.documents.kept import AssessmentFacts

_SUMMARY: Final = """
    SELECT team.name, a.questionnaire, q.version, q.subject, a.closed, a.date,
        a.manager IS NOT NULL, a.consensus IS NOT NULL,
        EXISTS (SELECT 1 FROM plan x WHERE x.assessment = a.id), a.state, a.minimum, a.invited,
        (SELECT count(*) FROM member x WHERE x.assessment = a.id),
        (SELECT count(*) FROM checkin x WHERE x.assessment = a.id),
        (SELECT count(*) FROM replaced x WHERE x.assessment = a.id)
    FROM assessment a JOIN team ON team.id = a.team JOIN questionnaire q ON q.hash = a.hash
"""

PAST: Final = "SELECT document FROM replaced WHERE assessment = ? ORDER BY id"
"""The earlier versions of an assessment, the oldest first."""


def keep_assessment(db: Database, given: Assessment, *, replace: bool = False) -> Intake:
    """Keep what the manager, or the team together, answered; what is not given stays as it is.

    The same answers again change nothing. Others are refused unless `replace`; then what was
    there is kept as an earlier version. Members' answers are taken in one by one.

    Raises:
        AnswersError: The answers do not fit the questionnaire.
    """
    documents: dict[str, JsonObject] = {
        a.respondent: checked_document(a, given.questionnaire)
        for a in (given.manager, given.consensus)
        if a is not None
    }
    row = find_assessment(db, given.key)
    if row is None:
        put_documents(db, insert_assessment(db, given), documents)
        return "new"
    return _put_answers(db, row, given, documents, replace=replace)


def load_assessment(
    db: Database, row: KeptRow, questionnaire: Questionnaire | None = None
) -> Assessment:
    """Return an assessment with its answers; those of members only once it is closed."""
    asked = questionnaire or load_questionnaire(db, row.hash)
    with db.undamaged(row.entry):
        members = map(json.loads, load_members(db, row) if row.state == "closed" else ())
        return assessment_from(row.key, asked, {**row.facts, **row.documents}, members)


def show_assessment(db: Database, key: AssessmentKey) -> Assessment | None:
    """Return an assessment or None; it has members' answers only once it is closed."""
    row = find_assessment(db, key)
    return None if row is None else load_assessment(db, row)


def load_assessments(db: Database, team: TeamName, questionnaire: str) -> tuple[Assessment, ...]:
    """Return all of a team's assessments, the oldest first; none of a team unknown here."""
    rows = find_assessments(db, team, questionnaire)
    return tuple(load_assessment(db, row) for row in rows)


def list_used(db: Database) -> tuple[str, ...]:
    """Return the questionnaires of teams that are not put aside, the one of most teams first.

    Those about managers come last.
    """
    rows = db.rows(
        """
        SELECT questionnaire FROM assessment JOIN team ON team.id = assessment.team
        JOIN questionnaire AS asked USING (hash)
        WHERE NOT archived GROUP BY questionnaire
        ORDER BY min(subject) = 'manager', count(DISTINCT team) DESC, questionnaire
        """
    )
    return tuple(name for (name,) in rows)


def each_assessment(
    db: Database, questionnaire: str | None = None, *, archived: bool = False
) -> Iterator[Assessment]:
    """Return the assessments of all teams, by team, questionnaire and date.

    Without `archived` teams that are put aside are left out.
    """
    known: dict[str, Questionnaire] = {}
    for row in each_row(db, questionnaire, archived=archived):
        if row.hash not in known:
            known[row.hash] = load_questionnaire(db, row.hash)
        yield load_assessment(db, row, known[row.hash])


def list_history(db: Database, team: TeamName | None = None) -> tuple[KeptAssessment, ...]:
    """Return what is kept, of one team or of all, by team, questionnaire and date."""
    of_team, values = ("", ()) if team is None else (" WHERE a.team = ?", (find_team(db, team),))
    rows = db.rows(f"{_SUMMARY}{of_team} ORDER BY team.key, a.questionnaire, a.date", *values)
    return tuple(_kept(db, *row) for row in rows)


def delete_assessment(db: Database, row: KeptRow) -> KeptAssessment:
    """Delete an assessment for good, and say what went.

    Its plan, check-ins, earlier versions and drafts go with it, and a team that was never added
    by name with its last assessment. No trace stays in the file; backups are not touched.
    """
    gone = db.row(f"{_SUMMARY} WHERE a.id = ?", row.id) or ()
    db.delete("assessment", id=row.id)
    db.run("DELETE FROM draft WHERE (team, questionnaire, date) = (?, ?, ?)", *row.columns)
    forget_empty_team(db, row.team_id)
    db.owe_scrub()
    return _kept(db, *gone)


def move_assessment(db: Database, row: KeptRow, team: TeamName) -> None:
    """Give an assessment, with its plan, check-ins, versions and drafts, to another team."""
    if row.state == "open":
        what = "This assessment is open: its members answer it under the name of its team."
        raise db.problem(what, row.entry, "Close it first: assess close")
    target = require_team(db, team)
    _, questionnaire, day = row.columns
    there = (target, questionnaire, day)
    moved_to = AssessmentKey(team, questionnaire, row.key.day)
    begun = db.row("SELECT 1 FROM draft WHERE (team, questionnaire, date) = (?, ?, ?)", *there)
    if begun or find_assessment(db, moved_to):
        what = f"{team} has an assessment of {day} with '{questionnaire}', or began one."
        fix = "Delete one of the two first: assess delete, or finish what was begun: assess run"
        raise db.problem(what, row.entry, fix)
    change_row(db, row, team=target)
    move = "UPDATE draft SET team = ? WHERE (team, questionnaire, date) = (?, ?, ?)"
    db.run(move, target, *row.columns)
    forget_empty_team(db, row.team_id)


def keep_version(db: Database, row: KeptRow) -> None:
    """Keep an assessment as it is now, before something takes its place."""
    from assess.documents.kept import AssessmentFacts

    with db.undamaged(row.entry):
        answers = {who: row.document(who) for who in ("manager", "consensus")}
        facts = {**row.facts, **answers, "plan": load_plan(db, row)}
        put_past(db, row, AssessmentFacts.model_validate(facts))


def put_past(db: Database, row: KeptRow, facts: "AssessmentFacts") -> None:
    db.insert("replaced", None, row.id, to_json(facts))


def past_of(db: Database, row: KeptRow) -> "tuple[AssessmentFacts, ...]":
    from assess.documents.kept import AssessmentFacts

    rows = db.rows(PAST, row.id)
    with db.undamaged(f"{row.entry}, earlier versions"):
        return tuple(AssessmentFacts.model_validate_json(text) for (text,) in rows)


def _put_answers(
    db: Database,
    row: KeptRow,
    given: Assessment,
    documents: Mapping[str, JsonObject],
    *,
    replace: bool,
) -> Intake:
    with db.undamaged(row.entry):
        kept = row.documents
    changed = {r: document for r, document in documents.items() if kept.get(r) != document}
    if given.manager and kept.get("manager") and row.same_manager != given.same_manager:
        changed["manager"] = documents["manager"]
    if not changed:
        return "same"
    if row.state == "closed":
        _refuse_frozen(db, row, changed, kept)
    overwritten = [r for r in changed if r in kept]
    if overwritten and not replace:
        what = f"Other answers of the {' and the '.join(overwritten)} are kept for this date."
        fix = "Use --replace to put these in their place; what was there stays in the history."
        raise db.problem(what, row.entry, fix)
    if overwritten:
        keep_version(db, row)
    if row.state == "alone" and kept.keys() <= documents.keys():
        change_row(db, row, hash=keep_questionnaire(db, given.questionnaire))
    else:
        refuse_misfit(db, row, given.questionnaire)
    if given.manager:
        change_row(db, row, same_manager=given.same_manager)
    put_documents(db, row, changed)
    return "replaced" if overwritten else "new"


def _refuse_frozen(
    db: Database, row: KeptRow, changed: Mapping[str, object], kept: Mapping[str, object]
) -> None:
    """Refuse what would change beside the members' results, which were told once.

    One shared answer may still be added.
    """
    if "manager" in changed:
        raise db.problem(
            "The manager's answers of this date are fixed since the members' part was closed.",
            row.entry,
            "Answer once together instead (assess open --as consensus), or assess at another date.",
        )
    if "consensus" in changed and "consensus" in kept:
        what = "The team has given its joint answer for this date, and it is fixed."
        raise db.problem(what, row.entry, "Answer again at another date.")


def _kept(db: Database, team: str, *found: Any) -> KeptAssessment:
    questionnaire, version, subject, closed, day, manager, consensus, plan, *more = found
    with db.undamaged(f"{team}, {questionnaire}, {day}"):
        head = (TeamName(team), questionnaire, version, subject)
        days = (date.fromisoformat(closed) if closed else None, date.fromisoformat(day))
        return KeptAssessment(*head, *days, bool(manager), bool(consensus), bool(plan), *more)
